"""SQLite: the full-text index takes the folded words as they are, and a batch of them at once."""

from __future__ import annotations

from alembic import op

from app.store import dialect

revision = "0012"
down_revision = "0011"

_NOUNS = ("event", "commitment", "article")
_CREATE = """CREATE VIRTUAL TABLE {noun}_search USING fts5(
    names, words, tags, content='{noun}_words', content_rowid='{noun}_key', tokenize="{how} tokenchars '=_.:+-'")"""
_GATHER = "INSERT INTO {noun}_search({noun}_search, rank) VALUES ('hashsize', 16777216)"
_HOW = "SELECT sql LIKE '%tokenize=\"ascii %' FROM sqlite_master WHERE name = 'event_search'"


def upgrade() -> None:
    """Splits at spaces and signs alone. In a new file it is so from the beginning."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite" and not connection.exec_driver_sql(_HOW).scalar():
        _make("ascii", _GATHER)


def downgrade() -> None:
    """Asks Unicode of each character what it is."""
    if op.get_bind().dialect.name == "sqlite":
        _make("unicode61 remove_diacritics 0")


def _make(how: str, *more: str) -> None:
    connection = op.get_bind()
    for noun in _NOUNS:
        for statement in ("DROP TABLE {noun}_search", _CREATE, *more):
            connection.exec_driver_sql(statement.format(noun=noun, how=how))
    dialect.of(connection).reindex(connection)
