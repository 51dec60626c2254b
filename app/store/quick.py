"""Pages and single events past the layers that lead to a database: on one connection that only reads, in place.

There is such a connection where the database is a file, which answers in less time than those layers take. Documents
come as the bytes that are kept, and go out so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Dialect

from app.store import dialect, prepared, query, read
from app.store.asked import CommitmentQuery, EventQuery
from app.store.documents import served
from app.store.page import Page, cut, slice_of

Q = TypeVar("Q", EventQuery, CommitmentQuery)


class Quick:
    """Pages by date of one database, for one thread. Raises the errors of the driver."""

    def __init__(self, reader: dialect.Reader, system: dialect.System, how: Dialect) -> None:
        self._reader = reader
        self._system = system
        self._how = how

    def events(self, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
        """As `page.events`."""
        return self._page(dialect.Noun.event, query.events, asked, (cursor, limit, secret))

    def commitments(self, asked: CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
        """As `page.commitments`."""
        return self._page(dialect.Noun.commitment, query.commitments, asked, (cursor, limit, secret))

    def event(self, event_id: str, base: str) -> tuple[bytes, int] | None:
        """As `read.event`; None for an id that there is not."""
        if not read.may_be_an_id(event_id):
            return None
        for id_, revision, document in self._reader.rows(prepared.by_id(query.event, self._how), (event_id,)):
            return served(document, id_.decode(), base), int(revision)
        return None

    def _page(
        self, noun: dialect.Noun, statement: Callable[..., object], asked: Q, wanted: tuple[str | None, int, bytes]
    ) -> Page:
        slice_ = slice_of(asked, *wanted)
        made = prepared.made(
            (noun, statement, asked, slice_.limit + 1), slice_.after is not None, self._how, self._system
        )
        rows = self._reader.rows(made.sql, made.given(slice_.after))
        return cut([(key, id_.decode(), document) for key, id_, document in rows], slice_)

    def close(self) -> None:
        """Gives the connection back."""
        self._reader.close()
