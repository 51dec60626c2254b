"""The doctor finds each kind of harm, and mends what can be mended."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text

from app.errors import NewerDatabaseError, StoreError
from app.ingest import ingest
from app.records import Article
from app.store import correcting, doctor
from app.store.columns import core
from app.store.corrections import Action, Correction
from app.store.engine import Store, open_store
from app.store.tables import EventRow
from tests import toy

EVENTS = (
    {"day": "2021-11-01", "countries": ["VN", "US"], "topics": ["trade"], "names": ["習近平"], "actor": "xi"},
    {"title": "undated"},
)


@pytest.fixture
def filled(store: Store) -> Store:
    texts = [toy.text_of(*EVENTS, words=f"Hai bên hội đàm {n}") for n in range(12)]
    list(ingest(store, toy.extract, [Article(source="a", text=one) for one in texts]))
    return store


def faults(url: str) -> dict[str, tuple[str, ...]]:
    return {one.check.find.__name__: one.shown for one in doctor.examine(url) if one.number}


def harm(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.both
def test_a_sound_database_has_no_fault(database: str, filled: Store) -> None:
    doctor.tidy(database)
    assert faults(database) == {}
    assert [one for one in doctor.repair(database) if one.number] == []


def test_tidying_leaves_one_segment_of_the_index(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/d.db"
    store = open_store(url)
    for n in range(3):
        list(ingest(store, toy.extract, [Article(source="a", text=toy.text_of(*EVENTS, words=f"Hội đàm {n}"))]))
    store.close()
    segments = text("SELECT count(DISTINCT id >> 37) FROM event_search_data WHERE id > 10")
    engine = create_engine(url)
    with engine.connect() as connection:
        before = connection.scalar(segments)
    doctor.tidy(url)
    with engine.connect() as connection:
        after = connection.scalar(segments)
    assert before > after == 1
    engine.dispose()
    assert faults(url) == {}


FIRST = "(SELECT min(key) FROM {0})"
HARMS = {
    "text": ("UPDATE article SET text = 'x' || text WHERE key = " + FIRST.format("article"), "articles", False),
    "evidence": ("UPDATE readout SET document = replace(document, 'EVENT', 'EVENX') WHERE key = 1", "readouts", False),
    "homeless": ("UPDATE readout SET event_key = NULL WHERE key = 1", "readouts", True),
    "document": ("UPDATE event SET document = replace(document, '\"type\":\"', '\"type\":\"no')", "events", True),
    "column": ("UPDATE event SET confidence = 0.125", "events", True),
    "commitment": ("UPDATE event SET document = replace(document, '\"commitments\":[]', '\"commitments\":[{}]')",
                   "commitments", True),
    "tags": ("UPDATE event_words SET tags = 'country=XX'", "found_by", True),
    "words": ("UPDATE event_words SET words = 'x'", "found_by", True),
    "lost": ("DELETE FROM event_words", "found_by", True),
    "moved": ("INSERT INTO moved VALUES ('ev_a', 'ev_b', '2021', 'x', 1)", "memory", False),
}  # fmt: skip


@pytest.mark.both
@pytest.mark.parametrize("kind", HARMS)
def test_harm_is_found_and_what_is_derived_is_mended(database: str, filled: Store, kind: str) -> None:
    statement, check, mended = HARMS[kind]
    harm(database, statement)
    assert check in faults(database)
    assert (sum(one.number for one in doctor.repair(database)) == 0) is mended
    assert (faults(database) == {}) is mended


def test_an_index_of_other_words_is_found(database: str, filled: Store) -> None:
    harm(database, "INSERT INTO event_search(rowid, names, words, tags) VALUES (5, 'a', 'b', 'c')")
    assert set(faults(database)) == {"index"}
    assert [one for one in doctor.repair(database) if one.number] == []


def test_a_row_that_refers_to_nothing_is_found(database: str, filled: Store) -> None:
    harm(database, "PRAGMA foreign_keys = OFF", "DELETE FROM article WHERE key = 1")
    assert "references" in faults(database)


def test_a_damaged_file_is_told_of(database: str, filled: Store, tmp_path: Path) -> None:
    filled.close()
    path = tmp_path / "test.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * 40_000 + whole[48_192:])
    with contextlib.suppress(StoreError):
        assert "damage" in faults(database)
        return
    with pytest.raises(StoreError, match="damaged"):
        faults(database)


def test_nothing_is_brought_up_to_date_or_made(database: str, store: Store, tmp_path: Path) -> None:
    harm(database, "UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(StoreError, match="is at revision 0003"):
        faults(database)
    harm(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerDatabaseError, match="9999"):
        faults(database)
    with pytest.raises(StoreError, match="There is no database"):
        faults(f"sqlite:///{tmp_path}/no.db")
    assert not (tmp_path / "no.db").exists()
    open_store(f"sqlite:///{tmp_path}/new.db").close()
    assert faults(f"sqlite:///{tmp_path}/new.db") == {}


@pytest.mark.both
def test_an_event_that_was_hidden_is_no_fault(database: str, filled: Store) -> None:
    with filled.write() as session:
        event = session.execute(select(core(EventRow).c.id)).scalars().first()
        assert event
        correcting.correct(session, event, Correction(action=Action.hide, why="It never was."), "a test")
    assert faults(database) == {}
