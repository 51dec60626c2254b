"""Loading: idempotent, whole or not at all, also when the program is killed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from app.ingest import ingest, ingest_one
from app.records import Article, Extraction
from app.store import dialect, ids, lexemes, page
from app.store.asked import EventQuery
from app.store.engine import Store, open_store
from app.store.save import Outcome, save
from tests import toy

pytestmark = pytest.mark.both

ROOT = Path(__file__).parents[2]
PARTS = ("readout", "event", "event_words")
WHOLE = {"countries": ["US"], "topics": ["trade"], "names": ["Joe Biden"], "actor": "joe-biden"}


def article(number: int, events: int = 3, url: str | None = None) -> Article:
    found = toy.on_day(number, [WHOLE | {"title": f"{number}.{position}", "day": ""} for position in range(events)])
    return Article(source=str(number), text=toy.text_of(*found, words=f"News {number}"), url=url)


def dump(store: Store) -> list[tuple[object, ...]]:
    with store.read() as session:
        return [
            tuple(row)
            for table in ("article", *PARTS, "revision", "moved")
            for row in session.connection().execute(text(f"SELECT * FROM {table} ORDER BY 1, 2"))
        ]


def check(store: Store, per_article: int = 3) -> int:
    """Every article has all its events with all their parts, and nothing is left over. How many articles there are."""
    with store.read() as session:
        connection = session.connection()
        count = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in ("article", *PARTS)
        }
        assert [count[part] for part in PARTS] == [count["article"] * per_article] * len(PARTS)
        sizes = connection.execute(text("SELECT DISTINCT count(*) FROM readout GROUP BY article_key")).scalars().all()
        assert sizes in ([], [per_article])
    CHECK_SEARCH[type(dialect.of(connection)).__name__](store)
    return int(count["article"] or 0)


def check_sqlite(store: Store) -> None:
    with store.write() as session:
        connection = session.connection()
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        # Compares the full-text index with the words it was made of; fails where they differ.
        for noun in dialect.Noun:
            connection.exec_driver_sql(f"INSERT INTO {noun}_search({noun}_search, rank) VALUES ('integrity-check', 1)")


def check_postgresql(store: Store) -> None:
    with store.read() as session:
        connection = session.connection()
        rows = connection.exec_driver_sql(
            "SELECT names, words, tags, tsvector_to_array(lexemes),"
            " ARRAY(SELECT facet FROM event_facet WHERE event_facet.event_key = event_words.event_key)"
            " FROM event_words FULL JOIN event_search USING (event_key)"
        ).all()
    for names, words, tags, kept, walked in rows:
        assert set(lexemes.of_entry(names, words, tags.split())) == set(kept)
        assert sorted(tags.split()) == sorted(walked)
        assert set(tags.split()) >= FACETS


FACETS = {"actor=joe-biden", "country=US", "language=vi", "topic=trade", "type=meeting", "parties=US", "sure=9"}
CHECK_SEARCH = {"Sqlite": check_sqlite, "Postgresql": check_postgresql}


def test_loading_again_changes_nothing(store: Store) -> None:
    articles = [article(number, url=f"https://a.example/{number}") for number in range(40)]
    first = [one.saved.outcome for one in ingest(store, toy.extract, articles)]
    before = dump(store)
    again = [one.saved.outcome for one in ingest(store, toy.extract, articles)]
    assert set(first) == {Outcome.added}
    assert set(again) == {Outcome.unchanged}
    assert dump(store) == before
    assert check(store) == 40


def test_what_is_known_is_not_read_again(store: Store) -> None:
    ingest_one(store, toy.extract, article(1))

    def never(_: Article) -> Extraction:
        raise AssertionError("read again")

    assert ingest_one(store, never, article(1)).saved.outcome is Outcome.unchanged


def test_a_text_given_twice_in_one_batch_is_stored_once(store: Store) -> None:
    outcomes = [one.saved.outcome for one in ingest(store, toy.extract, [article(1), article(1)])]
    assert outcomes == [Outcome.added, Outcome.unchanged]
    assert check(store) == 1


def test_a_new_version_replaces_events_links_and_words(store: Store) -> None:
    url = "https://a.example/1"
    old = ingest_one(store, toy.extract, article(1, url=url))
    new = ingest_one(store, toy.extract, article(2, url=url))
    assert new.saved.outcome is Outcome.replaced
    assert new.saved.id != old.saved.id
    assert check(store) == 1
    with store.read() as session:
        assert page.events(session, EventQuery(phrases=("news 1",)), None, 9, store.secret).records == ()
        assert len(page.events(session, EventQuery(phrases=("news 2",)), None, 9, store.secret).records) == 3


def test_words_that_come_and_go_in_one_batch_are_not_found(store: Store) -> None:
    url = "https://a.example/1"
    silent = Article(source="0", text="Quiet news 0", url="https://a.example/2")
    given = [article(1, url=url), silent, article(2, url=url), silent.model_copy(update={"text": "Quiet news 1"})]
    outcomes = [one.saved.outcome for one in ingest(store, toy.extract, given)]
    assert outcomes == [Outcome.added, Outcome.added, Outcome.replaced, Outcome.replaced]
    with store.read() as session:
        found = page.events(session, EventQuery(phrases=("news 2",)), None, 9, store.secret).records
        assert page.events(session, EventQuery(phrases=("news 1",)), None, 9, store.secret).records == ()
    assert len(found) == 3
    if type(dialect.of(session)).__name__ == "Sqlite":
        check_sqlite(store)


def test_words_are_found_in_the_transaction_that_stores_them(store: Store) -> None:
    with store.write() as session:
        save(session, article(1), toy.extract(article(1)))
        assert len(page.events(session, EventQuery(phrases=("news 1",)), None, 9, store.secret).records) == 3


def test_ids_depend_on_the_article_alone(store: Store, tmp_path: Path) -> None:
    other = open_store(f"sqlite:///{tmp_path}/other.db")
    list(ingest(store, toy.extract, [article(1), article(2)]))
    list(ingest(other, toy.extract, [article(2), article(1)]))
    found = []
    for opened in (store, other):
        with opened.read() as session:
            found.append({id_ for id_, _ in page.events(session, EventQuery(), None, 99, opened.secret).records})
    other.close()
    assert found[0] == found[1]
    assert len(found[0]) == 6


def test_a_failure_in_a_batch_leaves_none_of_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    list(ingest(store, toy.extract, [article(0)]))
    before = dump(store)
    calls: list[int] = []

    def fails(sha256: str, position: int) -> str:
        calls.append(position)
        if len(calls) == 5:
            raise RuntimeError
        return f"ev_{sha256[:9]}{position}"

    monkeypatch.setattr(ids, "event_id", fails)
    with pytest.raises(RuntimeError):
        list(ingest(store, toy.extract, [article(1), article(2)]))
    assert dump(store) == before


def test_a_locked_database_is_said_plainly(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/locked.db")
    with closing(sqlite3.connect(tmp_path / "locked.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.read() as session:
            session.connection().exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(Exception, match="locked by another program"):
            ingest_one(store, toy.extract, article(1))
    store.close()
