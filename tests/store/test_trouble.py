"""A full disk, a locked and a broken database: said plainly, nothing overwritten, and afterwards work goes on."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app.errors import StoreError
from app.ingest import ingest
from app.store import doctor
from app.store.engine import Store, open_store
from tests import toy
from tests.store.test_killed import article

ROOT = Path(__file__).resolve().parents[2]


def counted(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])


def faults(database: str) -> list[str]:
    return [one.check.holds for one in doctor.examine(database) if one.number]


def test_a_disk_that_fills_up_during_a_load_keeps_what_was_whole(store: Store, database: str, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, map(article, range(10))))
    with store.read() as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(StoreError, match=r"The disk is full; nothing was changed\."):
        list(ingest(store, toy.extract, map(article, range(10, 40))))
    assert counted(tmp_path / "test.db") == 10
    assert faults(database) == []
    with store.read() as session:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 100000")
    list(ingest(store, toy.extract, map(article, range(10, 40))))
    assert counted(tmp_path / "test.db") == 40
    assert faults(database) == []


def test_a_load_that_may_write_no_more_says_so_on_one_line(store: Store, database: str, tmp_path: Path) -> None:
    list(ingest(store, toy.extract, map(article, range(10))))
    store.close()
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(12):
        (texts / f"{number}.txt").write_text(f"Minister meets ambassador\n{'A long story. ' * 4000}{number}\n")
    script = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from app.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "ingest", str(texts), "--database", database],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("dragoman: The disk ")
    assert "Traceback" not in done.stderr
    assert counted(tmp_path / "test.db") == 10
    assert faults(database) == []


@pytest.mark.parametrize("harm", ["cut", "noise", "text"])
def test_a_broken_file_is_told_of_and_left_as_it_is(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "a.db"
    store = open_store(f"sqlite:///{file}")
    list(ingest(store, toy.extract, map(article, range(10))))
    store.close()
    whole = file.read_bytes()
    broken = {
        "cut": whole[:10_000],
        "noise": whole[:4096] + b"\xff" * (len(whole) - 4096),
        "text": b"No database. " * 99,
    }
    file.write_bytes(broken[harm])
    with pytest.raises(StoreError, match=r"damaged|not a database"):
        open_and_load(file)
    assert file.read_bytes() == broken[harm]


def open_and_load(file: Path) -> None:
    store = open_store(f"sqlite:///{file}")
    try:
        list(ingest(store, toy.extract, map(article, range(10, 20))))
    finally:
        store.close()
