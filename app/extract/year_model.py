"""Candidates for a date whose year is open, and what speaks for and against them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of an open date, from its first day to its last."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """What one source says: a weight for each candidate, in their order, and a sentence for the reader."""

    kind: str
    """Pieces of the same kind are not independent of each other."""
    weights: tuple[float, ...]
    said: str
    span: tuple[int, int] | None = None


def years_said(years: Iterable[int]) -> str:
    """`2021 to 2024 fit`, `only 2023 fits`, `no year fits`."""
    found = sorted(set(years))
    if not found:
        return "no year fits"
    if len(found) == 1:
        return f"only {found[0]} fits"
    if found[-1] - found[0] == len(found) - 1:
        return f"{found[0]} to {found[-1]} fit"
    return f"{', '.join(map(str, found[:-1]))} and {found[-1]} fit"
