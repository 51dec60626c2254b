"""Statistics equal what is counted in Python over the same records; no group is left out."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations, product
from typing import Any

import httpx
import pytest

from tests.api import made
from tests.api.test_filters import empty, listed, served  # noqa: F401  fixtures

pytestmark = pytest.mark.both

Values = Callable[[Any], Iterable[str]]


def _month(event: Any) -> str | None:
    return event["date"] and event["date"]["start"][:7]


def _quarter(event: Any) -> list[str]:
    month = _month(event)
    return [f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"] if month else []


def _dyads(event: Any) -> list[str]:
    return ["-".join(pair) for pair in combinations(sorted(event["countries"]), 2)]


def _publishers(event: Any) -> set[str]:
    return {one["article"]["publisher"] for one in event["readouts"] if one["article"]["publisher"]}


EVENTS: dict[str, Values] = {
    "year": lambda e: [_month(e)[:4]] if e["date"] else [],
    "quarter": _quarter,
    "month": lambda e: [_month(e)] if e["date"] else [],
    "country": lambda e: e["countries"],
    "dyad": _dyads,
    "type": lambda e: [e["type"]],
    "topic": lambda e: e["topics"],
    "actor": lambda e: {one["actor_id"] for one in e["participants"] if one["actor_id"]},
    "publisher": _publishers,
    "language": lambda e: {one["article"]["language"] for one in e["readouts"]},
    "level": lambda e: {one["level"] for one in e["participants"] if one["level"]},
    "status": lambda e: [e["status"]],
    "mode": lambda e: [e["mode"]] if e["mode"] else [],
    "organization": lambda e: e["organizations"],
    "venue_country": lambda e: [e["venue"]["country"]] if e["venue"] else [],
    "commitment_kind": lambda e: {one["kind"] for one in e["commitments"]},
}
COMMITMENTS: dict[str, Callable[[Any, Any], Iterable[str]]] = {
    **{name: lambda c, e, of=EVENTS[name]: of(e) for name in ("year", "quarter", "month", "country", "dyad", "type")},
    **{name: lambda c, e, of=EVENTS[name]: of(e) for name in ("publisher", "language", "status")},
    "topic": lambda c, e: c["topics"],
    "actor": lambda c, e: c["actors"],
    "recipient": lambda c, e: c["recipients"],
    "kind": lambda c, e: [c["kind"]],
    "force": lambda c, e: [c["force"]],
}


def counted(values: Iterable[list[tuple[str, ...]]]) -> tuple[Counter[tuple[str, ...]], int]:
    found: Counter[tuple[str, ...]] = Counter()
    ungrouped = 0
    for groups in values:
        found.update(groups)
        ungrouped += not groups
    return found, ungrouped


async def groups(client: httpx.AsyncClient, noun: str, params: dict[str, Any]) -> tuple[Any, int, int]:
    url: str | None = str(httpx.URL(f"http://api/stats/{noun}", params={"limit": 5, **params}))
    found: list[tuple[tuple[str, ...], int]] = []
    body: dict[str, Any] = {}
    while url:
        answer = await client.get(url)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += [(tuple(one["values"]), one["count"]) for one in body["data"]]
        url = body["next"]
    assert len(found) == len(dict(found))
    by = [params["by"]] if isinstance(params["by"], str) else params["by"]
    assert body["by"] == by
    return Counter(dict(found)), body["total"], body["ungrouped"]


async def test_events(served: httpx.AsyncClient) -> None:  # noqa: F811
    everything = await listed(served, "/events", {})
    chance = random.Random(3)
    pairs = chance.sample(list(combinations(EVENTS, 2)), 16)
    for by in [*((name,) for name in EVENTS), *pairs]:
        params, fits = chance.choice([({}, lambda e: True), *made.EVENT_FILTERS])
        matching = [one for one in everything if fits(one)]
        expected, ungrouped = counted([list(product(*(EVENTS[name](e) for name in by))) for e in matching])
        found = await groups(served, "events", {"by": list(by), "limit": chance.choice((3, 1000)), **params})
        assert found == (expected, len(matching), ungrouped), (by, params)


async def test_commitments(served: httpx.AsyncClient) -> None:  # noqa: F811
    events = {one["id"]: one for one in await listed(served, "/events", {})}
    everything = [(one, events[one["event"]["id"]]) for one in await listed(served, "/commitments", {})]
    chance = random.Random(4)
    for by in [*((name,) for name in COMMITMENTS), *chance.sample(list(combinations(COMMITMENTS, 2)), 8)]:
        params, fits = chance.choice([({}, lambda c, e: True), *made.COMMITMENT_FILTERS])
        matching = [pair for pair in everything if fits(*pair)]
        expected, ungrouped = counted([list(product(*(COMMITMENTS[name](*pair) for name in by))) for pair in matching])
        found = await groups(served, "commitments", {"by": list(by), "limit": 1000, **params})
        assert found == (expected, len(matching), ungrouped), (by, params)


async def test_a_group_leads_to_its_records(served: httpx.AsyncClient) -> None:  # noqa: F811
    for noun, by in (("events", "type"), ("events", "dyad"), ("events", "publisher"), ("commitments", "actor")):
        params = {"by": by, "topic": "climate", "sort": "-count"}
        data = (await served.get(f"/stats/{noun}", params=params)).json()["data"]
        assert [one["count"] for one in data] == sorted((one["count"] for one in data), reverse=True)
        for one in data[:4]:
            list_ = (await served.get(one["url"] + "&count=exact")).json()
            assert list_["count"] == one["count"], one


async def test_by_what_is_told(empty: httpx.AsyncClient) -> None:  # noqa: F811
    for query in ("", "by=yeer", "by=year&by=type&by=topic"):
        answer = await empty.get(f"/stats/events?{query}")
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "by"
    assert (await empty.get("/stats/events?by=year")).json() == {
        "data": [], "next": None, "by": ["year"], "total": 0, "ungrouped": 0,
    }  # fmt: skip


async def test_in_a_table_each_thing_has_a_column(served: httpx.AsyncClient) -> None:  # noqa: F811
    rows = (await served.get("/stats/events.csv", params={"by": ["type", "year"]})).text.splitlines()
    groups = (await served.get("/stats/events", params={"by": ["type", "year"]})).json()["data"]
    assert rows[0] == "type,year,count,url"
    assert [row.split(",")[:3] for row in rows[1:]] == [[*one["values"], str(one["count"])] for one in groups]
    some = await served.get("/stats/events.csv", params={"by": "country", "fields": "values,count"})
    assert some.text.startswith("country,count\r\n")
