"""What an event word asks for beside it, and what it does not bear: words, a figure, a country, a person.

In: a text, or a clause around an event word. Out: the words that may tell an event, and whether all that a word asks
for stands there; a word without it tells of nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator
from typing import Any

from app.extract.clauses import NEXT, PERSONAL, REACH, Clause
from app.extract.event_words import Cues, Trigger, cues_of, stands_in
from app.extract.lexicon import Hit
from app.extract.model import MentionKind, Sentence, Text, Zone
from app.extract.pack import Pack
from app.records import EventType

_NEAR = 24
"""So many characters before an event word say whose it is."""

_SUMMONER = 40
"""So far before "summoned" its passive begins: "bị Bộ Ngoại giao A triệu tập"."""

_TOLD = (Zone.body, Zone.headline)

_MET = {
    EventType.meeting,
    EventType.visit,
    EventType.conference,
    EventType.negotiation,
    EventType.phone_call,
    EventType.video_call,
}

_FIGURE = re.compile(r"\d(?![\d,.]{0,12}[年月日号时届])")
"""A figure that is neither a date nor the number of a session."""


_PARTS = re.compile(r"\w(?:[\w.'’-]*\w)?(?:(?<=\.\w)\.)?|[^\w\s]")
_MARKS = frozenset(",.;:()!?—–")
_OBJECT = 9
"""Of so many words is what something is done to."""

EventWord = tuple[Hit[Any], Sentence, Trigger]
"""Where an event word stands, its sentence, and what it tells."""


def event_words(text: Text, pack: Pack) -> Iterator[EventWord]:
    """The words of headline and body that may tell an event: without any there is none."""
    cues = cues_of(pack)
    reach = REACH if cues.spaced else REACH // 3
    for hit in cues.lexicon.scan(text.low):
        sentence = text.sentence_at(hit.start) if hit.value[0] is not None else None
        if sentence is None or sentence.zone not in _TOLD:
            continue
        for trigger in hit.value:
            if trigger is None:
                break
            far = 2 * reach if trigger.layout == "sends" else reach  # "sent A, B and C a letter"
            first = sentence.start if _may_stand_before(text, hit, sentence, trigger, cues) else hit.end
            if trigger.needs and not stands_in(text.low[first : min(hit.end + far, sentence.end)], trigger.needs):
                continue
            if trigger.unless and stands_in(_around(text, hit, sentence, reach), trigger.unless):
                continue
            if trigger.not_object and _of_things(text.low[hit.end : hit.end + reach], trigger.not_object, cues):
                continue
            if trigger.layout == "held" and not _of_gathering(text, hit, sentence, trigger, cues):
                continue
            yield hit, sentence, trigger
            if trigger.next is None:
                break  # of several things that a word may tell, the first that finds what it asks for


def _may_stand_before(text: Text, hit: Hit[Any], sentence: Sentence, trigger: Trigger, cues: Cues) -> bool:
    """Whether what the word asks for may be its subject: "the envoy of B was expelled", "Đại biện A bị B triệu tập"."""
    if trigger.type is not EventType.protest:
        return trigger.type is EventType.expulsion
    near = text.low[max(sentence.start, hit.start - _SUMMONER) : hit.start]
    return stands_in(near, cues["passive"])


def _of_gathering(text: Text, hit: Hit[Any], sentence: Sentence, trigger: Trigger, cues: Cues) -> bool:
    """Whether it is a conference that took place, or talks that have a name: "đàm phán vòng 5 … diễn ra tại Hà Nội"."""
    over = text.low[hit.start : hit.end] in cues["comes_to_an_end"]
    if over and cues.ends(text.low[max(0, hit.start - _NEAR) : hit.start], "relatives"):
        return False  # "held five rounds of talks that ended with a war"
    near = text.low[hit.end : min(hit.end + _NEAR, sentence.end)]
    if trigger.type is EventType.conference:
        behind = cues.spaced and stands_in(near, cues["gatherings"])
        return behind or stands_in(text.low[sentence.start : hit.start], cues["gatherings"])
    return stands_in(text.low[sentence.start : hit.start], cues["rounds"]) or stands_in(near, cues["rounds"])


def _of_things(behind: str, things: Container[str], cues: Cues) -> bool:
    """Whether a thing is what it is done to, the last word of it: "met European standards", "was met with gunfire"."""
    ends = cues["phrase_ends"]
    words = _PARTS.findall(behind)[:_OBJECT]
    begun = next((n for n, word in enumerate(words) if word not in cues["before_object"]), 0)
    for word, then in itertools.pairwise([*words[begun:], ","]):
        if word in ends or word in _MARKS:
            return False
        if word in things and (then in ends or then in _MARKS):
            return True
    return False


def _around(text: Text, hit: Hit[Any], sentence: Sentence, reach: int) -> str:
    """What stands near an event word on both sides, in its sentence."""
    return text.low[max(sentence.start, hit.start - reach) : min(hit.end + reach, sentence.end)]


def is_complete(clause: Clause, trigger: Trigger) -> bool:
    """Whether what the word asks for stands with it: a figure, a thing, somebody of whom nothing is asked."""
    if (trigger.figure and not _figured(clause)) or _of_paper(clause, trigger) or _of_others(clause, trigger):
        return False
    if trigger.next is None:
        return True
    low, behind = clause.text.low, clause.right[0] if clause.right else None
    if behind is None or behind.start - clause.end > NEXT:
        return False
    if trigger.next == "country":
        return behind.kind is MentionKind.country
    return behind.kind in PERSONAL and not low.startswith(clause.cues["request_after"] or ("\0",), behind.end)


def _of_others(clause: Clause, trigger: Trigger) -> bool:
    """Whether the words before it make it what somebody else did: 与|出席会议的某人会面, "is being |condemned"."""
    cues, before = clause.cues, clause.text.low[max(clause.sentence.start, clause.start - _NEAR) : clause.start]
    if trigger.layout == "states":
        if not cues.spaced:
            return _voiced_by_others(clause, before)
        return cues.ends(before, "passive_before") or _of_people(clause)
    if trigger.layout != "attends" or cues.spaced:
        return False
    return cues.ends(before, "comitative") or cues.ends(before, "object_after")


def _of_people(clause: Clause) -> bool:
    """Whether those who say something are the people of a state, some of them: "Ghanaians condemned"."""
    ends, low = clause.cues["peoples_end"], clause.text.low
    states = [m for m in clause.left if m.kind is MentionKind.country]
    return bool(ends and states) and all(
        low.endswith(ends, m.start, m.end) and not low.endswith(" the ", 0, m.start) for m in states
    )


def _voiced_by_others(clause: Clause, before: str) -> bool:
    """印度遭到各国|强烈谴责: what others voice; not 对某国遭受袭击表示|谴责."""
    near = before[before.rfind(",") + 1 :]
    at = max((near.rfind(word) for word in clause.cues["passive_before"]), default=-1)
    return at >= 0 and not any(word in near for word in clause.cues["voicing"])


def _of_paper(clause: Clause, trigger: Trigger) -> bool:
    """Whether talks or a visit stand in the title of a paper: 签署《定期会晤联合公报》."""
    plain = clause.text.plain[clause.sentence.start : clause.start]
    return trigger.type in _MET and plain.rfind("《") > plain.rfind("》")


def _figured(clause: Clause) -> bool:
    """Whether the sentence names an amount; where words have no spaces, close by."""
    low, start, end = clause.text.low, clause.sentence.start, clause.sentence.end
    if clause.cues.spaced:
        return any(c.isdigit() for c in low[start:end])
    near = low[max(start, clause.start - clause.reach) : min(end, clause.end + clause.reach)]
    return _FIGURE.search(near) is not None or any(w in near for w in clause.cues["figures"])
