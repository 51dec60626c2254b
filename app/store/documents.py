"""What the store gives back: events and articles with their ids and addresses."""

from __future__ import annotations

from datetime import date
from operator import not_
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from app.records import (
    Article,
    Commitment,
    CountryCode,
    DateBasis,
    Event,
    EventStatus,
    EventType,
    Extraction,
    Participant,
    Precision,
    PublishedBasis,
    Record,
)


class ArticleSummary(Record):
    """The article that reports an event, without its text."""

    id: Annotated[str, Field(examples=["ar_w3nkxm5u2ahqeyvo"])]
    """Id of the article; its text is at `/articles/{id}`."""
    url: str | None = None
    """Where it was published."""
    source: str
    """Path, URL or id under which it was loaded."""
    language: str
    """BCP 47 primary tag."""
    headline: str | None = None
    """As found."""
    publisher: str | None = None
    """As found."""
    published: date | None = None
    """Publication date, as given or found."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from: given, metadata of the page, its address, its text."""


class ReadoutSummary(Record):
    """One article's account of an event, in a few words."""

    id: Annotated[str, Field(examples=["ro_6q2rvd4c7ynbtzfk"])]
    """Id of the readout."""
    article: ArticleSummary
    """The article."""
    copy_of: str | None = None
    """The readout whose article this one's is a near-identical copy of; the two count once."""


Document = str | bytes
"""The JSON of a record as it is kept: text, or its UTF-8 where nothing was to be done with it."""

Supported = Annotated[tuple[str, ...], Field(exclude_if=not_)]
"""Ids of the readouts that say so; absent where there is only one readout."""


class StoredParticipant(Participant):
    """One who took part, and according to whom."""

    readouts: Supported = ()
    """The readouts that name them; absent where the event has only one."""


class ReportedCommitment(Commitment):
    """A commitment with its id, and according to whom."""

    id: Annotated[str, Field(examples=["cm_6q2rvd4c7ynbtzfk"])]
    """Id of the commitment."""
    readouts: Supported = ()
    """The readouts that report it, the one whose words these are first; absent where the event has only one."""
    only_in: Annotated[str | None, Field(exclude_if=not_)] = None
    """The one language in which it is reported, where the event is reported in others too."""


def _one_of(*schemas: str, or_word: bool = False) -> WithJsonSchema:
    """Something that has one of these schemas of the API, or is a word."""
    words: list[dict[str, str]] = [{"type": "string"}] if or_word else []
    return WithJsonSchema({"oneOf": [*words, *({"$ref": f"#/components/schemas/{one}"} for one in schemas)]})


class ClaimedDate(Record):
    """A date that some readouts have."""

    start: date
    """First day."""
    end: date
    """Last day."""
    precision: Precision
    """Finest part that is known."""
    basis: DateBasis
    """What it rests on."""


class ClaimedVenue(Record):
    """A place that some readouts have."""

    name: str | None
    """Name of the building or site."""
    city: str | None
    """English name of the city."""
    country: CountryCode | None
    """Country of the place."""


class Claim(Record):
    """A value that some readouts have, where they do not agree."""

    field: Annotated[str, Field(examples=["date"])]
    """What it is the value of: `type`, `status`, `mode`, `date`, `venue`, `occasion`."""
    value: Annotated[Any, _one_of("ClaimedDate", "ClaimedVenue", or_word=True)]
    """The value: of a date and of a venue what tells it from others, else a word."""
    readouts: tuple[str, ...]
    """Those that have it."""


class Corrected(Record):
    """A correction that a person made."""

    id: str
    """Id of the correction."""
    by: str
    """Who made it."""
    at: str
    """When, ISO 8601 in UTC."""
    why: str
    """The reason."""


class KeptEvent(Event):
    """An event as it is kept: the readouts of one occurrence, of each value the best supported."""

    participants: tuple[StoredParticipant, ...] = ()
    """Those who took part."""
    commitments: tuple[ReportedCommitment, ...] = ()
    """What was promised, asked, backed or restated."""
    article: ArticleSummary
    """The article that reports it best; evidence without an `article` of its own counts in its text."""
    readouts: tuple[ReadoutSummary, ...] = ()
    """What was merged into it: one readout for each article that reports it, the best one first."""
    claims: Annotated[tuple[Claim, ...], Field(exclude_if=not_)] = ()
    """Where the readouts do not agree: each value with those who have it, the best supported first."""
    corrections: Annotated[tuple[Corrected, ...], Field(exclude_if=not_)] = ()
    """What people corrected, in order; absent where nothing was."""


def _listed(schema: str) -> WithJsonSchema:
    """Records of a kind that the API has a schema for, and this module has not."""
    return WithJsonSchema({"type": "array", "items": {"$ref": f"#/components/schemas/{schema}"}})


class EventIncluded(Record):
    """What `include` asked for; what it did not is absent."""

    readouts: Annotated[tuple[dict[str, Any], ...], _listed("Account"), Field(exclude_if=not_)] = ()
    """What each source says, as in `/events/{id}/readouts`."""
    actors: Annotated[tuple[dict[str, Any], ...], _listed("Actor"), Field(exclude_if=not_)] = ()
    """Those who took part and are known, as in `/actors/{id}`."""
    articles: Annotated[tuple[dict[str, Any], ...], _listed("ListedArticle"), Field(exclude_if=not_)] = ()
    """The articles that report it, without their texts, as in `/articles`."""


class StoredEvent(KeptEvent):
    """An event with its id, its address and the articles that report it."""

    id: Annotated[str, Field(examples=["ev_6q2rvd4c7ynbtzfk"])]
    """Id of the event, the same in every database that holds the same articles."""
    url: str
    """Where this record is served."""
    readouts_url: str
    """What each source said of it, side by side."""
    revisions_url: str
    """What it was before."""
    included: Annotated[EventIncluded | None, Field(exclude_if=not_)] = None
    """What `include` asked for; absent where it asked for nothing."""


class CommitmentIncluded(Record):
    """What `include` asked for."""

    event: StoredEvent | None = None
    """The event at which it was made."""


class CommitmentDate(Record):
    """When the event of a commitment took place."""

    start: date
    """First day."""
    end: date
    """Last day."""
    precision: Precision
    """Finest part that is known."""


class CommitmentEvent(Record):
    """The event at which a commitment was made, in a few words."""

    id: str
    """Id of the event."""
    url: str
    """Where it is served."""
    type: EventType
    """Kind of event."""
    status: EventStatus
    """Past, arranged or called off."""
    title: str
    """One line made from the record."""
    date: CommitmentDate | None
    """When; null where nothing supports a date."""
    countries: tuple[CountryCode, ...]
    """The parties."""
    organizations: tuple[str, ...]
    """Ids of the organisations that are parties."""


class StoredCommitment(ReportedCommitment):
    """A commitment with its id, its address and the event at which it was made."""

    url: str
    """Where this record is served."""
    event: CommitmentEvent
    """The event at which it was made."""
    included: Annotated[CommitmentIncluded | None, Field(exclude_if=not_)] = None
    """What `include` asked for; absent where it asked for nothing."""


class Mark(Record):
    """A stretch of an article's text and the value that rests on it."""

    start: Annotated[int, Field(ge=0)]
    """First code point."""
    end: Annotated[int, Field(ge=0)]
    """One past the last code point."""
    quote: str
    """The words themselves."""
    event: str
    """Id of the event."""
    pointer: Annotated[str, Field(examples=["/participants/0"])]
    """JSON pointer, within the event, to the value that these words support; empty for the event itself."""


class StoredArticle(Record):
    """An article with its text, its events and the words they rest on."""

    id: str
    """Id of the article."""
    source: str
    """Path, URL or id under which it was loaded."""
    language: str
    """BCP 47 primary tag."""
    headline: str | None = None
    """As found."""
    url: str | None = None
    """Where it was published."""
    publisher: str | None = None
    """As found."""
    published: date | None = None
    """Publication date, as given or found."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from: given, metadata of the page, its address, its text."""
    sha256: str
    """Of the UTF-8 text."""
    text: str
    """The text, exactly as given: all offsets count in it."""
    evidence: tuple[Mark, ...]
    """Every stretch of the text that a value rests on, in order."""
    events: tuple[StoredEvent, ...]
    """In order of appearance."""


def summary(article_id: str, extraction: Extraction, article: Article) -> ArticleSummary:
    """The article as its events show it."""
    return ArticleSummary(
        id=article_id,
        url=extraction.url or article.url,
        source=extraction.source,
        language=extraction.language,
        headline=extraction.headline,
        publisher=extraction.publisher,
        published=extraction.published or article.published,
        published_basis=extraction.published_basis or article.published_basis,
    )
