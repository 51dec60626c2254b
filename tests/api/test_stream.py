"""Server-sent events over real HTTP: connect, ingest, receive, drop, come again; on both databases."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.ingest import ingest
from app.main import create_app
from app.records import Article
from app.routers import log, stream
from app.settings import Settings
from app.store.engine import open_store
from tests import live, sse, toy, whole
from tests.api.test_filters import article
from tests.live import HTTP, PATIENCE

HANOI = {"title": "They met in Hanoi", "day": "2023-09-10", "countries": ["VN", "US"]}
TOKYO = {"title": "They met in Tokyo", "day": "2023-10-10", "countries": ["JP", "US"]}
VIENNA = {"title": "They met in Vienna", "day": "2023-11-10", "countries": ["AT", "US"]}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "POLL", 0.02)


@pytest.fixture
def url(database: str) -> Iterator[str]:
    settings = Settings(database_url=database, streams=3)
    with live.running(create_app(settings, extractor=toy.extract, knowledge=toy.KNOWLEDGE)) as address:
        yield address


@contextmanager
def following(url: str, last: int | None = None, **params: Any) -> Iterator[Iterator[sse.Message]]:
    headers = {"last-event-id": str(last)} if last is not None else {}
    with HTTP.stream("GET", f"{url}/events/stream", params=params, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        told = sse.parsed(answer.iter_lines())
        first = next(told)
        assert first.event == "reset" or first.data is None
        yield told if first.data is None else iter([first])


def post(url: str, *events: dict[str, Any]) -> dict[str, Any]:
    answer = HTTP.post(f"{url}/articles", json={"text": toy.text_of(*events)})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def said(message: sse.Message) -> tuple[str, str]:
    assert message.data
    return message.event, message.data["id"]


@pytest.mark.both
def test_what_happens_is_told_and_nothing_is_lost_in_between(url: str, database: str) -> None:
    before = post(url, {**TOKYO, "day": "2020-01-01"})["events"][0]["id"]
    with following(url) as told:
        hanoi = post(url, HANOI)
        first = next(told)
        assert said(first) == ("new", hanoi["events"][0]["id"])
        assert first.data
        assert first.data["event"] == HTTP.get(hanoi["events"][0]["url"]).json()
        assert first.data["number"] == first.id
    # Away; meanwhile another process writes, too.
    other = open_store(database)
    list(ingest(other, toy.extract, [Article(source="other", text=toy.text_of(TOKYO))]))
    vienna = post(url, VIENNA)
    with following(url, first.id) as told:
        tokyo = next(told)
        assert tokyo.data
        assert tokyo.data["event"]["title"] == TOKYO["title"]
        assert said(next(told)) == ("new", vienna["events"][0]["id"])
        list(ingest(other, toy.extract, [Article(source="other", text=toy.text_of({**TOKYO, "day": "2021-05-05"}))]))
        assert next(told).event == "new"
        HTTP.delete(f"{url}/articles/{hanoi['id']}").raise_for_status()
        last = next(told)
        assert said(last) == ("deleted", hanoi["events"][0]["id"])
    other.close()
    with following(url, since=0, country="JP", fields="id") as told:
        # The event that the filter leaves out is not told of; the tombstone is.
        assert [said(next(told)) for _ in range(4)] == [
            ("new", before), ("new", tokyo.data["id"]), ("new", _third(url)), ("deleted", hanoi["events"][0]["id"]),
        ]  # fmt: skip
    with following(url, 10**9) as told:
        reset = next(told)
        assert (reset.event, reset.id) == ("reset", last.id)


def _third(url: str) -> str:
    found: str = HTTP.get(f"{url}/events?date=2021-05-05").json()["data"][0]["id"]
    return found


def chaotic(database: str, count: int, done: Callable[[], None]) -> None:
    """Writes articles that merge with others, take their place and go, as another process would."""
    chance = random.Random(11)
    store = open_store(database)
    for number in range(count):
        text, place = article(chance, number), f"https://news.example/{chance.randrange(4)}"
        list(ingest(store, whole.extract, [Article(source=place, url=place, text=text)]))
        time.sleep(0.02)
    store.close()
    done()


@pytest.mark.both
def test_a_copy_that_drops_and_comes_again_is_in_step(database: str) -> None:
    settings = Settings(database_url=database)
    app = create_app(settings, extractor=whole.extract, knowledge=whole.KNOWLEDGE)
    chance, copy, last = random.Random(3), dict[str, Any](), 0
    with live.running(app) as url:
        end = threading.Event()
        writer = threading.Thread(target=chaotic, args=(database, 16, end.set))
        writer.start()
        drops = 0
        while not end.is_set() or last < HTTP.get(f"{url}/changes?since={last}&limit=200").json()["latest"]:
            with following(url, last) as told:
                for message, _ in zip(told, range(chance.randint(1, 9)), strict=False):
                    if message.data is None or message.id is None:
                        break
                    assert message.id > last
                    last = message.id
                    copy.pop(message.data["id"], None)
                    if message.event in ("new", "changed"):
                        copy[message.data["id"]] = message.data["event"]
                    if end.is_set() and last == app.state.log._latest:
                        break
            drops += 1
        writer.join()
        found = HTTP.get(f"{url}/events?limit=200").json()["data"]
    assert drops > 3
    assert copy == {one["id"]: one for one in found}


def test_an_event_that_does_not_fit_any_more_is_said_to_have_left(database: str) -> None:
    app = create_app(Settings(database_url=database), extractor=toy.extract, knowledge=toy.KNOWLEDGE)
    with live.running(app) as url, following(url, country="US") as told:
        posted = post(url, HANOI)
        event = posted["events"][0]
        assert said(next(told)) == ("new", event["id"])
        post(url, VIENNA)
        with following(url, since=0, article=posted["id"]) as of_it:
            assert said(next(of_it)) == ("new", event["id"])
        assert next(told).event == "new"
        change = {"action": "set", "pointer": "/countries", "value": ["VN", "JP"], "why": "A mistake", "by": "a person"}
        HTTP.post(f"{event['url']}/corrections", json=change).raise_for_status()
        left = next(told)
        assert said(left) == ("left", event["id"])
        assert left.data
        assert left.data["event"] is None
        assert not left.data["gone"]


def test_silence_has_a_heartbeat_that_carries_the_number(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT", 0.1)
    with following(url, country="JP") as told:
        post(url, HANOI)
        assert any(one.id == 1 for one, _ in zip(told, range(50), strict=False))


def test_no_more_than_so_many_streams(url: str) -> None:
    with following(url), following(url), following(url):
        full = HTTP.get(f"{url}/events/stream")
        assert (full.status_code, full.headers["retry-after"]) == (503, "10")
        assert full.json()["type"] == "urn:dragoman:problem:too-many-streams"
        assert HTTP.get(f"{url}/health").status_code == 200
    deadline = time.monotonic() + PATIENCE
    while (again := _status(url)) == 503 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert again == 200
    assert HTTP.head(f"{url}/events/stream").headers["content-type"].startswith("text/event-stream")


def _status(url: str) -> int:
    with HTTP.stream("GET", f"{url}/events/stream") as answer:
        return answer.status_code


@pytest.mark.parametrize("wrong", ["x", "-1", "1.5", "9" * 30, "²"])
async def test_a_wrong_number_is_a_problem(api: FastAPI, client: httpx.AsyncClient, wrong: str) -> None:
    answer = await client.get("/events/stream", headers={b"last-event-id": wrong.encode()})
    assert answer.status_code == 422
    assert "Last-Event-ID" in answer.json()["detail"]
    assert (await client.get("/events/stream?since=-1")).status_code == 422
    assert (await client.get("/events/stream?contry=VN")).json()["errors"][0]["hint"] == "Did you mean 'country'?"
    api.state.log.close()
    assert (await client.get("/events/stream")).status_code == 503
