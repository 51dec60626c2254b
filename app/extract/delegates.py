"""Those who took part though the sentence of the event does not name them: heads of delegations, lists of ambassadors.

In: an occurrence or a frame, and all that the article names. Out: the same with the people whom other sentences tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from app.extract.clauses import PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Cues, Trigger, cues_in
from app.extract.frame_model import Frame
from app.extract.model import Argument, Mention, MentionKind, Reading, Text, Zone
from app.extract.occurrences import TALKS, Occurrence
from app.extract.pack import Pack
from app.records import EventType, Level, Role

_HEADS = {
    "heads_of_state": {Level.head_of_state, Level.party},
    "heads_of_government": {Level.head_of_government},
    "leaders": {Level.head_of_state, Level.head_of_government, Level.party},
}
_MINISTERS = {"foreign_ministers": "foreign-minister", "defence_ministers": "defence-minister"}
_LISTED, _LONG_LIST = 5, 20
"""So many sentences behind may list those who presented their credentials; so many where each has a mark."""
_MARKS = "-–—•*"
_SENT = 32
"""So many characters behind a state its delegation may be told."""
_PARTS_END = re.compile("[,.;:。;、(]")
VOICED = {EventType.statement, EventType.protest, EventType.rejection}
"""What states do by speaking: whoever speaks for one does it."""
_NEXT = 4
"""So many sentences, its own among them, may say who was at a meeting."""


def are_delegates(clause: Clause, parts: Parts, trigger: Trigger) -> bool:
    """ "hosted the leaders of ASEAN", "received a delegation of the ministry of A": countries or bodies behind words
    for several people; "a French delegation arrived"."""
    if trigger.arrival and parts.first:
        return _send(clause, parts.first[0])
    behind = [m for m in parts.second if m.kind not in PERSONAL and m.start >= clause.end]
    if not behind:
        return False
    between = clause.text.low[clause.start : behind[0].start]
    sent = clause.cues.has(between, "delegations") and "," not in between
    return sent or clause.cues.ends(clause.before(behind), "plural_offices") or _send(clause, behind[0])


def _send(clause: Clause, state: Mention) -> bool:
    """Whether it is a delegation of the state that stands behind it: 法国议员|代表团, "a Chinese |delegation"."""
    low, end = clause.text.low, state.end
    near = _PARTS_END.split(low[end : min(end + _SENT, clause.sentence.end)], maxsplit=1)[0]
    return state.kind is MentionKind.country and clause.cues.has(near, "delegations_behind")


def pair_meant(clause: Clause, reading: Reading, trigger: Trigger) -> tuple[list[Mention], list[Mention]]:
    """Those whom "the two leaders" means behind "between": the pair named before, in this sentence or the last one."""
    behind = clause.right[0] if clause.right and trigger.type in TALKS else None
    both = behind is not None and behind.kind is MentionKind.group
    if behind is None or not both or not clause.cues.ends(clause.before([behind]), "between"):
        return [], []
    near = [m for m in reading.mentions if clause.sentence.index - 1 <= m.sentence <= clause.sentence.index]
    people = [m for m in near if m.end <= clause.start and m.kind is MentionKind.person]
    for one, other in reversed(list(pairwise(people))):
        gap = clause.text.low[one.end : other.start]
        if gap.strip(", ") and gap in clause.cues["coordination"] and parties_of([one, other]) > 1:
            return [one], [other]
    return [], []


def with_listed(text: Text, frame: Frame, reading: Reading, cues: Cues) -> Frame:
    """Credentials of many ambassadors: those of the states that are named, or whom the next sentences list."""
    if frame.trigger.layout != "presents" or any(m.level is Level.ambassador for m in frame.mentions):
        return frame
    lands = _ambassadors_of(text, frame, reading, cues)
    if lands and lands[0].sentence == frame.sentence:
        hosts = tuple(m for m in frame.mentions if m.kind is MentionKind.person and m.country not in _lands(lands))
        return replace(frame, first=hosts, second=tuple(lands), delegates=True)
    first = frame.sentence + 1
    behind = text.sentences[first : first + _LONG_LIST]
    listing = (i for i, s in enumerate(behind) if i >= _LISTED - 1 and text.plain[s.start] not in _MARKS)
    reach = range(first, first + max(_LISTED, next(listing, len(behind))))
    listed = [
        m
        for m in reading.mentions
        if m.sentence in reach and m.level is Level.ambassador and m.kind is MentionKind.person
    ]
    guests = {m.key: m for m in (*listed, *(m for m in lands if m.country not in _lands(listed)))}
    if not guests or frame.zone is not Zone.body:
        return frame
    hosts = tuple(m for m in frame.mentions if m.kind in PERSONAL and m.country not in _lands(lands))
    return replace(frame, first=hosts, second=tuple(guests.values()), delegates=bool(lands))


def _lands(mentions: Sequence[Mention]) -> set[str | None]:
    return {m.country for m in mentions}


def _ambassadors_of(text: Text, frame: Frame, reading: Reading, cues: Cues) -> list[Mention]:
    """The ambassadors of the states named behind "the ambassadors of", here or in one of the next sentences, each by
    name where the article names him."""
    low, hosts = text.low, {m.country for m in frame.mentions if m.kind is MentionKind.person}
    near = range(frame.sentence, frame.sentence + _LISTED)
    here = [m for m in reading.mentions if m.sentence in near and m.kind is MentionKind.country]
    first = next((m for m in here if cues.ends(low[max(0, m.start - 24) : m.start], "ambassadors_of")), None)
    last = next((m for m in here if low.startswith(cues["ambassadors_behind"] or ("\0",), m.end)), None)
    if first is not None:
        behind = [m for m in here if m.sentence == first.sentence and m.start >= first.start]
    elif last is not None:  # 接受|甲、乙新任驻华大使|递交国书
        behind = [m for m in here if m.sentence == last.sentence and m.start <= last.start]
    else:
        return []
    lands = {m.country: m for m in behind if m.country not in hosts}
    for m in reading.mentions:
        named = m.level is Level.ambassador and m.kind is MentionKind.person and not m.pronoun
        if named and m.country in lands and lands[m.country].kind is MentionKind.country:
            lands[m.country] = m
    return list(lands.values()) if len(lands) > 1 and hosts else []


def add_delegates(text: Text, occurrence: Occurrence, reading: Reading, pack: Pack) -> None:
    """Heads of the delegations of talks in which nobody is named yet: "The X side was led by A", "for her part, B said"
    (and whoever was quoted for the other side before that)."""
    if occurrence.type not in TALKS or occurrence.people:
        return
    cues = cues_in(text.low, pack)
    _add_heads(text, occurrence, reading, pack)
    _add_present(text, occurrence, reading, cues)
    named: dict[str, Mention] = {}
    for mention in reading.mentions:
        sentence = text.sentences[mention.sentence] if mention.sentence >= occurrence.sentence else None
        if sentence is None or sentence.zone is not Zone.body or mention.country not in occurrence.countries:
            continue
        if mention.kind is not MentionKind.person or mention.pronoun or mention.former or not mention.title:
            continue
        before = text.low[max(sentence.start, mention.start - 60) : mention.start]
        if cues.ends(before, "delegation_led") or _heads(text, mention, before, cues):
            occurrence.people.setdefault(mention.key, Argument(mention, Role.participant))
        elif cues.ends(before, "for_their_part"):
            for spoken in (*named.values(), mention):
                occurrence.people.setdefault(spoken.key, Argument(spoken, Role.participant))
        elif not before.strip(' "the'):
            named.setdefault(mention.country or "", mention)


def _heads(text: Text, mention: Mention, before: str, cues: Cues) -> bool:
    """ "Đoàn … do A làm trưởng đoàn", "Trưởng đoàn phía Việt Nam là A"."""
    if text.low[mention.end : mention.end + 24].lstrip(" ,-").startswith(cues["delegation_leads"] or ("\0",)):
        return True
    head = text.low[text.sentences[mention.sentence].start : mention.start]
    return cues.ends(before, "copula") and cues.has(head, "delegation_heads")


def add_speaker(occurrence: Occurrence, reading: Reading) -> None:
    """The spokesperson who voiced what a state does by speaking, where its sentence names only the state: the sentence
    before says who speaks, or the one behind who spoke."""
    if occurrence.type not in VOICED:
        return
    near = {s for frame in occurrence.frames for s in range(frame.sentence - 1, frame.sentence + 2)}
    for mention in reading.mentions:
        speaks = mention.kind is MentionKind.person and mention.office == "spokesperson"
        if speaks and mention.sentence in near and mention.country == next(iter(occurrence.countries), None):
            occurrence.people.setdefault(mention.key, Argument(mention, Role.participant))
            return


def _add_heads(text: Text, occurrence: Occurrence, reading: Reading, pack: Pack) -> None:
    """Those whom "the two presidents" means: of each party the first that the article names in this office."""
    main, cues = occurrence.main, cues_in(text.low, pack)
    called = tuple(pack.data("dates").get("counterparts", ()))
    told = text.low[text.sentences[main.sentence].start : main.end]
    levels = {level for name, held in _HEADS.items() if cues.has(told, name) for level in held}
    offices = {office for name, office in _MINISTERS.items() if cues.has(told, name)}
    for country in occurrence.countries if levels or offices else ():
        for mention in reading.mentions:
            if mention.country != country or mention.kind is not MentionKind.person or mention.former:
                continue
            likewise = any(word in text.low[mention.start : mention.end] for word in called)
            if mention.level in levels or mention.office in offices or likewise:
                occurrence.people.setdefault(mention.key, Argument(mention, Role.participant))
                break


def _add_present(text: Text, occurrence: Occurrence, reading: Reading, cues: Cues) -> None:
    """Those of whom one of the next sentences says that they were there: 甲国副外长A和乙国副外长B出席."""
    if not cues["were_present"] or occurrence.people:
        return
    for index in range(occurrence.sentence, min(occurrence.sentence + _NEXT, len(text.sentences))):
        there = [
            m
            for m in reading.mentions
            if m.sentence == index and m.kind is MentionKind.person and not m.pronoun and m.office != "spokesperson"
        ]
        ours = [m for m in there if m.country in occurrence.countries]
        if ours and text.low.startswith(cues["were_present"], ours[-1].end):
            for mention in ours:
                occurrence.people.setdefault(mention.key, Argument(mention, Role.participant))
            return
