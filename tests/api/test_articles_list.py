"""`GET /articles`: each filter against a plain one, the orders, the links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from app.routers.articles_list import ArticlePage
from tests.api.test_filters import empty as empty  # noqa: PLC0414
from tests.api.test_filters import ids, listed, served  # noqa: F401  a fixture

pytestmark = pytest.mark.both

Made = dict[str, Any]


async def _reported(client: httpx.AsyncClient) -> dict[str, list[Made]]:
    """The events that each article reports."""
    found: dict[str, list[Made]] = {}
    for event in await listed(client, "/events", {}):
        for readout in event["readouts"]:
            found.setdefault(readout["article"]["id"], []).append(event)
    return found


def _filters(reported: dict[str, list[Made]]) -> list[tuple[Made, Callable[[Made], bool]]]:
    def events(article: Made) -> list[Made]:
        return reported.get(article["id"], [])

    some = next(iter(reported))
    return [
        ({"language": ["vi", "zh"]}, lambda a: a["language"] in ("vi", "zh")),
        ({"publisher": "VIETNAMPLUS.vn"}, lambda a: a["publisher"] == "VietnamPlus.vn"),
        ({"country": "Việt Nam"}, lambda a: any("VN" in e["countries"] for e in events(a))),
        (
            {"country": "US", "type": "meeting"},
            lambda a: any("US" in e["countries"] and e["type"] == "meeting" for e in events(a)),
        ),
        ({"min_confidence": 0.83}, lambda a: any(e["confidence"] >= 0.83 for e in events(a))),
        ({"article": some}, lambda a: any(some in {r["article"]["id"] for r in e["readouts"]} for e in events(a))),
        ({"q": "tin tuc", "language": "vi"}, lambda a: a["language"] == "vi" and _found(a, events(a))),
    ]


def _found(article: Made, events: list[Made]) -> bool:
    told = (readout["article"] for one in events for readout in one["readouts"])
    return any("Tin tức" in (one["headline"] or "") for one in (article, *told))


async def test_every_filter_says_what_it_means(served: httpx.AsyncClient) -> None:  # noqa: F811
    everything = await listed(served, "/articles", {})
    for params, fits in _filters(await _reported(served)):
        expected = [one for one in everything if fits(one)]
        assert 0 < len(expected) < len(everything), params
        found = await listed(served, "/articles", params, limit=3)
        assert ids(found) == ids(expected), params
        counted = (await served.get("/articles", params={**params, "limit": 1, "count": "exact"})).json()
        assert counted["count"] == len(expected)
    some = everything[3]["id"]
    of_it = await listed(served, "/events", {"article": some})
    assert ids(of_it) == [one for one in ids(await listed(served, "/events", {})) if one in set(ids(of_it))]
    commitments = await listed(served, "/commitments", {"article": some})
    assert {one["event"]["id"] for one in commitments} <= set(ids(of_it))


async def test_orders_links_and_dates(client: httpx.AsyncClient) -> None:
    days = ["2021-11-02", None, "2021-11-02", "2020-01-01", None, "2023-05-05"]
    for number, day in enumerate(days):
        text = f"News {number}\nEVENT {{}}" if number != 1 else "No event here"
        assert (await client.post("/articles", json={"text": text, "published": day})).status_code == 201
    added = [one["headline"] for one in await listed(client, "/articles", {"sort": "added"}, limit=2)]
    assert added == ["News 0", "No event here", "News 2", "News 3", "News 4", "News 5"]
    newest = await listed(client, "/articles", {}, limit=1)
    assert [one["published"] for one in newest] == ["2023-05-05", "2021-11-02", "2021-11-02", "2020-01-01", None, None]
    assert ids(await listed(client, "/articles", {"limit": 6})) == ids(newest)
    oldest = await listed(client, "/articles", {"sort": "published"}, limit=3)
    assert [one["published"] for one in oldest] == ["2020-01-01", "2021-11-02", "2021-11-02", "2023-05-05", None, None]
    for words, titles in (
        ("no event", ["No event here"]),
        ("news", ["News 5", "News 0", "News 2", "News 3", "News 4"]),
    ):
        found = await listed(client, "/articles", {"q": words})
        assert {one["headline"] for one in found} == set(titles)
    assert await listed(client, "/articles", {"q": "no event", "type": "meeting"}) == []
    within = await listed(client, "/articles", {"published_from": "2021", "published_to": "2021"})
    assert {one["headline"] for one in within} == {"News 0", "News 2"}
    assert ids(await listed(client, "/articles", {"published": "2021-11"})) == ids(within)
    page = ArticlePage.model_validate_json((await client.get("/articles")).content)
    for one in page.data:
        whole = (await client.get(one.article_url)).json()
        assert whole["sha256"] == one.sha256
        events = (await client.get(one.events_url)).json()["data"]
        assert [event["id"] for event in events] == [said.event for said in one.readouts]
        for said in one.readouts:
            told = (await client.get(said.readouts_url)).json()["data"]
            assert said.id in [readout["id"] for readout in told]
    table = (await client.get("/articles.csv")).text.splitlines()
    assert len(table) == 7
    assert table[0].startswith("id,article_url,source,language,headline")
    wrong = await client.get("/articles?publishd=2021")
    assert "published" in wrong.json()["errors"][0]["hint"]
