"""Which language a text is in: by script first, then by the letters and small words of each pack."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from app.extract.pack import codes, load_pack
from app.extract.text import lower

_SAMPLE = 6000  # characters that are looked at: enough to be sure, cheap for long texts
_ASCII = frozenset(map(chr, range(128)))
_WORD = re.compile(r"[^\W\d_]+")
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


def detect(text: str) -> str:
    """BCP 47 tag of the pack that fits best; `und` where no pack fits at all."""
    sample = _MARKUP.sub(" ", text[:_SAMPLE])
    words = _WORD.findall(lower(sample))
    ascii_only = sample.isascii()
    han = 0 if ascii_only else sum(map(len, _HAN.findall(sample)))
    # A Han character weighs about as much as half a Latin word.
    script = "Han" if han and han / 2 > len([w for w in words if not _HAN.match(w)]) else "Latin"
    best, best_score = "und", 0.0
    count = Counter(words) if script == "Latin" else Counter()
    spelt = {} if ascii_only else {word: times for word, times in count.items() if not word.isascii()}
    for code, (own, letters, small) in _profiles().items():
        if own != script:
            continue
        if script == "Han":
            return code
        hits = sum([count[word] for word in small & count.keys()])
        # The letters that tell a language are mostly none of ASCII; then no other words need be looked at.
        maybe = spelt if _ASCII.isdisjoint(letters) else count
        hits += sum([times for word, times in maybe.items() if not letters.isdisjoint(word)]) if letters else 0
        if hits / max(1, len(words)) > max(best_score, 0.05):
            best, best_score = code, hits / len(words)
    return best
