"""What is found, the same on both databases and by either way of looking."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ingest import ingest, ingest_one
from app.records import Article, Extraction, Participant
from app.store import page
from app.store.asked import EventQuery
from app.store.dialect.postgresql import Postgresql
from app.store.engine import Store, open_store
from app.store.fold import fold, phrases
from app.store.lexemes import LONGEST, of_entry
from app.store.wanted import Name
from tests import toy
from tests.postgres import Server

pytestmark = pytest.mark.both


def store_text(store: Store, text: str, *aliases: str) -> None:
    """Stores one article; the first participant of each event gets other names."""

    def extract(article: Article) -> Extraction:
        found = toy.extract(article)
        named = Participant(kind="person", name="Xi Jinping", aliases=aliases)
        return found.model_copy(
            update={"events": tuple(event.model_copy(update={"participants": (named,)}) for event in found.events)}
        )

    ingest_one(store, extract, Article(source="a", text=text))


def titles(store: Store, asked: EventQuery) -> list[str]:
    with store.read() as session:
        found = page.events(session, asked, None, 200, store.secret).records
    return [document.split('"title":"')[1].split('"')[0] for _, document in found]


def count(store: Store, q: str) -> int:
    return len(titles(store, EventQuery(phrases=phrases(q))))


def named(store: Store, name: str) -> int:
    return len(titles(store, EventQuery(participants=(Name(fold(name), name),))))


@pytest.mark.parametrize(("written", "asked"), [("兩國總理會談", "总理会谈"), ("两国总理会谈", "總理會談")])
def test_traditional_and_simplified_characters_find_each_other(store: Store, written: str, asked: str) -> None:
    store_text(store, toy.text_of({}, words=written))
    assert count(store, asked) == 1
    assert count(store, f"{asked}们") == 0


def test_a_name_in_any_language_finds_the_event(store: Store) -> None:
    store_text(store, toy.text_of({}), "Tập Cận Bình", "習近平")
    for name in ("Xi Jinping", "jinping", "Tập Cận Bình", "can binh", "习近平", "習近平", "近平"):
        assert (named(store, name), count(store, name)) == (1, 1), name
    for name in ("Cận Tập", "Bình 习", "Xi Tập", "习平", "Tập Bình"):
        assert named(store, name) == 0, name


def test_a_name_is_found_where_it_stands_whole(store: Store) -> None:
    store_text(store, toy.text_of({}), "Phạm Minh Đức", "Lê Minh Chính", "Nguyễn Thị Kim Ngân", "范明政")
    for name in ("Lê Minh Chính", "Thị Kim Ngân", "Nguyễn Thị Kim Ngân", "范明政", "明政", "Ngân"):
        assert named(store, name) == 1, name
    for name in ("Phạm Minh Chính", "Minh Đức Lê", "Nguyễn Thị Ngân", "Đức Lê", "政 Nguyễn", "范政", "name minh chinh"):
        assert named(store, name) == 0, name


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("hội đàm", 1), ("dam hoi", 1), ('"hoi dam"', 1), ('"dam hoi"', 0), ('"hai ben hoi dam"', 1),
        ('"ben hoi tai"', 0), ("会谈", 1), ("会议", 0), ("谈会", 0), ('"dam 会谈"', 1), ('"dam 谈"', 0),
        ("会谈 hoi khong", 0), ("g20 1e5", 1), ("1e", 0), ("'s\\ & | ! ( ) <-> :*", 1), ("mức", 1), ("muc", 1),
    ],
)  # fmt: skip
def test_words_and_phrases(store: Store, asked: str, found: int) -> None:
    store_text(store, toy.text_of({}, words="Hai bên hội đàm 会谈 tại G20, 1e5 s mức. Bên tại hội."))
    assert count(store, asked) == found


def test_phrases_are_found_at_the_end_of_a_long_text(store: Store) -> None:
    store_text(store, toy.text_of({}, words="的 " * 30_000 + "hoi " * 30_000 + "最后的会谈 hoi dam cuoi cung"))
    for asked in ("最后的会谈", '"hoi dam cuoi cung"', '"谈 hoi dam"'):
        assert count(store, asked) == 1, asked
    assert count(store, '"的 hoi dam"') == 0


def test_words_longer_than_an_index_takes(store: Store) -> None:
    store_text(store, toy.text_of({}, words="x" * 5000))
    assert count(store, "x" * 5000) == 1
    assert count(store, "x" * LONGEST) == count(store, "x" * 5001) == 0


def test_a_text_of_nothing_but_new_words_is_stored(store: Store) -> None:
    store_text(store, toy.text_of({}, words=" ".join(f"w{number}" for number in range(160_000))))
    assert count(store, "w0 w99") == 1


def test_no_event_has_more_lexemes_than_the_database_takes() -> None:
    words = " ".join(chr(0x4E00 + number % 20_000) + f" w{number}" for number in range(200_000))
    assert sum(len(lexeme.encode()) for lexeme in of_entry("", words, ())) <= 1_000_000


COUNTRIES, TOPICS, TYPES = ("US", "VN", "JP"), ("trade", "climate"), ("meeting", "visit", "phone_call")
WORDS = ("hội", "đàm", "会", "谈", "trade", "x1")


def _random_articles(chance: random.Random, number: int) -> Iterator[Article]:
    for one in range(number):
        event = {
            "title": str(one),
            "day": f"2021-{chance.randint(1, 12):02}-01",
            "type": chance.choice(TYPES),
            "countries": chance.sample(COUNTRIES, chance.randint(0, 3)),
            "topics": chance.sample(TOPICS, chance.randint(0, 2)),
            "names": [" ".join(chance.choices(WORDS, k=chance.randint(1, 3)))],
            "actor": chance.choice((None, "x1", "joe")),
        }
        yield Article(source="a", text=toy.text_of(event, words=f"{one} " + " ".join(chance.choices(WORDS, k=5))))


def _random_query(chance: random.Random) -> EventQuery:
    def some(values: tuple[str, ...], most: int) -> tuple[str, ...]:
        return tuple(chance.sample(values, chance.choice((0, 0, most))))

    spoken = tuple(" ".join(chance.choices(WORDS, k=chance.randint(1, 3))) for _ in range(chance.randint(0, 2)))
    return EventQuery(
        countries=some(COUNTRIES, 2),
        countries_any=some(COUNTRIES, 2),
        types=some(TYPES, 2),
        topics=some(TOPICS, 1),
        languages=some(("vi",), 1),
        participants=tuple(Name(fold(name), name) for name in some((*WORDS, "hội đàm", "会 谈 x1", "joe"), 1)),
        phrases=tuple(map(fold, spoken)),
    )


def test_all_ways_of_looking_find_the_same(tmp_path: Path, postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL, the few that the index gives and the walk by date, both compared with SQLite."""
    sqlite = open_store(f"sqlite:///{tmp_path}/other.db")
    chance = random.Random(5)
    articles = list(_random_articles(chance, 150))
    with postgres.database() as url:
        server = open_store(url)
        for one in (server, sqlite):
            list(ingest(one, toy.extract, articles))
        found = 0
        for asked in [_random_query(chance) for _ in range(150)]:
            expected = titles(sqlite, asked)
            found += bool(expected)
            assert titles(server, asked) == expected, asked
            with monkeypatch.context() as patched:
                patched.setattr(Postgresql, "FEW", -1)
                assert titles(server, asked) == expected, asked
        server.close()
    sqlite.close()
    assert 30 < found < 150
