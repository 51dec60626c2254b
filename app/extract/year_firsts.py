"""What an article says of how long its people hold office: their first visit since taking office, who took it in May.

Three pieces: a term that began on a day or in a month that the article names without its year; a first visit or call
since taking office; the first meeting of two, which is seldom long after the later of them came.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from app.extract.dates_words import whole_words
from app.extract.dating_context import Attendance, DatingContext
from app.extract.model import DateExpression, Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidates, YearEvidence
from app.knowledge.lookup import Knowledge

_BEHIND = 30
"""Characters between the words for taking office and its day."""
_FIRST = 60
"""Characters between "first" and "since taking office"."""
_LIMITED = 40
"""So far behind "their first meeting" may stand of which stretch of time it is the first: "since November"."""
_SOON, _YEAR, _DIRECTED = 180, 340, 30
"""Days; "took office last August" is said until the August after it."""
_BEGAN, _LONG_AGO, _BEFORE, _LATER = 2.5, 1.0, -3.0, -1.0
"""The day or month of a start is told without its year within months, and mostly in the same year."""
_NEW, _NOT_NEW = 1.2, -0.8
_PAIR_NEW, _PAIR, _NO_PAIR = 0.6, 0.5, -0.5
_NEW_DAYS, _PAIR_SOON, _PAIR_DAYS = 450, 210, 500


def firsts(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """At most one piece of each of the three sorts."""
    yield from _began(context, candidates)
    starts = [latest for one in dict.fromkeys(context.participants) if (latest := _starts(one, context.knowledge))]
    since = context.once("firsts:since", lambda: _since(context))
    days = [s for one in _holders(context, since[0]) for s in _starts(one, context.knowledge)] if since else []
    if since is not None and days:
        weights = _within(candidates, days, _NEW_DAYS, _NEW, _NOT_NEW)
        yield YearEvidence("first:since", weights, f'By the words "{context.text.quote(*since)}".', since)
    pair = context.once("firsts:pair", lambda: _said(context, "pair"))
    if pair is not None and since is None and len(starts) == len(context.participants) == 2:
        later = [max(one, other) for one in starts[0] for other in starts[1]]
        soon = _within(candidates, later, _PAIR_SOON, _PAIR_NEW, 0.0)
        weights = _within(candidates, later, _PAIR_DAYS, _PAIR, _NO_PAIR)
        weights = tuple(map(sum, zip(soon, weights, strict=True)))
        yield YearEvidence("first:pair", weights, f'By the words "{context.text.quote(*pair)}".', pair)


def _within(candidates: Candidates, starts: Iterable[int], days: int, there: float, else_: float) -> tuple[float, ...]:
    """One weight for what falls into so many days from one of some starts, another for the rest."""
    fits = [candidates.overlapping(start, start + days) for start in starts]
    return tuple([there if any(each) else else_ for each in zip(*fits, strict=True)])


def _starts(one: Attendance, knowledge: Knowledge) -> list[int]:
    """When the terms began in which somebody held the office that the text gives them."""
    tenures = knowledge.tenures.get(one.actor_id or "", ())
    return [t.start.toordinal() for t in tenures if t.term.office == one.office]


def _began(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """Terms of the people of the article that began on the day, or in the month, which it says they did."""
    for expression in context.once("firsts:began", lambda: list(_days_of_office(context))):
        starts = {
            start
            for one in _holders(context, expression.start)
            for start in _starts(one, context.knowledge)
            if _is_on(date.fromordinal(start), expression)
        }
        if starts:
            soon = _YEAR + _DIRECTED if expression.direction < 0 else _SOON
            fits = [_since_start(candidates, start, soon) for start in starts]
            weights = tuple(map(max, zip(*fits, strict=True)))
            span = (expression.start, expression.end)
            said = ", ".join(str(date.fromordinal(start)) for start in sorted(starts))
            yield YearEvidence("first:began", weights, f"The term that the text says began then did on {said}.", span)


def _holders(context: DatingContext, position: int) -> list[Attendance]:
    """Whose office the words at a position are about: those whom the sentence names, or the one before; else all."""
    sentence = context.text.sentence_at(position)
    for index in (sentence.index, sentence.index - 1) if sentence else ():
        near = context.text.sentences[max(0, index)]
        here = [Attendance(p.actor_id, p.office) for p in context.people if near.start <= p.start < near.end]
        if here:
            return list(dict.fromkeys(here))
    return list(dict.fromkeys(context.participants))


def _since_start(candidates: Candidates, start: int, soon: int) -> tuple[float, ...]:
    """The year of a start is left out only where that was not long ago: within so many days, or in the same year."""
    year = date.fromordinal(start).year

    def weight(at: int, first: int) -> float:
        if candidates.years[at] == year or start < first < start + soon:
            return _BEGAN
        return _LONG_AGO if first < start + _YEAR else _LATER

    days = enumerate(zip(candidates.first, candidates.last, strict=True))
    return tuple([_BEFORE if last < start else weight(at, first) for at, (first, last) in days])


def _is_on(start: date, expression: DateExpression) -> bool:
    day = expression.first
    return start.month == day.month and day.day in (None, start.day)


def _days_of_office(context: DatingContext) -> Iterator[DateExpression]:
    """The dates without a year behind words for taking office."""
    for expression in context.expressions:
        day = expression.first
        open_ = day.month is not None and day.year is None and context.in_article(expression.start)
        if open_ and of_office(context.text, expression, context.pack):
            yield expression


def of_office(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """Whether a date tells when somebody came into office: "who took office on July 21"."""
    pattern = _pattern(pack, "took_office")
    low, start = text.low, expression.start
    return pattern is not None and pattern.search(low, max(0, start - _BEHIND), start) is not None


def _since(context: DatingContext) -> tuple[int, int] | None:
    """Where the article tells of a first thing since somebody took office."""
    since, first = _pattern(context.pack, "since_office"), _pattern(context.pack, "first")
    if since is None or first is None:
        return None
    for hit in since.finditer(context.text.low):
        start, end = hit.span()
        before = first.search(context.text.low, max(0, start - _FIRST), start)
        if before is not None and context.in_article(start):
            return before.start(), end
    return None


def _said(context: DatingContext, what: str) -> tuple[int, int] | None:
    pattern = _pattern(context.pack, what)
    again, low = _pattern(context.pack, f"{what}_not"), context.text.low
    for hit in pattern.finditer(low) if pattern is not None else ():
        limited = again is not None and again.search(low, hit.end(), hit.end() + _LIMITED) is not None
        if not limited and context.in_article(hit.start()):
            return hit.span()
    return None


@lru_cache
def _pattern(pack: Pack, name: str) -> re.Pattern[str] | None:
    """The words of a language for one sort; None where it has none."""
    return whole_words([lower(fold_phrase(w, pack)) for w in pack.data("dates").get("firsts", {}).get(name, ())])
