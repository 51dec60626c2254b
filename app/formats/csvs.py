"""CSV as RFC 4180 has it: UTF-8, comma, CRLF, a header; no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

import orjson

from app.formats.about import About
from app.formats.table import Json, cell


class _Line(io.StringIO):
    """Gives out what was written to it."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text.encode()


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """A line with the names of the columns, then one a record."""
    line = _Line(newline="")
    writer = csv.writer(line)
    columns = about.table.columns
    writer.writerow([column.name for column in columns])
    yield line.taken()
    for record in records:
        fields = orjson.loads(record)
        writer.writerow([cell(column.kind, column.of(fields)) for column in columns])
        yield line.taken()
