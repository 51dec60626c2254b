"""What can be asked of the store, as values."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from app.store import cursor, facets


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


def _groups(every: Groups, some: Groups) -> tuple[tuple[str, ...], ...]:
    """Groups of tokens: one for each value of `every`, one for all values of each of `some`."""
    found: list[tuple[str, ...]] = [(facets.token(field, value),) for field, values in every for value in values]
    found += [tuple(facets.token(field, one) for one in values) for field, values in some if values]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are asked for; every condition must hold."""

    countries: tuple[str, ...] = ()
    """All of these are parties."""
    countries_any: tuple[str, ...] = ()
    """At least one of these is a party."""
    countries_exact: tuple[str, ...] = ()
    """These and no others are parties."""
    countries_not: tuple[str, ...] = ()
    """None of these is a party."""
    types: tuple[str, ...] = ()
    """It is of one of these types."""
    statuses: tuple[str, ...] = ()
    """It is past, planned or called off: one of these."""
    modes: tuple[str, ...] = ()
    """The parties were in contact in one of these ways."""
    participants: tuple[Name, ...] = ()
    """All of these take part."""
    actors: tuple[str, ...] = ()
    """All of these ids take part."""
    levels: tuple[str, ...] = ()
    """Someone of one of these ranks takes part."""
    organizations: tuple[str, ...] = ()
    """All of these are parties."""
    topics: tuple[str, ...] = ()
    """It is about all of these."""
    topics_any: tuple[str, ...] = ()
    """It is about at least one of these."""
    languages: tuple[str, ...] = ()
    """An article that reports it is in one of these."""
    publishers: tuple[str, ...] = ()
    """An article that reports it comes from one of these."""
    occasions: tuple[str, ...] = ()
    """It took place at one of these."""
    venue_countries: tuple[str, ...] = ()
    """It took place in one of these."""
    venue_cities: tuple[str, ...] = ()
    """It took place in one of these."""
    box: Box | None = None
    """Its venue lies in this box."""
    bases: tuple[str, ...] = ()
    """Its date rests on one of these."""
    min_confidence: float | None = None
    """Its confidence is this or more."""
    kinds: tuple[str, ...] = ()
    """It has a commitment of one of these kinds."""
    promised: Promised = Promised()
    """It has a commitment like this."""
    date_from: date | None = None
    """It ends on this day or later."""
    date_to: date | None = None
    """It begins on this day or earlier."""
    phrases: tuple[str, ...] = ()
    """All of these folded phrases are found in it."""
    articles: tuple[str, ...] = ()
    """One of these ids reports it."""
    updated_since: str | None = None
    """It was written at this moment, ISO 8601 in UTC, or later."""
    changed_from: int | None = None
    """The number of the first change that this can be; None where that is not worth looking for."""
    written_by: str | None = None
    """It was not written since this moment."""
    ascending: bool = False
    """Oldest first instead of newest first; undated events then come first."""

    def wanted(self) -> Wanted:
        """The conditions that are words and facets; the others compare dates and numbers."""
        every = {"country": self.countries, "topic": self.topics, "organization": self.organizations}
        every["actor"] = self.actors
        some = {
            "country": self.countries_any,
            "type": self.types,
            "status": self.statuses,
            "mode": self.modes,
            "level": self.levels,
            "topic": self.topics_any,
            "language": self.languages,
            "occasion": self.occasions,
            "venue_country": self.venue_countries,
            "basis": self.bases,
            "kind": self.kinds,
        }
        groups = _groups(every.items(), some.items())
        groups += ((facets.exactly(self.countries_exact),),) if self.countries_exact else ()
        groups += (tuple(facets.named("publisher", one) for one in self.publishers),) if self.publishers else ()
        groups += (tuple(facets.named("venue_city", one) for one in self.venue_cities),) if self.venue_cities else ()
        groups += (self.box.cells(),) if self.box and self.box.cells() else ()
        groups += (facets.as_sure_as(self.min_confidence),) if self.min_confidence else ()
        groups += self.promised.groups()
        without = tuple(facets.token("country", code) for code in self.countries_not)
        return Wanted(self.phrases, self.participants, groups, without, facets.EVERY_EVENT)

    @property
    def only_words(self) -> bool:
        """Whether words are asked for and nothing else."""
        return bool(self.phrases) and self == EventQuery(phrases=self.phrases)

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        return cursor.digest(asdict(self))


@dataclass(frozen=True, slots=True)
class CommitmentQuery:
    """Which commitments are asked for; every condition must hold."""

    actors: tuple[str, ...] = ()
    """It is the word of all of these countries or organisations."""
    recipients: tuple[str, ...] = ()
    """It is owed to or asked of all of these countries or organisations."""
    between: tuple[str, ...] = ()
    """All of these are among those whose word it is or whom it is owed to."""
    countries: tuple[str, ...] = ()
    """All of these are parties to the event."""
    countries_any: tuple[str, ...] = ()
    """At least one of these is a party to the event."""
    countries_not: tuple[str, ...] = ()
    """None of these is a party to the event."""
    participants: tuple[Name, ...] = ()
    """All of these take part in the event."""
    kinds: tuple[str, ...] = ()
    """It is of one of these kinds."""
    forces: tuple[str, ...] = ()
    """It is an undertaking, or a position."""
    topics: tuple[str, ...] = ()
    """It is about all of these."""
    topics_any: tuple[str, ...] = ()
    """It is about at least one of these."""
    types: tuple[str, ...] = ()
    """The event is of one of these types."""
    statuses: tuple[str, ...] = ()
    """The event is past, planned or called off: one of these."""
    languages: tuple[str, ...] = ()
    """An article that reports the event is in one of these."""
    promised: Promised = Promised()
    """Its amount and deadline."""
    has_deadline: bool | None = None
    """Whether it has a deadline."""
    date_from: date | None = None
    """The event ends on this day or later."""
    date_to: date | None = None
    """The event begins on this day or earlier."""
    phrases: tuple[str, ...] = ()
    """All of these folded phrases are found in it."""
    event: EventQuery | None = None
    """The event is like this, too."""
    updated_since: str | None = None
    """Its event was written at this moment, ISO 8601 in UTC, or later."""
    changed_from: int | None = None
    """The number of the first change of its event that this can be; None where that is not worth looking for."""
    written_by: str | None = None
    """Its event was not written since this moment."""
    ascending: bool = False
    """Oldest first instead of newest first."""

    def wanted(self) -> Wanted:
        """The conditions that are words and facets; the others compare dates and numbers."""
        every = {"by": self.actors, "to": self.recipients, "country": self.countries, "topic": self.topics}
        some = {
            "country": self.countries_any,
            "kind": self.kinds,
            "force": self.forces,
            "topic": self.topics_any,
            "type": self.types,
            "status": self.statuses,
            "language": self.languages,
            "deadline": () if self.has_deadline is None else ("yes" if self.has_deadline else "no",),
        }
        without = tuple(facets.token("country", code) for code in self.countries_not)
        groups = _groups(every.items(), some.items())
        groups += tuple((facets.token("by", one), facets.token("to", one)) for one in self.between)
        groups += self.promised.groups()
        groups += self.event.wanted().facets if self.event else ()
        return Wanted(self.phrases, self.participants, groups, without, facets.EVERY_COMMITMENT)

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        return cursor.digest(asdict(self))
