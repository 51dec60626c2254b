"""Finds anniversaries and spans of years that count from a step in a relation.

"kỷ niệm 50 năm thiết lập quan hệ ngoại giao", "建交70周年", "40th anniversary of diplomatic ties": with the day the
relation was founded (from the knowledge base) they tell in which year an undated article was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.extract.dates_words import ending_in
from app.extract.lexicon import Lexicon, on_boundary
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass

ANY_LEVEL = "any"

# What ends the stretch that can say what a span of years counts from.
_STOP = re.compile(r"[.;!?。;!?\n]")
_BEFORE, _AFTER = 60, 110  # how far that stretch goes before and after the number
_NEAR = 45  # how far before the number a word for "approaching" still belongs to it
_YEARS = re.compile(r"\(?((?:19|20)\d\d)\s?[-~—]\s?((?:19|20)\d\d)\)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@valueclass(frozen=True, slots=True)
class Duration:
    """A number of years and what they count from."""

    start: int
    end: int
    years: int
    level: str
    """A level of `Upgrade.level`, or `any` where the text only speaks of the relation."""
    anniversary: bool
    """Exactly so many years, not "in the past 25 years"."""
    approaching: bool
    """Ahead of the anniversary: the article is older than it."""
    approximate: bool
    next_year: bool = False
    """Whether the text says that it falls in the year after the article's own."""
    founded: int | None = None
    """The year of founding, where the text gives it: (1992-2022)."""
    falls: int | None = None
    """The year of the anniversary, where the text gives it."""
    stretch: tuple[int, int] = (0, 0)
    """Where countries named nearby are looked for."""


@dataclass(frozen=True, eq=False)
class _Words:
    number: re.Pattern[str]
    numbers: Mapping[str, int]
    anniversary_units: tuple[str, ...]
    anniversary: Lexicon[bool]
    approaching: Lexicon[bool]
    next_year: Lexicon[bool]
    approximate: re.Pattern[str] | None
    levels: Lexicon[str]


@lru_cache
def _words(pack: Pack) -> _Words:
    data: Mapping[str, Any] = pack.data("dates").get("durations", {})

    def listed(words: Any) -> list[str]:
        return [lower(fold_phrase(w, pack)) for w in words or ()]

    numbers = dict(zip(listed(data.get("numbers", {})), data.get("numbers", {}).values(), strict=True))
    written = "|".join(re.escape(n) for n in sorted(numbers, key=len, reverse=True))
    endings = "|".join(map(re.escape, pack.data("dates").get("ordinal_endings", ())))
    # Each alternative begins with a character of its own: the search is fast where all do.
    more = rf"(?<![\d.,/-].)\d{{0,2}}{f'(?:{endings})?' if endings else ''}"
    digits = "|".join(first + more for first in "123456789")
    units = listed(data.get("units")) + listed(data.get("anniversary_units"))
    after = "|".join(re.escape(u) for u in sorted(set(units), key=len, reverse=True)) or "(?!)"
    levels = [(phrase, level) for level, words in data.get("levels", {}).items() for phrase in listed(words)]
    return _Words(
        number=re.compile(rf"({digits}{'|' + written if written else ''})[\s-]?({after})"),
        numbers=numbers,
        anniversary_units=tuple(listed(data.get("anniversary_units"))),
        anniversary=Lexicon((w, True) for w in listed(data.get("anniversary"))),
        approaching=Lexicon((w, True) for w in listed(data.get("approaching"))),
        next_year=Lexicon((w, True) for w in listed(data.get("next_year"))),
        approximate=ending_in(listed(data.get("approximate"))),
        levels=Lexicon([*levels, *((w, ANY_LEVEL) for w in listed(data.get("relations")))]),
    )


def find_durations(text: Text, pack: Pack) -> tuple[Duration, ...]:
    """All spans of years that count from a step in a relation, by start."""
    if not pack.data("dates").get("durations"):
        return ()
    words = _words(pack)
    return tuple(_readings(text.low, words))


def levels_named(text: Text, pack: Pack) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each step of a relation that a text names, with the place; where phrases overlap, the longer one."""
    if pack.data("dates").get("durations"):
        yield from ((hit.value[0], (hit.start, hit.end)) for hit in _words(pack).levels.scan(text.low))


def _readings(low: str, words: _Words) -> Iterator[Duration]:
    for match in words.number.finditer(low):
        start, end = match.span()
        if not on_boundary(low, start, end):
            continue
        reading = _reading(low, match, words) if 3 <= _value(match.group(1), words) <= 300 else None
        if reading is not None:
            yield reading


def _value(written: str, words: _Words) -> int:
    return words.numbers.get(written) or int(re.sub(r"[^0-9]", "", written) or "0")


def _reading(low: str, match: re.Match[str], words: _Words) -> Duration | None:
    start, end = match.span()
    years, unit = _value(match.group(1), words), match.group(2)
    left, right = _stretch(low, start, end)
    around = low[left:right]
    level = _level(around, start - left, end - left, words)
    if level is None:
        return None
    anniversary = unit in words.anniversary_units or bool(words.anniversary.scan(around))
    close = low[max(left, start - _NEAR) : min(right, end + 12)]
    span = _YEARS.search(low, end, right)
    founded = int(span.group(1)) if span and int(span.group(2)) - int(span.group(1)) == years else None
    year = None if span else _YEAR.search(low, max(left, start - 30), start)
    next_year = bool(words.next_year.scan(around))
    return Duration(
        start=start,
        end=end,
        years=years,
        level=level,
        anniversary=anniversary,
        approaching=next_year or bool(words.approaching.scan(close)),
        next_year=next_year,
        approximate=words.approximate is not None and words.approximate.search(low, left, start) is not None,
        founded=founded,
        falls=int(year.group()) if year and anniversary else None,
        stretch=(left, right),
    )


def _stretch(low: str, start: int, end: int) -> tuple[int, int]:
    """The clause around a number, not over the end of a sentence."""
    left = max(0, start - _BEFORE)
    for stop in _STOP.finditer(low, left, start):
        left = stop.end()
    stop_after = _STOP.search(low, end, end + _AFTER)
    return left, stop_after.start() if stop_after else min(len(low), end + _AFTER)


def _level(around: str, start: int, end: int, words: _Words) -> str | None:
    """The step nearest to the number; a word for the relation in general only where no step is named near it."""
    hits = words.levels.scan(around)

    def distance(hit_start: int, hit_end: int) -> int:
        return hit_start - end if hit_start >= end else start - hit_end

    ranked = sorted(hits, key=lambda h: (h.value[0] == ANY_LEVEL, max(0, distance(h.start, h.end))))
    if not ranked:
        return None
    named, closest = ranked[0], min(hits, key=lambda h: max(0, distance(h.start, h.end)))
    far = distance(named.start, named.end) > distance(closest.start, closest.end) + 45
    return closest.value[0] if far else named.value[0]
