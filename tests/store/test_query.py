"""Statements: that they walk an index in order; folding; keys and addresses."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.dialects import sqlite

from app.ingest import ingest, ingest_one
from app.knowledge.script import simplified
from app.records import Article
from app.store import dialect, ids, page, query, since
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.engine import Store
from app.store.fold import fold, phrases, spaced
from app.store.tables import EventRow
from tests import toy, whole


@pytest.mark.parametrize(
    "asked",
    [
        EventQuery(),
        EventQuery(countries=("US",)),
        EventQuery(countries=("US", "VN")),
        EventQuery(topics=("trade",), countries=("US",)),
        EventQuery(phrases=("news",)),
        EventQuery(phrases=("news",), countries=("US",)),
        EventQuery(types=("meeting",)),
        EventQuery(countries_any=("US", "VN")),
        EventQuery(countries=("US",), date_to=date(2021, 1, 1)),
    ],
    ids=str,
)
def test_nothing_is_sorted_and_no_page_is_counted_off(store: Store, asked: EventQuery) -> None:
    texts = [
        toy.text_of({"countries": ["US", "VN"], "day": f"2021-01-{n:02}"}, words=f"News {n}") for n in range(1, 29)
    ]
    list(ingest(store, toy.extract, [Article(source="a", text=text) for text in texts]))
    with store.read() as session:
        plan_of_words = dialect.of(session).plan(session, dialect.Noun.event, asked.wanted())
        statement = query.events(asked, ids.first_key(date(2021, 1, 20)), 5, plan_of_words)
        sql = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
        plan = "\n".join(row[3] for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}"))
        keys = [row.key for row in session.execute(statement)]
    assert "TEMP B-TREE" not in plan
    assert "OFFSET" not in sql.upper() or "OFFSET 0" in sql.upper()
    assert keys == sorted(keys, reverse=True)


AID = {"kind": "pledge", "force": "undertaking", "actors": ["VN"], "text": "Aid"}


def told(number: int) -> Article:
    day = f"2021-01-{3 * number:02}"
    when = {"start": day, "end": day, "precision": "day", "basis": "stated", "confidence": 1}
    said = {"date": when, "countries": ["US", "VN"][: 1 + number % 2], "commitments": [AID]}
    return Article(source="a", text=whole.text_of(said))


@pytest.mark.both
def test_what_was_written_since_is_found_whether_it_is_much_or_little(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 10):
        ingest_one(store, whole.extract, told(number))
    with store.read() as session:
        moments = sorted(session.scalars(select(core(EventRow).c.at)))
        for few in (0, 2, 100):
            monkeypatch.setattr(since, "FEW", few)
            for place, at in enumerate([*moments, "9999"]):
                for countries, step in (((), 1), (("VN",), 2)):
                    days = [f"{3 * n:02}" for n in range(9, place, -1) if n % step == step // 2]
                    asked = EventQuery(updated_since=at, countries=countries)
                    events = page.events(session, asked, None, 20, store.secret).records
                    assert [json.loads(document)["date"]["start"][-2:] for _, document in events] == days
                    of_events = CommitmentQuery(updated_since=at, countries=countries)
                    assert len(page.commitments(session, of_events, None, 20, store.secret).records) == len(days)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hội đàm", "hoi dam"),
        ("HO\u0323\u0302I ĐÀM", "hoi dam"),
        ("Phạm Minh Chính", "pham minh chinh"),
        ("会谈", "会 谈"),
        ("越南Việt", "越 南 viet"),
        ("Kim Boo-kyum", "kim boo kyum"),
        ("ＡＢＣ１", "abc1"),
        ("Straße Łódź Ørsted", "strasse lodz orsted"),
        ("회담", "회담"),
        ("snake_case", "snake case"),
        ("!?", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text("각\u1100\u1161\u11a8ｶﾞｱｰ\u09c7\u09be½é会臺", max_size=5))
def test_a_text_is_folded_letter_by_letter_and_where_letters_join_as_a_whole(text: str, joining: str) -> None:
    assert fold(text + joining) == simplified(spaced(text + joining))


@given(st.text())
def test_no_query_breaks_the_full_text_syntax(text: str) -> None:
    assert all('"' not in phrase and phrase for phrase in phrases(text))


def test_phrases() -> None:
    assert phrases('hội "Đà Nẵng" 会谈 hoi - "open end') == ("hoi", "da nang", "会 谈", "open end")


def test_keys_are_in_order_of_days() -> None:
    assert 0 == ids.first_key(None) < ids.beyond_key(None) <= ids.first_key(date.min)
    assert ids.beyond_key(date(2021, 1, 1)) == ids.first_key(date(2021, 1, 2))
    assert ids.beyond_key(date.max) < 2**63


def test_queries_with_the_same_values_have_the_same_digest() -> None:
    assert EventQuery(countries=("US", "VN")).digest() == EventQuery(countries=("VN", "US")).digest()
    others = [
        EventQuery(),
        EventQuery(countries=("US",)),
        EventQuery(countries_any=("US",)),
        EventQuery(phrases=("US",)),
    ]
    assert len({one.digest() for one in others}) == len(others)


@pytest.mark.parametrize(
    "url",
    [
        "http://a.example/x", "https://www.a.example/x", "https://A.example:443//x/", "https://a.example/x#part",
        "https://a.example/x?utm_source=y&fbclid=z",
    ],
)  # fmt: skip
def test_spellings_of_one_address(url: str) -> None:
    assert ids.url_key(url) == "a.example/x"


def test_a_query_string_tells_addresses_apart() -> None:
    assert ids.url_key("https://a.example/?id=1") != ids.url_key("https://a.example/?id=2")


@pytest.mark.both
def test_days_long_past_end_the_walk_and_long_events_are_found(store: Store) -> None:
    texts = [toy.text_of({"day": f"{year}-05-01"}, words=f"News {year}") for year in range(1990, 2022)]
    texts.append(toy.text_of({"day": "2001-01-01", "end": "2001-03-31"}, words="It took long"))
    list(ingest(store, toy.extract, [Article(source=text, text=text) for text in texts]))
    asked = EventQuery(date_from=date(2001, 3, 31), date_to=date(2001, 4, 1))
    with store.read() as session:
        found = page.events(session, asked, None, 5, store.secret)
        lowest = session.scalar(select(query._reaching(date(2001, 3, 31))))
    assert [json.loads(document)["date"]["end"] for _, document in found.records] == ["2001-03-31"]
    assert lowest == ids.first_key(date(2000, 12, 31) + timedelta(1))
