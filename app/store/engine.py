"""Opens the database, brings it up to date, hands out sessions."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from app.errors import NewerDatabaseError, StoreError
from app.store import dialect
from app.store.rebuild import rebuild
from app.store.tables import Secret

HEAD = "0004"
"""The newest revision in `migrations/versions`."""

CURSOR_SECRET = "cursor"  # noqa: S105  the name of a row


class Store:
    """An open, up-to-date database."""

    def __init__(self, engine: Engine, system: dialect.System, url: str) -> None:
        self._engine = engine
        self._readers = system.readers(engine)
        self._writers = engine.execution_options(**{dialect.WRITE: True})
        self._url = url
        with self.read() as session:
            self.secret = bytes.fromhex(session.exec(select(Secret.value).where(Secret.name == CURSOR_SECRET)).one())

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

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one transaction: all of it is kept at the end, or none of it after an exception."""
        with self._session(self._writers) as session, session.begin():
            yield session

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()


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


def _revision(engine: Engine, url: str) -> str | None:
    """The revision a database is at; None for an empty one."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if tables:
        raise StoreError(f"The database holds the tables of another program ({', '.join(tables[:3])}): {url}")
    return None


def _bring_up_to_date(engine: Engine, system: dialect.System, url: str) -> None:
    revision = _revision(engine, url)
    if revision == HEAD:
        return
    from alembic import command  # noqa: PLC0415  a third of a second, needed only on an old database
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabaseError(
            f"The database is at revision {revision}, which this version of Dragoman does not know; "
            f"nothing was changed. Update Dragoman, or use another database than {url}."
        )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    system.prepare(engine)
    with engine.execution_options(**{dialect.WRITE: True}).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        with Session(connection) as session:
            rebuild(session)
            session.flush()
