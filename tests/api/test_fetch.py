"""POST /fetch: pages of the web as articles, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from tests import toy

PAGE = """<!doctype html><html lang="en"><head><title>Leaders meet</title>
<meta property="article:published_time" content="2023-09-10T08:00:00Z"></head><body><article><h1>Leaders meet</h1>
<p>{0}</p><p>{0}</p></article></body></html>""".format("The president met the prime minister in Hanoi. " * 8)


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/story"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(PAGE.encode() if found else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


async def test_a_page_inside_the_network_is_left_alone(client: httpx.AsyncClient, site: str) -> None:
    answer = await client.post("/fetch", json={"url": f"{site}/story"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/url"


class TestAllowed:
    @pytest.fixture
    def api(self, database: str) -> FastAPI:
        settings = Settings(database_url=database, fetch_private=True)
        return create_app(settings, extractor=toy.extract, knowledge=toy.KNOWLEDGE)

    async def test_a_page_becomes_an_article(self, client: httpx.AsyncClient, site: str) -> None:
        answer = await client.post("/fetch", json={"url": f"{site}/story"})
        assert answer.status_code == 200
        article = answer.json()
        assert "met the prime minister in Hanoi" in article["text"]
        assert article["published"] == "2023-09-10"
        assert (await client.get("/health")).json()["articles"] == 0

    async def test_a_page_that_is_not_there_is_a_problem(self, client: httpx.AsyncClient, site: str) -> None:
        answer = await client.post("/fetch", json={"url": f"{site}/gone"})
        assert answer.status_code == 422
        assert "cannot be read" in answer.json()["detail"]
