"""How fast articles are read in: articles a second into SQLite and PostgreSQL, from text and from pages, with one
process and with more; memory over time. Rates are of this machine, ratios of one run can be compared.

`python bench/ingest.py [--articles N] [--workers 1,2] [--cluster]`. Articles are made of the samples, each with a
number in it, so that none is known yet. CPU seconds stand beside: on a busy machine they tell more than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.loading.processes import Processes  # noqa: E402
from app.loading.rejects import Rejects  # noqa: E402
from app.loading.run import Run  # noqa: E402
from app.loading.work import Engine, Serial, rules  # noqa: E402
from app.sources.limits import Options  # noqa: E402
from app.sources.read import documents  # noqa: E402
from app.store.engine import open_store  # noqa: E402
from tests.postgres import Server  # noqa: E402


def samples() -> list[str]:
    """The sample articles."""
    return [path.read_text(encoding="utf-8").strip() for path in sorted((ROOT / "data/samples").glob("??-*.txt"))]


def articles(number: int) -> Iterator[str]:
    """So many texts, no two alike."""
    for n, text in enumerate(islice(cycle(samples()), number)):
        head, _, rest = text.partition("\n")
        yield f"{head}\n{rest}\n\nNo. {n}."


def as_page(text: str) -> str:
    """A page around a text, with as much beside it as news sites have."""
    head, _, rest = text.partition("\n")
    links = "".join(f'<li><a href="/{n}">Another story of the day, number {n}</a></li>' for n in range(400))
    body = "".join(f"<p>{escape(line)}</p>" for line in rest.split("\n") if line.strip())
    styles = "<style>" + ".a { color: red; margin: 0 }\n" * 800 + "</style>"
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{escape(head)}</title>{styles}</head><body>"
        f"<nav><ul>{links}</ul></nav><article><h1>{escape(head)}</h1>{body}</article><aside><ul>{links}</ul></aside>"
        "</body></html>"
    )


class Memory:
    """The largest resident size of this process and its children, looked at now and then."""

    def __init__(self) -> None:
        self.over_time: list[int] = []
        self._done = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._done.wait(0.5):
            self.over_time.append(sum(map(self._size, [os.getpid(), *self._children()])))

    def _children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=False
        ).stdout
        return [int(one) for one in listed.split()]

    def _size(self, pid: int) -> int:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
        except OSError:
            return 0

    def stop(self) -> list[int]:
        """Megabytes at ten moments."""
        self._done.set()
        step = max(1, len(self.over_time) // 10)
        return self.over_time[::step][:10]


def cpu() -> float:
    """CPU seconds of this process and of those that ended."""
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def measure(name: str, source: Path, number: int, url: str, engine: Engine, alone: float | None) -> float:
    """Loads a file and prints a line; articles a second."""
    store = open_store(url)
    run = Run(store, engine, Rejects(None))
    memory, cpu_before = Memory(), cpu()
    # The start of workers is no matter of the number of articles: the clock runs from the first batch on.
    first: list[tuple[float, int]] = []
    run.progress = lambda tally: first.append((time.monotonic(), tally.articles)) if not first else None
    tally = run.load(documents([str(source)], Options(remembered=run.remembered)))
    end = time.monotonic()
    engine.close()
    store.close()
    assert tally.articles == number, tally
    begun, had = first[0]
    rate = (number - had) / (end - begun)
    used = cpu() - cpu_before
    scaled = f"{rate / alone:5.2f}" if alone else " 1.00"
    sizes = " ".join(map(str, memory.stop()))
    print(
        f"{name:34} {rate:8.0f}/s  x{scaled}  {used / number * 1000:7.2f} ms CPU each  MB over time: {sizes}",
        flush=True,
    )
    return rate


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A Dask scheduler with so many worker processes."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/scheduler.json"
        common = ["--scheduler-file", file, "--no-dashboard", "--host", "127.0.0.1"]
        commands = [["dask_scheduler", *common, "--port", "0"]]
        commands += [["dask_worker", *common, "--nthreads", "1", "--no-nanny"]] * workers
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
        started = [
            subprocess.Popen([sys.executable, "-m", f"distributed.cli.{c[0]}", *c[1:]], **quiet) for c in commands
        ]  # type: ignore[call-overload]
        while not Path(file).exists():
            time.sleep(0.1)
        yield json.loads(Path(file).read_text())["address"]
        for one in started:
            one.kill()
            one.wait()


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description="Speed of reading in.")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--workers", default=f"1,{os.cpu_count() or 1}")
    parser.add_argument("--cluster", action="store_true", help="Dask workers too")
    parser.add_argument("--no-postgresql", action="store_true")
    given = parser.parse_args()
    counts = [int(one) for one in given.workers.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        texts, pages = Path(folder) / "a.jsonl", Path(folder) / "pages.zip"
        size = 0
        with texts.open("w") as file:
            for text in articles(given.articles):
                size += len(text)
                file.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
        page_count = max(200, given.articles // 4)
        with zipfile.ZipFile(pages, "w", zipfile.ZIP_DEFLATED) as archive:
            for n, text in enumerate(articles(page_count)):
                archive.writestr(f"{n}.html", as_page(text))
        print(f"{given.articles} texts of {size // given.articles} characters, {page_count} pages of them")
        numbers = iter(range(100))

        def fresh() -> str:
            return f"sqlite:///{folder}/{next(numbers)}.db"

        kinds = (("text", texts, given.articles), ("pages", pages, page_count))
        for kind, source, number in kinds:
            alone = measure(f"{kind}, SQLite, in one process", source, number, fresh(), Serial(rules), None)
            for count in counts:
                engine = Processes(rules, count)
                measure(f"{kind}, SQLite, {count} workers", source, number, fresh(), engine, alone)
        if not given.no_postgresql:
            server = Server()
            url = server.empty_database()
            measure("text, PostgreSQL, in one process", texts, given.articles, url, Serial(rules), None)
            server.stop()
        if given.cluster:
            from app.plugins.dask_engine import Cluster  # noqa: PLC0415  an extra

            one = None
            for count in counts:
                with cluster(count) as address:
                    engine_ = Cluster(address, rules)
                    rate = measure(f"text, SQLite, {count} Dask workers", texts, given.articles, fresh(), engine_, one)
                    one = one or rate


if __name__ == "__main__":
    main()
