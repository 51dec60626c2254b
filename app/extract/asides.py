"""What an article only mentions in passing: its head tells of no event, and what it names further down has no day.

An article reports what happened in its headline or first sentences, or says further down on which day it was; talks and
visits that an opinion, a portrait or a report on trade recalls have neither. What one side said or did alone has rules
of its own (`sufficiency`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.extract.frame_model import Frame
from app.extract.model import DateExpression, Rejection, Text, Zone
from app.extract.occurrences import TALKS, Occurrence
from app.extract.windows import WINDOW
from app.records import EventType, Precision

_HEAD = 8
"""So many sentences of the body, and the headline, say what an article is about. Of 340 articles with events none tells
its first one further down without a day, unless one side acted alone."""
_RECALLED = TALKS | {EventType.visit, EventType.signing, EventType.mediation}


def without_asides(
    text: Text,
    found: list[Occurrence],
    dated: Mapping[int, DateExpression | None],
    rejected: list[Rejection],
) -> list[Occurrence]:
    """The events of an article that are more than mentioned; the others are added to `rejected`.

    A collection of articles has no head of its own: nothing is left out of a text that is read in windows.
    """
    if len(text.given) > WINDOW or _told_at_head(text, found):
        return found
    kept = [o for o in found if o.type not in _RECALLED or any(_has_day(dated.get(f.start)) for f in o.frames)]
    for occurrence in found:
        if occurrence not in kept:
            rejected += [
                Rejection(f.start, f.end, "mentioned in passing, and without a day") for f in occurrence.frames
            ]
    return kept


def _told_at_head(text: Text, found: Sequence[Occurrence]) -> bool:
    """Whether the headline or the first sentences tell of any of the events."""
    head = set([s.index for s in text.sentences if s.zone is Zone.body][:_HEAD])
    frames: list[Frame] = [f for o in found for f in o.frames]
    return any(f.zone is Zone.headline or f.sentence in head for f in frames)


def _has_day(expression: DateExpression | None) -> bool:
    """Whether an expression says which day it was: a date, a weekday, yesterday."""
    if expression is None:
        return False
    return expression.precision is Precision.day or expression.shift_days is not None or expression.weekday is not None
