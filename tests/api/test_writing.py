"""Writing: batches, replacing, removing, requests sent twice."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest

from app.routers.batches import BatchResult
from tests import toy

pytestmark = pytest.mark.both

NDJSON = {"content-type": "application/x-ndjson"}


def article(title: str, **more: Any) -> dict[str, Any]:
    return {"text": toy.text_of({"title": title, "day": "2021-11-01"}, words=title), **more}


async def batch(client: httpx.AsyncClient, *lines: Any) -> list[BatchResult]:
    body = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    answer = await client.post("/articles", content=body.encode(), headers=NDJSON)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    return [BatchResult.model_validate_json(line) for line in answer.text.splitlines()]


async def test_a_batch_has_a_result_for_each_line(client: httpx.AsyncClient) -> None:
    results = await batch(
        client, article("a"), "{", "", {"txt": "b"}, article("c", url="ftp://x"), article("a"), "[1]", article("d")
    )
    assert [(one.line, one.status, one.outcome) for one in results] == [
        (1, 201, "added"), (2, 400, None), (4, 422, None), (5, 422, None), (6, 200, "unchanged"), (7, 422, None),
        (8, 201, "added"),
    ]  # fmt: skip
    assert results[1].problem
    assert results[1].problem.detail.startswith("Line 2 is not JSON")
    assert results[2].problem
    assert {item.pointer for item in results[2].problem.errors} == {"/text", "/txt"}
    for one in (results[0], results[-1]):
        stored = (await client.get(str(one.url))).json()
        assert stored["id"] == one.id
        assert len(stored["events"]) == one.events == 1
    assert (await client.get("/health")).json()["articles"] == 2


async def test_an_empty_batch_has_no_results(client: httpx.AsyncClient) -> None:
    assert await batch(client, "", "  ") == []


async def test_a_long_batch_is_stored_bit_by_bit(client: httpx.AsyncClient) -> None:
    results = await batch(client, *(article(f"number {n}") for n in range(50)))
    assert {one.status for one in results} == {201}
    assert len({one.id for one in results}) == 50
    assert (await client.get("/health")).json()["events"] == 50


async def test_a_batch_takes_no_parameters_and_no_half_surrogates(client: httpx.AsyncClient) -> None:
    assert (await client.post("/articles?a=1", content=b"{}", headers=NDJSON)).status_code == 422
    (result,) = await batch(client, '{"text": "\\ud800"}')
    assert result.status == 400
    (result,) = await batch(client, '{"text": "\x00"}')
    assert result.status == 400


async def test_an_article_is_replaced(client: httpx.AsyncClient) -> None:
    old = (await client.post("/articles", json=article("old"))).json()
    answer = await client.put(f"/articles/{old['id']}", json=article("new"))
    assert answer.status_code == 200
    new = answer.json()
    assert new["id"] != old["id"]
    assert answer.headers["location"] == f"http://api/articles/{new['id']}"
    assert (await client.get(f"/articles/{old['id']}")).status_code in (404, 410)
    assert [event["title"] for event in (await client.get("/events")).json()["data"]] == ["new"]
    again = await client.put(f"/articles/{new['id']}", json=article("new", published="2021-11-02"))
    assert again.json()["published"] == "2021-11-02"
    assert again.json()["id"] == new["id"]
    missing = await client.put("/articles/ar_aaaaaaaaaaaaaaaa", json=article("x"))
    assert missing.status_code == 404
    assert (await client.get("/health")).json()["articles"] == 1


async def test_an_article_is_removed_with_what_it_said(client: httpx.AsyncClient) -> None:
    stored = (await client.post("/articles", json=article("gone"))).json()
    answer = await client.delete(f"/articles/{stored['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await client.delete(f"/articles/{stored['id']}")).status_code == 404
    assert (await client.get("/events")).json()["data"] == []
    assert (await client.delete("/articles/%00")).status_code == 404


async def test_a_request_sent_twice_is_done_once(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": '"5b1f"'}
    first = await client.post("/articles", json=article("once"), headers=headers)
    assert first.status_code == 201
    await client.delete(f"/articles/{first.json()['id']}")
    again = await client.post("/articles", json=article("once"), headers={"idempotency-key": "5b1f"})
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    assert (await client.get("/health")).json()["articles"] == 0
    other = await client.post("/articles", json=article("other"), headers=headers)
    assert other.status_code == 409
    assert other.json()["type"] == "urn:dragoman:problem:idempotency-conflict"
    assert (await client.post("/extract", json=article("other"), headers=headers)).status_code == 200


async def test_a_request_that_failed_may_be_mended(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "k"}
    first = await client.post("/articles", json={}, headers=headers)
    again = await client.post("/articles", json=article("mended"), headers=headers)
    assert (first.status_code, again.status_code) == (422, 201)


@pytest.mark.parametrize("key", ["", '""', "x" * 256, "é"])
async def test_a_key_that_cannot_be(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.post("/articles", json=article("x"), headers={"idempotency-key": key.encode()})
    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:dragoman:problem:invalid-header"


async def test_the_same_request_twice_at_once_is_done_once(client: httpx.AsyncClient) -> None:
    headers = {"idempotency-key": "at-once"}
    answers = await asyncio.gather(*(client.post("/articles", json=article("a"), headers=headers) for _ in range(4)))
    statuses = sorted(answer.status_code for answer in answers)
    assert set(statuses) <= {201, 409}
    assert statuses[0] == 201
    assert (await client.get("/health")).json()["articles"] == 1
