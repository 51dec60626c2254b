"""What an earlier verb of a sentence does with those named there, where no ending tells subject and object apart."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import CORPORATE, NEXT, PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind


def speaks_of_others(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "The ambassador says that the leaders of A and B will meet": who speaks is not who does it, if states follow."""
    low, end = clause.text.low, group[-1].end
    if group[-1].kind not in PERSONAL or not low.startswith(clause.cues["speech"] or ("\0",), end):
        return False
    behind = [m for m in clause.left if m.kind in CORPORATE and m.start > end]
    return bool(behind) and low[behind[0].start - 1] in ",:,"


def said_of(clause: Clause) -> bool:
    """ "B's minister said, the talks were useful": whether an event word begins what somebody says."""
    low = clause.text.low
    return low[clause.start - 1] == "," and clause.cues.ends(low[max(0, clause.start - 8) : clause.start - 1], "speech")


def taken_before(clause: Clause, group: Sequence[Mention], groups: Sequence[Sequence[Mention]]) -> bool:
    """ "A received B and held talks with C": B is only what the verb before takes, where somebody stands before it."""
    before = clause.before(group)
    if not clause.cues.spaced and _at_that_time(clause, group, before, groups):
        return True
    gap = clause.text.low[group[-1].end : clause.start]
    accompanied = clause.cues.ends(before, "beside") and "," in gap and not (gap == "," and _between_commas(before))
    if group is groups[0] and not clause.cues.spaced:  # "[He] calls on B, and attends …": B is only called on
        return "," in clause.text.low[group[-1].end : clause.start] and clause.cues.ends(before, "object_after")
    if clause.cues.has(clause.text.low[group[-1].end : clause.end], "who"):
        return False  # "A met B, who visits C"
    if group is groups[0] and clause.cues.ends(before, "acted_on"):  # "X triệu hồi đại sứ, triệu tập đại sứ của Y"
        return any(m.kind in CORPORATE and m.end < group[0].start for m in clause.left)
    if group is groups[0] or not (accompanied or _objects(clause, group, groups)):
        return False
    behind = [m for m in clause.left if m.kind in CORPORATE and m.start >= group[-1].end]
    placed = ("beside",) if clause.cues.spaced else ("beside", "venue_before")
    # No state comes in as subject: 会见乙,随后前往|某国,并同丙会谈.
    return all(any(clause.cues.ends(clause.before([m]), name) for name in placed) for m in behind)


def _between_commas(before: str) -> bool:
    """Whether "with" stands right behind a comma: 甲,与乙,举行会谈, where commas only set the counterpart off."""
    return before[:-1].endswith(",")


def _at_that_time(clause: Clause, group: Sequence[Mention], before: str, groups: Sequence[Sequence[Mention]]) -> bool:
    """ "Before the talks with B, A called C": B only says when, where "with" stands before C too: 会谈前,先和丙."""
    gap, comma, _ = clause.text.low[group[-1].end : clause.start].partition(",")
    if not comma or not gap.endswith(clause.cues["after_it"] or ("\0",)):
        return False
    end = group[-1].end + len(gap)
    beside = (g for g in groups if g[0].start > end and clause.cues.ends(clause.before(g), "comitative"))
    return clause.cues.ends(before, "comitative") and any(beside)


def only_speaks(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "The adviser said this call …": somebody who speaks of an event in the words right before its own."""
    gap = clause.text.low[group[-1].end : clause.start]
    told = next((w for w in clause.cues["this_one"] if gap.endswith(w)), None)
    return told is not None and clause.cues.ends(gap.removesuffix(told).rstrip(",:"), "tells")


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
                return _doer_and_target(clause, at if clause.cues.spaced else _outer(clause, word, at))
            at = low.rfind(word, begin, at)
    return None


def _outer(clause: Clause, word: str, at: int) -> int:
    """Where a state is aimed at for what it does to another: 对|甲国对乙国制裁提出抗议, the first of them; else at."""
    named = [m for m in clause.left if m.kind in CORPORATE and m.end <= at]
    ahead = (m.start - len(word) for m in reversed(named) if clause.cues.ends(clause.before([m]), "aimed"))
    outer = next(ahead, at)
    between = clause.text.low[outer:at]
    return at if any(mark in between for mark in clause.cues["clause"]) else outer


def listed_too(clause: Clause, second: Sequence[Mention]) -> list[Mention]:
    """ "sanctioned A and a dozen other officials, including B": who is listed behind those that it was done to."""
    lands = {m.country for m in second} - {None}
    listed = (g for g in clause.groups(clause.right, PERSONAL) if clause.cues.ends(clause.before(g), "such_as"))
    return [m for g in listed for m in g if m.country in lands]


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
    taken = [i for i, g in enumerate(groups) if i and clause.cues.ends(clause.before(g), "disposal")]
    if not taken:
        return None
    at = taken[-1]  # 列甲国外交官为…后,乙国列丙为…: the last one is this word's
    doers = [g for g in groups[:at] if not clause.cues.ends(clause.before(g), "of")]
    return (doers[-1], groups[at][:1]) if doers and doers[-1][0].country != groups[at][0].country else None


def doer_and_object(clause: Clause) -> tuple[list[Mention], list[Mention]]:
    """ "Poland declared a Belarusian envoy persona non grata": the first group did it to the last one."""
    groups = clause.groups(clause.left, CORPORATE)
    return (groups[0], groups[-1]) if len(groups) > 1 else ([], groups[0]) if groups else ([], [])


def doers_after(clause: Clause) -> list[Mention]:
    """ "a joint statement issued by A and B", "was signed in Lima by A and B": whoever did it behind the word."""
    groups = clause.groups(clause.right, CORPORATE | PERSONAL)
    told = [g for g in groups if clause.cues.ends(_without_offices(clause, g), "doers_behind")]
    if told and told[0][0].start - clause.end <= clause.reach:
        return told[0]
    if groups and parties_of(groups[0]) > 1 and not clause.window().strip() and _fronted(clause, groups[0]):
        return groups[0]
    return (
        groups[0]
        if groups and len(clause.text.low[clause.end : groups[0][0].start].strip()) < _RIGHT_BEHIND // 2
        else []
    )


def _without_offices(clause: Clause, group: Sequence[Mention]) -> str:
    """What stands before a group, less the offices that several of them hold: "by | the foreign ministers of"."""
    before = clause.before(group).rstrip()
    word = max((w for w in clause.cues["plural_offices"] if before.endswith(" " + w)), key=len, default="")
    return before.removesuffix(word).rstrip().removesuffix(" the")


def _fronted(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "In a joint statement on Monday, A and B urged": whether the sentence begins with the word, and a comma ends
    what is told of it."""
    gap = clause.text.low[clause.end : group[0].start]
    return gap.rstrip(" the").endswith(",") and gap.count(",") == 1


def takes_behind(clause: Clause) -> bool:
    """ "established ties with A after cutting ties |with B": whether the word itself takes the state behind it."""
    groups = clause.groups(clause.right, CORPORATE) if clause.cues.spaced else []
    if not groups or groups[0][0].start - clause.end > _RIGHT_BEHIND:
        return False
    return clause.cues.ends(clause.text.low[clause.end : groups[0][0].start], "counterpart_before")


def ordered_out(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """ "A British diplomat was told to leave Russia": the state that stands right behind sends whoever is named last
    before the word away."""
    behind = clause.right[0] if clause.right else None
    if behind is None or behind.kind is not MentionKind.country or behind.start - clause.end > NEXT:
        return None
    sent = [m for m in clause.left if m.country not in (None, behind.country)]
    return ([behind], sent[-1:]) if sent else None


def joins(clause: Clause, sides: Parts) -> bool:
    """ "signed the application of Ukraine to join the EU": then the body that is asked is on the second side."""
    bodies = [m for m in clause.right if m.kind is MentionKind.organization]
    asked = [m for m in bodies if clause.cues.ends(clause.before([m]), "joining")]
    if asked and parties_of(sides.first) == 1:
        sides.second = asked[:1]
    return bool(asked)


_RIGHT_BEHIND = 8
"""Fewer characters between an event word and the state it takes: "with the"."""

_MEETS = ("received", "receives", "with")
"""Layouts of event words whose subject may be left out where the sentence before tells of it."""

_ALONE = ("visits", "received", "receives", "attends")
"""Layouts of what one does: the subject of such an event is who a sentence goes on about."""


def take_up_subject(clause: Clause, trigger: Trigger, parts: Parts, before: Sequence[Frame]) -> None:
    """ "A arrived in Lima. [He] will call on B": in a language that leaves the pronoun out, the subject is that of the
    event told last, in the same sentence or the one before, where nobody else is named ahead of the word."""
    if trigger.layout not in _MEETS or trigger.weak or not parts.second or parts.second[0].kind not in PERSONAL:
        return
    host = parts.second[0].country or parts.second[0].organization
    if any(m.kind in PERSONAL or m.country != host for m in parts.first):
        return
    last = next((f for f in reversed(before) if f.first), None)
    if last is None or last.sentence < clause.sentence.index - 1 or last.trigger.layout not in _ALONE:
        return
    ahead = [m for m in clause.left if m.kind in PERSONAL and m not in parts.second]
    subject = [m for m in last.first if m.kind is MentionKind.person]
    if not ahead and len(subject) == 1 and host and subject[0].country != host:
        parts.first = subject


def speakers_of(clause: Clause, first: list[Mention]) -> list[Mention]:
    """Who condemns what others do, where that stands between: 甲方对|乙国空袭丙国使馆予以谴责."""
    if not first or clause.cues.spaced:
        return first
    begin = max(clause.text.low.rfind(mark, clause.sentence.start, first[0].start) for mark in (",", ";", ":"))
    aimed = [
        m.start
        for m in clause.left
        if begin < m.start <= first[0].start and clause.cues.ends(clause.before([m]), "aimed")
    ]
    if not aimed or "," in clause.text.low[aimed[0] : clause.start]:
        return first
    groups = clause.groups(clause.left, CORPORATE | PERSONAL)
    ahead = [g for g in groups if g[-1].end < aimed[0] and not clause.cues.ends(clause.before(g), "of")]
    return ahead[-1] if ahead else []
