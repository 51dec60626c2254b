"""What an article speaks of as evidence: nothing is named before it exists, and most is named while it is news."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.extract.dating_context import DatingContext
from app.extract.lexicon import Lexicon
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidates, YearEvidence
from app.knowledge.lookup import Knowledge, first_day, forms, last_day
from app.knowledge.models import Period

_EARLY = 31
"""So many days before it begins something may be spoken of."""
_BEFORE = -4.0
"""Before it existed; not quite impossible, since names are reused."""
_FRESH = 1.4
"""In the first year."""
_NEWS = 0.8
_FADES = 0.5
"""What a year after its height takes away, down to the opposite of being news."""
_OLD = -0.8


def news(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """One piece for each thing that the article names."""
    for period, span in context.once(news, lambda: _named(context)):
        start, height = first_day(period.start), last_day(period.height) if period.height else None
        weights = _weights(candidates, start.toordinal(), height.toordinal() if height else None)
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


def _weights(candidates: Candidates, start: int, height: int | None) -> tuple[float, ...]:
    """What is spoken of from a day on, most until another, by what is left of the news of it on each candidate."""
    early = start - _EARLY
    if height is None:
        return tuple([_BEFORE if last < early else 0.0 for last in candidates.last])
    days = zip(candidates.first, candidates.last, strict=True)
    fresh = start + 365
    return tuple([_BEFORE if e < early else _FRESH if s <= fresh else _faded(s - height) for s, e in days])


def _faded(days: int) -> float:
    """What is left so many days after the height of something."""
    years = max(0.0, days / 365)
    return max(_OLD, _NEWS - _FADES * years - (0.3 if years else 0.0))


@lru_cache
def _names(pack: Pack, knowledge: Knowledge) -> Lexicon[Period]:
    """All names in a language."""
    return Lexicon((lower(fold_phrase(f, pack)), p) for p in knowledge.periods for f in forms(p.names, pack.code))
