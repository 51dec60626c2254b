"""How fast articles are read in: articles a second into SQLite and PostgreSQL, from text and from pages, with one
process and with more; memory over time. Rates are of this machine, ratios of one run can be compared.

`python bench/ingest.py [--articles N] [--workers 1,2] [--cluster] [--short]`. Articles are made of the samples, each
with a number in it, so that none is known yet; `--short` takes the head and a few sentences of each. Three kinds:
`text` and `pages` tell of events, each of them, which is the dearest there is; `stream` is what an archive of news has
(CC-NEWS): one article in ten tells of events, nine of other things; in `ready` extraction is done before: what reading
the file, looking up, merging and storing allow.
On a busy machine the clock tells little. So CPU time stands beside, of the process that stores and of those that
read, and how much of the time a reader waits for work: what it does not, it scales with, given a core of its own.
"""

from __future__ import annotations

import argparse
import calendar
import gc
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.loading.processes import Processes  # noqa: E402
from app.loading.rejects import Rejects  # noqa: E402
from app.loading.run import Run  # noqa: E402
from app.loading.work import Engine, Make, Serial, rules  # noqa: E402
from app.records import Extraction  # noqa: E402
from app.sources.limits import Options  # noqa: E402
from app.sources.read import documents  # noqa: E402
from app.store.engine import open_store  # noqa: E402
from bench import made  # noqa: E402
from tests.postgres import Server  # noqa: E402


def samples() -> list[str]:
    """The sample articles."""
    return [path.read_text(encoding="utf-8").strip() for path in sorted((ROOT / "data/samples").glob("??-*.txt"))]


KINDS = ("text", "stream", "pages", "ready")
SHORT = 400
"""Characters of a short article, beside its head."""


_MONTHS = list(calendar.month_name[1:])
_NUMERALS = re.compile(
    rf"(?P<month>(?<=\d/)\d\d?(?!\d)|(?<=tháng )\d\d?|\d\d?(?=月))|\d+|\b(?P<name>{'|'.join(_MONTHS)})\b"
)
_ADDRESS = re.compile(r"https?://[^\s?]+")


def articles(number: int, longest: int | None = None) -> Iterator[str]:
    """So many texts, no two alike, and few about one event: each round of the samples has other days and years, and
    other addresses, since a text takes the place of the one that had its address before."""
    known = samples()
    for n, text in enumerate(islice(cycle(known), number)):
        turn = n // len(known)
        head, _, rest = _ADDRESS.sub(rf"\g<0>-{turn}", text).partition("\n")
        yield _NUMERALS.sub(partial(_turned, turn=turn), f"{head}\n{rest[:longest]}") + f"\n\nNo. {n}."


TELLS = 10
"""Of so many articles of a stream one tells of events."""


def stream(number: int, longest: int | None = None) -> Iterator[str]:
    """So many texts as they come from many papers, no two alike: one in `TELLS` is a sample that tells of events, the
    others are put together of paragraphs about other things, of one language each, with other numbers."""
    chance = random.Random(number)
    paragraphs: dict[str, list[str]] = {}
    for path in sorted((ROOT / "bench/general").glob("*.txt")):
        found = path.read_text(encoding="utf-8").split("\n")
        paragraphs.setdefault(path.name[:2], []).extend(one.strip() for one in found if one.strip())
    telling = articles(-(-number // TELLS), longest)
    for n in range(number):
        if n % TELLS == 0:
            yield next(telling)
            continue
        known = paragraphs[("vi", "zh", "en")[n % 3]]
        head, *rest = chance.sample(known, k=chance.randrange(6, 14))
        text = f"{head}\n" + "\n\n".join(rest)[:longest]
        yield _NUMERALS.sub(partial(_turned, turn=n), text) + f"\n\nNo. {n}."


def _turned(found: re.Match[str], *, turn: int) -> str:
    """Another day for a day: another month each turn, another day each twelve, another year when those are used up. Who
    meets was in office for some years only, and days when they were not are read as others when they were."""
    if found["name"]:
        return _MONTHS[(_MONTHS.index(found["name"]) + turn) % 12]
    numeral, value = found[0], int(found[0])
    if found["month"]:
        return str(1 + (value - 1 + turn) % 12)
    if len(numeral) == 4 and 1990 <= value <= 2030:
        return str(value - turn // (12 * 28) % 3)
    return str(1 + (value - 1 + 5 * (turn // 12)) % 28) if 1 <= value <= 28 else numeral


def ready(number: int, into: Path) -> dict[str, Extraction]:
    """Writes so many made-up articles, a line each. What extraction says of each, by its text."""
    found: dict[str, Extraction] = {}
    with into.open("w") as file:
        for article, extraction in islice(made.reports(number), number):
            found[article.text] = extraction.model_copy(update={"source": into.name})
            line = {"text": article.text, "url": article.url, "published": f"{article.published or ''}" or None}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return found


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
            self.over_time.append(sum(map(self._size, [os.getpid(), *children()])))

    def _size(self, pid: int) -> int:
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() >> 20
        except OSError:
            return 0

    def stop(self) -> list[int]:
        """Megabytes at ten moments, the last among them."""
        self._done.set()
        last = len(self.over_time) - 1
        return [self.over_time[last * tenth // 9] for tenth in range(10)] if last >= 0 else []


class Effort:
    """What processes did from one moment on, by the account of the kernel."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._before = {pid: self._spent(pid) for pid in [os.getpid(), *children()]}

    def _spent(self, pid: int) -> dict[str, tuple[float, float]]:
        """Of each thread the seconds it had a core, and those it had something to do."""
        found = {}
        for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
            running, ready_to_run, _ = (int(one) / 1e9 for one in file.read_text().split())
            found[file.parent.name] = running, running + ready_to_run
        return found

    def until_now(self) -> tuple[float, float, float | None]:
        """CPU seconds of this process, of all its children, and the part of the time that the children that read had
        nothing to do; None where there are none."""
        took = time.monotonic() - self._begun
        cores, idle = [], []
        for pid, before in self._before.items():
            now = self._spent(pid)
            spent = [(core - b[0], busy - b[1]) for one, (core, busy) in now.items() for b in [before.get(one, (0, 0))]]
            cores.append(sum(core for core, _ in spent))
            idle.append(1 - max((busy for _, busy in spent), default=0) / took)
        # A scheduler and what keeps the files of Python apart do next to nothing.
        readers = [one for one, core in zip(idle[1:], cores[1:], strict=True) if core > max(cores[1:]) / 4]
        return cores[0], sum(cores[1:]), max(0.0, sum(readers) / len(readers)) if readers else None


def children() -> list[int]:
    """The processes that this one started."""
    listed = " ".join(file.read_text() for file in Path("/proc/self/task").glob("*/children"))
    return [int(one) for one in listed.split()]


def measure(name: str, source: Path, number: int, url: str, engine: Engine, alone: float | None) -> float:
    """Loads a file and prints a line; articles a second."""
    store = open_store(url)
    run = Run(store, engine, Rejects(None))
    memory = Memory()
    # The start of workers is no matter of the number of articles: the clock runs from the first batch on.
    first: list[tuple[float, int, Effort]] = []
    run.progress = lambda tally: first.append((time.monotonic(), tally.articles, Effort())) if not first else None
    tally = run.load(documents([str(source)], Options(remembered=run.remembered)))
    end = time.monotonic()
    begun, had, effort = first[0]
    storing, reading, idle = effort.until_now()
    engine.close()
    store.close()
    assert tally.articles == number, tally
    left = number - had
    rate = left / (end - begun)
    scaled = f"{rate / alone:5.2f}" if alone else " 1.00"
    each = f"{storing / left * 1000:6.2f} + {reading / left * 1000:6.2f} ms CPU each"
    waits = "" if idle is None else f"  readers wait {idle:4.0%}"
    sizes = " ".join(map(str, memory.stop()))
    print(f"{name:34} {rate:8.0f}/s  x{scaled}  {each}{waits}  MB over time: {sizes}", flush=True)
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
            subprocess.Popen([sys.executable, "-m", f"distributed.cli.{c[0]}", *c[1:]], **quiet)  # type: ignore[call-overload]
            for c in commands
        ]
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
    parser.add_argument("--short", action="store_true", help="short articles")
    parser.add_argument("--only", choices=KINDS, help="one kind of source")
    given = parser.parse_args()
    counts = [int(one) for one in given.workers.split(",")]
    kinds = (given.only,) if given.only else KINDS
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(100))

        def fresh() -> str:
            return f"sqlite:///{folder}/{next(numbers)}.db"

        server = None if given.no_postgresql else Server()
        for kind in kinds:
            source, number, extract = _source(kind, Path(folder), given.articles, SHORT if given.short else None)
            alone = measure(f"{kind}, SQLite, in one process", source, number, fresh(), Serial(extract), None)
            travels = partial(made.extractor, number) if kind == "ready" else rules
            for count in counts:
                measure(f"{kind}, SQLite, {count} workers", source, number, fresh(), Processes(travels, count), alone)
            if server:
                url = server.empty_database()
                measure(f"{kind}, PostgreSQL, in one process", source, number, url, Serial(extract), alone)
                if kind == "text":
                    url = server.empty_database()
                    name = f"{kind}, PostgreSQL, {max(counts)} workers"
                    measure(name, source, number, url, Processes(rules, max(counts)), alone)
            if given.cluster and kind == "text":
                _on_a_cluster(counts, source, number, fresh)
        if server:
            server.stop()


def _source(kind: str, folder: Path, number: int, longest: int | None) -> tuple[Path, int, Make]:
    """A file of a kind, how many articles it has, and what makes their extractor."""
    file = folder / ("pages.zip" if kind == "pages" else f"{kind}.jsonl")
    make: Make = rules
    if kind == "ready":
        found = ready(number, file)
        # What this process has made up for itself is not looked through for cycles while it stores.
        gc.freeze()
        make = lambda: lambda article: found[article.text]  # noqa: E731
    elif kind == "pages":
        number = max(200, number // 4)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for n, text in enumerate(articles(number, longest)):
                archive.writestr(f"{n}.html", as_page(text))
    else:
        with file.open("w") as lines:
            for text in (stream if kind == "stream" else articles)(number, longest):
                lines.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
    print(f"{kind}: {number} articles, {file.stat().st_size // number} bytes each")
    return file, number, make


def _on_a_cluster(counts: Sequence[int], source: Path, number: int, fresh: Callable[[], str]) -> None:
    from app.plugins.dask_engine import Cluster  # noqa: PLC0415  an extra

    one = None
    for count in counts:
        with cluster(count) as address:
            rate = measure(f"text, SQLite, {count} Dask workers", source, number, fresh(), Cluster(address, rules), one)
        one = one or rate


if __name__ == "__main__":
    main()
