"""A readout as merging takes it, and the traits that are compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, TypeVar

from app.records import (
    DateBasis,
    Event,
    EventDate,
    EventStatus,
    EventType,
    Level,
    Mode,
    Participant,
    ParticipantKind,
    PartOfDay,
    Precision,
    Topic,
)

_FAMILIES = {
    "talk": ("meeting", "negotiation", "mediation", "conference", "phone_call", "video_call"),
    "voice": ("statement", "protest", "rejection"),
    "break": ("recall", "severance", "expulsion"),
}
FAMILY = {EventType(one): family for family, types in _FAMILIES.items() for one in types}
"""Types that reporters take for one another; every other type stands alone."""

_LONGEST = 40
"""Days of a stretch that are looked at; longer stretches say too little of the day."""

_BEFORE, _AFTER, _AHEAD = timedelta(7), timedelta(1), timedelta(30)
"""An event without a date took place at most so long before it was reported, or is to take place so long after."""

_AROUND = timedelta(3)
"""How far from the other events of its article an event without a date is looked for."""

_LATE = timedelta(3)
"""How old news can be whose only date is that of the publication."""


class Report(NamedTuple):
    """What one article says of one occurrence."""

    id: str
    """Id of the readout."""
    article: str
    """Id of the article."""
    language: str
    """BCP 47 primary tag."""
    event: Event
    publisher: str | None = None
    published: date | None = None
    around: tuple[date, ...] = ()
    """The days of the article's other events."""


class Stretch(NamedTuple):
    """Days on which it may have been, and how sure that is."""

    first: date
    last: date
    confidence: float


class Traits(NamedTuple):
    """What is compared of a report."""

    report: Report
    type: EventType
    family: str
    status: EventStatus
    mode: Mode | None
    parties: frozenset[str]
    people: dict[str, frozenset[str]]
    """Actor ids of the people and bodies, by the party they stand for."""
    names: dict[str, frozenset[str]]
    """Plain names of the people without an id, by party."""
    levels: dict[str, frozenset[Level]]
    when: Stretch | None
    """The date; None where there is none."""
    sure: bool
    """Whether the day is stated or as good as that."""
    published: bool
    """Whether the date is only that of the publication."""
    others: tuple[Stretch, ...]
    """Other days that are possible."""
    part: PartOfDay | None
    city: str | None
    country: str | None
    place: str | None
    """The building or the like, where one is named."""
    occasion: str | None
    topics: frozenset[Topic]

    def spelled(self, party: str) -> set[str]:
        """Plain names of all people of a party, in all spellings that are known."""
        people = self.report.event.participants
        of_party = (one for one in people if one.kind is not ParticipantKind.country and _party(one) == party)
        names = (plain(name) for one in of_party for name in (one.name, one.name_as_written, *one.aliases) if name)
        return set(filter(None, names))


def traits(report: Report) -> Traits:
    """The traits of a report."""
    event = report.event
    venue, date = event.venue, event.date
    when, others = _when(report)
    people, names, levels = _by_party(event.participants)
    return Traits(
        report,
        event.type,
        FAMILY.get(event.type) or event.type._value_,
        event.status,
        event.mode or _MODES.get(event.type),
        _parties(event),
        people,
        names,
        levels,
        when,
        date is not None and _is_sure(date),
        date is not None and date.basis is DateBasis.publication,
        others,
        date.part_of_day if date else None,
        venue.city if venue else None,
        venue.country if venue else None,
        (venue.place_id or venue.name) if venue and venue.name else None,
        event.occasion.id if event.occasion else None,
        frozenset(event.topics),
    )


def _parties(event: Event) -> frozenset[str]:
    """The parties; of a visit the country that is visited, too, where nobody there is named."""
    visited = event.venue.country if event.venue and event.type is EventType.visit else None
    return frozenset((*event.countries, *event.organizations, *((visited,) if visited else ())))


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """A name without case and diacritics."""
    marked = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return "".join(char for char in marked if not unicodedata.combining(char))


_MODES = {EventType.phone_call: Mode.phone, EventType.video_call: Mode.video}
"""Of types that say it."""


def _party(one: Participant) -> str:
    return one.country or one.organization or ""


T = TypeVar("T")


def _by_party(
    participants: Iterable[Participant],
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], dict[str, frozenset[Level]]]:
    """Actor ids, plain names of the people without an id, and levels."""
    people: dict[str, set[str]] = {}
    names: dict[str, set[str]] = {}
    levels: dict[str, set[Level]] = {}
    for one in participants:
        party = _party(one)
        if one.level:
            levels.setdefault(party, set()).add(one.level)
        if one.actor_id and one.kind is not ParticipantKind.country:
            people.setdefault(party, set()).add(one.actor_id)
        elif one.actor_id is None and one.kind is ParticipantKind.person and (name := plain(one.name)):
            names.setdefault(party, set()).add(name)
    return _frozen(people), _frozen(names), _frozen(levels)


def _frozen(found: dict[str, set[T]]) -> dict[str, frozenset[T]]:
    return {party: frozenset(values) for party, values in found.items()}


def _is_sure(when: EventDate) -> bool:
    if when.precision is not Precision.day or when.basis is DateBasis.publication:
        return False
    return when.basis is DateBasis.stated or when.confidence >= 0.85


def _when(report: Report) -> tuple[Stretch | None, tuple[Stretch, ...]]:
    """The stretch of the date, and of its alternatives; for none, the days around which it must have been."""
    when = report.event.date
    if when is None:
        return None, _window(report)
    others = tuple(Stretch(one.start, one.end, one.confidence) for one in when.alternatives if one.confidence >= 0.05)
    if when.basis is DateBasis.publication:
        others = (*others, Stretch(when.start - _LATE, when.end, 0.5))
    return Stretch(when.start, when.end, when.confidence), others


def _window(report: Report) -> tuple[Stretch, ...]:
    if report.around:
        return (Stretch(min(report.around) - _AROUND, max(report.around) + _AROUND, 0.5),)
    if report.published is None:
        return ()
    if report.event.status is EventStatus.planned:
        return (Stretch(report.published, report.published + _AHEAD, 0.5),)
    return (Stretch(report.published - _BEFORE, report.published + _AFTER, 0.5),)


def stretches(one: Traits) -> tuple[Stretch, ...]:
    """All stretches of a report, none longer than is looked at."""
    found = ((one.when,) if one.when else ()) + one.others
    return tuple(stretch for stretch in found if (stretch.last - stretch.first).days <= _LONGEST)
