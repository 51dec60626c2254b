"""`as_of`: the lists as they were, after whatever happened since."""

from __future__ import annotations

import random
from typing import Any

import httpx
import pytest

from app.store import past
from app.store.clock import now
from tests.api.test_filters import article, listed
from tests.api.test_filters import empty as empty  # noqa: PLC0414
from tests.api.test_updated import happen

pytestmark = pytest.mark.both

_QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("/events", {}),
    ("/events", {"country": "US", "sort": "date"}),
    ("/events", {"q": "tin tuc", "date_to": "2021-12"}),
    ("/events", {"participant": "biden", "min_confidence": 0.5}),
    ("/events", {"amount_min": 50, "venue_country": "VN"}),
    ("/commitments", {"kind": "pledge"}),
    ("/commitments", {"actor": "US", "mode": "phone", "sort": "date"}),
]


async def test_lists_are_what_they_were(empty: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(21)
    addresses = [f"https://news.example/{number}" for number in range(4)]
    known: list[tuple[str, list[list[dict[str, Any]]]]] = []
    for number in range(9):
        await happen(empty, chance, number, addresses)
        if number % 3 == 2:
            answers = [await listed(empty, path, params) for path, params in _QUESTIONS]
            known.append((now(), answers))
    monkeypatch.setattr(past, "_CHUNK", 3)
    monkeypatch.setattr(past, "_MOST", 5)
    monkeypatch.setattr(past, "_EVENTS", 4)
    for at, answers in known:
        for (path, params), expected in zip(_QUESTIONS, answers, strict=True):
            found: list[dict[str, Any]] = []
            asked = {**params, "as_of": at, "limit": chance.randint(2, 9)}
            url: str | None = str(httpx.URL(f"http://api{path}", params=asked))
            while url:
                body = (await empty.get(url)).json()
                assert len(body["data"]) <= asked["limit"]
                found += body["data"]
                url = body["next"]
            if path == "/events":
                assert found == expected, params
                continue
            assert sorted(one["id"] for one in found) == sorted(one["id"] for one in expected), params
            assert {one["id"]: one for one in found} == {one["id"]: one for one in expected}
    lines = (await empty.get("/events.ndjson", params={"as_of": known[0][0]})).text.splitlines()
    assert len(lines) == len(known[0][1][0])
    one = known[0][1][0][0]
    assert (await empty.get(f"/events/{one['id']}", params={"as_of": known[0][0]})).json() == one


async def test_of_what_nothing_is_known(empty: httpx.AsyncClient) -> None:
    before = now()
    nothing = await empty.get("/events", params={"as_of": before})
    assert (nothing.status_code, nothing.json()["errors"][0]["parameter"]) == (422, "as_of")
    while (await empty.get("/events")).json()["data"] == []:
        await empty.post("/articles", json={"text": article(random.Random(4), 7)})
    for path in ("/events", "/commitments"):
        early = await empty.get(path, params={"as_of": before})
        assert early.status_code == 422
        assert "before its beginning" in early.json()["detail"]
        assert early.json()["errors"][0]["hint"].startswith("Ask for 20")
    late = await empty.get("/events", params={"as_of": "2999-01-01"})
    assert (late.status_code, late.json()["errors"][0]["parameter"]) == (422, "as_of")
    for params in ({"updated_since": before}, {"count": "exact"}, {"include": "actors"}, {"sort": "updated"}):
        wrong = await empty.get("/events", params={"as_of": now(), **params})
        assert wrong.json()["errors"][0]["parameter"] == next(iter(params)), wrong.text
