"""`dragoman backup` and `dragoman restore`: the database in a file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.shared import Database, settings

if TYPE_CHECKING:
    from app.store.backup import Saved

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, for instance dragoman.jsonl.gz.")]


def backup(file: _File, database: Database = None) -> None:
    """Save the database to a new file, while it is in use, and read the file again to its end."""
    from app.store.backup import save

    print(f"Saved {_told(save(settings(database).database_url, file))}: {file}")


def restore(file: _File, database: Database = None) -> None:
    """Put a backup into a new or empty database, SQLite or PostgreSQL: all of it, or nothing is changed."""
    from app.store.backup import restore as put

    print(f"Restored {_told(put(settings(database).database_url, file))}: {file}")


def _told(saved: Saved) -> str:
    rows = ", ".join(f"{saved.rows.get(table, 0):,} {table}s" for table in ("article", "event", "correction"))
    return f"{rows} ({sum(saved.rows.values()):,} rows, {saved.size / 1e6:.1f} MB) as of {saved.header.at}"
