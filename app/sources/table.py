"""Tables: CSV and TSV with the names of the columns in the first row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import count

from app.errors import SourceError
from app.records import Article
from app.sources.encoding import decoded
from app.sources.fields import NAMES, article
from app.sources.limits import Options
from app.sources.streams import HEAD, lines

_DELIMITERS = ",;\t|"


def columns(head: bytes) -> tuple[list[str], str]:
    """The names in the first row, and what stands between them."""
    found = decoded(head)
    first = (found[0] if found else "").removeprefix("\ufeff").partition("\n")[0].strip()
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])], delimiter
    except csv.Error:
        return [], delimiter


def looks_like_one(head: bytes, options: Options) -> bool:
    """Whether the first row names the column of the text, and another one that we know."""
    names, _ = columns(head)
    known = {*NAMES, *options.fields.values()}
    return len(names) > 1 and options.fields.get("text", "text") in names and len(known.intersection(names)) > 1


def articles(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | SourceError]:
    """The articles of the rows, and a SourceError with its number for each row that is none.

    The stream is in an encoding in which a line ends with the byte 10.
    """
    head = stream.peek(HEAD)
    _, delimiter = columns(head)
    found = decoded(_whole_lines(head))
    if found is None:
        raise SourceError("no text in any encoding known here", source)
    csv.field_size_limit(options.limits.document)
    text = _Lines(stream, found[1], options.limits.document)
    rows = csv.DictReader(text, delimiter=delimiter, restkey="", restval=None)
    for number in count(2):
        where = f"{source}:{number}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield SourceError(str(error), where)
            continue
        if text.left_out:
            yield SourceError(f"a line longer than {options.limits.document} bytes", where)
            text.left_out = 0
        if row is None:
            return
        try:
            yield article(row, options.fields, where)
        except SourceError as error:
            yield error


class _Lines:
    """The lines of a stream as text, without those that are too long."""

    def __init__(self, stream: io.BufferedReader, encoding: str, longest: int) -> None:
        self._lines = lines(stream, longest)
        self._encoding = encoding
        self.left_out = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            if line is None:
                self.left_out += 1
            else:
                yield line.decode(self._encoding, "surrogateescape")


def _whole_lines(head: bytes) -> bytes:
    """Without the last line, which may be cut within a character."""
    return head[: head.rfind(b"\n") + 1] or head
