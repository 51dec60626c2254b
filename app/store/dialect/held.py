"""What is to be entered into the full-text index of a file when its transaction ends: from where it is stored, in one
statement, during which other threads have the interpreter. It is entered earlier where words go or are looked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from sqlalchemy import Connection

from app.store.dialect.system import Noun

_HELD = "held"
_LEAVES_WORDS = re.compile(
    r"SELECT (?!.*_(?:search|facet)\b)|INSERT INTO \w++(?<!_search)\b"
    r"|(?:UPDATE|DELETE FROM) (?:counter|moved|gone_article|ingest_state)\b",
    re.DOTALL,
)
"""Begins a statement that neither takes out words nor asks the index."""


def hold(connection: Connection, noun: Noun, keys: Iterable[int]) -> None:
    """Holds records, whose words are stored."""
    connection.info.setdefault(_HELD, {}).setdefault(noun, []).extend(keys)


def before(connection: Connection, statement: str) -> None:
    """Enters what is held where a statement may not go before."""
    if connection.info.get(_HELD) and not _LEAVES_WORDS.match(statement):
        enter(connection)


def enter(connection: Connection) -> None:
    """Enters what is held, in the order of keys, which FTS5 writes at one go."""
    for noun, keys in connection.info.pop(_HELD, {}).items():
        key = f"{noun}_key"
        connection.exec_driver_sql(
            f"INSERT INTO {noun}_search (rowid, names, words, tags) SELECT {key}, names, words, tags"  # noqa: S608  words of ours
            f" FROM {noun}_words WHERE {key} IN (SELECT value FROM json_each(?)) ORDER BY {key}",
            (json.dumps(keys),),
        )


def let_go(connection: Connection) -> None:
    """Forgets what is held."""
    connection.info.pop(_HELD, None)
