"""What articles say is kept as readouts; events are derived from them, with commitments, revisions and corrections."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.store import dialect
from app.store.fold import fold
from app.store.ids import first_key
from app.store.migrations import legacy

revision = "0004"
down_revision = "0003"

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_NOUNS = (dialect.Noun.event, dialect.Noun.commitment)
_BATCH = 500
_BETWEEN = " \ue000 "
_LINKS = {"event_country": "country", "event_topic": "topic", "event_actor": "actor"}
_BRIEF = ("id", "url", "source", "language", "headline", "publisher", "published", "published_basis")

_article = sa.table("article", *map(sa.column, ("key", "added", "text", *_BRIEF)))
_kept = sa.table("kept", *map(sa.column, ("key", "id", "article_key", "position", "document")))
_readout = sa.table("readout", *map(sa.column, ("key", "id", "article_key", "position", "document")))


def upgrade() -> None:
    """To readouts. Events are derived from them when the database is opened."""
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    op.add_column("article", sa.Column("added", sa.String(), nullable=False, server_default=now))
    op.add_column("article", sa.Column("signature", sa.LargeBinary()))
    _keep_events()
    connection = op.get_bind()
    legacy.drop_search(connection)
    for table in ("event_words", *_LINKS, "event"):
        op.drop_table(table)
    _create_derived()
    _create_memory()
    _create_corrections()
    for noun in _NOUNS:
        for statement in dialect.of(connection).create_search[noun]:
            op.execute(statement)
    columns = ("id", "article_key", "position", "document")
    ordered = sa.select(*(_kept.c[name] for name in columns)).order_by(_kept.c.article_key, _kept.c.position)
    connection.execute(sa.insert(_readout).from_select(columns, ordered))
    op.drop_table("kept")


def _keep_events() -> None:
    """Puts the records of all events aside, as the extraction made them."""
    kept = (sa.Column("id", sa.String()), sa.Column("article_key", _KEY), sa.Column("position", sa.Integer()))
    op.create_table("kept", *kept, sa.Column("document", sa.Text()))
    connection = op.get_bind()
    event = sa.table("event", *map(sa.column, ("key", "id", "article_key", "position", "document")))
    last = -1
    while rows := connection.execute(
        sa.select(event).where(event.c.key > last).order_by(event.c.key).limit(_BATCH)
    ).all():
        last = rows[-1].key
        values = [
            {
                "id": f"ro_{row.id[3:]}",
                "article_key": row.article_key,
                "position": row.position,
                "document": _without_article(row.document),
            }
            for row in rows
        ]
        connection.execute(sa.insert(_kept).values({name: sa.bindparam(name) for name in values[0]}), values)


def _without_article(document: str) -> str:
    event = json.loads(document)
    del event["article"]
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _part_of(table: str, name: str, **given: Any) -> sa.Column[int]:
    target = sa.ForeignKey(f"{table}.key", ondelete="CASCADE")
    return sa.Column(name, _KEY, target, nullable=False, autoincrement=False, **given)


def _words(noun: str) -> None:
    columns = (sa.Column(name, sa.Text(), nullable=False) for name in ("names", "words", "tags"))
    op.create_table(f"{noun}_words", _part_of(noun, f"{noun}_key", primary_key=True), *columns)


def _create_derived() -> None:
    op.create_table(
        "event",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("date_end", sa.Date()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated", _KEY, nullable=False, unique=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "readout",
        sa.Column("key", _KEY, primary_key=True),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        _part_of("article", "article_key", index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event_key", _KEY, sa.ForeignKey("event.key"), index=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "readout_block",
        sa.Column("block", _KEY, primary_key=True, autoincrement=False),
        _part_of("readout", "readout_key", primary_key=True, index=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "commitment",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        _part_of("event", "event_key", index=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), index=True),
        sa.Column("unit", sa.String()),
        sa.Column("amount", sa.Float()),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_index("ix_commitment_amount", "commitment", ["unit", "amount"])
    for noun in ("event", "commitment"):
        _words(noun)


def _create_memory() -> None:
    op.create_table(
        "past_article",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("gone", sa.String(), primary_key=True),
        sa.Column("next_id", sa.String(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "moved",
        sa.Column("old_id", sa.String(), primary_key=True),
        sa.Column("new_id", sa.String()),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("updated", _KEY, nullable=False, index=True),
    )
    op.create_table(
        "revision",
        sa.Column("event_id", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False, index=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("key", _KEY, nullable=False, index=True),
        sa.Column("document", sa.Text(), nullable=False),
    )
    op.create_table(
        "counter", sa.Column("name", sa.String(), primary_key=True), sa.Column("value", _KEY, nullable=False)
    )


def _create_corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("number", _KEY, nullable=False, unique=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False, index=True),
        sa.Column("document", sa.Text(), nullable=False),
        *(sa.Column(f"reverted_{one}", sa.String()) for one in ("at", "by", "why")),
    )
    op.create_table(
        "correction_anchor",
        sa.Column("correction_id", sa.String(), sa.ForeignKey("correction.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("side", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(), nullable=False, index=True),
        sa.Column("url_key", sa.String(), index=True),
        sa.Column("content", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Each readout is an event again. Corrections and what was remembered of the past are lost."""
    connection = op.get_bind()
    for noun in _NOUNS:
        for statement in dialect.of(connection).drop_search[noun]:
            op.execute(statement)
    kept = (sa.Column("id", sa.String()), sa.Column("article_key", _KEY), sa.Column("position", sa.Integer()))
    op.create_table("kept", sa.Column("key", _KEY, primary_key=True), *kept, sa.Column("document", sa.Text()))
    columns = ("key", "id", "article_key", "position", "document")
    connection.execute(sa.insert(_kept).from_select(columns, sa.select(*(_readout.c[name] for name in columns))))
    tables = ("correction_anchor", "correction", "counter", "revision", "moved", "past_article")
    for table in (*tables, "commitment_words", "commitment", "event_words", "readout_block", "readout", "event"):
        op.drop_table(table)
    _create_older()
    _fill_older(connection)
    op.drop_table("kept")
    # Only now: on SQLite these make the table anew, and nothing may point at it by cascade while they do.
    for name in ("signature", "added"):
        op.drop_column("article", name)


def _create_older() -> None:
    op.create_table(
        "event",
        sa.Column("key", _KEY, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(), nullable=False, unique=True),
        sa.Column("article_key", _KEY, sa.ForeignKey("article.key", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("date_end", sa.Date()),
        sa.Column("document", sa.Text(), nullable=False),
    )
    for column in ("article_key", "type", "language"):
        op.create_index(f"ix_event_{column}", "event", [column])
    for table, value in _LINKS.items():
        key = _part_of("event", "event_key", primary_key=True)
        op.create_table(table, sa.Column(value, sa.String(), primary_key=True), key, sqlite_with_rowid=False)
        op.create_index(f"ix_{table}_event_key", table, ["event_key"])
    columns = (sa.Column(name, sa.Text(), nullable=False) for name in ("names", "words"))
    op.create_table("event_words", _part_of("event", "event_key", primary_key=True), *columns)
    legacy.create_search(op.get_bind())


def _fill_older(connection: sa.Connection) -> None:
    numbers: Counter[date | None] = Counter()
    stored = _kept.join(_article, _article.c.key == _kept.c.article_key)
    named = [_article.c[name].label(f"article_{name}") for name in _BRIEF]
    batch = sa.select(_kept, _article.c.text, *named).select_from(stored).order_by(_kept.c.key).limit(_BATCH)
    last = -1
    while rows := connection.execute(batch.where(_kept.c.key > last)).all():
        last = rows[-1].key
        found = []
        for row in rows:
            event = json.loads(row.document)
            day = date.fromisoformat(event["date"]["start"]) if event["date"] else None
            key = first_key(day) + numbers[day]
            numbers[day] += 1
            found.append(_insert_older(connection, row, event, key))
        legacy.index(connection, found)


def _insert_older(connection: sa.Connection, row: Any, event: dict[str, Any], key: int) -> legacy.Found:
    brief = {name: getattr(row, f"article_{name}") for name in _BRIEF}
    published = brief["published"]
    brief["published"] = published.isoformat() if isinstance(published, date) else published
    end = date.fromisoformat(event["date"]["end"]) if event["date"] else None
    document = json.dumps({**event, "article": brief}, ensure_ascii=False, separators=(",", ":"))
    values = {
        "key": key, "id": f"ev_{row.id[3:]}", "article_key": row.article_key, "position": row.position,
        "type": event["type"], "language": brief["language"], "date_end": end, "document": document,
    }  # fmt: skip
    _insert(connection, "event", values)
    facets = tuple(dict.fromkeys(_facets(event, brief["language"])))
    for table, column in _LINKS.items():
        for field, value in facets:
            if field == column:
                _insert(connection, table, {column: value, "event_key": key})
    names, words = _words_of(event, brief, row.text)
    _insert(connection, "event_words", {"event_key": key, "names": names, "words": words})
    return legacy.Found(key, names, words, facets)


def _insert(connection: sa.Connection, table: str, values: dict[str, Any]) -> None:
    target = sa.table(table, *(sa.column(name, sa.Date() if name == "date_end" else None) for name in values))
    connection.execute(sa.insert(target).values(values))


def _words_of(event: dict[str, Any], brief: dict[str, Any], text: str) -> tuple[str, str]:
    names = dict.fromkeys(
        fold(name)
        for one in event["participants"]
        for name in (one["name"], one["name_as_written"], *one["aliases"])
        if name
    )
    venue, occasion = event["venue"] or {}, event["occasion"] or {}
    places = (venue.get("name"), venue.get("city"), occasion.get("name"))
    texts = (event["title"], brief["headline"], brief["publisher"], *places)
    record = _BETWEEN.join(filter(None, (fold(one) for one in texts if one)))
    return _BETWEEN.join(filter(None, names)), f"{record} {fold(text)}"


def _facets(event: dict[str, Any], language: str) -> Iterator[tuple[str, str]]:
    yield from (("type", event["type"]), ("language", language))
    yield from (("country", code) for code in event["countries"])
    yield from (("topic", topic) for topic in event["topics"])
    yield from (("actor", one["actor_id"]) for one in event["participants"] if one["actor_id"])
