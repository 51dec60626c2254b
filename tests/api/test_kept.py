"""Answers are kept until something is written, by whomever, and never take more room than they may."""

from __future__ import annotations

from contextlib import contextmanager

import httpx
import pytest
from fastapi import FastAPI

from app.ingest import ingest_one
from app.main import create_app
from app.records import Article
from app.routers.kept import Answers, Kept
from app.settings import Settings
from app.store.engine import Store, open_store
from tests import toy

pytestmark = pytest.mark.both


def kept(api: FastAPI) -> Answers:
    found = api.middleware_stack
    while not isinstance(found, Kept):
        found = getattr(found, "app", None) or getattr(found, "_app", None)
        assert found is not None
    return found._answers


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with every session that reads."""
    counted: list[int] = []
    read = Store.read

    @contextmanager
    def counting(store: Store):  # type: ignore[no-untyped-def]
        counted.append(1)
        with read(store) as session:
            yield session

    at_once = Store.at_once

    def counting_at_once(store: Store, work):  # type: ignore[no-untyped-def]
        counted.append(1)
        return at_once(store, work)

    monkeypatch.setattr(Store, "read", counting)
    monkeypatch.setattr(Store, "at_once", counting_at_once)
    return counted


async def test_an_answer_is_kept_until_anybody_writes(
    client: httpx.AsyncClient, database: str, reads: list[int]
) -> None:
    await client.post("/articles", json={"text": toy.text_of({"countries": ["US"]})})
    first = await client.get("/events?country=US")
    reads.clear()
    again = await client.get("/events?country=US")
    assert reads == []
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert (await client.get("/events?country=us")).status_code == 200
    assert reads
    other = open_store(database)
    ingest_one(other, toy.extract, Article(source="b", text=toy.text_of({"countries": ["US"]}, words="More")))
    other.close()
    assert len((await client.get("/events?country=US")).json()["data"]) == 2


async def test_what_else_was_asked_for_is_told_apart(client: httpx.AsyncClient) -> None:
    await client.post("/articles", json={"text": toy.text_of({"countries": ["US"]})})
    for _ in range(2):
        assert (await client.get("/events", headers={"accept": "text/csv"})).headers[
            "content-type"
        ] != "application/json"
        assert (await client.get("/events", headers={"host": "b"})).json()["data"][0]["url"].startswith("http://b/")
        assert (await client.get("/events", headers={"host": "c"})).json()["data"][0]["url"].startswith("http://c/")
        assert (await client.get("/events", headers={"accept-encoding": "zstd"})).status_code == 200
        assert (await client.head("/events")).content == b""
        assert (await client.get("/events?contry=US")).status_code == 422
        assert (await client.get("/events")).json()["data"]


async def test_the_room_is_never_exceeded(database: str) -> None:
    api = create_app(
        Settings(database_url=database, answer_cache=40_000), extractor=toy.extract, knowledge=toy.KNOWLEDGE
    )
    opened = httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://api")
    async with api.router.lifespan_context(api), opened as client:
        await client.post("/articles", json={"text": toy.text_of(*({"title": str(n)} for n in range(40)))})
        for number in range(1, 41):
            await client.get(f"/events?limit={number}")
            assert kept(api).size <= 40_000
        assert kept(api).size > 20_000
