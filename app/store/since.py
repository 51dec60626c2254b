"""What few changes there were since a moment: their numbers lead to them, where a walk by date would pass by them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Select, func, select

from app.store import dialect, prepared
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.tables import EventRow

FEW = 20_000
"""Events that are looked up by their numbers; where more were written since, a page is soon full on the walk."""

_event = core(EventRow)

Q = TypeVar("Q", EventQuery, CommitmentQuery)


def narrowed(ask: prepared.Ask, system: dialect.System, asked: Q) -> Q:
    """The question, with the number of the first change that it asks for where there were few since."""
    if asked.updated_since is None:
        return asked
    [(last,)] = ask(prepared.of_one_value(_highest, system), (0,))
    low, high = max(0, (last or 0) - FEW), (last or 0) + 1
    if _at(ask, system, low) >= asked.updated_since:
        return asked
    # Numbers grow with time: what is below `low` is older, what is from `high` on is not.
    while high - low > 1:
        middle = (low + high) // 2
        older = _at(ask, system, middle) < asked.updated_since
        low, high = (middle, high) if older else (low, middle)
    return replace(asked, changed_from=high)


def _at(ask: prepared.Ask, system: dialect.System, number: int) -> str:
    """When the first change from a number on was made."""
    found = ask(prepared.of_one_value(_first_from, system), (number,))
    at: str | bytes = found[0][0] if found else _NEVER
    return at.decode() if isinstance(at, bytes) else at


_NEVER = "~"
"""Behind all moments."""


def _first_from(number: int) -> Select[tuple[str]]:
    other = _event.alias()
    first = select(func.min(other.c.updated)).where(other.c.updated >= number).scalar_subquery()
    return select(_event.c.at).where(_event.c.updated == first)


def _highest(number: int) -> Select[tuple[int]]:
    return select(func.max(_event.c.updated)).where(_event.c.updated >= number)
