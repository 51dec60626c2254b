"""Backups: made while the database is in use, whole or not at all, from any system to any."""

from __future__ import annotations

import gzip
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from app.errors import DragomanError, NewerDatabaseError, SourceError, StoreError
from app.ingest import ingest, ingest_one
from app.records import Article
from app.store import backup, page
from app.store.asked import EventQuery
from app.store.engine import Store, open_store
from app.store.fold import phrases
from tests import toy
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
EVENTS = (
    {
        "day": "2021-11-01",
        "countries": ["VN", "US"],
        "topics": ["trade"],
        "names": ["習近平", "Joe Biden"],
        "actor": "j",
    },
    {"title": "undated"},
)


def articles(number: int, first: int = 0) -> list[Article]:
    return [
        Article(
            source=str(n),
            text=toy.text_of(*toy.on_day(n, EVENTS), words=f"Hai bên hội đàm 會談 {n}"),
            url=f"https://a.example/{n}",
        )
        for n in range(first, first + number)
    ]


# What each system makes anew in its own way.
DERIVED = ("_facet", "_search", "_search_data", "_search_idx", "_search_docsize", "_search_config")


def contents(url: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but the full-text indexes."""
    engine = create_engine(url)
    with engine.connect() as connection:
        names = [name for name in inspect(connection).get_table_names() if not name.endswith(DERIVED)]
        found = {
            name: [tuple(map(str, row)) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2")]
            for name in sorted(names)
            if name != "alembic_version"
        }
    engine.dispose()
    return found


def found(store: Store, q: str) -> int:
    with store.read() as session:
        return len(page.events(session, EventQuery(phrases=phrases(q)), None, 200, store.secret).records)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path, postgres: Server) -> str:
    """A database without a table."""
    return f"sqlite:///{tmp_path}/restored.db" if request.param == "sqlite" else postgres.empty_database()


@pytest.mark.both
def test_a_backup_is_restored_on_any_system_as_it_was(database: str, store: Store, target: str, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, articles(40)))
    saved = backup.save(database, tmp_path / "a.gz")
    assert saved == backup.verify(tmp_path / "a.gz")
    assert (saved.rows["article"], saved.rows["event"]) == (40, 80)
    assert (tmp_path / "a.gz").stat().st_mode & 0o077 == 0
    backup.restore(target, tmp_path / "a.gz")
    assert contents(target) == contents(database)
    restored = open_store(target)
    assert restored.secret == store.secret
    assert [found(restored, q) for q in ("hoi dam", "会谈", "习近平", '"會談 3"')] == [80, 80, 80, 2]
    list(ingest(restored, toy.extract, articles(3, first=39)))
    assert found(restored, "hoi dam") == 84
    restored.close()


@pytest.mark.both
def test_a_backup_is_of_one_moment_though_others_write(database: str, store: Store, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, articles(20)))
    stop = threading.Event()

    def write() -> None:
        for number in range(20, 10_000):
            if stop.is_set():
                return
            ingest_one(store, toy.extract, articles(1, first=number)[0])

    writer = threading.Thread(target=write)
    writer.start()
    saved = [backup.save(database, tmp_path / f"{n}.gz").rows for n in range(4)]
    stop.set()
    writer.join()
    assert all(rows["event"] == rows["article"] * 2 for rows in saved)
    assert saved[0]["article"] < saved[-1]["article"]


def _cut(data: bytes) -> bytes:
    return data[:-100]


def _changed(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(b"undated", b"undatex", 1))


def _row_lost(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(b"".join(line for n, line in enumerate(lines) if n != 3))


def _tail_lost(data: bytes) -> bytes:
    return gzip.compress(b"".join(gzip.decompress(data).splitlines(keepends=True)[:-1]))


def _from_the_future(data: bytes) -> bytes:
    return gzip.compress(gzip.decompress(data).replace(b'"revision":"0', b'"revision":"9', 1))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_cut, "damaged"), (_changed, "not what was written"), (_row_lost, "not what was written"),
        (_tail_lost, "its end is missing"), (lambda data: data + b"x", "damaged"), (lambda _: b"", "end is missing"),
        (lambda _: gzip.compress(b"{}\n"), "no backup of Dragoman"), (lambda _: b"Dear Sir", "no backup of Dragoman"),
        (_from_the_future, "this version of Dragoman does not know"),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_not_restored(
    store: Store, database: str, tmp_path: Path, harm: Callable[[bytes], bytes], words: str
) -> None:
    list(ingest(store, toy.extract, articles(3)))
    good, bad = tmp_path / "good.gz", tmp_path / "bad.gz"
    backup.save(database, good)
    bad.write_bytes(harm(good.read_bytes()))
    url = f"sqlite:///{tmp_path}/new.db"
    with pytest.raises(DragomanError, match=words):
        backup.restore(url, bad)
    assert contents(url) == {}
    backup.restore(url, good)
    assert contents(url) == contents(database)


@pytest.mark.both
def test_nothing_is_overwritten(database: str, store: Store, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, articles(3)))
    before = contents(database)
    (tmp_path / "there").write_text("mine")
    with pytest.raises(SourceError, match="exists; nothing was changed"):
        backup.save(database, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"
    backup.save(database, tmp_path / "a.gz")
    with pytest.raises(StoreError, match="not empty, so nothing was changed"):
        backup.restore(database, tmp_path / "a.gz")
    assert contents(database) == before


@pytest.mark.both
def test_a_database_that_holds_nothing_yet_is_restored_into(database: str, store: Store, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path}/other.db"
    full = open_store(other)
    list(ingest(full, toy.extract, articles(3)))
    backup.save(other, tmp_path / "a.gz")
    backup.restore(database, tmp_path / "a.gz")
    assert contents(database) == contents(other)


def test_what_is_not_there_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database"):
        backup.save(f"sqlite:///{tmp_path}/no/no.db", tmp_path / "a.gz")
    assert list(tmp_path.iterdir()) == []


def test_a_newer_database_is_not_saved_as_if_it_were_understood(store: Store, database: str, tmp_path: Path) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match="9999"):
        backup.save(database, tmp_path / "a.gz")


def test_a_full_disk_leaves_no_backup_and_says_so(store: Store, database: str, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, articles(60)))
    script = "import signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from app.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "backup", str(tmp_path / "a.gz"), "--database", database],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "File too large; the backup was not made" in done.stderr
    assert [one.name for one in tmp_path.glob("*.gz*")] == []


KILLED = """
import sys
from app.store import backup, portable
load = portable.load
def told(*given):
    load(*given)
    print("loaded", flush=True)
    sys.stdin.read()
portable.load = told
backup.restore(sys.argv[1], __import__("pathlib").Path(sys.argv[2]))
"""


def test_a_restore_that_is_killed_leaves_nothing(store: Store, database: str, target: str, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, articles(30)))
    file = tmp_path / "a.gz"
    backup.save(database, file)
    command = [sys.executable, "-c", KILLED, target, str(file)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"loaded\n"
        process.send_signal(signal.SIGKILL)
    assert contents(target) == {}
    backup.restore(target, file)
    assert contents(target) == contents(database)
