"""Frames of one occurrence to one event: who took part in which role, which sentences tell about it, date and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from app.extract.frames import LEAD, Cues, Frame, cues_of
from app.extract.mentions import Reading
from app.extract.model import (
    Argument,
    DateExpression,
    Draft,
    Mention,
    MentionKind,
    OccasionHit,
    PartialDate,
    PlaceHit,
    Rejection,
    Text,
    Zone,
)
from app.extract.pack import Pack
from app.records import EventStatus, EventType, Level, Mode, Precision, Role

_DATELINE = 30
"""So far into the first sentence the place it is filed from may stand."""
_OPEN = 60
"""So many events last told may be told of again: a text with more is no article."""
_NEAR_YEAR = 60
"""So many characters between an event word and a year that belongs to it."""
_PERSONAL = (MentionKind.person, MentionKind.office)
TALKS = frozenset(
    {EventType.meeting, EventType.phone_call, EventType.video_call, EventType.negotiation, EventType.conference}
)

_ONE_SIDED = frozenset({EventType.expulsion, EventType.recall, EventType.severance, EventType.sanction})
"""What one state does by itself; the others may be left unnamed (the ambassadors of seven countries)."""

_SAID = frozenset({EventType.statement, EventType.rejection})
"""What one side says or refuses; told of only where the article is about it."""

_ROLES: dict[str, tuple[Role, Role]] = {
    "receives": (Role.host, Role.guest),
    "received": (Role.guest, Role.host),
    "visits": (Role.guest, Role.host),
    "sends": (Role.sender, Role.recipient),
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


def _add(occurrence: Occurrence, frame: Frame) -> None:
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


def _is_event(occurrence: Occurrence) -> bool:
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
    if kind in _SAID:
        return sides >= 1
    if kind is EventType.conference:
        return sides >= 2 or (sides == 1 and bool(occurrence.people))
    return sides >= 2


def _split(frame: Frame) -> list[Frame]:
    """One frame a counterpart where each was met separately, and one a country of a tour."""
    if len(frame.destinations) > 1:
        return [replace(frame, destinations=(d,)) for d in frame.destinations]
    if frame.trigger.layout == "presents" and 1 < len(frame.first) < 4 and frame.second:
        return [replace(frame, first=(m,)) for m in frame.first]
    if frame.trigger.type is EventType.recall and len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    if not frame.split or frame.trigger.type not in TALKS:
        return [frame]
    if len(frame.second) > 1:
        return [replace(frame, second=(m,)) for m in frame.second]
    return [replace(frame, first=(m,)) for m in frame.first] if frame.second else [frame]


def _kind_fits(one: EventType, other: EventType, *, same_people: bool) -> bool:
    """A call may be called a meeting further down, but a visit or a signing stays its own."""
    if one is other:
        return True
    return (
        same_people
        and {one, other} <= TALKS
        and (EventType.meeting in (one, other) or EventType.negotiation in (one, other))
    )


def _same(occurrence: Occurrence, frame: Frame, dates: dict[int, DateExpression | None]) -> bool:
    """Whether a frame tells of an occurrence already known."""
    if frame.trigger.type is EventType.visit:
        return _same_visit(occurrence, frame)
    people = {m.key for m in frame.mentions if m.kind is MentionKind.person}
    known = set(occurrence.people)
    if not _kind_fits(occurrence.type, frame.trigger.type, same_people=people <= known and len(people) > 1):
        return False
    if not _dates_agree(occurrence, frame, dates):
        return False
    if people and known:
        shared = people & known
        rest, other = people - known, known - people
        return bool(shared) and (not rest or not other)
    sides = {m.country or m.organization for m in frame.mentions}
    return bool(sides) and sides <= {*occurrence.countries, *occurrence.organizations}


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


def _dates_agree(occurrence: Occurrence, frame: Frame, dates: dict[int, DateExpression | None]) -> bool:
    own = dates.get(frame.start)
    for other in occurrence.frames[:_OPEN]:
        theirs = dates.get(other.start)
        if _parts_differ(own, theirs):
            return False
        if own and theirs and _days(own) and _days(theirs) and not _overlap(own, theirs):
            return False
        if own and theirs and _weekdays_differ(own, theirs):
            return False
    return True


def _weekdays_differ(one: DateExpression, other: DateExpression) -> bool:
    """Tuesday is not Wednesday, where nothing else is said of either."""
    bare = all(d.weekday is not None and d.first.day is None and not d.shift_days for d in (one, other))
    return bare and one.direction == other.direction and one.weekday != other.weekday


def _days(expression: DateExpression) -> bool:
    return expression.first.day is not None and expression.first.month is not None


def _overlap(one: DateExpression, other: DateExpression) -> bool:
    a = ((one.first.month or 0, one.first.day or 0), (one.last.month or 0, one.last.day or 0))
    b = ((other.first.month or 0, other.first.day or 0), (other.last.month or 0, other.last.day or 0))
    return a[0] <= b[1] and b[0] <= a[1]


def _lacks(frame: Frame, dated: bool, repeated: bool) -> str | None:
    """What a frame lacks to make an event of its own; None where it names enough.

    `dated`: its sentence gives a day, so that "earlier, on the evening of the 12th" is told as news; `repeated`: the
    headline already says that this kind of event is what the article is about.
    """
    if frame.group:
        return "says only that both sides did it, and no event it could belong to is told"
    if frame.background and not dated:
        return "background, by the words before it, and without a day"
    if frame.trigger.layout == "visiting":
        return "says who was visiting, not that a visit took place"
    if frame.trigger.weak and not _told_by_noun(frame, dated, repeated):
        return "a noun, neither in the lead nor with a day and people on both sides"
    return None if _names_enough(frame) else f"names too few for `{frame.trigger.layout}`"


def _names_enough(frame: Frame) -> bool:
    """Whether those are named whom the layout of the event word asks for."""
    people = [m for m in frame.mentions if m.kind in _PERSONAL]
    counterpart = frame.delegates or any(m.kind in _PERSONAL for m in frame.second)
    match frame.trigger.layout:
        case "visits":
            enough = bool(frame.destinations and frame.first and (people or not frame.trigger.arrival))
        case "states":
            enough = frame.lead and any(m.kind not in _PERSONAL for m in frame.first)
        case "gives":
            enough = frame.lead and bool(frame.first and frame.second)  # further down it is a commitment of the talks
        case "mediates":
            enough = bool(frame.first and frame.second)
        case "joint" | "against" | "signs":
            enough = bool(frame.first)
        case "receives" | "received" if not counterpart:
            enough = False
        case "attends":
            enough = bool(frame.lead and frame.gathering and people)
        case "presents":
            enough = any(m.level is Level.ambassador for m in people)
        case "sends":
            enough = bool(people)
        case _:
            enough = bool(frame.first and frame.second and (people or frame.lead))
    return enough


def _told_by_noun(frame: Frame, dated: bool, repeated: bool) -> bool:
    """Whether a bare noun ("in the talks with B, A said") tells an event of its own: in the lead, or with a day."""
    if frame.trigger.type is EventType.recognition:
        return frame.lead and bool(frame.first) and bool(frame.second)
    if frame.trigger.type not in TALKS:
        return repeated or (frame.lead and frame.trigger.type is EventType.visit)
    sides = [{m.kind in _PERSONAL for m in side} for side in (frame.first, frame.second)]
    return sides[0] == sides[1] and (frame.lead or ((dated or repeated) and sides[0] == {True}))


def _dated(
    text: Text, frames: Sequence[Frame], dates: Sequence[DateExpression], pack: Pack
) -> dict[int, DateExpression | None]:
    """For each frame (by its start) the date expression of its sentence that belongs to it."""
    found: dict[int, DateExpression | None] = {}
    told = _by_sentence(text, dates)
    for frame in frames:
        here = [d for d in told.get(frame.sentence, ()) if _useful(d) and not _reported(text, d, pack)]
        own = _nearest_date(frame, _own_dates(text, frame, here, cues_of(pack)["date_of_other"]))
        found[frame.start] = _meant(text, own, dates) if own and own.same_day else own
    return found


def _by_sentence(text: Text, dates: Sequence[DateExpression]) -> dict[int, list[DateExpression]]:
    """The dates that begin in each sentence, by its index."""
    told: dict[int, list[DateExpression]] = {}
    for expression in dates:
        sentence = text.sentence_at(expression.start)
        if sentence is not None:
            told.setdefault(sentence.index, []).append(expression)
    return told


def _own_dates(
    text: Text, frame: Frame, here: Sequence[DateExpression], others: tuple[str, ...]
) -> list[DateExpression]:
    """The dates of a sentence that may be the frame's: not the one it is filed on where another stands near, nor what
    "since" or "after" sets it off from ("the first visit since the election in May")."""
    own = [d for d in here if not (d.start > frame.end and _set_off(text.low[frame.end : d.start], others))]
    if any(d.start >= frame.end for d in own):  # "…on June 27, and B is to meet him in July"
        own = [d for d in own if d.start >= frame.end or not _clause_ends(text.low[d.end : frame.start])]
    near = [d for d in own if not _files(text, d) and d.start - frame.end < _NEAR_YEAR]
    return near if len(near) < len(own) and near else own


def _clause_ends(gap: str) -> bool:
    """Whether a clause of its own begins between a date and an event word."""
    return ", and " in gap or "; " in gap


def _set_off(gap: str, others: tuple[str, ...]) -> bool:
    """Whether a word such as "since" or "ahead of" stands between an event word and a date."""
    return any(w in others for w in gap.split())


def _files(text: Text, expression: DateExpression) -> bool:
    """Whether a date is that of the line a report begins with: "CAIRO - 26 July 2022: …", "(Hanoi, 4 May) - …"."""
    sentence = text.sentence_at(expression.start)
    if sentence is None or expression.start - sentence.start > _DATELINE:
        return False
    follows = text.plain[expression.end : expression.end + 14].lstrip(" )")
    return follows.startswith((":", "-", "—")) or " --" in follows or ") -" in follows or ") —" in follows


def _meant(text: Text, same_day: DateExpression, dates: Sequence[DateExpression]) -> DateExpression:
    """The day that "the same day" points back to, where the body names one before it."""
    before = [
        d
        for d in dates
        if d.end <= same_day.start and d.precision is Precision.day and not d.same_day and _told(text, d)
    ]
    single = [d for d in before if d.first == d.last]  # a day, rather than a visit of several
    return (single or before)[-1] if before else same_day


def _reported(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """The day a report came out, not the day it tells of: "Bloomberg đưa tin ngày 17/11", "据新华社20日报道"."""
    cues = cues_of(pack)
    before = text.low[max(0, expression.start - 20) : expression.start]
    after = text.low[expression.end : expression.end + 8].lstrip()
    return cues.ends(before, "reporting_before") or after.startswith(cues["reporting_after"] or ("\0",))


def _useful(expression: DateExpression) -> bool:
    return (
        expression.precision is Precision.day
        or expression.shift_days is not None
        or expression.weekday is not None
        or (expression.precision is Precision.month and expression.first.month is not None)
    )


def _nearest_date(frame: Frame, here: Sequence[DateExpression]) -> DateExpression | None:
    """The last one before the event word, else the first behind it; a full day beats a month."""
    days = [d for d in here if d.precision is Precision.day] or list(here)
    before = [d for d in days if d.end <= frame.start]
    before = [d for d in before if not d.same_day] or before
    after = [d for d in days if d.start >= frame.end]
    if before and after and frame.trigger.layout == "visits" and after[0].last != after[0].first:
        return after[0]
    return before[-1] if before else after[0] if after else None


def _sorted_frames(frames: Sequence[Frame]) -> list[Frame]:
    """Those of the body first, in order: the headline only adds what the body leaves out."""
    split = [part for frame in frames for part in _split(frame)]
    return sorted(split, key=lambda f: (f.zone is Zone.headline, f.start))


def cluster(
    text: Text,
    frames: Sequence[Frame],
    dates: dict[int, DateExpression | None],
    signed: set[int],
    past: set[int],
    reference: PartialDate | None,
    rejected: list[Rejection],
) -> list[Occurrence]:
    """Occurrences in order of their first full telling; what makes none is added to `rejected`."""
    found: list[Occurrence] = []
    incomplete: list[tuple[Frame, str]] = []
    announced = {f.trigger.type for f in frames if f.zone is Zone.headline and not f.trigger.weak}
    for frame in _sorted_frames(frames):
        if reason := _ruled_out(frame, dates.get(frame.start), signed, past, reference):
            rejected.append(Rejection(frame.start, frame.end, reason))
            continue
        fitting = [o for o in found[-_OPEN:] if _same(o, frame, dates)]
        if fitting and not (frame.group and not frame.mentions):
            _add(fitting[-1], frame)
        elif _echo(frame) and (talks := [o for o in found if o.type in TALKS and _dates_agree(o, frame, dates)]):
            talks[-1].frames.append(frame)  # "the meeting, held in Lima, …": more about the talks just told
        elif (lacks := _lacks(frame, bool(dates.get(frame.start)), frame.trigger.type in announced)) is None:
            occurrence = Occurrence(frame.trigger.type, frame.trigger.mode, frame.status)
            _add(occurrence, frame)
            found.append(occurrence)
        elif not (frame.group and frame.trigger.layout == "signs" and _signed_by_both(found, frame)):
            incomplete.append((frame, lacks))
    for frame, lacks in incomplete:  # told in full only further on, or in the headline
        fitting = [o for o in found if frame.mentions and not frame.background and _same(o, frame, dates)]
        if fitting:
            _add(fitting[-1], frame)
        else:
            rejected.append(Rejection(frame.start, frame.end, lacks))
    events = [o for o in found if _is_event(o)]
    kept = [o for o in events if not _on_the_way(o, events)]
    for occurrence in found:
        if occurrence not in kept:
            reason = "on the way to talks held there" if occurrence in events else _one_party(occurrence)
            rejected += [Rejection(f.start, f.end, reason) for f in occurrence.frames]
    return sorted(kept, key=lambda o: (o.sentence, o.main.start))


def _ruled_out(
    frame: Frame, expression: DateExpression | None, signed: set[int], past: set[int], reference: PartialDate | None
) -> str | None:
    """Why a frame tells neither an event of its own nor more about another; None where it may."""
    if frame.trigger.layout == "signs" and frame.start not in signed:
        return "does not say what was signed"
    received = frame.delegates or any(m.kind in _PERSONAL for m in frame.second)
    if frame.trigger.layout in ("receives", "received") and not received:
        return "does not say who was received"
    if frame.start in past:
        return "history: a year and no day"
    return "history: dated well before the article" if _long_ago(expression, reference) else None


def _one_party(occurrence: Occurrence) -> str:
    """Why an occurrence is no event between states."""
    parties = " ".join((*occurrence.countries, *occurrence.organizations)) or "none"
    if occurrence.type is EventType.visit and occurrence.destination is None:
        return f"no country visited is named (parties: {parties})"
    return f"fewer than two parties ({parties})"


def _on_the_way(occurrence: Occurrence, events: Sequence[Occurrence]) -> bool:
    """Arriving where talks with others are held, in a country that is no party: part of those talks, no visit."""
    if not all(f.trigger.arrival for f in occurrence.frames):
        return False
    people = set(occurrence.people)
    return any(
        o is not occurrence and people & set(o.people) and occurrence.destination not in o.countries for o in events
    )


def _long_ago(expression: DateExpression | None, reference: PartialDate | None) -> bool:
    """Whether a frame is dated in full, and to a month well before the article's own."""
    if expression is None or reference is None or expression.last.year is None or reference.year is None:
        return False
    months = (reference.year - expression.last.year) * 12 + (reference.month or 12) - (expression.last.month or 12)
    return months > 1


def _past(text: Text, frames: Sequence[Frame], dates: Sequence[DateExpression]) -> set[int]:
    """Starts of the frames whose sentence gives no day but a year ("visited Washington in 2015"): they are history."""
    found = set()
    told = _by_sentence(text, dates)
    for frame in frames:
        here = told.get(frame.sentence, [])
        years = [
            d
            for d in here
            if d.precision is Precision.year and d.first.year and abs(d.start - frame.start) < _NEAR_YEAR
        ]
        if years and not any(_useful(d) for d in here) and frame.zone is Zone.body:
            found.add(frame.start)
    return found


def _reference(text: Text, dates: Sequence[DateExpression], published: date | None) -> PartialDate | None:
    """The month the article is from: that of its publication, else the latest day it names in full."""
    if published is not None:
        return PartialDate(published.year, published.month, published.day)
    full = [d.last for d in dates if d.last.year and d.last.month and d.last.day and _told(text, d)]
    return max(full, key=lambda d: (d.year or 0, d.month or 0, d.day or 0), default=None)


def _told(text: Text, expression: DateExpression) -> bool:
    sentence = text.sentence_at(expression.start)
    return sentence is not None and sentence.zone in (Zone.body, Zone.headline)


def _echo(frame: Frame) -> bool:
    """A bare noun for talks, with nobody beside it."""
    weak = frame.trigger.weak and frame.trigger.type in TALKS
    return weak and not frame.mentions and not frame.background and frame.zone is Zone.body


def _signed_by_both(found: list[Occurrence], frame: Frame) -> bool:
    """Both sides signed: the parties of the talks told before. Whether there are such talks, and no signing yet."""
    talks = [o for o in found if o.type in TALKS and _is_event(o)]
    if not talks or any(o.type is EventType.signing for o in found):
        return False
    occurrence = Occurrence(EventType.signing, Mode.in_person, frame.status)
    _add(occurrence, frame)
    for argument in (*talks[0].people.values(), *talks[0].parties.values()):
        target = occurrence.people if argument.mention.kind is MentionKind.person else occurrence.parties
        target[argument.mention.key] = Argument(argument.mention, Role.participant)
    found.append(occurrence)
    return True


def _documents(text: Text, frames: Sequence[Frame], pack: Pack) -> set[int]:
    """Starts of the signing frames that say what was signed."""
    cues = cues_of(pack)
    return {
        f.start for f in frames if f.trigger.layout == "signs" and cues.has(text.low[f.start : f.end + 60], "documents")
    }


def _stretches(text: Text, found: Sequence[Occurrence], mentions: Sequence[Mention]) -> list[tuple[int, ...]]:
    """For each occurrence the sentences that tell about it."""
    carriers = [i for i, o in enumerate(found) if o.type is not EventType.visit] or list(range(len(found)))
    own = {f.sentence: i for i in reversed(range(len(found))) for f in found[i].frames if i in carriers}
    unique = _unique_people(found, carriers)
    by_sentence: dict[int, set[str]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, set()).add(mention.key)
    stretch: dict[int, set[int]] = {i: {f.sentence for f in o.frames} for i, o in enumerate(found)}
    current = carriers[0] if carriers else None
    for sentence in text.sentences:
        if sentence.zone is not Zone.body or current is None:
            continue
        named = [i for i in carriers if unique[i] & by_sentence.get(sentence.index, set())]
        if sentence.index in own:
            current = own[sentence.index]
        elif len(named) == 1:
            current = named[0]
        stretch[current].add(sentence.index)
    return [tuple(sorted(stretch[i])) for i in range(len(found))]


def _unique_people(found: Sequence[Occurrence], carriers: Sequence[int]) -> dict[int, set[str]]:
    """Those who take part in one occurrence only, by which a sentence can be told to belong to it."""
    counts: dict[str, int] = {}
    for i in carriers:
        for key in found[i].people:
            counts[key] = counts.get(key, 0) + 1
    return {i: {k for k in found[i].people if counts[k] == 1} for i in carriers}


def _occasion(text: Text, occurrence: Occurrence, reading: Reading, pack: Pack) -> OccasionHit | None:
    """A summit named in a sentence that tells the event, after "on the sidelines of" or the like."""
    cues = cues_of(pack)
    for frame in occurrence.frames:
        sentence = text.sentences[frame.sentence]
        for hit in reading.occasions:
            if sentence.start <= hit.start < sentence.end:
                before = text.low[max(sentence.start, hit.start - 40) : hit.start]
                if cues.has(before, "occasion_before"):
                    return hit
    return None


def _place(text: Text, occurrence: Occurrence, reading: Reading, pack: Pack) -> PlaceHit | None:
    """The place named with the event: a venue before a city before a country, after "at" or "in"."""
    cues = cues_of(pack)
    best: tuple[tuple[int, int], PlaceHit] | None = None
    ends = {hit.end for hit in reading.places if hit.place_id is None}  # 土耳其|伊斯坦布尔
    for frame in occurrence.frames:
        sentence = text.sentences[frame.sentence]
        for hit in reading.places:
            if not sentence.start <= hit.start < sentence.end:
                continue
            before = text.low[max(sentence.start, hit.start - 14) : hit.start]
            inside = hit.place_id and (before.rstrip().endswith((",", "(")) or hit.start in ends)
            if not (cues.ends(before, "venue_before") or inside):
                continue
            if hit.place_id is None and frame.trigger.layout != "visits" and not _held_in(text, frame, hit, cues):
                continue
            if frame.end < hit.start and cues.has(text.low[frame.end : hit.start], "place_of_other"):
                continue  # "met ahead of the summit in A"
            rank = (0 if hit.venue else 1 if hit.place_id else 2, abs(hit.start - frame.start))
            if best is None or rank < best[0]:
                best = (rank, hit)
    return best[1] if best else None


def _held_in(text: Text, frame: Frame, hit: PlaceHit, cues: Cues) -> bool:
    """Whether talks are said to be in a country, right beside the event word: "met in Singapore"."""
    before = text.low[max(0, hit.start - 8) : hit.start]
    distance = hit.start - frame.end if hit.start >= frame.end else frame.start - hit.end
    return frame.trigger.type in TALKS and cues.ends(before, "venue_in") and distance < (24 if cues.spaced else 6)


def _with_listed(text: Text, frame: Frame, reading: Reading) -> Frame:
    """Credentials of many ambassadors: those whom the next sentences list ("They are: …")."""
    if frame.trigger.layout != "presents" or any(m.level is Level.ambassador for m in frame.mentions):
        return frame
    reach = range(frame.sentence + 1, frame.sentence + 6)
    listed = [
        m
        for m in reading.mentions
        if m.sentence in reach and m.level is Level.ambassador and m.kind is MentionKind.person
    ]
    if not listed or frame.zone is not Zone.body:
        return frame
    return replace(frame, second=tuple({m.key: m for m in listed}.values()))


def assemble(
    text: Text,
    frames: Sequence[Frame],
    reading: Reading,
    dates: Sequence[DateExpression],
    pack: Pack,
    published: date | None,
    rejected: list[Rejection] | None = None,
) -> tuple[Draft, ...]:
    """All events of an article, everything but date and commitments resolved, in order of appearance.

    Frames that make no event are added to `rejected`, with the reason.
    """
    frames = [_with_listed(text, frame, reading) for frame in frames]
    dated = _dated(text, frames, dates, pack)
    found = cluster(
        text,
        frames,
        dated,
        _documents(text, frames, pack),
        _past(text, frames, dates),
        _reference(text, dates, published),
        [] if rejected is None else rejected,
    )
    visits = tuple(dict.fromkeys(_visits(frames)))
    for occurrence in found:
        _add_delegates(text, occurrence, reading, pack)
    dateline = _dateline(text, reading)
    settings = _settings(text, found, reading, dated, pack)
    stretches = _stretches(text, found, reading.mentions)
    return tuple(
        Draft(
            type=_kind(o),
            status=o.status,
            mode=_mode(text, o, pack),
            arguments=tuple((*o.people.values(), *_standing_alone(o))),
            countries=o.countries,
            organizations=o.organizations,
            trigger=(o.main.start, o.main.end),
            triggers=tuple((f.start, f.end) for f in o.frames),
            sentence=o.sentence,
            sentences=stretch,
            date=_date(o, dated) or _lead_date(text, o, dates),
            place=place,
            occasion=occasion,
            destination=o.destination,
            dateline=dateline,
            visits=visits,
            lead=o.main.lead or o is found[0],
        )
        for o, stretch, (place, occasion) in zip(found, stretches, settings, strict=True)
    )


def _add_delegates(text: Text, occurrence: Occurrence, reading: Reading, pack: Pack) -> None:
    """Heads of the delegations of talks in which nobody is named yet: "The X side was led by A", "for her part, B said"
    (and whoever was quoted for the other side before that)."""
    if occurrence.type not in TALKS or occurrence.people:
        return
    cues = cues_of(pack)
    named: dict[str, Mention] = {}
    for mention in reading.mentions:
        sentence = text.sentences[mention.sentence] if mention.sentence >= occurrence.sentence else None
        if sentence is None or sentence.zone is not Zone.body or mention.country not in occurrence.countries:
            continue
        if mention.kind is not MentionKind.person or mention.pronoun or mention.former or not mention.title:
            continue
        before = text.low[max(sentence.start, mention.start - 60) : mention.start]
        if cues.ends(before, "delegation_led"):
            occurrence.people.setdefault(mention.key, Argument(mention, Role.participant))
        elif cues.ends(before, "for_their_part"):
            for spoken in (*named.values(), mention):
                occurrence.people.setdefault(spoken.key, Argument(spoken, Role.participant))
        elif not before.strip(' "the'):
            named.setdefault(mention.country or "", mention)


def _dateline(text: Text, reading: Reading) -> PlaceHit | None:
    """The place the report is filed from: "HANOI - On the evening of April 4 …"."""
    first = next((s for s in text.sentences if s.zone is Zone.body), None)
    for hit in reading.places:
        if first and first.start <= hit.start < first.start + _DATELINE and hit.place_id:
            follows = text.plain[hit.end : hit.end + 20]
            return hit if any(mark in follows for mark in ("—", " - ", "- ", "--", " /", "电", "讯")) else None
    return None


def _date(occurrence: Occurrence, dated: dict[int, DateExpression | None]) -> DateExpression | None:
    told = sorted(occurrence.frames, key=lambda f: f.trigger.weak)  # a verb's own day before a noun's
    return next((d for f in told if (d := dated.get(f.start))), None)


def _settings(
    text: Text, found: Sequence[Occurrence], reading: Reading, dated: dict[int, DateExpression | None], pack: Pack
) -> list[tuple[PlaceHit | None, OccasionHit | None]]:
    """Place and occasion of each occurrence. Talks of the same person in one row at a summit are all held there."""
    settings: list[tuple[PlaceHit | None, OccasionHit | None]] = []
    for i, occurrence in enumerate(found):
        own = _place(text, occurrence, reading, pack), _occasion(text, occurrence, reading, pack)
        before = found[i - 1] if i else None
        if own == (None, None) and before is not None and _same_round(before, occurrence, dated):
            place, occasion = settings[-1]
            own = (place if occasion or place is None else replace(place, city_only=True)), occasion
        settings.append(own)
    return settings


def _same_round(one: Occurrence, other: Occurrence, dated: dict[int, DateExpression | None]) -> bool:
    """Whether two talks are held by the same person on the same day, as far as the text says."""
    if (
        not {one.type, other.type} <= TALKS | {EventType.credentials, EventType.signing}
        or one.mode is not other.mode
        or not set(one.people) & set(other.people)
    ):
        return False
    first, second = _date(one, dated), _date(other, dated)
    return second is None or first is None or first == second or second.same_day


def _visits(frames: Sequence[Frame]) -> Iterator[tuple[str, str]]:
    """Whose visit where the article speaks of, also where the visit is no event of its own: guest's country, country."""
    for frame in frames:
        if frame.trigger.layout == "visiting":
            for guest in frame.second:
                yield from ((guest.country, host.country) for host in frame.first if guest.country and host.country)
        if frame.trigger.layout == "visits" and not frame.background:
            for mention in frame.first:
                for destination in frame.destinations:
                    if mention.country and mention.country != destination:
                        yield mention.country, destination


def _kind(occurrence: Occurrence) -> EventType:
    """Talks of three states and more are a conference."""
    many = len(occurrence.countries) > 2 or (occurrence.organizations and any(f.delegates for f in occurrence.frames))
    many = many and occurrence.type is EventType.meeting
    return EventType.conference if many else occurrence.type


_MODES = {EventType.phone_call: Mode.phone, EventType.video_call: Mode.video}


def _mode(text: Text, occurrence: Occurrence, pack: Pack) -> Mode | None:
    """How they were in contact: a call by its type; a conference by video where its sentence says so."""
    if occurrence.type in _MODES:
        return _MODES[occurrence.type]
    sentence = text.sentences[occurrence.main.sentence]
    remote = cues_of(pack).has(text.low[sentence.start : sentence.end], "remote")
    return Mode.video if remote and occurrence.mode is Mode.in_person else occurrence.mode


def _lead_date(text: Text, occurrence: Occurrence, dates: Sequence[DateExpression]) -> DateExpression | None:
    """The day that the lead gives, for an event told right behind it without a day of its own."""
    if not (occurrence.main.lead or occurrence.sentence <= LEAD):
        return None
    body = [s for s in text.sentences if s.zone is Zone.body][:LEAD]
    inside = [d for d in dates if d.precision is Precision.day and any(s.start <= d.start < s.end for s in body)]
    start = text.sentences[occurrence.sentence].start
    before = [d for d in inside if d.end <= start]
    return before[0] if before else inside[0] if inside else None


def _standing_alone(occurrence: Occurrence) -> Iterator[Argument]:
    """Countries and bodies for whom no person stands."""
    countries = {a.mention.country for a in occurrence.people.values()}
    bodies = {a.mention.organization for a in occurrence.people.values()}
    for argument in occurrence.parties.values():
        if (
            argument.mention.country not in countries
            if argument.mention.country
            else argument.mention.organization not in bodies
        ):
            yield argument
