"""What an article speaks of as evidence: nothing is named before it exists, and most is named while it is news."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from app.extract.dating_context import DatingContext
from app.extract.lexicon import Lexicon
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidate, YearEvidence
from app.knowledge.lookup import Knowledge, first_day, forms, last_day
from app.knowledge.models import Period

_EARLY = timedelta(days=31)
_BEFORE = -4.0
"""Before it existed; not quite impossible, since names are reused."""
_FRESH = 1.4
"""In the first year."""
_NEWS = 0.8
_FADES = 0.5
"""What a year after its height takes away, down to the opposite of being news."""
_OLD = -0.8


def news(context: DatingContext, candidates: Sequence[Candidate]) -> Iterator[YearEvidence]:
    """One piece for each thing that the article names."""
    for period, span in context.once(news, lambda: _named(context)):
        start, height = first_day(period.start), last_day(period.height) if period.height else None
        weights = tuple([_weight(c, start, height) for c in candidates])
        named = context.text.quote(*span)
        said = f'"{named}" is spoken of since {period.start}'
        said += f", most until {period.height}." if period.height else "."
        yield YearEvidence(f"news:{period.id}", weights, said, span)


def _named(context: DatingContext) -> list[tuple[Period, tuple[int, int]]]:
    """The things that the article names, each with the first place where it does."""
    found: dict[str, tuple[Period, tuple[int, int]]] = {}
    for hit in _names(context.pack, context.knowledge).scan(context.text.low):
        period = hit.value[0]
        if period.id not in found and context.in_article(hit.start):
            found[period.id] = period, (hit.start, hit.end)
    return list(found.values())


def _weight(candidate: Candidate, start: date, height: date | None) -> float:
    if candidate.end < start - _EARLY:
        return _BEFORE
    if height is None:
        return 0.0
    if (candidate.start - start).days <= 365:
        return _FRESH
    years = max(0.0, (candidate.start - height).days / 365)
    return max(_OLD, _NEWS - _FADES * years - (0.3 if years else 0.0))


@lru_cache
def _names(pack: Pack, knowledge: Knowledge) -> Lexicon[Period]:
    """All names in a language."""
    return Lexicon((lower(fold_phrase(f, pack)), p) for p in knowledge.periods for f in forms(p.names, pack.code))
