"""The day of an event that the text leaves open, from the journeys of those who took part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from app.extract.dating_anchor import anchor_day
from app.extract.dating_context import DatingContext
from app.extract.editions import editions_of, held_there
from app.extract.model import DateExpression
from app.extract.year_evidence import HANDOVER, terms_of, year_evidence
from app.extract.year_model import Candidate
from app.extract.year_ranking import rank
from app.extract.year_travels import stay_said, stays_of
from app.knowledge.lookup import Stay
from app.records import DateAlternative, DateBasis, EventDate, Precision

_DAY = timedelta(days=1)
_UNLISTED = 0.3
"""Chance that it was a journey that is not on record."""
_LEAST = 0.6
_SHORTEST = 12
"""A stay of more days says too little about one of them."""
_FRESH = timedelta(days=2)
_SUMMIT = timedelta(days=7)
"""So long before or after a summit people still meet on its sidelines."""
_FLIGHT = timedelta(days=2)
_NEWS = timedelta(days=31)
"""News without a day tells of what was at most so long ago."""


def from_travels(context: DatingContext, expression: DateExpression | None) -> EventDate | None:
    """The days of the journey that all evidence singles out; None where there is none or they leave it open."""
    found = {c for c in _candidates(context, expression) if _in_office(context, c)}
    candidates = sorted(found, key=lambda c: (c.start, c.end))
    if not candidates:
        return None
    found_at = year_evidence(context, candidates, expression or DateExpression(-1, -1))
    evidence = [piece for piece in found_at if piece.kind != "known"]  # the journeys are known
    ranking = rank(candidates, evidence)
    best, *rest = ranking.order
    share = ranking.shares[best] * (1 - _UNLISTED)
    if ranking.shares[best] < _LEAST:
        return None
    chosen = _newest(context, candidates[best])
    if _elsewhere(context, chosen) or _under_others(context, chosen):
        return None
    said = ["The text gives the event no date."]
    spans = [context.text.span(*p.span) for p in evidence if p.span is not None and p.weights[best] == max(p.weights)]
    if expression is not None:
        span = context.text.span(expression.start, expression.end)
        said, spans = [f'The text says "{span.quote}".'], [span, *spans]
    there = _stay_said(context, chosen)
    supporting = [p.said for p in ranking.supporting(best) if p.said and not p.kind.startswith("travel:")]
    return EventDate(
        start=chosen.start, end=chosen.end, precision=Precision.day,
        part_of_day=expression.part_of_day if expression else None,
        basis=DateBasis.inferred, confidence=round(share, 2),
        explanation=tuple(dict.fromkeys([*said, *there, *supporting])),
        alternatives=tuple(
            DateAlternative(start=candidates[i].start, end=candidates[i].end, confidence=round(ranking.shares[i], 2))
            for i in rest[:3]
            if ranking.shares[i] >= 0.03
        ),
        evidence=tuple(dict.fromkeys(spans))[:5],
    )  # fmt: skip


def _elsewhere(context: DatingContext, days: Candidate) -> bool:
    """Whether the event took place at a summit that was held on other days."""
    own = context.occasion
    editions = (held_there(own, context) or editions_of(own, context.knowledge)) if own is not None else ()
    near = [e for e in editions if e.start <= days.end + _SUMMIT and days.start <= e.end + _SUMMIT]
    return bool(editions) and not near


def _in_office(context: DatingContext, days: Candidate) -> bool:
    """Whether all who took part held their offices then, as far as that is known."""
    for one in context.participants:
        terms = [t for t in context.knowledge.tenures.get(one.actor_id or "", ()) if t.term.office == one.office]
        if terms and not any(t.start <= days.end and days.start <= t.end for t in terms):
            return False
    return True


def _under_others(context: DatingContext, days: Candidate) -> bool:
    """Whether somebody else held an office then by which the article, of which no day is known, titles one of those
    whom it speaks of: "Prime Minister X said" is no report of a journey to his successor."""
    if anchor_day(context) is not None:
        return False
    first, last = (days.start - HANDOVER).toordinal(), (days.end + HANDOVER).toordinal()
    known = (terms_of(one, context.knowledge) for one in context.contemporaries)
    return any(terms and not any(s <= last and first <= e for s, e, _ in terms) for terms in known)


def _newest(context: DatingContext, days: Candidate) -> Candidate:
    """What is told as the end of a journey was on its last day, and so is news that came out right after it."""
    anchor = anchor_day(context)
    fresh = anchor is not None and timedelta(0) <= anchor.day - days.end <= _FRESH
    if context.visit or not (context.closing or fresh):
        return days
    return Candidate(days.end, days.end)


def _candidates(context: DatingContext, expression: DateExpression | None) -> Iterator[Candidate]:
    """The days together there, cut to the weekday where the text names one, and to what was news when it appeared."""
    anchor = anchor_day(context)
    for days in _together(stays_of(context)):
        if (days.end - days.start).days > _SHORTEST:
            continue
        if anchor is not None and not anchor.day - _NEWS <= days.start <= anchor.day + _DAY:
            continue
        if anchor is not None and not context.visit and days.start <= anchor.day <= days.end:
            continue  # news of the day of publication, as good as any
        if expression is None or expression.weekday is None:
            yield days
        elif context.visit and context.planned:  # the weekday may be that of the departure
            if any(d.weekday() == expression.weekday for d in _days(days.start - _FLIGHT, days.end)):
                yield days
        else:
            yield from (Candidate(d, d) for d in _days(days.start, days.end) if d.weekday() == expression.weekday)


def _together(stays: dict[str, tuple[Stay, ...]]) -> Iterator[Candidate]:
    """Each stay, cut to the days when the other travellers were in that country too, if they were."""
    for actor, own in stays.items():
        for stay in own:
            first, last = stay.start, stay.end
            for other, theirs in stays.items():
                for one in theirs if other != actor else ():
                    if one.country == stay.country and one.start <= last and first <= one.end:
                        first, last = max(first, one.start), min(last, one.end)
            yield Candidate(first, last)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))


def _stay_said(context: DatingContext, chosen: Candidate) -> list[str]:
    """One sentence a traveller who was there."""
    return [
        f"{stay_said(actor, stay, context)}."
        for actor, stays in stays_of(context).items()
        for stay in stays
        if stay.start <= chosen.end and chosen.start <= stay.end
    ]
