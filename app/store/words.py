"""What records are found by, folded: names in every spelling, what the record says, the words of its articles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from app.records import Commitment, Event
from app.store import lexemes
from app.store.documents import ArticleSummary
from app.store.fold import fold

# Keeps a phrase from running over into the next name.
_BETWEEN = f" {lexemes.BETWEEN} "


def names(event: Event) -> str:
    """The names of the participants in every spelling, so that a part of a name is a phrase; then the pairs of their
    words, so that it is one of few words."""
    found = [
        _folded_name(name)
        for one in event.participants
        for name in (one.name, one.name_as_written, *one.aliases)
        if name
    ]
    return _joined((*found, *map(_paired, found)))


_folded_name = lru_cache(maxsize=20_000)(fold)
"""Names come again and again."""
_paired = lru_cache(maxsize=20_000)(lexemes.pairs_of_name)


def of_event(event: Event, title: str, briefs: Iterable[ArticleSummary]) -> str:
    """The folded title, places and occasion in English, then headlines and publishers of the articles."""
    venue, occasion = event.venue, event.occasion
    said = [title]
    for brief in briefs:
        said += [fold(brief.headline)] if brief.headline else []
        said += [_folded_name(brief.publisher)] if brief.publisher else []
    places = (venue.name, venue.city) if venue else ()
    said += [_folded_name(name) for name in (*places, occasion.name if occasion else None) if name]
    return _joined(said)


def with_texts(said: str, texts: Iterable[str]) -> str:
    """What an event says, with the folded texts of its articles."""
    return _BETWEEN.join((said, *texts)) if said else _BETWEEN.join(texts)


def of_article(headline: str | None, publisher: str | None, text: str) -> str:
    """Its headline and publisher, then its folded text."""
    return _BETWEEN.join(filter(None, (_joined(fold(one) for one in (headline, publisher) if one), text)))


def title(event: Event) -> str:
    """The title of an event, folded."""
    return fold(event.title)


def of_commitment(commitment: Commitment, title: str) -> str:
    """Its words, its condition and the folded title of what it was said at."""
    return _joined((*[fold(text) for text in (commitment.text, commitment.condition) if text], title))


def _joined(folded: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(filter(None, folded)))
