"""`GET /events`: each filter, the order, the pages."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.routers.events import EventPage
from tests import toy

pytestmark = pytest.mark.both

MEETING = {
    "title": "first",
    "day": "2021-11-01",
    "countries": ["VN", "US"],
    "names": ["Phạm Minh Chính", "Joe Biden"],
    "topics": ["climate", "trade"],
}
CALL = {"title": "second", "day": "2023-03-29", "type": "phone_call", "countries": ["VN", "JP"], "names": ["范明政"]}
VISIT = {"title": "third", "day": "2022-01-30", "end": "2022-02-02", "type": "visit", "countries": ["US", "JP"]}
UNDATED = {"title": "undated", "countries": ["AT"], "topics": ["trade"], "names": ["Kim Boo-kyum"], "actor": "kim-id"}


@pytest.fixture
async def loaded(client: httpx.AsyncClient) -> httpx.AsyncClient:
    for text in (
        toy.text_of(UNDATED, MEETING, words="Hai bên hội đàm tại Đà Nẵng"),
        toy.text_of(CALL, words="双方在河内举行会谈中"),
        toy.text_of(VISIT, words="Một chuyến thăm"),
    ):
        assert (await client.post("/articles", json={"text": text})).status_code == 201
    return client


async def titles(client: httpx.AsyncClient, **params: Any) -> list[str]:
    answer = await client.get("/events", params=params)
    assert answer.status_code == 200, answer.text
    EventPage.model_validate_json(answer.content)
    return [event["title"] for event in answer.json()["data"]]


async def test_newest_first_and_undated_last(loaded: httpx.AsyncClient) -> None:
    assert await titles(loaded) == ["second", "third", "first", "undated"]


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({"country": "US"}, ["third", "first"]),
    ({"country": ["US", "VN"]}, ["first"]),
    ({"country": ["US", "VN", "JP"]}, []),
    ({"country": ["VN", "vietnamese"]}, ["second", "first"]),
    ({"country_any": ["VN", "AT"]}, ["second", "first", "undated"]),
    ({"country": "JP", "country_any": ["VN", "AT"]}, ["second"]),
    ({"type": "visit"}, ["third"]),
    ({"type": ["visit", "phone_call"]}, ["second", "third"]),
    ({"topic": "trade"}, ["first", "undated"]),
    ({"topic": ["trade", "climate"]}, ["first"]),
    ({"language": "zh"}, ["second"]),
    ({"participant": "pham minh chinh"}, ["first"]),
    ({"participant": "BIDEN"}, ["first"]),
    ({"participant": ["Biden", "chính"]}, ["first"]),
    ({"participant": "范明政"}, ["second"]),
    ({"participant": "kim-id"}, ["undated"]),
    ({"participant": "Chính Joe"}, []),
    ({"date_from": "2022-02-02"}, ["second", "third"]),
    ({"date_from": "2022-02-03"}, ["second"]),
    ({"date_to": "2022-01-30"}, ["third", "first"]),
    ({"date_to": "2022-01-29"}, ["first"]),
    ({"date_from": "2021-11-01", "date_to": "2021-11-01"}, ["first"]),
    ({"q": "hoi dam"}, ["first", "undated"]),
    ({"q": "ĐÀM đà"}, ["first", "undated"]),
    ({"q": "hoi bien"}, []),
    ({"q": '"hai ben hoi"'}, ["first", "undated"]),
    ({"q": '"hai hoi"'}, []),
    ({"q": "会谈"}, ["second"]),
    ({"q": "河内 会谈"}, ["second"]),
    ({"q": "谈会"}, []),
    ({"q": "biden"}, ["first", "undated"]),
    ({"q": "hoi dam", "country": "mỹ", "topic": "climate", "participant": "biden"}, ["first"]),
    ({"q": "hoi dam", "date_to": "2021-12-01"}, ["first"]),
    ({"q": 'OR NOT "a b'}, []),
]


async def test_filters(loaded: httpx.AsyncClient) -> None:
    for params, expected in FILTERS:
        assert (params, await titles(loaded, **params)) == (params, expected)


WRITTEN = (
    ("us", "US"), ("USA", "US"), ("Mỹ", "US"), ("美国", "US"), ("american", "US"), ("UNITED STATES", "US"),
    ("viet nam", "VN"), ("Việt Nam", "VN"), ("Vietnam", "VN"), ("Áo", "AT"), ("ao", "AO"), ("my", "MY"),
    (" nhat ban ", "JP"), ("Viê\u0323t Nam", "VN"),
)  # fmt: skip


async def test_a_country_is_understood_as_written(client: httpx.AsyncClient) -> None:
    events = [{"countries": [code], "title": code} for code in ("US", "VN", "JP", "AT", "AO", "MY")]
    await client.post("/articles", json={"text": toy.text_of(*events)})
    for written, expected in WRITTEN:
        assert (written, await titles(client, country=written)) == (written, [expected])


async def pages(client: httpx.AsyncClient, **params: Any) -> list[list[str]]:
    found, url = [], str(httpx.URL("http://api/events", params=params))
    while url:
        answer = (await client.get(url)).json()
        found.append([event["id"] for event in answer["data"]])
        url = answer["next"]
    return found


@pytest.mark.parametrize("limit", [1, 2, 7, 50])
async def test_paging_gives_each_event_exactly_once(client: httpx.AsyncClient, limit: int) -> None:
    days = [None, "2021-01-01", "2021-01-01", "2021-01-02", "2020-05-05"]
    events = [{"day": day, "countries": ["US"], "title": str(n)} for n, day in enumerate(days * 5)]
    await client.post("/articles", json={"text": toy.text_of(*events, {"countries": ["JP"], "title": "other"})})
    whole = (await pages(client, country="us", limit=200))[0]
    found = await pages(client, country="us", limit=limit)
    assert [one for page in found for one in page] == whole
    assert len(set(whole)) == len(events)
    assert all(len(page) == limit for page in found[:-1])


async def test_events_added_while_paging_neither_repeat_nor_hide_others(client: httpx.AsyncClient) -> None:
    before = [{"day": f"2021-01-{day:02}"} for day in range(1, 11)]
    await client.post("/articles", json={"text": toy.text_of(*before)})
    expected = (await pages(client))[0]
    first = (await client.get("/events", params={"limit": 4})).json()
    await client.post("/articles", json={"text": toy.text_of({"day": "2021-01-10"}, {"day": "2022-01-01"})})
    rest = (await client.get(first["next"])).json()
    last = (await client.get(rest["next"])).json()
    assert [event["id"] for page in (first, rest, last) for event in page["data"]] == expected
    assert last["next"] is None


async def test_next_keeps_the_filters_as_they_were_written(client: httpx.AsyncClient) -> None:
    await client.post("/articles", json={"text": toy.text_of(*([{"countries": ["VN"]}] * 3))})
    answer = await client.get("/events", params={"country": ["Việt Nam", "越南"], "limit": 1})
    following = httpx.URL(answer.json()["next"])
    assert following.host == "api"
    assert following.params.get_list("country") == ["Việt Nam", "越南"]
    assert len((await client.get(following)).json()["data"]) == 1


async def test_links_are_absolute_and_lead_to_the_record(loaded: httpx.AsyncClient) -> None:
    event = (await loaded.get("/events", params={"limit": 1})).json()["data"][0]
    assert event["url"] == f"http://api/events/{event['id']}"
    assert (await loaded.get(event["url"])).json() == event


async def test_a_strange_host_header_breaks_nothing(loaded: httpx.AsyncClient) -> None:
    answer = await loaded.get("/events", headers={"host": '[x"'})
    assert answer.status_code == 200
    assert all(event["url"].startswith("http://") for event in answer.json()["data"])
