"""How the store bears size: loading, and the time of questions in the database, against the number of events.

`python bench/store.py [--events 10000,100000]`, part of `make bench`. Stores are made of
`bench/made.py` through the road that all articles take, and removed at the end. Loading is measured in CPU time, so
that other work on the machine counts little; read the ratios.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlmodel import Session  # noqa: E402

from app.ingest import ingest  # noqa: E402
from app.store import page, read  # noqa: E402
from app.store.asked import EventQuery, Name  # noqa: E402
from app.store.engine import Store, open_store  # noqa: E402
from app.store.fold import fold  # noqa: E402
from bench import made  # noqa: E402

AT_ONCE = 2_000
"""Articles that are made before the clock runs."""
MIX = 300
"""Questions of the random mix."""


def load(store: Store, events: int) -> float:
    """Fills a store. Articles a second of CPU time, without the time to make them up."""
    reports, took, number = made.reports(events), 0.0, 0
    while some := list(islice(reports, AT_ONCE)):
        found = {article.source: extraction for article, extraction in some}
        begin = time.process_time()
        for _ in ingest(store, lambda article, found=found: found[article.source], [one for one, _ in some]):  # type: ignore[misc]
            pass
        took += time.process_time() - begin
        number += len(some)
    return number / took


def mix(world: made.World, number: int) -> Iterator[EventQuery]:
    """Questions as people might put them together: one to three conditions, common or rare."""
    chance = random.Random(number)

    def word() -> str:
        return fold(chance.choice(world.words[chance.choice(("vi", "zh", "en"))]))

    for _ in range(number):
        people = world.people[chance.choice(("US", *made.OTHERS))]
        country, topic = chance.choice(("US", *made.OTHERS)), chance.choice(world.topics).value
        wanted: dict[str, object] = {}
        for one in chance.sample(("country", "two", "topic", "type", "word", "words", "name", "language"), k=2):
            wanted |= {
                "country": {"countries": (country,)},
                "two": {"countries": ("US", country)},
                "topic": {"topics": (topic,)},
                "type": {"types": (chance.choice(world.types).value,)},
                "word": {"phrases": (word(),)},
                "words": {"phrases": (word(), word())},
                "name": {"participants": (Name(fold(name := chance.choice(people).name), name),)},
                "language": {"languages": (chance.choice(("vi", "zh", "en")),)},
            }[one]
        yield EventQuery(**wanted)  # type: ignore[arg-type]


def took(session: Session, store: Store, asked: EventQuery, cursor: str | None = None) -> float:
    """Milliseconds that a page takes when its question is asked the second time."""
    # SQLite works in this process, whose CPU time does not count what else the machine does.
    clock = time.process_time if session.get_bind().dialect.name == "sqlite" else time.perf_counter
    page.events(session, asked, cursor, 50, store.secret)
    begin = clock()
    page.events(session, asked, cursor, 50, store.secret)
    return (clock() - begin) * 1000


def deep(session: Session, store: Store, asked: EventQuery, pages: int) -> tuple[str | None, int]:
    """The cursor after so many pages, or after all of them, and how many that were."""
    cursor = None
    for number in range(pages):
        following = page.events(session, asked, cursor, 50, store.secret).cursor
        if following is None:
            return cursor, number
        cursor = following
    return cursor, pages


def measure(url: str, events: int, questions: int) -> None:
    """Prints one line a figure."""
    store = open_store(url)
    rate = load(store, events)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with store.read() as session:
        held = read.counts(session)
        us = EventQuery(countries=("US",))
        first = statistics.median(took(session, store, us) for _ in range(20))
        cursor, pages = deep(session, store, us, min(10_000, events // 400))
        later = statistics.median(took(session, store, us, cursor) for _ in range(20))
        times = sorted(took(session, store, asked) for asked in mix(made.World(), questions))
    store.close()
    print(f"\n{held.articles:,} articles, {held.events:,} events")
    print(f"  loading: {rate:,.0f} articles a second of CPU time; memory at most {memory:.0f} MB")
    print(f"  country=US: page 1 {first:.2f} ms; page {pages:,} {later:.2f} ms, {later / first:.2f} times that")
    print(f"  mix of {questions}: median {times[len(times) // 2]:.2f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms,")
    print(f"  worst {times[-1]:.1f} ms", flush=True)


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description="How the store bears size.")
    parser.add_argument("--events", default="1000,10000", help="sizes, separated by commas")
    parser.add_argument("--questions", type=int, default=MIX)
    parser.add_argument("--database", help="address of an empty database, for one size; default: SQLite files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as folder:
        for size in map(int, given.events.split(",")):
            measure(given.database or f"sqlite:///{folder}/{size}.db", size, given.questions)


if __name__ == "__main__":
    main()
