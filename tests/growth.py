"""How time grows with the size of what is read: for tests that a hostile text does not take time without limit."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TRIES = 8
_LEAST = 0.01
"""Seconds below which nothing is measured well."""


def grows_with_size(work: Callable[[], object], larger: Callable[[], object], factor: float) -> bool:
    """Whether the larger work takes less than a factor more processor time than the other.

    A busy machine slows one of the two down now and then, but what grows with the square of its size is too slow each
    time: one good measurement of several is enough.
    """
    work()
    return any(_seconds(larger) < factor * max(_seconds(work), _LEAST) for _ in range(_TRIES))


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    work()
    return time.process_time() - started
