"""Every parameter and format that the description of the API names is tried on every path that has it."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx
import pytest
from pyarrow import parquet

from app.formats.registry import FORMATS
from tests.api import made
from tests.api.test_filters import empty, ids, listed, post, served  # noqa: F401  fixtures
from tests.api.test_knowledge_lists import FOUND, NOT_FOUND

HERE = Path(__file__).parent
DESCRIBED: dict[str, Any] = json.loads((HERE.parents[1] / "openapi.json").read_text(encoding="utf-8"))
PERIODS = {"date": "2021-11", "on": "2021-11-07", "date_from": "2021-11-20", "date_to": "2021-11-20"}


def parameters(path: str, method: str = "get") -> dict[str, Any]:
    """The query parameters of an operation, by name."""
    operation = DESCRIBED["paths"][path][method]
    return {one["name"]: one for one in operation.get("parameters", ()) if one["in"] == "query"}


def lists() -> list[str]:
    """The paths of all lists that need no id."""
    return [
        path
        for path, methods in DESCRIBED["paths"].items()
        if "{" not in path and {"limit", "cursor"} <= set(parameters(path, next(iter(methods))))
    ]


def values(parameter: dict[str, Any]) -> list[str]:
    """The values that a parameter can have."""
    schema = parameter["schema"]
    schema = next((one for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)
    name = schema.get("$ref", "").rpartition("/")[2]
    found: list[str] = DESCRIBED["components"]["schemas"][name]["enum"] if name else schema["enum"]
    return found


def key(record: dict[str, Any]) -> str:
    """What tells a record of any list from others."""
    return str(record.get("id") or record.get("number") or record.get("values"))


async def test_what_lists_have_in_common_works_on_every_one(served: httpx.AsyncClient) -> None:  # noqa: F811
    assert len(lists()) > 12
    for path in lists():
        by = {"by": "topic"} if path.startswith("/stats/") else {}
        everything = await listed(served, path, by)
        names = [key(one) for one in everything]
        assert len(names) == len(set(names)) > 1, path
        size = len(names) // 3 + 1
        assert [key(one) for one in await listed(served, path, by, limit=size)] == names, path
        for count in values(parameters(path)["count"]) if "count" in parameters(path) else ():
            answer = (await served.get(path, params={**by, "count": count, "limit": 1})).json()
            assert (answer["count"], answer["count_is_exact"]) == (len(names), True), (path, count)
        field = next(iter(everything[0]))
        picked = (await served.get(path, params={**by, "fields": field, "limit": 1})).json()["data"][0]
        assert picked == {field: everything[0][field]}, path
        for sort in values(parameters(path)["sort"]) if "sort" in parameters(path) else ():
            if sort == "relevance":  # an order of words that are asked for: tests/api/test_relevance.py
                continue
            found = [key(one) for one in await listed(served, path, {**by, "sort": sort}, limit=size)]
            assert sorted(found) == sorted(names), (path, sort)
        for language in values(parameters(path)["lang"]) if "lang" in parameters(path) else ():
            said = await served.get(path, params={**by, "lang": language, "limit": 3})
            assert said.status_code == 200, path
            # Where nothing is said in a language of its own, it is English.
            assert said.headers["content-language"] in ({language} if path == "/events" else {language, "en"}), path
            assert [key(one) for one in said.json()["data"]] == names[:3]


async def test_every_list_has_every_format_that_goes_with_it(served: httpx.AsyncClient) -> None:  # noqa: F811
    for path in lists():
        by = {"by": "topic"} if path.startswith("/stats/") else {}
        everything = await listed(served, path, by)
        for one in FORMATS.values():
            answer = await served.get(f"{path}.{one.suffix}", params=by)
            if one.events_only and path != "/events":
                assert answer.status_code == 422, (path, one.name)
                continue
            assert answer.status_code == 200, (path, one.name)
            assert answer.headers["content-type"].partition(";")[0] == one.media_type
            if (number := records(one.name, answer)) is not None:
                assert number == len(everything) or one.name == "json", (path, one.name)


def records(name: str, answer: httpx.Response) -> int | None:
    """How many records a file has; None where that is something else than how many matched."""
    if name == "ndjson":
        return len([json.loads(line) for line in answer.text.splitlines()])
    if name == "csv":
        return len(list(csv.reader(io.StringIO(answer.text)))) - 1
    if name == "parquet":
        return int(parquet.read_table(io.BytesIO(answer.content)).num_rows)
    return len(answer.json()["features"]) if name == "geojson" else None


OF_THE_ARTICLE = {"language", "publisher", "q"}
"""Filters that mean the article itself in a list of articles; its own tests try them."""


async def test_every_filter_of_events_counts_pairs_and_finds_articles(served: httpx.AsyncClient) -> None:  # noqa: F811
    everything = await listed(served, "/events", {})
    articles = await listed(served, "/articles", {})
    for params, fits in made.EVENT_FILTERS:
        expected = [one for one in everything if fits(one)]
        counted = (await served.get("/stats/events", params={**params, "by": "status"})).json()
        assert (counted["total"], counted["ungrouped"]) == (len(expected), 0), params
        pairs = Counter("-".join(pair) for one in expected for pair in combinations(sorted(one["countries"]), 2))
        found = (await served.get("/dyads", params={**params, "limit": 200})).json()["data"]
        told = {one["id"]: one["events"] for one in found}
        # Countries that are asked for are those of the pair, too.
        assert told.items() <= pairs.items() if {"country", "country_any"} & set(params) else told == pairs, params
        if not OF_THE_ARTICLE & set(params):
            reporting = {readout["article"]["id"] for one in expected for readout in one["readouts"]}
            of_them = await listed(served, "/articles", params)
            assert ids(of_them) == [one for one in ids(articles) if one in reporting], params
    commitments = await listed(served, "/commitments", {})
    events = {one["id"]: one for one in everything}
    for params, fits_both in made.COMMITMENT_FILTERS:
        number = sum(fits_both(one, events[one["event"]["id"]]) for one in commitments)
        counted = (await served.get("/stats/commitments", params={**params, "by": "kind"})).json()
        assert (counted["total"], counted["ungrouped"]) == (number, 0), params


async def test_every_filter_by_date_of_countries_and_pairs(served: httpx.AsyncClient) -> None:  # noqa: F811
    for path, params in (("/countries/VN", {"country": "VN"}), ("/dyads/US-VN", {"country": ["US", "VN"]})):
        for name, value in PERIODS.items():
            found = (await served.get(path, params={name: value})).json()["activity"]["events"]
            assert found == len(await listed(served, "/events", {**params, name: value})) > 0, (path, name)
        for period in values(parameters("/dyads/{pair}")["period"]):
            answer = await served.get(path, params={"period": period})
            assert answer.json()["activity"]["periods"], (path, period)


async def test_an_event_as_it_was_at_a_moment(served: httpx.AsyncClient) -> None:  # noqa: F811
    before = (await listed(served, "/events", {"country": "US"}))[0]
    moment = datetime.now(UTC).isoformat()
    change = {"action": "set", "pointer": "/countries", "value": ["JP"], "why": "A mistake", "by": "a person"}
    assert (await served.post(f"/events/{before['id']}/corrections", json=change)).status_code == 201
    assert (await served.get(before["url"])).json()["countries"] == ["JP"]
    assert (await served.get(before["url"], params={"as_of": moment})).json() == before
    assert (await served.get(before["url"], params={"as_of": "2001-01-01T00:00:00Z"})).status_code == 422


COMMON = {"limit", "cursor", "count", "sort", "fields", "format", "lang", "by"}
"""Tried above on every list."""
ELSEWHERE = {
    "updated_since": "test_updated.py",
    "as_of": "test_every_parameter.py",
    "include": "test_include.py",
    "since": "test_stream.py",
    "article": "test_articles_list.py",
    "published": "test_articles_list.py",
    "published_from": "test_articles_list.py",
    "published_to": "test_articles_list.py",
}
"""Tried in a file of their own."""


def tried(path: str) -> set[str]:
    """The parameters that the tables try on a path."""
    events = {name for params, _ in made.EVENT_FILTERS for name in params}
    commitments = {name for params, _ in made.COMMITMENT_FILTERS for name in params}
    known = {name for of, params, _ in (*FOUND, *NOT_FOUND) if of == path for name in params}
    if path in ("/commitments", "/stats/commitments", "/commitments.{suffix}"):
        # The tables of events try the circumstances, and `on` is another word for `date`.
        return commitments | {"on"}
    if path in ("/countries/{country}", "/dyads/{pair}"):
        return {*PERIODS, "period"}
    return known or events


def untried() -> Iterator[str]:
    for path, methods in DESCRIBED["paths"].items():
        for name in parameters(path) if "get" in methods else ():
            where = HERE / ELSEWHERE.get(name, "nowhere")
            if where.is_file() and name in where.read_text(encoding="utf-8"):
                continue
            if name not in COMMON | tried(path):
                yield f"{path}?{name}"


def test_every_parameter_of_every_path_is_tried_somewhere() -> None:
    assert list(untried()) == []


@pytest.mark.parametrize("path", ["/events.{suffix}", "/commitments.{suffix}", "/articles.{suffix}"])
def test_every_format_that_is_described_is_one_that_is_tried(path: str) -> None:
    if path in DESCRIBED["paths"]:
        suffix = next(one for one in DESCRIBED["paths"][path]["get"]["parameters"] if one["name"] == "suffix")
        assert set(suffix["schema"]["enum"]) <= {one.suffix for one in FORMATS.values()}
