"""Years that an article names as evidence: it was written about then or later, seldom long before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.extract.dating_context import DatingContext
from app.extract.dating_tense import tense_at, tense_words
from app.extract.model import DateExpression
from app.extract.year_model import Candidates, YearEvidence

_YEAR = re.compile(r"[12](?<![\d.,/_-].)(?:(?<=1)9|(?<=2)0)\d\d(?![\d/_]|-\d|[.,]\d)")
_LATEST_YEARS = 3
_AHEAD: tuple[dict[int, float], float, float] = ({0: 1.2, -1: 0.8}, -1.0, -1.0)
"""Weight of the years so many after one that the text names as ahead; of all others before it, and behind it."""
_TOLD: tuple[dict[int, float], float, float] = ({0: 0.8, 1: 0.5, -1: 0.2}, -1.2, 0.0)
"""The same where it is not told as ahead."""
_WITHIN: tuple[dict[int, float], float, float] = ({0: 1.2, -1: 0.4, -2: -0.4}, -1.0, -2.0)
"""The same where something is to be done by the end of it."""
_COUNTED: tuple[dict[int, float], float, float] = ({1: 1.3, 0: 0.3, 2: 0.2}, -1.2, -0.4)
"""The same where the whole year is summed up: "in 2011 trade reached" is said in the year after it."""
_SOON = 2
"""The tense of such a year."""
_SUMMED = -2
"""The tense of a year that is summed up."""
_PART = 24
"""Characters before a year in which words for a part of it stand, three times as many as behind it: "first half of"."""
_BY_TENSE = {_SOON: _WITHIN, _SUMMED: _COUNTED}
_SENTENCE = 200
"""Characters before it that may tell it as past."""


def years(context: DatingContext, candidates: Candidates, own: DateExpression) -> Iterator[YearEvidence]:
    """Years that the article names: it was written about then or later, seldom long before."""
    tenses: dict[int, tuple[int, tuple[int, int]]] = {}
    for start, end, year, tense in context.once(years, lambda: list(_years_named(context))):
        if not own.start <= start < own.end:
            tenses[year] = (tense, (start, end))
    for year in sorted(tenses)[-_LATEST_YEARS:]:
        tense, span = tenses[year]
        near, before, after = _BY_TENSE.get(tense, _AHEAD if tense > 0 else _TOLD)
        # From the year on by how far it is; earlier and later ones alike.
        weights = tuple([near.get(one - year, before if one < year else after) for one in candidates.years])
        said = " as ahead" if tense > 0 else " as over" if tense == _SUMMED else ""
        yield YearEvidence("years", weights, f"The text names the year {year}{said}.", span)


def _years_named(context: DatingContext) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, the year and its tense, wherever the article names one."""
    words = tense_words(context.pack)
    low = context.text.low
    # The year of a named summit or of an anniversary is weighed as such.
    taken = [(h.start, h.end) for h in context.occasions] + [
        (d.start - 30, d.end) for d in context.durations if d.falls
    ]
    for match in _YEAR.finditer(low):
        start, end = match.span()
        if any(left <= start < right for left, right in taken):
            continue
        if not context.in_article(start) or _in_span(low, start, end):
            continue
        if words.soon is not None and words.soon.search(low, max(0, start - 40), start):
            if not _reached(context, start):
                yield start, end, int(match.group()), _SOON
            continue
        if words.target is not None and words.target.search(low, max(0, start - 20), start):
            continue
        summed = tense_at(context, start) <= 0 and _summed(context, start, end)
        yield start, end, int(match.group()), _SUMMED if summed else tense_at(context, start)


def _summed(context: DatingContext, start: int, end: int) -> bool:
    """Whether a sentence gives a figure of a whole year: "trade turnover in 2011 was worth …", but of no part of it."""
    words, low = tense_words(context.pack), context.text.low
    sentence = context.text.sentence_at(start)
    if words.figures is None or sentence is None or not _reached(context, start):
        return False
    around = low[max(0, start - _PART) : start], low[end : end + _PART // 3]
    if words.part is not None and any(words.part.search(beside) for beside in around):
        return False
    return words.figures.search(low, max(sentence.start, start - _SENTENCE), sentence.end) is not None


def _reached(context: DatingContext, position: int) -> bool:
    """Whether a sentence tells what had come about by the end of a year, rather than what is to come."""
    sentence, words = context.text.sentence_at(position), tense_words(context.pack).reached
    if sentence is None or words is None:
        return False
    return words.search(context.text.low, max(sentence.start, position - _SENTENCE), sentence.end) is not None


def _in_span(low: str, start: int, end: int) -> bool:
    """Whether a year is an end of a span such as 1992-2022, which says nothing about now."""
    return low[max(0, start - 1) : start] in ("-", "~") or low[end : end + 1] in ("-", "~")
