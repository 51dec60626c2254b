"""What the dating of one event needs to know."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from app.extract.addresses import DatedAddress
from app.extract.dates_durations import Duration
from app.extract.model import DateExpression, OccasionHit, Text, Zone
from app.extract.pack import Pack
from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge
from app.records import EventDate, EventStatus

T = TypeVar("T")


@valueclass(frozen=True, slots=True)
class Attendance:
    """A participant as the text titles them."""

    actor_id: str | None
    office: str | None = None
    """Office id of the title."""
    body: str | None = None
    """ISO code or organisation id the office belongs to."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody known, where the article names them with an office."""

    actor_id: str
    office: str
    start: int
    end: int


@dataclass(frozen=True)
class DatingContext:
    """One event, and everything in its article and in the knowledge base that may say when it was."""

    text: Text
    pack: Pack
    knowledge: Knowledge
    expression: DateExpression | None = None
    """The event's own date expression."""
    expressions: tuple[DateExpression, ...] = ()
    """All of the article."""
    durations: tuple[Duration, ...] = ()
    participants: tuple[Attendance, ...] = ()
    contemporaries: tuple[Attendance, ...] = ()
    """Others whom the article names with an office they hold: those of its other events, and those it speaks of."""
    parties: tuple[str, ...] = ()
    """ISO codes and organisation ids."""
    occasion: OccasionHit | None = None
    """What the event took place at."""
    occasions: tuple[OccasionHit, ...] = ()
    """All the article names."""
    status: EventStatus = EventStatus.occurred
    published: date | None = None
    """None where it is not known or not to be used."""
    url: str | None = None
    addresses: tuple[DatedAddress, ...] = ()
    """Those of pictures and archived copies inside the text that carry a day."""
    previous: EventDate | None = None
    """The date of the event told before, for "the same day" and for events told without a date of their own."""
    lead: bool = False
    """Whether this is the article's main event."""
    visit: bool = False
    """Whether the event is a journey itself, rather than something that happened on one."""
    in_person: bool = True
    """Whether the parties met, rather than spoke from afar or wrote."""
    places: frozenset[str] = frozenset()
    """ISO codes of the countries where it may have been: named where the event is told, or where it was filed from."""
    venue: str | None = None
    """The country where the text says it was."""
    closing: bool = False
    """Whether it is told as the end of a journey."""
    recent: bool = False
    """Whether it is told as a recent one, of another day than the rest."""
    people: tuple[Named, ...] = ()
    """All whom the article names with an office."""
    named: tuple[tuple[int, str], ...] = field(default=())
    """Countries and bodies the article names: position and code."""
    spots: tuple[tuple[int, str], ...] = field(default=())
    """Places the article names: position and country."""
    shared: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    """What all events of one article share, once one of them has asked for it."""

    def once(self, what: Hashable, work: Callable[[], T]) -> T:
        """What hangs on the article alone, worked out for the first of its events that asks."""
        if what not in self.shared:
            self.shared[what] = work()
        found: T = self.shared[what]
        return found

    @property
    def planned(self) -> bool:
        """Whether the event lies ahead of the article."""
        return self.status is EventStatus.planned

    def zone_at(self, position: int) -> Zone:
        """The zone of a position; a text without sentences is all body."""
        sentence = self.text.sentence_at(position)
        if sentence is not None:
            return sentence.zone
        return Zone.other if self.text.sentences else Zone.body

    @cached_property
    def body_start(self) -> int:
        """Where the body begins."""
        return self.once("body", lambda: next((s.start for s in self.text.sentences if s.zone is Zone.body), 0))

    def in_article(self, position: int) -> bool:
        """Whether a position belongs to the article proper, or to the line of date and place before its body."""
        return self.zone_at(position) in (Zone.headline, Zone.body) or position < self.body_start
