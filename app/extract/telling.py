"""How an event is told: as one that was, planned or called off; or wished, denied, recalled, and then of no event.

In: a clause around an event word, and who does what in it. Out: a status, and whether the words tell of any event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.extract.clauses import PERSONAL, REACH, Clause, Parts, parties_of
from app.extract.event_words import Cues, Trigger, stands_in
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind, Text, Zone
from app.records import EventStatus, EventType

_TO = 3
"""Characters of "to" and a space at the head of an event word."""


_OPENING = '"“‘«「『'
"""Behind one of these somebody else's words begin, and it is they that ask."""

_COUNTED = re.compile("[^,;:()第]{0,6}?(?:[0-9]{1,3}|[两三四五六七八九十]{1,3})次(?!会)")
"""How often something was done, behind the word for it: 访问该国|14次."""

_TOP = 600
"""So many characters at the head of an article say what it is about."""


def status_of(clause: Clause, trigger: Trigger, first: Sequence[Mention]) -> EventStatus:
    """Whether an event was, is planned or was called off, as the words around it say."""
    window = _shared_window(clause, first)
    if clause.cues.has(window, "cancelled") or _called_off(clause, trigger):
        return EventStatus.cancelled
    if clause.cues.has(window, "had_been_planned") and clause.cues.has(clause.text.low[:_TOP], "cancelled"):
        return EventStatus.cancelled  # "cancelled a visit to Germany, where he was scheduled to meet A"
    if clause.cues.has(window, "ending") or _said_when(clause, window):
        return EventStatus.occurred  # "will conclude his visit"
    if trigger.status is not None:
        return trigger.status
    behind = clause.text.low[clause.end : min(clause.end + REACH, clause.sentence.end)] if trigger.noun else ""
    if trigger.noun and clause.cues["past_behind"] and behind.lstrip().startswith(clause.cues["past_behind"]):
        return EventStatus.occurred  # "what came of the meeting on the 27th"
    if not behind and trigger.type is EventType.negotiation:  # "the fifth round between A and B will take place in C"
        behind = clause.text.low[clause.end : min(clause.end + REACH, clause.sentence.end)].partition(",")[0]
    for word in clause.cues["no_plans"]:
        window = window.replace(word, "")
    planned = clause.cues.has(window, "planned") or clause.cues.has(behind, "planned_after")
    planned = planned or clause.cues.has(clause.text.low[clause.sentence.start : clause.start], "programme")
    planned = planned or (clause.cues.ends(window, "planned_before") and not clause.cues.ends(window, "not_planned"))
    return EventStatus.planned if planned else EventStatus.occurred


def _called_off(clause: Clause, trigger: Trigger) -> bool:
    """ "The round of talks due to be held in A on Friday has been postponed": it is said behind the word."""
    if not (trigger.noun or trigger.layout == "held" or trigger.type is EventType.negotiation):
        return False
    behind = clause.text.low[clause.end : min(clause.end + REACH, clause.sentence.end)].partition(",")[0]
    return clause.cues.has(behind, "cancelled_after")


def _said_when(clause: Clause, window: str) -> bool:
    """ "A khẳng định sẽ thăm X khi gặp B": the talks are where it was said, and what is planned is another thing."""
    if not clause.cues.ends(window, "said_when"):
        return False
    before = [word for word in clause.cues["planned"] if stands_in(window, (word,))]
    at = min((window.find(word) for word in before), default=0)
    return clause.cues.has(window[:at], "speech")


def is_irrealis(clause: Clause, parts: Parts) -> bool:
    """Asked for, wished, denied, remembered or a habit: then the event word tells of no event."""
    subject = [m.end for m in parts.first if m.end <= clause.start]
    if _only_spoken_of(clause, parts, subject) or _remembered(clause) or _of_topic(clause, parts):
        return True
    begin = max([clause.opening(clause.start), *subject])
    window = _without_months(clause.text.low[begin : clause.start], clause.text.plain[begin : clause.start])
    if clause.adverbial and clause.start > begin:
        window = ""  # "invited B to visit, in talks with C": the talks were held
    for word in clause.cues["not_irrealis"]:
        window = window.replace(word, "")
    spoken_of = clause.cues.ends(clause.text.low[max(0, clause.start - 32) : clause.start], "results")
    doubts = "irrealis_past" if _is_past(clause) else "irrealis"
    return spoken_of or clause.cues.has(window, doubts) or clause.cues.has(window, "negated")


def _of_topic(clause: Clause, parts: Parts) -> bool:
    """ "protested about the talks of A and B": whether those who do it are named in the words for what it is about."""
    at = clause.opening(clause.start)
    if not parts.first or not clause.tells_matter(clause.start):
        return False
    goes_on = "," in clause.text.low[clause.end : clause.sentence.end]
    goes_on = goes_on or clause.text.low.startswith(("、", "的"), clause.end)
    return goes_on and all(m.start >= at for m in parts.first)


def _is_past(clause: Clause) -> bool:
    """Whether the event word is a past form, which no word of wishing before it governs."""
    word = clause.text.low[clause.start : clause.end].split()[0]
    return bool(clause.cues["past_forms"]) and (word.endswith("ed") or word in clause.cues["past_forms"])


def _without_months(low: str, plain: str) -> str:
    """A window without the month that looks like a word of doubt: "on 4 May 2021 received"."""
    at = plain.find("May")
    return low if at < 0 else low[:at] + "   " + _without_months(low[at + 3 :], plain[at + 3 :])


def _only_spoken_of(clause: Clause, parts: Parts, subject: list[int]) -> bool:
    """Invited, denied, announced by the subject, or about sport: read off what stands before the subject."""
    low, sentence = clause.text.low, clause.sentence
    if clause.cues.has(low[sentence.start : sentence.end], "elsewhere") or _is_asked(clause) or _is_rare(clause):
        return True
    if not subject:
        return False
    before = low[sentence.start : min(m.start for m in parts.first)]
    right_before = clause.before(parts.first)
    if clause.cues.ends(right_before, "irrealis") or clause.cues.ends(right_before, "spoken_of"):
        return True  # "invited the President of Mexico to visit", "accused Mexico of expelling"
    if clause.cues.has(low[clause.opening(clause.start) : clause.start + _TO], "records"):
        return True  # "became the first president to visit"
    clause_head = low[clause.opening(min(m.start for m in parts.first)) : min(m.start for m in parts.first)]
    if clause.cues.has(clause_head, "supposed"):
        return True  # 若中韩外长会谈成行
    return clause.cues.has(before, "denied") or _only_said(clause, max(subject)) or _recalled(clause, min(subject))


def _is_asked(clause: Clause) -> bool:
    """Whether it stands in a question: "Why did he meet Kim?", also one that is quoted."""
    behind = clause.text.low[clause.end : clause.sentence.end]
    asked = behind.find("?")
    return asked >= 0 and not any(mark in behind[:asked] for mark in _OPENING)


def _is_rare(clause: Clause) -> bool:
    """ "the last prime minister to visit Beijing": says of whom it is told how rare it is."""
    low = clause.text.low
    bare = low.startswith("to ", clause.start) or low.startswith("to ", clause.start - _TO)
    return bare and clause.cues.has(low[clause.sentence.start : clause.start], "rarity")


def _remembered(clause: Clause) -> bool:
    """What stands behind makes it an anniversary or a habit: "the 75th anniversary of", "on numerous occasions"."""
    follows = clause.text.low[clause.end : min(clause.end + 12, clause.sentence.end)]
    if not clause.cues.spaced and _COUNTED.match(follows):
        return True
    stop = min((at for mark in clause.cues["clause"] if (at := follows.find(mark)) >= 0), default=len(follows))
    if not clause.voiced and clause.cues.has(follows[:stop], "remembered"):
        return True  # but who rejects a proposal rejects it: 拒绝|某国的提议
    written = clause.text.low[clause.end : min(clause.end + REACH, clause.sentence.end)]
    behind = " ".join(written.split())
    return clause.cues.has(behind, "repeated", reflowed=behind not in written)


def _only_said(clause: Clause, subject_end: int) -> bool:
    """A signing that the subject speaks about: "the President said the agreement signed …"."""
    between = clause.text.low[subject_end : clause.start]
    if clause.cues.ends(between, "announced"):
        return False  # "announced the signing of": by that it is done
    return clause.signing and clause.cues.has(between, "speech")


def _recalled(clause: Clause, subject_end: int) -> bool:
    """ "X said, I met him in Lima": the speaker recalls what he did himself: 习近平说,我同总统先生会晤."""
    between = clause.text.low[subject_end : clause.start]
    return clause.cues.has(between, "first_person") and clause.cues.has(between, "speech")


def _shared_window(clause: Clause, first: Sequence[Mention]) -> str:
    """The clause before the event word; where it has no subject of its own, from the subject on: 将会见甲,同乙会谈."""
    window = _without_people(clause)
    ends = [m.end for m in first if m.end <= clause.start]
    shared = not clause.cues.spaced or bool(clause.cues["further_verb"])
    if not shared or not ends or max(ends) >= clause.start - len(window):
        return window
    return clause.text.low[max(ends) : clause.start]


def _without_people(clause: Clause) -> str:
    """The clause before the event word with blanks for people: "Bộ trưởng |Kế hoạch" plans nothing."""
    begin = clause.opening(clause.start)
    window = clause.window()
    for mention in clause.left:
        if mention.kind in PERSONAL and mention.start >= begin:
            at, end = mention.start - begin, mention.end - begin
            window = window[:at] + " " * (end - at) + window[end:]
    return window


def only_tells(text: Text, end: int, cues: Cues) -> bool:
    """Whether a statement that ends here only tells of what follows: 发表声明说,总统同某人通电话."""
    return not cues.spaced and text.low.startswith(cues["speech"] or ("\0",), end)


def is_background(clause: Clause, window: str) -> bool:
    """Whether words around an event word set it in the past: "recently", "his last visit", 访问期间.

    `window`: the words before it, as `main_clause` gives them.
    """
    low, cues = clause.text.low, clause.cues
    if cues.has(window, "background"):
        return True
    behind = low[clause.end : clause.end + REACH].lstrip()
    return cues.ends(low[max(0, clause.start - 24) : clause.end], "bygone") or (
        bool(cues["bygone_after"]) and behind.startswith(cues["bygone_after"])
    )


def is_history(clause: Clause, parts: Parts, opening: bool) -> bool:
    """Whether words around an event word set it in another year: "last year, he met", "met him last year".

    What opens an article is only where they stand beside its subject: "Fifty years ago A met B", 某人去年访美.
    """
    low, cues = clause.text.low, clause.cues
    if opening:
        subject = [m for m in parts.first if m.end <= clause.start]
        if not subject or clause.sentence.zone is Zone.headline:
            return False
        between = low[max(clause.opening(clause.start), *(m.end for m in subject)) : clause.start]
        return cues.ends(clause.before(subject), "history") or cues.has(between, "history")
    if cues.has(low[clause.sentence.start : clause.start], "history"):
        return True
    behind = low[clause.end : min(clause.end + REACH, clause.sentence.end)]
    ends = [at for mark in clause.cues["clause"] if (at := behind.find(" -" if mark == "-" else mark)) >= 0]
    return cues.has(behind[: min(ends, default=len(behind))], "history_after")


def of_relations(text: Text, before: Frame, start: int, trigger: Trigger) -> bool:
    """Whether what was signed is the paper that an event word stands in, by which relations begin: 签署《建交公报》."""
    if trigger.type is not EventType.recognition or before.trigger.layout != "signs":
        return False
    between = text.plain[before.end : start]
    return "《" in between and "》" not in between


def main_clause(clause: Clause, parts: Parts) -> str:
    """The words before an event word, less a clause of time before its subject: "Sau khi …, A gặp B"."""
    low, begin = clause.text.low, clause.sentence.start
    subject = [m.start for m in parts.first if m.end <= clause.start]
    heads = clause.cues["time_heads"]
    if not heads or not subject or not low[begin : clause.start].lstrip().startswith(heads):
        return low[begin : clause.start]
    comma = low.rfind(", ", begin, min(subject))
    ahead = [m for m in clause.left if comma < m.start < min(subject)]
    return low[comma if comma >= 0 and not ahead else begin : clause.start]


def arrived(clause: Clause) -> list[Mention]:
    """ "Sau khi đến New York, A gặp B": who arrived, where that is named behind the clause of time."""
    heads = clause.cues["time_heads"]
    if not heads or not clause.text.low[clause.sentence.start : clause.start].lstrip().startswith(heads):
        return []
    behind = next((m for m in clause.right if m.kind is MentionKind.person), None)
    named = behind is not None and clause.text.low[: behind.start].endswith(", ")
    return [behind] if named and behind is not None else []


def bygone(clause: Clause, trigger: Trigger) -> bool:
    """ "praised the recent visit of A to B": a noun for a journey that is called a past one."""
    words = clause.cues["bygone_behind"]
    return trigger.noun and trigger.layout == "visits" and clause.text.low.startswith(words or ("\0",), clause.end + 1)


def one_after_the_other(clause: Clause, parts: Parts) -> bool:
    """ "On the sidelines of the summit, A met with B and C": people of two states are met one after the other; those
    of three wherever, where the language says "met" of it."""
    words = clause.text.low[clause.sentence.start : clause.sentence.end]
    people = all(m.kind is MentionKind.person for m in parts.second)
    several = people and parties_of(parts.second) == len(parts.second) > 1
    if not several or clause.cues.has(words, "together"):
        return False
    gaps = (clause.text.low[one.end : other.start] for one, other in pairwise(parts.second))
    if any(gap.strip() in clause.cues["at_one_table"] for gap in gaps):
        return False
    many = len(parts.second) > 2 and parties_of(parts.first) == 1
    in_turn = many and clause.cues.ends(clause.text.low[clause.start : clause.end], "met_in_turn")
    return in_turn or clause.cues.has(words, "sidelines")
