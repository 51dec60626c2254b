"""Lists in every format: by header, by parameter, by the end of the address; all matches, not a page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import feedparser
import httpx
import pytest
import vobject

from app.formats.registry import FORMATS
from app.routers.lists import FormatName
from tests import toy

PLACES = {"countries": ["VN", "US"], "names": ["Joe Biden"]}


async def fill(client: httpx.AsyncClient, number: int) -> None:
    events = [{"day": f"2021-{1 + n % 12:02}-{1 + n % 28:02}", "title": f"event {n}", **PLACES} for n in range(number)]
    assert (await client.post("/articles", json={"text": toy.text_of(*events)})).status_code == 201


async def test_there_is_a_format_for_each_name() -> None:
    assert [name.value for name in FormatName] == list(FORMATS)


async def test_ndjson_has_all_matches_once(client: httpx.AsyncClient) -> None:
    await fill(client, 450)
    answer = await client.get("/events", headers={"accept": "application/x-ndjson"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    streamed = [json.loads(line) for line in answer.text.splitlines()]
    paged, url = [], "/events?limit=200"
    while url:
        page = (await client.get(url)).json()
        paged += page["data"]
        url = page["next"]
    assert streamed == paged
    assert len({event["id"] for event in streamed}) == 450


async def test_the_filters_hold_in_every_format(client: httpx.AsyncClient) -> None:
    await fill(client, 30)
    wanted = [event["id"] for event in (await client.get("/events?date_to=2021-03-31")).json()["data"]]
    assert 0 < len(wanted) < 30
    rows = list(csv.DictReader(io.StringIO((await client.get("/events.csv?date_to=2021-03-31")).text)))
    assert [row["id"] for row in rows] == wanted


@pytest.mark.parametrize("number", [1, 3])
async def test_a_limit_holds(client: httpx.AsyncClient, number: int) -> None:
    await fill(client, 5)
    answer = await client.get("/events", params={"format": "ndjson", "limit": number})
    assert len(answer.text.splitlines()) == number


async def test_each_format_is_what_it_says(client: httpx.AsyncClient, tmp_path: Path) -> None:
    await fill(client, 3)
    for name, form in FORMATS.items():
        answers = [
            await client.get("/events", params={"format": name}),
            await client.get(f"/events.{form.suffix}"),
            await client.get("/events", headers={"accept": f"text/html;q=0.9, {form.media_type}"}),
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert {answer.headers["content-type"].partition(";")[0] for answer in answers} == {form.media_type}
        if name not in ("parquet", "json", "atom"):
            assert len({answer.content for answer in answers}) == 1, name
    parquet = tmp_path / "events.parquet"
    parquet.write_bytes((await client.get("/events.parquet")).content)
    assert duckdb.sql(f"SELECT count(*) FROM '{parquet}'").fetchall() == [(3,)]
    calendar = vobject.readOne((await client.get("/events.ics")).text)
    assert len(calendar.vevent_list) == 3
    feed = feedparser.parse((await client.get("/events.atom?country=US")).content)
    assert (len(feed.entries), feed.feed.links[0].href) == (3, "http://api/events.atom?country=US")
    assert feed.entries[0].link == f"http://api/?view=event&id={feed.entries[0].id.rpartition(':')[2]}"


async def test_every_list_has_the_formats_of_a_table(client: httpx.AsyncClient) -> None:
    rows = list(csv.DictReader(io.StringIO((await client.get("/countries.csv")).text)))
    assert {row["id"] for row in rows} >= {"VN", "US", "JP"}
    assert "越南" in next(row["names"] for row in rows if row["id"] == "VN")
    answer = await client.get("/countries.geojson")
    assert answer.status_code == 422
    assert answer.json()["detail"] == "Only events can be had as geojson."
    answer = await client.get("/countries", headers={"accept": "text/calendar"})
    assert answer.status_code == 406


async def test_fields_choose_columns(client: httpx.AsyncClient) -> None:
    rows = list(csv.reader(io.StringIO((await client.get("/countries.csv?fields=id,alpha3&q=viet")).text)))
    assert rows == [["id", "alpha3"], ["VN", "VNM"]]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/csv;q=0.5, application/json;q=0.9", "application/json"),
        ("text/csv;q=0.9, application/json;q=0.5", "text/csv"),
        ("text/*", "text/csv"),
        ("text/csv;q=0, text/calendar", "text/calendar"),
        ("text/csv;q=x", "text/csv"),
        ("application/jsonl", "application/x-ndjson"),
        ("text/html", None),
        ("application/json;q=0", None),
    ],
)
async def test_the_header_says_what_is_wanted(client: httpx.AsyncClient, accept: str, expected: str | None) -> None:
    answer = await client.get("/events", headers={"accept": accept})
    if expected is None:
        assert answer.status_code == 406
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.headers["content-type"].partition(";")[0] == expected


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("/events?format=xml", "One of: json"),
        ("/events?format=cvs", "Did you mean 'csv'?"),
        ("/events?format=csv&format=json", "Give it once."),
        ("/events.csv?format=json", "Leave it out."),
        ("/events.csv?contry=US", "Did you mean 'country'?"),
    ],
)
async def test_what_is_wrong_is_said_in_json(client: httpx.AsyncClient, url: str, hint: str) -> None:
    answer = await client.get(url)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert hint in answer.json()["errors"][0]["hint"]


async def test_other_paths_with_a_dot_are_left_alone(client: httpx.AsyncClient) -> None:
    assert (await client.get("/openapi.json")).status_code == 200
    assert (await client.get("/nothing.csv")).status_code == 404
    assert (await client.get("/events.exe")).status_code == 404
