"""Talks that turn out to be calls: "discussed the matter with B by phone on Tuesday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.event_words import Cues
from app.extract.frame_model import Frame
from app.extract.model import Text
from app.records import EventType, Mode

_CALLS = (EventType.phone_call, EventType.video_call)
_LINES = (("by_phone", EventType.phone_call, Mode.phone), ("by_video", EventType.video_call, Mode.video))


_GUEST = 12
_TOPIC = 20


def with_guests(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """The frames, those of talks with somebody who is visiting as talks at the home of the others."""
    for frame in frames:
        guests = [m for m in frame.second if cues.ends(text.low[max(0, m.start - _GUEST) : m.start], "guest_before")]
        inside = any(cues.has(text.low[m.start : m.start + _GUEST], "guest_before") for m in frame.second)
        if frame.trigger.layout == "with" and frame.first and (guests or inside):
            yield replace(frame, trigger=replace(frame.trigger, layout="at_home"))
        else:
            yield frame


def not_topics(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """The frames without those that others only spoke about: "A spoke with B about the meeting between C and D"."""
    for i, frame in enumerate(frames):
        before = text.low[max(0, frame.start - _TOPIC) : frame.start]
        told = (f for f in frames[:i] if f.sentence == frame.sentence and f.first and f.second and not f.trigger.noun)
        if frame.trigger.noun and frame.first and frame.second and _only_outcome(text, frame, cues):
            continue
        if not (frame.trigger.noun and cues.ends(before, "talked_about") and any(told)):
            yield frame


def _only_outcome(text: Text, frame: Frame, cues: Cues) -> bool:
    """Whether somebody tells how talks went: "explained the outcome of his meeting with B", "briefed A on his …"."""
    before = text.low[max(text.sentences[frame.sentence].start, frame.start - 2 * _TOPIC) : frame.start]
    return cues.has(before, "outcomes") or (cues.has(before, "briefs") and cues.ends(before, "on_own"))


def over_a_line(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """The frames, those of meetings as calls where the words up to the next event word say how they were held."""
    for i, frame in enumerate(frames):
        if _spoke_there(text, frame, frames[i + 1 :], cues):
            yield replace(frame, trigger=replace(frame.trigger, type=EventType.meeting, mode=Mode.in_person))
            continue
        if frame.trigger.type is not EventType.meeting or frame.members:
            yield frame
            continue
        end = text.sentences[frame.sentence].end
        following = (f.start for f in frames[i + 1 :] if f.trigger.type not in _CALLS)
        end = min(end, next(following, end))
        behind = text.low[frame.end : max(end, frame.end)]
        line = next(((kind, mode) for name, kind, mode in _LINES if cues.has(behind, name)), None)
        yield frame if line is None else replace(frame, trigger=replace(frame.trigger, type=line[0], mode=line[1]))


def _spoke_there(text: Text, frame: Frame, following: Sequence[Frame], cues: Cues) -> bool:
    """Whether those who spoke were at one place: "A spoke with B on the sidelines of the summit"."""
    said = text.low[frame.start : frame.end]
    if (
        frame.trigger.type is not EventType.phone_call
        or frame.trigger.noun
        or any(w in said for w in cues["line_said"])
    ):
        return False
    end = min([text.sentences[frame.sentence].end, *(f.start for f in following[:1])])
    return cues.has(text.low[frame.end : max(end, frame.end)], "met_at")
