"""Who undertook, offered, backed, asked or restated what, how much and by when."""

from __future__ import annotations

from datetime import date

from app.records.base import Evidence, Record
from app.records.vocabulary import CommitmentKind, Force, Precision, Topic


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
