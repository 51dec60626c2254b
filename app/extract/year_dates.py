"""Other days that are known as evidence: those the article names, and when it appeared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.extract.addresses import first_capture
from app.extract.dating_anchor import anchor_day, dateline, window_of
from app.extract.dating_context import DatingContext
from app.extract.dating_tense import tense_at
from app.extract.model import DateExpression, PartialDate
from app.extract.year_model import Candidate, Candidates, YearEvidence, years_said

_TOLD_BEFORE, _OTHER_DAY = {0: 2.0, 1: 0.8, 2: -0.5, 6: -0.5}, -1.2
"""Weight by how many days before the date of a report the weekday lies that it tells of first."""
_NEAR_REPORT = 60
"""Most days between a report and what it tells of without a year."""
_LEAD = 600
"""Characters of the body in which it does."""


def dated_nearby(context: DatingContext, candidates: Candidates, own: DateExpression) -> Iterator[YearEvidence]:
    """Full dates elsewhere in the article close to the day: the same event again, or the line that dates the page."""
    for expression in context.once(dated_nearby, lambda: list(_with_year(context))):
        day = expression.first
        if expression.start == own.start:
            continue
        if day.day is None:
            yield from _month_nearby(context, candidates, expression)
            continue
        there = date(day.year or 1, day.month or 1, day.day)
        then = there.toordinal()
        weights = tuple([_nearness(abs(first - then)) for first in candidates.first])
        said = f"The text gives the date {there.isoformat()} in full."
        yield YearEvidence(f"date:{there}", weights, said, (expression.start, expression.end))


def _with_year(context: DatingContext) -> Iterator[DateExpression]:
    """The dates of the article that name month and year."""
    for expression in context.expressions:
        day = expression.first
        if day.year is not None and day.month is not None and context.in_article(expression.start):
            yield expression


def directed(context: DatingContext, candidates: Candidates, own: DateExpression) -> Iterator[YearEvidence]:
    """ "last December", "next May": the nearest such month before, or behind, the day the article appeared."""
    anchor = anchor_day(context)
    if anchor is None or not own.direction or own.weekday is not None or own.first.month is None:
        return
    past = own.direction < 0
    today = anchor.day.toordinal()
    ahead = [today - last for last in candidates.last] if past else [first - today for first in candidates.first]
    if max(ahead) > 0:
        nearest = min(days for days in ahead if days > 0)
        weights = tuple(8.0 if days == nearest else 0.0 for days in ahead)
        yield YearEvidence("direction", weights, f"It is counted from {anchor.day}.", anchor.span)


def weekday_told(context: DatingContext, candidates: Candidates, own: DateExpression) -> Iterator[YearEvidence]:
    """What a report that is dated without a year tells of first, "on Friday", was mostly that day or the day before.

    The days of a visit that the report announces are weighed by the report's own day too.
    """
    line = dateline(context, full=False) if own.weekday is None and anchor_day(context) is None else None
    told = context.once(weekday_told, lambda: _first_weekday(context)) if line is not None else None
    if line is None or told is None:
        return
    weekday, span = told
    filed = candidates.first if line == own else _filed_on(line, candidates)
    # Day 1 of the calendar was a Monday.
    weights = tuple([_TOLD_BEFORE.get((day - 1 - weekday) % 7, _OTHER_DAY) if day else 0.0 for day in filed])
    fitting = [c.start.year for c, weight in zip(candidates, weights, strict=True) if weight > 0]
    said = f'The report tells of "{context.text.quote(*span)}": {years_said(fitting)}.'
    yield YearEvidence("told", weights, said, span)


def _filed_on(line: DateExpression, candidates: Candidates) -> list[int]:
    """The day of a report beside each candidate; 0 where they lie months apart, or the year has no such day."""
    return [_close_to(first, year, line.first) for first, year in zip(candidates.first, candidates.years, strict=True)]


def _close_to(first: int, year: int, day: PartialDate) -> int:
    for one in (year, year - 1, year + 1):
        try:
            filed = date(one, day.month or 1, day.day or 1).toordinal()
        except ValueError:
            continue
        if abs(filed - first) <= _NEAR_REPORT:
            return filed
    return 0


def _first_weekday(context: DatingContext) -> tuple[int, tuple[int, int]] | None:
    """The first weekday that the body names without a date, in its first lines."""
    for expression in context.expressions:
        day, start = expression.first, expression.start
        bare = day.month is None and day.day is None and not expression.direction and expression.shift_days is None
        near = context.body_start <= start < context.body_start + _LEAD
        if expression.weekday is not None and bare and near:
            return expression.weekday, (start, expression.end)
    return None


def _month_nearby(context: DatingContext, candidates: Candidates, expression: DateExpression) -> Iterator[YearEvidence]:
    """A month named with its year ("during her August 2021 visit"): what is told came within a year or two of it."""
    month, tense = expression.first, tense_at(context, expression.start)
    there = (month.year or 0) * 12 + (month.month or 1)

    def weight(after: int) -> float:
        return -1.0 if after < 0 else 0.8 if after <= 12 else 0.3 if after <= 24 else 0.0

    sign = -1 if tense > 0 else 1
    weights = tuple([weight(sign * (one - there)) for one in candidates.months])
    told = " as ahead" if tense > 0 else ""
    said = f"The text names {month.year}-{month.month:02}{told}."
    span = (expression.start, expression.end)
    yield YearEvidence(f"month:{there}", weights, said, span)


def _nearness(days: int) -> float:
    return 4.0 if days == 0 else 3.0 if days <= 10 else 1.0 if days <= 60 else 0.0


def publication(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """How well each candidate goes with the day, or the stretch of time, in which the article appeared."""
    anchor = anchor_day(context)
    window = window_of(context) if anchor is None else None
    if anchor is not None:
        weights = tuple(_after(c, anchor.day, anchor.day, context.planned) for c in candidates)
        yield YearEvidence(anchor.kind, weights, anchor.said, anchor.span)
    elif window is not None:
        weights = tuple(_after(c, window.first, window.last, context.planned) for c in candidates)
        yield YearEvidence("number", weights, window.said)


def _after(candidate: Candidate, first: date, last: date, planned: bool) -> float:
    """How well a candidate goes with an article that appeared between two days."""
    late, early = (first - candidate.start).days, (candidate.start - last).days
    if planned:
        late, early = (candidate.end - last).days, (first - candidate.end).days
    if late <= 3 and early <= 2:
        return 5.0
    if early > 0:  # what lies just ahead needs no year, even where the words do not say that it is ahead
        return -3.0 if planned or early > 100 else 2.0 if early <= 30 else -1.0
    return 4.0 if late <= 31 else 2.0 if late <= 305 else 1.0 if late <= 370 else -2.0


def captured(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """What has happened was before the first archived copy of the article."""
    capture = first_capture(context.addresses)
    if capture is None or context.planned:
        return
    copied = capture.day.toordinal()
    weights = tuple([-5.0 if first - copied > 1 else 0.0 for first in candidates.first])
    said = f"An archive had a copy of the article on {capture.day}."
    yield YearEvidence("capture", weights, said, (capture.start, capture.end))
