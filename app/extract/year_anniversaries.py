"""Anniversaries as evidence: founded in 1973 and 50 years on is 2023."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from app.extract.dates_durations import ANY_LEVEL, Duration
from app.extract.dating_context import DatingContext
from app.extract.year_model import Candidate, YearEvidence, party_said

# Levels that articles use for one another: Vietnam and the US speak of normalisation and of diplomatic relations.
_ALIKE = {"diplomatic_relations": ("diplomatic_relations", "normalization")}


def anniversaries(context: DatingContext, candidates: Sequence[Candidate]) -> Iterator[YearEvidence]:
    """What each anniversary in the article says, where the day it counts from is known."""
    durations = context.once(
        anniversaries, lambda: [d for d in _telling(context.durations) if context.in_article(d.start)]
    )
    for duration in durations:
        founded = _founded(duration, context)
        span = (duration.start, duration.end)
        if duration.falls is not None and not founded:
            weights = tuple(_ahead_of_year(c.start.year - duration.falls) for c in candidates)
            said = f"The text puts an anniversary of {duration.years} years in {duration.falls}."
            yield YearEvidence("anniversary", weights, said, span)
            continue
        if not founded:
            continue
        per_founding = [[_weight(c, day, duration) for c in candidates] for _, day in founded]
        best = tuple(map(max, zip(*per_founding, strict=True)) if len(founded) > 1 else per_founding[0])
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


def _weight(candidate: Candidate, founded: date, duration: Duration) -> float:
    year = founded.year + duration.years
    after = candidate.start.year - year
    before_day = (candidate.start.month, candidate.start.day) <= (founded.month, founded.day)
    if duration.approaching:
        return 2.5 if after == -1 else 2.0 if after == 0 and before_day else 0.3 if after == -2 else -2.0
    if duration.falls is not None:
        return max(_ahead_of_year(candidate.start.year - duration.falls), -2.0)
    if duration.anniversary and not duration.approximate:
        return {0: 3.0, -1: 0.5, 1: 0.0}.get(after, -2.0)
    return {0: 1.5, 1: 1.5, -1: 0.5, 2: 0.3}.get(after, -1.5)


def _ahead_of_year(after: int) -> float:
    """A year named for its anniversary is this year or the next one or two."""
    return {0: 1.5, -1: 1.2, -2: 0.2, 1: 0.0}.get(after, -1.5)


def _said(duration: Duration, founded: list[tuple[str, date]], candidates: Sequence[Candidate]) -> str:
    years = {c.start.year for c in candidates}
    fitting = [(name, day) for name, day in founded if {day.year + duration.years + n for n in (-1, 0, 1)} & years]
    name, day = (fitting or founded)[0]
    when = str(day.year) if duration.founded is not None else day.isoformat()
    source = "the founding year" if duration.founded is not None else f"the {name}"
    ahead = ", which the text speaks of as ahead" if duration.approaching else ""
    about = "About " if duration.approximate or not duration.anniversary else ""
    unit = f"{about}{duration.years} years after"
    return f"{unit} {source} ({when}) is {day.year + duration.years}{ahead}."
