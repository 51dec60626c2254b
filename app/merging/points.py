"""The points of pairs without their reasons, for merging, which compares most pairs again with every batch.

A pair is compared by what its reports say and not by who they are. So each report has the number of what is compared of
it, the same for all that say the same, and the points of two numbers are worked out once and kept.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import count

from app.merging.likeness import SAME, likeness
from app.merging.report import Traits

SCALE = 1000
"""Points are counted in thousandths, whose sums do not depend on the order."""

ENOUGH = round(SAME * SCALE)
"""From which two reports are taken to be of the same occurrence."""

COPIED = 3 * SCALE
"""What two reports have more whose articles are copies of one text."""

_KEPT = 200_000
"""Pairs, some 100 bytes each."""
_NUMBERED = 20_000
"""Reports, some kilobytes each."""

_numbers: dict[Hashable, int] = {}
_points: dict[tuple[int, int], int | None] = {}
# A number is given once: what is left of a number that was forgotten means nothing, and does no harm.
_next = count()


def number(key: Hashable) -> int:
    """The number of what is compared of a report. Another one may be given later, when many are known."""
    found = _numbers.get(key)
    if found is None:
        if len(_numbers) >= _NUMBERED:
            _numbers.clear()
        found = _numbers[key] = next(_next)
    return found


def points(one: Traits, mine: int, other: Traits, theirs: int) -> int | None:
    """The thousandths of a point that speak for two reports of other articles, given with their numbers, being of the
    same occurrence; None where that cannot be."""
    if one.family != other.family:
        return None
    pair = (mine, theirs) if mine <= theirs else (theirs, mine)
    try:
        return _points[pair]
    except KeyError:
        if len(_points) >= _KEPT:
            _points.clear()
        found = likeness(one, _elsewhere(other) if one.report.article == other.report.article else other)
        _points[pair] = made = None if found.impossible else round(found.score * SCALE)
        return made


def _elsewhere(one: Traits) -> Traits:
    """The same in another article: two of one article are never of the same occurrence, whatever they say."""
    return one._replace(report=one.report._replace(article=""))


def may_be_copies(one: Traits, other: Traits, found: int | None) -> bool:
    """Whether it decides of two reports with so many points if they are copies of one text."""
    return found is not None and ENOUGH - COPIED <= found < ENOUGH and one.report.language == other.report.language


def compared(one: Traits) -> Hashable:
    """What is compared of a report."""
    report, *rest = one
    spelled = tuple(
        (person.kind, person.country, person.organization, person.name, person.name_as_written, person.aliases)
        for person in report.event.participants
    )
    parts = (frozenset(part.items()) if isinstance(part, dict) else part for part in rest)
    return (report.language, spelled, *parts)
