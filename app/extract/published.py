"""The day an article says it appeared: in its dateline ("CAIRO - 26 July 2022: …"), its byline or a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.extract.model import DateExpression, Sentence, Text, Zone
from app.records import Precision

_LINE = 60
"""A line with a date and little else dates the article."""
_DATELINE = 40
"""So far into the first sentence of the body the date of a dateline may stand."""
_HEAD = 4
"""So many sentences of the body make the head of an article; a line behind them dates something else."""


def _day(expression: DateExpression) -> date | None:
    first = expression.first
    if expression.precision is not Precision.day or first != expression.last or expression.other is not None:
        return None
    if first.year is None or first.month is None or first.day is None:
        return None
    try:
        return date(first.year, first.month, first.day)
    except ValueError:
        return None


def _files(text: Text, sentence: Sentence, expression: DateExpression) -> bool:
    """Whether the date is that of a dateline: right at the start, and set off from what is told."""
    if expression.start - sentence.start > _DATELINE:
        return False
    follows = text.plain[expression.end : expression.end + 14].lstrip(" )")
    return follows.startswith((":", "- ", "—", "--", "|", "/"))


def _alone(text: Text, sentence: Sentence, expression: DateExpression) -> bool:
    """Whether a line holds the date and little else: "Published: July 16, 2022", "16 July 2022 | 10:30"."""
    given = text.plain[sentence.start : sentence.end]
    rest = given[: expression.start - sentence.start] + given[expression.end - sentence.start :]
    words = [w for w in rest.split() if any(c.isalpha() for c in w)]
    ends = "." in rest.strip(". ") or "。" in rest  # a sentence, which tells of something
    return len(given) <= _LINE and len(words) <= 4 and not ends


def _limit(text: Text) -> tuple[list[Sentence], int]:
    """The first sentences of the body, and where they end."""
    body = [s for s in text.sentences if s.zone is Zone.body][:_HEAD]
    return body, body[-1].end if body else len(text.plain)


def head_of(text: Text) -> int | None:
    """Where the last line ends in which the article may date itself; None: at the end of the text."""
    end = text.plain.find("\n", _limit(text)[1])
    return end if end >= 0 else None


def published_in(text: Text, dates: Sequence[DateExpression]) -> date | None:
    """The day that the head of the article dates itself with, year included; None where it has none."""
    body, limit = _limit(text)
    for expression in dates:
        sentence = text.sentence_at(expression.start)
        if sentence is None or sentence.start >= limit:
            return None
        day = _day(expression)
        if day is None or sentence.zone in (Zone.headline, Zone.caption):
            continue
        first = bool(body) and sentence.index == body[0].index
        if (first and _files(text, sentence, expression)) or _alone(text, sentence, expression):
            return day
    return None
