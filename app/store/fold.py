"""Folds text for comparing and searching: no case, no diacritics, simplified Chinese characters one by one."""

from __future__ import annotations

import re
import unicodedata

from app.knowledge.script import simplified

# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

# Han (with extensions and compatibility forms), kana and bopomofo: scripts without spaces between words.
_UNSPACED = re.compile(r"[\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_NO_WORD = re.compile(r"[\W_]")
_QUERY_PART = re.compile(r'"([^"]*)"?|(\S+)')

# Korean letters and vowel signs that can become one with the letter before: such a text is not folded letter by letter.
_JOINS = re.compile(r"[\u1100-\u11ff]")
_NEEDS_CONTEXT = "\ue001"


def spaced(text: str) -> str:
    """As `fold`, but Chinese characters stay traditional or simplified as they are."""
    return " ".join(_bare(text).split())


def _bare(text: str) -> str:
    """No case, no marks, and spaces in place of all that is no letter and around what is a word by itself."""
    marked = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(char for char in marked if unicodedata.category(char) != "Mn")
    letters = unicodedata.normalize("NFC", bare).translate(_LETTERS)
    return _UNSPACED.sub(r" \g<0> ", _NO_WORD.sub(" ", letters))


class _Folded(dict[int, str]):
    """What each character becomes, worked out when it is first met: a text then costs one look a character."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        folded = simplified(_bare(char))
        if unicodedata.category(char) == "Mc" or _JOINS.search(folded):
            folded = _NEEDS_CONTEXT
        self[point] = folded
        return folded


_FOLDED = _Folded()

_KEPT_WORDS = 50_000
_LONG_WORD = 40
"""Characters from which a word is not met again: a run of Chinese."""


class _Words(dict[str, str]):
    """What each word becomes: most of a text are words that were met before."""

    def __missing__(self, word: str) -> str:
        folded = word.translate(_FOLDED)
        folded = simplified(spaced(word)) if _NEEDS_CONTEXT in folded else " ".join(folded.split())
        if len(word) < _LONG_WORD:
            if len(self) >= _KEPT_WORDS:
                self.clear()
            self[word] = folded
        return folded


_WORDS = _Words()


def fold(text: str) -> str:
    """Words in lower case without diacritics, each Chinese character a word, one space between: Hội đàm -> hoi dam,
    會談 -> 会 谈."""
    return " ".join(filter(None, map(_WORDS.__getitem__, text.split())))


def is_unspaced(token: str) -> bool:
    """Whether a word of a folded text is one character of a script without spaces."""
    return _UNSPACED.fullmatch(token) is not None


def phrases(query: str) -> tuple[str, ...]:
    """What must all be found: each word, each Chinese run and each "quoted phrase" of a query, folded."""
    parts = (fold(quoted or word) for quoted, word in _QUERY_PART.findall(query))
    return tuple(dict.fromkeys(part for part in parts if part))
