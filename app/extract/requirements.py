"""What an event word asks for beside it: a figure, a country right behind it, somebody of whom nothing is asked.

In: a clause around an event word. Out: whether what the word asks for stands there; a word without it tells of nothing.
"""

from __future__ import annotations

import re

from app.extract.clauses import NEXT, PERSONAL, Clause
from app.extract.event_words import Trigger
from app.extract.model import MentionKind

_FIGURE = re.compile(r"\d(?![\d,.]{0,12}[年月日号时届])")
"""A figure that is neither a date nor the number of a session."""


def is_complete(clause: Clause, trigger: Trigger) -> bool:
    """Whether what the word asks for stands with it: a figure, a thing, somebody of whom nothing is asked."""
    low = clause.text.low
    if (
        trigger.layout == "attends"
        and not clause.cues.spaced
        and clause.cues.ends(low[: clause.start][-8:], "comitative")
    ):
        return False  # 与出席会议的某人会面: says who somebody else is
    if trigger.figure and not _figured(clause):
        return False
    if trigger.next is None:
        return True
    behind = clause.right[0] if clause.right else None
    if behind is None or behind.start - clause.end > NEXT:
        return False
    if trigger.next == "country":
        return behind.kind is MentionKind.country
    return behind.kind in PERSONAL and not low.startswith(clause.cues["request_after"] or ("\0",), behind.end)


def _figured(clause: Clause) -> bool:
    """Whether the sentence names an amount; where words have no spaces, close by."""
    low, start, end = clause.text.low, clause.sentence.start, clause.sentence.end
    if clause.cues.spaced:
        return any(c.isdigit() for c in low[start:end])
    near = low[max(start, clause.start - clause.reach) : min(end, clause.end + clause.reach)]
    return _FIGURE.search(near) is not None or any(w in near for w in clause.cues["figures"])
