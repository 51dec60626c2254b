"""All records of the knowledge base as the rules see them, and what they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from app.knowledge.load import TABLES
from app.knowledge.models import Fact


@dataclass(frozen=True)
class Problem:
    """Something wrong, where it is, and whether it only deserves a look."""

    file: str
    record: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{'warning: ' if self.warning else ''}{self.file}: {self.record}: {self.message}"


@dataclass(frozen=True)
class Entry:
    """A record with the file that holds it; `fact` is None where it is not valid."""

    table: str
    file: str
    id: str
    row: dict[str, Any]
    fact: Fact | None

    def problem(self, message: str, *, warning: bool = False) -> Problem:
        """A problem of this record."""
        return Problem(self.file, self.id, message, warning)


@dataclass(frozen=True)
class Facts:
    """All records, and the ids that others may point to."""

    entries: tuple[Entry, ...]

    def of(self, model: type[Fact]) -> Iterator[tuple[Entry, Any]]:
        """The valid records of a kind, with their entries."""
        return ((entry, entry.fact) for entry in self.entries if isinstance(entry.fact, model))

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """Ids by table."""
        return {name: frozenset(e.id for e in self.entries if e.table == name) for name in TABLES}


Rule = Callable[[Facts], Iterator[Problem]]
