"""The vocabulary everyone speaks: what extraction returns, the store keeps and the API shows.

All records are immutable. Field names and meanings are a contract with the users of the API and of
`dragoman extract`: fields may be added, none renamed. Country codes are ISO 3166-1 alpha-2, languages
BCP 47, event codes PLOVER and CAMEO. Offsets count Unicode code points, end exclusive.
"""

from app.records.article import Article, Extraction
from app.records.base import Confidence, CountryCode, Evidence, Record, Span
from app.records.commitment import Amount, Commitment, Deadline
from app.records.event import Codes, DateAlternative, Event, EventDate, Occasion, Participant, PloverCode, Venue
from app.records.vocabulary import (
    FORCE_OF_KIND,
    CommitmentKind,
    DateBasis,
    EventStatus,
    EventType,
    Force,
    Level,
    Mode,
    ParticipantKind,
    PartOfDay,
    Precision,
    PublishedBasis,
    Role,
    Topic,
)

__all__ = [
    "FORCE_OF_KIND",
    "Amount",
    "Article",
    "Codes",
    "Commitment",
    "CommitmentKind",
    "Confidence",
    "CountryCode",
    "DateAlternative",
    "DateBasis",
    "Deadline",
    "Event",
    "EventDate",
    "EventStatus",
    "EventType",
    "Evidence",
    "Extraction",
    "Force",
    "Level",
    "Mode",
    "Occasion",
    "PartOfDay",
    "Participant",
    "ParticipantKind",
    "PloverCode",
    "Precision",
    "PublishedBasis",
    "Record",
    "Role",
    "Span",
    "Topic",
    "Venue",
]
