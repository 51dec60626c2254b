"""The tables. What articles say is kept as it was read; everything else is made from it and can be made anew.

Kept: `article`, `readout` (what one article says of one occurrence), `correction`, and the memory: `revision`, `moved`,
`past_article`, `gone_article`. Derived: `event` (readouts of one occurrence, merged), `commitment`, and what they are
found by.

The key of an event is `days << 24 | 24 bits of its id`: its order is the order of dates, undated events lowest. It is
the rowid of the documents and of the words, so that each query walks one index in the order of the answer. The keys of
commitments are made in the same way.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String
from sqlmodel import Field, SQLModel

from app.store import own_tables  # noqa: F401  whoever asks for all tables is to find those too
from app.store.columns import Key, part_of, text


class ArticleRow(SQLModel, table=True):
    """An article as given, with what was found on it."""

    __tablename__ = "article"
    __table_args__ = (Index("ix_article_published", "published", "key"),)

    key: int | None = Field(default=None, sa_column=Column(Key, primary_key=True))
    id: str = Field(unique=True)
    sha256: str = Field(unique=True)
    url_key: str | None = Field(default=None, unique=True)
    source: str
    url: str | None
    language: str
    headline: str | None
    publisher: str | None = Field(index=True)
    published: date | None
    published_basis: str | None
    text: str = Field(sa_column=text())
    added: str = Field(index=True)
    """When it was stored, ISO 8601 in UTC."""
    signature: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    """MinHash of the text, where it was needed already: tells copies of one story."""


class PastArticle(SQLModel, table=True):
    """An article that was replaced by a newer text of the same address: what is said of the past rests on it."""

    __tablename__ = "past_article"

    id: str = Field(primary_key=True)
    gone: str = Field(primary_key=True)
    """When it was replaced, ISO 8601 in UTC."""
    next_id: str
    """The article that took its place."""
    document: str = Field(sa_column=text())
    """All that stood in `article`, as JSON."""


class GoneArticle(SQLModel, table=True):
    """An article that was removed or replaced: that it was there, and nothing of what it said."""

    __tablename__ = "gone_article"

    id: str = Field(primary_key=True)
    next_id: str | None
    """The article that took its place; null where none did."""
    at: str = Field(index=True)
    """ISO 8601 in UTC."""
    why: str


class ReadoutRow(SQLModel, table=True):
    """What one article says of one occurrence, as it was read: never changed, only removed with its article."""

    __tablename__ = "readout"

    key: int | None = Field(default=None, sa_column=Column(Key, primary_key=True))
    id: str = Field(unique=True)
    article_key: int = Field(sa_column=part_of("article", index=True))
    position: int
    """Its place among the events of the article, from 0."""
    event_key: int | None = Field(sa_column=Column(Key, ForeignKey("event.key"), index=True))
    """The event it was merged into; null where that is hidden, or while a transaction works on it."""
    document: str = Field(sa_column=text())
    """The event record of the extraction."""


class ReadoutBlock(SQLModel, table=True):
    """Readouts that share a block are compared: `day << 40 | 40 bits of what else they share`."""

    __tablename__ = "readout_block"
    __table_args__ = {"sqlite_with_rowid": False}

    block: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    readout_key: int = Field(
        sa_column=Column(
            Key, ForeignKey("readout.key", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
        )
    )


class ArticleWords(SQLModel, table=True):
    """What an article is found by that reports no event, folded; as `event_words`. The others are found by the words of
    their events, in which theirs are."""

    __tablename__ = "article_words"

    article_key: int = Field(sa_column=part_of("article", primary_key=True, autoincrement=False))
    names: str = Field(sa_column=text())
    """Nothing."""
    words: str = Field(sa_column=text())
    tags: str = Field(sa_column=text())
    """Its language."""


class EventRow(SQLModel, table=True):
    """An event: the document that is served, after the few columns that are compared and not only looked up."""

    __tablename__ = "event"

    key: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    id: str = Field(unique=True)
    date_end: date | None
    confidence: float
    latitude: float | None
    longitude: float | None
    revision: int
    """How often it was written, from 1: the version for ETag and If-Match."""
    updated: int = Field(sa_column=Column(Key, nullable=False, unique=True))
    """Grows with every change of any event: who knows all up to a number asks for what is above it."""
    at: str
    """When it was last written, ISO 8601 in UTC."""
    document: str = Field(sa_column=text())


class EventWords(SQLModel, table=True):
    """What an event is found by, folded; the full-text index reads it and keeps no copy of its own."""

    __tablename__ = "event_words"

    event_key: int = Field(sa_column=part_of("event", primary_key=True, autoincrement=False))
    names: str = Field(sa_column=text())
    """Each name, then each once more as pairs of its words: `pham minh chinh` and `name=pham_minh name=minh_chinh`."""
    words: str = Field(sa_column=text())
    tags: str = Field(sa_column=text())
    """Its facets, one token each: `country=US type=meeting`."""


class CommitmentRow(SQLModel, table=True):
    """A commitment of an event: the document that is served, and what is compared."""

    __tablename__ = "commitment"

    key: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    id: str = Field(unique=True)
    event_key: int = Field(sa_column=part_of("event", index=True))
    position: int
    """Its place in the event, from 0."""
    deadline: date | None = None
    document: str = Field(sa_column=text())


class AmountRow(SQLModel, table=True):
    """An amount of a commitment."""

    __tablename__ = "amount"
    __table_args__ = {"sqlite_with_rowid": False}

    commitment_key: int = Field(sa_column=part_of("commitment", primary_key=True, autoincrement=False))
    position: int = Field(primary_key=True)
    """Its place in the commitment, from 0."""
    unit: str
    value: float


class CommitmentWords(SQLModel, table=True):
    """What a commitment is found by, folded; as `event_words`."""

    __tablename__ = "commitment_words"

    commitment_key: int = Field(sa_column=part_of("commitment", primary_key=True, autoincrement=False))
    names: str = Field(sa_column=text())
    words: str = Field(sa_column=text())
    tags: str = Field(sa_column=text())


class Moved(SQLModel, table=True):
    """An id that was served once and is no more: where to go, or that it is gone."""

    __tablename__ = "moved"

    old_id: str = Field(primary_key=True)
    new_id: str | None
    """The event that took its place; null where none did."""
    at: str
    """ISO 8601 in UTC."""
    why: str
    updated: int = Field(sa_column=Column(Key, nullable=False, index=True))
    """From the same numbers as `event.updated`."""


class Revision(SQLModel, table=True):
    """What an event was from one moment to another; the present one is in `event`."""

    __tablename__ = "revision"

    event_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    """From 1, as `event.revision`."""
    since: str = Field(index=True)
    """ISO 8601 in UTC."""
    until: str = Field(index=True)
    """When it was changed, merged into another, or went."""
    cause: str
    """What ended it, in plain words."""
    key: int = Field(sa_column=Column(Key, nullable=False, index=True))
    """The key it had: its order among events."""
    document: str = Field(sa_column=text())


class CorrectionRow(SQLModel, table=True):
    """What a person changed, by whom and why. Never deleted: reverting it is an entry of its own."""

    __tablename__ = "correction"

    id: str = Field(primary_key=True)
    number: int = Field(sa_column=Column(Key, nullable=False, unique=True))
    """Order in which corrections were made: a later one wins."""
    at: str
    by: str
    why: str
    event_id: str = Field(index=True)
    """The event it was made on."""
    document: str = Field(sa_column=text())
    """What is to be changed, as JSON."""
    reverted_at: str | None
    reverted_by: str | None
    reverted_why: str | None


class CorrectionAnchor(SQLModel, table=True):
    """What a correction holds on to: what an article says of the occurrence, by its content and not its place."""

    __tablename__ = "correction_anchor"

    correction_id: str = Field(
        sa_column=Column(String, ForeignKey("correction.id", ondelete="CASCADE"), primary_key=True)
    )
    number: int = Field(primary_key=True)
    side: int
    """0; for events that are merged or split, the group it belongs to."""
    article_id: str = Field(index=True)
    url_key: str | None = Field(index=True)
    """Finds the article again after its text was replaced."""
    content: str = Field(sa_column=text())
    """Type, parties, actors and date of the readout, as JSON."""


class Counter(SQLModel, table=True):
    """Numbers that only grow."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int = Field(sa_column=Column(Key, nullable=False))
