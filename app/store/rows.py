"""Events as they are to be, and the rows that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.records import Commitment, Event
from app.store import dialect, facets, words
from app.store.documents import ArticleSummary, KeptEvent, event_brief, with_event
from app.store.written import Written


@dataclass(frozen=True, slots=True)
class Moment:
    """When and why something is written."""

    at: str
    """ISO 8601 in UTC."""
    cause: str
    """In plain words, for the revisions."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An event as it is stored."""

    key: int
    id: str
    revision: int
    at: str
    document: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as it is to be."""

    id: str
    written: Written
    texts: tuple[str, ...]
    """The folded texts of the articles that report it."""
    changed: bool
    """Whether it is new or other than what is stored."""

    @property
    def day(self) -> date | None:
        """The day that its key begins with."""
        when = self.written.event.date
        return when.start if when else None


def event_row(draft: Draft, key: int, revision: int, updated: int, at: str) -> dict[str, Any]:
    """The row of an event."""
    event = draft.written.event
    return {
        "key": key,
        "id": draft.id,
        "date_end": event.date.end if event.date else None,
        "confidence": event.confidence,
        "latitude": event.venue.latitude if event.venue else None,
        "longitude": event.venue.longitude if event.venue else None,
        "revision": revision,
        "updated": updated,
        "at": at,
        "document": draft.written.document,
    }


def found_by(event: KeptEvent, texts: Iterable[str]) -> tuple[str, str, str]:
    """What an event is found by, with the folded texts of its articles: names, words, facets."""
    return _found_by(event, [one.article for one in event.readouts], texts)


def _found_by(event: Event, briefs: Sequence[ArticleSummary], texts: Iterable[str]) -> tuple[str, str, str]:
    tags = facets.of_event(event, _languages(briefs), _around(event, briefs))
    return words.names(event), words.of_event(event, briefs, texts), tags


def _around(event: Event, briefs: Iterable[ArticleSummary]) -> tuple[str, ...]:
    return facets.circumstances(event, dict.fromkeys(brief.publisher for brief in briefs if brief.publisher))


def _languages(briefs: Iterable[ArticleSummary]) -> list[str]:
    return list(dict.fromkeys(brief.language for brief in briefs))


def event_entry(draft: Draft, key: int) -> dialect.Entry:
    """What an event is found by, under its key."""
    return dialect.Entry(key, *_found_by(draft.written.event, draft.written.briefs, draft.texts))


def words_row(key: str, entry: dialect.Entry) -> dict[str, Any]:
    """The row of what a record is found by; `key` names the column of its key."""
    return {key: entry.key, "names": entry.names, "words": entry.words, "tags": entry.tags}


class Made(NamedTuple):
    """A commitment as it is stored."""

    row: dict[str, Any]
    amounts: list[dict[str, Any]]
    entry: dialect.Entry
    """What it is found by."""


def commitments(draft: Draft, event_key: int, places: Mapping[str, int]) -> Iterator[Made]:
    """The commitments of an event; `places` has their keys by id."""
    written = draft.written
    if not written.promises:
        return
    event, brief, names = written.event, event_brief(draft.id, written.event), words.names(written.event)
    title, languages, around = words.title(event), _languages(written.briefs), _around(event, written.briefs)
    for position, one in enumerate(written.promises):
        key, commitment = places[one.id], one.commitment
        tags = facets.of_commitment(commitment, event, languages, around)
        row = {
            "key": key,
            "id": one.id,
            "event_key": event_key,
            "position": position,
            "deadline": commitment.deadline.date if commitment.deadline else None,
            "document": with_event(one.json, brief),
        }
        amounts = [
            {"commitment_key": key, "position": place, "unit": amount.unit, "value": amount.value}
            for place, amount in enumerate(commitment.amounts)
        ]
        yield Made(row, amounts, dialect.Entry(key, names, words.of_commitment(commitment, title), tags))


def commitment_found_by(commitment: Commitment, event: KeptEvent) -> tuple[str, str, str]:
    """What a commitment of an event is found by: names, words, facets."""
    briefs = [one.article for one in event.readouts]
    tags = facets.of_commitment(commitment, event, _languages(briefs), _around(event, briefs))
    return words.names(event), words.of_commitment(commitment, words.title(event)), tags
