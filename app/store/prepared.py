"""Questions that were asked before are not put together again: their SQL is kept, with the values that go with it.

Only for systems that plan without looking at the data. To make the SQL of a page takes several times as long as to run
it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Dialect, bindparam
from sqlalchemy.sql.compiler import SQLCompiler
from sqlmodel import Session

from app.store import dialect

_KEPT = 2048
"""Questions: some kilobytes each."""
_AFTER = "after_key"

Question = tuple[dialect.Noun, Callable[..., Any], Any, int]
"""Noun, the function that makes its statement, what is asked, the number of rows."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """SQL with its values; `_AFTER` stands where the key to begin after goes."""

    sql: str
    values: tuple[Any, ...]

    def run(self, connection: Connection, after: int | None) -> list[Any]:
        """The rows beyond a key."""
        values = tuple(after if value is _AFTER else value for value in self.values)
        return list(connection.exec_driver_sql(self.sql, values).all())


def rows(session: Session, question: Question, after: int | None) -> list[Any]:
    """The rows of a question, from beyond a key on."""
    connection = session.connection()
    return _prepared(question, after is not None, connection.dialect, dialect.of(session)).run(connection, after)


@lru_cache(_KEPT)
def _prepared(question: Question, continued: bool, how: Dialect, system: dialect.System) -> _Prepared:
    noun, statement, asked, limit = question
    after = bindparam(_AFTER, type_=BigInteger) if continued else None
    made = statement(asked, after, limit, dialect.planned(system, None, noun, asked))
    compiled = made.compile(dialect=how, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    values = compiled.construct_params({_AFTER: _AFTER}, _check=False)
    processed = compiled._bind_processors
    return _Prepared(
        str(compiled),
        tuple(
            value if value is _AFTER or name not in processed else processed[name](value)  # type: ignore[operator]
            for name in compiled.positiontup or ()
            for value in (values[name],)
        ),
    )
