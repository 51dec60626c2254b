"""When anything was last written: one number for the whole database, cheap enough to ask before every answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from sqlalchemy import Engine, case, insert, literal, update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection
from sqlmodel import Session

from app.store.columns import core
from app.store.tables import Counter

CHANGED = "changed"
"""Name of the counter: microseconds since 1970, and always more than before."""

ASKED = f"SELECT value FROM counter WHERE name = '{CHANGED}'"  # noqa: S608  a constant

_counter = core(Counter)


def mark(session: Session) -> None:
    """Says, within a transaction, that something is written."""
    now = time.time_ns() // 1000
    value = case((_counter.c.value >= now, _counter.c.value + 1), else_=literal(now))
    done = session.execute(update(_counter).where(_counter.c.name == CHANGED).values(value=value))
    if not done.rowcount:  # type: ignore[attr-defined]
        session.execute(insert(_counter).values(name=CHANGED, value=now))


class Watch:
    """Asks for the number on a connection of its own, past the unit of work and outside of any transaction.

    `stamp` says on that connection whether anything can have changed; where it cannot be said, None.
    """

    def __init__(self, engine: Engine, stamp: Callable[[DBAPIConnection], object] | None = None) -> None:
        self._engine = engine
        self._stamp = stamp
        self._lock = Lock()
        self._connection: PoolProxiedConnection | None = None
        self._seen: tuple[object, int] | None = None

    def changed(self) -> int:
        """The number; 0 where nothing was ever written."""
        with self._lock:
            try:
                return self._ask()
            except Exception:
                # The connection may have been lost since the last time; a new one tells.
                self._forget()
                return self._ask()

    def close(self) -> None:
        """Gives the connection back."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        connection, self._connection, self._seen = self._connection, None, None
        if connection is not None:
            connection.invalidate()

    def _ask(self) -> int:
        if self._connection is None:
            self._connection = self._engine.raw_connection()
            if self._stamp is None:
                self._connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        driver = self._connection.driver_connection
        assert driver is not None
        stamp = self._stamp(driver) if self._stamp else None
        if self._seen is not None and stamp is not None and self._seen[0] == stamp:
            return self._seen[1]
        cursor = driver.cursor()
        cursor.execute(ASKED)
        row = cursor.fetchone()
        cursor.close()
        number = int(row[0]) if row else 0
        self._seen = (stamp, number)
        return number
