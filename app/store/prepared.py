"""Questions that were asked before are not put together again: their SQL is kept, with the values that go with it.

Only for systems that plan without looking at the data. To make the SQL of a page takes several times as long as to run
it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Dialect, Select, bindparam
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session

from app.store import dialect

_KEPT = 2048
"""Questions: some kilobytes each."""
_AFTER = "after_key"

Question = tuple[dialect.Noun, Callable[..., Any], Any, int]
"""Noun, the function that makes its statement, what is asked, the number of rows."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL with its values; `_AFTER` stands where the key to begin after goes."""

    sql: str
    values: tuple[Any, ...]

    def given(self, after: int | None) -> tuple[Any, ...]:
        """The values for the rows beyond a key."""
        return tuple(after if value is _AFTER else value for value in self.values)


def rows(session: Session, question: Question, after: int | None) -> list[Any]:
    """The rows of a question, from beyond a key on."""
    connection = session.connection()
    found = made(question, after is not None, connection.dialect, dialect.of(session))
    return list(connection.exec_driver_sql(found.sql, found.given(after)).all())


@lru_cache(_KEPT)
def made(question: Question, continued: bool, how: Dialect, system: dialect.System) -> Prepared:
    """The SQL of a question; of its first page, or of one that is `continued` after a key."""
    noun, statement, asked, limit = question
    after = bindparam(_AFTER, type_=BigInteger) if continued else None
    chosen = statement(asked, after, limit, dialect.planned(system, None, noun, asked))
    compiled = chosen.compile(dialect=how, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    values = compiled.construct_params({_AFTER: _AFTER}, _check=False)
    processed = compiled._bind_processors
    return Prepared(
        str(compiled),
        tuple(
            value if value is _AFTER or name not in processed else processed[name](value)  # type: ignore[operator]
            for name in compiled.positiontup or ()
            for value in (values[name],)
        ),
    )


@lru_cache
def by_id(statement: Callable[[str], Select[Any]], how: Dialect) -> str:
    """The SQL of a statement about one id, which is its only value."""
    return str(statement("").compile(dialect=how))
