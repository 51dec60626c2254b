"""What people see on the terminal: progress on standard error, tables on standard output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from app.records import Event

T = TypeVar("T")

_NO_DATE = "—"


def counted(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a progress bar while they are taken; none where nobody watches."""
    console = Console(stderr=True)
    yield from track(items, what, total=total, console=console, transient=True, disable=not console.is_terminal)


def show_events(events: Iterable[Event]) -> None:
    """A table of events, a line each."""
    # On a terminal each event keeps to one line; a file has no width of its own.
    console = Console()
    width = console.width if console.is_terminal else 160
    table = Table(box=None, pad_edge=False)
    for heading, widest in (("Date", 10), ("Type", 11), ("Parties", 12), ("Event", max(20, width - 52))):
        table.add_column(heading, no_wrap=True, max_width=widest)
    table.add_column("Commitments", justify="right", no_wrap=True)
    for event in events:
        parties = " ".join((*event.countries, *event.organizations))
        table.add_row(_day(event), event.type.value, parties, escape(event.title), str(len(event.commitments)))
    Console(width=width).print(table)


def _day(event: Event) -> str:
    """The date as far as it is known: 2021-11-01, 2021-11, 2021."""
    if event.date is None:
        return _NO_DATE
    length = {"year": 4, "month": 7}.get(event.date.precision.value, 10)
    return event.date.start.isoformat()[:length]
