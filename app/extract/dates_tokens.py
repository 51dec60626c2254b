"""Cuts a text into runs of tokens that may make a date: numbers, words of dates, and the marks between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.extract.dates_words import SINGLE, DateWords, Word

# The longest stretch between two tokens of one date ("until the").
_LONGEST_GAP = 16
# Longer runs are tables of numbers: they are cut, so that the work on one is bounded.
_LONGEST_RUN = 80


class Token(NamedTuple):
    """A number or a word of a date."""

    start: int
    end: int
    code: str
    value: Any


class Run:
    """Tokens with nothing between them that ends a date: `codes[i]` belongs to `tokens[i]`, None for a mark."""

    __slots__ = ("codes", "tokens")

    def __init__(self, first: Token) -> None:
        self.codes = first.code
        self.tokens: list[Token | None] = [first]

    def add(self, token: Token, marks: str) -> None:
        """Puts a token at the end, after the marks before it."""
        if self.codes[-1] == "E":
            token = _with_era(self.tokens.pop(), token)
            self.codes = self.codes[:-1]
        self.codes += marks + token.code
        self.tokens.extend(None for _ in marks)
        self.tokens.append(token)


_MOST_DIGIT = 9


def numeral(written: str, words: DateWords) -> int:
    """The value of a numeral in characters: 十一 -> 11, 二十 -> 20, 二〇二一 -> 2021."""
    if any(words.digits.get(c, 0) > _MOST_DIGIT for c in written):
        return sum(words.digits.get(c, 0) for c in written)  # 廿九: twenty in one character
    if words.ten not in written:
        return int("".join(str(words.digits[c]) for c in written))
    tens, _, ones = written.partition(words.ten)
    ones = ones.replace(words.ten, "")
    return (numeral(tens, words) if tens else 1) * 10 + (numeral(ones, words) if ones else 0)


def _number_token(low: str, start: int, end: int) -> Token:
    digits = end
    while not "0" <= low[digits - 1] <= "9":  # an ordinal ending
        digits -= 1
    value, width = int(low[start:digits]), digits - start
    code = "n" if width <= 2 else "h" if width == 3 else "q" if 1900 <= value <= 2100 else "x"
    return Token(start, end, code, value)


def _numeral_token(low: str, floor: int, end: int, words: DateWords) -> Token | None:
    """The numeral in characters that ends right before a unit."""
    start = end
    floor = max(floor, end - words.longest_numeral)
    while start > floor and (low[start - 1] in words.digits or low[start - 1] == words.ten):
        start -= 1
    if start == end:
        return None
    value = numeral(low[start:end], words)
    return Token(start, end, "n" if value < 100 else "q" if 1900 <= value <= 2100 else "x", value)


def _word_token(plain: str, start: int, end: int, values: tuple[Word, ...]) -> Token | None:
    """The first meaning whose capitals the text has."""
    for word in values:
        if not word.capitals or all(plain[start + i].isupper() for i in word.capitals):
            return Token(start, end, word.code, word.value)
    return None


def _tokens(plain: str, low: str, words: DateWords) -> Iterator[Token]:
    """Numbers and words, left to right, none overlapping."""
    numbers = [m.span() for m in words.number.finditer(low)]
    at, end = 0, 0
    for hit in words.lexicon.scan(low):
        while at < len(numbers) and numbers[at][0] < hit.start:
            if numbers[at][0] >= end:
                yield _number_token(low, *numbers[at])
                end = numbers[at][1]
            at += 1
        token = _word_token(plain, hit.start, hit.end, hit.value) if hit.start >= end else None
        if token is None:
            continue
        if token.code in "DOY" and words.digits:
            before = _numeral_token(low, end, token.start, words)
            if before is not None:
                yield before
        yield token
        end = token.end
    for start, stop in numbers[at:]:
        if start >= end:
            yield _number_token(low, start, stop)
            end = stop


def _marks(gap: str, words: DateWords) -> str | None:
    """The codes of what stands between two tokens; None where it ends the date."""
    if not gap or gap == " ":
        return ""
    if len(gap) > _LONGEST_GAP or "\n" in gap:
        return None
    inner = gap.strip()
    code = words.gaps.get(inner)
    if gap != inner:
        return {"-": "~", ".": None}.get(code or "", code)
    return code


def _with_era(era: Token | None, number: Token) -> Token:
    """民国110 is the year 2021."""
    if era is None or number.code not in "nh" or not number.value:
        return number
    return Token(era.start, number.end, "q", era.value + number.value)


def _bracketed(low: str, number: Token, unit: Token) -> bool:
    """Whether a number stands in brackets before its unit, as papers of Taiwan explain a day: 昨(6)日."""
    return unit.code == "D" and low[number.end : unit.start] == ")" and low[number.start - 1 : number.start] == "("


def runs(plain: str, low: str, words: DateWords) -> Iterator[Run]:
    """The runs of a text, left to right; single tokens only where they may be a date by themselves."""
    run: Run | None = None
    before: Token | None = None
    for token in _tokens(plain, low, words):
        if before is not None:
            beside = before.end == token.start or _bracketed(low, before, token)
            marks = "" if beside else _marks(low[before.end : token.start], words)
            if (
                marks is not None
                and "X" not in (before.code, token.code)
                and (not run or len(run.codes) < _LONGEST_RUN)
            ):
                run = run or Run(before)
                run.add(token, marks)
                before = token
                continue
            if run is not None:
                yield run
                run = None
            elif before.code in SINGLE:
                yield Run(before)
        before = token
    if run is not None:
        yield run
    elif before is not None and before.code in SINGLE:
        yield Run(before)
