"""Dates counted from another day: yesterday, on Tuesday, last week, the 8th, the same day."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from app.extract.dating_context import DatingContext
from app.extract.dating_tense import tense_at
from app.extract.model import DateExpression
from app.extract.year_firsts import of_office
from app.extract.year_model import Candidate
from app.records import DateBasis, EventDate, Precision

_DAY = timedelta(days=1)
_WEEK = 7


def week_of(day: date) -> Candidate:
    """Monday to Sunday of the week of a day."""
    monday = day - day.weekday() * _DAY
    return Candidate(monday, monday + 6 * _DAY)


def from_previous(context: DatingContext, expression: DateExpression) -> EventDate | None:
    """The same day, the following day: counted from the event told before; else as if from publication."""
    before = context.previous
    if before is None or before.precision is not Precision.day:
        return None
    shift = (expression.shift_days or 0) * _DAY if expression.shift_from_event else timedelta(0)
    origin = before.end if shift > timedelta(0) else before.start
    span = context.text.span(expression.start, expression.end)
    counted = "the day of the event before" if not shift else f"{expression.shift_days:+d} days from the event before"
    return EventDate(
        start=origin + shift, end=origin + shift, precision=Precision.day, part_of_day=expression.part_of_day,
        basis=before.basis if not shift else DateBasis.inferred, confidence=round(before.confidence * 0.97, 2),
        explanation=(f'The text says "{span.quote}": {counted}.', *before.explanation),
        evidence=(span, *before.evidence)[:5],
    )  # fmt: skip


_BESIDE = 2
"""So many days before or after the day of another event a bare weekday is taken for the one beside it."""


def beside_previous(context: DatingContext, expression: DateExpression) -> EventDate | None:
    """A bare weekday of which nothing else tells the date: the one beside the event told before, or the next one behind
    it for what is planned."""
    before = context.previous
    bare = expression.weekday is not None and not expression.direction and expression.shift_days is None
    if before is None or before.precision is not Precision.day or not bare:
        return None
    back, ahead = (0, _WEEK - 1) if context.planned else (_BESIDE, _BESIDE)
    near = (before.start + n * _DAY for n in range(-back, (before.end - before.start).days + ahead + 1))
    days = [day for day in near if day.weekday() == expression.weekday]
    if len(days) != 1:
        return None
    span = context.text.span(expression.start, expression.end)
    return EventDate(
        start=days[0], end=days[0], precision=Precision.day, part_of_day=expression.part_of_day,
        basis=DateBasis.inferred, confidence=round(before.confidence * 0.85, 2),
        explanation=(f'The text says "{span.quote}": the one nearest to the event before.', *before.explanation),
        evidence=(span, *before.evidence)[:5],
    )  # fmt: skip


def is_told(context: DatingContext, expression: DateExpression) -> bool:
    """Whether an expression is a single day of the recent past, without its year."""
    day = expression.first
    open_ = day.month is not None and day.day is not None and day.year is None and expression.weekday is None
    open_ = open_ and expression.first == expression.last
    past = open_ and context.in_article(expression.start) and tense_at(context, expression.start) <= 0
    return past and not of_office(context.text, expression, context.pack)


_INCIDENT = 0.6
"""How sure it is that a weekday is the first one after the day that led to what happened on it."""


def following_weekday(context: DatingContext, told: EventDate) -> EventDate | None:
    """The weekday of an event in the week from a day on that the article tells: a protest follows an incident."""
    expression = context.expression
    if expression is None or expression.weekday is None or expression.direction or expression.shift_days is not None:
        return None
    day = told.start + (expression.weekday - told.start.weekday()) % _WEEK * _DAY
    span = context.text.span(expression.start, expression.end)
    return EventDate(
        start=day, end=day, precision=Precision.day, part_of_day=expression.part_of_day, basis=DateBasis.inferred,
        confidence=round(told.confidence * _INCIDENT, 2),
        explanation=(f'The text says "{span.quote}": the first one from {told.start} on.', *told.explanation),
        evidence=(span, *told.evidence)[:5],
    )  # fmt: skip


def from_anchor(
    context: DatingContext, expression: DateExpression, anchor: date, anchor_said: str, sure: float
) -> EventDate | None:
    """An expression without month and year, counted from the day of publication."""
    found = days_counted(expression, anchor, context.planned or _just_ahead(context, expression, anchor))
    if found is None:
        return None
    days, precision, share = found
    span = context.text.span(expression.start, expression.end)
    return EventDate(
        start=days.start, end=days.end, precision=precision, part_of_day=expression.part_of_day,
        basis=DateBasis.inferred, confidence=round(sure * share, 2),
        explanation=(f'The text says "{span.quote}".', anchor_said), evidence=(span,),
    )  # fmt: skip


_FAR_BACK = 5
"""So many days back a bare weekday is rather the coming one, where no verb tells past from future."""


def _just_ahead(context: DatingContext, expression: DateExpression, anchor: date) -> bool:
    """Whether a bare weekday is tomorrow or the day after rather than five or six days ago."""
    if expression.weekday is None or expression.direction or expression.shift_days is not None:
        return False
    back = (anchor.weekday() - expression.weekday) % _WEEK
    return back >= _FAR_BACK and bool(context.pack.data("dates").get("tenseless"))


def days_counted(expression: DateExpression, anchor: date, planned: bool) -> tuple[Candidate, Precision, float] | None:
    """The days counted from an anchor, their precision, and how sure the reading is where the anchor is right."""
    if expression.first.day is not None:
        days = _day_of_month(expression, anchor, planned)
        return (days, Precision.day, 0.98) if days else None
    if expression.weekday is not None:
        return _weekday(expression.weekday, expression, anchor, planned)
    if expression.shift_days is not None:
        day = anchor + expression.shift_days * _DAY
        if expression.precision is None:
            return _week(day, anchor, planned), Precision.day, 0.6
        return Candidate(day, day), Precision.day, 0.98
    return _period(expression, anchor)


def _period(expression: DateExpression, anchor: date) -> tuple[Candidate, Precision, float] | None:
    """Last month, this year."""
    if expression.shift_months is not None:
        return _whole_month(*_month(anchor, expression.shift_months)), Precision.month, 0.95
    if expression.shift_years is not None:
        year = anchor.year + expression.shift_years
        return Candidate(date(year, 1, 1), date(year, 12, 31)), Precision.year, 0.95
    return None


def _week(day: date, anchor: date, planned: bool) -> Candidate:
    """A week, cut at the day of publication: what has happened was before, what is planned comes after."""
    week = week_of(day)
    if not week.start <= anchor <= week.end:
        return week
    return Candidate(anchor, week.end) if planned else Candidate(week.start, anchor)


def _month(anchor: date, shift: int) -> tuple[int, int]:
    months = anchor.year * 12 + anchor.month - 1 + shift
    return months // 12, months % 12 + 1


def _whole_month(year: int, month: int) -> Candidate:
    return Candidate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _weekday(
    weekday: int, expression: DateExpression, anchor: date, planned: bool
) -> tuple[Candidate, Precision, float]:
    """The last such day up to publication, the next one for what is planned, or the one of the week that is named."""
    shift = expression.shift_days
    if shift is not None and shift % _WEEK:
        day = anchor + shift * _DAY
        return Candidate(day, day), Precision.day, 0.98 if day.weekday() == weekday else 0.7
    if shift is not None:
        day = week_of(anchor + shift * _DAY).start + weekday * _DAY
        return Candidate(day, day), Precision.day, 0.95
    back = (anchor.weekday() - weekday) % _WEEK
    if planned or expression.direction > 0:
        ahead = -back % _WEEK or (_WEEK if expression.direction > 0 else 0)
        day = anchor + ahead * _DAY
    else:
        day = anchor - (back or (_WEEK if expression.direction < 0 else 0)) * _DAY
    return Candidate(day, day), Precision.day, 0.95 if not expression.direction else 0.85


def _day_of_month(expression: DateExpression, anchor: date, planned: bool) -> Candidate | None:
    """The nearest such day: up to publication (a day later for time zones) or, for what is planned, from it on."""
    first, last = expression.first.day or 1, expression.last.day or 1
    if expression.shift_months is not None:
        months = [_month(anchor, expression.shift_months)]
    elif planned:
        months = [_month(anchor, n) for n in range(3)]
    else:
        months = [_month(anchor, -n) for n in range(3)]
    for year, month in months:
        try:
            start = date(year, month, first)
            end = date(*(_month(start, 1) if last < first else (year, month)), last)
        except ValueError:
            continue
        fits = end >= anchor if planned else start <= anchor + _DAY
        if fits or expression.shift_months is not None:
            return Candidate(start, end)
    return None
