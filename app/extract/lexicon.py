"""Finds many fixed phrases at once, with their values: leftmost, longest, on word boundaries.

The automaton (Aho-Corasick) knows nothing of words, so boundaries are checked here: a phrase that begins or
ends with a letter or digit of a spaced script must not continue. Chinese characters need no boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

V = TypeVar("V")

_BY_START, _BY_END = itemgetter(1), itemgetter(2)
_FEW = 64
"""So many phrases are looked for one by one: cheaper than an automaton that is built for one text."""


class Hit(NamedTuple, Generic[V]):
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
        # Whether a phrase begins and ends with a letter or digit that must not go on: looked up once, not at every hit.
        self._phrases = [(spaced(phrase[0]), spaced(phrase[-1]), tuple(values)) for phrase, values in grouped.items()]
        self._few = tuple(grouped) if len(grouped) <= _FEW else ()
        self._automaton: Any = AhoCorasick(list(grouped), matchkind=MatchKind.Standard) if len(grouped) > _FEW else None

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        """Number of the phrase, start and end, by start and then the longest first; boundaries are not yet checked."""
        if self._automaton is None:
            found = [place for index, phrase in enumerate(self._few) for place in _places(index, phrase, text)]
            found.sort(key=_BY_END)
        else:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found.reverse()  # they come by end: turned round and sorted by start alone, the longest of a place is first
        found.sort(key=_BY_START)
        return found

    def scan(self, text: str) -> list[Hit[tuple[V, ...]]]:
        """The phrases that do not overlap: leftmost first, the longest at each place."""
        kept: list[Hit[tuple[V, ...]]] = []
        phrases, length, last = self._phrases, len(text), 0
        for index, start, end in self._found(text):
            if start < last:
                continue
            opens, closes, value = phrases[index]
            if opens and start and spaced(text[start - 1]):
                continue
            if closes and end < length and spaced(text[end]):
                continue
            kept.append(Hit(start, end, value))
            last = end
        return kept


def _places(index: int, phrase: str, text: str) -> Iterator[tuple[int, int, int]]:
    """Everywhere that one phrase stands."""
    start = text.find(phrase)
    while start >= 0:
        yield index, start, start + len(phrase)
        start = text.find(phrase, start + 1)
