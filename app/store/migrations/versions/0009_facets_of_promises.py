"""Events are found by what was promised at them, commitments by all that their events are found by: facets more."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.store import dialect
from app.store.dialect.sqlite import forgetting

revision = "0009"
down_revision = "0008"

_BATCH = 1000
_NO_TOKEN = re.compile(r"[^\w.:+-]+")
_OF_EVENT = frozenset({"mode", "organization", "level", "basis", "occasion", "parties", "sure", "publisher",
                       "venue_country", "venue_city", "place", "cell", "area"})  # fmt: skip
"""Facets of events that their commitments have now, too."""
_PROMISED = frozenset({"worth", "due"})

_INDEXES = {"amount": ["unit", "value"], "commitment": ["deadline"]}

_event = sa.table("event", *map(sa.column, ("key", "document")))
_commitment = sa.table("commitment", *map(sa.column, ("key", "event_key", "document")))
_event_words = sa.table("event_words", *map(sa.column, ("event_key", "tags")))
_commitment_words = sa.table("commitment_words", *map(sa.column, ("commitment_key", "tags")))


def upgrade() -> None:
    """Adds the facets, of events first: those of their commitments are made of them. The indexes that did a part of
    their work would only lead astray."""
    for table, columns in _INDEXES.items():
        op.drop_index(f"ix_{table}_{columns[0]}", table)
    events = sa.select(_event_words.c.event_key, _event_words.c.tags, _event.c.document).select_from(
        _event_words.join(_event, _event.c.key == _event_words.c.event_key)
    )
    _change("event", events, lambda row: _joined([*row[1].split(), *_sureness(row[2]), *_of_all(row[2])]))
    joined = _commitment_words.join(_commitment, _commitment.c.key == _commitment_words.c.commitment_key)
    joined = joined.join(_event_words, _event_words.c.event_key == _commitment.c.event_key)
    chosen = (_commitment_words.c.commitment_key, _commitment_words.c.tags, _commitment.c.document)
    commitments = sa.select(*chosen, _event_words.c.tags.label("of_event")).select_from(joined)
    _change("commitment", commitments, lambda row: _joined([*row[1].split(), *_promised(row[2]), *_inherited(row[3])]))
    dialect.of(op.get_bind()).reindex(op.get_bind())


def downgrade() -> None:
    """Takes them away."""
    for table, columns in _INDEXES.items():
        op.create_index(f"ix_{table}_{columns[0]}", table, columns)
    for noun in ("event", "commitment"):
        words = _event_words if noun == "event" else _commitment_words
        _change(noun, sa.select(words), _former if noun == "event" else _former_of_commitment)
    dialect.of(op.get_bind()).reindex(op.get_bind())


def _change(noun: str, chosen: sa.Select[Any], tags: Callable[[Any], str]) -> None:
    """Gives all records of a noun other facets, past their index."""
    connection = op.get_bind()
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        for when in ("removed", "changed"):
            op.execute(f"DROP TRIGGER IF EXISTS {noun}_words_{when}")
    words = _event_words if noun == "event" else _commitment_words
    key = words.c[f"{noun}_key"]
    change = sa.update(words).where(key == sa.bindparam("of")).values(tags=sa.bindparam("made"))
    batch, last = chosen.order_by(key).limit(_BATCH), -1
    while rows := connection.execute(batch.where(key > last)).all():
        last = rows[-1][0]
        connection.execute(change, [{"of": row[0], "made": tags(row)} for row in rows])
    if sqlite:
        for statement in forgetting(noun):
            op.execute(statement)


def _joined(tags: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(tags))


def _field(tag: str) -> str:
    return tag.partition("=")[0]


def _inherited(tags: str) -> Iterator[str]:
    return (one for one in tags.split() if _field(one) in _OF_EVENT)


def _sureness(document: str) -> Iterator[str]:
    confidence = json.loads(document)["confidence"]
    if int(confidence * 10) >= 9:
        yield f"sure={int(confidence * 100)}"


def _of_all(document: str) -> Iterator[str]:
    for one in json.loads(document)["commitments"]:
        yield from _of(one)


def _promised(document: str) -> Iterator[str]:
    yield from _of(json.loads(document))


def _of(commitment: dict[str, Any]) -> Iterator[str]:
    """The facets of amount and deadline, as they were when this was written."""
    for amount in commitment.get("amounts", ()):
        unit = _NO_TOKEN.sub("_", amount["unit"])
        size = max(-1, min(18, math.floor(math.log10(amount["value"])))) if amount["value"] >= 1 else -1
        yield from (f"unit={unit}"[:500], f"worth={size}", f"worth={size}:{unit}"[:500])
    if commitment.get("deadline"):
        year = max(1950, min(2099, int(commitment["deadline"]["date"][:4])))
        yield from (f"due={year}", f"due={year // 10}x")


def _is_new(tag: str) -> bool:
    return _field(tag) in _PROMISED or (_field(tag) == "sure" and len(tag) > len("sure=9"))


def _former(row: Any) -> str:
    return _joined(one for one in row[1].split() if not _is_new(one) and _field(one) != "unit")


def _former_of_commitment(row: Any) -> str:
    return _joined(one for one in row[1].split() if not _is_new(one) and _field(one) not in _OF_EVENT)
