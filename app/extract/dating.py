"""When an event was: completes what its date expression leaves open, and says why.

A year that the text does not give is weighed by everything that can tell (`year_evidence.py`). Where the
evidence does not single out a year there is no date: never a guess dressed as a fact.
"""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from functools import lru_cache

from app.extract.dates_url import date_in_url
from app.extract.dating_anchor import anchor_day, dateline, window_of
from app.extract.dating_context import Attendance, DatingContext
from app.extract.dating_relative import beside_previous, following_weekday, from_anchor, from_previous, is_told
from app.extract.dating_rest import left_open, of_occasion, recently
from app.extract.dating_travel import from_travels
from app.extract.dating_window import from_window
from app.extract.model import DateExpression, PartialDate
from app.extract.year_evidence import horizon, year_evidence
from app.extract.year_model import Candidate, Candidates
from app.extract.year_ranking import Ranking, rank
from app.records import DateAlternative, DateBasis, EventDate, Precision, Span

__all__ = ["Attendance", "DatingContext", "date_event", "date_in_url"]

_EARLIEST = 1995
_LEAST_SHARE = 0.5
_LEAST_LEAD = 1.5
"""The best year must be this many times likelier than the next."""
_STATED = 0.97
_ALONE = 0.85
"""The most that a single piece of evidence can give."""
_AGREED = 0.95
"""The most that pieces that agree can give."""
_SPANS = 5
_GOOD_ANCHOR = 0.8


def date_event(context: DatingContext) -> EventDate | None:
    """When the event was; None where nothing supports a date."""
    expression = context.expression
    if expression is None:
        return _without_expression(context)
    if expression.same_day or expression.shift_from_event:
        return from_previous(_with_previous(context, expression), expression)
    if _is_full(expression):
        return _stated(context, expression)
    if expression.first.month is None and expression.first.year is None:
        return _relative(context, expression)
    return _weighed(context, _with_year(context, expression), expression)


def _with_previous(context: DatingContext, expression: DateExpression) -> DatingContext:
    """Without an event told before, "the same day" is the last day that the text names before it."""
    if context.previous is not None:
        return context
    before = [
        e
        for e in context.expressions
        if e.end <= expression.start and e.precision is Precision.day and not (e.same_day or e.shift_from_event)
    ]
    if not before or not context.in_article(before[-1].start):
        return context
    return replace(context, previous=date_event(replace(context, expression=before[-1])))


def _is_full(expression: DateExpression) -> bool:
    """Whether nothing is open that its precision asks for."""
    return expression.first.year is not None and expression.shift_years is None


def _span(context: DatingContext, expression: DateExpression) -> Span:
    return context.text.span(expression.start, expression.end)


def _bounds(first: PartialDate, last: PartialDate, year: int) -> Candidate | None:
    """The days of a partial date in a year; None where it has no such day."""
    start_year = first.year or (year - 1 if _wraps(first, last) else year)
    try:
        start = date(start_year, first.month or 1, first.day or 1)
        end_month = last.month or 12
        end_year = last.year or year
        end = date(end_year, end_month, last.day or calendar.monthrange(end_year, end_month)[1])
    except ValueError:
        return None
    return Candidate(start, end) if start <= end else None


def _wraps(first: PartialDate, last: PartialDate) -> bool:
    return first.month is not None and last.month is not None and first.month > last.month


def _stated(context: DatingContext, expression: DateExpression) -> EventDate | None:
    """A date with its year."""
    year = expression.last.year or expression.first.year or _EARLIEST
    days = _bounds(expression.first, expression.last, year)
    if days is None:
        return None
    span = _span(context, expression)
    explanation = [f'The text says "{span.quote}".']
    confidence = _STATED
    if expression.weekday is not None and days.start.weekday() != expression.weekday:
        confidence = 0.85
        explanation.append(f"{days.start} was a {calendar.day_name[days.start.weekday()]}, which the text contradicts.")
    alternatives: tuple[DateAlternative, ...] = ()
    other = _bounds(expression.other, expression.other, year) if expression.other else None
    if other is not None:
        days, other, confidence = _likelier(context, days, other)
        explanation.append(f"Its day and month may be the other way round: {other.start}.")
        alternatives = (DateAlternative(start=other.start, end=other.end, confidence=round(1 - confidence, 2)),)
    precision = expression.precision or Precision.day
    return EventDate(
        start=days.start, end=days.end, precision=precision, part_of_day=expression.part_of_day,
        basis=DateBasis.stated if precision is Precision.day else DateBasis.inferred, confidence=confidence,
        explanation=tuple(explanation), alternatives=alternatives, evidence=(span,),
    )  # fmt: skip


def _likelier(context: DatingContext, usual: Candidate, other: Candidate) -> tuple[Candidate, Candidate, float]:
    """Of two readings of numbers the one nearer to publication; without it the language's usual order."""
    anchor = anchor_day(context)
    if anchor is None or anchor.span is not None:
        return usual, other, 0.75
    here, there = abs((usual.start - anchor.day).days), abs((other.start - anchor.day).days)
    if max(here, there) <= 2 * min(here, there) + 3:
        return usual, other, 0.7
    return (usual, other, 0.93) if here < there else (other, usual, 0.93)


def _with_year(context: DatingContext, expression: DateExpression) -> DateExpression:
    """`今年3月` with the year of publication, where that is known."""
    anchor = anchor_day(context)
    if expression.shift_years is None or anchor is None:
        return expression
    year = anchor.day.year + expression.shift_years
    return replace(expression, first=replace(expression.first, year=year), last=replace(expression.last, year=year))


def _relative(context: DatingContext, expression: DateExpression) -> EventDate | None:
    """Today, on Tuesday, 8日: counted from publication, or from the dateline whose own year is weighed."""
    anchor = anchor_day(context)
    if anchor is not None:
        return from_anchor(context, expression, anchor.day, anchor.said, anchor.sure)
    line = dateline(context, full=False)
    if line is None or line == expression:
        line = _month_before(context, expression)
    dated = _weighed(context, line, line) if line is not None else None
    if dated is None or dated.precision is not Precision.day:
        window = window_of(context)
        near = from_travels(context, expression) or beside_previous(context, expression) or _beside_told(context)
        return near or (
            from_window(context, expression, window) if window is not None else left_open(context, _EARLIEST)
        )
    said = f"It is counted from {dated.start}, the day that the article gives."
    found = from_anchor(context, expression, dated.start, said, dated.confidence)
    if found is None:
        return None
    return found.model_copy(
        update={
            "explanation": (*found.explanation, *dated.explanation),
            "evidence": (*found.evidence, *dated.evidence)[:_SPANS],
        }
    )


def _beside_told(context: DatingContext) -> EventDate | None:
    """A bare weekday soon after a day that the text tells without its year: "on Monday … the incident on May 16"."""
    told = [e for e in context.expressions if is_told(context, e)]
    if len({(e.first.month, e.first.day) for e in told}) != 1 or context.planned or context.previous is not None:
        return None
    incident = _weighed(context, told[0], told[0])
    if incident is None or incident.precision is not Precision.day:
        return None
    return following_weekday(context, incident)


def _month_before(context: DatingContext, expression: DateExpression) -> DateExpression | None:
    """For a day without a month: the nearest day before it that names one."""
    if expression.first.day is None:
        return None
    named = [e for e in context.expressions if e.start < expression.start and e.first.month and e.first.day]
    return named[-1] if named and context.in_article(named[-1].start) else None


_NEWS = 8
"""Fewer days between the end of a journey and the news of talks on it."""


def _without_expression(context: DatingContext) -> EventDate | None:
    """The day of the event told before, or of publication, or the days of the summit it took place at."""
    anchor = anchor_day(context)
    if context.recent and (day := anchor.day if anchor else context.previous and context.previous.end):
        return from_window(context, None, recently(day))
    if context.previous is not None and not context.lead:
        return context.previous.model_copy(
            update={
                "confidence": round(context.previous.confidence * 0.75, 2),
                "basis": DateBasis.inferred,
                "part_of_day": None,
                "explanation": ("It is told together with an event of that day.", *context.previous.explanation),
                "alternatives": (),
            }
        )
    journey = from_travels(context, None) if context.lead else None
    if journey is not None and (anchor is None or abs((anchor.day - journey.end).days) < _NEWS):
        return journey  # news of a journey is told while it lasts
    if anchor is not None and context.lead and not context.planned:
        evidence = (context.text.span(*anchor.span),) if anchor.span else ()
        return EventDate(
            start=anchor.day, end=anchor.day, precision=Precision.day, basis=DateBasis.publication,
            confidence=0.55 if anchor.sure > _GOOD_ANCHOR else 0.45,
            explanation=("The text gives the event no date.", anchor.said), evidence=evidence,
        )  # fmt: skip
    if anchor is not None:
        return None
    window = window_of(context) if context.lead and not context.planned else None
    return of_occasion(context) or (
        from_window(context, None, window) if window is not None else left_open(context, _EARLIEST)
    )


def _weighed(context: DatingContext, expression: DateExpression, shown: DateExpression) -> EventDate | None:
    """The year of a date that leaves it open."""
    if expression.first.year is not None:
        stated = _stated(context, expression)
        return stated and stated.model_copy(update={"basis": DateBasis.inferred, "confidence": 0.9})
    candidates = _candidates(context, expression)
    if not candidates:
        return None
    evidence = year_evidence(context, candidates, expression)
    ranking = rank(candidates, evidence)
    best, *rest = ranking.order
    share = ranking.shares[best]
    doubtful = share < _LEAST_SHARE or (rest and share < _LEAST_LEAD * ranking.shares[rest[0]])
    if (not evidence and rest) or (doubtful and anchor_day(context) is None):
        return None  # beside a day of publication the doubt is shown in the confidence and the alternatives
    return _answer(context, expression, shown, ranking)


def _candidates(context: DatingContext, expression: DateExpression) -> Candidates:
    anchor = anchor_day(context)
    window = window_of(context)
    if anchor is not None:  # news leaves out the year only of what is close
        years = range(anchor.day.year - 2, anchor.day.year + 2)
    elif window is not None:
        years = range(window.first.year - 2, window.last.year + 2)
    else:
        years = range(_EARLIEST, max(horizon(context.knowledge), _latest_named(context)) + 1)
    return _readings(expression.first, expression.last, years)


@lru_cache(maxsize=1024)
def _readings(first: PartialDate, last: PartialDate, years: range) -> Candidates:
    """The days of a partial date in each of some years; kept, since a year has few days and many articles."""
    return Candidates(c for year in years if (c := _bounds(first, last, year)) is not None)


def _latest_named(context: DatingContext) -> int:
    """The latest year of a date that the article gives in full."""
    full = [e.first.year for e in context.expressions if e.first.year and e.first.day and context.in_article(e.start)]
    return max(full, default=0)


def _answer(context: DatingContext, expression: DateExpression, shown: DateExpression, ranking: Ranking) -> EventDate:
    best, *rest = ranking.order
    supporting = ranking.supporting(best)
    kinds = {piece.kind for piece in supporting}
    most = _AGREED if len(kinds) >= 2 else _ALONE
    if kinds & {"publication", "address", "picture", "number"}:
        most = _AGREED
    span = _span(context, shown)
    spans = [span] + [context.text.span(*p.span) for p in supporting if p.span is not None]
    said = [p.said for p in supporting if p.said]
    against = [p.said for p in ranking.evidence if p.said and p.weights[best] < max(p.weights) - 1.5]
    against = [f"Against it: {s}" for s in against if s not in said]
    chosen = ranking.candidates[best]
    return EventDate(
        start=chosen.start, end=chosen.end, precision=expression.precision or Precision.day,
        part_of_day=expression.part_of_day, basis=DateBasis.inferred,
        confidence=round(min(ranking.shares[best], most), 2),
        explanation=tuple(dict.fromkeys([f'The text says "{span.quote}" without a year.', *said, *against])),
        alternatives=tuple(_alternative(ranking, i) for i in rest[:3] if ranking.shares[i] >= 0.03),
        evidence=tuple(dict.fromkeys(spans))[:_SPANS],
    )  # fmt: skip


def _alternative(ranking: Ranking, at: int) -> DateAlternative:
    candidate, best = ranking.candidates[at], ranking.order[0]
    against = tuple(dict.fromkeys(p.said for p in ranking.evidence if p.said and p.weights[at] < p.weights[best] - 0.4))
    return DateAlternative(
        start=candidate.start, end=candidate.end, confidence=round(ranking.shares[at], 2), explanation=against
    )
