"""Talks that turn out to be calls: "discussed the matter with B by phone on Tuesday"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.event_words import Cues
from app.extract.frames import Frame
from app.extract.model import Text
from app.records import EventType, Mode

_LINES = (("by_phone", EventType.phone_call, Mode.phone), ("by_video", EventType.video_call, Mode.video))


def over_a_line(text: Text, frames: Sequence[Frame], cues: Cues) -> Iterator[Frame]:
    """The frames, those of meetings as calls where the words up to the next event word say how they were held."""
    for i, frame in enumerate(frames):
        if frame.trigger.type is not EventType.meeting or frame.members:
            yield frame
            continue
        end = text.sentences[frame.sentence].end
        if i + 1 < len(frames):
            end = min(end, frames[i + 1].start)
        behind = text.low[frame.end : max(end, frame.end)]
        line = next(((kind, mode) for name, kind, mode in _LINES if cues.has(behind, name)), None)
        yield frame if line is None else replace(frame, trigger=replace(frame.trigger, type=line[0], mode=line[1]))
