"""ETag, Last-Modified, 304, HEAD, compression."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import zstandard
from fastapi import FastAPI

from app.routers.conditional import Conditional
from app.store.engine import Store
from tests import toy

ARTICLE = {"text": toy.text_of(*({"day": "2021-11-01", "title": f"event {n}"} for n in range(60)))}


@pytest.fixture
async def filled(client: httpx.AsyncClient) -> httpx.AsyncClient:
    assert (await client.post("/articles", json=ARTICLE)).status_code == 201
    return client


@pytest.mark.both
async def test_what_the_client_has_is_not_sent_again(filled: httpx.AsyncClient) -> None:
    first = await filled.get("/events?limit=2")
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["vary"].count("Accept-Encoding") == 1
    again = await filled.get("/events?limit=2", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["vary"].startswith("Accept, Accept-Language, Accept-Encoding")
    await filled.post("/articles", json={"text": toy.text_of({"title": "new"})})
    assert (await filled.get("/events?limit=2", headers={"if-none-match": tag})).status_code == 200


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("/events?limit=3", {}),
        ("/events.csv?limit=2", {}),
        ("/topics", {}),
        ("/events?limit=2", {"accept": "text/csv"}),
        ("/events?limit=2", {"accept-encoding": "identity"}),
        ("/events?limit=2", {"host": "other"}),
    ],
)
async def test_another_answer_has_another_tag(filled: httpx.AsyncClient, url: str, headers: dict[str, str]) -> None:
    tag = (await filled.get("/events?limit=2")).headers["etag"]
    other = await filled.get(url, headers={"if-none-match": tag, **headers})
    assert other.status_code == 200
    assert other.headers["etag"] != tag


async def test_a_failure_has_no_tag(filled: httpx.AsyncClient) -> None:
    for url in ("/events?contry=US", "/events/ev_none"):
        answer = await filled.get(url, headers={"if-none-match": "*"})
        assert answer.status_code >= 400
        assert "etag" not in answer.headers
    assert (await filled.get("/events", headers={"if-none-match": "*"})).status_code == 304


async def test_since_when_nothing_changed(api: FastAPI, filled: httpx.AsyncClient) -> None:
    (layer,) = (one for one in layers(api) if isinstance(one, Conditional))
    now = datetime.now(UTC)
    layer._clock = lambda: now - timedelta(hours=1)  # within the second of the last change, more may come
    assert "last-modified" not in (await filled.get("/events")).headers
    layer._clock = lambda: now + timedelta(seconds=2)
    modified = (await filled.get("/events")).headers["last-modified"]
    assert (await filled.get("/events", headers={"if-modified-since": modified})).status_code == 304
    for since in ("Mon, 01 Jan 2001 00:00:00 GMT", "yesterday", ""):
        assert (await filled.get("/events", headers={"if-modified-since": since})).status_code == 200


def layers(api: FastAPI) -> list[object]:
    found, layer = [], api.middleware_stack
    while layer is not None:
        found.append(layer)
        layer = getattr(layer, "app", None) or getattr(layer, "_app", None)
    return found


@pytest.mark.parametrize("url", ["/events", "/events.ndjson", "/events.parquet", "/health", "/docs", "/openapi.json"])
async def test_head_is_get_without_the_body(filled: httpx.AsyncClient, url: str) -> None:
    got, head = await filled.get(url), await filled.head(url)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "content-length"):
        assert head.headers.get(name) == got.headers.get(name), name


async def test_head_of_what_is_wrong(filled: httpx.AsyncClient) -> None:
    answer = await filled.head("/events?contry=US")
    assert (answer.status_code, answer.content) == (422, b"")
    assert (await filled.head("/extract")).status_code == 405


@pytest.mark.parametrize("url", ["/events", "/events.csv", "/events.geojson", "/events.ndjson"])
async def test_text_is_compressed_on_the_way(filled: httpx.AsyncClient, url: str) -> None:
    plain = await filled.get(url, headers={"accept-encoding": "identity"})
    for coding, unpacked in (("gzip", gzip.decompress), ("zstd", lambda data: zstandard.decompress(data, 10**7))):
        async with filled.stream("GET", url, headers={"accept-encoding": coding}) as answer:
            assert answer.headers["content-encoding"] == coding
            raw = b"".join([part async for part in answer.aiter_raw()])
        assert len(raw) < len(plain.content) / 3
        if coding == "gzip":
            assert unpacked(raw) == plain.content
        else:
            assert zstandard.ZstdDecompressor().decompressobj().decompress(raw) == plain.content


def test_the_number_of_the_last_change_grows_with_each_write(store: Store) -> None:
    seen = [store.changed()]
    for _ in range(5):
        with store.write():
            pass
        seen.append(store.changed())
    assert sorted(set(seen)) == seen
    with pytest.raises(KeyError), store.write():
        raise KeyError
    assert store.changed() == seen[-1]


@pytest.mark.both
def test_other_programs_change_it_too(store: Store, database: str) -> None:
    from app.store.engine import open_store

    before = store.changed()
    other = open_store(database)
    with other.write():
        pass
    assert store.changed() > before
    assert store.changed() == other.changed()
    other.close()


async def test_a_304_asks_the_database_for_nothing_but_the_last_change(
    filled: httpx.AsyncClient, api: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This is what makes it cheap."""
    tag = (await filled.get("/events")).headers["etag"]

    def none(*_: object, **__: object) -> None:
        raise AssertionError("The database was asked.")

    for name in ("read", "ask", "at_once"):
        monkeypatch.setattr(type(api.state.store), name, none)
    assert (await filled.get("/events", headers={"if-none-match": tag})).status_code == 304
    assert (await filled.get("/events?q=never+asked+before")).status_code == 500
