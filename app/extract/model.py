"""What the steps of the extraction hand to each other.

All offsets are code points of `Text.plain`, the text that the steps read; `Text.span` turns them into
evidence in the text as given. Nothing here knows a language.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from enum import StrEnum

from app.extract.valueclass import valueclass
from app.records import EventStatus, EventType, Level, Mode, PartOfDay, Precision, Role, Span


class Zone(StrEnum):
    """What part of the page a sentence belongs to."""

    headline = "headline"
    body = "body"
    caption = "caption"
    other = "other"
    """Navigation, bylines, related stories, boilerplate: never a source of events."""


@valueclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` counts from 0 over the whole text."""

    index: int
    start: int
    end: int
    paragraph: int
    zone: Zone


@valueclass(frozen=True, slots=True)
class Text:
    """An article's text, ready to be read.

    `plain` is NFC and folded by the language pack without changing its length (traditional to simplified
    Chinese, tone placement in Vietnamese, full-width digits); `low` is `plain` in lower case, same length.
    """

    given: str
    plain: str
    low: str
    offsets: tuple[int, ...] | None
    """Position in `given` of each character of `plain` (and of its end); None where they are the same."""
    sentences: tuple[Sentence, ...] = ()
    starts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Where the sentences begin."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple([s.start for s in self.sentences]))

    def given_at(self, position: int) -> int:
        """Where a position of `plain` is in the text as given."""
        return position if self.offsets is None else self.offsets[position]

    def quote(self, start: int, end: int) -> str:
        """The words of `plain[start:end]` as they are given."""
        return self.given[self.given_at(start) : self.given_at(end)]

    def span(self, start: int, end: int) -> Span:
        """Evidence for `plain[start:end]`: always `given[span.start:span.end] == span.quote`."""
        if self.offsets is not None:
            start, end = self.offsets[start], self.offsets[end]
        return Span(start=start, end=end, quote=self.given[start:end])

    def sentence_number(self, position: int) -> int:
        """The index of that sentence, -1 where there is none."""
        number = bisect_right(self.starts, position) - 1
        return number if number >= 0 and position < self.sentences[number].end else -1

    def sentence_at(self, position: int) -> Sentence | None:
        """The sentence that holds a position, if any."""
        number = self.sentence_number(position)
        return self.sentences[number] if number >= 0 else None


class MentionKind(StrEnum):
    """What a mention stands for."""

    person = "person"
    """Somebody named, or bound to somebody named (a later title, a pronoun)."""
    office = "office"
    """An office without a name that could not be bound to one: the Thai foreign minister."""
    country = "country"
    organization = "organization"
    group = "group"
    """Both sides, the two leaders: all parties of the event being told."""


@valueclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that stands for an actor, resolved."""

    kind: MentionKind
    start: int
    """Of the whole phrase, title and country included."""
    end: int
    sentence: int
    key: str
    """Same key, same actor: the actor id, else `name:<as written>`, `country:VN`, `org:asean`, `group`."""
    actor_id: str | None = None
    name: str | None = None
    """Usual Latin-script name, else as written."""
    written: str | None = None
    """The name as this article writes it in full."""
    country: str | None = None
    organization: str | None = None
    office: str | None = None
    """Office id of the title, where the lexicon knows it."""
    title: str | None = None
    """English title."""
    level: Level | None = None
    pronoun: bool = False
    """Whether the words alone do not name the actor (he, the Prime Minister, both sides)."""
    former: bool = False
    """A former holder of the office (nguyên, cựu, 前, former)."""
    posted: str | None = None
    """The country that an envoy is sent to, where the phrase tells it."""


@valueclass(frozen=True, slots=True)
class PartialDate:
    """A date of which any part may be open."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@valueclass(frozen=True, slots=True)
class DateExpression:
    """A date as written: absolute parts, or a shift from the day of publication or of the event before.

    Examples: `29/3` -> first = last = (None, 3, 29); `19 và 20-6` -> (None, 6, 19)..(None, 6, 20);
    `hôm qua` -> shift_days = -1; `thứ Ba` -> weekday = 1; `cùng ngày` -> same_day = True;
    `tuần trước` -> shift_days = -7 with precision None (then only a bound); `thứ Ba tuần trước` -> weekday = 1 and
    shift_days = -7: Tuesday of the week that is meant.
    """

    start: int
    end: int
    first: PartialDate = PartialDate()
    last: PartialDate = PartialDate()
    weekday: int | None = None
    """0 = Monday."""
    direction: int = 0
    """-1 last Tuesday, +1 next Tuesday, 0 not said."""
    shift_days: int | None = None
    same_day: bool = False
    shift_from_event: bool = False
    """`shift_days` counts from the day of the event told before (the following day), not from publication."""
    shift_months: int | None = None
    """Months from the month of publication: `tháng trước`, `本月5日`; the month stays open in `first`."""
    shift_years: int | None = None
    """Years from the year of publication: `năm ngoái`, `今年3月`; the year stays open in `first`."""
    other: PartialDate | None = None
    """The other reading of an all-number date whose order is open: `07/08/2022`."""
    part_of_day: PartOfDay | None = None
    precision: Precision | None = Precision.day
    rule: str = ""
    """Name of the rule that read it."""
    of_report: bool = False
    """Whether it tells, behind an event, when somebody said so: "met in Lima, the ministry said |Friday"."""


@valueclass(frozen=True, slots=True)
class PlaceHit:
    """A place the text names."""

    start: int
    end: int
    place_id: str | None
    country: str | None
    venue: bool = False
    city_only: bool = False
    """The event took place in the city of this venue, not in the venue itself."""


@valueclass(frozen=True, slots=True)
class OccasionHit:
    """A summit or conference the text names; which edition it is stays open until the year is known."""

    start: int
    end: int
    series: str | None
    """Of the knowledge base; None for one that it does not hold."""
    number: int | None = None
    year: int | None = None


@valueclass(frozen=True, slots=True)
class Reading:
    """All that the text names, in order of appearance."""

    mentions: tuple[Mention, ...]
    places: tuple[PlaceHit, ...]
    occasions: tuple[OccasionHit, ...]


@valueclass(frozen=True, slots=True)
class Argument:
    """A mention in its part of an event."""

    mention: Mention
    role: Role


@valueclass(frozen=True, slots=True)
class Rejection:
    """A word for an event that made none."""

    start: int
    end: int
    reason: str
    """Why not, in plain words."""


@valueclass(frozen=True, slots=True)
class Draft:
    """An event while it is being put together: everything but date and commitments resolved."""

    type: EventType
    status: EventStatus
    mode: Mode | None
    arguments: tuple[Argument, ...]
    countries: tuple[str, ...]
    organizations: tuple[str, ...]
    trigger: tuple[int, int]
    """The words that name the event."""
    triggers: tuple[tuple[int, int], ...]
    """All such words in the article."""
    sentence: int
    """Sentence of the first full mention in the body, else of the headline."""
    sentences: tuple[int, ...]
    """The event's own stretch: indices of the sentences that tell about it."""
    date: DateExpression | None = None
    """The date expression that belongs to it; None: none of its own."""
    place: PlaceHit | None = None
    occasion: OccasionHit | None = None
    destination: str | None = None
    """ISO code of the country visited."""
    dateline: PlaceHit | None = None
    """The place the report is filed from."""
    visits: tuple[tuple[str, str], ...] = ()
    """Visits the article speaks of: the guest's country and the country visited."""
    lead: bool = False
    """Whether headline or lead tell it, or nothing comes before it."""

    @property
    def parties(self) -> tuple[str, ...]:
        """ISO codes and organisation ids of the parties."""
        return self.countries + self.organizations
