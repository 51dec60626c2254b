"""What can be asked of the store, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from app.store import cursor


@dataclass(frozen=True, slots=True)
class Name:
    """A participant asked for: part of a name, or an id."""

    folded: str
    actor: str


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

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        return cursor.digest(asdict(self))
