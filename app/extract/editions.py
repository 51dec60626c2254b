"""Which editions of a series of summits the words of a text can mean."""

from __future__ import annotations

from app.extract.model import OccasionHit
from app.knowledge.lookup import EditionOf, Knowledge


def editions_of(hit: OccasionHit, knowledge: Knowledge) -> list[EditionOf]:
    """Those of its number and year, as far as the text says them; none of what the knowledge base does not hold."""
    return [
        e
        for e in knowledge.editions.get(hit.series or "", ())
        if hit.number in (None, e.edition.number) and hit.year in (None, e.edition.year)
    ]
