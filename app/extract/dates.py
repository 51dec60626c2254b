"""Finds date expressions in any language: left to right, the longest at each place, none overlapping.

The words come from `dates.yaml` of the pack, the grammar from `dates_rules.py`. What an expression leaves open
(the year of 29/3, the month of 8日) stays open here; `dating.py` weighs what it may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.extract.dates_parts import PARTS, days_of, month_before, ordered, rises
from app.extract.dates_rules import Rule, matches
from app.extract.dates_tokens import Run, Token, runs
from app.extract.dates_words import LED, DateWords, Day, Period, Shift, date_words
from app.extract.model import DateExpression, PartialDate, Text
from app.extract.pack import Pack
from app.extract.voices import voice_of
from app.records import PartOfDay, Precision

_THIS_CENTURY = 50
"""A year of two digits is one of this century below it: 21年, but 98年."""

_WINDOW = 24  # characters looked at before and after a bare number


def find_dates(text: Text, pack: Pack, *, until: int | None = None) -> tuple[DateExpression, ...]:
    """All date expressions of a text, by start; those before the end of a line alone, where one is given."""
    words = date_words(pack)
    found: list[DateExpression] = []
    for run in runs(text.plain, text.low[:until], words):
        found.extend(_in_run(run, text, words))
    return tuple(found)


def _in_run(run: Run, text: Text, words: DateWords) -> Iterator[DateExpression]:
    codes, at = run.codes, 0
    if len(codes) == 1:
        token = run.tokens[0]
        single = _single(token, text, words) if token is not None else None
        if single is not None:
            yield single
        return
    while at < len(codes):
        found = _longest(run, codes, at, text, words) if run.tokens[at] is not None else None
        if found is None:
            at += 1
        else:
            expression, at = found
            yield expression


def _longest(run: Run, codes: str, at: int, text: Text, words: DateWords) -> tuple[DateExpression, int] | None:
    for rule, match in matches(codes, at):
        reading = _Reading(run, match, text, words)
        expression = reading.words() if rule is None else reading.numbers(rule)
        if expression is not None:
            return expression, match.end()
    token = run.tokens[at]
    if token is not None and token.code in LED and codes[at + 1 : at + 2] not in tuple("-/."):
        led = _single(token, text, words)
        return (led, at + 1) if led is not None else None
    return None


def _single(token: Token, text: Text, words: DateWords) -> DateExpression | None:
    """A word that is a date alone, or a month or year after a lead word."""
    if token.code in LED:
        if not _ends(words.leads, text.low, token.start):
            return None
        if words.not_after is not None and words.not_after.match(text.low, token.end, token.end + _WINDOW):
            return None
        first = PartialDate(month=token.value) if token.code == "A" else PartialDate(year=token.value)
        precision = Precision.month if token.code == "A" else Precision.year
        return DateExpression(token.start, token.end, first, first, precision=precision, rule="led")
    if token.code == "B" and _ends(words.counts, text.low, token.start):
        return None
    return _from_words(token.start, token.end, [token])


def _ends(pattern: re.Pattern[str] | None, low: str, end: int) -> bool:
    """Whether one of the phrases of a pattern stands right before a place."""
    return pattern is not None and pattern.search(low, max(0, end - _WINDOW), end) is not None


@dataclass(slots=True)
class _Said:
    """What the words beside the numbers say."""

    weekday: int | None = None
    direction: int = 0
    shift: int | None = None
    same_day: bool = False
    from_event: bool = False
    months: int | None = None
    years: int | None = None
    weeks: int | None = None
    part: PartOfDay | None = None

    def add(self, token: Token) -> None:
        """Takes in one word; the first part of the day counts."""
        value = token.value
        if isinstance(value, PartOfDay):
            self.part = self.part or value
        elif isinstance(value, Day):
            self.weekday, self.direction = value.weekday, value.direction or self.direction
            self.weeks = value.direction if value.direction else self.weeks
        elif isinstance(value, Shift):
            self.part = self.part or value.part
            if token.code == "S":
                self.same_day = True
            else:
                self.shift, self.from_event = value.days, token.code == "F"
        elif isinstance(value, Period):
            self._add_period(value)
        elif token.code == "L":
            self.direction = value

    def _add_period(self, period: Period) -> None:
        if period.unit == "week":
            self.weeks = period.count
        elif period.unit == "month":
            self.months = period.count
        else:
            self.years = period.count


def _said(tokens: list[Token]) -> _Said:
    said = _Said()
    for token in tokens:
        said.add(token)
    return said


def _from_words(start: int, end: int, tokens: list[Token]) -> DateExpression | None:
    """An expression without numbers; a part of the day alone is none."""
    said = _said(tokens)
    months = [t.value for t in tokens if t.code == "C"]
    first = PartialDate(month=months[0]) if months else PartialDate()
    precision: Precision | None = Precision.day
    shift = said.shift
    if said.weekday is not None and said.weeks is not None and shift is None:
        shift = 7 * said.weeks
    if not said.same_day and shift is None and said.weekday is None:
        if said.weeks is not None:
            shift, precision = 7 * said.weeks, None
        elif said.months is not None or months:
            precision = Precision.month
        elif said.years is not None:
            precision = Precision.year
        else:
            return None
    return DateExpression(
        start, end, first, first,
        weekday=said.weekday, direction=said.direction, shift_days=shift, same_day=said.same_day,
        shift_from_event=said.from_event, shift_months=said.months, shift_years=said.years,
        part_of_day=said.part, precision=precision, rule="words",
    )  # fmt: skip


class _Reading:
    """One rule's reading of a stretch of a run."""

    def __init__(self, run: Run, match: re.Match[str], text: Text, words: DateWords) -> None:
        self.match, self.text, self.lexicon, self.run = match, text, words, run
        self.tokens = [t for t in run.tokens[match.start() : match.end()] if t is not None]
        self.start, self.end = self.tokens[0].start, self.tokens[-1].end
        opened = text.plain.count("(", self.start, self.end) > text.plain.count(")", self.start, self.end)
        self.closed = self.end + (opened and text.plain[self.end : self.end + 1] == ")")

    def words(self) -> DateExpression | None:
        """The reading of words alone."""
        if self.tokens[0].code == "B" and _ends(self.lexicon.counts, self.text.low, self.start):
            return None
        return _from_words(self.start, self.closed, self.tokens)

    def numbers(self, rule: Rule) -> DateExpression | None:
        """The reading by a rule; None where the numbers are no date or the words around say otherwise."""
        parts = {name: self._value(name) for name in self.match.re.groupindex if name in PARTS}
        parts["m"] = parts.get("m") or parts.get("ma")
        if rule.name == "units_after_into":
            parts["m1"] = month_before(parts)
        other = None
        if rule.name in ("numbers", "numbers_year"):
            if not self._plausible(rule):
                return None
            parts, other = ordered(parts, self.lexicon)
        if rule.name.endswith("_day") and self._guarded():
            return None
        days = days_of(parts, self._loose())
        if days is None or self._in_address() or ("-" in self.match.group("core") and not rises(*days)):
            return None
        first, last = days
        said = _said([t for t in self.tokens if t.code in "TWwRSBL"])
        precision = Precision.day if last.day else Precision.month if last.month else Precision.year
        return DateExpression(
            self.start, self.closed, first, last,
            weekday=said.weekday, direction=said.direction, shift_days=said.shift,
            shift_months=said.months, shift_years=said.years if last.year is None else None,
            other=other, part_of_day=said.part, precision=precision, rule=rule.name,
        )  # fmt: skip

    def _value(self, name: str) -> int | None:
        at = self.match.start(name)
        token = self.run.tokens[at] if at >= 0 else None
        if token is None:
            return None
        value: int = token.value
        return value + self._century(value) if name.startswith("y") and value < 100 else value

    def _century(self, value: int) -> int:
        """What is added to a year of two digits."""
        eras = self.lexicon.unnamed_eras
        voice = voice_of(self.text, self.lexicon.eras_of) if eras else None
        return eras[voice] if voice is not None and voice in eras else 2000 if value < _THIS_CENTURY else 1900

    def _loose(self) -> bool:
        """Whether the two days are joined by a word for "and", which need not make a range."""
        return "&" in self.match.group("core") and self.match.re.groupindex.get("m1") is not None

    def _plausible(self, rule: Rule) -> bool:
        """Whether numbers with marks between them are a date here, and no score, share or version."""
        core = self.match.start("core")
        led = core > self.match.start() or self.text.plain[max(0, self.start - 1) : self.start] in ("(", "（")
        if led:
            return True
        if rule.name == "numbers_year":
            return self.match.group("s") != "." or not self._guarded()
        clear = self.match.group("s") == "/" or any(c in "~&" for c in self.match.group("core")) or self._falling()
        return self.lexicon.bare_numeric and clear and not self._guarded()

    def _falling(self) -> bool:
        """Whether the numbers can be neither a range nor a likely score: 29-3."""
        day, month = self._value("d"), self._value("m")
        return day is not None and month is not None and day > 12 >= month

    def _guarded(self) -> bool:
        """Whether a word right before or after makes the numbers something else."""
        low, after = self.text.low, self.lexicon.not_after
        if _ends(self.lexicon.not_before, low, self.start):
            return True
        return after is not None and after.match(low, self.end, self.end + _WINDOW) is not None

    def _in_address(self) -> bool:
        """Whether digits go on into an address, a file name or a document number."""
        plain = self.text.plain
        if self.tokens[0].code in "nq" and self.start and plain[self.start - 1] in "/_=#-.":
            return plain[self.start - 1] != "." or plain[max(0, self.start - 2) : self.start - 1].isdigit()
        tail = plain[self.end : self.end + 2]
        return len(tail) == 2 and tail[0] in "/_" and tail[1].isalnum()
