"""All formats by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from app.formats import atom, calendar, csvs, geojson, icews, lines, parquet
from app.formats.about import About
from app.formats.table import Json

Write = Callable[[Iterable[Json], About], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write records down."""

    name: str
    """As `format=` takes it."""
    suffix: str
    """As files and addresses end, without the dot."""
    media_type: str
    """As `Accept` and `Content-Type` have it."""
    write: Write
    """Records as JSON texts in, the file in pieces out."""
    description: str
    events_only: bool = False
    """Whether it can hold nothing but events."""
    also: tuple[str, ...] = ()
    """Other media types that mean the same."""
    is_text: bool = True
    """Whether it is UTF-8 text, which compresses well on the way."""


_ALL = (
    Format("json", "json", "application/json", lines.json, "One object; over HTTP page by page."),
    Format(
        "ndjson",
        "ndjson",
        "application/x-ndjson",
        lines.ndjson,
        "All matches, one JSON record a line.",
        also=("application/ndjson", "application/jsonl", "application/x-jsonlines"),
    ),
    Format("csv", "csv", "text/csv", csvs.write, "All matches as a flat table, safe to open in a spreadsheet."),
    Format(
        "parquet",
        "parquet",
        "application/vnd.apache.parquet",
        parquet.write,
        "All matches as a typed table, with the whole record as JSON in the last column.",
        also=("application/x-parquet",),
        is_text=False,
    ),
    Format(
        "geojson",
        "geojson",
        "application/geo+json",
        geojson.write,
        "All matches as features at their venues (RFC 7946).",
        events_only=True,
    ),
    Format(
        "ics", "ics", "text/calendar", calendar.write, "All dated matches as a calendar (RFC 5545).", events_only=True
    ),
    Format("atom", "atom", "application/atom+xml", atom.write, "A feed for news readers (RFC 4287).", events_only=True),
    Format(
        "icews",
        "tab",
        "text/tab-separated-values",
        icews.write,
        "All matches as CAMEO event data: source, event, target in the columns of ICEWS, with PLOVER beside.",
        events_only=True,
    ),
)

FORMATS: dict[str, Format] = {one.name: one for one in _ALL}

_PIECE = 64 * 1024


def in_pieces(chunks: Iterable[bytes], size: int = _PIECE) -> Iterator[bytes]:
    """The same bytes in fewer pieces, each of about this size: for writing to a socket or a file."""
    held: list[bytes] = []
    length = 0
    for chunk in chunks:
        held.append(chunk)
        length += len(chunk)
        if length >= size:
            yield b"".join(held)
            held, length = [], 0
    if held:
        yield b"".join(held)
