"""An event while it is being put together from frames: who takes part in which role, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.extract.frame_model import Frame
from app.extract.model import Argument, Mention, MentionKind, Zone
from app.records import EventStatus, EventType, Level, Mode, Role

OPEN = 60
"""So many events last told may be told of again: a text with more is no article."""


_MANY = 4
"""So many who present credentials at one ceremony are one event."""


PERSONAL = (MentionKind.person, MentionKind.office)


TALKS = frozenset(
    {EventType.meeting, EventType.phone_call, EventType.video_call, EventType.negotiation, EventType.conference}
)


_CALLS = frozenset({EventType.phone_call, EventType.video_call})


ONE_SIDED = frozenset({EventType.expulsion, EventType.recall, EventType.severance, EventType.sanction})
"""What one state does by itself; the others may be left unnamed (the ambassadors of seven countries)."""


SAID = frozenset({EventType.statement, EventType.rejection})
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
    def sides(self) -> set[str]:
        """Parties of either kind."""
        held = [a.mention for a in (*self.people.values(), *self.parties.values())]
        named = {self.destination, *[m.country for m in held], *[m.organization for m in held]}
        return {one for one in named if one}

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
            yield Argument(mention, Role.guest if _presents(mention) else Role.host)
        return
    if frame.trigger.hosting:
        first = Role.host
    for mention in frame.first:
        yield Argument(mention, first)
    for mention in frame.second:
        yield Argument(mention, second)
    if frame.trigger.layout == "visits":
        for mention in frame.inviter:
            if not frame.destinations or mention.country in frame.destinations:
                yield Argument(mention, Role.host)


def _sides_of_people(occurrence: Occurrence) -> set[str | None]:
    return {a.mention.country or a.mention.organization for a in occurrence.people.values()}


def take_up(occurrence: Occurrence, frame: Frame) -> None:
    """Adds a frame, with those who take part in it, to an event."""
    if frame.trigger.type in _CALLS and occurrence.frames and all(f.trigger.topic for f in occurrence.frames):
        occurrence.type, occurrence.mode = frame.trigger.type, frame.trigger.mode  # "discussed …", and further on how
    elif frame.trigger.type in _CALLS and frame.zone is Zone.headline and occurrence.type is EventType.meeting:
        occurrence.type, occurrence.mode = frame.trigger.type, frame.trigger.mode  # "A calls B", and they "exchanged"
    elif occurrence.mode is None and frame.trigger.type is occurrence.type:
        occurrence.mode = frame.trigger.mode  # "protested", and further on that the envoy was summoned
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
        elif mention.kind is MentionKind.organization and len(_sides_of_people(occurrence)) > 1:
            continue  # "met at the G20": where people of two sides are named, a body beside them is the setting
        elif mention.kind is not MentionKind.group:
            occurrence.parties.setdefault(mention.key, argument)


_ONE_STATE = {"CN", "HK", "MO"}
"""Parties that are one state: what they do among themselves is at home."""


def is_event(occurrence: Occurrence) -> bool:
    """Whether two parties took part: talks at home, between people of one country, are none."""
    sides = len(occurrence.countries) + len(occurrence.organizations)
    kind = occurrence.type
    if occurrence.sides <= _ONE_STATE:
        sides = min(sides, 1)
    if kind is EventType.visit:
        guests = {
            a.mention.country or a.mention.organization
            for a in (*occurrence.people.values(), *occurrence.parties.values())
            if a.role is Role.guest
        }
        return (
            occurrence.destination is not None
            and bool(guests - {occurrence.destination, None})
            and not _posted(occurrence)
        )
    if kind in ONE_SIDED:
        return sides >= 1 and (sides >= 2 or occurrence.main.lead)
    if kind in SAID:  # who "dismissed claims" about himself turned nobody away
        return sides >= (2 if all(f.trigger.layout == "against" for f in occurrence.frames) else 1)
    if kind in TALKS and any(f.members for f in occurrence.frames):
        return True
    if kind is EventType.conference:
        alone = bool(occurrence.people) or occurrence.main.trigger.hosting
        return sides >= 2 or (sides == 1 and alone)
    return sides >= 2


def _presents(mention: Mention) -> bool:
    """Whether somebody presents credentials: an ambassador, or the state that sent one who is not named."""
    return mention.level in (Level.ambassador, Level.envoy) or mention.kind not in PERSONAL


def _posted(occurrence: Occurrence) -> bool:
    """Whether ambassadors only arrive at their post."""
    guests = [a.mention for a in occurrence.people.values() if a.role is Role.guest]
    envoys = bool(guests) and all(m.office in ("ambassador", "consul-general") for m in guests)
    return envoys and all(f.trigger.arrival for f in occurrence.frames)


def _visits_of(frame: Frame) -> list[Frame]:
    """One visit for each country of a tour, or for each guest where those of several countries come separately."""
    if len(frame.destinations) > 1:
        return [replace(frame, destinations=(d,)) for d in frame.destinations]
    lands = {m.country for m in frame.first if m.kind in PERSONAL}
    return [replace(frame, first=(m,)) for m in frame.first] if len(lands) == len(frame.first) > 1 else [frame]


def split_frame(frame: Frame) -> list[Frame]:
    """One frame a counterpart where each was met separately, and one a country of a tour."""
    if frame.trigger.layout == "visits" and (len(frame.destinations) > 1 or frame.split):
        return _visits_of(frame)
    if frame.trigger.layout == "presents" and 1 < len(guests := [m for m in frame.mentions if _presents(m)]) < _MANY:
        hosts = tuple(m for m in frame.mentions if not _presents(m))
        return [replace(frame, first=(m,), second=hosts) for m in guests] if hosts else [frame]
    if frame.trigger.type is EventType.recall and len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    if not (frame.split or _one_by_one(frame)) or frame.trigger.type not in TALKS:
        return _by_letter(frame) if frame.trigger.layout == "sends" and not frame.together else [frame]
    if len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    return [replace(frame, first=(m,)) for m in frame.first] if frame.second else [frame]


def _by_letter(frame: Frame) -> list[Frame]:
    """One frame a letter: one for each state that was written to, or that wrote. Two of one state write together."""
    senders, recipients = _by_party(frame.first), _by_party(frame.second)
    if len(recipients) > 1 and len(senders) == 1:
        return [replace(frame, second=to) for to in recipients]
    if len(senders) > 1 and len(recipients) == 1:
        return [replace(frame, first=by) for by in senders]
    return [frame]


def _by_party(mentions: Sequence[Mention]) -> list[tuple[Mention, ...]]:
    parties = dict.fromkeys(m.country or m.organization for m in mentions)
    return [tuple(m for m in mentions if (m.country or m.organization) == party) for party in parties]


_PAIR = 2
_HEADS = {Level.head_of_state, Level.head_of_government, Level.legislature, Level.party}
"""Those of one country who hold offices as high as these receive a guest one after the other."""
_LEADING_BOTH = {Level.head_of_state, Level.head_of_government}
"""Who is told to have met both of a country went from one to the next, and to its ministers too."""


def _one_by_one(frame: Frame) -> bool:
    """Whether people of several countries were received or called: each by himself, unless the words say otherwise."""
    guests = [m for m in frame.second if m.kind in PERSONAL]
    called = frame.trigger.type is EventType.phone_call and not frame.trigger.noun and len(frame.first) == 1
    alone = (called or frame.trigger.layout in ("receives", "received")) and len(guests) == len(frame.second)
    ranks = [m.level for m in guests]
    if not frame.together and len(guests) == len(frame.second) > 1 and frame.trigger.layout != "sends":
        both = set(ranks) >= _LEADING_BOTH
        high = len(set(ranks)) == len(ranks) and set(ranks) <= _HEADS
        apart = len({m.country for m in guests}) == 1 and (both or high)
        if apart and len({m.country or m.organization for m in frame.first}) == 1 and not frame.trigger.weak:
            return len(frame.first) == 1
    return alone and not frame.together and len({m.country or m.organization for m in guests}) == len(guests) > 1


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
    held = (o for o in events if o is not occurrence and o.type is not EventType.visit)
    return any(people & set(o.people) and occurrence.destination not in o.countries for o in held)


_FACE_TO_FACE = TALKS | {EventType.visit, EventType.credentials}


def said_at_talks(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """Congratulations that were only spoken, between parties whose talks are told: part of those, no message."""
    if occurrence.type is EventType.statement and all(f.trigger.layout == "states" for f in occurrence.frames):
        before = (o for o in events if o.type in TALKS and o.main.start < occurrence.main.start)
        return any(occurrence.sides <= o.sides and o.status is EventStatus.occurred for o in before)
    if not all(f.trigger.spoken for f in occurrence.frames):
        return False
    held = (o for o in events if o.type in _FACE_TO_FACE and o.status is occurrence.status)
    return any(occurrence.sides <= o.sides for o in held)


def told_more_fully(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """An act of one side that names nobody else, beside one that says against whom: the same act."""
    if occurrence.type not in ONE_SIDED:
        return False
    return any(o.type is occurrence.type and occurrence.sides < o.sides for o in events)


def told_one_by_one(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """Talks with several that only the headline tells together, where the body tells of each by himself."""
    people = set(occurrence.people)
    if (
        len(people) <= _PAIR
        or occurrence.type not in TALKS
        or any(f.zone is not Zone.headline for f in occurrence.frames)
    ):
        return False
    apart = [set(o.people) for o in events if o.type in TALKS and set(o.people) < people]
    return people == set().union(*apart)


def goes_on(frame: Frame) -> bool:
    """ "The talks will take place with A and B taking part": who is there, of talks told with their parties."""
    present = all(m.kind is MentionKind.person for m in frame.first) and not frame.second
    return frame.trigger.layout == "held" and frame.trigger.type in TALKS and bool(frame.first) and present


def is_echo(frame: Frame) -> bool:
    """A bare noun for talks, with nobody beside it."""
    weak = frame.trigger.weak and frame.trigger.type in TALKS
    return weak and not frame.mentions and not frame.background and frame.zone is Zone.body
