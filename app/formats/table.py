"""Flat tables out of nested records: which columns, of which kind, and how a cell comes out of a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

Json = bytes | str
"""A record as JSON text, as the API serves it."""

Fields = Mapping[str, Any]
"""A record, parsed."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_UNSAFE = tuple("=+-@＝＋－＠")
BETWEEN = "; "
"""Stands between the values of one cell."""


class Kind(StrEnum):
    """What a column holds."""

    text = "text"
    texts = "texts"
    """Several texts: one cell with `; ` between, a list where the format has lists."""
    integer = "integer"
    number = "number"
    day = "day"
    """ISO date."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, what that means, and how it comes out of a record."""

    name: str
    kind: Kind
    description: str
    of: Callable[[Fields], Any]
    field: str
    """The dotted path of the field that it shows."""


@dataclass(frozen=True, slots=True)
class Table:
    """The flat form of a kind of record."""

    noun: str
    columns: tuple[Column, ...]

    def only(self, fields: Iterable[str]) -> Table:
        """The table with the columns that show these fields, or parts of them."""
        wanted = tuple(fields)

        def kept(column: Column) -> bool:
            return any(f"{column.field}.".startswith(f"{one}.") or one.startswith(f"{column.field}.") for one in wanted)

        return Table(self.noun, tuple(filter(kept, self.columns)))

    def spread(self, field: str, names: Sequence[str]) -> Table:
        """The table with a column of its own for each of the texts that a field has, which are as many as the names."""

        def each(column: Column) -> Iterator[Column]:
            if column.field != field or not names:
                yield column
                return
            for place, name in enumerate(names):
                yield Column(name, Kind.text, column.description, partial(_placed, field, place), field)

        return Table(self.noun, tuple(one for column in self.columns for one in each(column)))


def _placed(field: str, place: int, record: Fields) -> Any:
    values = at(record, field)
    return values[place] if values else None


def at(record: Any, path: str) -> Any:
    """The value at a dotted path; None where a step is missing: `at(event, "venue.city")`."""
    for step in path.split("."):
        if not isinstance(record, Mapping):
            return None
        record = record.get(step)
    return record


def one_line(text: str) -> str:
    """A text without line breaks and control characters: each run of them becomes one space."""
    return _CONTROL.sub(" ", text).strip()


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe in front.

    Source: OWASP, CSV injection.
    """
    line = one_line(text)
    return f"'{line}" if line.startswith(_UNSAFE) else line


def cell(kind: Kind, value: Any) -> str:
    """A value as the text of a cell; numbers and days as they are, since they cannot be formulas."""
    if value is None:
        return ""
    if kind is Kind.texts:
        return safe(BETWEEN.join(one_line(str(one)) for one in value))
    return safe(str(value)) if kind is Kind.text else str(value)


def names_of(values: Iterable[Fields] | None, *keys: str) -> list[str]:
    """For each value its first field of these that is there."""
    found = (next((one[key] for key in keys if one.get(key)), None) for one in values or ())
    return [str(name) for name in found if name]
