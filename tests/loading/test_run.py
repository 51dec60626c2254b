"""Runs of reading in: engines that agree, documents that kill, runs that are broken off and taken up again."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect

from app.errors import StartError, StoreError
from app.loading.local import Local
from app.loading.processes import Processes
from app.loading.rejects import Rejects
from app.loading.run import Run
from app.loading.work import Engine, Failure, Serial
from app.records import Article
from app.sources.found import Document
from app.sources.limits import Options
from app.sources.read import documents
from app.store import changes, dialect
from app.store.engine import Store, open_store
from app.store.save import Outcome
from tests import toy
from tests.loading import slow
from tests.sources.test_pages import page

ROOT = Path(__file__).parents[2]
ARTICLES = int(os.environ.get("DRAGOMAN_SOAK_ARTICLES", "500"))
"""Of the run that is killed; `make soak` takes a hundred thousand."""
# When something was stored differs from run to run, and so does into how many transactions it was cut: how often an
# event was written, and which ids there were in between that lead on.
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")
_OF_EACH_RUN = {"alembic_version", "secret", "revision", "moved", "counter", "sqlite_sequence"}
_OF_EACH_BATCH = {"revision", "updated", "at"}


def texts(number: int) -> list[str]:
    """Articles, up to a few of them about the same events: a hundred thousand are not about a hundred."""
    made = []
    for n in range(number):
        day = f"{1960 + n // 324 % 60}-{n % 12 + 1:02}-{n % 27 + 1:02}"
        made.append(
            toy.text_of({"day": day, "countries": ["VN", "US"], "names": [f"Minister {n % 9}"]}, words=f"News {n}")
        )
    return made


def lines(path: Path, number: int, *extra: str) -> Path:
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*texts(number), *extra]))
    return path


def run(store: Store, engine: Engine, rejects: Path, *paths: Path) -> Run:
    one = Run(store, engine, Rejects(rejects))
    try:
        one.load(documents(map(str, paths), Options(remembered=one.remembered)))
    finally:
        engine.close()
    return one


def contents(url: str) -> dict[str, list[str]]:
    """All rows of all tables, without times and what differs from database to database."""
    system, parsed = dialect.system_at(url)
    engine = system.engine(parsed)
    with engine.connect() as connection:
        names = sorted(set(inspect(connection).get_table_names()) - _OF_EACH_RUN)
        found = {
            name: sorted(
                _TIME.sub("T", str([value for column, value in row.items() if column not in _OF_EACH_BATCH]))
                for row in connection.exec_driver_sql(f"SELECT * FROM {name}").mappings()
            )
            for name in names
            if "_search" not in name
        }
    engine.dispose()
    return found


@pytest.mark.both
def test_many_processes_store_what_one_does(store: Store, database: str, tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", 150, "EVENT {", "")
    many = run(store, Processes(slow.quick, 2), tmp_path / "r", path)
    other = f"sqlite:///{tmp_path}/other.db"
    alone = open_store(other)
    one = run(alone, Serial(slow.quick), tmp_path / "r2", path)
    alone.close()
    assert str(many.tally) == str(one.tally)
    assert (many.tally.articles, many.tally.rejected) == (150, 2)
    if database.startswith("sqlite"):
        assert contents(database) == contents(other)
    assert len((tmp_path / "r").read_text().splitlines()) == 2


def test_a_batch_that_cannot_be_ended_is_told_and_not_counted(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(changes, "mark", fails)
    one = Run(store, Serial(slow.quick), Rejects(None))
    with pytest.raises(StoreError, match="full"):
        one.load(documents([str(lines(tmp_path / "a.jsonl", 20))], Options()))
    assert one.tally.articles == 0
    monkeypatch.undo()
    assert run(store, Serial(slow.quick), tmp_path / "r", tmp_path / "a.jsonl").tally.outcomes[Outcome.added] == 20


def read(engine: Engine, *found: str) -> list[list[str]]:
    chunks = [[Article(source=str(n), text=text)] for n, text in enumerate(found)]
    try:
        return [
            [one.reason if isinstance(one, Failure) else "read" for one in results] for results in engine.map(chunks)
        ]
    finally:
        engine.close()


def test_documents_that_kill_hang_or_fail_are_left_and_the_rest_is_read() -> None:
    engine = Processes(slow.poisoned, 2, patience=1.5)
    found = read(engine, "a", "KILL", "b", "FAIL", "HANG", "c", "d")
    died, failed, hung = found[1], found[3], found[4]
    assert [*died, *failed, *hung] == [
        "the process that read it died", "the extraction failed: ValueError: so it is",
        "reading it took longer than 2 seconds",
    ]  # fmt: skip
    assert [found[n] for n in (0, 2, 5, 6)] == [["read"]] * 4


def test_of_a_chunk_that_kills_only_what_did_is_left() -> None:
    given = [Article(source=str(n), text=one) for n, one in enumerate(("a", "b", "KILL", "c", "HANG", "d"))]
    engine = Processes(slow.poisoned, 1, patience=1.5)
    (found,) = engine.map([given])
    engine.close()
    assert [(one.where, one.reason) if isinstance(one, Failure) else one.text for one in found] == [
        "a", "b", ("2", "the process that read it died"), "c", ("4", "reading it took longer than 2 seconds"), "d",
    ]  # fmt: skip


def test_a_worker_that_is_killed_from_outside_costs_nothing() -> None:
    engine = Processes(slow.slow, 2)
    chunks = [[Article(source=str(n), text=f"{n}-{m}") for m in range(16)] for n in range(12)]
    results = []
    for number, result in enumerate(engine.map(chunks)):
        results.append(result)
        if number == 1:
            os.kill(engine._workers[0].process.pid or 0, signal.SIGKILL)
    engine.close()
    assert [[one.text for one in result if not isinstance(one, Failure)] for result in results] == [
        [one.text for one in chunk] for chunk in chunks
    ]


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(StartError, match="no knowledge"):
        read(Processes(slow.broken, 1), "a")


@pytest.mark.parametrize(("length", "most"), [(1, 513), (300_000, 9)])
def test_no_more_is_read_ahead_than_the_window_holds(length: int, most: int) -> None:
    taken = 0

    def chunks() -> Iterator[Sequence[Document]]:
        nonlocal taken
        for n in range(1000):
            taken += 1
            yield [Article(source=str(n), text="a" * length)]

    engine = Processes(slow.quick, 2)
    next(iter(engine.map(chunks())))
    engine.close()
    assert taken <= most


def test_few_documents_start_no_worker(tmp_path: Path, store: Store) -> None:
    engine = Local(slow.quick, 4)
    run(store, engine, tmp_path / "r", lines(tmp_path / "a.jsonl", 30))
    assert engine._workers is None


def test_pages_are_read_once(tmp_path: Path, store: Store) -> None:
    (tmp_path / "in").mkdir()
    for n in range(3):
        (tmp_path / f"in/{n}.html").write_bytes(page(body=f"<p>{n}. " + "Hai bên hội đàm. " * 30 + "</p>"))
    first = run(store, Serial(slow.quick), tmp_path / "r", tmp_path / "in")
    again = run(store, Serial(slow.broken), tmp_path / "r", tmp_path / "in")
    assert (first.tally.outcomes["added"], again.tally.outcomes["unchanged"]) == (3, 3)


KILLED = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from tests.loading import slow, test_run
from app.loading.processes import Processes
from app.loading.work import Serial
from app.store.engine import open_store
workers, database, rejects, path = sys.argv[1:]
engine = Processes(slow.slow, int(workers)) if int(workers) else Serial(slow.slow)
if __name__ == "__main__":
    done = test_run.run(open_store("sqlite:///" + database), engine, Path(rejects), Path(path))
    print(done.tally)
"""


@pytest.mark.parametrize(("workers", "times"), [(0, 5 if ARTICLES > 2000 else 2), (2, 5 if ARTICLES > 2000 else 1)])
def test_killed_and_taken_up_again_it_is_as_if_it_had_gone_through(tmp_path: Path, workers: int, times: int) -> None:
    number = ARTICLES
    path = lines(tmp_path / "a.jsonl", number, "", "\0")
    whole = open_store(f"sqlite:///{tmp_path}/whole.db")
    run(whole, Serial(slow.quick), tmp_path / "whole.ndjson", path)
    whole.close()
    command = [sys.executable, "-c", KILLED.format(root=str(ROOT)), str(workers), str(tmp_path / "a.db"),
               str(tmp_path / "a.ndjson"), str(path)]  # fmt: skip
    pause = random.Random(7)
    open_store(f"sqlite:///{tmp_path}/a.db").close()
    for _ in range(times):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) as process:
            before = _stored(tmp_path / "a.db")
            end = time.monotonic() + 60
            while _stored(tmp_path / "a.db") == before and process.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(pause.random() * 0.3)
            process.kill()
    left = number - _stored(tmp_path / "a.db")
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=600 + number // 50)
    assert left == 0 or f"({left} added" in done.stdout
    assert contents(f"sqlite:///{tmp_path}/a.db") == contents(f"sqlite:///{tmp_path}/whole.db")
    reasons = {json.loads(line)["source"] for line in (tmp_path / "a.ndjson").read_text().splitlines()}
    assert reasons == {f"{path}:{number + 1}", f"{path}:{number + 2}"}


def _stored(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        (number,) = connection.execute("SELECT count(*) FROM article").fetchone()
    return int(number)
