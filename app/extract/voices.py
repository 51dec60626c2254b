"""Whose voice an article speaks in, where a language is written in several countries: 我國 is Taiwan in one paper and
Singapore in another.

In: the text and the atoms found in it. Out: the country that the article calls its own, and the atoms together with
those that only such a voice, or a country named before, gives a meaning: 我國, and 薩國 for 薩爾瓦多.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from app.extract.atoms import Atom, Kind
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase
from app.knowledge.lookup import Knowledge
from app.knowledge.script import simplified

_LAND = "国"
_SAMPLE = 600
"""So many characters show the script of an article."""
_SHARE = 20
"""One character in so many that is no simplified one: more than names and quotations bring into a simplified text."""
_CHAIN = 4
"""Most titles and words of office between "our" and a name, the name among them."""


@lru_cache
def _marks(pack: Pack) -> dict[str, tuple[str, ...]]:
    """The words by which each voice is known."""
    voices = pack.data("names").get("voices", {})
    return {land: tuple(fold_phrase(word, pack) for word in words) for land, words in voices.items()}


@lru_cache
def _shared(pack: Pack) -> tuple[str, ...]:
    """The words that papers of two countries use."""
    words = pack.data("names").get("voices_by_script", {}).get("words", ())
    return tuple([fold_phrase(word, pack) for word in words])


@lru_cache
def _own(pack: Pack) -> re.Pattern[str] | None:
    """The words for the article's own country, as far as they go: 我国, 我|驻."""
    return _words(tuple(pack.data("names").get("own_country", ())), pack)


@lru_cache
def _lands(pack: Pack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The words that mean one country before another word: 大陆|外交部."""
    lands = pack.data("names").get("lands", {})
    return tuple((land, pattern) for land, words in lands.items() if (pattern := _words(tuple(words), pack)))


def _words(words: tuple[str, ...], pack: Pack) -> re.Pattern[str] | None:
    """Words as one pattern; what stands behind a bar must follow."""
    parts = (fold_phrase(word, pack).partition("|") for word in words)
    told = [re.escape(word) + (f"(?={re.escape(behind)})" if bar else "") for word, bar, behind in parts]
    return re.compile("|".join(told)) if told else None


def voice_of(text: Text, pack: Pack) -> str | None:
    """The country in whose voice an article is written; None where no word shows one, or the words differ. Words that
    papers of two countries use (我外交部) are told apart by the script, where no other word shows one."""
    found = {land for land, marks in _marks(pack).items() if any(mark in text.plain for mark in marks)}
    if not found and any(word in text.plain for word in _shared(pack)):
        lands = pack.data("names")["voices_by_script"]
        return str(lands["traditional" if _traditional(text.given[:_SAMPLE]) else "simplified"])
    return found.pop() if len(found) == 1 else None


def _traditional(sample: str) -> bool:
    """Whether a stretch of Chinese is in traditional characters: about a third of them then differ."""
    changed = sum(a != b for a, b in zip(sample, simplified(sample), strict=True))
    return changed * _SHARE > len(sample)


def voice_of_titles(text: Text, atoms: Sequence[Atom], pack: Pack, knowledge: Knowledge) -> str | None:
    """The country of those whom an article calls its own: 我国总理黄循财; None where it calls nobody so, or several."""
    pattern, starts = _own(pack), {a.start: i for i, a in enumerate(atoms)}
    found: set[str] = set()
    for match in pattern.finditer(text.plain) if pattern is not None else ():
        chain = list(atoms[at : at + _CHAIN]) if (at := starts.get(match.end())) is not None else []
        named = next((a for a in chain if a.kind is Kind.person), None)
        titles = [a for a in chain if named is not None and a.end <= named.start]
        if named is None or not titles or any(a.kind not in (Kind.title, Kind.filler) for a in titles):
            continue
        if named.start - match.end() == sum(a.end - a.start for a in titles):
            found |= {land for i in named.values if (land := knowledge.person[i].country)}
    return found.pop() if len(found) == 1 else None


def with_own_words(text: Text, atoms: Sequence[Atom], pack: Pack, voice: str | None) -> tuple[Atom, ...]:
    """The atoms, with what the voice calls its own and with countries told by their first character."""
    added = [(m.start(), m.end(), land) for land, pattern in _lands(pack) for m in pattern.finditer(text.plain)]
    pattern = _own(pack)
    if voice is not None:
        added += [(m.start(), m.end(), voice) for m in pattern.finditer(text.plain)] if pattern else []
        added += _by_initial(text, atoms, pack)
    if not added:
        return tuple(atoms)
    free = [Atom(Kind.country, start, end, (land,)) for start, end, land in added]
    taken = {at for a in atoms for at in range(a.start, a.end) if a.kind is not Kind.short}
    kept = [a for a in free if not taken & set(range(a.start, a.end))]
    covered = {at for a in kept for at in range(a.start, a.end)}
    rest = [a for a in atoms if a.kind is not Kind.short or a.start not in covered]
    return tuple(sorted([*rest, *kept], key=lambda a: a.start))


def _by_initial(text: Text, atoms: Sequence[Atom], pack: Pack) -> list[tuple[int, int, str]]:
    """薩國, where 薩爾瓦多 is named: one country begins so."""
    initials: dict[str, set[str]] = {}
    for atom in atoms:
        if atom.kind is Kind.country and atom.end - atom.start > 1:
            initials.setdefault(text.plain[atom.start], set()).add(atom.values[0])
    barred = pack.data("names").get("no_initials", "")
    found = []
    for first, lands in initials.items():
        if len(lands) > 1 or first in barred:
            continue
        word, land = first + _LAND, next(iter(lands))
        at = text.plain.find(word)
        while at >= 0:
            found.append((at, at + len(word), land))
            at = text.plain.find(word, at + 1)
    return found
