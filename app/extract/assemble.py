"""Frames of one occurrence to one event: who took part in which role, which sentences tell about it, date and place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from app.extract.asides import without_asides
from app.extract.channels import not_topics, over_a_line, with_guests
from app.extract.delegates import add_delegates, add_speaker, with_listed
from app.extract.event_dates import dates_of_frames, frames_of_the_past, lead_date, month_of_article
from app.extract.event_places import dateline_of, settings_of, visits_told
from app.extract.event_words import Cues, cues_in
from app.extract.frame_model import Frame
from app.extract.model import (
    Argument,
    DateExpression,
    Draft,
    MentionKind,
    PartialDate,
    Reading,
    Rejection,
    Text,
    Zone,
)
from app.extract.occurrences import (
    OPEN,
    TALKS,
    Occurrence,
    goes_on,
    is_echo,
    is_event,
    on_the_way,
    said_at_talks,
    split_frame,
    take_up,
    told_more_fully,
    told_one_by_one,
    too_few_parties,
)
from app.extract.own_dates import own_date, visit_date
from app.extract.pack import Pack
from app.extract.same_event import dates_agree, same_ones
from app.extract.stretches import stretches_of
from app.extract.sufficiency import long_ago, signing_frames, what_is_lacking, why_ruled_out
from app.extract.targets import with_targets
from app.records import EventStatus, EventType, Mode, Role


def _sorted_frames(frames: Sequence[Frame]) -> list[Frame]:
    """Those of the body first, in order: the headline only adds what the body leaves out."""
    together = [_parties(f) for f in frames if f.trigger.layout == "with" and not f.split]
    split = [part for frame in frames for part in ([frame] if _all_at_once(frame, together) else split_frame(frame))]
    return sorted(split, key=lambda f: (f.zone is Zone.headline, f.start))


def _parties(frame: Frame) -> set[str | None]:
    return {m.country or m.organization for m in frame.mentions}


def _all_at_once(frame: Frame, together: Sequence[set[str | None]]) -> bool:
    """Whether those who are received from several states are the very ones whose talks are told: "A, B and C will meet
    in Lima on Monday. A hosts B and C"."""
    return frame.trigger.layout == "receives" and len(parties := _parties(frame)) > _PAIR and parties in together


def cluster(
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
        if reason := why_ruled_out(frame, dates.get(frame.start), signed, past, reference):
            rejected += [] if _welcomed(found, frame) else [Rejection(frame.start, frame.end, reason)]
            continue
        fitting = same_ones(found[-OPEN:], frame, dates)
        if fitting and frame.history and dates.get(frame.start):
            rejected.append(Rejection(frame.start, frame.end, "history: an earlier one, with a date of its own"))
            continue
        if fitting and not (frame.group and not frame.mentions):
            take_up(fitting[-1], frame)
        elif _adds_to(found, frame, dates):
            continue
        elif (lacks := what_is_lacking(frame, bool(dates.get(frame.start)), _awaited(frame, announced, found))) is None:
            occurrence = Occurrence(frame.trigger.type, frame.trigger.mode, frame.status)
            take_up(occurrence, frame)
            found.append(occurrence)
        elif not (frame.group and frame.trigger.layout == "signs" and _done_by_both(found, frame, TALKS)):
            incomplete.append((frame, lacks))
    for frame, lacks in incomplete:  # told in full only further on, or in the headline
        if frame.group and frame.trigger.type is EventType.statement and _done_by_both(found, frame, _MET):
            continue
        if _of_group(frame) and _met_by_both(found, frame, bool(dates.get(frame.start))):
            continue
        fitting = same_ones(found, frame, dates) if frame.mentions and not frame.background else []
        if fitting:
            take_up(fitting[-1], frame)
        else:
            rejected.append(Rejection(frame.start, frame.end, lacks))
    return sorted(_events(found, rejected), key=lambda o: (o.sentence, o.main.of_relations, o.main.start))


def _welcomed(found: Sequence[Occurrence], frame: Frame) -> bool:
    """ "The ministry of X held talks with B. A presided over the welcome ceremony": A, whom the talks leave unnamed, is
    added to them as the host."""
    host = frame.first[0] if len(frame.first) == 1 and not frame.second else None
    told = next((o for o in reversed(found) if o.type is EventType.meeting), None)
    if host is None or told is None or frame.trigger.layout != "receives" or host.kind is not MentionKind.person:
        return False
    named = {a.mention.country for a in told.people.values()}
    unnamed = host.country in told.countries and host.country not in named
    if not unnamed or not named or frame.sentence - told.sentence > 1 or frame.status is not told.status:
        return False
    take_up(told, frame)
    return True


def _awaited(frame: Frame, announced: Collection[EventType], found: Sequence[Occurrence]) -> bool:
    """Whether the article is about such an event: the headline says so, or talks are of a guest whose visit is told
    and of somebody of the country visited."""
    if frame.trigger.type in announced:
        return True
    if frame.trigger.type is not EventType.meeting or frame.background:
        return False
    people = {m.key for m in frame.mentions if m.kind is MentionKind.person}
    sides = {m.country for m in frame.mentions}
    return any(
        o.type is EventType.visit and o.status is frame.status and people & set(o.people) and o.destination in sides
        for o in found[-OPEN:]
    )


def _adds_to(found: Sequence[Occurrence], frame: Frame, dates: dict[int, DateExpression | None]) -> bool:
    """Whether a frame only tells more about talks told before, and is added to them: "the meeting, held in Lima"."""
    if goes_on(frame):
        lands = {m.country for m in frame.first}
        alike = (o for o in reversed(found[-OPEN:]) if (o.type, o.status) == (frame.trigger.type, frame.status))
        if told := next((o for o in alike if lands & set(o.countries)), None):
            take_up(told, frame)
            return True
    dated = dates.get(frame.start) is not None
    if not is_echo(frame) and (not _of_group(frame) or (dated and not frame.lead)):
        return False
    talks = [o for o in found if o.type in TALKS and o.status is frame.status and dates_agree(o, frame, dates)]
    if dated and not is_echo(frame):  # "… in talks with B. The two, meeting on Thursday, …": the day of those talks
        days = ((o, (dates.get(f.start) for f in o.frames)) for o in talks if o.main.lead)
        talks = [o for o, told in days if all(d is None or d.of_report for d in told)]
    if talks:
        _told_last(talks).frames.append(frame)
    return bool(talks)


def _told_last(talks: Sequence[Occurrence]) -> Occurrence:
    """The one of which the body told last: what was told before may be taken up again."""
    return max(reversed(talks), key=lambda o: max((f.sentence for f in o.frames if f.zone is Zone.body), default=-1))


def _of_group(frame: Frame) -> bool:
    """ "The leaders will meet in Lima": more about talks that were told with their names."""
    return frame.group and not frame.mentions and not frame.background and frame.trigger.type in TALKS


def _events(found: list[Occurrence], rejected: list[Rejection]) -> list[Occurrence]:
    """Those of the occurrences that are events of their own."""
    events = [o for o in found if is_event(o)]
    told = [o for o in events if not on_the_way(o, events) and not told_more_fully(o, events)]
    kept = [o for o in told if not said_at_talks(o, told) and not told_one_by_one(o, told)]
    for occurrence in found:
        if occurrence not in kept:
            reason = too_few_parties(occurrence)
            if occurrence in events:
                reason = "said at the talks" if occurrence in told else "part of another event told here"
            rejected += [Rejection(f.start, f.end, reason) for f in occurrence.frames]
    return kept


_PAIR = 2
_MET = (*TALKS, EventType.visit)


def _done_by_both(found: list[Occurrence], frame: Frame, kinds: Collection[EventType]) -> bool:
    """Both sides signed or stated: the parties of the talks, or of the visit, that the article tells of.

    Whether there are such talks. What was signed or stated once is told of again.
    """
    kind = frame.trigger.type
    told = [o for o in found if o.type is kind]
    met = [o for o in found if o.type in kinds and is_event(o)]
    if frame.status is EventStatus.occurred:
        met = [o for o in met if o.status is EventStatus.occurred]  # at talks to come nothing has been signed yet
    if told or not met:
        if told and kind is EventType.statement:
            told[-1].frames.append(frame)
        return bool(told) and kind is EventType.statement
    met.sort(key=lambda o: o.type is EventType.visit)
    occurrence = Occurrence(kind, frame.trigger.mode, frame.status)
    take_up(occurrence, frame)
    occurrence.destination = met[0].destination
    for argument in (*met[0].people.values(), *met[0].parties.values()):
        target = occurrence.people if argument.mention.kind is MentionKind.person else occurrence.parties
        target[argument.mention.key] = Argument(argument.mention, Role.participant)
    found.append(occurrence)
    return True


def _met_by_both(found: list[Occurrence], frame: Frame, dated: bool) -> bool:
    """ "A arrived in Lima at the invitation of B. The two presidents held talks", or met again on another day: whether
    guest and host of the one visit that is told, or those of the talks, are whom the words mean."""
    if frame.trigger.weak or frame.history or not (dated or frame.lead):
        return False
    events = [o for o in found if is_event(o) and o.status is frame.status]
    talks = [o for o in events if o.type in TALKS]
    visits = [o for o in events if o.type is EventType.visit and len(o.people) > 1]
    like = talks or visits
    if not like or (talks and not dated) or any(o.sides != like[0].sides for o in like):
        return False
    occurrence = Occurrence(frame.trigger.type, frame.trigger.mode, frame.status)
    take_up(occurrence, frame)
    for argument in (*like[0].people.values(), *like[0].parties.values()):
        target = occurrence.people if argument.mention.kind is MentionKind.person else occurrence.parties
        target[argument.mention.key] = Argument(argument.mention, Role.participant)
    found.append(occurrence)
    return True


def _as_told(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """The frames, with what words around them say of how and where it was."""
    told = tuple(not_topics(text, frames, cues))
    yield from with_guests(text, tuple(over_a_line(text, told, cues)), cues)


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
    cues = cues_in(text.low, pack)
    told = with_targets(text, tuple(_as_told(text, frames, cues)), reading, cues)
    frames = [with_listed(text, f, reading, cues) for f in told]
    dated = dates_of_frames(text, frames, dates, pack)
    reference = month_of_article(text, dates, published, pack)
    recent = [d for d in dates if not long_ago(d, reference)]
    rejected = [] if rejected is None else rejected
    signed, past = signing_frames(text, frames, pack), frames_of_the_past(text, frames, dates)
    found = without_asides(text, cluster(frames, dated, signed, past, reference, rejected), dated, rejected)
    visits = tuple(dict.fromkeys(visits_told(frames)))
    made = tuple(dict.fromkeys(visits_told([f for f in frames if f.status is EventStatus.occurred])))
    for occurrence in found:
        add_delegates(text, occurrence, reading, pack)
        add_speaker(occurrence, reading)
    dateline = dateline_of(text, reading)
    settings = settings_of(text, found, reading, dated, pack)
    stretches = stretches_of(text, found, reading.mentions)
    modes = [_mode(text, o, pack) for o in found]
    return tuple(
        Draft(
            type=_kind(o, mode is Mode.video),
            status=o.status,
            mode=mode,
            arguments=(*o.people.values(), *_standing_alone(o)),
            countries=o.countries,
            organizations=o.organizations,
            trigger=(o.main.start, o.main.end),
            triggers=tuple((f.start, f.end) for f in o.frames),
            sentence=o.sentence,
            sentences=stretch,
            date=own_date(o, dated) or visit_date(o, found, dated) or lead_date(text, o, recent, pack),
            place=place,
            occasion=occasion,
            destination=o.destination,
            dateline=dateline,
            visits=made if o.status is EventStatus.occurred else visits,
            lead=o.main.lead or o is found[0],
        )
        for o, mode, stretch, (place, occasion) in zip(found, modes, stretches, settings, strict=True)
    )


def _kind(occurrence: Occurrence, remote: bool) -> EventType:
    """Talks of three states and more are a conference; those held at a distance a call."""
    of_a_body = any(f.delegates or f.members for f in occurrence.frames)
    many = len(occurrence.countries) > 2 or (occurrence.organizations and of_a_body)
    many = many and occurrence.type is EventType.meeting
    if not many and remote and occurrence.type is EventType.meeting:
        return EventType.video_call
    return EventType.conference if many else occurrence.type


_MODES = {EventType.phone_call: Mode.phone, EventType.video_call: Mode.video}


def _mode(text: Text, occurrence: Occurrence, pack: Pack) -> Mode | None:
    """How they were in contact: a call by its type; a conference by video where its sentence says so."""
    if occurrence.type in _MODES:
        return _MODES[occurrence.type]
    sentence = text.sentences[occurrence.main.sentence]
    remote = cues_in(text.low, pack).has(text.low[sentence.start : sentence.end], "remote")
    return Mode.video if remote and occurrence.mode is Mode.in_person else occurrence.mode


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
