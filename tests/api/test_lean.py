"""The short way to an answer gives the answers of the long one."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from app.routers.lean import Lean
from tests import toy

EVENTS = [
    {"day": f"2021-11-{day:02}", "countries": ["US", "VN"][: 1 + day % 2], "names": ["Phạm Minh Chính"]}
    for day in range(1, 9)
]


def lean_part(api: FastAPI) -> Lean:
    found = api.middleware_stack
    while not isinstance(found, Lean):
        found = getattr(found, "app", None) or getattr(found, "_app", None)
        assert found is not None
    return found


@pytest.fixture
async def both(api: FastAPI, client: httpx.AsyncClient) -> httpx.AsyncClient:
    await client.post("/articles", json={"text": toy.text_of(*EVENTS, words="Hai bên hội đàm")})
    return client


async def asked(client: httpx.AsyncClient, url: str) -> tuple[int, str, bytes]:
    answer = await client.get(url)
    return answer.status_code, answer.headers.get("content-type", ""), answer.content


URLS = (
        "/events", "/events?country=US&country=Việt Nam&limit=2", "/events?q=%E1%BB%99i+đàm&participant=chinh",
        "/events?country=Mỹ&country=M%E1%BB%B9", "/events?limit=", "/events?limit=0", "/events?limit=1&limit=2",
        "/events?contry=US", "/events?country=Nowhere", "/events?date_from=2021-11-03&date_to=2021-11-05",
        "/events?date_from=2022-01-01&date_to=2021-01-01", "/events?cursor=x", "/events?q=", "/events?q=%ff%00",
        "/events?country=%F0%9F%98%80", "/events?&&limit=3&", "/events?limit=3;country=US", "/events/", "/events/ev_no",
        "/events/ev_no?x=1", "/events/a/b", "/events/%2F", "/articles/ar_no", "/health", "/health?x=1", "/countries",
        "/countries/VN", "/countries?limit=2", "/topics", "/no", "/", "/openapi.json",
    )  # fmt: skip


async def same_by_both_ways(client: httpx.AsyncClient, api: FastAPI, url: str) -> None:
    short = [await asked(client, url) for _ in range(2)]
    lean = lean_part(api)
    routes, lean.routes = lean.routes, {}
    long = await asked(client, url)
    lean.routes = routes
    assert short == [long, long], url


async def test_both_ways_lead_to_the_same(both: httpx.AsyncClient, api: FastAPI) -> None:
    for url in URLS:
        await same_by_both_ways(both, api, url)


async def test_what_is_read_most_goes_the_short_way(both: httpx.AsyncClient, api: FastAPI) -> None:
    assert {"/events", "/events/{}", "/countries", "/actors"} <= set(lean_part(api).routes)


async def test_an_event_is_the_same_by_either_way(both: httpx.AsyncClient, api: FastAPI) -> None:
    url = (await both.get("/events?limit=1")).json()["data"][0]["url"]
    await same_by_both_ways(both, api, url)
