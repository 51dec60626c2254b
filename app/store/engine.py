"""Opens the database, brings it up to date, hands out sessions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from app.errors import StoreError
from app.store import changes, dialect, schema
from app.store.own_tables import Secret
from app.store.quick import Quick
from app.store.rebuild import rebuild

HEAD = "0013"
"""The newest revision in `migrations/versions`."""

CURSOR_SECRET = "cursor"  # noqa: S105  the name of a row


_THREADS = 8
"""Questions that are asked at the same time; fewer than there are connections."""

T = TypeVar("T")


class Store:
    """An open, up-to-date database."""

    def __init__(self, engine: Engine, system: dialect.System, url: str) -> None:
        self._engine = engine
        self._readers = system.readers(engine)
        self._writers = engine.execution_options(**{dialect.WRITE: True})
        self._url = url
        self._system = system
        self._threads = CapacityLimiter(_THREADS)
        self._idle: list[Quick] = []
        self._driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._watch = changes.Watch(engine, system.stamp)
        with self.read() as session:
            self.secret = bytes.fromhex(session.exec(select(Secret.value).where(Secret.name == CURSOR_SECRET)).one())

    @property
    def in_place(self) -> bool:
        """Whether questions are worked on in this process, and not by a server."""
        return self._system.IN_PLACE

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        try:
            with Session(engine, expire_on_commit=False) as session:
                yield session
        except DBAPIError as error:
            raise dialect.explained(error, self._url) from error

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database."""
        with self._session(self._readers) as session:
            yield session

    async def ask(self, work: Callable[[Session], T], *, long: bool = False) -> T:
        """Reads, from a coroutine, in a session like that of `read`. What is short is asked of a file in place, which
        takes less time than to wake a thread; all else does not hold up other requests."""
        if self._system.IN_PLACE and not long:
            return self._asked(work)
        return await to_thread.run_sync(self._asked, work, limiter=self._threads)

    async def quickly(self, work: Callable[[Quick], T]) -> T:
        """Reads pages, from a coroutine, past sessions. What a thread would be woken for longer is done in place."""
        if self._system.IN_PLACE:
            return self.at_once(work)
        return await to_thread.run_sync(self.at_once, work, limiter=self._threads)

    def at_once(self, work: Callable[[Quick], T]) -> T:
        """Reads pages past sessions. Raises as `read`."""
        try:
            quick = self._idle.pop() if self._idle else self._quick()
            try:
                return self._worked(work, quick)
            except self._driver_error:
                if not quick.is_lost:
                    raise
            # The server was started anew, maybe: another connection tells.
            return self._worked(work, self._quick())
        except (DBAPIError, self._driver_error) as error:
            raise dialect.explained(error, self._url) from error

    def _quick(self) -> Quick:
        return Quick(self._system.reader(self._engine), self._system)

    def _worked(self, work: Callable[[Quick], T], quick: Quick) -> T:
        try:
            return work(quick)
        finally:
            if quick.is_lost:
                quick.close()
            else:
                self._idle.append(quick)

    def _asked(self, work: Callable[[Session], T]) -> T:
        with self.read() as session:
            return work(session)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept at the end, or none of it after an exception."""
        with self._session(self._writers) as session, session.begin():
            yield session
            changes.mark(session)

    def changed(self) -> int:
        """When anything was last written, in microseconds since 1970: another number after every write."""
        try:
            return self._watch.changed()
        except DBAPIError as error:
            raise dialect.explained(error, self._url) from error
        except self._driver_error as error:
            raise dialect.explained(error, self._url) from error

    def close(self) -> None:
        """Gives the connections back."""
        self._watch.close()
        while self._idle:
            self._idle.pop().close()
        self._engine.dispose()


@contextmanager
def opened(url: str, *, new: bool = False) -> Iterator[tuple[dialect.System, Engine]]:
    """A database as it is: neither brought up to date nor, but where it may be `new`, made. Raises StoreError."""
    system, parsed = dialect.system_at(url)
    if not new and not system.is_there(parsed):
        raise StoreError(f"There is no database: {dialect.shown(url)}")
    engine = system.engine(parsed)
    try:
        yield system, engine
    except DBAPIError as error:
        raise dialect.explained(error, url) from error
    finally:
        engine.dispose()


def open_store(url: str) -> Store:
    """Opens a database, creating or upgrading it first. Raises StoreError, touching nothing, where it cannot."""
    system, parsed = dialect.system_at(url)
    engine = system.engine(parsed)
    try:
        _bring_up_to_date(engine, system, dialect.shown(url))
        return Store(engine, system, url)
    except DBAPIError as error:
        engine.dispose()
        raise dialect.explained(error, url) from error
    except BaseException:
        engine.dispose()
        raise


def _bring_up_to_date(engine: Engine, system: dialect.System, url: str) -> None:
    revision = schema.revision(engine, url)
    if revision == HEAD:
        return
    if revision is not None:
        schema.check_known(revision, f"The database {url}")
    system.prepare(engine)
    with engine.execution_options(**{dialect.WRITE: True}).begin() as connection:
        schema.upgrade(connection, HEAD)
        with Session(connection) as session:
            rebuild(session)
            session.flush()
