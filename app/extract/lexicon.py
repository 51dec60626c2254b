"""Finds many fixed phrases at once, with their values: leftmost, longest, on word boundaries.

The automaton (Aho-Corasick) knows nothing of words, so boundaries are checked here: a phrase that begins or
ends with a letter or digit of a spaced script must not continue. Chinese characters need no boundary.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Hit(Generic[V]):
    """A phrase found."""

    start: int
    end: int
    value: V


def spaced(char: str) -> bool:
    """Whether a character belongs to a word of a script that puts spaces between words."""
    return char.isalnum() and not "\u2e80" <= char <= "\uffdc"


def on_boundary(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` does not cut a word of a spaced script."""
    if start > 0 and spaced(text[start]) and spaced(text[start - 1]):
        return False
    return not (end < len(text) and spaced(text[end - 1]) and spaced(text[end]))


class Lexicon(Generic[V]):
    """An immutable set of phrases. Several values under one phrase are kept in the order given."""

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        grouped: dict[str, list[V]] = {}
        for phrase, value in entries:
            if phrase:
                grouped.setdefault(phrase, []).append(value)
        self._values = [tuple(values) for values in grouped.values()]
        # Whether a phrase begins and ends with a letter or digit that must not go on: looked up once, not at every hit.
        self._edges = [(spaced(phrase[0]), spaced(phrase[-1])) for phrase in grouped]
        self._automaton: Any = AhoCorasick(list(grouped), matchkind=MatchKind.Standard) if grouped else None

    def all(self, text: str) -> list[Hit[tuple[V, ...]]]:
        """Every phrase on word boundaries, overlapping ones too, by start and then the longest first."""
        if self._automaton is None:
            return []
        found: list[Hit[tuple[V, ...]]] = []
        length = len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            opens, closes = self._edges[index]
            if opens and start > 0 and spaced(text[start - 1]):
                continue
            if closes and end < length and spaced(text[end]):
                continue
            found.append(Hit(start, end, self._values[index]))
        found.sort(key=lambda hit: (hit.start, -hit.end))
        return found

    def scan(self, text: str) -> list[Hit[tuple[V, ...]]]:
        """The phrases that do not overlap: leftmost first, the longest at each place."""
        kept: list[Hit[tuple[V, ...]]] = []
        end = 0
        for hit in self.all(text):
            if hit.start >= end:
                kept.append(hit)
                end = hit.end
        return kept
