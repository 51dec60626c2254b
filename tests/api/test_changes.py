"""A copy kept in step by the list of changes is what the list of events says, after whatever happened."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from app.routers.changes import ChangePage
from tests.api.test_filters import article, empty, listed  # noqa: F401  a fixture

pytestmark = pytest.mark.both


async def follow(client: httpx.AsyncClient, copy: dict[str, Any], since: int) -> int:
    url: str | None = f"http://api/changes?since={since}&limit=4"
    while url:
        answer = await client.get(url)
        body = ChangePage.model_validate_json(answer.content)
        numbers = [one.number for one in body.data]
        assert numbers == sorted(set(numbers))
        for one in answer.json()["data"]:
            if one["gone"]:
                assert one["why"]
                copy.pop(one["id"], None)
            else:
                copy[one["id"]] = one["event"]
        since, url = body.latest, body.next
    return since


async def test_a_copy_is_kept_in_step(empty: httpx.AsyncClient) -> None:  # noqa: F811
    chance = random.Random(5)
    copy: dict[str, Any] = {}
    since = 0
    addresses = [f"https://news.example/{number}" for number in range(4)]
    for number in range(12):
        # Another text at an address that is known takes the place of the older one, and its events go.
        posted = {"text": article(chance, number), "url": chance.choice(addresses)}
        assert (await empty.post("/articles", json=posted)).status_code == 201
        if number % 3 == 2:
            since = await follow(empty, copy, since)
            assert copy == {one["id"]: one for one in await listed(empty, "/events", {})}
    assert await follow(empty, copy, since) == since
    gone = [one for one in await listed(empty, "/changes", {}) if one["gone"]]
    assert gone
    counted = (await empty.get("/changes", params={"count": "exact", "limit": 1})).json()
    assert counted["count"] == len(copy) + len(gone)
    newest = (await empty.get("/changes", params={"limit": 1})).json()["newest"]
    assert (await empty.get("/changes", params={"since": newest})).json()["data"] == []
    beyond = await empty.get("/changes", params={"since": newest + 1})
    assert (beyond.status_code, beyond.json()["errors"][0]["parameter"]) == (422, "since")
    assert "since=0" in beyond.json()["errors"][0]["hint"]
