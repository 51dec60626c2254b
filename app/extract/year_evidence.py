"""What speaks for and against each year that a date without a year may belong to.

Every source of evidence gives each candidate a weight: a logarithm of how much likelier the text is if that
candidate is right. Sources are taken to be independent, so that weights add up. The constants were set by
hand on what each source can and cannot say, and are coarse on purpose: 5 settles a question, 2 decides it where
nothing else speaks, 1 only leans.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.extract.dating_anchor import anchor_day
from app.extract.dating_context import Attendance, DatingContext
from app.extract.dating_tense import tense_at
from app.extract.editions import Between, between_editions, editions_of, held_there
from app.extract.model import DateExpression, OccasionHit
from app.extract.year_anniversaries import anniversaries
from app.extract.year_careers import TO_COME, careers
from app.extract.year_chairs import chairs
from app.extract.year_conflicts import conflicts
from app.extract.year_dates import captured, dated_nearby, directed, publication, weekday_told
from app.extract.year_firsts import firsts
from app.extract.year_levels import levels
from app.extract.year_model import Candidate, Candidates, YearEvidence, party_said, years_said
from app.extract.year_named import years
from app.extract.year_news import news
from app.extract.year_travels import travels
from app.knowledge.lookup import FAR, EditionOf, Knowledge, Tenure

__all__ = ["horizon", "year_evidence"]

HANDOVER = timedelta(days=45)
"""A new holder may act, and an old one be titled so, this long around the change."""
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMED_ONLY = 0.5
"""Weight of the term of somebody named beside the event, against that of one who took part."""
_LATEST_TERMS = 3
_BETWEEN = 2.0
_FIRST_DAYS, _BEGUN = 14, -0.5
_BEYOND = timedelta(days=60)
_LATER = -1.5
_TITLED = -5.0
"""What it weighs that somebody is titled by an office that he or she held at another time."""


@lru_cache
def last_change(knowledge: Knowledge) -> date:
    """The last day on which somebody took office, as far as the knowledge base tells: it knows little of later news."""
    return max((t.start for held in knowledge.tenures.values() for t in held if t.start < FAR), default=FAR)


@lru_cache
def horizon(knowledge: Knowledge) -> int:
    """The last year that the knowledge base knows of; nothing here asks a clock."""
    days = [day for person in knowledge.people for term in person.terms for day in (term.start, term.end) if day]
    days += [edition.start for series in knowledge.occasions for edition in series.editions]
    return int(max(days, default="0")[:4])


def year_evidence(context: DatingContext, days: Sequence[Candidate], expression: DateExpression) -> list[YearEvidence]:
    """All the evidence there is on a set of candidates; pieces that favour none are left out."""
    candidates = days if isinstance(days, Candidates) else Candidates(days)
    found = [piece for source in _SOURCES for piece in source(context, candidates)]
    found += [piece for own in _OF_EXPRESSION for piece in own(context, candidates, expression)]
    distinct = {(piece.kind, piece.said): piece for piece in found}  # what is said twice counts once
    return [piece for piece in distinct.values() if max(piece.weights) > min(piece.weights)]


@dataclass(frozen=True, slots=True)
class _Career:
    """The terms that count for somebody as the text titles them."""

    attendance: Attendance
    titled: bool
    """Whether the text titles them by an office on record."""
    outside: float
    """What it weighs that none of the terms ran."""
    terms: tuple[tuple[int, int, str], ...]
    """First and last day, as ordinals, and what is said of it."""


@lru_cache(maxsize=4096)
def _career(attendance: Attendance, knowledge: Knowledge) -> _Career:
    """Kept from one article to the next: a few people are named in most of them."""
    ahead = attendance.office in TO_COME  # no term says when; `careers` does
    tenures = () if ahead else knowledge.tenures.get(attendance.actor_id or "", ())
    offices = [t for t in tenures if t.term.office == attendance.office]
    titled = [t for t in offices if _same_body(t, attendance)]
    # A title that the record does not list says little about when; the rest of a career only a bit more.
    outside = _TITLED if titled else -2.0 if attendance.office is None else -1.5
    terms = [(t.start.toordinal(), t.end.toordinal(), _term_said(t, knowledge)) for t in titled or tenures]
    return _Career(attendance, bool(offices), outside, tuple(terms))


def terms_of(attendance: Attendance, knowledge: Knowledge) -> tuple[tuple[int, int, str], ...]:
    """First and last day, as ordinals, of the terms in the office by which somebody is titled, and what is said of
    each; none where no term of it is on record."""
    career = _career(attendance, knowledge)
    return career.terms if career.outside == _TITLED else ()


def _terms(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    knowledge = context.knowledge
    for attendance in dict.fromkeys(context.participants):
        career = _career(attendance, knowledge)
        if career.terms:
            yield from _term(career, candidates, 1.0)
            if career.titled and context.in_person:
                yield _just_begun(career, candidates)
    own = {a.actor_id for a in context.participants}
    everybody = context.once(_terms, lambda: [_career(one, knowledge) for one in context.contemporaries])
    for career in everybody:
        if career.titled and career.attendance.actor_id not in own:
            yield from _term(career, candidates, _NAMED_ONLY)


def _term(career: _Career, candidates: Candidates, factor: float) -> Iterator[YearEvidence]:
    weights = _term_weights(career, candidates.first, candidates.last)
    if not any(weights):
        return  # nothing speaks against any of them
    fitting = [year for year, w in zip(candidates.years, weights, strict=True) if w == 0.0]
    first, last = candidates.first[0], candidates.last[-1]
    touching = [said for start, end, said in career.terms if start <= last and end >= first]
    terms = "; ".join(touching[-_LATEST_TERMS:])
    said = f"{terms}: {years_said(fitting)}." if terms else ""
    yield YearEvidence(f"term:{career.attendance.actor_id}", tuple([w * factor for w in weights]), said)


def _just_begun(career: _Career, candidates: Candidates) -> YearEvidence:
    """Few meet foreigners in their first days in office; news of those who do says that they are new."""
    begun = [candidates.overlapping(start, start + _FIRST_DAYS) for start, _, _ in career.terms]
    short = [last - first < _FIRST_DAYS for first, last in zip(candidates.first, candidates.last, strict=True)]
    fits = zip(short, zip(*begun, strict=True), strict=True)
    weights = tuple([_BEGUN if brief and any(each) else 0.0 for brief, each in fits])
    return YearEvidence(f"begun:{career.attendance.actor_id}", weights, "")


def _term_weights(career: _Career, first: list[int], last: list[int]) -> list[float]:
    """Nothing speaks against a candidate inside a term, less near one than far outside; candidates are in order."""
    outside = career.outside
    weights = [outside] * len(first)
    for margin, weight in ((HANDOVER.days, min(-1.0, outside / 2)), (0, 0.0)):
        for start, end, _ in career.terms:
            low, high = bisect_left(last, start - margin), bisect_right(first, end + margin)
            weights[low:high] = [weight] * (high - low)
    return weights


def _same_body(tenure: Tenure, attendance: Attendance) -> bool:
    return attendance.body is None or attendance.body in (tenure.term.organization, tenure.term.country)


def _term_said(tenure: Tenure, knowledge: Knowledge) -> str:
    office = knowledge.office.get(tenure.term.office)
    title = tenure.term.title or (office.title if office else tenure.term.office)
    body = tenure.term.organization or tenure.term.country
    of = f"{tenure.person.name} {{}} {title}{f' of {party_said(body, knowledge)}' if body else ''}"
    if tenure.end == FAR:
        return f"{of.format('has been')} since {tenure.term.start}"
    return f"{of.format('was')} from {tenure.term.start} to {tenure.term.end}"


def _occasions(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    own = context.occasion
    if own is not None:
        held = held_there(own, context)
        editions = held or editions_of(own, context.knowledge)
        if editions:
            yield _own_occasion(own, editions, candidates, named=bool(held))
        elif between := between_editions(own, context.knowledge):
            yield _between(own, between, candidates)
    seen = {(own.series, own.number, own.year)} if own else set()
    for hit in context.occasions:
        key = (hit.series, hit.number, hit.year)
        if key in seen or not context.in_article(hit.start):
            continue
        if hit.number is None and hit.year is None:
            if held := held_there(hit, context):
                seen.add(key)
                yield _one_of_occasions(hit, held, candidates, tense_at(context, hit.start))
            continue
        seen.add(key)
        editions = editions_of(hit, context.knowledge)
        for edition in editions[:1]:
            yield _other_occasion(hit, edition, candidates, tense_at(context, hit.start))
        if not editions and (between := between_editions(hit, context.knowledge)):
            yield _between(hit, between, candidates)


def _own_occasion(hit: OccasionHit, editions: list[EditionOf], candidates: Candidates, *, named: bool) -> YearEvidence:
    named = named or hit.number is not None or hit.year is not None

    def weight(gap: int) -> float:
        if gap <= 1:
            return 4.0
        if gap <= 7:
            return 2.0
        return (-1.0 if gap <= 60 else -3.0) if named else -0.5

    gaps = [_gaps(candidates, e) for e in editions]
    weights = tuple([weight(min(each)) for each in zip(*gaps, strict=True)])
    held = [e for e, each in zip(editions, gaps, strict=True) if min(each) <= 7]
    said = " ".join(f"{e.name} was held from {e.start} to {e.end}." for e in held)
    return YearEvidence(f"occasion:{hit.series}", weights, said, (hit.start, hit.end))


def _between(hit: OccasionHit, between: Between, candidates: Candidates) -> YearEvidence:
    """An edition that is not on record lies between those that are."""
    fits = candidates.overlapping(between.first.toordinal(), between.last.toordinal())
    weights = tuple([_BETWEEN if fit else -_BETWEEN for fit in fits])
    return YearEvidence(f"occasion:{hit.series}", weights, between.said, (hit.start, hit.end))


def _gaps(candidates: Candidates, edition: EditionOf) -> list[int]:
    """Days between each candidate and an edition; 0 where they overlap."""
    start, end = edition.start.toordinal(), edition.end.toordinal()
    days = zip(candidates.first, candidates.last, strict=True)
    return [max(0, start - last, first - end) for first, last in days]


def _one_of_occasions(
    hit: OccasionHit, editions: Sequence[EditionOf], candidates: Candidates, tense: int
) -> YearEvidence:
    """Editions held in the place that the text names beside the series: one of them is meant."""
    pieces = [_other_occasion(hit, edition, candidates, tense) for edition in editions]
    weights = tuple(map(max, zip(*(piece.weights for piece in pieces), strict=True)))
    likely = [piece.said for piece in pieces if max(piece.weights) == max(weights)]
    return YearEvidence(f"occasion:{hit.series}", weights, " ".join(likely[-_LATEST_TERMS:]), (hit.start, hit.end))


def _other_occasion(hit: OccasionHit, edition: EditionOf, candidates: Candidates, tense: int) -> YearEvidence:
    """An edition named beside the event: told as ahead, as past, or neither."""

    def weight(ahead: int) -> float:
        if tense > 0:
            return 2.0 if 0 <= ahead <= 365 else 0.5 if 0 <= ahead <= 730 else -2.0
        if tense < 0:
            return -2.0 if ahead > 0 else 0.8 if ahead >= -400 else 0.0
        return 1.0 if -180 <= ahead <= 365 else 0.2 if -800 <= ahead <= 550 else -1.5 if ahead > 550 else 0.0

    begun = edition.start.toordinal()
    weights = tuple([weight(begun - first) for first in candidates.first])
    told = {1: " as still ahead", 0: "", -1: " as past"}[tense]
    said = f"The text names {edition.name} ({edition.start} to {edition.end}){told}."
    return YearEvidence(f"occasion:{hit.series}", weights, said, (hit.start, hit.end))


def _known_until(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """The knowledge base ends somewhere: who held office later it does not know, and few texts it is used for are
    from then."""
    if anchor_day(context) is not None:
        return
    last = last_change(context.knowledge) + _BEYOND
    weights = tuple([_LATER if first > last.toordinal() else 0.0 for first in candidates.first])
    yield YearEvidence("known", weights, "")


def _weekday(_: DatingContext, candidates: Candidates, expression: DateExpression) -> Iterator[YearEvidence]:
    weekday = expression.weekday
    if weekday is None or expression.first.day is None:
        return
    weights = tuple(3.0 if c.start.weekday() == weekday else -4.0 for c in candidates)
    fitting = [c.start.year for c, w in zip(candidates, weights, strict=True) if w > 0]
    yield YearEvidence("weekday", weights, f"The day was a {_WEEKDAYS[weekday]}: {years_said(fitting)}.")


_SOURCES: tuple[Callable[[DatingContext, Candidates], Iterator[YearEvidence]], ...] = (
    _terms, _occasions, anniversaries, publication, captured, travels, news, levels, careers, chairs,
    firsts, conflicts, _known_until,
)  # fmt: skip
_OF_EXPRESSION: tuple[Callable[[DatingContext, Candidates, DateExpression], Iterator[YearEvidence]], ...] = (
    _weekday, years, dated_nearby, directed, weekday_told,
)  # fmt: skip
