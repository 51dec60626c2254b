"""Dates counted from a day of publication that is known only as a stretch of time.

Every day of the stretch is tried. Where half of the chances fall on one day it is that day; else the month or the
year that holds most of them is given, and nothing finer.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from app.extract.address_numbers import Window
from app.extract.dating_context import DatingContext
from app.extract.dating_relative import days_counted
from app.extract.model import DateExpression
from app.extract.year_model import Candidate
from app.records import DateAlternative, DateBasis, EventDate, Precision, Span

_DAY = timedelta(days=1)
_LEAST = 0.5
_SURE = 0.85
"""How sure it is that the stretch holds the day of publication."""
_MOST_DAYS = 800
Chances = dict[Candidate, float]


def from_window(context: DatingContext, expression: DateExpression | None, window: Window) -> EventDate | None:
    """The day, month or year of an event told as today, on Tuesday, or without a day at all."""
    chances = _chances(context, expression, window)
    if not chances:
        return None
    levels: tuple[tuple[Precision, Callable[[Candidate], Candidate]], ...] = (
        (Precision.day, lambda c: c), (Precision.month, _month), (Precision.year, _year),
    )  # fmt: skip
    for precision, level in levels:
        grouped: Chances = {}
        for candidate, share in chances.items():
            grouped[level(candidate)] = grouped.get(level(candidate), 0.0) + share
        best, *rest = sorted(grouped, key=lambda c: -grouped[c])
        if grouped[best] >= _LEAST:
            return _answer(context, expression, window, precision, grouped, [best, *rest[:2]])
    return None


def _chances(context: DatingContext, expression: DateExpression | None, window: Window) -> Chances:
    """What each day of the stretch would make of the expression, with its share of the chances."""
    found: Chances = {}
    day, left = window.first, _MOST_DAYS
    while day <= window.last and left:
        reach = (window.likely - window.first if day < window.likely else window.last - window.likely) + _DAY
        weight = 1 - abs(day - window.likely) / reach
        counted = days_counted(expression, day, context.planned) if expression else (Candidate(day, day), None, 1.0)
        if counted is not None:
            found[counted[0]] = found.get(counted[0], 0.0) + weight
        day, left = day + _DAY, left - 1
    total = sum(found.values())
    return {candidate: weight / total for candidate, weight in found.items()} if total else {}


def _month(days: Candidate) -> Candidate:
    first = days.start.replace(day=1)
    return Candidate(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _year(days: Candidate) -> Candidate:
    return Candidate(date(days.start.year, 1, 1), date(days.start.year, 12, 31))


def _answer(
    context: DatingContext,
    expression: DateExpression | None,
    window: Window,
    precision: Precision,
    shares: Chances,
    ranked: list[Candidate],
) -> EventDate:
    best, *rest = ranked
    said = ["The text gives the event no date."]
    evidence: tuple[Span, ...] = ()
    if expression is not None:
        span = context.text.span(expression.start, expression.end)
        said, evidence = [f'The text says "{span.quote}".'], (span,)
    return EventDate(
        start=best.start, end=best.end, precision=precision,
        part_of_day=expression.part_of_day if expression and precision is Precision.day else None,
        basis=DateBasis.inferred, confidence=round(shares[best] * _SURE, 2), explanation=(*said, window.said),
        alternatives=tuple(
            DateAlternative(start=c.start, end=c.end, confidence=round(shares[c] * _SURE, 2)) for c in rest
        ),
        evidence=evidence,
    )  # fmt: skip
