"""Against whom a protest is, where its own sentence names only who protests.

In: the frames of an article, and all that it names. Out: the same frames, protests with the state whose act the
sentences before tell of: "asked about | China's opening of …, the spokesperson said: … Viet Nam firmly opposes this".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.event_words import Cues
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind, Reading, Text
from app.extract.occurrences import ONE_SIDED
from app.records import EventType

_NEAR = 4
"""So many sentences before, and its own, may tell of the act."""
_BEFORE = 24


def with_targets(text: Text, frames: Sequence[Frame], reading: Reading, cues: Cues) -> Iterator[Frame]:
    """The frames, protests against nobody turned against the state whose act is told of."""
    acts: list[Frame] = []
    for frame in frames:
        if frame.trigger.type in ONE_SIDED and frame.first and frame.second:
            acts.append(frame)
        by = _who_acted(text, frame, acts, cues)
        if by is not None:
            yield replace(frame, first=(by,), second=frame.first or frame.second)
            continue
        alone = frame.trigger.type is EventType.protest and frame.first and not frame.second
        target = _whose_act(text, frame, reading, cues) if alone and cues["act_of"] else None
        yield frame if target is None else replace(frame, second=(target,))


def _who_acted(text: Text, frame: Frame, acts: Sequence[Frame], cues: Cues) -> Mention | None:
    """ "A severed ties with B. The ministry summoned the envoy of B": the state that an act before this is told of."""
    sides = {m.country for m in frame.mentions}
    if frame.trigger.type is not EventType.protest or len(sides) != 1 or not acts or not cues["ministry_alone"]:
        return None
    begin = text.sentences[frame.sentence].start
    if not text.low[begin : frame.start].lstrip().startswith(cues["ministry_alone"]):
        return None
    before = (a for a in reversed(acts) if a.sentence < frame.sentence and sides <= {m.country for m in a.second})
    return next((a.first[0] for a in before), None)


def _whose_act(text: Text, frame: Frame, reading: Reading, cues: Cues) -> Mention | None:
    """The other state nearest before the word of which "the act of" or "that it did" is said."""
    own = {m.country for m in frame.first}
    near = range(frame.sentence - _NEAR, frame.sentence + 1)
    told = [
        m
        for m in reading.mentions
        if m.sentence in near and m.kind is MentionKind.country and m.start < frame.start and m.country not in own
    ]
    return next((m for m in reversed(told) if cues.ends(_words_before(text, m), "act_of")), None)


def _words_before(text: Text, mention: Mention) -> str:
    return text.low[max(text.sentences[mention.sentence].start, mention.start - _BEFORE) : mention.start]
