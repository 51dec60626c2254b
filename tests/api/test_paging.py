"""Random filters, orders, sizes of pages and formats: paging through everything gives each match exactly once, the same
as the exports and as a plain filter in Python over the records that are read straight from the store; also while
articles are added. `DRAGOMAN_PAGING` says how many combinations are tried."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet
from sqlalchemy import select

from app.store.clock import now
from app.store.columns import core
from app.store.engine import Store
from app.store.served import served as document_served
from app.store.tables import EventRow
from tests.api import made
from tests.api.test_filters import article, empty, ids, listed, post, served  # noqa: F401  fixtures

pytestmark = pytest.mark.both

TRIED = int(os.environ.get("DRAGOMAN_PAGING", "0"))
COMBINED = settings(
    max_examples=TRIED or 20,
    deadline=None,
    derandomize=not TRIED,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
FILTERS = st.lists(st.sampled_from(made.EVENT_FILTERS), max_size=3, unique_by=lambda one: frozenset(one[0]))
SORT = st.sampled_from(("-date", "date"))
LIMIT = st.integers(1, 40)
_event = core(EventRow)


def stored(store: Store) -> list[made.Made]:
    """All events, newest first, past all that lists are made with."""
    with store.read() as session:
        rows = session.execute(select(_event.c.id, _event.c.document).order_by(_event.c.key.desc()))
        return [json.loads(document_served(document, id_, "http://api")) for id_, document in rows]


def asked(chosen: list[tuple[made.Made, made.Test]]) -> tuple[dict[str, Any], list[made.Test]]:
    """The parameters of some filters, and what they mean; those that name a parameter twice are left out, and days that
    would be exchanged."""
    params: dict[str, Any] = {}
    tests: list[made.Test] = []
    promised: list[made.Promised] = []
    for one, fits in chosen:
        named = {*one, *params}
        if not set(one) & set(params) and not {"deadline_from", "deadline_to"} <= named:
            params |= one
            if isinstance(fits, made.Promised):
                promised.append(fits)
            else:
                tests.append(fits)
    one_has_all = made.Promised(lambda promise: all(fits.one(promise) for fits in promised))
    return params, [*tests, one_has_all] if promised else tests


async def exported(client: httpx.AsyncClient, suffix: str, params: dict[str, Any]) -> list[str]:
    """The ids in a file of a format."""
    answer = await client.get(f"/events.{suffix}", params=params)
    assert answer.status_code == 200, answer.text
    if suffix == "csv":
        return [row["id"] for row in csv.DictReader(io.StringIO(answer.text))]
    if suffix == "geojson":
        return [one["id"] for one in answer.json()["features"]]
    found: list[str] = parquet.read_table(io.BytesIO(answer.content))["id"].to_pylist()
    return found


@COMBINED
@given(chosen=FILTERS, sort=SORT, limit=LIMIT, suffix=st.sampled_from(("csv", "parquet", "geojson")))
async def test_paging_exports_and_plain_python_agree(
    served: httpx.AsyncClient,  # noqa: F811
    store: Store,
    chosen: list[tuple[made.Made, made.Test]],
    sort: str,
    limit: int,
    suffix: str,
) -> None:
    params, tests = asked(chosen)
    expected = [one for one in stored(store) if all(fits(one) for fits in tests)]
    params["sort"] = sort
    expected = expected if sort == "-date" else expected[::-1]
    assert await listed(served, "/events", params, limit=limit) == expected
    lines = (await served.get("/events", params={**params, "format": "ndjson"})).text.splitlines()
    assert list(map(json.loads, lines)) == expected
    assert await exported(served, suffix, params) == ids(expected)


ADDED = count(1000)


async def read_while_adding(
    client: httpx.AsyncClient, params: dict[str, Any], limit: int, seed: int
) -> tuple[list[made.Made], list[made.Made]]:
    """What is listed page by page and what is streamed, while articles are added all the time."""
    chance, done = random.Random(seed), asyncio.Event()

    async def add() -> None:
        while not done.is_set():
            await post(client, article(chance, next(ADDED)))

    adding = asyncio.create_task(add())
    try:
        paged = await listed(client, "/events", params, limit=limit)
        streamed = await client.get("/events.ndjson", params=params)
    finally:
        done.set()
        await adding
    return paged, [json.loads(line) for line in streamed.text.splitlines()]


@settings(COMBINED, max_examples=TRIED // 5 or 5)
@given(chosen=FILTERS, sort=SORT, limit=st.integers(1, 9), seed=st.integers(0, 10**6))
async def test_also_while_articles_are_added(
    served: httpx.AsyncClient,  # noqa: F811
    store: Store,
    chosen: list[tuple[made.Made, made.Test]],
    sort: str,
    limit: int,
    seed: int,
) -> None:
    params, tests = asked(chosen)
    before = {one["id"]: one for one in stored(store)}
    paged, streamed = await read_while_adding(served, {**params, "sort": sort}, limit, seed)
    # What an added article was merged into is another event since; all others must have been found.
    after = {one["id"]: one for one in stored(store)}
    stayed = {id_ for id_, one in before.items() if after.get(id_) == one and all(fits(one) for fits in tests)}
    for found in (paged, streamed):
        # What moved to another day meanwhile may come with both.
        places = [(one["id"], one["date"] and one["date"]["start"]) for one in found]
        assert len(places) == len(set(places))
        assert all(number == 1 for id_, number in Counter(ids(found)).items() if id_ in stayed)
        assert stayed <= set(ids(found))
        assert all(fits(one) for one in found for fits in tests)
        known = [one for one in _days(found) if one is not None]
        assert known == sorted(known, reverse=sort == "-date")


@settings(COMBINED, max_examples=TRIED // 5 or 2)
@given(chosen=FILTERS, sort=SORT, limit=st.integers(1, 9), seed=st.integers(0, 10**6))
async def test_a_list_of_a_moment_stands_still_while_articles_are_added(
    served: httpx.AsyncClient,  # noqa: F811
    store: Store,
    chosen: list[tuple[made.Made, made.Test]],
    sort: str,
    limit: int,
    seed: int,
) -> None:
    params, tests = asked(chosen)
    expected = [one for one in stored(store) if all(fits(one) for fits in tests)]
    params |= {"as_of": now(), "sort": sort}
    paged, streamed = await read_while_adding(served, params, limit, seed)
    expected = expected if sort == "-date" else expected[::-1]
    assert paged == expected
    assert streamed == expected


def _days(found: list[made.Made]) -> Iterator[str | None]:
    return (one["date"]["start"] if one["date"] else None for one in found)
