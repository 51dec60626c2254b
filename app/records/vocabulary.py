"""The closed vocabularies of the records: kinds of event, office, role, commitment, topic."""

from __future__ import annotations

from enum import StrEnum

from app.records.members import quicken

quicken()


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
