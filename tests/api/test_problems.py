"""Every failure has one shape, says what is wrong and where, and is documented."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.knowledge.load import load_knowledge
from app.records import Article, Extraction
from app.routers.country_names import country_names
from app.routers.units import unit_of
from tests import toy

JSON = {"content-type": "application/json"}


async def _chunks() -> AsyncIterator[bytes]:
    for _ in range(30):
        yield b" " * 50_000


def _post(content: Any, path: str = "/articles", **headers: str) -> dict[str, Any]:
    return {"method": "POST", "url": path, "content": content, "headers": JSON | headers}


def _posted(**body: Any) -> dict[str, Any]:
    return _post(json.dumps(body))


def _get(url: str) -> dict[str, Any]:
    return {"method": "GET", "url": url}


# Request, status, kind, where it is wrong, and what the hint holds.
CASES: dict[str, tuple[dict[str, Any], int, str, str | None, str | None]] = {
    "misspelt parameter": (_get("/events?contry=US"), 422, "invalid-parameter", "contry", "'country'"),
    "parameter where none is taken": (_get("/health?x=1"), 422, "invalid-parameter", "x", "None"),
    "parameter of an item": (_get("/events/ev_x?limit=1"), 422, "invalid-parameter", "limit", "as_of"),
    "parameter of what takes none": (_get("/health?limit=1"), 422, "invalid-parameter", "limit", "None"),
    "parameter of a post": (_post('{"text": "a"}', "/extract?q=1"), 422, "invalid-parameter", "q", "None"),
    "unknown country": (_get("/events?country=Vietnan"), 422, "invalid-parameter", "country", "Vietnam (VN)"),
    "unknown country, any": (_get("/events?country_any=Xyzzy"), 422, "invalid-parameter", "country_any", "ISO"),
    "empty country": (_get("/events?country="), 422, "invalid-parameter", "country", "ISO"),
    "too many countries": (_get("/events?" + "country=US&" * 21), 422, "invalid-parameter", "country", None),
    "misspelt type": (_get("/events?type=meting"), 422, "invalid-parameter", "type", "'meeting'"),
    "misspelt topic": (_get("/events?topic=climat"), 422, "invalid-parameter", "topic", "'climate'"),
    "bad language": (_get("/events?language=Vietnamese"), 422, "invalid-parameter", "language", None),
    "bad day": (_get("/events?date_from=1/11/2021"), 422, "invalid-parameter", "date_from", "2021-11-01"),
    "number as a day": (_get("/events?date_to=0"), 422, "invalid-parameter", "date_to", "2021-11-01"),
    "no such day": (_get("/events?date_to=2021-02-29"), 422, "invalid-parameter", "date_to", "2021-11-01"),
    "days exchanged": (
        _get("/events?date_from=2022-01-01&date_to=2021-01-01"), 422, "invalid-parameter", "date_from", "Exchange",
    ),
    "no word": (_get("/events?q=%21%21"), 422, "invalid-parameter", "q", "letter"),
    "NUL in a query": (_get("/events?q=a%00b"), 422, "invalid-parameter", "q", None),
    "no participant": (_get("/events?participant="), 422, "invalid-parameter", "participant", "letter"),
    "limit too low": (_get("/events?limit=0"), 422, "invalid-parameter", "limit", None),
    "limit too high": (_get("/events?limit=201"), 422, "invalid-parameter", "limit", None),
    "limit no number": (_get("/events?limit=ten"), 422, "invalid-parameter", "limit", None),
    "limit twice": (_get("/events?limit=1&limit=2"), 422, "invalid-parameter", "limit", "once"),
    "broken cursor": (_get("/events?cursor=abc"), 422, "invalid-cursor", "cursor", "next"),
    "cursor no ASCII": (_get("/events?cursor=%E4%B8%AD"), 422, "invalid-cursor", "cursor", "next"),
    "forged cursor": (_get("/events?cursor=" + "A" * 44), 422, "invalid-cursor", "cursor", "next"),
    "empty cursor": (_get("/events?cursor="), 422, "invalid-cursor", "cursor", "next"),
    "unknown event": (_get("/events/ev_nothing"), 404, "not-found", None, None),
    "unknown event, NUL": (_get("/events/%00"), 404, "not-found", None, None),
    "unknown article": (_get("/articles/ar_nothing"), 404, "not-found", None, None),
    "unknown path": (_get("/event"), 404, "not-found", None, "/events"),
    "wrong method": ({"method": "DELETE", "url": "/events"}, 405, "method-not-allowed", None, None),
    "written to a format": (_posted(text="a") | {"url": "/events.csv"}, 405, "method-not-allowed", None, "/articles"),
    "long body": (_post(b" " * 1_000_001), 413, "body-too-large", None, None),
    "long body in chunks": (_post(_chunks()), 413, "body-too-large", None, None),
    "no JSON": (_post("{"), 400, "malformed-body", None, None),
    "no UTF-8": (_post(b'{"text": "\xff"}'), 400, "malformed-body", None, None),
    "deep JSON": (_post("[" * 200_000), 400, "malformed-body", None, None),
    "huge number": (_post('{"text": ' + "9" * 5000 + "}"), 400, "malformed-body", None, None),
    "form": (_post("text=a", **{"content-type": "application/x-www-form-urlencoded"}), 415, "unsupported-media-type",
             None, "application/json"),
    "no body": (_post(b""), 422, "invalid-body", "", None),
    "list": (_post("[1]"), 422, "invalid-body", "", None),
    "no text": (_posted(), 422, "invalid-body", "/text", None),
    "text null": (_posted(text=None), 422, "invalid-body", "/text", None),
    "empty text": (_posted(text=""), 422, "invalid-body", "/text", None),
    "blank text": (_posted(text=" \n"), 422, "invalid-body", "/text", None),
    "lone surrogate": (_post('{"text": "a\\ud800b"}'), 422, "invalid-body", "/text", None),
    "NUL": (_post('{"text": "a\\u0000b"}'), 422, "invalid-body", "/text", None),
    "misspelt field": (_posted(text="a", publishd="2021-01-01"), 422, "invalid-body", "/publishd", "'published'"),
    "field with a slash": (_posted(text="a", **{"x/~y": 1}), 422, "invalid-body", "/x~1~0y", None),
    "lone surrogate as a field": (_post('{"text": "a", "\\ud800": 1}'), 422, "invalid-body", None, None),
    "bad URL": (_posted(text="a", url="news"), 422, "invalid-body", "/url", "https://"),
    "other URL": (_posted(text="a", url="javascript:alert(1)"), 422, "invalid-body", "/url", "https://"),
    "published number": (_posted(text="a", published=0), 422, "invalid-body", "/published", "YYYY-MM-DD"),
    "published time": (_posted(text="a", published="2021-01-01T00:00:00"), 422, "invalid-body", "/published", None),
}  # fmt: skip


# What those write who know other interfaces, and what they are told.
NEWCOMERS = {
    "/dyads/US": "All dyads of US: /dyads?country=US.",
    "/dyads/US-US": "What it did with all: /countries/US.",
    "/dyads/US-VN-AT-JP": "Write two countries, as in /dyads/US-VN.",
    "/topics?fields=quux": "One of: id, name, names, events_url, commitments_url.",
    "/stats/events?by=year&by=month&by=type": "Leave out what is given twice, or ask several times for 2 at most.",
    "/events?page=2": "Did you mean 'cursor'?",
    "/events?per_page=10": "Did you mean 'limit'?",
    "/events?search=biden": "Did you mean 'q'?",
    "/events?order=asc": "Did you mean 'sort'?",
    "/events?sort=desc": "Did you mean '-date'?",
    "/events?since=2021": "Did you mean 'date_from'?",
    "/events?year=2021": "Did you mean 'date'?",
    "/events?country[]=US": "Did you mean 'country'?",
    "/events?countries=US": "Did you mean 'country'?",
    "/events?country=US,VN": "Give each by itself: country=US&country=VN.",
    "/events?type=meeting,visit": "Give each by itself: type=meeting&type=visit.",
    "/events?type=talks": "Did you mean 'negotiation'?",
    "/events?type=Meeting": "Did you mean 'meeting'?",
    "/events?topic=climate+change": "Did you mean 'climate'?",
    "/events?level=president": "Did you mean 'head_of_state'?",
    "/events?status=xyzzy": "One of: occurred, planned, cancelled.",
    "/events?lang=vn": "Did you mean 'vi'?",
    "/events?fields=date.xyzzy": "One of: date.start, date.end, date.precision, date.part_of_day, date.basis, "
    "date.confidence, date.explanation, date.alternatives, date.evidence.",
    "/events?article=ev_aaaaaaaaaaaaaaaa": "That is the id of an event, as in /events/ev_aaaaaaaaaaaaaaaa.",
    "/events?min_confidence=90": "Write a share from 0 to 1, such as 0.9.",
    "/events?amount_min=100+tỷ": "Write a plain number, such as 1000000 or 1e6; the unit goes into `amount_unit`.",
    "/commitments?kind=promise": "Did you mean 'pledge'?",
    "/commitments?has_deadline=maybe": "Write true or false.",
    "/stats/events?by=year,country": "Give each by itself: by=year&by=country.",
    "/events.xml": "One of: /events.json, /events.ndjson, /events.csv, /events.parquet, /events.geojson, /events.ics, "
    "/events.atom, /events.tab.",
    "/countries.ics": "One of: json, ndjson, csv, parquet.",
    "/api/events": "Did you mean /events?",
    "/events/ev_a/readout": "Did you mean /events/ev_a/readouts?",
    "/events/": "Did you mean /events?",
    "/topics/trade": "Did you mean /topics?",
    "/dyads/US/VN": "Did you mean /dyads/US-VN?",
    "/countries/VN/events": "Did you mean /events?country=VN?",
    "/actors/joe-biden/commitments": "Did you mean /commitments?actor=joe-biden?",
    "/events/17": "Ids of events are 'ev_' and 16 small letters and digits, as `id` in /events gives it.",
}


def check_shape(answer: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    problem: dict[str, Any] = answer.json()
    assert list(problem) == ["type", "title", "status", "detail", "instance", "errors"]
    assert problem["type"] == f"urn:dragoman:problem:{kind}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    for item in problem["errors"]:
        assert item["detail"]
        assert set(item) <= {"parameter", "pointer", "detail", "hint"}
        assert not ("parameter" in item and "pointer" in item)
    return problem


@pytest.mark.parametrize("case", CASES)
async def test_a_failure_is_a_problem(client: httpx.AsyncClient, case: str) -> None:
    request, status, kind, place, hint = CASES[case]
    answer = await client.request(**request)
    problem = check_shape(answer, status, kind)
    assert problem["instance"].encode() == httpx.URL("http://api" + request["url"]).path.encode()
    places = [item.get("parameter", item.get("pointer")) for item in problem["errors"]]
    assert place is None or place in places
    assert hint is None or any(hint in item.get("hint", "") for item in problem["errors"])


@pytest.mark.both
@pytest.mark.parametrize("path", ["/events/%00", "/events/ev_%F0%9F%98%80", "/articles/%00", "/articles/ar_'"])
async def test_no_id_is_too_strange_for_the_database(client: httpx.AsyncClient, path: str) -> None:
    check_shape(await client.get(path), 404, "not-found")


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if case[1] not in (404, 405)])
async def test_a_failure_is_documented_where_it_happens(api: FastAPI, case: str) -> None:
    request, status, kind, *_ = CASES[case]
    path = request["url"].partition("?")[0]
    path = "/events/{event_id}" if path.startswith("/events/") else path
    described = api.openapi()["paths"][path][request["method"].lower()]["responses"][str(status)]
    assert described["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
    assert kind in described["content"]["application/problem+json"]["examples"]


async def test_wrong_method_names_the_right_one(client: httpx.AsyncClient) -> None:
    answer = await client.delete("/events")
    file = await client.delete("/countries.csv")
    assert answer.headers["allow"] == file.headers["allow"] == "GET, HEAD"
    assert answer.json()["detail"] == file.json()["detail"] == "DELETE is not possible here; GET, HEAD are."
    assert (await client.head("/events")).status_code == 200


async def test_a_newcomer_is_told_what_would_be_right(client: httpx.AsyncClient) -> None:
    for url, hint in NEWCOMERS.items():
        problem = (await client.get(url)).json()
        assert problem["errors"][0].get("hint") == hint, url


async def test_of_many_mistakes_the_first_are_told(client: httpx.AsyncClient) -> None:
    answer = await client.get("/events?" + "&".join(f"x{number}=1" for number in range(5000)))
    assert len(check_shape(answer, 422, "invalid-parameter")["errors"]) == 20


def test_a_body_or_a_place_is_no_country() -> None:
    names = country_names(load_knowledge())
    hints = {one: names.issue(one, "country").hint for one in ("EU", "Hanoi", "Vietnm", "США", "Xyzzy")}
    assert hints["EU"] == "That is an organisation: organization=eu."
    assert hints["Hanoi"] == "That is a place in Vietnam (VN); venue_city=hanoi asks for it."
    assert hints["Vietnm"] == "Did you mean Vietnam (VN)?"
    assert hints["США"] == hints["Xyzzy"] == "Write an ISO 3166-1 code or a name in English, Vietnamese or Chinese."


@pytest.mark.parametrize(
    ("written", "unit"),
    [("$", "USD"), ("dollars", "USD"), ("đô la", "USD"), ("美元", "USD"), ("usd", "USD"), ("%", "percent"),
     ("Euro", "EUR"), ("sgd", "SGD"), ("doses", "doses"), ("xyzzy", "xyzzy")],
)  # fmt: skip
def test_units_are_taken_as_people_write_them(written: str, unit: str) -> None:
    assert unit_of(written) == unit


async def test_a_line_that_is_wrong_says_what_would_be_right(client: httpx.AsyncClient) -> None:
    lines = '{"text": "One"}\n{"text": broken\n{"txt": "x"}\n[]\n{"text": ""}\n'
    answer = await client.post("/articles", content=lines, headers={"content-type": "application/x-ndjson"})
    results = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["status"] for one in results] == [201, 400, 422, 422, 422]
    problems = [one["problem"] for one in results[1:]]
    assert problems[0]["detail"] == "Line 2 is not JSON: unexpected character, expected a JSON value, at character 10."
    assert problems[0]["errors"][0]["hint"].startswith("Send JSON in UTF-8")
    assert problems[1]["errors"] == [
        {"pointer": "/text", "detail": "This is needed."},
        {"pointer": "/txt", "detail": "There is no field 'txt'.", "hint": "Did you mean 'text'?"},
    ]
    assert problems[2]["detail"] == "Line 4 is no JSON object."
    assert problems[3]["detail"] == "Line 5: /text: There is no text in it."


async def test_a_body_of_the_full_length_is_read(client: httpx.AsyncClient) -> None:
    body = json.dumps({"text": "a"}).encode()
    answer = await client.post("/extract", content=body + b" " * (1_000_000 - len(body)), headers=JSON)
    assert answer.status_code == 200


async def _cursor(client: httpx.AsyncClient) -> str:
    await client.post("/articles", json={"text": toy.text_of({"countries": ["US"]}, {"countries": ["US"]})})
    following = (await client.get("/events", params={"country": "US", "limit": 1})).json()["next"]
    return httpx.URL(following).params["cursor"]


@pytest.mark.both
async def test_a_cursor_works_with_its_filters_only(client: httpx.AsyncClient) -> None:
    cursor = await _cursor(client)
    assert (await client.get("/events", params={"country": "USA", "limit": 9, "cursor": cursor})).status_code == 200
    for filters in ({}, {"country": "VN"}, {"country_any": "US"}, {"country": "US", "q": "news"}):
        answer = await client.get("/events", params=filters | {"cursor": cursor})
        assert "other filters" in check_shape(answer, 422, "invalid-cursor")["detail"]


async def test_no_changed_cursor_is_taken(client: httpx.AsyncClient) -> None:
    cursor = await _cursor(client)
    for place in range(len(cursor) - 1):  # the last character has bits that say nothing
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        answer = await client.get("/events", params={"country": "US", "cursor": changed})
        check_shape(answer, 422, "invalid-cursor")


async def test_an_unforeseen_failure_is_a_problem_too(
    api: FastAPI, client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Article) -> Extraction:
        raise RuntimeError("a secret of the server")

    api.state.extractor = broken
    answer = await client.post("/articles", json={"text": "a"})
    problem = check_shape(answer, 500, "internal-error")
    assert "secret" not in json.dumps(problem)
    assert "a secret of the server" in caplog.text


@pytest.mark.both
async def test_a_broken_database_is_a_problem(api: FastAPI, client: httpx.AsyncClient) -> None:
    with api.state.store.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE event RENAME TO elsewhere")
    check_shape(await client.get("/events", params={"country": "US"}), 503, "store-unavailable")
