"""Offices without names that are told one behind the other: "the president and prime minister of Iraq".

In: a phrase of titles alone. Out: one phrase for each office that somebody else holds, each with the state that stands
behind the last of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, takewhile

from app.extract.atoms import Atom, Kind
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext

_FURTHER = 12
"""So many words and names behind an office are looked at for the state at the end of a list."""
_BETWEEN = (",", ", and", " and", "")


def offices_apart(phrase: Phrase, context: ReadingContext) -> Iterator[Phrase]:
    """One phrase for each office, where different people held them on the day; else the phrase."""
    if phrase.country is None and (behind := _land_behind(phrase, context)) is not None:
        phrase = replace(phrase, country=behind)
    if len(phrase.titles) < 2:
        yield phrase
        return
    within = takewhile(lambda a: a.end <= phrase.end, _behind(phrase.start, context))
    titled = [a for a in within if a.kind is Kind.title]
    day, land = context.day, phrase.country
    if len(titled) != len(phrase.titles) or day is None or land is None:
        yield phrase
        return
    held = [{t.person.id for t in context.knowledge.holders(t.office, land, day)} for t in phrase.titles]
    if any(len(one) != 1 for one in held) or len(set().union(*held)) < len(held):
        yield phrase
        return
    starts = (phrase.start, *(a.start for a in titled[1:]))
    ends = (*(a.end for a in titled[:-1]), phrase.end)
    for start, end, title in zip(starts, ends, phrase.titles, strict=True):
        yield replace(phrase, start=start, end=end, titles=(title,))


def _behind(start: int, context: ReadingContext) -> Iterator[Atom]:
    atoms = context.atoms
    return (atoms[at] for at in range(bisect_left(context.starts, start), len(atoms)))


def _land_behind(phrase: Phrase, context: ReadingContext) -> str | None:
    """The state at the end of a list of offices: "the |prime minister and the president of Iraq"."""
    if phrase.organization or phrase.posted:
        return None
    last, listed, of = phrase.end, False, False
    for atom in islice(_behind(phrase.end, context), _FURTHER):
        gap = context.text.low[last : atom.start].replace(" the", "").rstrip()
        if atom.kind is Kind.country:
            return context.country_of(atom) if listed and of and not gap else None
        if atom.kind is Kind.title and gap in _BETWEEN and not of and gap:
            listed = True
        elif atom.kind is Kind.possessive and not gap:
            of = True
        elif atom.kind is not Kind.filler:
            return None
        last = atom.end if atom.kind is not Kind.filler else last
    return None
