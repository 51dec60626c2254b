"""Talks of those whom their sentence does not name: "The two met in Helsinki", "At the meeting with B, both sides …".

In: the frames of an article, and all that it names. Out: the same frames, those of talks with the people meant, where
no other frame tells of these two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.extract.clauses import parties_of
from app.extract.event_words import Cues
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind, Reading, Text, Zone
from app.extract.occurrences import TALKS
from app.records import Level

_NEAR = 2
"""So many sentences before may name the two."""
_BEHIND = 5
"""So many sentences behind the lead may name them, where nobody is named before."""
_PAIR = 2
_HEADS = {Level.head_of_state, Level.head_of_government, Level.party}


def with_pairs(text: Text, frames: Sequence[Frame], reading: Reading, cues: Cues) -> tuple[Frame, ...]:
    """The frames, those of talks without a side filled from the sentences before."""
    found: list[Frame] = []
    for frame in frames:
        if _tells_of_pair(text, frame, reading, cues):
            found.append(_of_pair(text, frame, frames, reading))
        elif _the_delegation(text, frame, cues):
            found.append(replace(frame, second=_visitor(frame, found)))
        elif cues.spaced and _talks(frame) and not frame.first and _one_person(frame.second):
            found.append(_of_both_sides(frame, found, reading))
        else:
            found.append(frame)
    return tuple(found)


def _talks(frame: Frame) -> bool:
    return frame.trigger.layout == "with" and frame.trigger.type in TALKS and frame.zone is Zone.body


def _tells_of_pair(text: Text, frame: Frame, reading: Reading, cues: Cues) -> bool:
    if not _talks(frame) or any(m.kind is MentionKind.person for m in frame.mentions):
        return False
    return frame.group or (cues.spaced and _opens(text, frame, reading))


def _the_delegation(text: Text, frame: Frame, cues: Cues) -> bool:
    """ "A thân mật tiếp Đoàn": nobody is named, and the delegation is the one that was told before."""
    alone = frame.trigger.layout == "receives" and bool(frame.first) and not frame.second
    return alone and cues.ends(text.low[frame.start : frame.end], "delegations")


def _visitor(frame: Frame, before: Sequence[Frame]) -> tuple[Mention, ...]:
    """Who came last, from another state, in the sentences before."""
    hosts = {m.country for m in frame.first}
    visits = (f for f in reversed(before) if f.trigger.layout == "visits" and frame.sentence - f.sentence <= _BEHIND)
    last = next((f for f in visits if _one_person(f.first)), None)
    return last.first if last is not None and last.first[0].country not in hosts else ()


def _one_person(mentions: Sequence[Mention]) -> bool:
    return len(mentions) == 1 and mentions[0].kind is MentionKind.person


def _opens(text: Text, frame: Frame, reading: Reading) -> bool:
    """ "Meeting in Brunei, the two agreed": whether the word opens a sentence about both sides."""
    group = (m for m in reading.mentions if m.kind is MentionKind.group and m.sentence == frame.sentence)
    return frame.start == text.sentences[frame.sentence].start and not frame.mentions and any(group)


def _of_pair(text: Text, frame: Frame, frames: Sequence[Frame], reading: Reading) -> Frame:
    """ "The two met": the only two people that the sentences before it name, of two states."""
    near = range(max(0, frame.sentence - _NEAR), frame.sentence + 1)
    named = [m for m in reading.mentions if m.sentence in near and m.start < frame.start and _told(text, m)]
    pair = list({m.key: m for m in named if m.kind is MentionKind.person}.values())
    if len(pair) < _PAIR and frame.group and frame.lead and not frame.trigger.weak:
        pair = _named_behind(frame, reading)
    if len(pair) != _PAIR or parties_of(pair) < _PAIR:
        return frame
    keys = {m.key for m in pair}
    talks = [other for other in frames if other.trigger.type in TALKS]
    if any(keys <= {m.key for m in other.mentions} for other in talks):
        return frame  # told elsewhere
    if any(other.start < frame.start and other.first and other.second for other in talks):
        return frame  # who talked before is meant
    return replace(frame, first=(pair[0],), second=(pair[1],), group=False)


def _named_behind(frame: Frame, reading: Reading) -> list[Mention]:
    """ "The office said that the two leaders had a call. President A stressed … For his part, Prime Minister B …": the
    only two leaders whom the sentences behind name, captions too."""
    near = range(frame.sentence + 1, frame.sentence + _BEHIND + 1)
    named = [m for m in reading.mentions if m.sentence in near and m.kind is MentionKind.person and not m.former]
    pair = list({m.key: m for m in named}.values())
    return pair if all(m.level in _HEADS for m in pair) else []


def _of_both_sides(frame: Frame, before: Sequence[Frame], reading: Reading) -> Frame:
    """ "During the meeting with B, the two sides …": with whoever met the others before."""
    both = any(m.kind is MentionKind.group and m.sentence == frame.sentence for m in reading.mentions)
    hosts = [f.first[0] for f in before if _one_person(f.first)]
    if not both or not hosts or {m.key for m in hosts} != {hosts[0].key}:
        return frame
    return replace(frame, first=(hosts[0],)) if hosts[0].country != frame.second[0].country else frame


def _told(text: Text, mention: Mention) -> bool:
    return text.sentences[mention.sentence].zone in (Zone.headline, Zone.body) and not mention.former
