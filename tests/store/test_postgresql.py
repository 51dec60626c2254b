"""What only a server can do: lock, refuse, drop connections, plan badly."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.errors import StoreError
from app.ingest import ingest, ingest_one
from app.records import Article
from app.store import dialect, prepared, query, read
from app.store.asked import EventQuery
from app.store.dialect import lexeme_index
from app.store.dialect.postgresql import Postgresql
from app.store.engine import Store, open_store
from tests import toy
from tests.live import PATIENCE
from tests.postgres import Server


@pytest.fixture
def address(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def served(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


def articles(first: int, number: int) -> list[Article]:
    events = {"countries": ["US", "VN"], "day": "2021-01-01"}
    return [Article(source="a", text=toy.text_of(events, words=f"News {n}")) for n in range(first, first + number)]


def test_a_writer_waits_for_another_and_says_so(address: str, served: Store) -> None:
    impatient = open_store(f"{address}&options=-c%20lock_timeout%3D50ms")
    with served.write() as session:
        session.connection()
        with pytest.raises(StoreError, match="locked by another program"):
            ingest_one(impatient, toy.extract, articles(0, 1)[0])
    ingest_one(impatient, toy.extract, articles(0, 1)[0])
    impatient.close()


def test_writers_at_once_store_everything_once(address: str) -> None:
    store = open_store(f"{address}&options=-c%20lock_timeout%3D{PATIENCE}s")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda first: list(ingest(store, toy.extract, articles(first, 40))), (0, 20, 40, 60)))
    with store.read() as session:
        assert read.counts(session) == read.Counts(articles=100, events=100)
    store.close()


def test_readers_see_one_moment_and_cannot_write(served: Store) -> None:
    with served.read() as session:
        assert read.counts(session).articles == 0
        ingest_one(served, toy.extract, articles(0, 1)[0])
        assert read.counts(session).articles == 0
        with pytest.raises(DBAPIError, match="read-only"):
            session.connection().exec_driver_sql("DELETE FROM article")


def test_a_connection_that_was_cut_is_made_again(address: str, served: Store, postgres: Server) -> None:
    with served.read() as session:
        read.counts(session)
    name = address.rpartition("/test_")[2].partition("?")[0]
    postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'test_{name}'")
    with served.read() as session:
        assert read.counts(session).articles == 0


def pages(store: Store, asked: EventQuery) -> list[str]:
    return [id_ for id_, _ in store.at_once(lambda quick: quick.events(asked, None, 5, store.secret)).records]


def test_pages_past_sessions_outlive_a_connection(address: str, served: Store, postgres: Server) -> None:
    list(ingest(served, toy.extract, articles(0, 3)))
    before = pages(served, EventQuery(countries=("US",)))
    name = address.rpartition("/")[2].partition("?")[0]
    postgres.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")
    assert pages(served, EventQuery(countries=("US",))) == before
    assert len(before) == 3
    with pytest.raises(StoreError, match="read-only"):
        served.at_once(lambda quick: quick._reader.rows("DELETE FROM article RETURNING id, %s", (1,)))


def test_each_way_to_a_page_gives_the_same(address: str, served: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    list(ingest(served, toy.extract, articles(0, 20)))
    questions = [EventQuery(phrases=("news",)), EventQuery(countries=("US", "VN")), EventQuery(phrases=("news", "7"))]
    few = [pages(served, one) for one in questions]
    assert list(map(len, few)) == [5, 5, 1]
    prepared._made.cache_clear()
    monkeypatch.setattr(Postgresql, "FEW", 5)
    monkeypatch.setattr(lexeme_index, "_SURELY", 0.02)
    assert [pages(served, one) for one in questions] == few
    with served.write() as session:
        session.connection().exec_driver_sql("ANALYZE")
    anew = open_store(address)
    ways = [anew.at_once(lambda quick, one=one: quick._reader.first_way(dialect.Noun.event, one.wanted()))
            for one in questions]  # fmt: skip
    assert [pages(anew, one) for one in questions] == few
    anew.close()
    assert ways == [1, 1, 0]
    prepared._made.cache_clear()


def test_what_the_server_says_in_the_middle_is_plain(served: Store, postgres: Server) -> None:
    def cut() -> None:
        with served.read() as session:
            pid = session.connection().exec_driver_sql("SELECT pg_backend_pid()").scalar()
            postgres.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
            read.counts(session)

    with pytest.raises(StoreError, match=r"closed the connection; try again"):
        cut()


@pytest.mark.parametrize(
    "asked",
    [
        EventQuery(phrases=("news",)),
        EventQuery(phrases=("news",), countries=("US",)),
        EventQuery(countries=("US", "VN"), types=("meeting",)),
    ],
    ids=str,
)
def test_the_index_gives_the_few_and_the_many_are_walked_by_key(
    served: Store, monkeypatch: pytest.MonkeyPatch, asked: EventQuery
) -> None:
    list(ingest(served, toy.extract, articles(0, 30)))

    def plan() -> str:
        with served.read() as session:
            plan = dialect.of(session).plan(session, dialect.Noun.event, asked.wanted())
            found = query.events(asked, None, 5, plan)
            compiled = found.compile(session.connection(), compile_kwargs={"render_postcompile": True})
            session.connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
            return "\n".join(
                row[0] for row in session.connection().exec_driver_sql(f"EXPLAIN {compiled}", compiled.params)
            )

    assert "Function Scan on event_search_few" in plan()
    monkeypatch.setattr(Postgresql, "FEW", -1)
    assert "Function Scan" not in plan()
    assert "ix_event_search_lexemes" not in plan()


async def test_a_question_that_takes_too_long_is_given_up_and_holds_nobody_up(address: str) -> None:
    impatient = open_store(f"{address}&options=-c%20statement_timeout%3D200ms")

    def sleep(session: Session) -> None:
        session.connection().exec_driver_sql("SELECT pg_sleep(5)")

    ticks = 0
    asking = asyncio.create_task(impatient.ask(sleep))
    while not asking.done():
        await asyncio.sleep(0.01)
        ticks += 1
    with pytest.raises(StoreError, match="Narrow it"):
        await asking
    assert ticks > 3
    with impatient.write() as session:
        session.connection().exec_driver_sql("SELECT pg_sleep(0.3)")
    impatient.close()
