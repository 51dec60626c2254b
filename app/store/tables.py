"""The tables. An event is one JSON document; links and words beside it serve only to find it.

The key of an event is `days << 24 | sequence`: its order is the order of dates, undated events lowest. It is the
rowid of the documents, the second column of every link table and the rowid of the words, so that each filter
walks its own index in the order of the answer.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text
from sqlmodel import Field, SQLModel

# SQLite autoincrements and orders by rowid only for INTEGER; other databases need the 64 bits spelt out.
Key = BigInteger().with_variant(Integer, "sqlite")
_LINK = {"sqlite_with_rowid": False}


def _event_key() -> Column[int]:
    # Indexed by itself too: a cascade looks for the links of an event by its key alone.
    return Column(Key, ForeignKey("event.key", ondelete="CASCADE"), primary_key=True, index=True)


class ArticleRow(SQLModel, table=True):
    """An article as it was given, with what was found on it."""

    __tablename__ = "article"

    key: int | None = Field(default=None, sa_column=Column(Key, primary_key=True))
    id: str = Field(unique=True)
    sha256: str = Field(unique=True)
    url_key: str | None = Field(default=None, unique=True)
    source: str
    url: str | None
    language: str
    headline: str | None
    publisher: str | None
    published: date | None
    published_basis: str | None
    text: str = Field(sa_column=Column(Text, nullable=False))


class EventRow(SQLModel, table=True):
    """An event: the document that is served, after the few columns that are asked for without a link table."""

    __tablename__ = "event"

    key: int = Field(sa_column=Column(Key, primary_key=True, autoincrement=False))
    id: str = Field(unique=True)
    article_key: int = Field(
        sa_column=Column(Key, ForeignKey("article.key", ondelete="CASCADE"), nullable=False, index=True)
    )
    position: int
    type: str = Field(index=True)
    language: str = Field(index=True)
    date_end: date | None
    document: str = Field(sa_column=Column(Text, nullable=False))


class EventCountry(SQLModel, table=True):
    """A country that is a party to an event."""

    __tablename__ = "event_country"
    __table_args__ = _LINK

    country: str = Field(primary_key=True)
    event_key: int = Field(sa_column=_event_key())


class EventTopic(SQLModel, table=True):
    """A topic of an event."""

    __tablename__ = "event_topic"
    __table_args__ = _LINK

    topic: str = Field(primary_key=True)
    event_key: int = Field(sa_column=_event_key())


class EventActor(SQLModel, table=True):
    """A participant of an event that the knowledge base has an id for."""

    __tablename__ = "event_actor"
    __table_args__ = _LINK

    actor: str = Field(primary_key=True)
    event_key: int = Field(sa_column=_event_key())


class EventWords(SQLModel, table=True):
    """What an event can be found by, folded; the full-text index reads it and keeps no copy of its own."""

    __tablename__ = "event_words"

    event_key: int = Field(
        sa_column=Column(Key, ForeignKey("event.key", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    )
    names: str = Field(sa_column=Column(Text, nullable=False))
    words: str = Field(sa_column=Column(Text, nullable=False))


class IngestState(SQLModel, table=True):
    """What a later run of reading in has to know of the earlier ones: how far a file was read, which page is done."""

    __tablename__ = "ingest_state"
    __table_args__ = _LINK

    key: str = Field(primary_key=True)
    value: str


class Secret(SQLModel, table=True):
    """Keys the server makes for itself, kept so that cursors outlive a restart."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str
