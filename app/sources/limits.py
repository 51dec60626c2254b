"""How much a source may take: everything that comes from outside is hostile until it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.errors import SourceError

_FREE = 64 << 20
"""So much may come out of an archive before its ratio counts: small files of one letter are no attack."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of size and number."""

    document: int = 16 << 20
    """Bytes of one article, page or line."""
    ratio: int = 200
    """How many times its own size may come out of an archive; news pages come to 10, generated text to 50."""
    total: int = 1 << 40
    """Bytes that may come out of one archive."""
    members: int = 10_000_000
    """Files in one archive."""
    nesting: int = 3
    """Archives in archives."""


@dataclass(frozen=True, slots=True)
class Options:
    """How sources read."""

    limits: Limits = field(default_factory=Limits)
    fields: Mapping[str, str] = field(default_factory=dict)
    """Which field of a JSON object or column of a table holds `text`, `title`, `url`, `published`, `id`."""
    allow_private: bool = False
    """Whether addresses inside this machine and its network may be fetched."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    remembered: Callable[[str], str | None] = lambda _: None
    """The value of a `Note` of an earlier run."""
    on_bytes: Callable[[int], None] = lambda _: None
    """Told how many bytes of a file were read."""


class Budget:
    """What may still come out of an archive, and with it out of the archives that it lies in."""

    def __init__(self, limits: Limits, taken_in: Callable[[], int], outer: Budget | None) -> None:
        self._limits = limits
        self._taken_in = taken_in
        self._outer = outer
        self._members = 0
        self._spent = 0
        self.depth: int = outer.depth + 1 if outer else 1
        if self.depth > limits.nesting:
            raise SourceError(f"archives in archives, more than {limits.nesting} deep")

    def spend(self, number: int) -> None:
        """Counts bytes that came out. Raises SourceError where they are too many."""
        self._spent += number
        if self._spent > self._limits.total:
            raise SourceError(f"more than {self._limits.total} bytes come out of this archive")
        if self._spent > _FREE and self._spent > self._limits.ratio * self._taken_in():
            raise SourceError(f"over {self._limits.ratio} times its size comes out of this archive: left, as an attack")
        if self._outer:
            self._outer.spend(number)

    def member(self) -> None:
        """Counts a file. Raises SourceError where they are too many."""
        self._members += 1
        if self._members > self._limits.members:
            raise SourceError(f"more than {self._limits.members} files in this archive")
