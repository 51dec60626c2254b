"""All events out of the store, in any of the formats of the API, as one file or as Parquet partitioned by year."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import orjson

from app.errors import StartError
from app.formats.about import About
from app.formats.registry import FORMATS, Format, in_pieces
from app.store import page
from app.store.asked import EventQuery
from app.store.engine import Store
from app.store.served import served

_PAGE = 500
_UNDATED = "__HIVE_DEFAULT_PARTITION__"
"""What readers of partitioned tables take for null."""


def events(store: Store, base: str, asked: EventQuery | None = None) -> Iterator[bytes]:
    """All events as JSON with their addresses under `base`, newest first, as they were at one moment."""
    with store.read() as session:
        cursor: str | None = None
        while True:
            part = page.events(session, asked or EventQuery(), cursor, _PAGE, store.secret)
            yield from (served(document, id_, base) for id_, document in part.records)
            cursor = part.cursor
            if cursor is None:
                return


def to_stream(records: Iterable[bytes], form: Format, about: About, out: BinaryIO) -> int:
    """Writes a file; how many records went into it."""
    number = 0

    def counted() -> Iterator[bytes]:
        nonlocal number
        for record in records:
            number += 1
            yield record

    for piece in in_pieces(form.write(counted(), about)):
        out.write(piece)
    return number


def to_file(records: Iterable[bytes], form: Format, about: About, path: Path) -> int:
    """Writes a file that is there as a whole or not at all. Raises StartError where it cannot be written."""
    half = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            number = to_stream(records, form, about, out)
        os.replace(half, path)
    except OSError as error:
        raise StartError(f"{path} cannot be written: {error.strerror}") from None
    finally:
        half.unlink(missing_ok=True)
    return number


def by_year(records: Iterable[bytes], about: About, folder: Path) -> int:
    """Writes `year=2021/events.parquet` and so on. Raises StartError where the folder holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(f"{folder} is not an empty folder.")
    # Records come in the order of their days, so each year is one stretch of them.
    return sum(
        to_file(group, FORMATS["parquet"], about, folder / f"year={year}" / "events.parquet")
        for year, group in groupby(records, _year)
    )


def _year(record: bytes) -> str:
    date = orjson.loads(record).get("date")
    return date["start"][:4] if date else _UNDATED
