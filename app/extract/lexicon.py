"""Finds many fixed phrases at once, with their values: leftmost, longest, on word boundaries.

The automaton (Aho-Corasick) knows nothing of words, so boundaries are checked here: a phrase that begins or
ends with a letter or digit of a spaced script must not continue. Chinese characters need no boundary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

V = TypeVar("V")

_BY_START, _BY_END = itemgetter(1), itemgetter(2)
_FEW = 64
"""So many phrases are looked for one by one: cheaper than an automaton that is built for one text."""
_SMALL = 500
_ONE_BY_ONE = 10_000
"""So many characters are read before the automaton of more phrases is built: one article is told without it."""
_MANY, _BEGIN = 50_000, 12
"""Of more phrases the automaton knows only so many first characters: made in a tenth of the time, and small."""
_HEAD, _LONG_HEAD = 4, 16
"""Characters of a phrase, and of a long one, by which most are known not to stand in a text."""
_CJK, _PAST_CJK = "\u2e80", "\uffdc"
_LETTERS = frozenset(filter(str.isalnum, map(chr, range(ord(_CJK)))))
"""The letters and digits before the Chinese characters: nearly all that a text in a spaced script has."""


class Hit(NamedTuple, Generic[V]):
    """A phrase found."""

    start: int
    end: int
    value: V


_hit: Any = partial(tuple.__new__, Hit)
"""A hit of its three parts, in half the time that `Hit` takes by name."""


def spaced(char: str) -> bool:
    """Whether a character belongs to a word of a script that puts spaces between words."""
    return char in _LETTERS or (char > _PAST_CJK and char.isalnum())


def on_boundary(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` does not cut a word of a spaced script."""
    # The neighbour is asked first: it mostly is a space or a mark, which settles it.
    if start and spaced(text[start - 1]) and spaced(text[start]):
        return False
    return not (end < len(text) and spaced(text[end]) and spaced(text[end - 1]))


class WordSet:
    """Tells in one reading which of a set of words stand in a text, be it within others."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(word for word in words if word))
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.Standard)

    def standing_in(self, text: str) -> set[str]:
        """Those that do."""
        words = self._words
        numbers = {found[0] for found in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        return {words[number] for number in numbers}


class _Begun:
    """Finds phrases as an automaton of them does, by one of their beginnings: many phrases share each of those."""

    def __init__(self, phrases: Sequence[str]) -> None:
        lengths: dict[str, set[int]] = {}
        for phrase in phrases:
            lengths.setdefault(phrase[:_BEGIN], set()).add(len(phrase))
        self._numbers = {phrase: number for number, phrase in enumerate(phrases)}
        self._lengths = [tuple(sorted(of_one)) for of_one in lengths.values()]
        self._automaton = AhoCorasick(lengths, matchkind=MatchKind.Standard)

    def find_matches_as_indexes(self, text: str, *, overlapping: bool) -> list[tuple[int, int, int]]:
        """Number of the phrase, start and end; those with one start by end."""
        found: list[tuple[int, int, int]] = []
        numbers, size = self._numbers, len(text)
        for begun, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=overlapping):
            for length in self._lengths[begun]:
                end = start + length
                if end > size:
                    break
                number = numbers.get(text[start:end])
                if number is not None:
                    found.append((number, start, end))
        return found


def _automaton(words: tuple[str, ...]) -> Any:
    """What finds all of these phrases, wherever they stand."""
    if len(words) > _MANY:
        return _Begun(words)
    # A table of all states is twice as fast, but for many phrases large and slow to make.
    table = Implementation.DFA if len(words) < _SMALL else None
    return AhoCorasick(words, matchkind=MatchKind.Standard, implementation=table)


class _Made(dict[int, tuple[Any, ...]]):
    """The values of the phrases that were found so far, each made when its phrase is found for the first time."""

    def __init__(self, kept: Sequence[tuple[Any, ...]], make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._kept, self._make = kept, make

    def __missing__(self, index: int) -> tuple[Any, ...]:
        made = self[index] = tuple(map(self._make, self._kept[index]))
        return made


class Lexicon(Generic[V]):
    """An immutable set of phrases. Several values under one phrase are kept in the order given.

    Of the tens of thousands of phrases that there are an article has some hundreds: the `make` of `of` turns what is
    kept into a value, once for each phrase that is found.
    """

    def __init__(self, entries: Iterable[tuple[str, V]]) -> None:
        listed = [entry for entry in entries if entry[0]]
        single = dict(listed)
        values: tuple[tuple[Any, ...], ...]
        if len(single) == len(listed):  # as mostly: tens of thousands of phrases, made when the command starts
            self._words, values = tuple(single), tuple(zip(single.values(), strict=True))
        else:
            grouped: dict[str, tuple[V, ...]] = {}
            for phrase, value in listed:
                grouped[phrase] = (*grouped[phrase], value) if phrase in grouped else (value,)
            self._words, values = tuple(grouped), tuple(grouped.values())
        self._values: Sequence[tuple[V, ...]] | Mapping[int, tuple[V, ...]] = values
        self._begin()

    @classmethod
    def of(cls, words: tuple[str, ...], kept: Sequence[tuple[Any, ...]], make: Callable[[Any], V]) -> Lexicon[V]:
        """The lexicon of so many different phrases, none empty, with what each holds."""
        lexicon: Lexicon[V] = cls(())
        lexicon._words, lexicon._values = words, _Made(kept, make)
        lexicon._begin()
        return lexicon

    def _begin(self) -> None:
        self._automaton: Any = None
        self._left = _ONE_BY_ONE if len(self._words) > _FEW else None
        """So many characters are still read without an automaton; None: it is never worth one."""

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        """Number of the phrase, start and end, by start and then the longest first; boundaries are not yet checked."""
        if self._automaton is None and self._left is not None:
            self._left -= len(text)
            if self._left < 0:
                self._automaton = _automaton(self._words)
        if self._automaton is None:
            found = self._one_by_one(text)
        else:
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        found.reverse()  # they come by end: turned round and sorted by start alone, the longest of a place is first
        found.sort(key=_BY_START)
        return found

    def _one_by_one(self, text: str) -> list[tuple[int, int, int]]:
        """Where each of the phrases stands, by end."""
        if self._left is None:
            maybe: Iterable[tuple[int, str]] = enumerate(self._words)
        else:
            lengths = (*range(1, _HEAD + 1), _LONG_HEAD)
            begun = {text[at : at + length] for length in lengths for at in range(len(text))}
            maybe = [
                (index, phrase)
                for index, phrase in enumerate(self._words)
                if phrase[:_HEAD] in begun and (len(phrase) < _LONG_HEAD or phrase[:_LONG_HEAD] in begun)
            ]
        found: list[tuple[int, int, int]] = []
        for index, phrase in maybe:
            start = text.find(phrase)
            while start >= 0:
                found.append((index, start, start + len(phrase)))
                start = text.find(phrase, start + 1)
        found.sort(key=_BY_END)
        return found

    def scan(self, text: str) -> list[Hit[tuple[V, ...]]]:
        """The phrases that do not overlap: leftmost first, the longest at each place."""
        kept: list[Hit[tuple[V, ...]]] = []
        last, length, values, letters = 0, len(text), self._values, _LETTERS
        for index, start, end in self._found(text):
            if start < last:
                continue
            # As `on_boundary` says; that is only asked where what is no letter meets one, or a rare character.
            before, after = text[start - 1] if start else " ", text[end] if end < length else " "
            inside, goes_on = before in letters, after in letters
            if (inside and text[start] in letters) or (goes_on and text[end - 1] in letters):
                continue  # cut out of a word, as most are
            plain = not inside and not goes_on and before <= _PAST_CJK and after <= _PAST_CJK
            if plain or on_boundary(text, start, end):
                kept.append(_hit((start, end, values[index])))
                last = end
        return kept
