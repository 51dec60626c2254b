"""The tables of what the program keeps for itself: how far it read, keys, answers it gave."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary
from sqlmodel import Field, SQLModel

from app.store.columns import text


class IngestState(SQLModel, table=True):
    """What a later run of reading in has to know of the earlier ones: how far a file was read, which page is done."""

    __tablename__ = "ingest_state"
    __table_args__ = {"sqlite_with_rowid": False}

    key: str = Field(primary_key=True)
    value: str


class KeyRow(SQLModel, table=True):
    """An API key."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    scopes: str
    """Separated by spaces."""
    hash: str
    """SHA-256 of the key: it is 32 bytes of chance, so that nothing slower is needed."""
    created: str
    """ISO 8601 in UTC."""
    revoked: str | None


class RememberedRow(SQLModel, table=True):
    """An answer that was given, kept for a day for whoever sends the same request again."""

    __tablename__ = "remembered"

    name: str = Field(primary_key=True)
    at: int = Field(sa_column=Column(BigInteger, nullable=False, index=True))
    """Seconds since 1970."""
    fingerprint: str
    """Of the request."""
    status: int
    headers: str = Field(sa_column=text())
    """A JSON list of pairs."""
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class Secret(SQLModel, table=True):
    """Keys the server makes for itself, kept so that cursors outlive a restart."""

    __tablename__ = "secret"

    name: str = Field(primary_key=True)
    value: str
