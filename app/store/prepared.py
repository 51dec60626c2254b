"""Questions that were asked before are not put together again: their SQL is kept, with the values that go with it.

To make the SQL of a page takes several times as long as to run it. Where a system knows more than one way, the SQL of
each is kept by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, literal_column, select, union_all
from sqlalchemy.sql.compiler import SQLCompiler

from app.store import dialect

_KEPT = 2048
"""Questions: some kilobytes each."""
_AFTER = "after_key"

Question = tuple[dialect.Noun, Callable[..., Select[Any]], Any, int]
"""Noun, the function that makes its statement, what is asked, the number of rows."""

Ask = Callable[[str, Sequence[Any]], list[Any]]
"""Gives the rows of SQL with its values."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL with its values; `_AFTER` stands where the key to begin after goes."""

    sql: str
    values: tuple[Any, ...]

    def given(self, after: int | None) -> tuple[Any, ...]:
        """The values for the rows beyond a key."""
        return tuple(after if value is _AFTER else value for value in self.values)


def rows(ask: Ask, system: dialect.System, question: Question, after: int | None, first: int = 0) -> list[Any]:
    """The rows of a question, from beyond a key on; by one of the ways of the system, or a later one."""
    for way in count(first):
        found = _made(question, after is not None, system, way)
        some = ask(found.sql, found.given(after))
        if not some or some[0][0] is not None:
            return some
    raise AssertionError


@lru_cache(_KEPT)
def _made(question: Question, continued: bool, system: dialect.System, way: int) -> Prepared:
    """The SQL of a question by one of the ways of the system; of its first page, or of one that is `continued` after a
    key."""
    noun, statement, asked, limit = question
    plans = system.plans(noun, asked.wanted())
    plan = plans[min(way, len(plans) - 1)]
    after = bindparam(_AFTER, type_=BigInteger) if continued else None
    chosen = statement(asked, after, limit, plan)
    whole = chosen if plan.refused is None else _or_refused(chosen, plan.refused)
    compiled = whole.compile(dialect=system.how, compile_kwargs={"render_postcompile": True})
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


def _or_refused(chosen: Select[Any], refused: ColumnElement[bool]) -> Any:
    """The rows, or one without a key where they are refused: which is found out while they are looked for."""
    page = chosen.subquery("page")
    nothing: Iterator[Any] = (literal_column("NULL").label(one.name) for one in page.c)
    return union_all(select(page), select(*nothing).where(refused))


@lru_cache
def of_one_value(statement: Callable[[Any], Select[Any]], system: dialect.System) -> str:
    """The SQL of a statement that has one value, a number or an id."""
    return str(statement(bindparam("one")).compile(dialect=system.how))
