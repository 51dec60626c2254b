"""The connection to a file of SQLite that pages are read on."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection
from typing import Any

from app.store.dialect.patience import Patience
from app.store.dialect.system import Noun
from app.store.wanted import Wanted

_MAPPED = 1 << 30
"""Bytes of the file that the connection for pages reads without copying."""
_CACHED_KIB = 16_000
"""What it keeps of the rest, and of the index."""


class FileReader:
    """A connection that only reads, asked one statement after the other."""

    def __init__(self, connection: Connection, patience: Patience) -> None:
        self._connection = connection
        self._patience = patience
        # Documents go out as the bytes that they are kept as.
        connection.text_factory = bytes
        for pragma in ("query_only = ON", f"mmap_size = {_MAPPED}", f"cache_size = -{_CACHED_KIB}"):
            connection.execute(f"PRAGMA {pragma}")

    is_lost = False

    def first_way(self, noun: Noun, wanted: Wanted) -> int:  # noqa: ARG002  there is one
        """The only one."""
        return 0

    def rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement, which sees a moment of its own."""
        self._patience.begin(bounded=True)
        return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Closes it."""
        self._connection.close()
