"""Names and titles in the language of the reader; ids, evidence and words stay as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from app.display.events import shown
from app.display.language import DisplayLanguage, accepted, words_of
from app.display.names import namer
from app.records import EventStatus, EventType
from tests import whole
from tests.apis import api_on, client_of

_LEADERS = [
    {"kind": "person", "name": "Phạm Minh Chính", "actor_id": "pham-minh-chinh", "country": "VN",
     "title": "Prime Minister"},
    {"kind": "person", "name": "Joe Biden", "actor_id": "joe-biden", "country": "US", "title": "President"},
]  # fmt: skip
MEETING = {
    "title": "Prime Minister Phạm Minh Chính (Vietnam) met President Joe Biden (United States) in Hanoi",
    "countries": ["US", "VN"],
    "participants": _LEADERS,
    "venue": {"city": "Hanoi", "country": "VN"},
    "occasion": {"id": "cop-26", "name": "COP26"},
    "date": {"start": "2021-11-01", "end": "2021-11-01", "precision": "day", "basis": "stated", "confidence": 1},
    "commitments": [{"kind": "pledge", "force": "undertaking", "actors": ["US"], "text": "Buy aircraft"}],
}
VI = "Thủ tướng Việt Nam Phạm Minh Chính gặp Tổng thống Mỹ Joe Biden tại Hà Nội"
ZH = "越南总理范明政在河内会见美国总统拜登"


@pytest.fixture
async def client(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    api = api_on(monkeypatch, database, whole.extract, whole.KNOWLEDGE)
    async with api.router.lifespan_context(api), client_of(api) as opened:
        text = whole.text_of(MEETING, language="en", publisher=None, words="News")
        assert (await opened.post("/articles", json={"text": text})).status_code == 201
        yield opened


@pytest.mark.parametrize(
    ("params", "header", "language", "title"),
    [
        ({}, None, "en", MEETING["title"]),
        ({}, "vi-VN,vi;q=0.9,en;q=0.8", "vi", VI),
        ({}, "fr, zh-Hant-TW;q=0.5, en;q=0.1", "zh", ZH),
        ({}, "de", "en", MEETING["title"]),
        ({"lang": "zh"}, "vi", "zh", ZH),
        ({"lang": "en"}, "vi", "en", MEETING["title"]),
    ],
)
async def test_titles_by_header_and_parameter(
    client: httpx.AsyncClient, params: dict[str, str], header: str | None, language: str, title: str
) -> None:
    headers = {"accept-language": header} if header else {"accept-language": ""}
    listed = await client.get("/events", params=params, headers=headers)
    assert listed.headers["content-language"] == language
    assert "Accept-Language" in listed.headers["vary"]
    [event] = listed.json()["data"]
    assert event["title"] == title
    one = await client.get(f"/events/{event['id']}", params=params, headers=headers)
    assert (one.json(), one.headers["content-language"]) == (event, language)
    commitment = await client.get("/commitments", params=params, headers=headers)
    assert commitment.json()["data"][0]["event"]["title"] == title
    single = await client.get(commitment.json()["data"][0]["url"], params=params, headers=headers)
    assert single.json() == commitment.json()["data"][0]
    article = await client.get(f"/articles/{event['article']['id']}", params=params, headers=headers)
    assert article.json()["events"][0]["title"] == title
    changed = await client.get("/changes", params=params, headers=headers)
    assert changed.json()["data"][0]["event"] == event


async def test_only_names_and_titles_change(client: httpx.AsyncClient) -> None:
    [kept] = (await client.get("/events")).json()["data"]
    [event] = (await client.get("/events?lang=zh")).json()["data"]
    assert [one["name"] for one in event["participants"]] == ["范明政", "拜登"]
    assert [one["title"] for one in event["participants"]] == ["总理", "总统"]
    assert event["venue"]["city"] == "河内"

    def rest(one: dict[str, Any]) -> dict[str, Any]:
        people = [{**person, "name": "", "title": ""} for person in one["participants"]]
        places = {"venue": {**one["venue"], "city": ""}, "occasion": one["occasion"]["id"]}
        return {**one, "title": "", "participants": people, **places}

    assert rest(kept) == rest(event)


async def test_knowledge_flat_formats_and_caches(client: httpx.AsyncClient) -> None:
    for path, name in (("/actors/joe-biden", "拜登"), ("/countries/VN", "越南"), ("/places/hanoi", "河内")):
        assert (await client.get(path, params={"lang": "zh"})).json()["name"] == name
    assert (await client.get("/countries?q=vietnam&lang=vi")).json()["data"][0]["name"] == "Việt Nam"
    dyad = (await client.get("/dyads/US-VN", headers={"accept-language": "zh"})).json()
    assert (dyad["names"], dyad["activity"]["last_contact"]["title"]) == (["美国", "越南"], ZH)
    table = await client.get("/events.csv", headers={"accept-language": "vi"})
    assert table.headers["content-language"] == "vi"
    assert next(csv.DictReader(io.StringIO(table.text)))["title"] == VI
    assert ZH in (await client.get("/events.ics?lang=zh")).text.replace("\r\n ", "")
    dyads = (await client.get("/events.tab?lang=zh")).text
    assert "Joe Biden" in dyads
    assert "United States" in dyads
    # One answer for all headers that want the same, and no other.
    tags = {header: (await client.get("/events", headers={"accept-language": header})).headers["etag"]
            for header in ("vi", "vi-VN, en;q=0.5", "zh", "en", "de")}  # fmt: skip
    assert tags["vi"] == tags["vi-VN, en;q=0.5"]
    assert tags["en"] == tags["de"]
    assert len(set(tags.values())) == 3
    again = await client.get("/events", headers={"accept-language": "vi", "if-none-match": tags["vi"]})
    assert again.status_code == 304
    wrong = await client.get("/actors/joe-biden?lang=vn")
    assert (wrong.status_code, wrong.json()["errors"][0]["hint"]) == (422, "Did you mean 'vi'?")


async def test_what_a_person_wrote_is_left_alone(client: httpx.AsyncClient) -> None:
    [event] = (await client.get("/events")).json()["data"]
    change = {"action": "set", "pointer": "/title", "value": "A meeting of old friends", "by": "Desk", "why": "Better"}
    assert (await client.post(f"/events/{event['id']}/corrections", json=change)).status_code == 201
    assert (await client.get("/events?lang=vi")).json()["data"][0]["title"] == "A meeting of old friends"


def _event(kind: EventType, status: EventStatus, people: list[dict[str, Any]]) -> dict[str, Any]:
    given = [{"actor_id": None, "title": None, "organization": None, "country": None, **one} for one in people]
    venue = {"name": None, "city": "Hanoi", "country": "VN", "place_id": None}
    return {"type": kind.value, "status": status.value, "title": "", "participants": given, "venue": venue,
            "occasion": None, "countries": ["US", "VN"]}  # fmt: skip


@pytest.mark.parametrize("language", [DisplayLanguage.vi, DisplayLanguage.zh])
def test_every_type_and_status_has_words(language: DisplayLanguage) -> None:
    of = namer(language, whole.KNOWLEDGE)
    words = words_of(language)
    assert set(words.verbs) == set(words.nouns) == set(EventType)
    assert set(words.signs) == set(EventStatus)
    titles = [
        shown(_event(kind, status, people), of)["title"]
        for kind in EventType
        for status in EventStatus
        for people in (_LEADERS, _LEADERS[:1], [])
    ]
    assert all(titles)
    assert not any("{" in one or "None" in one or "United" in one for one in titles)
    unknown = {"kind": "person", "name": "Nobody Known", "title": "Keeper of the Seal", "country": "VN"}
    crowd = shown(_event(EventType.meeting, EventStatus.planned, [unknown, *_LEADERS * 2]), of)
    assert "Keeper" not in crowd["title"]
    assert crowd["participants"][0]["title"] == "Keeper of the Seal"


@pytest.mark.parametrize(
    ("header", "expected"),
    [("", "en"), ("*", "en"), ("zh;q=0", "en"), ("vi;q=x, zh;q=0.1", "zh"), ("ZH-hans", "zh"), ("," * 5000, "en")],
)
def test_headers_that_nobody_expects(header: str, expected: str) -> None:
    assert accepted(header).value == expected
