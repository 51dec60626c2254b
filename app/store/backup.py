"""Saves a database to a file and restores it, from any database system to any: whole, checked, over nothing else."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

from sqlalchemy import Connection

from app.errors import SourceError, StoreError
from app.store import dialect, portable, schema
from app.store.engine import open_store, opened

# Five times quicker than the usual level, for a file that is a sixth longer.
_LEVEL = 1
_BUFFER = 1 << 18


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds."""

    header: portable.Header
    rows: Mapping[str, int]
    """Rows of each table."""
    size: int
    """Bytes of the file."""


def save(url: str, path: Path) -> Saved:
    """Saves a database, while others read and write it, as it is at this moment; then reads the file to its end. The
    file is there when all of it is right, and not before. Raises StoreError and SourceError."""
    if path.exists():
        raise SourceError(f"{path} exists; nothing was changed. Choose another name or move it away.")
    with opened(url) as (system, engine):
        revision = schema.revision(engine, dialect.shown(url))
        if revision is None:
            raise StoreError(f"The database is empty: {dialect.shown(url)}")
        schema.check_known(revision, "The database")
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with system.readers(engine).connect() as connection, connection.begin():
            return _write(path, portable.dump(connection, revision, made))


def verify(path: Path) -> Saved:
    """Reads a backup to its end. Raises SourceError where anything is wrong with it."""
    with _reading(path) as lines:
        for _ in lines:
            pass
        return Saved(lines.header, lines.counts, path.stat().st_size)


def restore(url: str, path: Path) -> Saved:
    """Puts a backup into a database that is new or empty, in one transaction: all of it, or nothing is changed.
    Raises SourceError for a backup and StoreError for a database that will not do."""
    with _reading(path) as lines:
        schema.check_known(lines.header.revision, "The backup")
    done = verify(path)
    with opened(url, new=True) as (system, engine), _reading(path) as lines:
        fresh = schema.revision(engine, dialect.shown(url)) is None
        system.prepare(engine)
        with engine.execution_options(**{dialect.WRITE: True}).begin() as connection:
            if not fresh:
                _clear(connection, dialect.shown(url))
            schema.upgrade(connection, lines.header.revision)
            portable.load(connection, lines)
            system.loaded(connection)
    open_store(url).close()  # brings older tables up to date
    return done


def _clear(connection: Connection, url: str) -> None:
    """Takes away tables that hold nothing of anybody."""
    for table in portable.tables(connection):
        if table.name not in ("secret", "counter") and connection.execute(table.select().limit(1)).first():
            raise StoreError(f"The database is not empty, so nothing was changed; restore into a new one: {url}")
    schema.downgrade(connection, "base")


def _write(path: Path, lines: Iterator[bytes]) -> Saved:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as raw:
            with (
                gzip.GzipFile(path.name, "wb", _LEVEL, raw, mtime=0) as zipped,
                BufferedWriter(zipped, _BUFFER) as file,
            ):
                file.writelines(lines)
            raw.flush()
            os.fsync(raw.fileno())
        done = verify(unfinished)
        os.link(unfinished, path)  # unlike renaming, this never replaces a file
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}; the backup was not made.") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return done


@contextmanager
def _reading(path: Path) -> Iterator[portable.Lines]:
    try:
        with gzip.open(path) as file:
            yield portable.Lines(file)
    except SourceError as error:
        raise SourceError(f"{path}: {error.detail}") from error
    except (EOFError, zlib.error) as error:
        raise SourceError(f"{path}: The backup is damaged: {error}.") from error
    except gzip.BadGzipFile as error:
        raise SourceError(f"{path}: This is no backup of Dragoman, or it is damaged.") from error
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror or error}.") from error
