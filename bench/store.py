"""How the store bears size: loading, and the time of questions in the database, against the number of events.

`python bench/store.py [--events 10000,100000]`, part of `make bench`. Stores are made of
`bench/made.py` through the road that all articles take, and removed at the end. CPU time is measured, with that of the
server where there is one on this machine, so that other work counts little; read the ratios.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.store import page, read  # noqa: E402
from app.store.asked import CommitmentQuery, EventQuery  # noqa: E402
from app.store.engine import Store, open_store  # noqa: E402
from app.store.fold import fold  # noqa: E402
from app.store.wanted import Box, Name, Promised  # noqa: E402
from bench import clock as timing  # noqa: E402
from bench import grow, made  # noqa: E402

CONDITIONS = (
    *(
        "country",
        "country",
        "two",
        "topic",
        "type",
        "word",
        "words",
        "name",
        "language",
        "days",
        "since",
        "until",
        "box",
    ),
    *("sure", "changed", "promised"),
)
MIX = 300
"""Questions of the random mix."""


def mix(world: made.World, number: int) -> Iterator[EventQuery]:
    """Questions as people might put them together: one to three conditions, common or rare."""
    chance = random.Random(number)

    def word() -> str:
        return fold(chance.choice(world.words[chance.choice(("vi", "zh", "en"))]))

    for _ in range(number):
        people = world.people[chance.choice(("US", *made.OTHERS))]
        country, topic = chance.choice(("US", *made.OTHERS)), chance.choice(world.topics).value
        wanted: dict[str, object] = {}
        first = made.FIRST_DAY + timedelta(chance.randrange(made.DAYS))
        for one in chance.sample(CONDITIONS, k=chance.choice((1, 2, 2, 3))):
            wanted |= {
                "country": {"countries": (country,)},
                "two": {"countries": ("US", country)},
                "topic": {"topics": (topic,)},
                "type": {"types": (chance.choice(world.types).value,)},
                "word": {"phrases": (word(),)},
                "words": {"phrases": (word(), word())},
                "name": {"participants": (Name(fold(name := chance.choice(people).name), name),)},
                "language": {"languages": (chance.choice(("vi", "zh", "en")),)},
                "days": {"date_from": first, "date_to": first + timedelta(chance.choice((1, 30, 365)))},
                "since": {"date_from": first},
                "until": {"date_to": first},
                "box": {"box": Box(100, 8, 110, 24)},
                "sure": {"min_confidence": chance.choice((0.5, 0.95))},
                "changed": {"updated_since": "2020-01-01T00:00:00Z"},
                "promised": {"promised": chance.choice(_promises(first, chance))},
            }[one]
        yield EventQuery(**wanted)  # type: ignore[arg-type]


def _promises(first: date, chance: random.Random) -> tuple[Promised, ...]:
    least, unit = 10.0 ** chance.randrange(8), chance.choice(made.UNITS)
    return (
        Promised(deadline_from=first),
        Promised(unit=unit, amount_min=least),
        Promised(amount_min=least, amount_max=least * 5, deadline_to=first + timedelta(3650)),
    )


def _of_commitments(asked: EventQuery) -> CommitmentQuery:
    """The same asked of commitments: what they have not, of their events."""
    around = EventQuery(box=asked.box, min_confidence=asked.min_confidence)
    same = {one.name: getattr(asked, one.name) for one in fields(CommitmentQuery) if hasattr(asked, one.name)}
    return CommitmentQuery(**same, event=around if around != EventQuery() else None)


def took(
    store: Store, clock: Callable[[], float], asked: EventQuery | CommitmentQuery, cursor: str | None = None
) -> float:
    """Milliseconds that a page takes, on the road that it takes in the server, when it is asked for again."""
    turn(store, asked, cursor)
    return once(store, clock, asked, cursor)


def once(
    store: Store, clock: Callable[[], float], asked: EventQuery | CommitmentQuery, cursor: str | None = None
) -> float:
    """The same when it is asked for first: its SQL is made, too."""
    begin = clock()
    turn(store, asked, cursor)
    return (clock() - begin) * 1000


def turn(store: Store, asked: EventQuery | CommitmentQuery, cursor: str | None) -> page.Page:
    """A page."""
    rest = cursor, 50, store.secret
    if isinstance(asked, CommitmentQuery):
        return store.at_once(lambda quick: quick.commitments(asked, *rest))
    return store.at_once(lambda quick: quick.events(asked, *rest))


def deep(store: Store, asked: EventQuery, pages: int) -> tuple[str | None, int]:
    """The cursor after so many pages, or after all of them, and how many that were."""
    cursor = None
    for number in range(pages):
        following = turn(store, asked, cursor).cursor
        if following is None:
            return cursor, number
        cursor = following
    return cursor, pages


def measure(url: str, questions: int) -> tuple[float, float]:
    """Prints one line a figure. Milliseconds of the first page, and the median of the mix."""
    store = open_store(url)
    with store.read() as session:
        held = read.counts(session)
    us = EventQuery(countries=("US",))
    turn(store, us, None)
    clock = timing.of(store)
    first = statistics.median(took(store, clock, us) for _ in range(20))
    cursor, pages = deep(store, us, 10_000)
    later = statistics.median(took(store, clock, us, cursor) for _ in range(20))
    # Every fourth question is one about commitments.
    asked = [_of_commitments(one) if place % 4 == 3 else one for place, one in enumerate(mix(made.World(), questions))]
    anew = [once(store, clock, one) for one in asked]
    times = sorted(((took(store, clock, one), one) for one in asked), key=lambda pair: pair[0])
    store.close()
    median, rare = times[len(times) // 2][0], times[int(len(times) * 0.99)][0]
    print(f"\n{held.articles:,} articles, {held.events:,} events")
    print(f"  country=US: page 1 {first:.2f} ms; page {pages:,} {later:.2f} ms, {later / first:.2f} times that")
    print(f"  mix of {questions}: median {median:.2f} ms, p99 {rare:.1f} ms; when first asked:", end=" ")
    print(f"median {statistics.median(anew):.2f} ms, worst {max(anew):.1f} ms")
    for worst, asked in times[:-4:-1]:
        print(f"    worst {worst:.1f} ms: {shown(asked)}", flush=True)
    return first, median


def shown(asked: EventQuery | CommitmentQuery) -> str:
    """A question in short."""
    given = {field.name: getattr(asked, field.name) for field in fields(asked)}
    return f"{type(asked).__name__}: " + ", ".join(f"{name}={value}" for name, value in given.items() if value)


def main() -> None:
    """Prints everything."""
    parser = argparse.ArgumentParser(description="How the store bears size.")
    parser.add_argument("--events", default="1000,10000", help="sizes, separated by commas")
    parser.add_argument("--questions", type=int, default=MIX)
    parser.add_argument("--database", help="address of an empty database, for one size; default: SQLite files")
    parser.add_argument("--filled", action="store_true", help="the database has its records already")
    parser.add_argument("--folder", type=Path, help="keeps the SQLite files here, and measures those that are there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dragoman-bench-") as temporary:
        smallest: tuple[float, float] | None = None
        for size in map(int, given.events.split(",")):
            url = given.database or f"sqlite:///{grow.kept(given.folder or Path(temporary), size)}"
            if given.database and not given.filled:
                grow.fill(url, size)
            found = measure(url, given.questions)
            smallest = smallest or found
            print(f"  page 1 {found[0] / smallest[0]:.2f} and median {found[1] / smallest[1]:.2f} times the smallest")
        print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
