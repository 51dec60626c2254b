"""What is killed, for real and at any moment, leaves whole articles or none and whole corrections or none, and can be
taken up: loads, corrections, reading anew. DRAGOMAN_KILLS says how many times; `make soak` many."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from typing import Any
from unittest.mock import patch

import pytest
from sqlalchemy import text

import app.ingest
from app.errors import DragomanError
from app.ingest import ingest
from app.loading.work import Serial
from app.records import Article, Extraction
from app.reextract import Reextraction
from app.store import correcting, doctor
from app.store.corrections import Action, Correction
from app.store.engine import Store, open_store
from app.store.rebuild import rebuild
from tests import toy
from tests.command import COPIES

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "6"))
PLACES, EVENTS = 40, 3


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


def load(store: Store, first: int, last: int | None = None) -> None:
    """Loads texts, without end where there is no last one."""
    numbers = count(first) if last is None else range(first, last)
    with patch.object(app.ingest, "BATCH", 5):
        for _ in ingest(store, toy.extract, map(article, numbers)):
            pass


def change(store: Store, chance: random.Random) -> None:
    """Corrects, hides, merges or splits, and mostly takes that back."""
    id_ = None
    with suppress(DragomanError), store.write() as session:
        events = list(session.execute(text("SELECT id FROM event ORDER BY id")).scalars())
        one, other = chance.sample(events, 2)
        said = text("SELECT r.id FROM readout r JOIN event e ON e.key = r.event_key WHERE e.id = :id ORDER BY r.id")
        readouts = list(session.execute(said, {"id": one}).scalars())
        wanted: list[dict[str, Any]] = [
            {"action": Action.set, "pointer": "/title", "value": f"No. {chance.random()}"},
            {"action": Action.set, "pointer": "/topics", "value": ["trade"]},
            {"action": Action.hide, "pointer": chance.choice(["", "/participants/0"])},
            {"action": Action.merge, "events": (other,)},
            {"action": Action.split_off, "readouts": readouts[:1]},
        ]
        asked = Correction(why="It is so.", **chance.choice(wanted))
        id_ = correcting.correct(session, one, asked, "a test")
    if id_ and chance.random() < 0.8:
        with store.write() as session:
            correcting.revert(session, id_, "a test", "It is not so.")


def correct(store: Store, first: int) -> None:
    """Changes events without end."""
    chance = random.Random(first)
    while True:
        change(store, chance)


def read_anew(store: Store, first: int) -> None:
    """Reads all articles with other rules each time, without end."""
    for number in count(first):

        def other(article: Article, number: int = number) -> Extraction:
            found = toy.extract(article)
            events = tuple(one.model_copy(update={"title": f"{one.title} {number}"}) for one in found.events)
            return found.model_copy(update={"events": events})

        run = Reextraction(store, Serial(lambda: other))
        run.apply(list(run.changes())[:10])


WORK: dict[str, Callable[[Store, int], None]] = {"load": load, "correct": correct, "read anew": read_anew}


def begin(url: str, kind: str, first: int, started: Connection) -> None:
    """The life of a process that is to be killed."""
    store = open_store(url)
    if kind == "correct":
        change(store, random.Random(first))
    started.send(True)
    WORK[kind](store, first)


def kill(url: str, kind: str, first: int, after: float) -> int:
    """Works for some seconds, then kills. The signal that ended it."""
    here, there = COPIES.Pipe(duplex=False)
    process = COPIES.Process(target=begin, args=(url, kind, first, there))
    process.start()
    there.close()
    assert here.recv()
    time.sleep(after)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    return -(process.exitcode or 0)


SIZES = "SELECT a.key, count(r.key) FROM article a LEFT JOIN readout r ON r.article_key = a.key GROUP BY a.key"
HELD_BY_NOTHING = (
    "SELECT count(*) FROM correction c WHERE NOT EXISTS"
    " (SELECT 1 FROM correction_anchor a WHERE a.correction_id = c.id)"
)


def is_whole(url: str) -> int:
    """Nothing is lost or left over, and every article has all it says. How many articles there are."""
    assert [(one.check.holds, one.shown) for one in doctor.examine(url) if one.number] == []
    store = open_store(url)
    with store.read() as session:
        sizes = session.execute(text(SIZES)).all()
        assert session.scalar(text(HELD_BY_NOTHING)) == 0
    store.close()
    assert {number for _, number in sizes} <= {EVENTS}
    return len(sizes)


def is_worked_in(url: str) -> int:
    """The events are those that readouts and corrections make. How many corrections there are."""
    store = open_store(url)
    events = text("SELECT id, revision, document FROM event ORDER BY id")
    with store.read() as session:
        before = session.execute(events).all()
        corrections = session.scalar(text("SELECT count(*) FROM correction")) or 0
    with store.write() as session:
        rebuild(session)
    with store.read() as session:
        assert session.execute(events).all() == before
    store.close()
    return corrections


@pytest.mark.both
def test_a_killed_load_leaves_whole_articles_and_can_be_taken_up(database: str) -> None:
    chance = random.Random(KILLS)
    open_store(database).close()
    signals = []
    for number in range(KILLS):
        signals.append(kill(database, "load", number * 1000, chance.uniform(0, 0.3)))
        is_whole(database)
    assert signals == [signal.SIGKILL] * KILLS
    store = open_store(database)
    load(store, KILLS * 1000, KILLS * 1000 + PLACES)
    store.close()
    assert is_whole(database) == PLACES


@pytest.mark.both
def test_killed_corrections_and_readings_are_whole_or_not_there(database: str) -> None:
    chance = random.Random(KILLS)
    store = open_store(database)
    load(store, 0, PLACES // 2)
    store.close()
    for number in range(KILLS // 2):
        kind = ("correct", "read anew")[number % 2]
        assert kill(database, kind, number * 1000, chance.uniform(0, 0.3)) == signal.SIGKILL
        assert is_whole(database) == PLACES // 2
    assert is_worked_in(database) > 0
