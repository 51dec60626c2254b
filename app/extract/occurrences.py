"""An event while it is being put together from frames: who takes part in which role, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.extract.frame_model import Frame
from app.extract.model import (
    Argument,
    DateExpression,
    MentionKind,
    Zone,
)
from app.records import EventStatus, EventType, Level, Mode, Role

_WEEK = 7


OPEN = 60
"""So many events last told may be told of again: a text with more is no article."""


PERSONAL = (MentionKind.person, MentionKind.office)


TALKS = frozenset(
    {EventType.meeting, EventType.phone_call, EventType.video_call, EventType.negotiation, EventType.conference}
)


_ONE_SIDED = frozenset({EventType.expulsion, EventType.recall, EventType.severance, EventType.sanction})
"""What one state does by itself; the others may be left unnamed (the ambassadors of seven countries)."""


_SAID = frozenset({EventType.statement, EventType.rejection})
"""What one side says or refuses; told of only where the article is about it."""


_ROLES: dict[str, tuple[Role, Role]] = {
    "receives": (Role.host, Role.guest),
    "at_home": (Role.host, Role.guest),
    "received": (Role.guest, Role.host),
    "visits": (Role.guest, Role.host),
    "sends": (Role.sender, Role.recipient),
    "receives_message": (Role.recipient, Role.sender),
    "presents": (Role.guest, Role.host),
    "signs": (Role.signatory, Role.signatory),
    "against": (Role.participant, Role.target),
    "gives": (Role.participant, Role.recipient),
    "mediates": (Role.mediator, Role.participant),
}


@dataclass
class Occurrence:
    """An event while frames are still being added to it."""

    type: EventType
    mode: Mode | None
    status: EventStatus
    frames: list[Frame] = field(default_factory=list)
    people: dict[str, Argument] = field(default_factory=dict)
    parties: dict[str, Argument] = field(default_factory=dict)
    """Country and body participants, by key."""
    destination: str | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        """Parties that are states, in order of appearance."""
        held = [a.mention.country for a in (*self.people.values(), *self.parties.values())]
        return tuple(dict.fromkeys(c for c in (*held, self.destination) if c))

    @property
    def organizations(self) -> tuple[str, ...]:
        """Parties that are bodies."""
        held = [a.mention.organization for a in (*self.people.values(), *self.parties.values())]
        return tuple(dict.fromkeys(o for o in held if o))

    @property
    def sentence(self) -> int:
        """The sentence that first tells it in full: in the body if it is there."""
        body = [f.sentence for f in self.frames if f.zone is Zone.body]
        return body[0] if body else self.frames[0].sentence

    @property
    def main(self) -> Frame:
        """The frame that first tells it in full."""
        return next(f for f in self.frames if f.sentence == self.sentence)


def _arguments(frame: Frame) -> Iterator[Argument]:
    first, second = _ROLES.get(frame.trigger.layout, (Role.participant, Role.participant))
    if frame.trigger.layout == "presents":
        for mention in frame.mentions:
            yield Argument(mention, Role.guest if mention.level is Level.ambassador else Role.host)
        return
    for mention in frame.first:
        yield Argument(mention, first)
    for mention in frame.second:
        yield Argument(mention, second)
    if frame.trigger.layout == "visits":
        for mention in frame.inviter:
            if not frame.destinations or mention.country in frame.destinations:
                yield Argument(mention, Role.host)


def _sides(occurrence: Occurrence) -> set[str | None]:
    return {a.mention.country or a.mention.organization for a in occurrence.people.values()}


def take_up(occurrence: Occurrence, frame: Frame) -> None:
    """Adds a frame, with those who take part in it, to an event."""
    occurrence.frames.append(frame)
    occurrence.destination = occurrence.destination or next(iter(frame.destinations), None)
    for argument in _arguments(frame):
        mention = argument.mention
        if mention.kind is MentionKind.person:
            known = occurrence.people.get(mention.key)
            if known is None or (known.mention.pronoun and not mention.pronoun):
                role = known.role if known and known.role is not Role.participant else argument.role
                occurrence.people[mention.key] = Argument(mention, role)
            elif known.role is Role.participant:
                occurrence.people[mention.key] = Argument(known.mention, argument.role)
        elif mention.kind is MentionKind.organization and len(_sides(occurrence)) > 1:
            continue  # "met at the G20": where people of two sides are named, a body beside them is the setting
        elif mention.kind is not MentionKind.group:
            occurrence.parties.setdefault(mention.key, argument)


def is_event(occurrence: Occurrence) -> bool:
    """Whether two parties took part: talks at home, between people of one country, are none."""
    sides = len(occurrence.countries) + len(occurrence.organizations)
    kind = occurrence.type
    if kind is EventType.visit:
        guests = {
            a.mention.country or a.mention.organization
            for a in (*occurrence.people.values(), *occurrence.parties.values())
            if a.role is Role.guest
        }
        return occurrence.destination is not None and bool(guests - {occurrence.destination, None})
    if kind in _ONE_SIDED:
        return sides >= 1 and (sides >= 2 or occurrence.main.lead)
    if kind in _SAID:  # who "dismissed claims" about himself turned nobody away
        return sides >= (2 if all(f.trigger.layout == "against" for f in occurrence.frames) else 1)
    if kind in TALKS and any(f.members for f in occurrence.frames):
        return True
    if kind is EventType.conference:
        return sides >= 2 or (sides == 1 and bool(occurrence.people))
    return sides >= 2


def split_frame(frame: Frame) -> list[Frame]:
    """One frame a counterpart where each was met separately, and one a country of a tour."""
    if len(frame.destinations) > 1:
        return [replace(frame, destinations=(d,)) for d in frame.destinations]
    if frame.trigger.layout == "presents" and 1 < len(frame.first) < 4 and frame.second:
        return [replace(frame, first=(m,)) for m in frame.first]
    if frame.trigger.type is EventType.recall and len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    if not (frame.split or _one_by_one(frame)) or frame.trigger.type not in TALKS:
        return [frame]
    if len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    return [replace(frame, first=(m,)) for m in frame.first] if frame.second else [frame]


def _one_by_one(frame: Frame) -> bool:
    """Whether people of several countries were received: each by himself, unless the words say otherwise."""
    guests = [m for m in frame.second if m.kind is MentionKind.person]
    alone = frame.trigger.layout in ("receives", "received") and len(guests) == len(frame.second)
    return alone and not frame.together and len({m.country or m.organization for m in guests}) == len(guests) > 1


def _kind_fits(one: EventType, other: EventType, *, same_people: bool) -> bool:
    """A call may be called a meeting further down, but a visit or a signing stays its own."""
    if one is other:
        return True
    return (
        same_people
        and {one, other} <= TALKS
        and (EventType.meeting in (one, other) or EventType.negotiation in (one, other))
    )


def same_ones(
    occurrences: Sequence[Occurrence], frame: Frame, dates: dict[int, DateExpression | None]
) -> list[Occurrence]:
    """Those of the occurrences already known that a frame tells of."""
    if frame.trigger.type is EventType.visit:
        return [o for o in occurrences if _same_visit(o, frame)]
    people = {m.key for m in frame.mentions if m.kind is MentionKind.person}
    sides = {m.country or m.organization for m in frame.mentions}
    return [
        o
        for o in occurrences
        if (_same_gathering(o, frame) or (_same_parties(o, people, sides) and _same_kind(o, frame, people)))
        and dates_agree(o, frame, dates)
    ]


def _same_kind(occurrence: Occurrence, frame: Frame, people: set[str]) -> bool:
    same_people = len(people) > 1 and people <= occurrence.people.keys()
    if frame.zone is Zone.headline and people <= occurrence.people.keys():  # "A, B hold talks": the body says, a call
        same_people |= {m.country or m.organization for m in frame.mentions} == _all_sides(occurrence)
    return _kind_fits(occurrence.type, frame.trigger.type, same_people=same_people)


def _all_sides(occurrence: Occurrence) -> set[str]:
    return {*occurrence.countries, *occurrence.organizations}


def _same_parties(occurrence: Occurrence, people: set[str], sides: set[str | None]) -> bool:
    known = occurrence.people.keys()
    if people and known:
        return not known.isdisjoint(people) and (people <= known or known <= people)
    return bool(sides) and sides <= _all_sides(occurrence)


def _same_gathering(occurrence: Occurrence, frame: Frame) -> bool:
    """A summit said to have opened, and whoever attends it."""
    if occurrence.type is not EventType.conference or frame.trigger.type is not EventType.conference:
        return False
    return any(f.members or f.trigger.layout == "held" for f in (*occurrence.frames, frame))


def _same_visit(occurrence: Occurrence, frame: Frame) -> bool:
    if occurrence.type is not EventType.visit:
        return False
    guests = {m.key for m in frame.first}
    known = set(occurrence.people) | set(occurrence.parties)
    place = not frame.destinations or occurrence.destination in frame.destinations
    unnamed = all(m.kind is not MentionKind.person for m in frame.first) or not occurrence.people
    same_country = unnamed and {m.country for m in frame.first} <= set(occurrence.countries)
    return place and (not guests or bool(guests & known) or same_country)


def _parts_differ(one: DateExpression | None, other: DateExpression | None) -> bool:
    """Morning and afternoon: two occasions, even with the same people."""
    return bool(one and other and one.part_of_day and other.part_of_day and one.part_of_day is not other.part_of_day)


def dates_agree(occurrence: Occurrence, frame: Frame, dates: dict[int, DateExpression | None]) -> bool:
    """Whether the days that an event and a frame name can be the same."""
    own = dates.get(frame.start)
    if own is None:
        return True
    for other in occurrence.frames[:OPEN]:
        theirs = dates.get(other.start)
        if _parts_differ(own, theirs) or _spans_differ(own, theirs):
            return False
        if theirs and _days(own) and _days(theirs) and not _overlap(own, theirs):
            return False
        if theirs and _weekdays_differ(own, theirs):
            return False
    return True


def _weekdays_differ(one: DateExpression, other: DateExpression) -> bool:
    """Tuesday is not Wednesday, where nothing else is said of either."""
    if one.weekday is None or other.weekday is None or one.weekday == other.weekday or one.direction != other.direction:
        return False
    return all(d.first.day is None and not d.shift_days for d in (one, other))


def _spans_differ(one: DateExpression | None, other: DateExpression | None) -> bool:
    """Last week is not this morning."""
    if one is None or other is None or one.shift_days is None or other.shift_days is None:
        return False
    week = [d for d in (one, other) if d.precision is None]
    return len(week) == 1 and abs(one.shift_days - other.shift_days) > _WEEK - 1 and week[0].shift_days != 0


def _days(expression: DateExpression) -> bool:
    return expression.first.day is not None and expression.first.month is not None


def _overlap(one: DateExpression, other: DateExpression) -> bool:
    a = ((one.first.month or 0, one.first.day or 0), (one.last.month or 0, one.last.day or 0))
    b = ((other.first.month or 0, other.first.day or 0), (other.last.month or 0, other.last.day or 0))
    return a[0] <= b[1] and b[0] <= a[1]


def too_few_parties(occurrence: Occurrence) -> str:
    """Why an occurrence is no event between states."""
    parties = " ".join((*occurrence.countries, *occurrence.organizations)) or "none"
    if occurrence.type is EventType.visit and occurrence.destination is None:
        return f"no country visited is named (parties: {parties})"
    return f"fewer than two parties ({parties})"


def on_the_way(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """Arriving where talks with others are held, in a country that is no party: part of those talks, no visit."""
    if not all(f.trigger.arrival for f in occurrence.frames):
        return False
    people = set(occurrence.people)
    return any(
        o is not occurrence and people & set(o.people) and occurrence.destination not in o.countries for o in events
    )


_FACE_TO_FACE = TALKS | {EventType.visit, EventType.credentials}


def said_at_talks(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """Congratulations that were only spoken, between parties whose talks are told: part of those, no message."""
    if not all(f.trigger.spoken for f in occurrence.frames):
        return False
    return any(o.type in _FACE_TO_FACE and _all_sides(occurrence) <= _all_sides(o) for o in events)


def told_more_fully(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """An act of one side that names nobody else, beside one that says against whom: the same act."""
    if occurrence.type not in _ONE_SIDED:
        return False
    return any(o.type is occurrence.type and _all_sides(occurrence) < _all_sides(o) for o in events)


def is_echo(frame: Frame) -> bool:
    """A bare noun for talks, with nobody beside it."""
    weak = frame.trigger.weak and frame.trigger.type in TALKS
    return weak and not frame.mentions and not frame.background and frame.zone is Zone.body
