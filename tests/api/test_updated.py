"""Copies of parts of the store are kept in step by `updated_since`, after whatever happened."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from app.routers.articles_list import ArticlePage
from app.routers.commitments import CommitmentPage
from app.routers.events import EventPage
from tests.api.test_filters import article, empty, listed  # noqa: F401  a fixture

pytestmark = pytest.mark.both

_PAGES: dict[str, Any] = {"/events": EventPage, "/commitments": CommitmentPage, "/articles": ArticlePage}
_LISTS: list[tuple[str, dict[str, Any]]] = [
    ("/events", {}),
    ("/events", {"country": "US"}),
    ("/events", {"q": "tin tuc", "country_any": ["US", "VN"]}),
    ("/commitments", {"kind": "pledge"}),
    ("/commitments", {"country": "VN", "mode": "phone"}),
    ("/articles", {"language": ["vi", "en"]}),
]


class Copy:
    """What somebody holds of a list."""

    def __init__(self, path: str, params: dict[str, Any]) -> None:
        self.path, self.params = path, params
        self.records: dict[str, Any] = {}
        self.since: str | None = None
        self.thrown_away = 0

    async def follow(self, client: httpx.AsyncClient, limit: int) -> None:
        wanted = {"updated_since": self.since} if self.since else {"sort": "updated"}
        url: str | None = str(httpx.URL(f"http://api{self.path}", params={**self.params, **wanted, "limit": limit}))
        while url:
            answer = await client.get(url)
            body = answer.json()
            _PAGES[self.path].model_validate_json(answer.content)
            assert len(body["data"]) + len(body["gone"]) <= limit
            for one in body["gone"]:
                assert one["why"]
                self.thrown_away += self.records.pop(one["id"], None) is not None
            self.records |= {one["id"]: one for one in body["data"]}
            self.since, url = body["updated_until"] or self.since, body["next"]

    async def check(self, client: httpx.AsyncClient) -> None:
        there = await listed(client, self.path, self.params)
        if self.path == "/articles":
            # What their events are called may have changed since.
            assert set(self.records) == {one["id"] for one in there}
        else:
            assert self.records == {one["id"]: one for one in there}, self.params


async def happen(client: httpx.AsyncClient, chance: random.Random, number: int, addresses: list[str]) -> None:
    """Another text at a known address, an article gone, or a correction."""
    posted = {"text": article(chance, number), "url": chance.choice(addresses)}
    assert (await client.post("/articles", json=posted)).status_code == 201
    events = (await client.get("/events", params={"limit": 9})).json()["data"]
    if number % 5 == 1 and events:
        change = {"action": "set", "pointer": "/countries", "value": ["JP"], "by": "Desk", "why": "So it was"}
        answer = await client.post(f"/events/{chance.choice(events)['id']}/corrections", json=change)
        assert answer.status_code == 201
    if number % 5 == 3:
        stored = (await client.get("/articles")).json()["data"]
        assert (await client.delete(f"/articles/{chance.choice(stored)['id']}")).status_code == 204


async def test_copies_are_kept_in_step(empty: httpx.AsyncClient) -> None:  # noqa: F811
    chance = random.Random(12)
    copies = [Copy(path, params) for path, params in _LISTS]
    addresses = [f"https://news.example/{number}" for number in range(5)]
    for number in range(12):
        await happen(empty, chance, number, addresses)
        if number % 4 == 3:
            for copy in copies:
                await copy.follow(empty, chance.randint(3, 20))
                await copy.check(empty)
    assert {copy.path for copy in copies if copy.thrown_away} == set(_PAGES)


async def test_since_is_a_filter_in_other_orders_and_in_groups(empty: httpx.AsyncClient) -> None:  # noqa: F811
    chance = random.Random(3)
    for number in range(4):
        await empty.post("/articles", json={"text": article(chance, number)})
    middle = (await empty.get("/articles", params={"sort": "added"})).json()["data"][2]["added"]
    everything = await listed(empty, "/events", {})
    found = await listed(empty, "/events", {"updated_since": middle, "sort": "-date"}, limit=3)
    assert 0 < len(found) < len(everything)
    assert [one["id"] for one in found] == [one["id"] for one in everything if one in found]
    following = await listed(empty, "/events", {"updated_since": middle}, limit=200)
    assert {one["id"] for one in following} == {one["id"] for one in found}
    groups = (await empty.get("/stats/events", params={"by": "status", "updated_since": middle})).json()
    assert groups["total"] == len(found)
    table = (await empty.get("/events.csv", params={"updated_since": middle})).text.splitlines()
    assert len(table) == len(found) + 1
    later = (await empty.get("/events", params={"updated_since": "2999-01-01"})).json()
    assert (later["data"], later["gone"], later["next"]) == ([], [], None)
    assert later["updated_until"].startswith("2999-01-01")
    wrong = (await empty.get("/events", params={"updated_since": "yesterday"})).json()
    assert "2026-01-31" in wrong["errors"][0]["hint"]
