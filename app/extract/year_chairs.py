"""Who chairs a body as evidence: "Indonesia, the ASEAN Chair" is said in the year of its turn, or shortly before it.

So is where its ministers meet: the G20 foreign ministers in Rio de Janeiro, while Brazil presides.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from app.extract.dating_context import DatingContext
from app.extract.lexicon import Lexicon
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass
from app.extract.year_model import Candidates, YearEvidence, party_said
from app.knowledge.lookup import Knowledge, first_day, forms, last_day
from app.knowledge.models import Chair

_NEAR = 70
"""Characters between the chair and the country that holds it; Chinese needs fewer."""
_TURN = 1.5
_AHEAD, _PAST, _AWAY = 0.2, 0.0, -1.2
_BEFORE, _AFTER = 400, 150
"""Days: a chair is prepared for a year before, and looked back on for some months."""


@valueclass(frozen=True, slots=True)
class _Held:
    """A chair that the article gives to a country, with the days of its turns."""

    chair: str
    country: str
    turns: tuple[tuple[date, date], ...]
    span: tuple[int, int]


def chairs(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """One piece for each chair that the article names beside a country which had it."""
    for held in context.once(chairs, lambda: list(_held(context))):
        turns_of = [(start.toordinal(), end.toordinal()) for start, end in held.turns]
        days = zip(candidates.first, candidates.last, strict=True)
        weights = tuple([max([_weight(*day, *turn) for turn in turns_of]) for day in days])
        before = timedelta(days=_BEFORE)
        first, last = candidates[0].start - before, candidates[-1].end + before
        turns = "; ".join(f"{start} to {end}" for start, end in held.turns if start <= last and end >= first)
        said = f'{party_said(held.country, context.knowledge)} and "{context.text.quote(*held.span)}"'
        said = f"The text speaks of {said}: {turns or 'in other years'}."
        yield YearEvidence(f"chair:{held.chair}", weights, said, held.span)


def _held(context: DatingContext) -> Iterator[_Held]:
    """The chairs that the article names with a country beside them, each where that is so first."""
    seen: set[str] = set()
    for hit in _names(context.pack, context.knowledge).scan(context.text.low):
        chair, meeting = hit.value[0]
        country = None
        if chair.id not in seen and context.in_article(hit.start):
            beside = _where if meeting else _beside
            country = beside(context, hit.start, hit.end, {turn.country for turn in chair.turns})
        if country is not None:
            seen.add(chair.id)
            turns = tuple((first_day(t.start), last_day(t.end)) for t in chair.turns if t.country == country)
            yield _Held(chair.id, country, turns, (hit.start, hit.end))


def _beside(context: DatingContext, start: int, end: int, holders: set[str]) -> str | None:
    """The nearest country to a place in the text, in the same sentence; None where it never had the chair."""
    sentence = context.text.sentence_at(start)
    low, high = (sentence.start, sentence.end) if sentence else (0, len(context.text.low))
    near = [
        (min(abs(at - start), abs(at - end)), code)
        for at, code in context.named
        if max(low, start - _NEAR) <= at < min(high, end + _NEAR) and code in context.knowledge.country
    ]
    nearest = min(near, default=(0, None))[1]
    return nearest if nearest in holders else None


def _where(context: DatingContext, start: int, end: int, holders: set[str]) -> str | None:
    """The country of the nearest place to a meeting, in the same sentence; None where it never had the chair."""
    sentence = context.text.sentence_at(start)
    low, high = (sentence.start, sentence.end) if sentence else (0, len(context.text.low))
    places = [(min(abs(at - start), abs(at - end)), code) for at, code in context.spots if low <= at < high]
    nearest = min(places, default=(0, None))[1]
    return nearest if nearest in holders else None


def _weight(first: int, last: int, start: int, end: int) -> float:
    """What a turn from `start` to `end` says of a candidate from `first` to `last`, all of them ordinals."""
    if last >= start and first <= end:
        return _TURN
    if first < start:
        return _AHEAD if last >= start - _BEFORE else _AWAY
    return _PAST if first <= end + _AFTER else _AWAY


@lru_cache
def _names(pack: Pack, knowledge: Knowledge) -> Lexicon[tuple[Chair, bool]]:
    """All names of chairs in a language, and of meetings that are held where the chair is (True)."""
    return Lexicon(
        (lower(fold_phrase(form, pack)), (chair, meeting))
        for chair in knowledge.chairs
        for meeting, names in ((False, chair.names), (True, chair.meetings))
        for form in forms(names, pack.code)
    )
