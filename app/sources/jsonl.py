"""JSON: an object with a text in it a line, or objects in one array, as dumps of databases have them.

Bad lines are told and passed over; in an array what follows a mistake cannot be found again and is left.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from typing import Any

from app.errors import SourceError
from app.records import Article
from app.sources.decode import decode
from app.sources.fields import article
from app.sources.limits import Options
from app.sources.streams import lines, whole

_KEPT = 1 << 16
"""So long a line is kept among what was rejected."""
_PART = 1 << 18


def articles(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | SourceError]:
    """The articles of a file, and a SourceError with its number for each line or object that is none."""
    head, longest = stream.peek(1), options.limits.document
    if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"[":
        yield from _array(stream, source, options)
        return
    if is_spread(head):
        data = whole(stream, longest)
        if data is None:
            raise SourceError(f"longer than {longest} bytes", source)
        if b"\n{" not in data:
            yield article(_object(data, source), options.fields, source)
            return
        # Another object begins a line: these are lines after all, the first of them broken.
        stream = io.BufferedReader(io.BytesIO(data))
    for number, line in enumerate(lines(stream, longest), start=1):
        where = f"{source}:{number}"
        if line is None:
            yield SourceError(f"longer than {longest} bytes", where)
        elif line.strip():
            try:
                yield article(_object(line, where), options.fields, where)
            except SourceError as error:
                error.given = line if len(line) <= _KEPT else None
                yield error


def is_spread(head: bytes) -> bool:
    """Whether what begins so is one object over many lines."""
    return head.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")[0].strip() == b"{"


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value = json.loads(decode(line, where))
    except (ValueError, RecursionError) as error:
        raise SourceError(f"no JSON: {error}", where) from None
    if not isinstance(value, dict):
        raise SourceError("a JSON object is expected", where)
    return value


def _array(stream: io.BufferedReader, source: str, options: Options) -> Iterator[Article | SourceError]:
    """The objects of an array, one after the other, however long it is."""
    read = _Elements(stream, options.limits.document)
    number = 0
    try:
        for number, value in enumerate(read, start=1):
            where = f"{source}[{number - 1}]"
            try:
                if not isinstance(value, dict):
                    raise SourceError("a JSON object is expected", where)
                yield article(value, options.fields, where)
            except SourceError as error:
                yield error
    except (ValueError, RecursionError) as error:
        yield SourceError(f"no JSON from here on: {error}", f"{source}[{number}]")


class _Elements:
    """The values of a JSON array, decoded while the rest is still unread."""

    def __init__(self, stream: io.BufferedReader, longest: int) -> None:
        self._text = io.TextIOWrapper(stream, "utf-8-sig", errors="strict", newline="")
        self._longest = longest
        self._buffer = ""

    def __iter__(self) -> Iterator[object]:
        decoder = json.JSONDecoder()
        self._fill()
        self._buffer = self._buffer.lstrip()[1:]
        while True:
            self._skip()
            if self._buffer.startswith("]"):
                return
            value, end = self._next(decoder)
            self._buffer = self._buffer[end:]
            yield value
            self._skip()
            if not self._buffer.startswith((",", "]")):
                raise ValueError("a comma or ] is expected")
            self._buffer = self._buffer.removeprefix(",")

    def _next(self, decoder: json.JSONDecoder) -> tuple[object, int]:
        """The next value; read on while it is cut off, each time twice as much, so that the work stays linear."""
        while True:
            try:
                value, end = decoder.raw_decode(self._buffer)
                if end < len(self._buffer) or not self._fill():
                    return value, end
            except ValueError:
                if len(self._buffer) > self._longest:
                    raise ValueError(f"an object longer than {self._longest} characters") from None
                if not self._fill():
                    raise

    def _skip(self) -> None:
        self._buffer = self._buffer.lstrip()
        while not self._buffer and self._fill():
            self._buffer = self._buffer.lstrip()

    def _fill(self) -> bool:
        part = self._text.read(max(_PART, len(self._buffer)))
        self._buffer += part
        return bool(part)
