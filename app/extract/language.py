"""Which language a text is in: by script first, then by the letters and small words of each pack."""

from __future__ import annotations

import re
from functools import lru_cache

from app.extract.pack import codes, load_pack
from app.extract.text import lower

_SAMPLE = 6000  # characters that are looked at: enough to be sure, cheap for long texts
_STRETCH = 200
"""Where three stretches of so many characters, both ends and the middle, are clearly of one language, so is all."""
_CLEARLY = 0.1
"""So many of the words tell the language of a stretch, and not half as many any other: news has 0.2 to 0.7."""
_LONG_WORD = 30
"""What is told by longer words is not kept."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
_LATIN = [chr(code) for code in (*range(0x80, 0x250), *range(0x1E00, 0x1F00)) if _WORD.match(chr(code))]
_LATIN_WORD = re.compile(f"[a-zA-Z{''.join(_LATIN)}]+")
_BEYOND_LATIN = re.compile(r"[^\x00-\u024f\u1e00-\u1eff\u2000-\u206f]")
"""What may be a letter of another script."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_MARKUP = re.compile(r"https?://\S{1,2000}|<[^<>\n]{0,500}>")


@lru_cache
def _profiles() -> dict[str, tuple[str, frozenset[str], frozenset[str]]]:
    """Code -> script, telling letters, telling words."""
    profiles = {}
    for code in codes():
        data = load_pack(code).data("language")
        profiles[code] = (data["script"], frozenset(data.get("letters", "")), frozenset(data.get("words", ())))
    return profiles


def _told_by(word: str) -> tuple[tuple[str, int], ...]:
    """The languages for which a word speaks, once as one of their small words and once by its letters."""
    latin = ((c, letters, small) for c, (script, letters, small) in _profiles().items() if script == "Latin")
    told = ((code, (word in small) + (not letters.isdisjoint(word))) for code, letters, small in latin)
    return tuple([(code, times) for code, times in told if times])


_tells = lru_cache(maxsize=8192)(_told_by)


def _words(sample: str) -> list[str]:
    """The words of a sample in lower case. Most texts are ASCII or Latin letters, and for those there are quicker ways
    to the same words."""
    low = lower(sample)
    if low.isascii():
        return low.translate(_NO_LETTERS).split()
    return (_WORD if _BEYOND_LATIN.search(low) else _LATIN_WORD).findall(low)


def _is_han(sample: str) -> bool:
    """Whether a sample is written in Chinese characters: one weighs about as much as half a Latin word."""
    if sample.isascii():
        return False
    han = sum(map(len, _HAN.findall(sample)))
    others = len(sample) - han  # no more words than that begin with another character
    return bool(han) and (han / 2 > others or han / 2 > len([w for w in _words(sample) if not _HAN.match(w)]))


def detect(text: str) -> str:
    """BCP 47 tag of the pack that fits best; `und` where no pack fits at all."""
    sample = text[:_SAMPLE]
    if "<" in sample or "://" in sample:
        sample = _MARKUP.sub(" ", sample)
    size = len(sample)
    if size > 3 * _STRETCH:
        starts = (0, (size - _STRETCH) // 2, size - _STRETCH)
        told = {_scored(sample[start : start + _STRETCH]) for start in starts}
        code, clearly = next(iter(told))
        if clearly and len(told) == 1:
            return code
    return _scored(sample)[0]


def _scored(sample: str) -> tuple[str, bool]:
    """The pack that fits a sample best, and whether none comes near to it."""
    if _is_han(sample):
        return next((code for code, (script, _, _) in _profiles().items() if script == "Han"), "und"), True
    words = _words(sample)
    hits = {code: 0 for code, (script, _, _) in _profiles().items() if script == "Latin"}
    for word in words:
        for code, times in _tells(word) if len(word) < _LONG_WORD else _told_by(word):
            hits[code] += times
    best, best_score, other = "und", 0.05, 0.0
    for code, found in hits.items():
        score = found / max(1, len(words))
        if score > best_score:
            best, best_score, other = code, score, best_score
        else:
            other = max(other, score)
    return best, best_score >= _CLEARLY and 2 * other <= best_score
