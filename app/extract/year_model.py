"""Candidates for a date whose year is open, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import overload

from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge


@valueclass(frozen=True, slots=True)
class Candidate:
    """One reading of an open date, from its first day to its last."""

    start: date
    end: date


class Candidates(Sequence[Candidate]):
    """The readings of an open date, the earliest first, and their days as columns of numbers.

    Most sources of evidence look at some thirty years for each of several things that the article names: numbers are
    compared and subtracted many times as fast as dates.
    """

    def __init__(self, days: Iterable[Candidate]) -> None:
        self._days = tuple(days)
        self.first = [c.start.toordinal() for c in self._days]
        """First day of each, as an ordinal."""
        self.last = [c.end.toordinal() for c in self._days]
        """Last day of each."""

    @cached_property
    def years(self) -> list[int]:
        """The year of the first day of each."""
        return [c.start.year for c in self._days]

    @cached_property
    def months(self) -> list[int]:
        """The month of the first day of each, counted from year 0."""
        return [c.start.year * 12 + c.start.month for c in self._days]

    @overload
    def __getitem__(self, at: int) -> Candidate: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Candidate, ...]: ...
    def __getitem__(self, at: int | slice) -> Candidate | tuple[Candidate, ...]:
        return self._days[at]

    def __len__(self) -> int:
        return len(self._days)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._days)

    def overlapping(self, first: int, last: int) -> list[bool]:
        """Which of them have a day between two ordinals."""
        return [start <= last and first <= end for start, end in zip(self.first, self.last, strict=True)]


@valueclass(frozen=True, slots=True)
class YearEvidence:
    """What one source says: a weight for each candidate, in their order, and a sentence for the reader."""

    kind: str
    """Pieces of the same kind are not independent of each other."""
    weights: tuple[float, ...]
    said: str
    span: tuple[int, int] | None = None


def years_said(years: Iterable[int]) -> str:
    """`2021 to 2024 fit`, `only 2023 fits`, `2009 to 2016 and 2021 fit`, `no year fits`."""
    return _years_said(tuple(years))


@lru_cache(maxsize=1024)
def _years_said(years: tuple[int, ...]) -> str:
    found = sorted(set(years))
    if not found:
        return "no year fits"
    if len(found) == 1:
        return f"only {found[0]} fits"
    stretches: list[list[int]] = []
    for year in found:
        if stretches and stretches[-1][1] == year - 1:
            stretches[-1][1] = year
        else:
            stretches.append([year, year])
    said = [str(first) if first == last else f"{first} to {last}" for first, last in stretches]
    return f"{' and '.join([', '.join(said[:-1]), said[-1]] if len(said) > 1 else said)} fit"


_WITH_THE = frozenset({"US", "GB", "PH", "NL", "AE", "MV", "BS", "CF", "DO", "KM", "SB", "MH"})


def party_said(code: str, knowledge: Knowledge) -> str:
    """The English name of a country or body inside a sentence."""
    if code in knowledge.country:
        return f"{'the ' if code in _WITH_THE else ''}{knowledge.country[code].name}"
    return knowledge.organization[code].name if code in knowledge.organization else code
