"""A frame: what one sentence tells of one event, before it is known which events the article tells."""

from __future__ import annotations

from app.extract.event_words import Trigger
from app.extract.model import Mention, Zone
from app.extract.valueclass import valueclass
from app.records import EventStatus

LEAD = 3
"""So many sentences of the body make the lead, where even a bare noun may name the event."""


@valueclass(frozen=True, slots=True)
class Frame:
    """An event word with its parts, as one sentence tells it."""

    trigger: Trigger
    start: int
    end: int
    sentence: int
    zone: Zone
    lead: bool
    status: EventStatus
    first: tuple[Mention, ...]
    """Those before the word: who met, received, visited, sent."""
    second: tuple[Mention, ...]
    """Those it was done with or to."""
    inviter: tuple[Mention, ...]
    destinations: tuple[str, ...]
    """Countries visited, in order."""
    group: bool
    """Both sides, the two leaders are the subject: the event is told elsewhere."""
    background: bool
    history: bool
    """Words before it say outright that it is of an earlier time, whatever day is named: last year."""
    gathering: bool
    """A summit, conference or session is named behind the word."""
    split: bool
    """Each counterpart was met separately."""
    of_relations: bool = False
    """What was signed is the paper by which relations begin: told behind them."""
    together: bool = False
    """The sentence says that several were met at one time."""
    delegates: bool = False
    """The counterparts are named by country or body, as its leaders or ministers."""
    numbered: bool = False
    """Told with its number, as meetings of a series are: 第十七次会议, "2+2"."""
    members: bool = False
    """Leaders or ministers of a body meet: "the foreign ministers of ASEAN met"."""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All that take part, the inviter aside."""
        return self.first + self.second
