"""Requests a second through the whole stack: one core for the server, the other for the load, rounds interleaved.

`python bench/serve.py [--events 1000,10000] [--datasette PROGRAM]`, with `wrk` on the path. Only ratios within a run
mean anything; the CPU time of the server for a request counts no other work of the machine. `kept` is the server as it
comes; `made` makes every answer anew; `304` is asked for with the tag that the client has, of both. Datasette gets
the same file, and SQL as good as ours. Then all matches at once, as NDJSON and as server-sent events: how many a second
of CPU time, and how far the memory of the server grows.
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
import urllib.error
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


_SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
_HEAD = 1000
"""Bytes of an answer without a body."""


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
    return command, at, PAGE, {"DRAGOMAN_ANSWER_CACHE": cache, "DRAGOMAN_STREAM_SECONDS": "0"}


def datasette(program: str, file: str) -> tuple[list[str], int, str, dict[str, str]]:
    """How Datasette is started on the same file."""
    at = port()
    path = f"/{Path(file).stem}.json?{urlencode({'sql': SQL, '_shape': 'array'})}"
    return [program, "serve", file, "--port", str(at), "--setting", "sql_time_limit_ms", "20000"], at, path, {}


def used(process: int) -> float:
    """CPU seconds of a process and what it started."""
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def held(process: int) -> int:
    """Bytes of memory of a process that are no pages of files."""
    found = re.search(r"RssAnon:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) * 1024


def known(url: str) -> list[str]:
    """The headers of who has a page already. What urllib adds to them by itself is among them, since the tag of a page
    hangs on it."""
    asked = {"Accept-Encoding": "identity"}
    with urllib.request.urlopen(urllib.request.Request(url, headers=asked)) as answer:
        asked["If-None-Match"] = str(answer.headers["ETag"])
    try:
        urllib.request.urlopen(urllib.request.Request(url, headers=asked))
    except urllib.error.HTTPError as again:
        if again.code == 304:
            return [f"{name}: {value}" for name, value in asked.items()]
        raise
    raise AssertionError("A page that is known comes again.")


def rate(url: str, process: int, seconds: int, *headers: str) -> tuple[float, float]:
    """Requests a second, and milliseconds of CPU time that the server took for one."""
    before = used(process)
    given = [part for one in headers for part in ("-H", one)]
    said = subprocess.run(
        pinned(1, ["wrk", "-t1", "-c32", f"-d{seconds}s", *given, url]), capture_output=True, text=True, check=True
    ).stdout
    read = re.search(r"requests in [^,]+, ([\d.]+)([KMG]?)B read", said)
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    bad = re.search(r"Non-2xx[^:]*: (\d+)", said)
    assert found, said
    assert not bad, said
    number = re.search(r"(\d+) requests in", said)
    assert number, said
    if any(one.startswith("If-None-Match") for one in headers):
        assert read, said
        assert float(read[1]) * _SIZES[read[2]] / int(number[1]) < _HEAD, "A page that is known comes again."
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
        for name, (url, process) in started.items():
            if name.endswith("made"):
                whole(name.removesuffix("made"), url.removesuffix(PAGE), process)


def whole(name: str, base: str, process: int) -> None:
    """Reads all events of a server, and prints how fast they came and how far its memory grew meanwhile."""
    for path, mark in (("/events.ndjson", b"\n"), ("/events/stream?since=0", b"\nevent: ")):
        cpu, memory, most, number, rest = used(process), held(process), 0, 0, b""
        with urllib.request.urlopen(base + path) as answer:
            while part := answer.read(1 << 20):
                number += (rest + part).count(mark)
                rest = part[1 - len(mark) :] if len(mark) > 1 else b""
                most = max(most, held(process))
        took, grown = used(process) - cpu, (most - memory) / 1e6
        print(f"{name}{path}: {number:,} events, {number / took:,.0f} a second of CPU, {grown:+.0f} MB", flush=True)


def compare(started: dict[str, tuple[str, int]], rounds: int, seconds: int) -> None:
    """Asks all servers in turn, and prints medians."""
    for name, (url, _) in started.items():
        print(f"{name}: {len(urllib.request.urlopen(url).read()):,} bytes", flush=True)
    asked: dict[str, tuple[str, int, list[str]]] = {name: (*one, []) for name, one in started.items()}
    for name, (url, process) in started.items():
        if name.endswith(("kept", "made")):
            asked[f"{name}, 304"] = (url, process, known(url))
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(rounds):
        for name, (url, process, headers) in asked.items():
            found[name].append(rate(url, process, seconds, *headers))
    medians = {
        name: [statistics.median(column) for column in zip(*rates, strict=True)] for name, rates in found.items()
    }
    for name in [one for one in found if one.endswith("304")]:
        size = name.removesuffix("kept, 304").removesuffix("made, 304")
        ratio = [medians[name][1] / medians[size + how][1] for how in ("kept", "made")]
        print(f"{name}: {ratio[0]:.2f} of the CPU time of a page kept, {ratio[1]:.3f} of one made anew", flush=True)
    least = min(one[0] for one in medians.values())
    for name, (requests, cpu) in medians.items():
        ratio = requests / least
        print(f"{name:18} {requests:8,.0f} requests/s {ratio:6.1f} x the slowest {cpu:6.2f} ms CPU each", flush=True)


if __name__ == "__main__":
    main()
