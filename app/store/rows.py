"""Events as they are to be, and the rows that are made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.store import dialect, facets, words
from app.store.documents import KeptEvent, ReportedCommitment, commitment_document


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
    event: KeptEvent
    document: str
    texts: tuple[str, ...]
    """The folded texts of the articles that report it."""
    changed: bool
    """Whether it is new or other than what is stored."""

    @property
    def day(self) -> date | None:
        """The day that its key begins with."""
        return self.event.date.start if self.event.date else None


def event_row(draft: Draft, key: int, revision: int, updated: int, at: str) -> dict[str, Any]:
    """The row of an event."""
    event = draft.event
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
        "document": draft.document,
    }


def found_by(event: KeptEvent, texts: Iterable[str]) -> tuple[str, str, str]:
    """What an event is found by, with the folded texts of its articles: names, words, facets."""
    briefs = [one.article for one in event.readouts]
    languages = dict.fromkeys(brief.language for brief in briefs)
    publishers = dict.fromkeys(brief.publisher for brief in briefs if brief.publisher)
    return words.names(event), words.of_event(event, briefs, texts), facets.of_event(event, languages, publishers)


def event_entry(draft: Draft, key: int) -> dialect.Entry:
    """What an event is found by, under its key."""
    return dialect.Entry(key, *found_by(draft.event, draft.texts))


def words_row(key: str, entry: dialect.Entry) -> dict[str, Any]:
    """The row of what a record is found by; `key` names the column of its key."""
    return {key: entry.key, "names": entry.names, "words": entry.words, "tags": entry.tags}


def commitment_row(
    key: int, event_key: int, position: int, commitment: ReportedCommitment, draft: Draft
) -> dict[str, Any]:
    """The row of a commitment, which stands at a place of an event."""
    return {
        "key": key,
        "id": commitment.id,
        "event_key": event_key,
        "position": position,
        "deadline": commitment.deadline.date if commitment.deadline else None,
        "document": commitment_document(commitment, draft.id, draft.event),
    }


def amount_rows(key: int, commitment: ReportedCommitment) -> list[dict[str, Any]]:
    """The rows of the amounts of a commitment."""
    return [
        {"commitment_key": key, "position": place, "unit": one.unit, "value": one.value}
        for place, one in enumerate(commitment.amounts)
    ]


def commitment_entry(key: int, commitment: ReportedCommitment, event: KeptEvent) -> dialect.Entry:
    """What a commitment is found by, under its key."""
    languages = list(dict.fromkeys(one.article.language for one in event.readouts))
    tags = facets.of_commitment(commitment, event, languages)
    return dialect.Entry(key, words.names(event), words.of_commitment(commitment, event), tags)
