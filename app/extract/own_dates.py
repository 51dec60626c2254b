"""The day of an event among those that the sentences about it name.

In: an occurrence, and for each of its frames the date expression that belongs to it (`event_dates`). Out: one of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.frame_model import Frame
from app.extract.model import DateExpression, Zone
from app.extract.occurrences import Occurrence
from app.records import EventStatus, EventType


def own_date(occurrence: Occurrence, dated: dict[int, DateExpression | None]) -> DateExpression | None:
    """The date expression of an event among those of its frames."""
    # A verb's own day before a noun's; what is still planned does not date what was done.
    told = sorted(occurrence.frames, key=lambda f: (f.status is not occurrence.status, f.trigger.weak))
    if occurrence.type is EventType.aid and occurrence.main.lead:
        told = [f for f in told if f.lead]  # further down it is told when the goods are sent off
    found = [d for f in told if (d := dated.get(f.start))]
    if not found:
        return None
    if found[0].of_report:  # what a noun tells of may be something else: "talked about the meeting on the 18th"
        verbs = (f for f in told if not (f.trigger.noun or f.trigger.weak))
        found = [d for f in verbs if (d := dated.get(f.start)) and not d.of_report] or found
    if found[0].first.day is None and found[0].precision is None:  # "early next week", and further on the day itself
        found = [d for d in found if d.first.day is not None] or found
    if occurrence.type is EventType.visit and found[0].first == found[0].last:
        # "received this morning A, who visits from 27 to 29 August": the days of the visit
        whole = (d for d in found[1:] if d.first != d.last and _days_within(found[0], d))
        return next(whole, _arrival(told, dated, found[0]))
    # "A tour of B and C from 16 to 21 November … from 19 to 21 he visits C": the part within the whole is its own.
    return next((d for d in found[1:] if _within(d, found[0])), found[0])


def _arrival(told: Sequence[Frame], dated: dict[int, DateExpression | None], else_: DateExpression) -> DateExpression:
    """The weekday on which a visitor arrived, where a sentence of its own says so: "He had landed on Sunday"."""
    arrivals = (dated.get(f.start) for f in told if f.trigger.arrival and f.zone is Zone.body)
    first = next((d for d in arrivals if d is not None and d.weekday is not None), None)
    return first if first is not None and else_.weekday is not None else else_


def _days_within(day: DateExpression, whole: DateExpression) -> bool:
    """Whether a day lies in a range of days of its month."""
    if not (day.first.day and whole.first.day and whole.last.day) or day.first.month != whole.last.month:
        return False
    return whole.first.day <= day.first.day <= whole.last.day


def _within(part: DateExpression, whole: DateExpression) -> bool:
    """Whether a range of days is a true part of another in the same month."""
    ends = (part.first, part.last, whole.first, whole.last)
    if any(d.day is None or d.month != whole.last.month or d.year != whole.last.year for d in ends):
        return False
    first, last, begin, end = (d.day or 0 for d in ends)
    return first < last and begin <= first and last <= end and (first, last) != (begin, end)


def visit_date(
    occurrence: Occurrence, found: Sequence[Occurrence], dated: dict[int, DateExpression | None]
) -> DateExpression | None:
    """The days of the visit during which talks are planned that have no day of their own."""
    if occurrence.status is not EventStatus.planned or occurrence.type is EventType.visit:
        return None
    people, parties = set(occurrence.people), set(occurrence.countries)
    for other in found:
        if other.type is EventType.visit and people & set(other.people) and set(other.countries) <= parties:
            days = own_date(other, dated)
            begun = other.status is EventStatus.occurred and days is not None and days.first == days.last
            return None if begun else days  # the day of arrival is over
    return None
