"""Opening databases: new, current, newer, foreign, damaged, unreachable."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from app.errors import NewerDatabaseError, StoreError
from app.ingest import ingest
from app.records import Article
from app.store import dialect, migrations, page, schema
from app.store.asked import CommitmentQuery, EventQuery
from app.store.checks import CHECKS
from app.store.doctor import examine
from app.store.engine import HEAD, open_store
from app.store.fold import phrases
from app.store.wanted import Box, Promised
from tests import toy, whole
from tests.postgres import GUEST, Server

INDEX = re.compile(r"(event|commitment|article)_(search|facet)")
"""Tables of the full-text index."""


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


@pytest.mark.both
def test_the_migrations_make_the_tables_of_the_models(database: str) -> None:
    open_store(database).close()
    with connected(database) as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not INDEX.match(name)},
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def downgrade(database: str, revision: str) -> None:
    """Takes a database back to a revision; opening it brings it forward again."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    system, url = dialect.system_at(database)
    writers = system.engine(url).execution_options(**{dialect.WRITE: True})
    with writers.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    writers.dispose()


WHEN = ("added", "at", "updated")
"""Columns that say when a row was written."""


def contents(database: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the full-text index, without what says when they were written."""
    with connected(database) as connection:
        names = sorted(name for name in inspect(connection).get_table_names() if not INDEX.match(name))
        return {
            name: [
                tuple(value for column, value in row.items() if column not in WHEN)
                for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2").mappings()
            ]
            for name in names
            if name not in ("alembic_version", "counter")
        }


@contextmanager
def connected(database: str) -> Iterator[Connection]:
    system, url = dialect.system_at(database)
    fresh = system.engine(url)
    with fresh.connect() as connection:
        yield connection
    fresh.dispose()


EVENTS = ({"day": "2021-11-01", "countries": ["VN", "TW"], "topics": ["trade"], "names": ["習近平", "范明政"]}, {})


def found(database: str, q: str) -> int:
    store = open_store(database)
    with store.read() as session:
        number = len(page.events(session, EventQuery(phrases=phrases(q)), None, 200, store.secret).records)
    store.close()
    return number


@pytest.mark.both
def test_data_goes_back_and_forth_through_the_migrations(database: str) -> None:
    store = open_store(database)
    words = ("兩國總理會談", "两国总理会谈", "Hai bên hội đàm")
    texts = [toy.text_of(*toy.on_day(n, EVENTS), words=f"{words[n % 3]} {n}") for n in range(120)]
    list(ingest(store, toy.extract, [Article(source="a", text=text) for text in texts]))
    store.close()
    before = contents(database)
    downgrade(database, "0003")
    old = contents(database)
    assert [len(old[name]) for name in ("event", "event_country", "event_topic", "event_words")] == [240, 240, 120, 240]
    assert "readout" not in old
    downgrade(database, "0001")
    older = contents(database)
    assert {name for name in old if old.get(name) != older.get(name)} == {"article", "event_words", "ingest_state"}
    assert sum("會 談" in str(row) for row in older["event_words"]) == 80
    assert found(database, "会谈") == 160
    assert contents(database) == before
    assert [found(database, q) for q in ("會談", "hoi dam", "习近平", '"兩國總理會談 3"')] == [160, 80, 200, 2]


PROMISES = [
    {"kind": "pledge", "force": "undertaking", "actors": ["VN"], "text": "Aid", "topics": ["climate"],
     "amounts": [{"value": 2_500_000, "unit": "USD"}], "deadline": {"date": "2030-12-31", "precision": "year"}},
    {"kind": "request", "force": "position", "actors": ["US"], "text": "Doses",
     "amounts": [{"value": 0.5, "unit": "m³ a"}]},
]  # fmt: skip
VENUE = {"name": "Hà Nội", "city": "Hanoi", "country": "VN", "latitude": 21.03, "longitude": -105.85}


def tags(database: str) -> list[tuple[str, set[str]]]:
    found = contents(database)
    return [(name, set(str(row[-1]).split())) for name in ("event_words", "commitment_words") for row in found[name]]


@pytest.mark.both
def test_facets_of_promises_come_and_go_with_their_migration(database: str) -> None:
    store = open_store(database)
    when = {"start": "2021-11-01", "end": "2021-11-01", "precision": "day", "basis": "stated", "confidence": 1}
    told = {"date": when, "venue": VENUE, "mode": "in_person", "organizations": ["asean"]}
    given = [whole.text_of({**told, "countries": ["VN", "US"], "confidence": 0.93, "commitments": PROMISES}, {})]
    list(ingest(store, whole.extract, [Article(source="a", text=text) for text in given]))
    store.close()
    before = tags(database)
    wanted = {"worth=6:USD", "due=203x", "sure=93", "cell=21:-106", "organization=asean"}
    assert [name for name, some in before if wanted <= some] == ["event_words", "commitment_words"]
    downgrade(database, "0008")
    older = tags(database)
    assert not any(one.startswith(("worth=", "due=", "sure=93")) for _, some in older for one in some)
    assert [name for name, some in older if "cell=21:-106" in some] == ["event_words"]
    system, url = dialect.system_at(database)
    with system.engine(url).execution_options(**{dialect.WRITE: True}).begin() as connection:
        schema.upgrade(connection, HEAD)
    assert tags(database) == before
    store = open_store(database)
    promised = Promised(unit="USD", amount_min=1e6, deadline_from=date(2030, 6, 1))
    asked = CommitmentQuery(promised=promised, event=EventQuery(box=Box(-110, 20, -100, 30)))
    with store.read() as session:
        assert len(page.commitments(session, asked, None, 9, store.secret).records) == 1
        assert len(page.events(session, EventQuery(promised=promised), None, 9, store.secret).records) == 1
    store.close()
    assert [result.number for result in examine(database)] == [0] * len(CHECKS)


@pytest.mark.both
def test_all_the_way_back_leaves_nothing_and_it_can_be_set_up_again(database: str) -> None:
    store = open_store(database)
    list(ingest(store, toy.extract, [Article(source="a", text=toy.text_of(*EVENTS))]))
    store.close()
    downgrade(database, "base")
    assert contents(database) == {}
    assert found(database, "they") == 0
    store = open_store(database)
    list(ingest(store, toy.extract, [Article(source="a", text=toy.text_of(*EVENTS))]))
    store.close()
    assert found(database, "they") == 2


def test_words_are_found_however_the_index_splits_them(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/words.db"
    store = open_store(database)
    list(ingest(store, toy.extract, [Article(source="a", text=toy.text_of(*EVENTS, words="Ελλάδα и Россия 2 km²"))]))
    store.close()
    asked = ("ελλαδα", "РОССИЯ", '"россия 2"', "km2", "习近平")
    numbers = [found(database, q) for q in asked]
    assert all(numbers)
    downgrade(database, "0011")
    with connected(database) as connection:
        assert connection.exec_driver_sql(SPLITS).scalar() == 3
    assert [found(database, q) for q in asked] == numbers
    with connected(database) as connection:
        assert connection.exec_driver_sql(SPLITS).scalar() == 0
    assert [result.number for result in examine(database)] == [0] * len(CHECKS)


SPLITS = "SELECT count(*) FROM sqlite_master WHERE sql LIKE '%unicode61%'"


def test_a_new_database_is_set_up(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/deep/er/new.db")
    with store.read() as session:
        pragma = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("page_size", "journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        }
    store.close()
    wanted = {"page_size": 8192, "journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 10000}
    assert pragma == wanted


@pytest.mark.both
def test_opening_again_keeps_the_secret_and_needs_no_migration(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_store(database)
    first.close()
    system, _ = dialect.system_at(database)
    monkeypatch.setattr(system, "prepare", lambda _: pytest.fail("migrated again"))
    second = open_store(database)
    second.close()
    assert len(first.secret) == 32
    assert first.secret == second.secret


@pytest.fixture(params=["sqlite", "postgresql"])
def untouched(request: pytest.FixtureRequest, tmp_path: Path, postgres: Server) -> str:
    """A database without a table."""
    return f"sqlite:///{tmp_path}/new.db" if request.param == "sqlite" else postgres.empty_database()


def test_an_interrupted_first_migration_is_taken_up(untouched: str, monkeypatch: pytest.MonkeyPatch) -> None:
    system, _ = dialect.system_at(untouched)
    with monkeypatch.context() as patched:
        patched.setattr(type(system), "create_search", dict.fromkeys(dialect.Noun, ("CREATE NONSENSE",)))
        with pytest.raises(StoreError):
            open_store(untouched)
    with connected(untouched) as connection:
        assert inspect(connection).get_table_names() == []
    open_store(untouched).close()


def test_two_that_open_a_new_database_at_once(untouched: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(open_store, [untouched] * 4))
    assert len({store.secret for store in stores}) == 1
    for store in stores:
        store.close()


def change(database: str, statement: str) -> None:
    system, url = dialect.system_at(database)
    fresh = system.engine(url)
    with fresh.begin() as connection:
        connection.exec_driver_sql(statement)
    fresh.dispose()


def test_a_newer_database_is_left_alone(untouched: str) -> None:
    open_store(untouched).close()
    change(untouched, "UPDATE alembic_version SET version_num = '9999'")
    before = contents(untouched)
    with pytest.raises(NewerDatabaseError, match=r"9999.*nothing was changed"):
        open_store(untouched)
    assert contents(untouched) == before


def test_the_database_of_another_program_is_left_alone(untouched: str) -> None:
    change(untouched, "CREATE TABLE theirs (x integer, y integer)")
    before = contents(untouched)
    with pytest.raises(StoreError, match="theirs"):
        open_store(untouched)
    assert contents(untouched) == before == {"theirs": []}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:////proc/dragoman.db", "cannot be opened or created"),
        ("sqlite:////proc/no/dragoman.db", "cannot be created"),
        ("sqlite://", "must be a file"),
        ("mysql://host/db", "not supported"),
        ("nonsense", "Not the address"),
        ("postgresql://me:secret@host:port/db", "Not the address"),
        ("postgresql+psycopg://me:se:cret@127.0.0.1:1/db", "No database server answers"),
        ("postgres://me:secret@no.such.invalid/db", "no host of this name"),
        ("postgresql://me@/db?host=/nowhere&password=secret", "No database server answers"),
    ],
)
def test_what_cannot_be_opened_is_said_plainly(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as raised:
        open_store(url)
    assert "cret" not in str(raised.value)


@pytest.fixture(scope="module")
def guarded(postgres: Server) -> Server:
    """A server that asks one of its users for a password."""
    postgres.execute(f"CREATE ROLE {GUEST} LOGIN PASSWORD 'right'")
    return postgres


@pytest.mark.parametrize(
    ("user", "name", "words"),
    [
        (GUEST, "postgres", "asks for a password"),
        (f"{GUEST}:wrong", "postgres", "refuses the password"),
        (f"{GUEST}:right", "postgres", "may not do that"),
        ("ghost", "postgres", 'role "ghost" does not exist'),
        ("postgres", "nothing", 'database "nothing" does not exist'),
    ],
)
def test_what_a_server_refuses_is_said_plainly(guarded: Server, user: str, name: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as raised:
        open_store(guarded.url(name, user))
    assert "\n" not in str(raised.value)
    assert "wrong" not in str(raised.value)


def test_an_encoding_that_cannot_hold_all_texts_is_refused(postgres: Server) -> None:
    with pytest.raises(StoreError, match=r"UTF8.*LATIN1"):
        open_store(postgres.empty_database("ENCODING 'LATIN1'"))


def test_a_missing_driver_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'dragoman\[postgres\]'"):
        open_store("postgresql://host/db")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear Sir")
