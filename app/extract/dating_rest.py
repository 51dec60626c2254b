"""What is left to say about an event without a date, in an article of which nobody knows when it appeared."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

from app.extract.address_numbers import Window
from app.extract.dating_context import DatingContext
from app.extract.editions import editions_of
from app.extract.model import DateExpression
from app.extract.year_evidence import horizon, year_evidence
from app.extract.year_model import Candidate, Candidates
from app.extract.year_ranking import Ranking, rank
from app.records import DateAlternative, DateBasis, EventDate, Precision

_NO_DAY = DateExpression(-1, -1)
_LEAST_LIKELY = 0.02
"""Years with less than this are not looked at by their months."""
_OFTEN = 2
_PAGE = 0.7
_LEAST_SHARE = 0.5
_LEAST_LEAD = 1.5
_MOST = 0.7
"""The most that evidence without any day can give."""


def left_open(context: DatingContext, first: int) -> EventDate | None:
    """The day of the page, or a year from `first` on, for the main event and what is told of "Monday"; nothing is said
    of others without a date."""
    if not context.lead and context.expression is None:
        return None
    return of_page(context) or of_year(context, first, horizon(context.knowledge))


def recently(day: date) -> Window:
    """When something was that a text of a day calls recent."""
    first, last = day - timedelta(days=30), day - timedelta(days=1)
    said = f"The text calls it recent, and was written around {day}."
    return Window(first, day - timedelta(days=10), last, said)


def of_occasion(context: DatingContext) -> EventDate | None:
    """The days of the edition that the event took place at, where the text says which."""
    hit = context.occasion
    if hit is None or (hit.number is None and hit.year is None):
        return None
    editions = editions_of(hit, context.knowledge)
    if len(editions) != 1:
        return None
    edition = editions[0]
    return EventDate(
        start=edition.start, end=edition.end, precision=Precision.day, basis=DateBasis.inferred, confidence=0.5,
        explanation=(f"It took place at {edition.name}, held from {edition.start} to {edition.end}.",),
        evidence=(context.text.span(hit.start, hit.end),),
    )  # fmt: skip


def of_page(context: DatingContext) -> EventDate | None:
    """The one day that the whole page gives in full again and again: what it links to is of that day."""
    full = [e for e in context.expressions if e.precision is Precision.day and e.first == e.last and e.first.year]
    days = {(e.first.year, e.first.month, e.first.day) for e in full}
    if len(days) != 1 or len(full) < _OFTEN or None in next(iter(days)):
        return None
    year, month, day = (part or 1 for part in next(iter(days)))
    found = date(year, month, day)
    return EventDate(
        start=found, end=found, precision=Precision.day, basis=DateBasis.inferred, confidence=_PAGE,
        explanation=("The text gives the event no date.", f"All days that the page gives in full are {found}."),
        evidence=tuple(context.text.span(e.start, e.end) for e in full[:2]),
    )  # fmt: skip


def _by_months(context: DatingContext, ranking: Ranking) -> Ranking:
    """The same years by the shares of their months: a year in which both held office for a month is a poor one."""
    likely = [at for at in ranking.order if ranking.shares[at] >= _LEAST_LIKELY]
    if len(likely) < 2:
        return ranking
    months = [month for at in sorted(likely) for month in _months(ranking.candidates[at].start.year)]
    months = [month for month in months if _has_weekday(month, context.expression)]
    evidence = [p for p in year_evidence(context, months, _NO_DAY) if not p.kind.startswith("travel:")]
    shares = [0.0] * len(ranking.candidates)
    if not evidence or not months:
        return ranking
    years = {candidate.start.year: at for at, candidate in enumerate(ranking.candidates)}
    for month, share in zip(months, rank(months, evidence).shares, strict=True):
        shares[years[month.start.year]] += share
    order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
    return Ranking(ranking.candidates, tuple(shares), ranking.evidence, tuple(order))


def _has_weekday(month: Candidate, expression: DateExpression | None) -> bool:
    """Whether the day of a month that the text names is the weekday it gives: "Monday (23rd)"."""
    if expression is None or expression.weekday is None or expression.first.day is None:
        return True
    try:
        return month.start.replace(day=expression.first.day).weekday() == expression.weekday
    except ValueError:
        return False


@lru_cache(maxsize=128)
def _months(year: int) -> tuple[Candidate, ...]:
    """The months of a year."""
    last = [calendar.monthrange(year, month)[1] for month in range(1, 13)]
    return tuple([Candidate(date(year, m, 1), date(year, m, day)) for m, day in enumerate(last, 1)])


@lru_cache(maxsize=8)
def _years(first: int, last: int) -> Candidates:
    """Each year from one to another."""
    return Candidates(Candidate(date(year, 1, 1), date(year, 12, 31)) for year in range(first, last + 1))


def of_year(context: DatingContext, first: int, last: int) -> EventDate | None:
    """The year that at least two kinds of evidence single out."""
    candidates = _years(first, last)
    found = year_evidence(context, candidates, _NO_DAY)
    evidence = [piece for piece in found if not piece.kind.startswith("travel:")]  # a journey gives days, or nothing
    if not evidence:
        return None
    ranking = _by_months(context, rank(candidates, evidence))
    best, second, *rest = ranking.order
    share, supporting = ranking.shares[best], ranking.supporting(best)
    doubtful = share < _LEAST_SHARE or share < _LEAST_LEAD * ranking.shares[second]
    if doubtful or len({piece.kind for piece in supporting}) < _OFTEN:
        return None
    spans = [context.text.span(*p.span) for p in supporting if p.span is not None]
    return EventDate(
        start=candidates[best].start, end=candidates[best].end, precision=Precision.year, basis=DateBasis.inferred,
        confidence=round(min(share, _MOST), 2),
        explanation=("The text gives the event no date.", *dict.fromkeys(p.said for p in supporting if p.said)),
        alternatives=tuple(
            DateAlternative(
                start=candidates[i].start, end=candidates[i].end, confidence=round(ranking.shares[i], 2)
            )
            for i in (second, *rest)[:3]
            if ranking.shares[i] >= 0.03
        ),
        evidence=tuple(dict.fromkeys(spans))[:5],
    )  # fmt: skip
