"""The vocabulary everyone speaks: what extraction returns, the store keeps and the API shows.

All records are immutable. Field names and meanings are a contract with the users of the API and of
`dragoman extract`: fields may be added, none renamed. Country codes are ISO 3166-1 alpha-2, languages
BCP 47, event codes PLOVER and CAMEO. Offsets count Unicode code points, end exclusive.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Base of all records: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EventType(StrEnum):
    """What kind of diplomatic event it is."""

    meeting = "meeting"
    phone_call = "phone_call"
    video_call = "video_call"
    visit = "visit"
    conference = "conference"
    negotiation = "negotiation"
    mediation = "mediation"
    signing = "signing"
    statement = "statement"
    message = "message"
    credentials = "credentials"
    recognition = "recognition"
    aid = "aid"
    protest = "protest"
    sanction = "sanction"
    expulsion = "expulsion"
    recall = "recall"
    severance = "severance"
    rejection = "rejection"


class EventStatus(StrEnum):
    """Whether the article reports the event as past, arranged or called off."""

    occurred = "occurred"
    planned = "planned"
    cancelled = "cancelled"


class Mode(StrEnum):
    """How the parties were in contact."""

    in_person = "in_person"
    phone = "phone"
    video = "video"
    written = "written"


class Precision(StrEnum):
    """The finest part of a date that is known."""

    day = "day"
    month = "month"
    year = "year"


class PartOfDay(StrEnum):
    """The part of the day an article names."""

    morning = "morning"
    noon = "noon"
    afternoon = "afternoon"
    evening = "evening"
    night = "night"


class DateBasis(StrEnum):
    """Where a date comes from."""

    stated = "stated"
    inferred = "inferred"
    publication = "publication"


class PublishedBasis(StrEnum):
    """Where the publication date of an article comes from."""

    given = "given"
    """Whoever gave the article told it."""
    metadata = "metadata"
    """The page or the feed carries it for machines to read."""
    address = "address"
    """It stands in the URL."""
    text = "text"
    """It stands in the words of the article: its dateline or byline."""


class ParticipantKind(StrEnum):
    """What a participant is."""

    person = "person"
    organization = "organization"
    country = "country"


class Level(StrEnum):
    """The rank of an office."""

    head_of_state = "head_of_state"
    head_of_government = "head_of_government"
    minister = "minister"
    ambassador = "ambassador"
    envoy = "envoy"
    legislature = "legislature"
    party = "party"
    other = "other"


class Role(StrEnum):
    """What part a participant had in the event."""

    host = "host"
    guest = "guest"
    participant = "participant"
    signatory = "signatory"
    mediator = "mediator"
    sender = "sender"
    recipient = "recipient"
    target = "target"


class CommitmentKind(StrEnum):
    """What the speaker does with the words."""

    agreement = "agreement"
    pledge = "pledge"
    offer = "offer"
    support = "support"
    request = "request"
    reaffirmation = "reaffirmation"


class Force(StrEnum):
    """Whether something is undertaken or only a position is taken."""

    undertaking = "undertaking"
    position = "position"


FORCE_OF_KIND: dict[CommitmentKind, Force] = {
    CommitmentKind.agreement: Force.undertaking,
    CommitmentKind.pledge: Force.undertaking,
    CommitmentKind.offer: Force.undertaking,
    CommitmentKind.support: Force.position,
    CommitmentKind.request: Force.position,
    CommitmentKind.reaffirmation: Force.position,
}


class Topic(StrEnum):
    """What an event or a commitment is about."""

    bilateral_relations = "bilateral_relations"
    multilateral = "multilateral"
    defence = "defence"
    security = "security"
    conflict = "conflict"
    arms_control = "arms_control"
    maritime = "maritime"
    territory = "territory"
    human_rights = "human_rights"
    law = "law"
    economy = "economy"
    trade = "trade"
    investment = "investment"
    finance = "finance"
    development_aid = "development_aid"
    agriculture = "agriculture"
    energy = "energy"
    climate = "climate"
    environment = "environment"
    health = "health"
    education = "education"
    science_technology = "science_technology"
    digital = "digital"
    infrastructure = "infrastructure"
    labour = "labour"
    migration = "migration"
    consular = "consular"
    tourism = "tourism"
    culture = "culture"
    people_to_people = "people_to_people"
    war_legacy = "war_legacy"
    disasters = "disasters"
    space = "space"


CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code.", examples=["VN"])]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Span(Record):
    """A stretch of the article's text, exactly as given: `text[start:end] == quote`."""

    start: Annotated[int, Field(ge=0)]
    """First code point."""
    end: Annotated[int, Field(ge=0)]
    """One past the last code point."""
    quote: str
    """The words themselves."""
    article: Annotated[str | None, Field(exclude_if=lambda value: value is None)] = None
    """Id of the article whose text they stand in; absent where only one is meant."""


Evidence = tuple[Span, ...]


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


class Amount(Record):
    """A quantity promised, asked for or aimed at."""

    value: float
    """The number, multiplied out (`100 tỷ` is 100000000000)."""
    unit: str
    """ISO 4217 code for money, `percent`, or a plain English noun (`doses`, `MW`)."""
    approximate: bool = False
    """Whether the article says about, over, nearly."""
    evidence: Evidence = ()
    """The words that say it."""


class Deadline(Record):
    """By when something is to be done."""

    date: date
    """Last day; for a year, 31 December."""
    precision: Precision
    """Finest part that is known."""
    evidence: Evidence = ()
    """The words that say it."""


class Commitment(Record):
    """Who undertook, offered, backed, asked or restated what."""

    kind: CommitmentKind
    """What the speaker does."""
    force: Force
    """Undertaking or position."""
    actors: tuple[str, ...]
    """Country codes or organisation ids of those whose word it is."""
    recipients: tuple[str, ...] = ()
    """Those it is owed to or asked of."""
    text: str
    """The undertaking in the article's own words."""
    topics: tuple[Topic, ...] = ()
    """What it is about."""
    amounts: tuple[Amount, ...] = ()
    """Quantities in it."""
    deadline: Deadline | None = None
    """By when."""
    condition: str | None = None
    """The condition it is subject to, in the article's words."""
    evidence: Evidence
    """The words that say it."""


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


class Article(Record):
    """What a source yields: a text and what is known about it."""

    source: str
    """Path, URL or id as it was given."""
    text: str
    """The text, exactly as given: all offsets count in it."""
    url: str | None = None
    """Where it was published."""
    published: date | None = None
    """Publication date."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from; `given` where a date stands without it."""


class Extraction(Record):
    """What one article says: the line that `dragoman extract` prints."""

    source: str
    """The path, URL or id as it was given."""
    language: str
    """BCP 47 primary tag."""
    headline: str | None = None
    """As found."""
    url: str | None = None
    """As given or found on the first line."""
    publisher: str | None = None
    """As found."""
    published: date | None = None
    """Publication date, as given or found."""
    published_basis: PublishedBasis | None = None
    """Where that date comes from."""
    sha256: str
    """Of the UTF-8 text that the offsets count in."""
    events: tuple[Event, ...] = ()
    """In order of appearance."""
