"""The terms of a commitment: by when, to whom, under what condition, and its words cut to size."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from app.extract.commitment_finding import Actors, Finding, actors_of
from app.extract.model import DateExpression, Mention, MentionKind, Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase
from app.records import CommitmentKind, Deadline, Precision

LONGEST = 400
"""Most characters of `text`."""

_EDGES = ' \t\r\n,;:.。、"“”«»「」『』'
_OWED = frozenset({CommitmentKind.request, CommitmentKind.offer, CommitmentKind.support, CommitmentKind.pledge})


class _Limits:
    """How a language says by when."""

    def __init__(self, pack: Pack) -> None:
        data: dict[str, Any] = pack.data("commitments").get("deadlines", {})
        fold = [
            tuple(fold_phrase(str(w), pack).lower() for w in data.get(key, ()))
            for key in ("before", "after", "this_year")
        ]
        self.before, self.after, self.this_year = fold
        templates = [fold_phrase(str(t), pack).lower() for t in data.get("years", ())]
        pattern = "|".join(r"(\d{4})".join(map(re.escape, template.split("#"))) for template in templates)
        self.year = re.compile(pattern) if pattern else None


@lru_cache
def _limits_of(pack: Pack) -> _Limits:
    return _Limits(pack)


def known_year(dates: Iterable[DateExpression]) -> int | None:
    """The year that a full date of the article tells, by which "this year" can be read."""
    return next((d.last.year for d in dates if d.last.year and d.last.month and d.last.day), None)


def _last_day(expression: DateExpression, today: date | None) -> Deadline | None:
    year, month, day = expression.last.year, expression.last.month, expression.last.day
    if year is None and today is not None and month and not expression.first.year:
        year = today.year + ((month, day or 31) < (today.month, today.day))  # "by 15 October": the next one
    if year is None:
        return None
    precision = Precision.day if day and month else Precision.month if month else Precision.year
    month = month or 12
    try:
        return Deadline(date=date(year, month, day or calendar.monthrange(year, month)[1]), precision=precision)
    except ValueError:
        return None


def find_deadline(
    text: Text,
    stretch: tuple[int, int],
    dates: Sequence[DateExpression],
    known: tuple[int | None, date | None],
    pack: Pack,
) -> Deadline | None:
    """By when, if the clause says so with a year that is stated.

    Or one that is `known`: the year that a full date of the article tells, and the day that the article tells of.
    """
    limits, low = _limits_of(pack), text.low
    start, end = stretch
    for expression in dates:
        if start <= expression.start and expression.end <= end:
            head = low[max(start, expression.start - 16) : expression.start].rstrip()
            if head.endswith(limits.before) or low.startswith(limits.after, expression.end):
                deadline = _last_day(expression, known[1])
                if deadline is not None and (known[1] is None or deadline.date >= known[1]):
                    return deadline.model_copy(update={"evidence": (text.span(expression.start, expression.end),)})
    match = limits.year.search(low, start, end) if limits.year else None
    if match is not None:
        stated = int(next(group for group in match.groups() if group))
        return Deadline(
            date=date(stated, 12, 31), precision=Precision.year, evidence=(text.span(match.start(), match.end()),)
        )
    return _this_year(text, start, end, known[0], limits)


def _this_year(text: Text, start: int, end: int, year: int | None, limits: _Limits) -> Deadline | None:
    for phrase in limits.this_year if year else ():
        at = text.low.find(phrase, start, end)
        if at >= 0 and year:
            evidence = (text.span(at, at + len(phrase)),)
            return Deadline(date=date(year, 12, 31), precision=Precision.year, evidence=evidence)
    return None


def recipients(finding: Finding, actors: Actors, parties: Actors, mentions: Sequence[Mention]) -> Actors:
    """To whom it is owed or of whom it is asked: the first other party named in what is undertaken."""
    if finding.kind not in _OWED:
        return ()
    for mention in mentions:
        if finding.content <= mention.end and mention.start < finding.end:
            if mention.kind is MentionKind.group:
                return tuple(p for p in parties if p not in actors)
            others = tuple(a for a in actors_of(mention) if a not in actors)
            if others:
                return others
    return ()


def trimmed(text: Text, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks and marks at its edges."""
    plain = text.plain
    while start < end and plain[start] in _EDGES:
        start += 1
    while end > start and plain[end - 1] in _EDGES:
        end -= 1
    return start, end


def words_of(text: Text, start: int, end: int) -> str:
    """The words as given, cut after a whole word where they are very long."""
    quote = " ".join(text.span(start, end).quote.split())
    if len(quote) <= LONGEST:
        return quote
    head, blank, _ = quote[: LONGEST - 1].rpartition(" ")
    return (head if blank and len(head) > LONGEST // 2 else quote[: LONGEST - 1]) + "…"
