"""Amounts of money, shares and things: `100 tỷ USD`, `1000亿美元`, `$40 million`, `20%`, `5,000 tonnes`.

A pack says how its numbers are written (which mark groups digits, which begins the decimals), its number words and
multipliers, its units and its words for "about". Only figures with a unit are amounts; a bare number is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase
from app.records import Amount

# Bounded, so that a long run of digits costs linear time.
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,15}){0,5}")
_CJK = re.compile(r"[零〇一二两三四五六七八九十百千]{1,8}")
_CJK_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CJK_PLACES = {"十": 10, "百": 100, "千": 1000}


class _Words:
    """The words for amounts of one language."""

    def __init__(self, pack: Pack) -> None:
        data: dict[str, Any] = pack.data("amounts")
        self.decimal: str = data.get("decimal", ".")
        self.scales = _longest_first(data.get("scales", {}), pack)
        self.units = _longest_first(_inverted(data.get("units", {})), pack)
        self.prefixes = _longest_first(_inverted(data.get("prefixes", {})), pack)
        self.approximate = tuple(fold_phrase(str(w), pack).lower() for w in data.get("approximate", ()))
        self.approximate_after = tuple(fold_phrase(str(w), pack).lower() for w in data.get("approximate_after", ()))
        self.numbers = {fold_phrase(str(w), pack).lower(): float(v) for w, v in data.get("numbers", {}).items()}
        spelt = "|".join(re.escape(word) for word in sorted(self.numbers, key=len, reverse=True))
        self.spelt = re.compile(rf"\b(?:{spelt})\b") if spelt else None
        """Numbers written as words; they count before a multiplier alone: "six million euros", not "two agreements"."""
        self.hanzi: bool = bool(data.get("chinese_numerals"))


def _inverted(table: dict[str, list[str]]) -> dict[str, str]:
    return {str(word): unit for unit, words in table.items() for word in words}


_Table = tuple[tuple[str, ...], list[tuple[str, Any]]]
"""Words, and the same words with their values, the longest first."""


def _longest_first(table: dict[str, Any], pack: Pack) -> _Table:
    folded = [(fold_phrase(str(word), pack).lower(), value) for word, value in table.items()]
    return tuple([word for word, _ in folded]), sorted(folded, key=lambda entry: -len(entry[0]))


@lru_cache
def _words_of(pack: Pack) -> _Words:
    return _Words(pack)


def read_number(written: str, decimal: str) -> float:
    """The value of digits with group and decimal marks: `1.000,5` and `1,000.5`, also where the marks are swapped.

    A single mark before exactly three digits groups them, unless it is the language's decimal mark after a zero.
    """
    marks = [c for c in written if c in ".,"]
    if not marks:
        return float(written)
    last = marks[-1]
    head, _, tail = written.rpartition(last)
    if len(set(marks)) == 2:
        is_decimal = marks.count(last) == 1
    elif len(marks) > 1:
        is_decimal = False
    else:
        is_decimal = len(tail) != 3 or (last == decimal and (head == "0" or decimal == "." or len(head) > 3))
    digits = re.sub(r"[.,]", "", head)
    return float(f"{digits}.{tail}") if is_decimal else float(digits + tail)


def _read_hanzi(written: str) -> float:
    total = current = 0
    for char in written:
        if char in _CJK_PLACES:
            total += (current or 1) * _CJK_PLACES[char]
            current = 0
        else:
            current = _CJK_DIGITS[char]
    return float(total + current)


def _at(low: str, position: int, end: int, table: _Table) -> tuple[int, Any] | None:
    """The longest entry of a table at a position, blanks before it allowed: where it ends, and its value."""
    while position < end and low[position] in " -":
        position += 1
    words, entries = table
    for word, value in entries if low.startswith(words, position) else ():
        if low.startswith(word, position):
            stop = position + len(word)
            letters = word[-1].isalpha() and word[-1] < "\u2e80"
            if stop <= end and not (letters and stop < len(low) and low[stop].isalpha() and low[stop] < "\u2e80"):
                return stop, value
    return None


def _scaled(low: str, stop: int, end: int, words: _Words) -> tuple[int, float]:
    """The multipliers after a number: `triệu tỷ`, `million`, `万亿`."""
    factor = 1.0
    for _ in range(2):
        scale = _at(low, stop, end, words.scales)
        if scale is None:
            break
        stop, factor = scale[0], factor * float(scale[1])
    return stop, factor


def _before(low: str, start: int, words: _Words) -> tuple[int, str | None]:
    """A currency sign before the number, and where it begins."""
    head = low[max(0, start - 8) : start].rstrip()
    for sign, unit in words.prefixes[1]:
        if head.endswith(sign):
            return start - (len(low[max(0, start - 8) : start]) - len(head)) - len(sign), str(unit)
    return start, None


def _about(low: str, start: int, words: _Words) -> tuple[int, bool]:
    """Where an amount begins with its "about", and whether it has one."""
    head = low[max(0, start - 24) : start]
    bare = head.rstrip()
    for word in words.approximate:
        if bare.endswith(word):
            return start - (len(head) - len(bare)) - len(word), True
    return start, False


def _figures(low: str, start: int, end: int, words: _Words) -> Iterator[tuple[int, int, float]]:
    for match in _NUMBER.finditer(low, start, end):
        yield match.start(), match.end(), read_number(match.group(), words.decimal)
    if words.spelt is not None:
        for match in words.spelt.finditer(low, start, end):
            if _at(low, match.end(), end, words.scales) is not None:
                yield match.start(), match.end(), words.numbers[match.group()]
    if words.hanzi:
        for match in _CJK.finditer(low, start, end):
            yield match.start(), match.end(), _read_hanzi(match.group())


def find_amounts(text: Text, start: int, end: int, pack: Pack) -> tuple[Amount, ...]:
    """The amounts in `text.plain[start:end]`, in order, each with its evidence."""
    words, low = _words_of(pack), text.low
    found: list[tuple[int, Amount]] = []
    for left, right, number in _figures(low, start, end, words):
        more = _plus(low, right, words)
        stop, factor = _scaled(low, more, end, words)
        first, unit = _before(low, left, words)
        if unit is None:
            last = _plus(low, stop, words)
            after = _at(low, last, end, words.units)
            if after is None:
                continue
            more = more if last == stop else last
            stop, unit = after[0], str(after[1])
        first, about = _about(low, max(first, start), words)
        evidence = (text.span(max(first, start), stop),)
        value = round(number * factor, 6)
        found.append((left, Amount(value=value, unit=unit, approximate=about or more > right, evidence=evidence)))
    return tuple(amount for _, amount in sorted(found, key=lambda item: item[0]))


def _plus(low: str, stop: int, words: _Words) -> int:
    """Past a word like 多 or 余 between number and unit."""
    for word in words.approximate_after:
        if low.startswith(word, stop):
            return stop + len(word)
    return stop
