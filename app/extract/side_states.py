"""States that stand right beside an event word and take part, whoever else the sentence names before them."""

from __future__ import annotations

from app.extract.clauses import CORPORATE, PERSONAL, Clause, parties_of
from app.extract.model import Mention

_NUMBER = 6
"""Most characters of the number of a meeting: 第十七次."""


def states_before(clause: Clause) -> list[Mention]:
    """States named right before the event word ("…, A, B and C will meet"), whoever is named before them."""
    groups = clause.groups(clause.left, CORPORATE)
    if not groups or parties_of(groups[-1]) < 2:
        return []
    if not clause.cues.spaced:
        return _pair_behind_comma(clause, groups[-1])
    if not clause.cues["auxiliaries"]:
        return []
    gap = clause.text.low[groups[-1][-1].end : clause.start].replace(",", " ").replace("-", " ").split()
    before = clause.before(groups[-1])
    placed = clause.cues.ends(before, "venue_before") or clause.cues.ends(before, "of")
    return [] if placed or any(w not in clause.cues["auxiliaries"] for w in gap) else groups[-1]


def _pair_behind_comma(clause: Clause, pair: list[Mention]) -> list[Mention]:
    """ "After A had met B, the officials of both countries held …", where a pair tells the countries: 美菲两国官员."""
    people = [m.end for m in clause.left if m.kind in PERSONAL]
    if not people or people[-1] > pair[0].start or pair[1].start != pair[0].end:
        return []
    apart = "," in clause.text.low[people[-1] : pair[0].start]
    return pair if apart and "," not in clause.text.low[pair[-1].end : clause.start] else []


def pair_behind(clause: Clause) -> list[Mention]:
    """ "attended the ninth round of talks of A and B", where a pair right before the word tells whose: 中越外交磋商."""
    groups = clause.groups(clause.right, CORPORATE)
    if clause.cues.spaced or not groups or groups[0][0].start - clause.end > _NUMBER:
        return []
    pair = groups[0]
    return pair if len(pair) > 1 and pair[0].end == pair[1].start else []


def mediator_ahead(clause: Clause) -> list[Mention]:
    """ "With the mediation of A, B and C met", where it is said right before the word: 在|甲|斡旋下."""
    groups = clause.groups(clause.left, CORPORATE | PERSONAL)
    return groups[-1] if groups and groups[-1][-1].end == clause.start else []


def is_between(clause: Clause, group: list[Mention]) -> bool:
    """Whether somebody is said to stand between a group: "between A and B", 在甲和乙之间."""
    behind = clause.text.low[group[-1].end : group[-1].end + 2]
    return clause.cues.ends(clause.before(group), "between") or behind in clause.cues["between_behind"]


def of_own(clause: Clause, first: list[Mention], second: list[Mention]) -> bool:
    """ "A recalled the ambassador of A to B": what stands next behind the word is the doer's own."""
    own = {m.country for m in first} - {None}
    return second[0].start >= clause.end and all(m.kind in CORPORATE and m.country in own for m in second)
