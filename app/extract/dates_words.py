"""The words of dates of one language, compiled from `dates.yaml` of its pack.

Every phrase becomes a token with a one-letter code, so that the grammar of `dates_rules.py` can be written over
codes and holds for all languages. The codes:

    n q h x   a number of one or two digits, a year, of three digits, any other
    d m y     unit before its number: day, month, year (ngày 29 tháng 3 năm 2023)
    D O Y     unit after its number: day, month, year (2021年10月8日)
    A C       month name that needs company (May), that stands alone (tháng Ba)
    W w       weekday, weekday that needs company (thứ hai, Sat.)
    T R S F   part of the day, day counted from publication, same day, day counted from the event before
    B L       week, month or year counted from publication; last, this, next
    E X       era name; a phrase that is no date
    / - . , ( )   the marks themselves;  ~  to;  &  and
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from app.extract.lexicon import Lexicon
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass
from app.records import PartOfDay

# Codes that may be a date after a lead word (in May, since 2021), and all that may be one by themselves.
LED = frozenset("Aq")
SINGLE = frozenset("WRSFBC") | LED

# What makes digits part of something else: a letter beside them (G20, 4h), or before their hyphen (F-16); a colon
# (20:30); a comma between digits (27,4); more than four of them.
_LETTER = "0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff"
# The digit comes first and what is before it after, because the search is fast for patterns that begin with a set.
_FIRST_DIGIT = rf"[0-9](?<![{_LETTER}#$_=].)(?<![0-9][:,].)(?<![A-Za-z\u00c0-\u024f\u1e00-\u1eff][/-].)"
_PART_AFTER = rf"(?![{_LETTER}_%]|[:,][0-9])"


@valueclass(frozen=True, slots=True)
class Word:
    """What a phrase means in a date."""

    code: str
    value: Any
    capitals: tuple[int, ...]
    """Offsets that must be capital in the text."""


@valueclass(frozen=True, slots=True)
class Shift:
    """A day counted from another."""

    days: int
    part: PartOfDay | None = None


@valueclass(frozen=True, slots=True)
class Period:
    """A week, month or year counted from that of publication."""

    unit: str
    count: int


@valueclass(frozen=True, slots=True)
class Day:
    """A weekday (0 = Monday) with the direction its word has."""

    weekday: int
    direction: int = 0


@dataclass(frozen=True, eq=False)
class DateWords:
    """All a language says about dates."""

    order: Literal["dmy", "mdy", "ymd"]
    both_orders: bool
    bare_numeric: bool
    lexicon: Lexicon[Word]
    number: re.Pattern[str]
    gaps: Mapping[str, str]
    """What may stand between two tokens, without the spaces around it -> codes."""
    leads: re.Pattern[str] | None
    """Right before a month name or a year that stands alone."""
    not_before: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    counts: re.Pattern[str] | None
    """Number words, after which a period is a distance: bốn năm sau, four years later."""
    digits: Mapping[str, int]
    ten: str
    eras_of: Pack
    """Whose voice an article speaks in tells how it counts years of two digits."""
    unnamed_eras: Mapping[str, int]
    """Voice -> what is added to such a year: 90年6月 is 2001 in Taiwan."""
    longest_numeral: int = 6
    """二十二 has three characters, 二〇二一 four; a numeral is never read further back."""


def ending_in(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Matches a text that ends in one of the phrases and spaces; None where there are no phrases."""
    choices = sorted(map(_edge, phrases), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(choices)})[\s-]?$") if choices else None


_LETTER = "[a-z0-9\u00c0-\u024f\u1e00-\u1eff]"


def whole_words(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Matches any of the phrases, the longest first, where no Latin letter goes on beside it; None without any."""
    listed = sorted(phrases, key=len, reverse=True)
    edges = {(_latin(p[0]), _latin(p[-1])) for p in listed}
    if len(edges) == 1:  # said once for all, which is compiled several times as quickly
        (before, after), choices = edges.pop(), "|".join(map(re.escape, listed))
        return re.compile(f"(?<!{_LETTER})" * before + f"(?:{choices})" + f"(?!{_LETTER})" * after)
    apart = (f"(?<!{_LETTER})" * _latin(p[0]) + re.escape(p) + f"(?!{_LETTER})" * _latin(p[-1]) for p in listed)
    return re.compile("|".join(apart)) if listed else None


def beginning_with(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """Matches a text that begins with spaces and one of the phrases; None where there are no phrases."""
    choices = sorted((re.escape(p) + (r"\b" if _latin(p[-1]) else "") for p in phrases), key=len, reverse=True)
    return re.compile(rf"\s?(?:{'|'.join(choices)})") if choices else None


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _edge(phrase: str) -> str:
    return (r"\b" if _latin(phrase[0]) else "") + re.escape(phrase)


def _phrases(data: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """All phrases of a pack with their code and value."""
    for units, codes in (("units_before", "dmy"), ("units_after", "DOY")):
        for unit, code in zip(("day", "month", "year"), codes, strict=True):
            yield from ((w, code, None) for w in data.get(units, {}).get(unit, ()))
    for table, code in (("months", "A"), ("months_alone", "C")):
        yield from ((w, code, month) for month, words in data.get(table, {}).items() for w in words)
    for table, code in (("weekdays", "W"), ("weekdays_beside", "w")):
        yield from ((w, code, Day(day)) for day, words in data.get(table, {}).items() for w in words)
    yield from ((w, "W", day) for w, day in _made_weekdays(data.get("weekdays_made")))
    yield from ((w, "T", PartOfDay(part)) for part, words in data.get("parts", {}).items() for w in words)
    for table, code in (("days", "R"), ("same_day", "S"), ("following", "F")):
        for row in data.get(table, ()):
            shift = Shift(row.get("shift", 0), PartOfDay(row["part"]) if "part" in row else None)
            yield from ((w, code, shift) for w in row["words"])
    for unit, counts in data.get("periods", {}).items():
        yield from ((w, "B", Period(unit, count)) for count, words in counts.items() for w in words)
    yield from ((w, "L", direction) for direction, words in data.get("directions", {}).items() for w in words)
    yield from ((w, "E", years) for w, years in data.get("eras", {}).items())
    yield from ((w, "X", None) for w in data.get("not_dates", ()))


def _made_weekdays(made: Mapping[str, Any] | None) -> Iterator[tuple[str, Day]]:
    """Weekdays put together from a direction, a stem and an ending."""
    if made is None:
        return
    for direction, befores in made["directions"].items():
        for weekday, endings in made["endings"].items():
            for before in befores:
                yield from ((before + s + e, Day(weekday, direction)) for s in made["stems"] for e in endings)


def _gaps(data: Mapping[str, Any], pack: Pack) -> dict[str, str]:
    """Marks and joining words -> codes; a dash with spaces around it joins two dates, one without may be inside."""
    gaps = {mark: mark for mark in ("/", "-", ".", ",", "(", ")")} | {"": "", "~": "~", "—": "~"}
    for name, code in (("and", "&"), ("to", "~")):
        gaps |= {lower(fold_phrase(w, pack)): code for w in data.get("joiners", {}).get(name, ())}
    return gaps | {lower(fold_phrase(w, pack)): "" for w in data.get("fillers", ())}


def _number(data: Mapping[str, Any]) -> re.Pattern[str]:
    endings = "|".join(map(re.escape, data.get("ordinal_endings", ())))
    return re.compile(_FIRST_DIGIT + "[0-9]{0,3}" + (f"(?:{endings})?" if endings else "") + _PART_AFTER)


@lru_cache
def date_words(pack: Pack) -> DateWords:
    """The words of a pack, compiled."""
    data: Mapping[str, Any] = pack.data("dates")
    numerals = data.get("numerals", {})

    def entries() -> Iterator[tuple[str, Word]]:
        for phrase, code, value in _phrases(data):
            folded = fold_phrase(phrase, pack)
            yield lower(folded), Word(code, value, tuple(i for i, c in enumerate(folded) if c.isupper()))

    def listed(name: str) -> list[str]:
        return [lower(fold_phrase(w, pack)) for w in data.get(name, ())]

    return DateWords(
        order=data.get("order", "dmy"),
        both_orders=data.get("both_orders", False),
        bare_numeric=data.get("bare_numeric", False),
        lexicon=Lexicon(entries()),
        number=_number(data),
        gaps=_gaps(data, pack),
        leads=ending_in(listed("leads")),
        not_before=ending_in(listed("not_before")),
        not_after=beginning_with(listed("not_after")),
        counts=ending_in(listed("counts")),
        digits=numerals.get("digits", {}),
        ten=numerals.get("ten", ""),
        eras_of=pack,
        unnamed_eras=data.get("unnamed_eras", {}),
    )
