"""Whether a frame tells of an event that is already known: the same parties, the same kind, and days that agree.

In: the occurrences so far, a frame, and the date expression of each frame. Out: those of the occurrences it may mean.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.frame_model import Frame
from app.extract.model import DateExpression, Mention, MentionKind, Zone
from app.extract.occurrences import OPEN, TALKS, Occurrence
from app.records import EventType, Level

_WEEK = 7
_BOTH = 2
_ANSWERED = (EventType.expulsion, EventType.sanction)
"""What states do to each other in turn."""
_LEADERS = {Level.head_of_state, Level.head_of_government, Level.legislature, Level.party}


def same_ones(
    occurrences: Sequence[Occurrence], frame: Frame, dates: dict[int, DateExpression | None]
) -> list[Occurrence]:
    """Those of the occurrences already known that a frame tells of."""
    if frame.trigger.type is EventType.visit:
        return [o for o in occurrences if _same_visit(o, frame)]
    people = {m.key for m in frame.mentions if m.kind is MentionKind.person}
    sides = {m.country or m.organization for m in frame.mentions}
    if people and frame.trigger.type is not EventType.conference:  # most are of others, which is told at once
        occurrences = [
            o
            for o in occurrences
            if not (known := o.people.keys()) or people <= known or known <= people or _watched(o, frame)
        ]
    convened = frame.trigger.type is EventType.conference
    if not convened and not people and (not sides or None in sides):
        return []  # without anybody who is a party there is nothing to tell it by
    return [
        o
        for o in occurrences
        if (
            (convened and _same_gathering(o, frame))
            or (_same_parties(o, people, sides, watched=_watched(o, frame)) and _same_kind(o, frame, people))
        )
        and dates_agree(o, frame, dates)
        and not _turned_round(o, frame)
        and not _of_another_state(o, frame)
        and not _of_three(o, frame)
        and not _with_others(o, frame)
        and not _of_one_member(o, frame)
    ]


def _of_three(occurrence: Occurrence, frame: Frame) -> bool:
    """Talks that three held together are not those that two of them held: 中法欧领导人三方会晤."""
    two = len(occurrence.people) > 1 and len(occurrence.sides) == _BOTH
    return two and frame.together and len(_sides(frame.mentions)) > _BOTH


def _with_others(occurrence: Occurrence, frame: Frame) -> bool:
    """Talks of somebody with another state than the one of the talks already told: "A met B of C. A will meet D"."""
    if frame.trigger.layout != "with" or occurrence.type not in TALKS or len(_sides(frame.first)) != 1:
        return False
    return len(occurrence.sides) == _BOTH and bool(frame.second) and _sides(frame.second).isdisjoint(occurrence.sides)


def _of_one_member(occurrence: Occurrence, frame: Frame) -> bool:
    """Whom the host of the leaders of a body met alone: "A hosted the leaders of ASEAN. Before that he met B of C"."""
    bodies = {m.organization for f in occurrence.frames if f.delegates for m in f.second if m.organization}
    own = {m.country for m in frame.mentions if m.kind is MentionKind.person and not m.organization}
    return bool(bodies) and len(own) == _BOTH and not own <= occurrence.sides


def _of_another_state(occurrence: Occurrence, frame: Frame) -> bool:
    """Credentials that the ambassador of another state presented to the same head of state."""
    if frame.trigger.layout != "presents" or not frame.delegates:
        return False
    return not _sides(frame.first) <= occurrence.sides


def _turned_round(occurrence: Occurrence, frame: Frame) -> bool:
    """What B did to A in answer is not what A did to B: "after A expelled diplomats of B, B expelled as many of A"."""
    if frame.trigger.type not in _ANSWERED:
        return False
    doers, targets = _sides(frame.first), _sides(frame.second)
    return any(
        bool(doers and targets) and doers <= _sides(f.second) and targets <= _sides(f.first) and doers != targets
        for f in occurrence.frames
    )


def _sides(mentions: Sequence[Mention]) -> set[str | None]:
    return {m.country or m.organization for m in mentions}


def _kind_fits(one: EventType, other: EventType, *, same_people: bool) -> bool:
    """A call may be called a meeting further down, but a visit or a signing stays its own."""
    if one is other:
        return True
    return (
        same_people
        and {one, other} <= TALKS
        and (EventType.meeting in (one, other) or EventType.negotiation in (one, other))
    )


def _takes_place(occurrence: Occurrence, frame: Frame) -> bool:
    """ "Talks between A and B took place": the verb tells of no other talks than its subject does."""
    nouns = (f for f in occurrence.frames if f.sentence == frame.sentence and f.trigger.noun)
    return frame.trigger.layout == "held" and any(f.trigger.layout == "with" for f in nouns)


def _same_kind(occurrence: Occurrence, frame: Frame, people: set[str]) -> bool:
    same_people = (len(people) > 1 and people <= occurrence.people.keys()) or _takes_place(occurrence, frame)
    if frame.zone is Zone.headline and people <= occurrence.people.keys():  # "A, B hold talks": the body says, a call
        same_people |= {m.country or m.organization for m in frame.mentions} == occurrence.sides
    return _kind_fits(occurrence.type, frame.trigger.type, same_people=same_people)


def _watched(occurrence: Occurrence, frame: Frame) -> bool:
    """What leaders watched being signed, and those who signed it: "The two prime ministers witnessed the signing.
    Minister A and Minister B signed the agreement"."""
    if occurrence.type is not EventType.signing or frame.trigger.type is not EventType.signing:
        return False
    people = [m for m in frame.mentions if m.kind is MentionKind.person]
    known = [a.mention for a in occurrence.people.values()]
    by_leaders = [all(m.level in _LEADERS for m in told) for told in (known, people)]
    none_of_them = not any(m.level in _LEADERS for m in (people if by_leaders[0] else known))
    return any(by_leaders) and none_of_them and _sides(people) == _sides(known)


def _same_parties(occurrence: Occurrence, people: set[str], sides: set[str | None], *, watched: bool) -> bool:
    known = occurrence.people.keys()
    if people and known and not watched:
        return not known.isdisjoint(people) and (people <= known or known <= people)
    return bool(sides) and sides <= occurrence.sides


def _same_gathering(occurrence: Occurrence, frame: Frame) -> bool:
    """A summit said to have opened, and whoever attends it, the frame being of a conference."""
    if occurrence.type is not EventType.conference:
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


def _parts_differ(one: DateExpression, other: DateExpression) -> bool:
    """Morning and afternoon: two occasions, even with the same people."""
    return bool(one.part_of_day and other.part_of_day) and one.part_of_day is not other.part_of_day


def dates_agree(occurrence: Occurrence, frame: Frame, dates: dict[int, DateExpression | None]) -> bool:
    """Whether the days that an event and a frame name can be the same."""
    own = dates.get(frame.start)
    if own is None or own.of_report:
        return True
    other_days = (dates.get(other.start) for other in occurrence.frames[:OPEN])
    return not any(theirs is not None and not theirs.of_report and _differ(own, theirs) for theirs in other_days)


def _differ(one: DateExpression, other: DateExpression) -> bool:
    if _days(one) and _days(other) and not _overlap(one, other):
        return True
    return (
        _parts_differ(one, other)
        or _spans_differ(one, other)
        or _weekdays_differ(one, other)
        or _month_apart(one, other)
    )


def _weekdays_differ(one: DateExpression, other: DateExpression) -> bool:
    """Tuesday is not Wednesday, where nothing else is said of either."""
    if one.weekday is None or other.weekday is None or one.weekday == other.weekday or one.direction != other.direction:
        return False
    return all(d.first.day is None and not d.shift_days for d in (one, other))


def _month_apart(one: DateExpression, other: DateExpression) -> bool:
    """ "In late February" is not "on Saturday": what was this week is not told by its month alone."""
    if (one.weekday is None) is (other.weekday is None):
        return False
    named, bare = (one, other) if one.weekday is None else (other, one)
    return named.first.month is not None and named.first.day is None and bare.first.month is None


def _spans_differ(one: DateExpression, other: DateExpression) -> bool:
    """Last week is not this morning."""
    if one.shift_days is None or other.shift_days is None:
        return False
    week = [d for d in (one, other) if d.precision is None]
    return len(week) == 1 and abs(one.shift_days - other.shift_days) > _WEEK - 1 and week[0].shift_days != 0


def _days(expression: DateExpression) -> bool:
    return expression.first.day is not None and expression.first.month is not None


def _overlap(one: DateExpression, other: DateExpression) -> bool:
    a = ((one.first.month or 0, one.first.day or 0), (one.last.month or 0, one.last.day or 0))
    b = ((other.first.month or 0, other.first.day or 0), (other.last.month or 0, other.last.day or 0))
    return a[0] <= b[1] and b[0] <= a[1]
