"""How far reading in has come: a bar on a terminal, a line now and then elsewhere. On standard error."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.loading.run import Tally

_EVERY = 10.0
"""Seconds between two lines where there is no terminal."""
_SHOWN = 20
"""So many complaints are shown; all of them are in the reject file."""


class Watched:
    """Shows a run while it lasts. Use it as a context; `bytes_read` and `told` are called by the run."""

    def __init__(self, total: int | None, *, rejects: Path | None) -> None:
        self._total = total or None
        self._rejects = rejects
        self._bytes = 0
        self._complaints = 0
        self._begun = self._last = time.monotonic()
        self._console = Console(stderr=True)
        self._bar: Progress | None = None
        if self._console.is_terminal:
            left: tuple[BarColumn | TimeRemainingColumn, ...] = (BarColumn(), TimeRemainingColumn()) if total else ()
            columns = (SpinnerColumn(), TextColumn("{task.description}"), *left, TimeElapsedColumn())
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._task = self._bar.add_task("reading", total=self._total)

    def __enter__(self) -> Watched:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def bytes_read(self, number: int) -> None:
        """Told how many more bytes of the files were read."""
        self._bytes += number

    def told(self, tally: Tally) -> None:
        """Told what became of what was found up to now."""
        now = time.monotonic()
        seen = tally.articles + tally.rejected
        words = f"{seen:,} found, {tally.events:,} events, {tally.rejected:,} rejected, {self._rate(seen, now):,.0f}/s"
        if self._bar:
            self._bar.update(self._task, description=words, completed=min(self._bytes, self._total or self._bytes))
        elif now - self._last >= _EVERY:
            self._last = now
            self._line(f"{words}{self._rest(now)}")

    def complain(self, words: str) -> None:
        """Says what could not be read; after some, only that there is more."""
        self._complaints += 1
        if self._complaints <= _SHOWN:
            self._line(words)
        elif self._complaints == _SHOWN + 1:
            self._line(f"more could not be read; all of it is in {self._rejects or 'no file'}")

    def _line(self, words: str) -> None:
        # Text from outside may hold what moves the cursor: one plain line.
        plain = "".join(c if c.isprintable() else " " for c in words)
        self._console.print(f"dragoman: {plain}", markup=False, highlight=False, soft_wrap=True)

    def _rate(self, seen: int, now: float) -> float:
        return seen / max(now - self._begun, 0.001)

    def _rest(self, now: float) -> str:
        """Share done and time left, where the size is known."""
        if not self._total or not self._bytes:
            return ""
        share = min(1.0, self._bytes / self._total)
        left = (now - self._begun) * (1 - share) / share
        return f", {share:.0%}, {int(left) // 3600}:{int(left) // 60 % 60:02}:{int(left) % 60:02} left"


def size_of(paths: Iterable[str]) -> int | None:
    """Bytes of the files that are named, and of those in the folders; None where something else is among them."""
    total = 0
    for given in paths:
        path = Path(given)
        if not path.exists():
            return None
        files = path.rglob("*") if path.is_dir() else (path,)
        total += sum(one.stat().st_size for one in files if one.is_file())
    return total
