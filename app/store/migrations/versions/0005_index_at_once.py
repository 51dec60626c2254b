"""SQLite: words are entered into the full-text index many at once, no more one by one by triggers."""

from __future__ import annotations

from alembic import op

from app.store.dialect.sqlite import forgetting

revision = "0005"
down_revision = "0004"

_NOUNS = ("event", "commitment")
_VALUES = "VALUES (new.{noun}_key, new.names, new.words, new.tags);"
_ENTER = "INSERT INTO {noun}_search(rowid, names, words, tags) " + _VALUES
_FORGET = """INSERT INTO {noun}_search({noun}_search, rowid, names, words, tags)
    VALUES ('delete', old.{noun}_key, old.names, old.words, old.tags);"""


def upgrade() -> None:
    """Triggers only take out."""
    if op.get_bind().dialect.name == "sqlite":
        for noun in _NOUNS:
            _drop(noun)
            for statement in forgetting(noun):
                op.execute(statement)


def downgrade() -> None:
    """Triggers enter, too."""
    if op.get_bind().dialect.name == "sqlite":
        for noun in _NOUNS:
            _drop(noun)
            enter, forget = _ENTER.format(noun=noun), _FORGET.format(noun=noun)
            for event, when, steps in (
                ("added", "INSERT", enter), ("removed", "DELETE", forget), ("changed", "UPDATE", forget + enter)
            ):  # fmt: skip
                op.execute(f"CREATE TRIGGER {noun}_words_{event} AFTER {when} ON {noun}_words BEGIN {steps} END")


def _drop(noun: str) -> None:
    for event in ("added", "removed", "changed"):
        op.execute(f"DROP TRIGGER IF EXISTS {noun}_words_{event}")
