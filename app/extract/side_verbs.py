"""What an earlier verb of a sentence does with those named there, where no ending tells subject and object apart."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import CORPORATE, PERSONAL, Clause
from app.extract.model import Mention, MentionKind


def speaks_of_others(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "The ambassador says that the leaders of A and B will meet": who speaks is not who does it, if states follow."""
    low, end = clause.text.low, group[-1].end
    if group[-1].kind not in PERSONAL or not low.startswith(clause.cues["speech"] or ("\0",), end):
        return False
    behind = [m for m in clause.left if m.kind in CORPORATE and m.start > end]
    return bool(behind) and low[behind[0].start - 1] in ",:,"


def taken_before(clause: Clause, group: Sequence[Mention], groups: Sequence[Sequence[Mention]]) -> bool:
    """ "A received B and held talks with C": B is only what the verb before takes, where somebody stands before it."""
    before = clause.before(group)
    accompanied = clause.cues.ends(before, "beside") and "," in clause.text.low[group[-1].end : clause.start]
    if group is groups[0] or not (accompanied or clause.cues.ends(before, "object_after")):
        return False
    return not any(m.kind in CORPORATE and m.start >= group[-1].end for m in clause.left)  # nor does a state come in


def disposed(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """ "A decided to declare B's consul unwelcome", where the language puts the object first: 将乙国领事列为."""
    kinds = CORPORATE | {MentionKind.office, MentionKind.person}
    groups = clause.groups(clause.left, kinds)
    at = next((i for i, g in enumerate(groups) if i and clause.cues.ends(clause.before(g), "disposal")), None)
    if at is None:
        return None
    doers = [g for g in groups[:at] if not clause.cues.ends(clause.before(g), "of")]
    return (doers[-1], groups[at][:1]) if doers and doers[-1][0].country != groups[at][0].country else None
