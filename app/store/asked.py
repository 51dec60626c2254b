"""What can be asked of the store, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from app.store import cursor, facets


@dataclass(frozen=True, slots=True)
class Name:
    """A participant asked for: part of a name, or an id."""

    folded: str
    actor: str


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


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events are asked for; every condition must hold."""

    countries: tuple[str, ...] = ()
    """All of these are parties."""
    countries_any: tuple[str, ...] = ()
    """At least one of these is a party."""
    types: tuple[str, ...] = ()
    """It is of one of these types."""
    participants: tuple[Name, ...] = ()
    """All of these take part."""
    topics: tuple[str, ...] = ()
    """It is about all of these."""
    languages: tuple[str, ...] = ()
    """The article is in one of these."""
    date_from: date | None = None
    """It ends on this day or later."""
    date_to: date | None = None
    """It begins on this day or earlier."""
    phrases: tuple[str, ...] = ()
    """All of these folded phrases are found in it."""

    def wanted(self) -> Wanted:
        """The conditions that are words and facets; the others compare dates."""
        every = {"country": self.countries, "topic": self.topics}
        some = {"country": self.countries_any, "type": self.types, "language": self.languages}
        groups: list[tuple[str, ...]] = [
            (facets.token(field, value),) for field, values in every.items() for value in values
        ]
        groups += [tuple(facets.token(field, one) for one in values) for field, values in some.items() if values]
        return Wanted(self.phrases, self.participants, tuple(groups), everything=facets.EVERY_EVENT)

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        return cursor.digest(asdict(self))
