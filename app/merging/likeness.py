"""How much speaks for two reports being of the same occurrence: a sum of points, each with its reason.

The points are rough log odds, set by hand on the labelled pairs of `tests/store/pairs.yaml`: what hardly ever agrees by
chance (the same two people on the same day) gives most, what contradicts takes as much away. What cannot be is
impossible, whatever else agrees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.merging import days
from app.merging.reason import Found, ImpossibleError, Reason
from app.merging.report import Traits
from app.records import EventStatus, EventType, Mode

ALIKE = 88
"""Likeness of two spellings of one name, 0 to 100; other names of one country are below 75 as a rule."""

SAME = 4.0
"""Points from which two reports are taken to be of the same occurrence."""


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


def likeness(one: Traits, other: Traits, *, copies: bool = False) -> Likeness:
    """How alike two reports are, the same both ways round; `copies`: their articles are copies of one text."""
    if one.report.id > other.report.id:
        one, other = other, one
    found: list[Reason] = []
    try:
        for compare in _COMPARED:
            found += compare(one, other)
    except ImpossibleError as reason:
        return Likeness((*found, Reason(-99, reason.words)), impossible=True)
    if copies:
        found.append(Reason(3, "The articles are copies of one text."))
    return Likeness(tuple(found), impossible=False)


def _article(one: Traits, other: Traits) -> Found:
    if one.report.article == other.report.article:
        raise ImpossibleError("One article reports them as two events.")
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
        raise ImpossibleError(f"The types do not go together: {shown}.")


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
            raise ImpossibleError("They have no party in common.")
        return
    if one.parties == other.parties:
        yield Reason(1.0 if len(shared) > 1 else 0.5, f"The same parties: {shown}.")
    elif len(one.parties) == len(other.parties) == 2:
        raise ImpossibleError("The two sides are others.")
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
        raise ImpossibleError(f"For {party} it was {_listed(mine)} there and {_listed(theirs)} here.")
    if one.family in ("visit", "credentials") and not (mine & theirs) and party not in _hosts(one, other):
        raise ImpossibleError(f"Those who came for {party} are others: {_listed(mine)} and {_listed(theirs)}.")


def _hosts(one: Traits, other: Traits) -> frozenset[str]:
    """The countries in which it was."""
    return frozenset(filter(None, (one.country, other.country)))


def _names_agree(one: Traits, other: Traits, party: str) -> bool:
    """Whether somebody whom no knowledge base knows is called like somebody there."""
    return any(
        fuzz.token_sort_ratio(a, b) >= ALIKE
        for unknown, known in ((one, other), (other, one))
        if (names := unknown.names.get(party))
        for b in known.spelled(party)
        for a in names
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


def _venues(one: Traits, other: Traits) -> Found:
    if one.family not in {"talk", "visit", "signing"}:
        return
    if one.mode in (Mode.phone, Mode.video):
        return  # each side reports its own
    if one.city and other.city:
        if one.city != other.city:
            yield Reason(_other_city(one, other), f"In {one.city} and in {other.city}.")
        else:
            yield Reason(1.0, f"Both in {one.city}.")
            if one.place and other.place and one.place != other.place and one.occasion == other.occasion:
                yield Reason(-0.3, f"At {one.place} and at {other.place}.")
    elif one.country and other.country:
        same = one.country == other.country
        yield Reason(
            0.3 if same else -4.5, f"In {one.country}." if same else f"In {one.country} and in {other.country}."
        )


def _other_city(one: Traits, other: Traits) -> float:
    """Points for another city: against most, less against the same two people on the same day in the same country, who
    hardly ever meet twice, while reports often name the city that they were written in."""
    if one.family == "visit":
        return -1.0
    a_pair = len(one.people) > 1 and one.people == other.people
    a_day = one.sure and other.sure and one.when and other.when and one.when[:2] == other.when[:2]
    return -3.0 if a_pair and a_day and one.country == other.country else -4.5


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
    _article, _types, _modes, _parties, _people, _levels, days.dates, days.parts, _venues, _occasions, _statuses,
    _topics,
)  # fmt: skip
