"""Every filter of events alone, those of commitments also with others: what is found is what a plain filter in Python
gives. `test_paging.py` combines those of events."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from app.routers.commitments import CommitmentFilters
from app.routers.filters import EventFilters
from tests import sse, whole
from tests.api import made
from tests.apis import api_on, client_of
from tests.postgres import Server

pytestmark = pytest.mark.both

ARTICLES = 40
PUBLISHERS = ("VietnamPlus.vn", "新华社", None)

Params = dict[str, Any]


def article(chance: random.Random, number: int) -> str:
    events = [made.event(chance, 10 * number + place) for place in range(chance.randint(0, 4))]
    words = f"{chance.choice(('Tin tức', 'Reports'))} {number}"
    return whole.text_of(
        *events, language=chance.choice(("vi", "zh", "en")), publisher=chance.choice(PUBLISHERS), words=words
    )


async def post(client: httpx.AsyncClient, text: str) -> None:
    assert (await client.post("/articles", json={"text": text})).status_code == 201


@asynccontextmanager
async def asking(patch: pytest.MonkeyPatch, database: str) -> AsyncIterator[httpx.AsyncClient]:
    api = api_on(patch, database, whole.extract, whole.KNOWLEDGE, stream_seconds=0)
    async with api.router.lifespan_context(api), client_of(api) as opened:
        yield opened


@pytest.fixture
async def empty(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    async with asking(monkeypatch, database) as opened:
        yield opened


_filled: dict[str, str] = {}
"""Databases with the articles, by system: written once, and copied for each test."""


@pytest.fixture
async def served(
    database: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[httpx.AsyncClient]:
    system = database.partition(":")[0]
    server: Server | None = None if system == "sqlite" else request.getfixturevalue("postgres")
    if system not in _filled:
        path = tmp_path_factory.mktemp("filled") / "filled.db"
        url = server.empty_database() if server else f"sqlite:///{path}"
        chance = random.Random(26)
        async with asking(monkeypatch, url) as client:
            for number in range(ARTICLES):
                await post(client, article(chance, number))
        _filled[system] = url
    if server:
        server.copy(_filled[system], database)
    else:
        shutil.copy(_filled[system].removeprefix("sqlite:///"), database.removeprefix("sqlite:///"))
    async with asking(monkeypatch, database) as client:
        yield client


async def listed(client: httpx.AsyncClient, path: str, params: Params, limit: int = 200) -> list[Params]:
    found: list[Params] = []
    url: str | None = str(httpx.URL(f"http://api{path}", params={**params, "limit": limit}))
    while url:
        answer = await client.get(url)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += body["data"]
        url = body["next"]
        assert len(body["data"]) == limit or url is None
    return found


def ids(records: list[Params]) -> list[str]:
    return [one["id"] for one in records]


def both(one: Params, other: Params) -> Params | None:
    """Two filters as one; None where they name the same parameter."""
    return None if set(one) & set(other) else {**one, **other}


async def test_every_filter_alone_says_what_it_means(served: httpx.AsyncClient) -> None:
    everything = await listed(served, "/events", {})
    assert len(everything) == len(set(ids(everything))) > ARTICLES
    for params, fits in made.EVENT_FILTERS:
        expected = [one for one in everything if fits(one)]
        assert 0 < len(expected) < len(everything), params
        found = (await served.get("/events", params={**params, "limit": 200, "count": "exact"})).json()
        assert ids(found["data"]) == ids(expected), params
        assert (found["count"], found["count_is_exact"]) == (len(expected), True)
        told = sse.messages((await served.get("/events/stream", params={**params, "since": 0})).text)
        assert {one["id"]: one for one in sse.events(told)} == {one["id"]: one for one in expected}, params


async def test_commitments_too(served: httpx.AsyncClient) -> None:
    events = {one["id"]: one for one in await listed(served, "/events", {})}
    everything = await listed(served, "/commitments", {})
    assert len(everything) == sum(len(one["commitments"]) for one in events.values())
    for params, fits in made.COMMITMENT_FILTERS:
        expected = [one for one in everything if fits(one, events[one["event"]["id"]])]
        assert 0 < len(expected) < len(everything), params
        assert ids(await listed(served, "/commitments", params, limit=7)) == ids(expected), params
    chance = random.Random(8)
    for _ in range(25):
        (one, fits_one), (other, fits_other) = chance.sample(made.COMMITMENT_FILTERS, 2)
        if (params := both(one, other)) is None:
            continue
        expected = [c for c in everything if fits_one(c, e := events[c["event"]["id"]]) and fits_other(c, e)]
        found = await listed(served, "/commitments", {**params, "sort": "date"}, limit=chance.randint(1, 9))
        assert ids(found) == ids(expected)[::-1], params


async def test_every_filter_there_is_is_tried_here() -> None:
    by_id = {"article"}
    assert {name for params, _ in made.EVENT_FILTERS for name in params} == set(EventFilters.model_fields) - by_id
    assert {name for params, _ in made.COMMITMENT_FILTERS for name in params} >= (
        set(CommitmentFilters.model_fields) - by_id - {"on"}
    )


async def test_a_commitment_leads_to_its_event_and_back(served: httpx.AsyncClient) -> None:
    for one in (await listed(served, "/commitments", {}))[:5]:
        assert (await served.get(one["url"])).json() == one
        event = (await served.get(one["event"]["url"])).json()
        assert one["text"] in [commitment["text"] for commitment in event["commitments"]]
    missing = await served.get("/commitments/cm_aaaaaaaaaaaaaaaa")
    assert missing.status_code == 404


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/events?contry=VN", "country"),
        ("/events?country_all=VN", "country"),
        ("/events?topic=climat", "climate"),
        ("/events?actor=joe-bidn", "joe-biden"),
        ("/events?organization=asian", "asean"),
        ("/events?occasion=cop-62", "cop-26"),
        ("/events?venue_city=Hanoy", "hanoi"),
        ("/events?date=2021-13", "2021-11"),
        ("/events?date=yesterday", "2021-11-01"),
        ("/events?date_from=2022&date_to=2021", "Exchange"),
        ("/events?amount_min=9&amount_max=8", "Exchange"),
        ("/events?bbox=1,2,3", "102.1"),
        ("/events?sort=dat", "date"),
        ("/events?count=all", "capped"),
        ("/events?fields=participants.nam", "participants.name"),
        ("/commitments?actr=US", "actor"),
        ("/commitments?actor=Amerika", "United States"),
        ("/commitments?kind=pledg", "pledge"),
    ],
)
async def test_an_error_names_the_nearest(empty: httpx.AsyncClient, path: str, hint: str) -> None:
    answer = await empty.get(path)
    assert answer.status_code == 422, answer.text
    assert hint in str(answer.json()["errors"][0]), answer.text


async def test_fields_choose_parts_of_events(served: httpx.AsyncClient) -> None:
    answer = await served.get("/events", params={"fields": "id,date.start,participants.name", "limit": 3})
    assert answer.headers["content-type"] == "application/vnd.dragoman.selection+json"
    for one in answer.json()["data"]:
        assert set(one) == {"id", "date", "participants"}
        assert all(set(person) == {"name"} for person in one["participants"])
