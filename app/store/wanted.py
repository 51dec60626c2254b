"""What is asked for, in the words and facets of the full-text index."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.store import facets


@dataclass(frozen=True, slots=True)
class Name:
    """A participant asked for: part of a name, or an id."""

    folded: str
    actor: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box on the map in degrees; where west is greater than east it spans the meridian of 180°."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a point lies in it, or on its edge."""
        if latitude is None or longitude is None or not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east
        return longitude >= self.west or longitude <= self.east

    def cells(self) -> tuple[str, ...]:
        """Tokens of squares that cover it: of one degree where it is small, else of ten; none where it is the world."""
        for size, named in ((1, facets.cell), (10, facets.area)):
            spans = [(self.west, self.east)] if self.west <= self.east else [(self.west, 180.0), (-180.0, self.east)]
            columns = dict.fromkeys(one for span in spans for one in _steps(*span, size))
            rows = _steps(self.south, self.north, size)
            if len(columns) * len(rows) <= _MOST_CELLS:
                return tuple(named(row * size, column * size) for row in rows for column in columns)
        return ()


_MOST_CELLS = 100


def _steps(low: float, high: float, size: int) -> range:
    return range(math.floor(low / size), math.floor(high / size) + 1)


@dataclass(frozen=True, slots=True)
class Promised:
    """What a commitment is compared by."""

    unit: str | None = None
    """Unit of one of its amounts."""
    amount_min: float | None = None
    """The same amount is at least this."""
    amount_max: float | None = None
    """The same amount is at most this."""
    deadline_from: date | None = None
    """It is to be done on this day or later."""
    deadline_to: date | None = None
    """It is to be done by this day."""

    def __bool__(self) -> bool:
        return self.of_amount or self.deadline_from is not None or self.deadline_to is not None

    @property
    def of_amount(self) -> bool:
        """Whether anything is asked of an amount."""
        return any(value is not None for value in (self.unit, self.amount_min, self.amount_max))

    def holds(self, unit: str, value: float) -> bool:
        """Whether an amount is one that is asked for."""
        return (
            (self.unit is None or unit == self.unit)
            and (self.amount_min is None or value >= self.amount_min)
            and (self.amount_max is None or value <= self.amount_max)
        )

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Tokens: of each group one stands by each such commitment, and by few others."""
        found: list[tuple[str, ...]] = []
        if self.amount_min is not None or self.amount_max is not None:
            found.append(facets.worth_between(self.amount_min, self.amount_max, self.unit))
        elif self.unit is not None:
            found.append((facets.token("unit", self.unit),))
        if self.deadline_from is not None or self.deadline_to is not None:
            found.append(facets.due_between(self.deadline_from, self.deadline_to))
        return tuple(found)


WHATEVER = Promised()
"""Nothing that is asked of a commitment."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be found of words and facets, whatever the noun."""

    phrases: tuple[str, ...] = ()
    """All of these folded phrases."""
    names: tuple[Name, ...] = ()
    """All of these take part."""
    facets: tuple[tuple[str, ...], ...] = ()
    """Of each group at least one token."""
    without: tuple[str, ...] = ()
    """None of these tokens."""
    everything: tuple[str, ...] = ()
    """Tokens of which every record has one."""

    def __bool__(self) -> bool:
        return bool(self.phrases or self.names or self.facets or self.without)


Groups = Iterable[tuple[str, tuple[str, ...]]]


def groups_of(every: Groups, some: Groups) -> tuple[tuple[str, ...], ...]:
    """Groups of tokens: one for each value of `every`, one for all values of each of `some`."""
    found: list[tuple[str, ...]] = [(facets.token(field, value),) for field, values in every for value in values]
    found += [tuple(facets.token(field, one) for one in values) for field, values in some if values]
    return tuple(dict.fromkeys(found))
