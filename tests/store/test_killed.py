"""A load that is killed, for real and at any moment, leaves whole articles or none. DRAGOMAN_KILLS says how many times;
`make soak` many."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from itertools import count
from multiprocessing.connection import Connection

import pytest
from sqlalchemy import text

import app.ingest
from app.ingest import ingest
from app.records import Article
from app.store import doctor
from app.store.engine import open_store
from tests import toy

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "6"))
PLACES, EVENTS = 40, 3
# Starts processes out of one that has read all modules already.
PROCESSES = multiprocessing.get_context("forkserver")


def article(number: int) -> Article:
    """The n-th text of an address: it replaces an older one. Some tell of what others tell, too."""
    place = number % PLACES
    found = [
        {
            "day": f"2021-01-{1 + place % 28:02}",
            "countries": ["US", "VN"],
            "names": ["Joe Biden", f"Name {position}{'' if position else place % 7}"],
            "title": f"{place}.{position}",
        }
        for position in range(EVENTS)
    ]
    return Article(
        source=str(number), text=toy.text_of(*found, words=f"News {number}"), url=f"https://a.example/{place}"
    )


def load(url: str, first: int, last: int | None, started: Connection) -> None:
    """Loads texts, without end where there is no last one."""
    app.ingest.BATCH = 5
    store = open_store(url)
    numbers = count(first) if last is None else range(first, last)
    started.send(True)
    for _ in ingest(store, toy.extract, map(article, numbers)):
        pass


def kill(url: str, first: int, after: float) -> int:
    """Loads for some seconds, then kills. The signal that ended it."""
    here, there = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=load, args=(url, first, None, there))
    process.start()
    there.close()
    assert here.recv()
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return -(process.exitcode or 0)


def is_whole(url: str) -> int:
    """Nothing is lost or left over, and every article has all it says. How many articles there are."""
    assert [(one.check.holds, one.shown) for one in doctor.examine(url) if one.number] == []
    store = open_store(url)
    with store.read() as session:
        sizes = session.execute(
            text(
                "SELECT a.key, count(r.key) FROM article a LEFT JOIN readout r ON r.article_key = a.key GROUP BY a.key"
            )
        ).all()
    store.close()
    assert {number for _, number in sizes} <= {EVENTS}
    return len(sizes)


@pytest.mark.both
def test_a_killed_load_leaves_whole_articles_and_can_be_taken_up(database: str) -> None:
    PROCESSES.set_forkserver_preload(["tests.store.test_killed"])
    chance = random.Random(KILLS)
    open_store(database).close()
    signals = []
    for number in range(KILLS):
        signals.append(kill(database, number * 1000, chance.uniform(0, 0.5)))
        is_whole(database)
    assert signals == [signal.SIGKILL] * KILLS
    _, there = PROCESSES.Pipe(duplex=False)
    load(database, KILLS * 1000, KILLS * 1000 + PLACES, there)
    assert is_whole(database) == PLACES
