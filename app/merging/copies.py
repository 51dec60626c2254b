"""Copies of one text: wire stories that several print, with another head or tail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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


def signature(folded_lines: Iterable[str]) -> bytes:
    """The MinHash of a text whose lines are folded."""
    shingles: set[str] = set()
    for line in folded_lines:
        words = line.split()
        if len(words) >= _PARAGRAPH:
            shingles.update(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    if not shingles:
        return b""
    made = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    made.update(sorted(shingles))
    return b"".join(int(one).to_bytes(4, "big") for one in made.digest())


def similarity(one: bytes, other: bytes) -> float:
    """The share of shingles that two texts have in common, as their signatures tell it."""
    if not one or len(one) != len(other):
        return 0.0
    size = len(one) // 4
    return sum(one[at * 4 : at * 4 + 4] == other[at * 4 : at * 4 + 4] for at in range(size)) / size


def are_copies(one: bytes, other: bytes) -> bool:
    """Whether two texts are copies of one story."""
    return similarity(one, other) >= COPY


def originals(ids: Sequence[str], signatures: Mapping[str, bytes]) -> dict[str, str]:
    """For each report the first, by id, of those whose articles are copies of its own; itself where there is none."""
    first = {id_: id_ for id_ in sorted(ids)}

    def root(id_: str) -> str:
        while first[id_] != id_:
            id_ = first[id_]
        return id_

    ordered = sorted(id_ for id_ in ids if signatures.get(id_))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if are_copies(signatures[one], signatures[other]):
                low, high = pair(root(one), root(other))
                first[high] = low
    return {id_: root(id_) for id_ in ids}
