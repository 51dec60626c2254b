"""What can be asked of the store, as values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from app.store import cursor, facets
from app.store.wanted import WHATEVER, Box, Name, Promised, Wanted, groups_of


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
    promised: Promised = WHATEVER
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
        groups = groups_of(every.items(), some.items())
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
    promised: Promised = WHATEVER
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
        groups = groups_of(every.items(), some.items())
        groups += tuple((facets.token("by", one), facets.token("to", one)) for one in self.between)
        groups += self.promised.groups()
        groups += self.event.wanted().facets if self.event else ()
        return Wanted(self.phrases, self.participants, groups, without, facets.EVERY_COMMITMENT)

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another, whatever the order of its values."""
        return cursor.digest(asdict(self))
