"""One event out of the reports of one occurrence: of each value the best supported, with those who say so.

A value counts once for each independent report that has it, copies of one story being one report; then come how sure
the reports are, how exact the value is, and last the id of the readout, so that there is always one answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from app.merging.actors import Present, present
from app.merging.ballot import Ballot
from app.merging.pledges import Said, linked
from app.merging.report import Report
from app.merging.unchecked import changed
from app.records import (
    Commitment,
    DateBasis,
    Event,
    EventDate,
    EventStatus,
    Precision,
    Venue,
)

T = TypeVar("T")
MOST_SURE = 0.99

_STATUS = (EventStatus.occurred, EventStatus.cancelled, EventStatus.planned)
"""Who reports that it took place knows more than who announced it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value that some reports have, where not all have the same."""

    field: str
    value: Any
    readouts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A commitment, and where it is said."""

    commitment: Commitment
    said: tuple[Said, ...]
    """The readouts that have it, the one whose words stand in the commitment first."""


@dataclass(frozen=True, slots=True)
class Merged:
    """An event with what supports each of its values."""

    event: Event
    lead: Report
    """The report that supports most of it; spans without an article stand in its article."""
    reports: tuple[Report, ...]
    """All of them, the lead first."""
    participants: tuple[Present, ...]
    """As in the event, with the readouts that name them."""
    commitments: tuple[Linked, ...]
    claims: tuple[Claim, ...]


Placed = Callable[[Report, bool], Report]
"""A report whose spans say in which article they stand; those of the leading article need not."""


def combine(reports: Sequence[Report], originals: Mapping[str, str], placed: Placed) -> Merged:
    """The event that some reports make together; `originals` says of which other each is a copy, if of any."""
    ordered = tuple(sorted(reports, key=lambda one: one.id))
    ballot = Ballot(ordered, originals)
    status, statuses = ballot.best(
        lambda one: one.event.status, lambda one: one, _STATUS.index, lambda one: _WORTH_OF_STATUS[one]
    )
    assert status
    telling = tuple(one for one in ordered if one.event.status is status)
    kind, kinds = ballot.best(lambda one: one.event.type, str, lambda _: 0, lambda _: 1.0)
    lead = max(telling, key=lambda one: (one.event.type is kind, _weight(one), one.id))
    assert kind
    ordered = tuple([placed(one, one.article == lead.article) for one in ordered])
    lead = next(one for one in ordered if one.id == lead.id)
    ballot = Ballot(ordered, originals)
    alike = [one for one in ordered if one.event.type is kind]
    mode, modes = Ballot(tuple(alike), originals).best(lambda one: one.event.mode, str, lambda _: 0, lambda _: 1.0)
    day, days = _date(ordered, originals, status)
    venue, venues = ballot.best(lambda one: one.event.venue, _place, _detail, lambda _: 1.0)
    occasion, occasions = ballot.best(
        lambda one: one.event.occasion, lambda one: one.id or one.name, lambda one: one.id is None, lambda _: 1.0
    )
    people = present(ordered, originals, lead)
    pledges = _pledges(ordered, lead)
    event = changed(
        lead.event,
        {
            "type": kind,
            "status": status,
            "mode": mode,
            "title": lead.event.title,
            "date": day,
            "venue": venue,
            "occasion": occasion,
            "participants": tuple(one.participant for one in people),
            "countries": _parties(
                ordered, originals, lead, lambda one: one.countries, {p.participant.country for p in people}
            ),
            "organizations": _parties(
                ordered, originals, lead, lambda one: one.organizations, {p.participant.organization for p in people}
            ),
            "topics": tuple(dict.fromkeys(topic for one in (lead, *ordered) for topic in one.event.topics)),
            "commitments": tuple(one.commitment for one in pledges),
            "codes": next(one.event.codes for one in (lead, *alike) if one.event.type is kind),
            "confidence": _together((one.event.confidence, originals[one.id]) for one in ordered),
            "evidence": tuple(
                span for one in (lead, *(r for r in ordered if r is not lead)) for span in one.event.evidence
            ),
        },
    )
    claims = [
        *_claims("status", statuses, lambda one: one.value), *_claims("type", kinds, lambda one: one.value),
        *_claims("mode", modes, lambda one: one.value), *_claims("date", days, _shown_date),
        *_claims("venue", venues, _shown_venue), *_claims("occasion", occasions, lambda one: one.id or one.name),
    ]  # fmt: skip
    reported = (lead, *(one for one in ordered if one is not lead))
    return Merged(event, lead, reported, people, tuple(pledges), tuple(claims))


_WORTH_OF_STATUS = {EventStatus.occurred: 100.0, EventStatus.cancelled: 10.0, EventStatus.planned: 1.0}


def _weight(report: Report) -> float:
    """How much a report tells."""
    event = report.event
    named = sum(one.actor_id is not None for one in event.participants)
    return 3 * named + len(event.commitments) + 2 * (event.date is not None) + (event.venue is not None)


def _together(found: Iterable[tuple[float, str]]) -> float:
    """How sure independent reports are together."""
    best: dict[str, float] = {}
    for confidence, original in found:
        best[original] = max(best.get(original, 0.0), confidence)
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1 - confidence
    return round(max(*best.values(), min(MOST_SURE, 1 - doubt)), 4) if len(best) > 1 else max(best.values())


_BASES = (DateBasis.stated, DateBasis.inferred, DateBasis.publication)


def _worth_of_date(one: EventDate) -> float:
    exact = 1.0 if one.precision is Precision.day else 0.3
    return exact * (0.4 if one.basis is DateBasis.publication else 1.0) * one.confidence


def _better_date(one: EventDate) -> Any:
    return (_BASES.index(one.basis), -one.confidence, one.part_of_day is None)


def _days(one: EventDate) -> tuple[date, date]:
    return one.start, one.end


def _dated(report: Report) -> EventDate | None:
    return report.event.date


def _date(
    reports: tuple[Report, ...], originals: Mapping[str, str], status: EventStatus
) -> tuple[EventDate | None, list[tuple[EventDate, tuple[str, ...]]]]:
    """The date, of those who report the status that counts, and all dates with those who have them."""
    telling = tuple([one for one in reports if one.event.status is status and one.event.date]) or reports
    every = Ballot(reports, originals).best(_dated, _days, _better_date, _worth_of_date)
    all_tell = len(telling) == len(reports)
    told = every if all_tell else Ballot(telling, originals).best(_dated, _days, _better_date, _worth_of_date)
    best, values = told[0], every[1]
    if best is None:
        return None, values
    found = [(one, when) for one in reports if (when := _dated(one)) and _days(when) == _days(best)]
    independent = len({originals[one.id] for one, _ in found})
    if independent < 2:
        return best, values
    sure = _together((when.confidence, originals[one.id]) for one, when in found)
    spans = dict.fromkeys((*best.evidence, *(span for _, when in found for span in when.evidence)))
    update = {
        "confidence": sure,
        "evidence": tuple(spans),
        "explanation": (*best.explanation, f"{independent} independent reports agree on it."),
        "alternatives": tuple(one for one in best.alternatives if one.confidence <= 1 - sure),
    }
    return changed(best, update), values


def _place(venue: Venue) -> tuple[str | None, str | None]:
    return venue.country, venue.city


def _detail(venue: Venue) -> tuple[bool, bool, bool]:
    return (venue.city is None, venue.name is None, venue.latitude is None)


def _shown_date(one: EventDate) -> dict[str, str]:
    return {
        "start": one.start.isoformat(),
        "end": one.end.isoformat(),
        "precision": one.precision.value,
        "basis": one.basis.value,
    }


def _shown_venue(one: Venue) -> dict[str, str | None]:
    return {"name": one.name, "city": one.city, "country": one.country}


def _claims(field: str, values: Sequence[tuple[T, tuple[str, ...]]], shown: Callable[[T], Any]) -> Iterable[Claim]:
    """What reports say differently."""
    if len(values) > 1:
        yield from (Claim(field, shown(value), readouts) for value, readouts in values)


def _parties(
    reports: Sequence[Report],
    originals: Mapping[str, str],
    lead: Report,
    listed: Callable[[Event], Sequence[str]],
    named: set[str | None],
) -> tuple[str, ...]:
    """Those that half of the independent reports have, or that somebody stands for."""
    having: dict[str, set[str]] = defaultdict(set)
    for one in reports:
        for party in listed(one.event):
            having[party].add(originals[one.id])
    total = len({originals[one.id] for one in reports})
    order = dict.fromkeys(party for one in (lead, *reports) for party in listed(one.event))
    return tuple(party for party in order if party in named or 2 * len(having[party]) >= total)


def _pledges(reports: Sequence[Report], lead: Report) -> list[Linked]:
    said = {
        report.id: [
            Said(report.id, position, report.language, one) for position, one in enumerate(report.event.commitments)
        ]
        for report in (lead, *(one for one in reports if one is not lead))
    }
    return [Linked(_shown(found), found) for found in linked(said)]


def _shown(said: tuple[Said, ...]) -> Commitment:
    """The first one's words, with what others know besides and all that supports it."""
    first = said[0].commitment
    if len(said) == 1:
        return first
    others = [one.commitment for one in said[1:]]
    amounts = first.amounts or next((one.amounts for one in others if one.amounts), ())
    deadline = first.deadline or next((one.deadline for one in others if one.deadline), None)
    update = {
        "topics": tuple(dict.fromkeys(topic for one in (first, *others) for topic in one.topics)),
        "recipients": first.recipients or next((one.recipients for one in others if one.recipients), ()),
        "amounts": amounts,
        "deadline": deadline,
        "evidence": tuple(span for one in (first, *others) for span in one.evidence),
    }
    return changed(first, update)
