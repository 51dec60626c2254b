"""Who spoke to whom at talks that are only the circumstance: "A told B in a phone call that …", "At a meeting in X on
Monday, A urged B to …", "A and B agreed at a summit in X to …".

In: a clause around a noun for talks. Out: both sides; None where the words say something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.model import Mention

_HEAD = 4
"""So many words before the noun may say that it is where something was said: "during a | lengthy phone | call"."""
_TOLD = 60
"""Most characters between speaker and listener."""
_BOTH = 2


def told_at_talks(clause: Clause, trigger: Trigger) -> Parts | None:
    """Speaker and listener, or all those who agreed on something there."""
    if not (trigger.weak or trigger.noun) or trigger.layout != "with" or not _is_circumstance(clause, trigger):
        return None
    if clause.text.low.startswith(clause.cues["counterpart_before"] or ("\0",), clause.end + 1):
        return None  # "in a meeting | with B"
    left, right = clause.groups(clause.left, PERSONAL), clause.groups(clause.right, PERSONAL)
    spoke = _spoke(clause, right if not left else left[-_BOTH:])
    if spoke:
        return Parts(*spoke, [])
    if left and parties_of(left[-1]) == len(left[-1]) == _BOTH:
        return Parts(left[-1][:1], left[-1][1:], [])
    return None


def _is_circumstance(clause: Clause, trigger: Trigger) -> bool:
    heads = clause.cues["at_talks"]
    words = clause.text.low[clause.opening(clause.start) : clause.start].split()
    return bool(heads) and (trigger.circumstance or any(word in heads for word in words[-_HEAD:]))


def _spoke(clause: Clause, groups: Sequence[Sequence[Mention]]) -> tuple[list[Mention], list[Mention]] | None:
    """One who told another something, where the words between say so."""
    if len(groups) < _BOTH:
        return None
    speaker, listener = list(groups[0]), list(groups[1])
    between = clause.text.low[speaker[-1].end : listener[0].start].removeprefix(",")  # "A, minister of X, told B"
    words = between.split()
    if not words or "," in between or len(between) > _TOLD or parties_of([*speaker, *listener]) < _BOTH:
        return None
    together = words[0].endswith("ed") and words[-1] in clause.cues["counterpart_before"]
    return (speaker, listener) if words[0] in clause.cues["telling"] or together else None
