"""How two parties call their relation, as evidence: not before they raised it so far, and seldom once it is higher."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from app.extract.dates_durations import levels_named
from app.extract.dates_words import whole_words
from app.extract.dating_context import DatingContext
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidates, YearEvidence, party_said

_RAISED = ("comprehensive_partnership", "strategic_partnership", "comprehensive_strategic_partnership")
"""Levels that follow each other; a pair may leave one out."""
_NOT_YET = -2.0
_NO_LONGER = -1.5
"""Less than the other: a text may speak of what was."""
_NEAR = 80
"""Characters before a level in which "agreed to raise their ties to" stands."""


def levels(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """What the highest level that the text names says, where two parties have one of their own."""
    if len(context.parties) != 2:
        return
    steps = context.knowledge.steps(*context.parties)
    if steps.keys().isdisjoint(_RAISED):
        return
    named = context.once(levels, lambda: dict(levels_named(context.text, context.pack)))
    highest = max((level for level in named if level in _RAISED), key=_RAISED.index, default=None)
    if highest is None or highest not in steps or not context.in_article(named[highest][0]):
        return
    if _to_be_raised(context, named[highest][0]):
        return
    since = steps[highest]
    later = [steps[level] for level in _RAISED[_RAISED.index(highest) + 1 :] if level in steps]
    until = min((day for day in later if day > since), default=None)
    pair = " and ".join(party_said(code, context.knowledge) for code in context.parties)
    said = f"{pair} have had a {highest.replace('_', ' ')} since {since}" + (f", raised on {until}." if until else ".")
    yield YearEvidence("level", _weights(candidates, since, until or date.max), said, named[highest])


def _to_be_raised(context: DatingContext, start: int) -> bool:
    """Whether somebody means to raise relations to the level that is named: it may be reached on the day or later."""
    words, sentence = _raising(context.pack), context.text.sentence_at(start)
    begin = max(start - _NEAR, sentence.start if sentence is not None else 0)
    return words is not None and words.search(context.text.low, begin, start) is not None


@lru_cache
def _raising(pack: Pack) -> re.Pattern[str] | None:
    """Words of a language for raising relations in time to come."""
    listed = pack.data("dates").get("durations", {}).get("raising", [])
    return whole_words([lower(fold_phrase(w, pack)) for w in listed])


def _weights(candidates: Candidates, since: date, until: date) -> tuple[float, ...]:
    begun, over = since.toordinal(), until.toordinal()
    days = zip(candidates.first, candidates.last, strict=True)
    return tuple([_NOT_YET if last < begun else _NO_LONGER if first > over else 0.0 for first, last in days])
