"""What people correct: it outlives new articles, new versions and reading anew; it can be taken back; nothing is
forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import ConflictError, GoneError, InvalidBodyError, InvalidParameterError
from app.ingest import ingest_one
from app.loading.work import Serial
from app.records import Article, Extraction
from app.reextract import Reextraction
from app.store import correcting, history, ids, read, save
from app.store.corrections import Correction
from app.store.engine import Store
from app.store.rebuild import rebuild
from tests.store import reports
from tests.store.test_merging import AGREED, TALKS, events

pytestmark = pytest.mark.both

OTHER = {"day": "2023-09-10", "people": ["joe-biden@US", "pham-minh-chinh@VN"], "city": "Hanoi", "at": "VN"}
SAID = AGREED | {"text": "hợp tác thương mại", "topics": ["trade"]}


def extract(article: Article) -> Extraction:
    return reports.extraction(article.text, json.loads(article.text.split("\n")[1]), lang="vi")


def put(store: Store, number: int, *found: dict[str, Any], version: int = 1) -> str:
    body = f"News {number} version {version}\n{json.dumps(found)}"
    address = f"https://a.example/{number}"
    return ingest_one(store, extract, Article(source="a", text=body, url=address)).saved.id


def correct(store: Store, event_id: str, expected: int | None = None, **asked: Any) -> str:
    with store.write() as session:
        return correcting.correct(session, event_id, Correction(why="It is wrong", **asked), "An editor", expected)


def revert(store: Store, id_: str) -> None:
    with store.write() as session:
        correcting.revert(session, id_, "Another", "It was right")


def only(store: Store) -> tuple[str, dict[str, Any]]:
    [(id_, event)] = events(store).items()
    return id_, event


CHANGES: list[tuple[dict[str, Any], Callable[[dict[str, Any]], Any], Any]] = [
    (
        {"pointer": "/date", "value": {"start": "2023-09-11", "end": "2023-09-11"}},
        lambda e: e["date"]["start"],
        "2023-09-11",
    ),
    ({"pointer": "/title", "value": "They talked"}, lambda e: e["title"], "They talked"),
    ({"pointer": "/venue", "value": None}, lambda e: e["venue"], None),
    (
        {"pointer": "/participants/0", "value": {"title": "President"}},
        lambda e: e["participants"][0]["title"],
        "President",
    ),
    ({"pointer": "/commitments/0", "value": {"kind": "pledge"}}, lambda e: e["commitments"][0]["kind"], "pledge"),
    (
        {"pointer": "/participants/-", "value": {"kind": "person", "name": "X", "country": "US"}},
        lambda e: len(e["participants"]),
        3,
    ),
]


@pytest.mark.parametrize(("asked", "look", "value"), CHANGES, ids=[str(one["pointer"]) for one, *_ in CHANGES])
def test_a_value_that_is_set_stays(store: Store, asked: dict[str, Any], look: Callable[[Any], Any], value: Any) -> None:
    put(store, 1, TALKS | {"commitments": [SAID]})
    id_, before = only(store)
    made = correct(store, id_, action="set", **asked)
    id_, event = only(store)
    assert look(event) == value != look(before)
    assert [(one["id"], one["by"], one["why"]) for one in event["corrections"]] == [(made, "An editor", "It is wrong")]
    put(store, 2, TALKS)
    put(store, 1, OTHER, TALKS | {"commitments": [SAID]}, version=2)
    with store.write() as session:
        rebuild(session)
    [event] = [one for one in events(store).values() if len(one["readouts"]) == 2]
    assert look(event) == value
    revert(store, made)
    [event] = [one for one in events(store).values() if len(one["readouts"]) == 2]
    assert look(event) == look(before)
    assert "corrections" not in event


def test_reading_all_articles_anew_keeps_what_was_set_and_hidden(store: Store) -> None:
    put(store, 1, TALKS | {"commitments": [SAID]})
    id_, _ = only(store)
    correct(store, id_, action="set", pointer="/title", value="They talked")
    correct(store, id_, action="hide", pointer="/participants/1")

    def newer(article: Article) -> Extraction:
        found = extract(article)
        changed = tuple(one.model_copy(update={"title": "Other rules", "confidence": 0.25}) for one in found.events)
        return found.model_copy(update={"events": changed})

    run = Reextraction(store, Serial(lambda: newer))
    run.apply(list(run.changes()))
    after, event = only(store)
    assert after == id_
    assert (event["title"], event["confidence"], len(event["participants"])) == ("They talked", 0.25, 1)
    assert [one["by"] for one in event["corrections"]] == ["An editor", "An editor"]


@pytest.mark.parametrize("pointer", ["/participants/1", "/commitments/0"])
def test_a_part_that_is_hidden_is_gone_until_that_is_reverted(store: Store, pointer: str) -> None:
    put(store, 1, TALKS | {"commitments": [SAID]})
    id_, before = only(store)
    field = pointer.split("/")[1]
    made = correct(store, id_, action="hide", pointer=pointer)
    assert len(only(store)[1][field]) == len(before[field]) - 1
    revert(store, made)
    assert only(store) == (id_, before)


def test_an_event_that_is_hidden_leaves_word_and_comes_back(store: Store) -> None:
    put(store, 1, TALKS)
    id_, before = only(store)
    made = correct(store, id_, action="hide")
    assert events(store) == {}
    put(store, 2, TALKS)
    assert events(store) == {}
    with store.read() as session, pytest.raises(GoneError, match="It is wrong"):
        read.event(session, id_, "")
    with store.read() as session:
        assert [one.id for one in correcting.made_on(session, id_)] == [made]
    revert(store, made)
    [event] = events(store).values()
    assert event["participants"][0]["name"] == before["participants"][0]["name"]
    assert len(event["readouts"]) == 2


def test_events_are_merged_and_split_by_hand(store: Store) -> None:
    put(store, 1, TALKS)
    put(store, 2, OTHER)
    first, second = sorted(events(store))
    before = events(store)
    merge = correct(store, second, action="merge", events=[first])
    id_, event = only(store)
    assert id_ == first
    assert len(event["readouts"]) == 2
    put(store, 1, TALKS, version=2)
    assert len(only(store)[1]["readouts"]) == 2
    put(store, 1, TALKS)
    revert(store, merge)
    assert events(store) == before
    put(store, 3, TALKS)
    [merged] = [one for one, found in events(store).items() if len(found["readouts"]) == 2]
    off = ids.readout_id(ids.sha256_of(f"News 3 version 1\n{json.dumps([TALKS])}"), 0)
    split = correct(store, merged, action="split", readouts=[off])
    assert [len(one["readouts"]) for one in events(store).values()] == [1, 1, 1]
    with store.write() as session:
        rebuild(session)
    assert len(events(store)) == 3
    revert(store, split)
    assert len(events(store)) == 2


def test_who_saw_an_older_revision_is_told(store: Store) -> None:
    put(store, 1, TALKS)
    id_, _ = only(store)
    correct(store, id_, 1, action="set", pointer="/title", value="A")
    with pytest.raises(ConflictError, match="revision 2"):
        correct(store, id_, 1, action="set", pointer="/title", value="B")
    correct(store, id_, 2, action="set", pointer="/title", value="B")
    assert only(store)[1]["title"] == "B"


def test_nothing_is_forgotten(store: Store) -> None:
    put(store, 1, TALKS)
    id_, _ = only(store)
    made = correct(store, id_, action="set", pointer="/title", value="A")
    revert(store, made)
    with store.read() as session:
        found = history.revisions(session, id_)
        assert [one.number for one in found] == [3, 2, 1]
        assert [one.event["title"] for one in found] == ["They met", "A", "They met"]
        assert "An editor" in str(found[2].cause)
        assert found[1].since == found[2].until
        assert json.loads(history.as_of(session, id_, found[1].since))["title"] == "A"
        with pytest.raises(InvalidParameterError, match="before its beginning"):
            history.as_of(session, id_, "2001-01-01")
        [kept] = correcting.made_on(session, id_)
        assert (kept.by, kept.reverted_by, kept.reverted_why) == ("An editor", "Another", "It was right")
    with store.write() as session:
        save.remove(session, session.connection().execute(text("SELECT id FROM article")).scalar_one(), "Withdrawn.")
    with store.read() as session:
        assert [one.number for one in history.revisions(session, id_)] == [3, 2, 1]


@pytest.mark.parametrize(
    "asked",
    [
        {"action": "set", "pointer": "/nothing", "value": 1},
        {"action": "set", "pointer": "/date", "value": {"start": "soon"}},
        {"action": "set", "pointer": "/participants/7", "value": {}},
        {"action": "set", "pointer": "/participants/-", "value": "X"},
        {"action": "hide", "pointer": "/date"},
        {"action": "merge", "events": ["ev_none"]},
        {"action": "split", "readouts": []},
    ],
    ids=str,
)
def test_what_cannot_be_corrected_changes_nothing(store: Store, asked: dict[str, Any]) -> None:
    put(store, 1, TALKS)
    id_, before = only(store)
    with pytest.raises(InvalidBodyError):
        correct(store, id_, **asked)
    assert only(store) == (id_, before)
