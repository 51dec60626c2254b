"""Whether an event word only tells more of what the word before it in the sentence tells: no event of its own."""

from __future__ import annotations

from app.extract.clauses import REACH
from app.extract.frame_model import Frame
from app.extract.model import Text
from app.extract.occurrences import ONE_SIDED
from app.extract.receptions import of_guests
from app.records import EventType, Mode

_MET = {EventType.meeting, EventType.negotiation}
_SORT = 6
"""Most characters between a verb and the word for a gathering that say what sort of one it is: 召开|部长级|峰会."""


def _mediated(before: Frame, frame: Frame) -> bool:
    """The talks that somebody mediates are no event beside the mediation: "mediated talks between A and B"."""
    same = before.sentence == frame.sentence and frame.start - before.end < REACH
    return same and before.trigger.layout == "mediates" and frame.trigger.type in _MET


_ANSWERS = {EventType.protest, EventType.statement, EventType.rejection}
_ANSWERED = {EventType.expulsion, EventType.recall, EventType.sanction, EventType.recognition}


def _answered(before: Frame, frame: Frame, text: Text) -> bool:
    """What a protest or a statement is about: "summoned the ambassador to protest the expulsion of two diplomats"."""
    if before.sentence != frame.sentence or before.trigger.type not in _ANSWERS:
        return False
    if before.trigger.type is EventType.protest and frame.trigger.layout == "states":
        return True  # "summoned the envoy to strongly condemn the shelling"
    return frame.trigger.type in _ANSWERED and text.low[frame.start : frame.end].endswith(" of")


def _reason(before: Frame, frame: Frame) -> bool:
    """ "severed ties with B to protest the war": what an act of one side was done for is no protest beside it."""
    if before.sentence != frame.sentence or before.trigger.type not in ONE_SIDED:
        return False
    said = frame.trigger.type in _ANSWERS and frame.trigger.mode is not Mode.in_person
    return said and {m.country for m in frame.mentions} <= {m.country for m in before.mentions}


def belongs_to(before: Frame, frame: Frame, text: Text) -> bool:
    """Whether a frame only tells more about the one before it."""
    convened = before.trigger.layout == "attends" and frame.trigger.noun and frame.trigger.layout == "with"
    if convened and before.sentence == frame.sentence and frame.start - before.end < REACH:
        return True  # "convened an investment summit with industry leaders"
    if before.trigger.layout == "held" and frame.trigger.weak and frame.trigger.layout == "with":
        between = text.low[before.end : frame.start]
        if len(between) <= _SORT and "," not in between:
            return True  # 召开部长级|峰会: the gathering itself
    return (
        _mediated(before, frame) or of_guests(before, frame) or _answered(before, frame, text) or _reason(before, frame)
    )
