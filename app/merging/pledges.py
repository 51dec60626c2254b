"""Commitments that say the same in several readouts.

Within a language the words decide. Across languages the record does: the kind, whose word it is, to whom, about what,
and above all amounts and deadlines, which agree in any language. Each commitment of a readout is matched with at most
one of another's, the likeliest pairs first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.merging.words import content
from app.records import Amount, Commitment, CommitmentKind

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


def likeness(one: Said, other: Said) -> float:
    """Points for two commitments saying the same; negative where they cannot."""
    a, b = one.commitment, other.commitment
    kind = 1.0 if a.kind is b.kind else _NEAR.get(frozenset({a.kind, b.kind}), -3.0)
    actors = _sets(set(a.actors), set(b.actors), same=1.0, apart=-2.0)
    recipients = (
        _sets(set(a.recipients), set(b.recipients), same=0.5, apart=-1.0) if a.recipients and b.recipients else 0
    )
    numbers = _amounts(a.amounts, b.amounts) + _deadlines(a, b)
    score = kind + actors + recipients + numbers
    if one.language == other.language:
        return score + _words(content(a.text), content(b.text))
    topics, others = set(a.topics) & set(b.topics), set(a.topics) ^ set(b.topics)
    if topics:
        return score + 1.2 + 0.8 * len(topics) / (len(topics) + len(others))
    return score + (0.0 if not a.topics or not b.topics else -1.0)


def _sets(one: set[str], other: set[str], *, same: float, apart: float) -> float:
    if one == other:
        return same
    return same / 2 if one & other else apart


def _amounts(one: Sequence[Amount], other: Sequence[Amount]) -> float:
    if not one or not other:
        return -0.5 if one or other else 0.0
    agree = any(
        a.unit == b.unit and abs(a.value - b.value) <= 0.05 * max(abs(a.value), abs(b.value))
        for a in one
        for b in other
    )
    return 2.0 if agree else -2.5


def _deadlines(one: Commitment, other: Commitment) -> float:
    if not one.deadline or not other.deadline:
        return 0.0
    return 1.0 if one.deadline.date == other.deadline.date else -1.0


def _words(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return -1.0
    share = len(one & other) / min(len(one), len(other))
    return 6 * share - 2.2


def linked(readouts: Mapping[str, Sequence[Said]]) -> list[tuple[Said, ...]]:
    """The commitments of some readouts in groups that say the same, in order of appearance, readout by readout."""
    said = [one for found in readouts.values() for one in found]
    place = {(one.readout, one.position): at for at, one in enumerate(said)}
    group = {at: {at} for at in range(len(said))}
    edges = [
        (-score, place[a.readout, a.position], place[b.readout, b.position])
        for mine, theirs in combinations(readouts.values(), 2)
        for a in mine
        for b in theirs
        if (score := likeness(a, b)) >= SAME
    ]
    for _, first, second in sorted(edges):
        left, right = group[first], group[second]
        if left is not right and not {said[at].readout for at in left} & {said[at].readout for at in right}:
            left |= right
            group |= dict.fromkeys(right, left)
    seen: set[int] = set()
    found = []
    for at in range(len(said)):
        if at not in seen:
            seen |= group[at]
            found.append(tuple(said[one] for one in sorted(group[at])))
    return found
