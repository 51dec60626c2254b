"""Summits and conferences told by the gathering itself: "the climate summit opened", "ASEAN ministers met"."""

from __future__ import annotations

import re

from app.extract.clauses import CORPORATE, PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.model import Mention, MentionKind
from app.records import EventType

_NUMBERED = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[次届轮回]|首[次届轮]|[23]\+[23]")
_NUMBER_NEAR = 24
"""So far around the word for a meeting its number may stand."""
_BEFORE = 60
"""So far before the states or bodies the word for their gathering may stand: hội nghị các nhà lãnh đạo ASEAN."""


def is_members(clause: Clause, parts: Parts) -> bool:
    """ "Foreign ministers of ASEAN met", "G7 leaders gathered": a body for those who lead its members."""
    bodies = [m for m in parts.first if m.kind is MentionKind.organization]
    if not bodies:
        return False
    if _body_meets(clause, bodies[-1]) or _of_its_leaders(clause, bodies[-1]):
        return True
    follows = clause.text.low[bodies[-1].end : bodies[-1].end + 40].lstrip()
    led = clause.cues["members_after"] or ("\0",)
    return clause.cues.ends(clause.before(bodies), "plural_offices") or follows.startswith(led)


def _body_meets(clause: Clause, body: Mention) -> bool:
    """ "ASEAN họp khẩn": a word that says of a body itself that its members met."""
    word = clause.text.low[clause.start : clause.end]
    gap = clause.text.low[body.end : clause.start]
    return word in clause.cues["body_meets"] and len(gap) <= _NUMBER_NEAR and "," not in gap


def _of_its_leaders(clause: Clause, body: Mention) -> bool:
    """ "Hội nghị Bộ trưởng Ngoại giao G20 khai mạc": a gathering of leaders or ministers is the subject, and the body
    whose they are stands in its name; not "on the sidelines of" it."""
    low, begin = clause.text.low, clause.opening(clause.start)
    at = max((low.rfind(word, begin, body.start) for word in clause.cues["gatherings"]), default=-1)
    if at < 0 or not clause.cues["ranks"] or clause.cues.ends(low[begin:at], "occasion_before"):
        return False
    return clause.cues.has(low[at : clause.start], "ranks") and body.end <= clause.start


def is_numbered(clause: Clause) -> bool:
    """Whether the meeting is one of a series, by its number: 第十七次会议, "2+2"."""
    if clause.cues.spaced:
        return False
    begin, end = max(clause.sentence.start, clause.start - _NUMBER_NEAR), clause.end + _NUMBER_NEAR
    return _NUMBERED.search(clause.text.low, begin, min(end, clause.sentence.end)) is not None


def sides_of_gathering(clause: Clause, trigger: Trigger) -> Parts:
    """The states and bodies whose gathering it is, and the people who are said to be there."""
    both = next((g for g in clause.groups(clause.left, PERSONAL) if clause.cues.ends(clause.before(g), "between")), [])
    if parties_of(both) > 1:
        return Parts(both[:1], both[1:], [])
    named: list[Mention] = []
    for group in clause.groups(clause.left, CORPORATE):
        before = clause.before(group)
        if clause.cues.ends(before, "venue_before") or clause.cues.ends(before, "gathering_about"):
            continue
        if trigger.type is EventType.conference or parties_of(group) > 1:
            named += group
    named = _nearest_parties(clause, named)
    if not named or not _of_gathering(
        clause, clause.text.low[max(clause.sentence.start, named[0].start - _BEFORE) : clause.start]
    ):
        named = _behind(clause)
    present = clause.cues.has(clause.text.low[clause.end : clause.sentence.end], "present")
    people = [m for group in clause.groups(clause.right, PERSONAL) for m in group] if present else []
    return Parts(people or named, named if people else [], [])


def _nearest_parties(clause: Clause, named: list[Mention]) -> list[Mention]:
    """Those named in the clause of the word alone, where several are: 甲承认丙,在…前夕,乙和丁22日召开峰会."""
    if clause.cues.spaced:
        return named
    own = [m for m in named if m.start >= clause.opening(clause.start)]
    return own if parties_of(own) > 1 else named


def _of_gathering(clause: Clause, words: str) -> bool:
    return clause.cues.has(words, "gatherings") or clause.cues.has(words, "rounds")


def _behind(clause: Clause) -> list[Mention]:
    """ "In Beijing took place the 17th round of A and B": those whose talks stand behind the word."""
    pair = next((g for g in clause.groups(clause.right, CORPORATE) if parties_of(g) > 1), [])
    return pair if pair and _of_gathering(clause, clause.text.low[clause.end : pair[0].start]) else []


def is_gathering(clause: Clause, trigger: Trigger) -> bool:
    """Whether a summit or conference of states is named: behind "attended", before "opened"."""
    behind = clause.text.low[clause.start : clause.sentence.end]
    return (trigger.layout == "held" or clause.cues.has(behind, "gatherings")) and _international(clause)


def _international(clause: Clause) -> bool:
    """Whether a sentence about a gathering says or shows that it is one of states."""
    here = {m.country or m.organization for m in (*clause.left, *clause.right)} - {None}
    words = clause.text.low[clause.sentence.start : clause.sentence.end]
    return not clause.cues["international"] or len(here) > 1 or clause.cues.has(words, "international")
