"""What a phrase is about, as a set of its words: for comparing two phrases of one language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d.,]*")


@lru_cache(maxsize=4096)
def content(text: str) -> frozenset[str]:
    """Longer words, numbers, and pairs of Chinese characters; short words say little in the languages that have them,
    and stand in every other phrase."""
    plain = unicodedata.normalize("NFC", text).casefold()
    found = {one + two for run in _HAN.findall(plain) for one, two in pairwise(run)}
    rest = _WORD.findall(_HAN.sub(" ", plain))
    if any("\u1e00" <= char <= "\u1eff" or char in "ăâđêôơư" for char in plain):
        # Vietnamese syllables are short and words often two of them.
        found |= {f"{one} {two}" for one, two in pairwise(rest)}
    else:
        found |= {word for word in rest if len(word) > 3 or word[0].isdigit()}
    return frozenset(found)
