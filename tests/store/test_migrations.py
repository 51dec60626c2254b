"""Opening databases: new, current, newer, foreign, damaged, unreachable."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from app.errors import NewerDatabaseError, StoreError
from app.store import engine, migrations
from app.store.engine import HEAD, open_store


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/new.db").close()
    fresh = create_engine(f"sqlite:///{tmp_path}/new.db")
    with fresh.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not name.startswith("event_search")},
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_new_database_is_set_up(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/deep/er/new.db")
    with store.read() as session:
        pragma = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    store.close()
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10000}


def test_opening_again_keeps_the_secret_and_needs_no_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    first = open_store(url)
    first.close()
    monkeypatch.setattr(engine.dialect, "use_wal", lambda _: pytest.fail("migrated again"))
    second = open_store(url)
    second.close()
    assert len(first.secret) == 32
    assert first.secret == second.secret


def test_an_interrupted_first_migration_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    with monkeypatch.context() as patched:
        patched.setattr("app.store.dialect.CREATE_SEARCH", ("CREATE NONSENSE",))
        with pytest.raises(StoreError):
            open_store(url)
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    open_store(url).close()


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    open_store(f"sqlite:///{path}").close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(NewerDatabaseError, match=r"9999.*nothing was changed"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="theirs"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////proc/dragoman.db", "cannot be opened or created"),
        ("sqlite:////proc/no/dragoman.db", "cannot be created"),
        ("sqlite://", "must be a file"),
        ("mysql://host/db", "not supported"),
        ("nonsense", "Not the address"),
    ],
)
def test_what_cannot_be_opened_is_said_plainly(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        open_store(url)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear Sir")
