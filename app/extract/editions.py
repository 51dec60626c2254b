"""Which editions of a series of summits the words of a text can mean."""

from __future__ import annotations

from functools import lru_cache

from app.extract.dating_context import DatingContext
from app.extract.model import OccasionHit
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.knowledge.lookup import EditionOf, Knowledge

_BETWEEN = 24
"""Characters between the name of a summit and the place it was held in."""
_MARKS = " ,('\"“”’"
_MOST = 4
"""Of a summit that a country held more often than this, the place tells nothing."""


def editions_of(hit: OccasionHit, knowledge: Knowledge) -> list[EditionOf]:
    """Those of its number and year, as far as the text says them; none of what the knowledge base does not hold."""
    return [
        e
        for e in knowledge.editions.get(hit.series or "", ())
        if hit.number in (None, e.edition.number) and hit.year in (None, e.edition.year)
    ]


def held_there(hit: OccasionHit, context: DatingContext) -> list[EditionOf]:
    """The editions held in the place named right behind a summit: "the G20 summit in Buenos Aires"."""
    low, words = context.text.low, _held_in(context.pack)
    near = [(at, c) for at, c in (*context.spots, *context.named) if hit.end < at <= hit.end + _BETWEEN]
    place, country = min(near, default=(0, ""))
    if not near or low[hit.end : place].strip(_MARKS) not in words:
        return []
    held = [e for e in context.knowledge.editions.get(hit.series or "", ()) if e.edition.country == country]
    return held if len(held) <= _MOST else []


@lru_cache
def _held_in(pack: Pack) -> frozenset[str]:
    """What stands between a summit and its place."""
    return frozenset(lower(fold_phrase(w, pack)).strip() for w in pack.data("dates").get("held_in", ()))
