"""JSON and NDJSON: the records as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.formats.about import About
from app.formats.table import Json


def _bytes(record: Json) -> bytes:
    return record.encode() if isinstance(record, str) else record


def ndjson(records: Iterable[Json], about: About) -> Iterator[bytes]:  # noqa: ARG001  all formats take the same
    """One record a line."""
    for record in records:
        yield _bytes(record) + b"\n"


def json(records: Iterable[Json], about: About) -> Iterator[bytes]:  # noqa: ARG001
    """One object with all records: `{"data": [...], "next": null}`, a page without an end."""
    before = b'{"data":['
    for record in records:
        yield before + _bytes(record)
        before = b",\n"
    yield (before if before != b",\n" else b"") + b'],"next":null}\n'
