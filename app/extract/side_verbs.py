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
    if group is groups[0] or not (accompanied or _objects(clause, group, groups)):
        return False
    behind = [m for m in clause.left if m.kind in CORPORATE and m.start >= group[-1].end]
    return all(clause.cues.ends(clause.before([m]), "beside") for m in behind)  # no state comes in as subject


def _objects(clause: Clause, group: Sequence[Mention], groups: Sequence[Sequence[Mention]]) -> bool:
    """Whether an earlier verb takes a group, also with words between: 会晤|中国最高外交官员|王毅."""
    if clause.cues.ends(clause.before(group), "object_after"):
        return True
    if clause.cues.spaced:
        return False
    at = next(i for i, g in enumerate(groups) if g is group)
    between = clause.text.low[groups[at - 1][-1].end : group[0].start].rpartition(",")[2]
    return any(word in between for word in clause.cues["object_after"])


def aimed_at(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """ "A decided to sanction B's officials", where the object stands first behind a preposition: 对乙国制裁."""
    low, begin = clause.text.low, clause.sentence.start
    for word in clause.cues["aimed"]:
        at = low.rfind(word, begin, clause.start)
        while at >= begin:
            around = low[max(begin, at - 1) : at + len(word) + 1]
            if not any(w in around for w in clause.cues["not_aimed"]):
                return _doer_and_target(clause, at)
            at = low.rfind(word, begin, at)
    return None


def _doer_and_target(clause: Clause, at: int) -> tuple[list[Mention], list[Mention]] | None:
    """The last state or person before a place that is no topic, and the first one behind it."""
    kinds = CORPORATE | {MentionKind.office, MentionKind.person}
    groups = clause.groups(clause.left, kinds)
    doers = [g for g in groups if g[-1].end <= at and not clause.cues.ends(clause.before(g), "of")]
    target = next((m for m in (*clause.left, *clause.right) if m.start >= at and m.country), None)
    if not doers or target is None or target.country == doers[-1][0].country:
        return None
    return doers[-1][:1], [target]


def disposed(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """ "A decided to declare B's consul unwelcome", where the language puts the object first: 将乙国领事列为."""
    kinds = CORPORATE | {MentionKind.office, MentionKind.person}
    groups = clause.groups(clause.left, kinds)
    at = next((i for i, g in enumerate(groups) if i and clause.cues.ends(clause.before(g), "disposal")), None)
    if at is None:
        return None
    doers = [g for g in groups[:at] if not clause.cues.ends(clause.before(g), "of")]
    return (doers[-1], groups[at][:1]) if doers and doers[-1][0].country != groups[at][0].country else None
