"""A real scheduler and two worker processes: the same records, a worker that is killed, documents that kill."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import StartError
from app.loading.work import Failure, Serial
from app.plugins.dask_engine import Cluster
from app.records import Article
from app.store.engine import open_store
from tests.loading import slow
from tests.loading.test_run import contents, lines, run

ROOT = Path(__file__).parents[2]
_ALLOWED = "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"
"""So many workers may die of a task before the scheduler gives it up."""


def _started(*arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *arguments]
    known = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.Popen(command, env=known, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.fixture
def scheduler(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    file = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(file), "--no-dashboard")
    running = [_started("distributed.cli.dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0",
                        **{_ALLOWED: getattr(request, "param", "2")})]  # fmt: skip
    worker = ("distributed.cli.dask_worker", *common, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
    running += [_started(*worker, "--local-directory", str(tmp_path / name)) for name in "ab"]
    try:
        end = time.monotonic() + 60
        while not file.exists() and time.monotonic() < end:
            time.sleep(0.05)
        import json

        yield json.loads(file.read_text())["address"], running
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


def test_a_cluster_stores_what_one_process_does_and_bears_losses(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, running = scheduler
    path = lines(tmp_path / "a.jsonl", 400)
    alone = open_store(f"sqlite:///{tmp_path}/alone.db")
    run(alone, Serial(slow.quick), tmp_path / "r", path)
    alone.close()

    cluster = Cluster(address, slow.slow)
    end = time.monotonic() + 60
    while cluster._threads() < 2 and time.monotonic() < end:
        time.sleep(0.05)
    assert cluster._threads() == 2
    taken = cluster.map

    def losing(chunks):  # type: ignore[no-untyped-def]
        """Kills a worker once some chunks are done."""
        for number, results in enumerate(taken(chunks)):
            if number == 3:
                running[1].kill()
            yield results

    cluster.map = losing  # type: ignore[method-assign]
    shared = open_store(f"sqlite:///{tmp_path}/shared.db")
    done = run(shared, cluster, tmp_path / "r", path)
    shared.close()
    assert (done.tally.articles, done.tally.rejected) == (400, 0)
    assert contents(f"sqlite:///{tmp_path}/shared.db") == contents(f"sqlite:///{tmp_path}/alone.db")

    # The last worker fails at one document and dies of no other; then the scheduler goes, too.
    engine = Cluster(address, slow.poisoned, patience=0.5)
    results = engine.map(
        [[Article(source="a", text="FAIL"), Article(source="b", text="b")], [Article(source="c", text="c")]]
    )
    assert next(results)[0] == Failure("a", "the extraction failed: ValueError: so it is")
    running[0].kill()
    running[0].wait()
    with pytest.raises(StartError, match="same command goes on"):
        list(engine.map([[Article(source="d", text="d")]]))
    engine.close()


@pytest.mark.parametrize("scheduler", ["0"], indirect=True)
def test_a_document_that_kills_its_workers_is_left(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, running = scheduler
    common = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    running += [_started("distributed.cli.dask_worker", address, *common) for _ in range(1)]
    engine = Cluster(address, slow.poisoned, patience=30)
    (first, second) = engine.map(
        [[Article(source="a", text="a"), Article(source="k", text="KILL")], [Article(source="b", text="b")]]
    )
    engine.close()
    assert [isinstance(one, Failure) and one.where for one in (*first, *second)] == [False, "k", False]


def test_no_scheduler_is_one_line() -> None:
    with pytest.raises(StartError, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        Cluster("tcp://127.0.0.1:1", slow.quick)
