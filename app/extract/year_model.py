"""Candidates for a date whose year is open, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge


@valueclass(frozen=True, slots=True)
class Candidate:
    """One reading of an open date, from its first day to its last."""

    start: date
    end: date


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
