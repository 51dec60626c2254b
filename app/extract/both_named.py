"""Who "the two leaders" are where their talks are told of nobody by name: those whom the sentence before names as one.

"President A and President B pledged more trade. The two leaders met on Thursday": one subject of two persons of two
states, then a word for both as the subject of talks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.commitment_cues import cues_of
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind, Reading, Text, Zone
from app.extract.occurrences import TALKS
from app.extract.pack import Pack


def with_both(text: Text, frames: Sequence[Frame], reading: Reading, pack: Pack) -> Iterator[Frame]:
    """The frames, with the two whom "both" means if the sentence right before names them as one subject.

    Where their talks are told by name elsewhere, what both did is more about those.
    """
    told = [{m.key for m in f.mentions} for f in frames if f.trigger.type in TALKS]
    for frame in frames:
        pair: tuple[Mention, ...] = ()
        if _of_nobody(frame):
            pair = _pair(text, [m for m in reading.mentions if m.sentence == frame.sentence - 1], pack)
        known = any({m.key for m in pair} <= keys for keys in told)
        yield replace(frame, first=pair[:1], second=pair[1:], group=False) if pair and not known else frame


def _of_nobody(frame: Frame) -> bool:
    """Whether both sides, and nobody by name, are said to have talked."""
    if frame.mentions or not frame.group or frame.zone is not Zone.body:
        return False
    return frame.trigger.type in TALKS and not (frame.background or frame.history or frame.trigger.weak)


def _pair(text: Text, mentions: list[Mention], pack: Pack) -> tuple[Mention, ...]:
    """Two persons of two states with nothing but a word for "and" between them, if no third is named."""
    people = [m for m in mentions if m.kind is MentionKind.person and m.country and not m.pronoun]
    if len(people) != 2 or people[0].country == people[1].country:
        return ()
    between = text.low[people[0].end : people[1].start].strip()
    return tuple(people) if between and between in cues_of(pack).coordinators else ()
