"""The rows of events and commitments, but for what the database decides. Made without one, in any process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.records import Commitment, Event
from app.store import facets, ids, words
from app.store.documents import ArticleSummary, KeptEvent
from app.store.served import event_brief, with_event
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


class CommitmentRows(NamedTuple):
    """A commitment of an event, as it is stored."""

    id: str
    wished: int
    """The key that it has unless another has it."""
    deadline: date | None
    document: str
    amounts: tuple[tuple[str, float], ...]
    """Units and values."""
    words: str
    tags: str


class EventRows(NamedTuple):
    """An event as it is stored, with its commitments."""

    id: str
    wished: int
    """The key that it has unless another has it."""
    end: date | None
    days: int
    """From its first day to its last."""
    confidence: float
    latitude: float | None
    longitude: float | None
    document: str
    names: str
    """What it and its commitments are found by."""
    words: str
    """Without those of its articles."""
    tags: str
    commitments: tuple[CommitmentRows, ...]


def length(event: Event) -> int:
    """The days from the first of an event to its last."""
    return (event.date.end - event.date.start).days if event.date else 0


def of_event(id_: str, written: Written) -> EventRows:
    """The rows of an event."""
    event = written.event
    shared = _shared(event, written.briefs)
    when, venue = event.date, event.venue
    day = when.start if when else None
    return EventRows(
        id_,
        ids.wished_key(day, id_),
        when.end if when else None,
        length(event),
        event.confidence,
        venue.latitude if venue else None,
        venue.longitude if venue else None,
        written.document,
        shared.names,
        words.of_event(event, shared.title, written.briefs),
        facets.of_event(event, shared.facets),
        _commitments(id_, written, day, shared) if written.promises else (),
    )


def _commitments(event_id: str, written: Written, day: date | None, shared: Shared) -> tuple[CommitmentRows, ...]:
    brief = event_brief(event_id, written.event)
    found = []
    for one in written.promises:
        made = one.commitment
        row = CommitmentRows(
            one.id,
            ids.wished_key(day, one.id),
            made.deadline.date if made.deadline else None,
            with_event(one.json, brief),
            tuple([(amount.unit, amount.value) for amount in made.amounts]),
            words.of_commitment(made, shared.title),
            facets.of_commitment(made, shared.facets),
        )
        found.append(row)
    return tuple(found)


def found_by(event: KeptEvent, texts: Iterable[str]) -> tuple[str, str, str]:
    """What an event is found by, with the folded texts of its articles: names, words, facets."""
    briefs = [one.article for one in event.readouts]
    shared = _shared(event, briefs)
    said = words.with_texts(words.of_event(event, shared.title, briefs), texts)
    return shared.names, said, facets.of_event(event, shared.facets)


def commitment_found_by(commitment: Commitment, event: KeptEvent) -> tuple[str, str, str]:
    """What a commitment of an event is found by: names, words, facets."""
    shared = _shared(event, [one.article for one in event.readouts])
    return shared.names, words.of_commitment(commitment, shared.title), facets.of_commitment(commitment, shared.facets)


def _shared(event: Event, briefs: Sequence[ArticleSummary]) -> Shared:
    languages = dict.fromkeys([brief.language for brief in briefs])
    publishers = dict.fromkeys([brief.publisher for brief in briefs if brief.publisher])
    return Shared(words.names(event), words.title(event), facets.shared(event, languages, publishers))
