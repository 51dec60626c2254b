"""Puts articles with their events into the database. The caller holds the transaction, so all of it stays or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, delete, func, insert, select
from sqlmodel import Session, SQLModel

from app.records import Article, Event, Extraction
from app.store import dialect, ids, lexemes
from app.store.documents import ArticleSummary, document, summary
from app.store.fold import fold
from app.store.tables import ArticleRow, EventActor, EventCountry, EventRow, EventTopic, EventWords

# Keeps a phrase from running over into the next name.
_BETWEEN = f" {lexemes.BETWEEN} "


class Outcome(StrEnum):
    """What became of an article."""

    added = "added"
    replaced = "replaced"
    """The same address had another text before; that version and its events are gone."""
    unchanged = "unchanged"
    """The same text was there already, under this address or another."""


@dataclass(frozen=True, slots=True)
class Saved:
    """An article's id and what became of it."""

    id: str
    outcome: Outcome


def known(session: Session, text: str) -> str | None:
    """Id of the article with exactly this text, if there is one."""
    return session.scalar(select(_article.c.id).where(_article.c.sha256 == ids.sha256_of(text)))


def save(session: Session, article: Article, extraction: Extraction) -> Saved:
    """Stores an article and its events: nothing where the text is known, in place of the old text of the same URL."""
    sha256 = ids.sha256_of(article.text)
    article_id = ids.article_id(sha256)
    if known(session, article.text):
        return Saved(article_id, Outcome.unchanged)
    brief = summary(article_id, extraction, article)
    address = ids.url_key(brief.url) if brief.url else None
    replaced = address is not None and _remove(session, address)
    values = {**brief.model_dump(), "sha256": sha256, "url_key": address, "text": article.text}
    key = session.execute(insert(_article).values(values).returning(_article.c.key)).scalar_one()
    _save_events(session, key, sha256, brief, text=article.text, events=extraction.events)
    return Saved(article_id, Outcome.replaced if replaced else Outcome.added)


def _remove(session: Session, address: str) -> bool:
    """Removes the article at an address, and by cascade its events. Whether there was one."""
    gone = session.execute(delete(_article).where(_article.c.url_key == address).returning(_article.c.key))
    return gone.first() is not None


def _save_events(
    session: Session, article_key: int, sha256: str, brief: ArticleSummary, *, text: str, events: Iterable[Event]
) -> None:
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {
        table: [] for table in (EventRow, EventCountry, EventTopic, EventActor, EventWords)
    }
    found: list[dialect.Found] = []
    text_words = fold(text)
    next_keys: dict[date | None, int] = {}
    for position, event in enumerate(events):
        day = event.date.start if event.date else None
        key = next_keys[day] if day in next_keys else _free_key(session, day)
        next_keys[day] = key + 1
        rows[EventRow].append(
            {
                "key": key,
                "id": ids.event_id(sha256, position),
                "article_key": article_key,
                "position": position,
                "type": event.type.value,
                "language": brief.language,
                "date_end": event.date.end if event.date else None,
                "document": document(event, brief),
            }
        )
        rows[EventCountry] += [{"country": code, "event_key": key} for code in dict.fromkeys(event.countries)]
        rows[EventTopic] += [{"topic": topic.value, "event_key": key} for topic in dict.fromkeys(event.topics)]
        rows[EventActor] += [{"actor": actor, "event_key": key} for actor in _actors(event)]
        words = f"{_words(event, brief)} {text_words}"
        names = _names(event)
        rows[EventWords].append({"event_key": key, "names": names, "words": words})
        found.append(dialect.Found(key, names, words, tuple(_facets(event, brief.language))))
    for table, values in rows.items():
        if values:
            session.execute(insert(_core(table)), values)
    dialect.of(session).index(session.connection(), found)


def _free_key(session: Session, day: date | None) -> int:
    """The key after the last one of a day."""
    keys = _core(EventRow).c.key
    last = session.scalar(select(func.max(keys)).where(keys >= ids.first_key(day), keys < ids.beyond_key(day)))
    return ids.first_key(day) if last is None else last + 1


def _actors(event: Event) -> Iterator[str]:
    yield from dict.fromkeys(one.actor_id for one in event.participants if one.actor_id)


def _facets(event: Event, language: str) -> Iterator[lexemes.Facet]:
    """What an event can be filtered by."""
    yield from (("type", event.type.value), ("language", language))
    yield from (("country", code) for code in event.countries)
    yield from (("topic", topic.value) for topic in event.topics)
    yield from (("actor", actor) for actor in _actors(event))


def _names(event: Event) -> str:
    """The names of the participants in every spelling, folded, so that a part of a name is a phrase."""
    names = (name for one in event.participants for name in (one.name, one.name_as_written, *one.aliases) if name)
    return _BETWEEN.join(dict.fromkeys(filter(None, map(fold, names))))


def _words(event: Event, brief: ArticleSummary) -> str:
    """What the record adds to the words of the article: its title, places and occasion in English."""
    venue, occasion = event.venue, event.occasion
    places = (venue.name, venue.city) if venue else ()
    texts = (event.title, brief.headline, brief.publisher, *places, occasion.name if occasion else None)
    return _BETWEEN.join(filter(None, (fold(text) for text in texts if text)))


def _core(table: type[SQLModel]) -> Table:
    """The table itself: rows are written in bulk, past the unit of work."""
    return SQLModel.metadata.tables[str(table.__tablename__)]


_article = _core(ArticleRow)
