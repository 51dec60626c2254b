"""Requests a second through the whole stack: one core for the server, the other for the load, rounds interleaved.

`python bench/serve.py [--events 1000,10000] [--datasette PROGRAM]`, with `wrk` on the path. Only ratios within a run
mean anything; the CPU time of the server for a request counts no other work of the machine. `kept` is the server as it
comes; `made` makes every answer anew. Datasette gets the same file, and SQL as good as ours.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench import grow  # noqa: E402

PAGE = "/events?country=US"
SQL = """select e.id, e.document from event_search s join event e on e.key = s.rowid
where event_search match '"country=US"' order by s.rowid desc limit 50"""


def pinned(core: int, command: list[str]) -> list[str]:
    """The command on one core, where the machine can do that."""
    return ["taskset", "-c", str(core), *command] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else command


@contextmanager
def server(command: list[str], port: int, path: str, **environment: str) -> Iterator[tuple[str, int]]:
    """A running server: the address of a page, and the process."""
    given = os.environ | environment | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        pinned(0, command), env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        url = f"http://127.0.0.1:{port}{path}"
        try:
            for _ in range(600):
                try:
                    urllib.request.urlopen(url).read()
                    break
                except OSError:
                    time.sleep(0.1)
            yield url, process.pid
        finally:
            process.terminate()


def port() -> int:
    """A free one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def dragoman(database: str, cache: str) -> tuple[list[str], int, str, dict[str, str]]:
    """How our server is started."""
    at = port()
    command = [sys.executable, "-m", "app.cli", "run", "--no-samples", "--port", str(at), "--database", database]
    return command, at, PAGE, {"DRAGOMAN_ANSWER_CACHE": cache}


def datasette(program: str, file: str) -> tuple[list[str], int, str, dict[str, str]]:
    """How Datasette is started on the same file."""
    at = port()
    path = f"/{Path(file).stem}.json?{urlencode({'sql': SQL, '_shape': 'array'})}"
    return [program, "serve", file, "--port", str(at), "--setting", "sql_time_limit_ms", "20000"], at, path, {}


def used(process: int) -> float:
    """CPU seconds of a process and what it started."""
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def rate(url: str, process: int, seconds: int) -> tuple[float, float]:
    """Requests a second, and milliseconds of CPU time that the server took for one."""
    before = used(process)
    said = subprocess.run(
        pinned(1, ["wrk", "-t1", "-c32", f"-d{seconds}s", url]), capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    bad = re.search(r"Non-2xx[^:]*: (\d+)", said)
    assert found, said
    assert not bad, said
    number = re.search(r"(\d+) requests in", said)
    assert number, said
    return float(found[1]), (used(process) - before) / int(number[1]) * 1000


def main() -> None:
    """Prints the medians, and each against the last."""
    parser = argparse.ArgumentParser(description="Requests a second through the whole stack.")
    parser.add_argument("--events", default="1000,10000")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", help="address of a filled database in place of made-up files")
    parser.add_argument("--folder", type=Path, help="where the files of bench/store.py are, or are to be kept")
    parser.add_argument("--datasette", metavar="PROGRAM", help="measure Datasette on the last of the files, too")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as temporary, ExitStack() as running:
        databases = {"": given.database}
        if not given.database:
            files = {
                size: grow.kept(given.folder or Path(temporary), size) for size in map(int, given.events.split(","))
            }
            databases = {f"{size:,} ": f"sqlite:///{file}" for size, file in files.items()}
        started = {}
        for name, database in databases.items():
            for how, cache in (("kept", "64000000"), ("made", "0")):
                command, at, path, more = dragoman(database, cache)
                started[f"{name}{how}"] = running.enter_context(server(command, at, path, **more))
        if given.datasette and not given.database:
            command, at, path, more = datasette(given.datasette, str(list(files.values())[-1]))
            started["Datasette"] = running.enter_context(server(command, at, path, **more))
        compare(started, given.rounds, given.seconds)


def compare(started: dict[str, tuple[str, int]], rounds: int, seconds: int) -> None:
    """Asks all servers in turn, and prints medians."""
    for name, (url, _) in started.items():
        print(f"{name}: {len(urllib.request.urlopen(url).read()):,} bytes", flush=True)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in started}
    for _ in range(rounds):
        for name, (url, process) in started.items():
            found[name].append(rate(url, process, seconds))
    medians = {
        name: [statistics.median(column) for column in zip(*rates, strict=True)] for name, rates in found.items()
    }
    least = min(one[0] for one in medians.values())
    for name, (requests, cpu) in medians.items():
        ratio = requests / least
        print(f"{name:16} {requests:8,.0f} requests/s {ratio:6.1f} x the slowest {cpu:6.2f} ms CPU each", flush=True)


if __name__ == "__main__":
    main()
