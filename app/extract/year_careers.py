"""What an article says about somebody's career as evidence: newly elected, outgoing, inaugurated, mourned."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from app.extract.dates_words import whole_words
from app.extract.dating_context import DatingContext
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidate, Candidates, YearEvidence
from app.knowledge.lookup import FAR, Tenure, first_day, last_day

_BESIDE = 16
"""So many characters before a title may stand what is said of its holder."""
_ABOUT = 45
"""So far apart may stand an inauguration, or a death, and whose it is."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """A stage of a career: the days it spans, counted from an end of a term, and what it weighs there and elsewhere."""

    of_end: bool
    first: int
    last: int
    there: float
    elsewhere: float
    said: str


_STAGES = {
    "elect": _Stage(False, -130, 3, 2.5, -2.0, "was about to take office"),
    "new": _Stage(False, -30, 300, 1.2, -1.0, "was new in office"),
    "outgoing": _Stage(True, -150, 15, 2.0, -1.5, "was about to leave office"),
    "inaugurated": _Stage(False, -2, 2, 3.5, -0.5, "took office"),
}
_NEXT = _Stage(False, -260, 3, 2.5, -2.0, "was about to take office")
_TOP = frozenset({"president", "prime-minister"})
_BEHIND = 70
"""So far behind a name may stand that its bearer will soon lead the country."""
TO_COME = {"president-elect": "president"}
"""Offices that are titles before a term, and the office of that term."""
_MOURNED = timedelta(days=30)
_MOURNING = 3.0


def careers(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """One piece for each stage of a career that the article tells, where the days are known."""
    for told in context.once(careers, lambda: list(_told(context))):
        weights = tuple([told.weight(c) for c in candidates])
        yield YearEvidence(told.kind, weights, told.said, told.span)


@dataclass(frozen=True, slots=True)
class _Told:
    """A stage of somebody's career as the article tells it."""

    kind: str
    weight: Callable[[Candidate], float]
    said: str
    span: tuple[int, int]


def _told(context: DatingContext) -> Iterator[_Told]:
    words = _words(context.pack)
    low = context.text.low
    here = {name: words[name] for name, listed in _phrases(context.pack).items() if any(w in low for w in listed)}
    mourned = here.get("mourned")
    for one in context.people if here else ():
        office = TO_COME.get(one.office, one.office)
        tenures = [t for t in context.knowledge.tenures.get(one.actor_id, ()) if t.term.office == office]
        person = context.knowledge.person.get(one.actor_id)
        around = (max(0, one.start - _ABOUT), one.end + _ABOUT)
        for name, stage in _STAGES.items():
            near = around if name == "inaugurated" else (max(0, one.start - _BESIDE), one.end)
            if tenures and (pattern := here.get(name)) is not None and (hit := pattern.search(low, *near)):
                said = f'{tenures[-1].person.name} {stage.said}, by the word "{hit.group()}".'
                weight = partial(_weight, tenures=tenures, stage=stage)
                yield _Told(f"career:{one.actor_id}:{name}", weight, said, hit.span())
        leads = [t for t in context.knowledge.tenures.get(one.actor_id, ()) if t.term.office in _TOP]
        if leads and (pattern := here.get("next")) and (hit := pattern.search(low, one.start, one.end + _BEHIND)):
            said = f'{leads[-1].person.name} {_NEXT.said}, by the word "{hit.group()}".'
            weight = partial(_weight, tenures=leads, stage=_NEXT)
            yield _Told(f"career:{one.actor_id}:elect", weight, said, hit.span())
        if person and person.died and mourned and (hit := mourned.search(low, *around)):
            first, last = first_day(person.died), last_day(person.died)
            said = f"{person.name} died on {person.died}."
            yield _Told(f"career:{one.actor_id}:died", partial(_mourned, first=first, last=last), said, hit.span())


def _weight(candidate: Candidate, *, tenures: Iterable[Tenure], stage: _Stage) -> float:
    for tenure in tenures:
        origin = tenure.end if stage.of_end else tenure.start
        if origin == FAR:
            continue
        first, last = origin + timedelta(days=stage.first), origin + timedelta(days=stage.last)
        if candidate.start <= last and first <= candidate.end:
            return stage.there
    return stage.elsewhere


def _mourned(candidate: Candidate, *, first: date, last: date) -> float:
    if candidate.end < first:
        return -_MOURNING
    return _MOURNING if candidate.start <= last + _MOURNED else 0.0


def stages_said(low: str, start: int, end: int, pack: Pack) -> set[str]:
    """The stages that words of a stretch of text tell."""
    return {name for name, words in _words(pack).items() if words is not None and words.search(low, start, end)}


@lru_cache
def _phrases(pack: Pack) -> dict[str, tuple[str, ...]]:
    """For each stage its words."""
    data = pack.data("dates").get("careers", {})
    return {name: tuple([lower(fold_phrase(w, pack)) for w in listed]) for name, listed in data.items()}


@lru_cache
def _words(pack: Pack) -> dict[str, re.Pattern[str] | None]:
    """For each stage the pattern of its words."""
    return {name: whole_words(listed) for name, listed in _phrases(pack).items()}
