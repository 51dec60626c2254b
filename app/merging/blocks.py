"""Blocks: numbers that readouts of the same occurrence share, so that only those are compared.

A block is a day above 40 bits of a hash of what else is shared: the family of types and two of the parties. A report is
in the blocks of each of its days and of the day after its last, so that two that are a day apart meet. In order of
days, what is loaded together lies together in the index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations

from app.merging.report import Traits, stretches

_HASH_BITS = 40

_FEW = 4
"""Up to so many parties go in pairs; more go one by one."""

_ONE_SIDED = frozenset({"voice", "break", "sanction", "aid", "message", "recognition"})
"""Families that need no second party."""


def blocks(one: Traits) -> tuple[int, ...]:
    """The blocks of a report, in order."""
    shared = [_hash(f"{one.family}|{part}") for part in _shared(one)]
    return tuple(sorted({day << _HASH_BITS | part for day in _days(one) for part in shared}))


@lru_cache(maxsize=20_000)
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_HASH_BITS // 8).digest(), "big")


def _shared(one: Traits) -> Iterator[str]:
    parties = sorted(one.parties)
    if not parties:
        yield from (f"actor {actor}" for found in one.people.values() for actor in found)
    if len(parties) == 1 or one.family in _ONE_SIDED:
        yield from (f"alone {party}" for party in parties)
    if len(parties) <= _FEW:
        yield from (f"pair {first} {second}" for first, second in combinations(parties, 2))
    if len(parties) > 2:
        yield from (f"among {party}" for party in parties)


def _days(one: Traits) -> set[int]:
    found = stretches(one)
    if not found:
        # Only copies of one article can be told to be the same, or what is known to the year.
        return {one.when.first.replace(month=1, day=1).toordinal() if one.when else 0}
    return {
        day
        for stretch in found
        for day in range(stretch.first.toordinal(), min(stretch.last.toordinal() + 1, date.max.toordinal()) + 1)
    }
