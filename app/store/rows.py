"""Events as they are to be, and the rows that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
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


class Shared(NamedTuple):
    """What an event and its commitments are found by alike."""

    names: str
    title: str
    facets: facets.Shared


@dataclass(frozen=True)
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

    @cached_property
    def shared(self) -> Shared:
        """What it and its commitments are found by alike."""
        return _shared(self.written.event, self.written.briefs)


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
    briefs = [one.article for one in event.readouts]
    return _found_by(event, _shared(event, briefs), briefs, texts)


def _found_by(
    event: Event, shared: Shared, briefs: Iterable[ArticleSummary], texts: Iterable[str]
) -> tuple[str, str, str]:
    return shared.names, words.of_event(event, shared.title, briefs, texts), facets.of_event(event, shared.facets)


def _shared(event: Event, briefs: Sequence[ArticleSummary]) -> Shared:
    languages = dict.fromkeys(brief.language for brief in briefs)
    publishers = dict.fromkeys(brief.publisher for brief in briefs if brief.publisher)
    return Shared(words.names(event), words.title(event), facets.shared(event, languages, publishers))


def event_entry(draft: Draft, key: int) -> dialect.Entry:
    """What an event is found by, under its key."""
    return dialect.Entry(key, *_found_by(draft.written.event, draft.shared, draft.written.briefs, draft.texts))


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
    brief, shared = event_brief(draft.id, written.event), draft.shared
    for position, one in enumerate(written.promises):
        key, commitment = places[one.id], one.commitment
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
        yield Made(row, amounts, dialect.Entry(key, *_commitment_found_by(commitment, shared)))


def commitment_found_by(commitment: Commitment, event: KeptEvent) -> tuple[str, str, str]:
    """What a commitment of an event is found by: names, words, facets."""
    return _commitment_found_by(commitment, _shared(event, [one.article for one in event.readouts]))


def _commitment_found_by(commitment: Commitment, shared: Shared) -> tuple[str, str, str]:
    said = words.of_commitment(commitment, shared.title)
    return shared.names, said, facets.of_commitment(commitment, shared.facets)
