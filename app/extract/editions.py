"""Which editions of a series of summits the words of a text can mean."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from app.extract.dating_context import DatingContext
from app.extract.model import OccasionHit
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass
from app.knowledge.lookup import EditionOf, Knowledge

_BETWEEN = 24
"""Characters between the name of a summit and the place it was held in."""
_MARKS = " ,('\"“”’"
_FURTHEST = 3
"""So many editions beyond those on record the pace of a series still tells the years."""
_MOST = 4
"""Of a summit that a country held more often than this, the place tells nothing."""


def editions_of(hit: OccasionHit, knowledge: Knowledge) -> list[EditionOf]:
    """Those of its number and year, as far as the text says them; none of what the knowledge base does not hold."""
    return [
        e
        for e in knowledge.editions.get(hit.series or "", ())
        if hit.number in (None, e.edition.number) and hit.year in (None, e.edition.year)
    ]


@valueclass(frozen=True, slots=True)
class Between:
    """When an edition of a number that is not on record was held, as far as its neighbours tell."""

    first: date
    last: date
    said: str


def between_editions(hit: OccasionHit, knowledge: Knowledge) -> Between | None:
    """After the edition before it that is on record and before the one after; behind the last of them, or before the
    first, at most twice as far as the editions usually lie apart."""
    if hit.number is None:
        return None
    held = sorted(
        ((e.edition.number, e) for e in knowledge.editions.get(hit.series or "", ()) if e.edition.number is not None),
        key=lambda pair: pair[0],
    )
    below = [pair for pair in held if pair[0] < hit.number]
    above = [pair for pair in held if pair[0] > hit.number]
    if len(held) < 2 or any(one.start > other.start for (_, one), (_, other) in pairwise(held)):
        return None
    pace = (held[-1][1].start - held[0][1].start) / (held[-1][0] - held[0][0])
    outside = min(
        (hit.number - pair[-1][0] if pair is below else pair[0][0] - hit.number for pair in (below, above) if pair),
    )
    if not (below and above) and outside > _FURTHEST:
        return None
    reach = 2 * outside * pace + timedelta(days=1)
    first = below[-1][1].end if below else above[0][1].start - reach
    last = above[0][1].start if above else below[-1][1].end + reach
    near = [f"{e.name} was held from {e.start} to {e.end}." for _, e in (*below[-1:], *above[:1])]
    return Between(first, last, " ".join(near))


def held_there(hit: OccasionHit, context: DatingContext) -> list[EditionOf]:
    """The editions held in the place named right behind a summit: "the G20 summit in Buenos Aires"."""
    low, words = context.text.low, _held_in(context.pack)
    if not low[hit.end : hit.end + _BETWEEN].lstrip(_MARKS).startswith(tuple(words)):
        return []
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
