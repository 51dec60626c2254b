"""What speaks for or against two reports being of the same occurrence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Reason(NamedTuple):
    """Something that speaks for or against."""

    points: float
    words: str


class ImpossibleError(Exception):
    """They cannot be of the same occurrence, whatever else agrees."""

    def __init__(self, words: str) -> None:
        self.words = words


Found = Iterator[Reason]
"""What a comparison finds."""
