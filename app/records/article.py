"""What a source yields, and what one article says."""

from __future__ import annotations

from datetime import date

from app.records.base import Record
from app.records.event import Event
from app.records.vocabulary import PublishedBasis


class Article(Record):
    """What a source yields: a text and what is known about it."""

    source: str
    """Path, URL or id as it was given."""
    text: str
    """The text, exactly as given: all offsets count in it."""
    url: str | None = None
    """Where it was published."""
    published: date | None = None
    """Publication date."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from; `given` where a date stands without it."""


class Extraction(Record):
    """What one article says: the line that `dragoman extract` prints."""

    source: str
    """The path, URL or id as it was given."""
    language: str
    """BCP 47 primary tag."""
    headline: str | None = None
    """As found."""
    url: str | None = None
    """As given or found on the first line."""
    publisher: str | None = None
    """As found."""
    published: date | None = None
    """Publication date, as given or found."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from."""
    sha256: str
    """Of the UTF-8 text that the offsets count in."""
    events: tuple[Event, ...] = ()
    """In order of appearance."""
