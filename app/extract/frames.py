"""Who did what with whom, sentence by sentence: event words with the people, bodies and countries in their place.

A frame is what one sentence tells of one event; wished, denied and remembered events make none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.belonging import belongs_to
from app.extract.clauses import NEXT, Clause, Parts, parties_of
from app.extract.delegates import VOICED, are_delegates, pair_meant
from app.extract.event_places import dateline_of
from app.extract.event_words import Cues, Trigger, cues_in
from app.extract.frame_model import LEAD, Frame
from app.extract.gatherings import is_gathering, is_members, is_numbered
from app.extract.listeners import told_at_talks
from app.extract.model import DateExpression, Mention, MentionKind, Reading, Rejection, Sentence, Text, Zone
from app.extract.pack import Pack
from app.extract.pairs import with_pairs
from app.extract.receptions import came_to_present
from app.extract.requirements import EventWord, event_words, is_complete
from app.extract.segments import part_of_sentence
from app.extract.side_verbs import take_up_subject
from app.extract.sides import OF_STATES, sides_of
from app.extract.summons import with_seat
from app.extract.telling import (
    arrived,
    bygone,
    is_background,
    is_history,
    is_irrealis,
    main_clause,
    of_relations,
    one_after_the_other,
    only_tells,
    status_of,
)
from app.extract.things import Taken
from app.extract.tours import at_their_post, destinations_of
from app.records import EventType

_BOTH = 2
_MET = {EventType.meeting, EventType.negotiation}
"""Between the members of a body they are a conference."""

_TOLD_OF = {
    *_MET,
    EventType.phone_call,
    EventType.video_call,
    EventType.expulsion,
    EventType.recall,
    EventType.severance,
    EventType.sanction,
    EventType.recognition,
    EventType.visit,
}
"""What a statement that only tells of it is no event beside."""

_BARE_LINE = 32
"""No line that holds but a day and an hour is longer."""
_MOST_WORDS = 30
"""So many event words of one sentence are looked at; more are no sentence but a word list."""


def _frame(
    text: Text,
    reading: Reading,
    sentence: Sentence,
    mentions: Sequence[Mention],
    start: int,
    end: int,
    trigger: Trigger,
    cues: Cues,
    lead: bool,
    opening: bool,
    before: Sequence[Frame],
) -> Frame | None:
    clause = Clause(text, sentence, part_of_sentence(text, sentence, mentions, start, end, cues), start, end, cues)
    clause.signing, clause.mediating = trigger.layout == "signs", trigger.layout == "mediates"
    clause.topic, clause.voiced = trigger.topic, trigger.type in VOICED
    clause.sanctioning = trigger.type is EventType.sanction
    if trigger.layout in OF_STATES:
        clause.without_speakers()
    near = text.low[max(sentence.start, start - 16) : start]
    clause.adverbial = trigger.noun and trigger.layout == "with" and cues.ends(near, "during")
    if not is_complete(clause, trigger):
        return None
    told = told_at_talks(clause, trigger)
    clause.adverbial = clause.adverbial or told is not None
    parts = told or sides_of(clause, trigger)
    if not parts.first and not parts.second:
        parts.first, parts.second = pair_meant(clause, reading, trigger)
    if trigger.layout == "signs" and not parts.first and parties_of(parts.second) >= _BOTH:
        parts.first, parts.second = parts.second, []  # 两国外长签署了中匈…备忘录
    parts = with_seat(clause, reading, trigger, parts)
    if trigger.layout == "with" and _only_says(clause, parts):
        parts.first = []
    if _chaired_by_both(clause, trigger, parts):
        trigger = replace(trigger, layout="with")
        parts.first, parts.second = parts.first[:1], parts.first[1:]
    if not clause.cues.spaced:
        take_up_subject(clause, trigger, parts, before)
    if trigger.circumstance and not cues.spaced and cues.has(text.low[sentence.start : start], "speech"):
        return None  # 某人指出,他同乙会晤时…: an earlier one, spoken of
    if is_irrealis(clause, parts) or _attended(clause, trigger) or _goes_not(clause, trigger, parts):
        return None
    parts.first = parts.first or (arrived(clause) if trigger.arrival else [])
    destinations = destinations_of(clause, reading, parts, trigger) or _here(clause, reading, trigger)
    if trigger.layout == "visits" and at_their_post(parts.first, destinations):
        return None
    if trigger.layout == "receives" and not parts.first and parts.second:
        parts.first = _land_of_ceremony(clause, parts)
    window = main_clause(clause, parts)
    if trigger.shared and parties_of([*parts.first, *(parts.second if trigger.doer_after else ())]) < _BOTH:
        parts.first = parts.second = []
    group = not parts.first and _by_both(clause, trigger)
    members = is_members(clause, parts)
    return Frame(
        trigger=replace(trigger, type=EventType.conference) if members and trigger.type in _MET else trigger,
        start=start,
        end=end,
        sentence=sentence.index,
        zone=sentence.zone,
        lead=lead,
        status=status_of(clause, trigger, parts.first),
        first=tuple(_unique(parts.first)),
        second=() if trigger.layout == "visits" else tuple(_unique(parts.second)),
        inviter=tuple(_unique(parts.inviter)),
        destinations=destinations,
        group=group,
        gathering=is_gathering(clause, trigger),
        background=cues.has(window, "earlier_on")
        or (not lead and is_background(clause, window))
        or bygone(clause, trigger),
        history=is_history(clause, parts, opening),
        split=cues.has(text.low[sentence.start : sentence.end], "separately")
        or cues.has(text.low[start:end], "plural_events")
        or one_after_the_other(clause, parts)
        or _all_invited(clause, trigger),
        together=cues.has(text.low[sentence.start : sentence.end], "together"),
        delegates=are_delegates(clause, parts, trigger),
        members=members,
        numbered=is_numbered(clause),
    )


def _only_says(clause: Clause, parts: Parts) -> bool:
    """ "The office of A said that the two leaders had a call": the state before only says what both did."""
    both = clause.left[-1] if clause.left else None
    if both is None or both.kind is not MentionKind.group or parts.second or len(parts.first) != 1:
        return False
    only = parts.first[0]
    between = clause.text.low[only.end : both.start]
    return only.kind is MentionKind.country and only.end <= both.start and clause.cues.has(between, "reports")


def _chaired_by_both(clause: Clause, trigger: Trigger, parts: Parts) -> bool:
    """ "A and B co-chaired the conference": talks of their two states, whatever it was about."""
    both = trigger.layout == "attends" and parties_of([m for m in parts.first if m.kind is MentionKind.person]) == _BOTH
    return both and clause.cues.has(clause.text.low[clause.start : clause.end], "co_chair")


def _all_invited(clause: Clause, trigger: Trigger) -> bool:
    """应某人邀请,甲国外长、乙国外长将访问: those invited from several states come each by himself."""
    words = clause.text.low[clause.sentence.start : clause.start]
    invited = trigger.layout == "visits" and clause.cues.has(words, "inviter_after")
    return invited and not clause.cues.has(words, "together")


def _attended(clause: Clause, trigger: Trigger) -> bool:
    """ "will attend a ministerial meeting chaired by B": a gathering that one goes to, no talks of two."""
    low, begin = clause.text.low, clause.opening(clause.start)
    return (
        trigger.weak and trigger.layout == "with" and clause.cues.ends(_short_of(low[begin : clause.start]), "attend")
    )


def _goes_not(clause: Clause, trigger: Trigger, parts: Parts) -> bool:
    """ "gửi thông điệp tới Iran", "chuyến thăm của A tới B": a word of arrival that is only the "to" of another."""
    first = [m for m in parts.first if m.end <= clause.start]
    if not trigger.arrival or not first:
        return False
    between = clause.text.low[max(m.end for m in first) : clause.start]
    return clause.cues.has(between, "sent_there") or clause.cues.ends(clause.before(first), "journey_of")


def _short_of(window: str) -> str:
    """The words up to the article of the noun that a window ends before: "will attend |a special ministerial"."""
    return re.split(r" (?:an?|the) ", window)[0] if " a" in window or " the " in window else window


def _here(clause: Clause, reading: Reading, trigger: Trigger) -> tuple[str, ...]:
    """ "arrived here on a two-day visit": the country that the report is filed from."""
    if trigger.layout != "visits" or not clause.cues["here"]:
        return ()
    near = clause.text.low[clause.start : min(clause.end + NEXT + 1, clause.sentence.end)]
    line = dateline_of(clause.text, reading) if clause.cues.has(near, "here") else None
    return (line.country,) if line is not None and line.country else ()


def _land_of_ceremony(clause: Clause, parts: Parts) -> list[Mention]:
    """ "The welcome ceremony for A was held in Canberra, Australia": the country where a guest is received."""
    guests = {m.country for m in parts.second}
    lands = (m for m in clause.right if m.kind is MentionKind.country and m.country not in guests)
    land = next(lands, None)
    if land is None or None in guests or not clause.cues.has(clause.text.low[clause.end : land.start], "venue_in"):
        return []
    return [land]


def _by_both(clause: Clause, trigger: Trigger) -> bool:
    """Whether both sides are the subject: "the two sides signed", "the statement issued by the two countries"."""
    if trigger.shared or any(m.kind is MentionKind.group for m in clause.left):
        return True
    behind = clause.right[0] if trigger.doer_after and clause.right else None
    return behind is not None and behind.kind is MentionKind.group and behind.start - clause.end <= NEXT


def _sent_together(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """ "A sent a letter, B a telegram to C": who sent something to nobody named sent it to whom the next one wrote."""
    waiting: Frame | None = None
    for frame in frames:
        letter = frame.trigger.layout == "sends" and bool(frame.first)
        if waiting is not None and letter and frame.second and frame.sentence == waiting.sentence:
            same = {m.country for m in waiting.first} == {m.country for m in frame.first}
            beside = text.low[waiting.end : frame.first[0].start].strip(" ,") in ("", *cues["letter"])
            if same and beside and frame.first[0].start > waiting.end:
                both = tuple(_unique((*waiting.first, *frame.first)))
                yield replace(frame, first=both)
                waiting = None
                continue
        if waiting is not None:
            yield waiting
        own = {m.country for m in frame.first}
        waiting = frame if letter and all(m.country in own for m in frame.second) else None
        if waiting is None:
            yield frame
    if waiting is not None:
        yield waiting


def _unique(mentions: Sequence[Mention]) -> list[Mention]:
    return list({m.key: m for m in mentions}.values())


def _within(mention: Mention, start: int, end: int) -> bool:
    """Whether an event word holds a country or a group whole: 访|华, 三方|会晤."""
    whole = start <= mention.start and mention.end <= end and (mention.start, mention.end) != (start, end)
    return whole and mention.kind in (MentionKind.country, MentionKind.group)


def _has_words(text: Text, sentence: Sentence) -> bool:
    """Whether a sentence is more than the number of a paragraph, or the day and hour of a report: "1.", "2/5 11:07"."""
    if sentence.end - sentence.start > _BARE_LINE:
        return True
    line = text.plain[sentence.start : sentence.end]
    return sum(c.isalpha() for c in line) > sum(c.isdigit() for c in line)


def find_frames(
    text: Text,
    reading: Reading,
    dates: Sequence[DateExpression],
    pack: Pack,
    rejected: list[Rejection] | None = None,
    words: Sequence[EventWord] | None = None,
) -> tuple[Frame, ...]:
    """All frames of headline and body, in order; words inside a date ("from the 24th to the 26th") name no event.

    `words` are the `event_words` of the text, where somebody has read them already. Those that make no frame are added
    to `rejected`, with the reason.
    """
    cues = cues_in(text.low, pack)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    body = [s.index for s in text.sentences if s.zone is Zone.body and _has_words(text, s)]
    lead = set(body[:LEAD])
    frames: list[Frame] = []
    told: dict[int, int] = {}
    in_dates = Taken((d.start, d.end) for d in dates)
    last = -1
    for hit, sentence, trigger in event_words(text, pack) if words is None else words:
        if frames and frames[-1].start == hit.start:
            continue  # "paid a visit to |Prime Minister A", and no journey to a state
        opening = sentence.zone is Zone.headline or sentence.index in body[:1]
        in_lead = opening or sentence.index in lead
        mentions = by_sentence.get(sentence.index, [])
        torn = [m for m in mentions if m.start < hit.end and hit.start < m.end and not _within(m, hit.start, hit.end)]
        if any(m.start <= hit.start for m in torn):
            continue  # inside a title or a name
        end = min((m.start for m in torn), default=hit.end)  # "recalled its |ambassador to A, B"
        beside, last = hit.start - last == 1, end
        if in_dates.overlaps(hit.start, hit.start + 1) or (beside and trigger.arrival and cues.spaced):
            continue  # "from the 24th to the 26th", "paid a visit | to"
        told[sentence.index] = told.get(sentence.index, 0) + 1
        if told[sentence.index] > _MOST_WORDS:
            continue
        before = frames[-1] if frames and frames[-1].sentence == sentence.index else None
        stated = before is not None and before.trigger.layout == "states" and trigger.type in _TOLD_OF
        if before is not None and stated and only_tells(text, before.end, cues):
            frames.pop()
        elif before is not None and of_relations(text, before, hit.start, trigger):
            frames[-1] = replace(before, of_relations=True)
        frame = _frame(text, reading, sentence, mentions, hit.start, end, trigger, cues, in_lead, opening, frames[-3:])
        if frame is not None and frames and belongs_to(frames[-1], frame, text):
            continue
        if frame is not None:
            frames[-2:] = [f for f in frames[-2:] if not came_to_present(f, frame, text.low[f.end : end], cues)]
            frames.append(frame)
        elif rejected is not None:
            rejected.append(Rejection(hit.start, end, "denied, wished or asked for, or only spoken of"))
    return with_pairs(text, list(_sent_together(text, frames, cues)), reading, cues)
