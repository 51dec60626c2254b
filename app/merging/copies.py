"""Copies of one text: wire stories that several print, with another head or tail."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import eq

from rensa import RMinHash

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


class _Stories:
    """Texts that hang together as copies of copies. Of a story a text is compared with no more than it takes to find
    one that it is a copy of."""

    def __init__(self, signatures: Mapping[str, bytes]) -> None:
        self._signatures = signatures
        self._texts: dict[str, list[str]] = {}
        """The texts of each story, which has the name of one of them."""
        self._having: dict[tuple[int, bytes], dict[str, list[str]]] = {}
        """For each piece of a signature the stories that have it, with those of their texts that have it."""

    def add(self, text: str) -> None:
        """Takes in a text, and puts together the stories that it is a copy of."""
        mine, pieces = self._signatures[text], self._pieces(text)
        near = sorted({story for having in pieces for story in having})
        copied = [story for story in near if self._is_told(story, mine, pieces)]
        copied.sort(key=lambda story: len(self._texts[story]))
        home = copied.pop() if copied else text
        self._texts.setdefault(home, []).append(text)
        for having in pieces:
            having.setdefault(home, []).append(text)
        for story in copied:
            self._move(story, home)

    def _is_told(self, story: str, mine: bytes, pieces: Iterable[Mapping[str, Sequence[str]]]) -> bool:
        tried: set[str] = set()
        for having in pieces:
            for other in having.get(story, ()):
                if other not in tried and are_copies(mine, self._signatures[other]):
                    return True
                tried.add(other)
        return False

    def _pieces(self, text: str) -> list[dict[str, list[str]]]:
        return [self._having.setdefault(band, {}) for band in _bands(self._signatures[text])]

    def _move(self, story: str, home: str) -> None:
        moved = self._texts.pop(story)
        self._texts[home] += moved
        for text in moved:
            for having in self._pieces(text):
                if story in having:
                    having.setdefault(home, []).extend(having.pop(story))

    def firsts(self) -> dict[str, str]:
        """For each text the first of its story."""
        return {text: first for texts in self._texts.values() for first in [min(texts)] for text in texts}


def originals(ids: Sequence[str], signatures: Mapping[str, bytes]) -> dict[str, str]:
    """For each report the first, by id, of those whose articles are copies of its own; itself where there is none."""
    stories = _Stories(signatures)
    for one in ids:
        if signatures.get(one):
            stories.add(one)
    return {id_: id_ for id_ in ids} | stories.firsts()
