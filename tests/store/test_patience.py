"""A question that runs away is broken off, says how to narrow it, and holds nothing else up."""

from __future__ import annotations

import time

import httpx
import pytest
from sqlalchemy import text

from app.errors import StoreError
from app.store import prepared
from app.store.dialect import patience
from app.store.engine import Store
from tests.live import PATIENCE

WITHOUT_END = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
LONG = WITHOUT_END.replace("FROM n)", "FROM n WHERE i < 2000000)")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "QUESTION_SECONDS", 0.3)


def test_a_statement_that_runs_away_is_broken_off_and_the_next_one_has_its_own_time(store: Store) -> None:
    with store.read() as session:
        with pytest.raises(StoreError, match="Narrow it: name a country"), store.read() as other:
            other.execute(text(WITHOUT_END))
        begin = time.monotonic()
        while time.monotonic() < begin + 0.5:
            session.execute(text(LONG.replace("2000000", "20000")))


def test_writing_takes_its_time(store: Store) -> None:
    with store.write() as session:
        assert session.scalar(text(LONG)) == 2_000_000


async def test_over_http_it_is_a_problem(client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared, "_made", lambda *_: prepared.Prepared(WITHOUT_END, ()))
    answer = await client.get("/events")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert "Narrow it: name a country" in answer.json()["detail"]
    monkeypatch.setattr(patience, "QUESTION_SECONDS", PATIENCE)
    assert (await client.get("/countries")).status_code == 200
