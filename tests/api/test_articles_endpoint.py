"""Posting and reading articles, and extraction without storing."""

from __future__ import annotations

import asyncio
import threading

import httpx
import pytest
from fastapi import FastAPI

from app.records import Article, Extraction
from app.store.documents import StoredArticle
from tests import toy
from tests.live import PATIENCE

pytestmark = pytest.mark.both

TEXT = toy.text_of({"day": "2021-11-01", "names": ["Joe Biden"]}, {"title": "later"}, words="Tin: Mỹ 😀 và\r\nViệt Nam")
BODY = {"text": TEXT, "url": "https://news.example/a?id=1&utm_source=x", "published": "2021-11-02"}


async def test_a_posted_article_is_stored_with_its_events(client: httpx.AsyncClient) -> None:
    answer = await client.post("/articles", json=BODY)
    assert answer.status_code == 201
    article = StoredArticle.model_validate_json(answer.content)
    assert answer.headers["location"] == f"http://api/articles/{article.id}"
    assert (await client.get(answer.headers["location"])).json() == answer.json()
    assert article.text == TEXT
    assert article.url == article.source == BODY["url"]
    assert str(article.published) == "2021-11-02"
    assert [event.title for event in article.events] == ["They met", "later"]
    for event in article.events:
        assert (await client.get(f"/events/{event.id}")).json()["article"]["id"] == article.id


async def test_evidence_lies_in_the_text_and_points_to_a_value(client: httpx.AsyncClient) -> None:
    answer = (await client.post("/articles", json=BODY)).json()
    by_id = {event["id"]: event for event in answer["events"]}
    assert {mark["pointer"] for mark in answer["evidence"]} == {"", "/date", "/participants/0"}
    for mark in answer["evidence"]:
        assert answer["text"][mark["start"] : mark["end"]] == mark["quote"]
        value = by_id[mark["event"]]
        for step in mark["pointer"].split("/")[1:]:
            value = value[int(step)] if step.isdigit() else value[step]
        assert {"start": mark["start"], "end": mark["end"], "quote": mark["quote"]} in value["evidence"]


async def test_the_same_text_again_changes_nothing(client: httpx.AsyncClient) -> None:
    first = await client.post("/articles", json=BODY)
    again = await client.post("/articles", json={"text": TEXT, "url": "https://elsewhere.example/copy"})
    assert again.status_code == 200
    assert again.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert (await client.get("/health")).json()["events"] == 2


async def test_another_text_at_the_same_address_takes_the_place_of_the_first(client: httpx.AsyncClient) -> None:
    first = (await client.post("/articles", json=BODY)).json()
    changed = {"text": toy.text_of({"title": "corrected"}), "url": "http://www.news.example//a?id=1#top"}
    second = await client.post("/articles", json=changed)
    assert second.status_code == 201
    assert (await client.get(f"/articles/{first['id']}")).status_code == 404
    assert [event["title"] for event in (await client.get("/events")).json()["data"]] == ["corrected"]
    assert (await client.get("/events", params={"q": "biden"})).json()["data"] == []


async def test_other_addresses_stay_apart(client: httpx.AsyncClient) -> None:
    for number in (1, 2):
        body = {"text": toy.text_of({"title": str(number)}), "url": f"https://news.example/a?id={number}"}
        assert (await client.post("/articles", json=body)).status_code == 201
    assert (await client.get("/health")).json()["articles"] == 2


async def test_extract_stores_nothing(client: httpx.AsyncClient) -> None:
    answer = await client.post("/extract", json=BODY)
    assert answer.status_code == 200
    assert Extraction.model_validate_json(answer.content) == toy.extract(
        Article(source=BODY["url"], text=TEXT, url=BODY["url"], published="2021-11-02")
    )
    assert (await client.get("/health")).json() == {"status": "ok", "version": "0.1.0", "articles": 0, "events": 0}


async def test_the_server_answers_while_an_article_is_read(api: FastAPI, client: httpx.AsyncClient) -> None:
    begun, answered = threading.Event(), threading.Event()

    def slow(article: Article) -> Extraction:
        begun.set()
        assert answered.wait(PATIENCE)
        return toy.extract(article)

    api.state.extractor = slow
    reading = asyncio.create_task(client.post("/articles", json=BODY))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    answer = await client.get("/health")
    assert answer.status_code == 200
    assert not reading.done()
    answered.set()
    assert (await reading).status_code == 201


async def test_two_posts_of_one_text_at_once_store_it_once(client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.post("/articles", json=BODY) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert (await client.get("/health")).json()["articles"] == 1


async def test_the_root_is_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert (await client.get("/web/main.js")).status_code == 200
