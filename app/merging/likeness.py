"""How much speaks for two reports being of the same occurrence: a sum of points, each with its reason.

The points are rough log odds, set by hand on the labelled pairs of `tests/store/pairs.yaml`: what hardly ever agrees by
chance (the same two people on the same day) gives most, what contradicts takes as much away. What cannot be is
impossible, whatever else agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz

from app.merging.report import Stretch, Traits, stretches
from app.records import EventStatus, EventType, Mode, PartOfDay

ALIKE = 88
"""Likeness of two spellings of one name, 0 to 100; other names of one country are below 75 as a rule."""

SAME = 4.0
"""Points from which two reports are taken to be of the same occurrence."""

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that speaks for or against."""

    points: float
    words: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for and against two reports being of the same occurrence."""

    reasons: tuple[Reason, ...]
    impossible: bool

    @property
    def score(self) -> float:
        """The sum of the points."""
        return round(sum(reason.points for reason in self.reasons), 3)

    @property
    def same(self) -> bool:
        """Whether it is enough."""
        return not self.impossible and self.score >= SAME


class _ImpossibleError(Exception):
    def __init__(self, words: str) -> None:
        self.words = words


Found = Iterator[Reason]


def likeness(one: Traits, other: Traits, *, copies: bool = False) -> Likeness:
    """How alike two reports are, the same both ways round; `copies`: their articles are copies of one text."""
    if one.report.id > other.report.id:
        one, other = other, one
    found: list[Reason] = []
    try:
        for compare in _COMPARED:
            found += compare(one, other)
    except _ImpossibleError as reason:
        return Likeness((*found, Reason(-99, reason.words)), impossible=True)
    if copies:
        found.append(Reason(3, "The articles are copies of one text."))
    return Likeness(tuple(found), impossible=False)


def _article(one: Traits, other: Traits) -> Found:
    if one.report.article == other.report.article:
        raise _ImpossibleError("One article reports them as two events.")
    yield from ()


_TYPES = {
    frozenset({EventType.meeting, EventType.negotiation}): 0.3,
    frozenset({EventType.meeting, EventType.conference}): -0.7,
    frozenset({EventType.negotiation, EventType.conference}): -0.7,
    frozenset({EventType.mediation, EventType.meeting}): -0.3,
    frozenset({EventType.mediation, EventType.negotiation}): 0.0,
    frozenset({EventType.phone_call, EventType.video_call}): -0.5,
    frozenset({EventType.statement, EventType.protest}): -0.3,
    frozenset({EventType.statement, EventType.rejection}): -0.3,
    frozenset({EventType.protest, EventType.rejection}): -0.3,
    frozenset({EventType.recall, EventType.severance}): -1.0,
}
"""Points for types that reporters take for one another; the same type has half a point."""


def _types(one: Traits, other: Traits) -> Found:
    shown = f"{one.type.value} and {other.type.value}".replace("_", " ")
    if one.type is other.type:
        yield Reason(0.5, f"Both are of type {one.type.value}.".replace("_", " "))
    elif {one.mode, other.mode} == {Mode.video} and one.family == other.family == "talk":
        yield Reason(0.3, f"Both took place by video ({shown}).")
    elif (points := _TYPES.get(frozenset({one.type, other.type}))) is not None:
        yield Reason(points, f"The types can be taken for one another: {shown}.")
    else:
        raise _ImpossibleError(f"The types do not go together: {shown}.")


def _modes(one: Traits, other: Traits) -> Found:
    if one.mode and other.mode and one.mode is not other.mode:
        remote = {one.mode, other.mode} <= {Mode.phone, Mode.video}
        yield Reason(
            -0.3 if remote else -4, f"One was {one.mode.value}, the other {other.mode.value}.".replace("_", " ")
        )


def _parties(one: Traits, other: Traits) -> Found:
    shared, both = one.parties & other.parties, one.parties | other.parties
    shown = ", ".join(sorted(shared))
    if not shared:
        if both:
            raise _ImpossibleError("They have no party in common.")
        return
    if one.parties == other.parties:
        yield Reason(1.0 if len(shared) > 1 else 0.5, f"The same parties: {shown}.")
    elif len(one.parties) == len(other.parties) == 2:
        raise _ImpossibleError("The two sides are others.")
    elif len(shared) >= min(len(one.parties), len(other.parties)):
        few = min(len(one.parties), len(other.parties)) <= 2 < max(len(one.parties), len(other.parties))
        yield Reason(
            -1.0 if few and len(both) > 4 else 0.3, f"All parties of the one are among those of the other: {shown}."
        )
    else:
        yield Reason(3 * len(shared) / len(both) - 2, f"Some parties are the same: {shown}.")


def _people(one: Traits, other: Traits) -> Found:
    points, words = 0.0, []
    for party in sorted((one.people.keys() | one.names.keys()) & (other.people.keys() | other.names.keys())):
        mine, theirs = one.people.get(party, frozenset()), other.people.get(party, frozenset())
        if shared := mine & theirs:
            points += 2.0
            words.append(f"The same for {party or 'one side'}: {', '.join(sorted(shared))}.")
        elif mine and theirs:
            _other_people(one, other, party)
            yield Reason(-2.5, f"Others for {party}: {_listed(mine)} and {_listed(theirs)}.")
        elif _names_agree(one, other, party):
            points += 1.5
            words.append(f"The names for {party or 'one side'} are alike.")
        elif one.report.language == other.report.language:
            yield Reason(-2.5, f"Other names for {party}.")
    if points:
        yield Reason(min(points, 4.0), " ".join(words))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _other_people(one: Traits, other: Traits, party: str) -> None:
    """One person of a side here and another there are two meetings; lists of people may be cut differently."""
    mine, theirs = one.people[party], other.people[party]
    if one.family == "talk" and len(one.parties | other.parties) <= 2 and len(mine) == len(theirs) == 1:
        raise _ImpossibleError(f"For {party} it was {_listed(mine)} there and {_listed(theirs)} here.")
    if one.family in ("visit", "credentials") and not (mine & theirs) and party not in _hosts(one, other):
        raise _ImpossibleError(f"Those who came for {party} are others: {_listed(mine)} and {_listed(theirs)}.")


def _hosts(one: Traits, other: Traits) -> frozenset[str]:
    """The countries in which it was."""
    return frozenset(filter(None, (one.country, other.country)))


def _names_agree(one: Traits, other: Traits, party: str) -> bool:
    """Whether somebody whom no knowledge base knows is called like somebody there."""
    ways = ((one.names, other.spelled), (one.spelled, other.names))
    return any(
        fuzz.token_sort_ratio(a, b) >= ALIKE
        for mine, theirs in ways
        for a in mine.get(party, ())
        for b in theirs.get(party, ())
    )


def _levels(one: Traits, other: Traits) -> Found:
    agree = differ = 0
    for party in one.levels.keys() & other.levels.keys():
        if one.people.get(party, frozenset()) & other.people.get(party, frozenset()):
            continue
        if one.levels[party] & other.levels[party]:
            agree += 1
        else:
            differ += 1
    if agree:
        yield Reason(0.5 * agree, "People of the same rank.")
    if differ:
        yield Reason(-2.0 * differ, "People of other ranks.")


def _dates(one: Traits, other: Traits) -> Found:
    if one.when and other.when and _overlap(one.when, other.when):
        yield from _same_days(one, other)
        return
    if one.when and other.when and _gap(one.when, other.when) == 1 and _may_be_a_day_off(one, other):
        yield Reason(
            0.5, "The dates are a day apart, as they are in other time zones or where only the publication is dated."
        )
        return
    if one.sure and other.sure:
        raise _ImpossibleError(f"The days are others: {_shown(one.when)} and {_shown(other.when)}.")
    ways = [(a, b) for a in stretches(one) for b in stretches(other) if _overlap(a, b)]
    if not ways:
        if not one.when and not other.when:
            yield Reason(0, "Neither has a date.")
            return
        if one.when and other.when:
            raise _ImpossibleError(f"The dates are others: {_shown(one.when)} and {_shown(other.when)}.")
        raise _ImpossibleError("The date of the one is far from what is known of the other.")
    best = max(min(a.confidence, b.confidence) for a, b in ways)
    if one.when and other.when:
        yield Reason(1.0 if best >= 0.3 else 0.3, "The date of the one is among those possible for the other.")
    else:
        yield Reason(0.3, "The one has no date; the other's fits with when it was reported.")


def _same_days(one: Traits, other: Traits) -> Found:
    assert one.when
    assert other.when
    days = max((stretch.last - stretch.first).days for stretch in (one.when, other.when))
    if one.when == other.when or (one.when.first, one.when.last) == (other.when.first, other.when.last):
        points = 2.0 if one.sure and other.sure else 1.5
        yield Reason(points if days < 20 else 0.5, f"The same date: {_shown(one.when)}.")
    else:
        yield Reason(1.5 if days < 10 else 0.7, f"The dates overlap: {_shown(one.when)} and {_shown(other.when)}.")


def _may_be_a_day_off(one: Traits, other: Traits) -> bool:
    remote = one.mode in (Mode.phone, Mode.video) or other.mode in (Mode.phone, Mode.video)
    return remote or one.published or other.published or one.family == "visit"


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.first <= other.last and other.first <= one.last


def _gap(one: Stretch, other: Stretch) -> int:
    return max((other.first - one.last).days, (one.first - other.last).days)


def _shown(when: Stretch | None) -> str:
    if when is None:
        return "none"
    return f"{when.first}" if when.first == when.last else f"{when.first} to {when.last}"


_NEAR = {
    frozenset({PartOfDay.morning, PartOfDay.noon}),
    frozenset({PartOfDay.noon, PartOfDay.afternoon}),
    frozenset({PartOfDay.afternoon, PartOfDay.evening}),
    frozenset({PartOfDay.evening, PartOfDay.night}),
}
"""Parts of the day that reporters take for one another."""


def _parts(one: Traits, other: Traits) -> Found:
    if not one.part or not other.part:
        return
    shown = f"{one.part.value} and {other.part.value}"
    if one.part is other.part:
        yield Reason(0.5, f"The same part of the day: {one.part.value}.")
    elif one.mode in (Mode.phone, Mode.video):
        yield Reason(-0.3, f"Other parts of the day, as in other time zones: {shown}.")
    elif frozenset({one.part, other.part}) in _NEAR:
        yield Reason(-0.5, f"Neighbouring parts of the day: {shown}.")
    else:
        raise _ImpossibleError(f"Other parts of the day: {shown}.")


def _venues(one: Traits, other: Traits) -> Found:
    if one.family not in {"talk", "visit", "signing"}:
        return
    if one.mode in (Mode.phone, Mode.video):
        return  # each side reports its own
    if one.city and other.city:
        if one.city != other.city:
            yield Reason(-1.0 if one.family == "visit" else -4.5, f"In {one.city} and in {other.city}.")
        else:
            yield Reason(1.0, f"Both in {one.city}.")
            if one.place and other.place and one.place != other.place and one.occasion == other.occasion:
                yield Reason(-0.3, f"At {one.place} and at {other.place}.")
    elif one.country and other.country:
        same = one.country == other.country
        yield Reason(
            0.3 if same else -4.5, f"In {one.country}." if same else f"In {one.country} and in {other.country}."
        )


def _occasions(one: Traits, other: Traits) -> Found:
    if one.occasion and other.occasion:
        same = one.occasion == other.occasion
        words = f"At {one.occasion}." if same else f"At {one.occasion} and at {other.occasion}."
        yield Reason(1.0 if same else -3.0, words)
    elif one.occasion or other.occasion:
        at, off = (one, other) if one.occasion else (other, one)
        if off.place and off.place != at.place and one.family == "talk":
            yield Reason(-5.5 if at.place else -1.0, f"One was at {at.occasion}, the other at {off.place}.")


def _statuses(one: Traits, other: Traits) -> Found:
    pair = {one.status, other.status}
    if pair == {EventStatus.occurred, EventStatus.cancelled}:
        yield Reason(-3.0, "The one says it took place, the other that it was called off.")
    elif len(pair) == 2:
        yield Reason(-0.3, f"{one.status.value} and {other.status.value}".capitalize() + " according to the two.")


def _topics(one: Traits, other: Traits) -> Found:
    shared, both = one.topics & other.topics, one.topics | other.topics
    if one.family in {"talk", "visit"}:
        if shared:
            yield Reason(round(0.5 * len(shared) / len(both), 2), f"Topics in common: {', '.join(sorted(shared))}.")
        return
    # What was said is the event: without a topic in common it is another one.
    if shared:
        yield Reason(1.5, f"About the same: {', '.join(sorted(shared))}.")
    elif one.topics and other.topics:
        yield Reason(-2.0, "About something else.")


_COMPARED: tuple[Callable[[Traits, Traits], Found], ...] = (
    _article, _types, _modes, _parties, _people, _levels, _dates, _parts, _venues, _occasions, _statuses, _topics,
)  # fmt: skip
