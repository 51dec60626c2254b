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


_ARTICLES: list[dict[str, Any]] = [
    {},
    {"q": "tin tuc"},
    {"country": "US", "sort": "added"},
    {"language": "vi", "sort": "published"},
]
_SUMS: list[tuple[str, dict[str, Any]]] = [
    ("/stats/events", {"by": ["country", "month"]}),
    ("/stats/events", {"by": "dyad", "participant": "biden"}),
    ("/stats/events", {"by": ["publisher", "topic"], "q": "tin"}),
    ("/stats/commitments", {"by": ["actor", "year"], "amount_min": 50}),
    ("/stats/commitments", {"by": ["kind", "publisher"], "country": "VN"}),
    ("/dyads", {"sort": "id"}),
    ("/dyads/US-VN", {}),
    ("/countries/VN", {"period": "month", "lang": "vi"}),
]


async def _summed(client: httpx.AsyncClient, path: str, params: dict[str, Any]) -> Any:
    """What an answer counts, without its addresses."""
    body = (await client.get(path, params=params)).json()
    if path.startswith("/stats"):
        return {tuple(one["values"]): one["count"] for one in body["data"]}, body["total"], body["ungrouped"]
    if path == "/dyads":
        return [(one["id"], one["events"], one["newest"]) for one in body["data"]]
    return body["activity"]


async def _articles_as_of(client: httpx.AsyncClient, params: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    """The articles of a moment are those that were there, but for what was removed for good."""
    gone = (await client.get("/articles", params={"sort": "updated"})).json()["gone"]
    removed = {one["id"] for one in gone if one["moved_to"] is None}
    found = {one["id"]: one for one in await listed(client, "/articles", params, limit=2)}
    then = {one["id"]: one for one in expected if one["id"] not in removed}
    assert found.keys() == then.keys(), params
    for id_, one in found.items():
        assert {tuple(said.items()) for said in one.pop("readouts")} == {
            tuple(said.items()) for said in then[id_].pop("readouts")
        }
        assert one == then[id_]


async def test_lists_are_what_they_were(empty: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(21)
    addresses = [f"https://news.example/{number}" for number in range(4)]
    known: list[tuple[str, list[list[dict[str, Any]]]]] = []
    counted: list[tuple[str, list[Any], list[list[dict[str, Any]]]]] = []
    for number in range(9):
        await happen(empty, chance, number, addresses)
        if number % 3 == 2:
            answers = [await listed(empty, path, params) for path, params in _QUESTIONS]
            sums = [await _summed(empty, path, params) for path, params in _SUMS]
            articles = [await listed(empty, "/articles", params) for params in _ARTICLES]
            known.append((now(), answers))
            counted.append((known[-1][0], sums, articles))
    monkeypatch.setattr(past, "_CHUNK", 3)
    monkeypatch.setattr(past, "_MOST", 5)
    monkeypatch.setattr(past, "_EVENTS", 4)
    for at, sums, articles in counted:
        for (path, params), expected in zip(_SUMS, sums, strict=True):
            assert await _summed(empty, path, {**params, "as_of": at}) == expected, (path, params)
        for params, expected in zip(_ARTICLES, articles, strict=True):
            await _articles_as_of(empty, {**params, "as_of": at}, expected)
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
    for (path, _), answers in zip(_QUESTIONS, zip(*(said for _, said in known), strict=True), strict=True):
        for (at, _), expected in zip(known, answers, strict=True):
            for one in expected[:1]:
                assert (await empty.get(f"{path}/{one['id']}", params={"as_of": at})).json() == one
    never = await empty.get("/commitments/cm_aaaaaaaaaaaaaaaa", params={"as_of": known[0][0]})
    assert (never.status_code, never.json()["detail"][:23]) == (404, "There was no commitment")


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
    for path in ("/actors", "/places", "/changes"):
        nowhere = (await empty.get(path, params={"as_of": before})).json()["errors"][0]
        assert nowhere["parameter"] == "as_of"
        assert "not kept as it was" in nowhere["hint"]
    late = await empty.get("/events", params={"as_of": "2999-01-01"})
    assert (late.status_code, late.json()["errors"][0]["parameter"]) == (422, "as_of")
    for params in ({"updated_since": before}, {"count": "exact"}, {"include": "actors"}, {"sort": "updated"}):
        wrong = await empty.get("/events", params={"as_of": now(), **params})
        assert wrong.json()["errors"][0]["parameter"] == next(iter(params)), wrong.text


async def test_readouts_as_they_were(empty: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, address = random.Random(8), "https://news.example/8"
    while (await empty.get("/commitments")).json()["data"] == []:
        await empty.post("/articles", json={"text": article(chance, 7), "url": address})
    promise = (await empty.get("/commitments")).json()["data"][0]
    event = (await empty.get(promise["event"]["url"])).json()
    first, path = now(), f"/events/{event['id']}/readouts"
    told = (await empty.get(path)).json()
    change = {"action": "set", "pointer": "/countries", "value": ["JP"], "by": "Desk", "why": "So it was"}
    assert (await empty.post(f"/events/{event['id']}/corrections", json=change)).status_code == 201
    assert (await empty.get(path, params={"as_of": first})).json() == told
    named = await empty.get(path, params={"lang": "vi"})
    assert named.headers["content-language"] == "vi"
    shown = (await empty.get(f"/events/{event['id']}", params={"lang": "vi", "as_of": first})).json()
    assert named.json()["data"][0]["event"]["title"] == shown["title"] != told["data"][0]["event"]["title"]
    promised = {"lang": "vi", "as_of": first}
    [then] = [one for one in await listed(empty, "/commitments", promised) if one["id"] == promise["id"]]
    assert then == (await empty.get(f"/commitments/{promise['id']}", params=promised)).json()
    today = (await empty.get(f"/commitments/{promise['id']}", params={"lang": "vi"})).json()
    assert then["event"]["title"] == shown["title"] != today["event"]["title"]
    within = (await empty.get(f"/events/{event['id']}", params={"lang": "vi", "include": "readouts"})).json()
    assert within["included"]["readouts"] == named.json()["data"]
    revisions = (await empty.get(f"/events/{event['id']}/revisions", params={"lang": "vi"})).json()["data"]
    assert revisions[-1]["event"]["title"] == shown["title"]
    assert (await empty.post("/articles", json={"text": article(chance, 9), "url": address})).status_code == 201
    lost = await empty.get(path, params={"as_of": first})
    assert lost.status_code == 410
    assert "is not kept" in lost.json()["detail"]
