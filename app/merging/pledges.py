"""Commitments that say the same in several readouts.

Within a language the words decide. Across languages the record does: the kind, whose word it is, to whom, about what,
and above all amounts and deadlines, which agree in any language. Each commitment of a readout is matched with at most
one of another's, the likeliest pairs first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, combinations_with_replacement, product
from typing import NamedTuple

from app.merging.words import content
from app.records import Commitment, CommitmentKind, Topic

SAME = 3.0
"""Points from which two commitments are taken to say the same."""

_NEAR = {
    frozenset(pair): 0.5
    for pair in (
        (CommitmentKind.agreement, CommitmentKind.pledge),
        (CommitmentKind.agreement, CommitmentKind.reaffirmation),
        (CommitmentKind.pledge, CommitmentKind.offer),
        (CommitmentKind.pledge, CommitmentKind.reaffirmation),
        (CommitmentKind.support, CommitmentKind.reaffirmation),
        (CommitmentKind.offer, CommitmentKind.support),
    )
}
"""Points for kinds that reporters take for one another; the same kind has one."""


@dataclass(frozen=True, slots=True)
class Said:
    """A commitment with the readout it stands in."""

    readout: str
    position: int
    language: str
    commitment: Commitment


class _Voice(NamedTuple):
    """Of what kind a commitment is, whose word it is and to whom: the same for many of an event."""

    kind: CommitmentKind
    actors: frozenset[str]
    recipients: frozenset[str]


class _Content(NamedTuple):
    """What else is compared of a commitment: the same in copies of one story."""

    language: str
    words: frozenset[str]
    topics: frozenset[Topic]
    amounts: tuple[tuple[str, float], ...]
    """Units and values."""
    due: date | None

    @property
    def numbers(self) -> bool:
        """Whether it has amounts or a deadline."""
        return bool(self.amounts) or self.due is not None


_MOST_WORDS = 3.8
_MOST_TOPICS = 2.0
_MOST_NUMBERS = 3.0
"""Points that what they say, what it is about, and amounts and deadlines give at most."""


def _voice(one: Said) -> _Voice:
    of = one.commitment
    return _Voice(of.kind, frozenset(of.actors), frozenset(of.recipients))


def _content(one: Said) -> _Content:
    of = one.commitment
    amounts = tuple([(amount.unit, amount.value) for amount in of.amounts])
    due = of.deadline.date if of.deadline else None
    return _Content(one.language, content(of.text), frozenset(of.topics), amounts, due)


def _voices(one: _Voice, other: _Voice) -> float:
    kind = 1.0 if one.kind is other.kind else _NEAR.get(frozenset({one.kind, other.kind}), -3.0)
    actors = _sets(one.actors, other.actors, same=1.0, apart=-2.0)
    if not one.recipients or not other.recipients:
        return kind + actors
    return kind + actors + _sets(one.recipients, other.recipients, same=0.5, apart=-1.0)


def _points(voices: float, one: _Content, other: _Content) -> float:
    found = voices
    if one.numbers or other.numbers:
        found += _amounts(one.amounts, other.amounts) + _deadlines(one.due, other.due)
    if one.language == other.language:
        return found + _words(one.words, other.words)
    if shared := one.topics & other.topics:
        return found + 1.2 + 0.8 * len(shared) / len(one.topics | other.topics)
    return found - 1.0 if one.topics and other.topics else found


def _sets(one: frozenset[str], other: frozenset[str], *, same: float, apart: float) -> float:
    if one == other:
        return same
    return same / 2 if one & other else apart


def _amounts(one: Sequence[tuple[str, float]], other: Sequence[tuple[str, float]]) -> float:
    if not one or not other:
        return -0.5 if one or other else 0.0
    agree = any(
        unit == same and abs(mine - theirs) <= 0.05 * max(abs(mine), abs(theirs))
        for unit, mine in one
        for same, theirs in other
    )
    return 2.0 if agree else -2.5


def _deadlines(one: date | None, other: date | None) -> float:
    if one is None or other is None:
        return 0.0
    return 1.0 if one == other else -1.0


def _words(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return -1.0
    share = len(one & other) / min(len(one), len(other))
    return 6 * share - 2.2


class _Group:
    """Commitments that say the same: no two of one readout."""

    __slots__ = ("firsts", "places", "readouts")

    def __init__(self, first: int) -> None:
        self.firsts = [first]
        """The first place of each of the groups that it was made of."""
        self.places: list[int] = []
        self.readouts: set[str] = set()

    def add(self, place: int, readout: str) -> None:
        """Takes in a commitment."""
        self.places.append(place)
        self.readouts.add(readout)

    def join(self, other: _Group) -> None:
        """Takes in another group."""
        self.firsts += other.firsts
        self.places += other.places
        self.readouts |= other.readouts


_ByVoice = dict[_Voice, dict[_Content, list[_Group]]]


def _alike(said: Sequence[Said]) -> _ByVoice:
    """What is said in so many words, put together: nothing is more like it. What hundreds of readouts say costs no more
    to compare than what one of them says."""
    found: _ByVoice = {}
    for at, one in enumerate(said):
        voice, content_ = _voice(one), _content(one)
        groups = found.setdefault(voice, {}).setdefault(content_, [])
        fits = None
        if not groups or _points(_voices(voice, voice), content_, content_) >= SAME:
            fits = next((group for group in groups if one.readout not in group.readouts), None)
        if fits is None:
            groups.append(fits := _Group(at))
        fits.add(at, one.readout)
    return found


def _edges(by_voice: _ByVoice) -> Iterator[tuple[float, int, int]]:
    """The pairs of groups that say the same: their points below zero, and their first places."""
    for (mine, ones), (theirs, others) in combinations_with_replacement(by_voice.items(), 2):
        voices = _voices(mine, theirs)
        worded, topical = voices + _MOST_WORDS >= SAME, voices + _MOST_TOPICS >= SAME
        if voices + _MOST_WORDS + _MOST_NUMBERS < SAME:
            continue
        pairs = combinations(ones, 2) if mine is theirs else product(ones, others)
        for a, b in pairs:
            hopeful = worded if a.language == b.language else topical
            if (hopeful or (a.numbers and b.numbers)) and (points := _points(voices, a, b)) >= SAME:
                for one, other in product(ones[a], others[b]):
                    yield -points, min(one.firsts[0], other.firsts[0]), max(one.firsts[0], other.firsts[0])


def linked(readouts: Mapping[str, Sequence[Said]]) -> list[tuple[Said, ...]]:
    """The commitments of some readouts in groups that say the same, in order of appearance, readout by readout."""
    said = [one for found in readouts.values() for one in found]
    by_voice = _alike(said)
    groups = {one.firsts[0]: one for found in by_voice.values() for alike in found.values() for one in alike}
    for _, first, second in sorted(_edges(by_voice)):
        left, right = groups[first], groups[second]
        if left is not right and left.readouts.isdisjoint(right.readouts):
            left.join(right)
            groups.update(dict.fromkeys(right.firsts, left))
    apart = {id(group): sorted(group.places) for group in groups.values()}
    return [tuple([said[at] for at in places]) for places in sorted(apart.values())]
