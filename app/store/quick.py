"""Pages and single events past the layers that lead to a database: on a connection that only reads.

A file answers in less time than those layers take, a server in hardly more. Documents come as the bytes that are kept,
and go out so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Select

from app.store import dialect, prepared, query, read, since
from app.store.asked import CommitmentQuery, EventQuery
from app.store.page import Page, cut, slice_of
from app.store.served import served

Q = TypeVar("Q", EventQuery, CommitmentQuery)


_wanted = lru_cache(4096)(lambda asked: asked.wanted())


class Quick:
    """Pages by date of one database, for one thread. Raises the errors of the driver."""

    def __init__(self, reader: dialect.Reader, system: dialect.System) -> None:
        self._reader = reader
        self._system = system

    @property
    def is_lost(self) -> bool:
        """Whether the connection is gone."""
        return self._reader.is_lost

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
        for id_, revision, document in self._reader.rows(prepared.of_one_value(query.event, self._system), (event_id,)):
            return served(document, id_.decode(), base), int(revision)
        return None

    def _page(
        self, noun: dialect.Noun, statement: Callable[..., Select[Any]], asked: Q, wanted: tuple[str | None, int, bytes]
    ) -> Page:
        slice_ = slice_of(asked, *wanted)
        question = (noun, statement, since.narrowed(self._reader.rows, self._system, asked), slice_.limit + 1)
        way = self._reader.first_way(noun, _wanted(asked))
        rows = prepared.rows(self._reader.rows, self._system, question, slice_.after, way)
        return cut([(key, id_.decode(), document) for key, id_, document in rows], slice_)

    def close(self) -> None:
        """Gives the connection back."""
        self._reader.close()
