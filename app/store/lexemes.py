"""What an entry is found by where a full-text index takes ready lexemes: words, pairs of characters, names, facets.

A folded text is a row of words with one space between. The index keeps no positions, so what must stand together is
kept together: two neighbouring Chinese characters, and two neighbouring words of a name, are a lexeme of their own. The
pairs of names are tokens for every index: the syllables of a name are common, and its pairs are rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from app.store.fold import is_unspaced

BETWEEN = "\ue000"
"""Stands between two names or texts: a private-use letter that no folded text holds."""

LONGEST = 500
"""Characters of a lexeme; the database takes 2046 bytes."""

_ROOM = 1_000_000
"""Bytes of all lexemes of an entry; the database takes 1048575."""

_NAME = "name="
_NO_TOKEN = re.compile(r"[^\w.:+-]+")


@lru_cache(maxsize=20_000)
def facet(field: str, value: str) -> str:
    """The token of a field's value, `country=US`: one word for every index, and none of a folded text, which has no
    equals sign."""
    return f"{field}={_NO_TOKEN.sub('_', value)}"[:LONGEST]


def of_entry(names: str, words: str, tags: Iterable[str]) -> list[str]:
    """All lexemes of an entry with these folded names and words and these facets. Those beyond the room there is are
    left out."""
    found = dict.fromkeys(tags)
    for text in names.split(BETWEEN):
        if not text.lstrip().startswith(_NAME):
            found |= dict.fromkeys(_of_name(token) for token in text.split())
    for text in f"{names} {BETWEEN} {words}".split(BETWEEN):
        tokens = text.split()
        found |= dict.fromkeys(token[:LONGEST] for token in tokens)
        found |= dict.fromkeys(_pairs(tokens))
    return list(_fitting(found))


def pairs_of_name(folded: str) -> str:
    """The tokens of the neighbouring words of a name, in their order: a part of the name has a part of them."""
    return " ".join(_of_name(f"{one}_{two}") for one, two in pairwise(folded.split()))


def of_name(folded: str) -> tuple[str, ...]:
    """The lexemes that all entries have that name someone like this, and hardly any other."""
    return tuple(dict.fromkeys(pairs_of_name(folded).split())) or tuple(map(_of_name, folded.split()))


def of_phrase(folded: str) -> tuple[str, ...]:
    """The lexemes that all entries have in which this phrase stands."""
    tokens = folded.split()
    paired = {char for pair in _pairs(tokens) for char in pair}
    single = (token[:LONGEST] for token in tokens if token not in paired)
    return tuple(dict.fromkeys([*_pairs(tokens), *single]))


def name_is_settled(folded: str) -> bool:
    """Whether the lexemes of a name say all; else its words may stand apart."""
    return folded.count(" ") < 2 and len(folded) < LONGEST - len(_NAME)


def phrase_is_settled(folded: str) -> bool:
    """Whether the lexemes of a phrase say all; else its words may stand apart."""
    tokens = folded.split()
    return len(folded) < LONGEST and (len(tokens) == 1 or (len(tokens) == 2 and len(list(_pairs(tokens))) == 1))


def _of_name(part: str) -> str:
    return f"{_NAME}{part}"[:LONGEST]


def _pairs(tokens: Iterable[str]) -> Iterator[str]:
    return (one + two for one, two in pairwise(tokens) if is_unspaced(one) and is_unspaced(two))


def _fitting(lexemes: Iterable[str]) -> Iterator[str]:
    room = _ROOM
    for lexeme in lexemes:
        room -= len(lexeme.encode())
        if room < 0:
            return
        yield lexeme
