"""`sort=relevance`: the obvious first."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from app.store import ranking
from tests import toy

pytestmark = pytest.mark.both

# In the order that anybody would expect for "ban dan" and for "Biden".
EVENTS: list[tuple[str, dict[str, Any]]] = [
    ("Tin vắn", {"title": "Talks on bán dẫn", "day": "2019-01-01", "countries": ["VN"]}),
    ("Hai bên bàn về bán dẫn", {"title": "They met", "day": "2020-01-01", "names": ["Joe Biden"]}),
    ("Tin dài\n" + "bán dẫn " * 3 + "và hạt tiêu " * 50, {"title": "They met", "day": "2021-01-01"}),
    ("Tin dài khác\nbán dẫn" + " và cà phê" * 60, {"title": "Biden was spoken of", "day": "2023-01-01"}),
    ("Tin khác\nÔng Biden được nhắc tới" + " và gạo" * 60, {"title": "They met", "day": "2024-01-01"}),
]


async def _days(client: httpx.AsyncClient, **params: Any) -> list[str]:
    found: list[str] = []
    url: str | None = str(httpx.URL("http://api/events", params={"sort": "relevance", **params}))
    while url:
        body = (await client.get(url)).json()
        found += [one["date"]["start"][:4] for one in body["data"]]
        url = body["next"]
    return found


@pytest.fixture
async def loaded(client: httpx.AsyncClient) -> httpx.AsyncClient:
    for words, event in EVENTS:
        assert (await client.post("/articles", json={"text": toy.text_of(event, words=words)})).status_code == 201
    return client


async def test_names_and_titles_come_before_texts(loaded: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await _days(loaded, q="ban dan") == ["2019", "2020", "2021", "2023"]
    assert await _days(loaded, q="ban dan", limit=1) == ["2019", "2020", "2021", "2023"]
    assert await _days(loaded, q="Biden") == ["2020", "2023", "2024"]
    assert await _days(loaded, q='"ban dan"', country="VN") == ["2019"]
    page = (await loaded.get("/events?q=ban+dan&sort=relevance")).json()
    assert (page["ranked"], page["ranked_all"]) == (4, True)
    monkeypatch.setattr(ranking, "MOST", 2)
    assert await _days(loaded, q="ban dan", limit=9) == ["2021", "2023"]
    page = (await loaded.get("/events?q=ban+dan&sort=relevance&count=exact")).json()
    assert (page["ranked"], page["ranked_all"], page["count"]) == (2, False, 4)
    table = (await loaded.get("/events.csv?q=ban+dan&sort=relevance&fields=date.start")).text.split()
    assert table == ["date_start", "2021-01-01", "2023-01-01"]


async def test_it_needs_words(loaded: httpx.AsyncClient) -> None:
    for path in ("/events", "/commitments"):
        wrong = await loaded.get(path, params={"sort": "relevance"})
        assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "sort")
        assert (await loaded.get(path, params={"sort": "relevance", "q": "x"})).status_code == 200
