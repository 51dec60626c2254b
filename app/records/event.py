"""One diplomatic event, and what it is made of."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from app.records.base import Confidence, CountryCode, Evidence, Record
from app.records.commitment import Commitment
from app.records.vocabulary import (
    DateBasis,
    EventStatus,
    EventType,
    Level,
    Mode,
    ParticipantKind,
    PartOfDay,
    Precision,
    Role,
    Topic,
)


class DateAlternative(Record):
    """Another date that the words allow."""

    start: date
    """First day."""
    end: date
    """Last day."""
    confidence: Confidence
    """How likely this reading is."""
    explanation: tuple[str, ...] = ()
    """What speaks for and against it, in plain words."""


class EventDate(Record):
    """When an event took place, and why we think so."""

    start: date
    """First day."""
    end: date
    """Last day; the same as `start` for a single day."""
    precision: Precision
    """Finest part that is known."""
    part_of_day: PartOfDay | None = None
    """Part of the day, where the article names it."""
    basis: DateBasis
    """`stated` in full in the text, `inferred` in part, or only the `publication` date."""
    confidence: Confidence
    """How sure the date is."""
    explanation: tuple[str, ...] = ()
    """The rules that fired, in plain words."""
    alternatives: tuple[DateAlternative, ...] = ()
    """Other candidate dates, the likeliest first."""
    evidence: Evidence = ()
    """The words the date rests on."""


class Venue(Record):
    """The place where an event happened."""

    name: str | None = None
    """Name of the building or site, in English where known."""
    city: str | None = None
    """English name of the city."""
    country: CountryCode | None = None
    """Country of the place."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees north, WGS 84."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees east, WGS 84."""
    place_id: str | None = None
    """Id of the place in the knowledge base."""
    evidence: Evidence = ()
    """The words that name the place."""


class Occasion(Record):
    """The summit or conference an event took place at."""

    id: str | None = None
    """Id of the edition in the knowledge base, for instance `cop-26`."""
    name: str
    """Usual English name."""
    evidence: Evidence = ()
    """The words that name it."""


class Participant(Record):
    """One who took part."""

    kind: ParticipantKind
    """Person, organisation or country."""
    actor_id: str | None = None
    """One id for one actor in every language."""
    name: str
    """Usual Latin-script name; as written where none is known."""
    name_as_written: str | None = None
    """The name in the article's own script."""
    aliases: tuple[str, ...] = ()
    """Other names of the same actor."""
    country: CountryCode | None = None
    """Country the participant stands for."""
    organization: str | None = None
    """Id of the organisation the participant stands for."""
    title: str | None = None
    """The office held at that time, in English."""
    level: Level | None = None
    """Rank of the office."""
    role: Role = Role.participant
    """Part played in the event."""
    evidence: Evidence = ()
    """The words that name the participant."""


class PloverCode(Record):
    """PLOVER event type and mode."""

    type: str
    """For instance `CONSULT`."""
    mode: str | None = None
    """For instance `visit`."""


class Codes(Record):
    """The event in the coding schemes of the field."""

    plover: PloverCode
    """PLOVER."""
    cameo: str
    """CAMEO code, for instance `040`."""


class Event(Record):
    """One diplomatic event as one article reports it."""

    type: EventType
    """Kind of event."""
    status: EventStatus = EventStatus.occurred
    """Past, arranged or called off."""
    mode: Mode | None = None
    """How the parties were in contact."""
    title: str
    """One English line made from the record."""
    date: EventDate | None = None
    """When; null where nothing supports a date."""
    venue: Venue | None = None
    """Where it happened."""
    occasion: Occasion | None = None
    """The summit or conference it took place at."""
    participants: tuple[Participant, ...] = ()
    """Those who took part."""
    countries: tuple[CountryCode, ...] = ()
    """The parties."""
    organizations: tuple[str, ...] = ()
    """Ids of the organisations that are parties."""
    topics: tuple[Topic, ...] = ()
    """What it was about."""
    commitments: tuple[Commitment, ...] = ()
    """What was promised, asked, backed or restated."""
    codes: Codes
    """PLOVER and CAMEO."""
    confidence: Confidence
    """How sure we are that this is an event with these parties."""
    evidence: Evidence
    """The words that name the event itself."""
