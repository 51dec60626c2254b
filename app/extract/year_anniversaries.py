"""Anniversaries as evidence: founded in 1973 and 50 years on is 2023."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from app.extract.dates_durations import ANY_LEVEL, Duration
from app.extract.dating_context import DatingContext
from app.extract.year_model import Candidates, YearEvidence, party_said

# Levels that articles use for one another: Vietnam and the US speak of normalisation and of diplomatic relations.
_ALIKE = {"diplomatic_relations": ("diplomatic_relations", "normalization")}

# Weights by the years after the year that a duration leads to: of an anniversary, of a stretch of time, of a year that
# the text itself gives an anniversary.
_ON_THE_YEAR = {0: 3.0, -1: 0.5, 1: 0.0}
_SINCE = {0: 1.5, 1: 1.5, -1: 0.5, 2: 0.3}
_AHEAD_OF = {0: 1.5, -1: 1.2, -2: 0.2, 1: 0.0}

_NEXT_YEAR = 2.5


def anniversaries(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """What each anniversary in the article says, where the day it counts from is known."""
    durations = context.once(
        anniversaries, lambda: [d for d in _telling(context.durations) if context.in_article(d.start)]
    )
    for duration in durations:
        founded = _founded(duration, context)
        span = (duration.start, duration.end)
        if duration.falls is not None and not founded:
            weights = tuple([_ahead_of_year(year - duration.falls) for year in candidates.years])
            said = f"The text puts an anniversary of {duration.years} years in {duration.falls}."
            yield YearEvidence("anniversary", weights, said, span)
            continue
        if not founded:
            continue
        per_founding = [_weights(candidates, day, duration) for _, day in founded]
        best = tuple(map(max, zip(*per_founding, strict=True))) if len(founded) > 1 else per_founding[0]
        if max(best) <= 0:
            continue  # it counts from something the knowledge base does not know
        yield YearEvidence("anniversary", best, _said(duration, founded, candidates), span)


def _telling(durations: Sequence[Duration]) -> Iterator[Duration]:
    """Those that say most: of the same anniversary not a bare mention beside one with its year or told as ahead."""
    full = {(d.years, d.level) for d in durations if d.falls is not None or d.approaching or d.founded is not None}
    for duration in durations:
        bare = duration.falls is None and not duration.approaching and duration.founded is None
        if not (bare and (duration.years, duration.level) in full):
            yield duration


def _founded(duration: Duration, context: DatingContext) -> list[tuple[str, date]]:
    """The steps a duration may count from, with a name and the day."""
    if duration.founded is not None:
        return [("the founding year", date(duration.founded, 12, 31))]
    left, right = duration.stretch
    near = list(dict.fromkeys(code for at, code in context.named if left <= at < right))
    pairs = _pairs(near, context.parties)
    known = context.knowledge
    levels = _ALIKE.get(duration.level, (duration.level,))
    return [
        (f"{level.replace('_', ' ')} of {party_said(one, known)} and {party_said(other, known)}", day)
        for one, other in pairs
        for level, day in known.steps(one, other).items()
        if duration.level == ANY_LEVEL or level in levels
    ]


def _pairs(near: list[str], parties: Sequence[str]) -> list[tuple[str, str]]:
    """Two named near the number; else one named there with each party; else the parties."""
    if len(near) >= 2:
        return list(combinations(near[:4], 2))
    both = near + [p for p in parties if p not in near]
    return list(combinations(both[:5], 2))


def _weights(candidates: Candidates, founded: date, duration: Duration) -> tuple[float, ...]:
    """What so many years since a founding say of each candidate."""
    year = founded.year + duration.years
    if duration.next_year:
        return tuple([_NEXT_YEAR if c.start.year == year - 1 else -_NEXT_YEAR for c in candidates])
    if duration.approaching:
        return tuple([_approaching(c.start, year, founded) for c in candidates])
    if duration.falls is not None:
        return tuple([max(_ahead_of_year(one - duration.falls), -2.0) for one in candidates.years])
    exact = duration.anniversary and not duration.approximate
    near, else_ = (_ON_THE_YEAR, -2.0) if exact else (_SINCE, -1.5)
    return tuple([near.get(one - year, else_) for one in candidates.years])


def _approaching(day: date, year: int, founded: date) -> float:
    """An anniversary in a year that is told as ahead."""
    after, before_day = day.year - year, (day.month, day.day) <= (founded.month, founded.day)
    return 2.5 if after == -1 else 2.0 if after == 0 and before_day else 0.3 if after == -2 else -2.0


def _ahead_of_year(after: int) -> float:
    """A year named for its anniversary is this year or the next one or two."""
    return _AHEAD_OF.get(after, -1.5)


def _said(duration: Duration, founded: list[tuple[str, date]], candidates: Candidates) -> str:
    years = set(candidates.years)
    fitting = [(name, day) for name, day in founded if {day.year + duration.years + n for n in (-1, 0, 1)} & years]
    name, day = (fitting or founded)[0]
    when = str(day.year) if duration.founded is not None else day.isoformat()
    source = "the founding year" if duration.founded is not None else f"the {name}"
    ahead = ", which the text speaks of as ahead" if duration.approaching else ""
    about = "About " if duration.approximate or not duration.anniversary else ""
    unit = f"{about}{duration.years} years after"
    return f"{unit} {source} ({when}) is {day.year + duration.years}{ahead}."
