"""How long SQLite may work on a statement."""

from __future__ import annotations

import time

from app.store.dialect.system import QUESTION_SECONDS

STEPS = 50_000
"""Instructions of SQLite between two looks at the clock: a few milliseconds."""
_PAUSE = 1.0
"""Seconds between two looks that were not SQLite's: whoever asked was busy with the rows."""


class Patience:
    """The time that SQLite has worked on a statement."""

    def __init__(self) -> None:
        self.begin(bounded=False)

    def begin(self, *, bounded: bool) -> None:
        """Begins a statement."""
        self._bounded = bounded
        self._spent = 0.0
        self._looked = time.monotonic()

    def is_over(self) -> bool:
        """Whether to break the statement off; asked by SQLite itself."""
        now = time.monotonic()
        passed, self._looked = now - self._looked, now
        if passed < _PAUSE:
            self._spent += passed
        return self._bounded and self._spent > QUESTION_SECONDS
