"""Articles made ready to be stored: all that can be made of one without the database, in whatever process reads it.

What merging may need of the events is their JSON, from which they are made again: most readouts share no block with any
other, and nobody asks.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from app.merging.blocks import blocks
from app.merging.report import Report, traits
from app.records import Article, Event, Extraction, Precision
from app.store import ids, written
from app.store.documents import ArticleSummary, summary
from app.store.fold import fold
from app.store.rows import EventRows, of_event
from app.store.written import Parts


class Account(NamedTuple):
    """What an article says of one occurrence."""

    id: str
    """Of the readout."""
    around: tuple[date, ...]
    """The days of the article's other events, where its own is not known."""
    document: str
    """The JSON of its record."""
    blocks: tuple[int, ...]
    rows: EventRows | None
    """Those of the event, if nothing else tells of it; None where they are made when they are wanted."""
    event: Event | None = None
    """The record, where it was made in this process."""
    parts: Parts | None = None
    """Its JSON in parts, likewise."""

    def alone(self, brief: ArticleSummary) -> EventRows:
        """The rows of the event, if nothing else tells of it."""
        if self.rows:
            return self.rows
        event = self.event or Event.model_validate_json(self.document)
        made = written.single(self.id, event, brief, self.parts or written.parts(event))
        return of_event(ids.event_of((self.id,)), made)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels without the record, which the JSON has."""
        return Account, self[:-2]


class Ready(NamedTuple):
    """An article as it will be stored."""

    sha256: str
    address: str | None
    """What its URL is known by."""
    brief: ArticleSummary
    text: str
    folded: str
    accounts: tuple[Account, ...]


def ready(article: Article, extraction: Extraction, *, rows: bool = True) -> Ready:
    """Makes an article ready, with what it says. The rows of events are left out where the same process stores them,
    which needs those only that stay alone."""
    sha256 = ids.sha256_of(article.text)
    brief = summary(ids.article_id(sha256), extraction, article)
    address = ids.url_key(brief.url) if brief.url else None
    days = days_of(extraction.events)
    said = [_account(ids.readout_id(sha256, place), one, brief, days) for place, one in enumerate(extraction.events)]
    if rows:
        said = [one._replace(rows=one.alone(brief)) for one in said]
    return Ready(sha256, address, brief, article.text, fold(article.text), tuple(said))


def days_of(events: tuple[Event, ...] | list[Event]) -> tuple[date, ...]:
    """The days that are known of an article's events: around them are those of which none is."""
    return tuple(sorted({one.date.start for one in events if one.date and one.date.precision is Precision.day}))


def report(readout: str, event: Event, brief: ArticleSummary, around: tuple[date, ...]) -> Report:
    """A readout as merging takes it."""
    return Report(readout, brief.id, brief.language, event, brief.publisher, brief.published, around)


def _account(readout: str, event: Event, brief: ArticleSummary, days: tuple[date, ...]) -> Account:
    around = days if event.date is None else ()
    parts = written.parts(event)
    shared = blocks(traits(report(readout, event, brief, around)))
    return Account(readout, around, parts.whole(), shared, None, event, parts)
