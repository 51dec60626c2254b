"""What sources find: articles, pages that somebody has yet to read, and what cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.errors import SourceError
from app.records import Article


@dataclass(frozen=True, slots=True)
class Page:
    """A page of HTML as it was found. Reading it is work for whoever extracts: `app.sources.html.article`."""

    source: str
    """Path, URL or id as it was given."""
    data: bytes
    url: str | None = None
    """Where it came from."""
    charset: str | None = None
    """The encoding that the server declared."""
    published: date | None = None
    """What the feed says."""
    title: str | None = None
    """What the feed says."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be remembered for the next run, once everything that was found before it is stored."""

    key: str
    value: str


Document = Article | Page
Found = Article | Page | Note | SourceError
