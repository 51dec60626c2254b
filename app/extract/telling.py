"""Who tells of an event and how: recalled by the speaker, said in a statement, planned by the verb before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.extract.clauses import Clause
from app.extract.event_words import Cues, Trigger
from app.extract.model import Mention, Text
from app.records import EventType

if TYPE_CHECKING:
    from app.extract.frames import Frame


def recalled(clause: Clause, subject_end: int) -> bool:
    """ "X said, I met him in Lima": the speaker recalls what he did himself: 习近平说,我同总统先生会晤."""
    between = clause.text.low[subject_end : clause.start]
    return clause.cues.has(between, "first_person") and clause.cues.has(between, "speech")


def only_tells(text: Text, end: int, cues: Cues) -> bool:
    """Whether a statement that ends here only tells of what follows: 发表声明说,总统同某人通电话."""
    return not cues.spaced and text.low.startswith(cues["speech"] or ("\0",), end)


def of_relations(text: Text, before: Frame, start: int, trigger: Trigger) -> bool:
    """Whether what was signed is the paper that an event word stands in, by which relations begin: 签署《建交公报》."""
    if trigger.type is not EventType.recognition or before.trigger.layout != "signs":
        return False
    between = text.plain[before.end : start]
    return "《" in between and "》" not in between


def shared_window(clause: Clause, first: Sequence[Mention]) -> str:
    """The clause before the event word; where it has no subject of its own, from the subject on: 将会见甲,同乙会谈."""
    window = clause.window()
    ends = [m.end for m in first if m.end <= clause.start]
    if clause.cues.spaced or not ends or max(ends) >= clause.start - len(window):
        return window
    return clause.text.low[max(ends) : clause.start]
