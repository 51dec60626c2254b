"""Copies of one text: wire stories that several print, with another head or tail."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import eq

from rensa import RMinHash

from app.merging.cluster import pair

_PERMUTATIONS = 64
_SEED = 20211101
_SHINGLE = 4
"""Words that stand together; Chinese characters are words of a folded text."""

_PARAGRAPH = 12
"""Words of the shortest line that counts: captions, bylines and links are shorter."""

COPY = 0.6
"""Share of shingles in common from which two texts are one story. Edited copies have 0.7 and more, other reports of the
same event under 0.2."""

_BAND = 8
"""Bytes of a piece of a signature, two of its numbers. Of 64 numbers at most 25 differ between copies, so that at least
7 of the 32 pieces are the same."""


def signature(folded_lines: Iterable[str]) -> bytes:
    """The MinHash of a text whose lines are folded."""
    shingles: set[str] = set()
    for line in folded_lines:
        words = line.split()
        if len(words) >= _PARAGRAPH:
            shingles.update(map(" ".join, zip(*(words[at:] for at in range(_SHINGLE)), strict=False)))
    if not shingles:
        return b""
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update(list(shingles))  # the least of each permutation, whatever the order
    return struct.pack(f">{_PERMUTATIONS}I", *made.digest())


@lru_cache(maxsize=4096)
def _numbers(signature: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(signature) // 4}I", signature)


def similarity(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, as their signatures tell it."""
    if not one or len(one) != len(other):
        return 0.0
    mine = _numbers(one)
    same: int = sum(map(eq, mine, _numbers(other)))
    return same / len(mine)


def are_copies(one: bytes, other: bytes) -> bool:
    """Whether two texts are copies of one story."""
    return similarity(one, other) >= COPY


def _bands(signature: bytes) -> Iterator[tuple[int, bytes]]:
    """Pieces of a signature of which two copies share one: fewer numbers differ than there are pieces."""
    return ((at, signature[at : at + _BAND]) for at in range(0, len(signature), _BAND))


def originals(ids: Sequence[str], signatures: Mapping[str, bytes]) -> dict[str, str]:
    """For each report the first, by id, of those whose articles are copies of its own; itself where there is none."""
    first = {id_: id_ for id_ in ids}

    def root(id_: str) -> str:
        while first[id_] != id_:
            first[id_] = id_ = first[first[id_]]
        return id_

    having: dict[tuple[int, bytes], list[str]] = {}
    for one in sorted(id_ for id_ in ids if signatures.get(id_)):
        mine = signatures[one]
        alike = [having.setdefault(band, []) for band in _bands(mine)]
        for other in sorted({other for found in alike for other in found}):
            low, high = pair(root(one), root(other))
            if low != high and are_copies(mine, signatures[other]):
                first[high] = low
        for found in alike:
            found.append(one)
    return {id_: root(id_) for id_ in ids}
