"""Who stands before an event word, and who behind it: read off the small words beside each group of mentions.

In: a clause, and the kinds of mentions to look at. Out: the parts that one side of the word shows by itself: a subject
or what the word takes, a counterpart, an inviter. Which of them did what is for `sides` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.extract.clauses import CORPORATE, FAR, NEXT, PERSONAL, Clause, Parts
from app.extract.model import Mention, MentionKind
from app.extract.side_verbs import only_speaks, speaks_of_others, taken_before

CLOSE = 4
"""Fewer characters between two things that stand right beside each other."""

_NEAR = 25
"""So far behind an event word only "with" still marks its counterpart: "to" and "by" belong to other words."""


_DELEGATION = 160
"""Most characters between a word for talks and whoever leads the delegation they were held with."""
_HEADING = re.compile("[^,;、同与和跟]{0,10}(?:牵头人|负责人|代表|团长|组长|主席|协调人)、$")
"""In which part somebody acts, before the office: 与|美方牵头人、|财政部长."""


_WITH_OFFICE = re.compile(
    "[,;](?:同(?![时時日样樣意一为為年月天])|与(?![会會此])|與(?![會此]))[^,;会會谈談见見]{0,6}兼[^,;]{0,8}$"
)
"""A counterpart whose first office has no word in the pack: ,同|联邦副主席兼教研|部长某某."""


_WITH_ROLE = re.compile(
    "(?:同(?![时時日样樣意一为為年月天])|与(?![会會此])|與(?![會此]))[^,;、会會谈談见見]{0,12}"
    "(?:官员|负责人|主委|代表|秘书|主管|理事长|干事|专员|委员|司令|参谋长|书记)$"
)
"""A counterpart whose office has no word in the pack: 与|某国最高外交政策官员|某某."""


def left_parts(clause: Clause, kinds: frozenset[MentionKind], noun: bool = False, nearest: bool = False) -> Parts:
    """Who stands before the event word: the subject, and in languages that say "A with B met" the counterpart too.

    `noun`: the event word is a noun that its doer owns. `nearest`: whoever stands nearest does it
    ("A met B, who visits").
    """
    parts = Parts([], [], [])
    groups = clause.groups(clause.left, kinds)
    if len(groups) > 1 and kinds is PERSONAL and not noun and _second_verb(clause, groups[-1]):
        groups.pop()
    groups = [
        g
        for i, g in enumerate(groups)
        if (i == len(groups) - 1 and "," not in clause.text.low[g[-1].end : clause.start])
        or not taken_before(clause, g, groups)
    ]
    for group in reversed(groups):
        before = clause.before(group)
        if _takes_no_part(clause, before, kinds):
            continue
        if _is_inviter(clause, group):
            hosts = len(group) if clause.cues["inviter_after"] else _inviters(clause, group)
            parts.inviter = parts.inviter or group[:hosts]
            if len(group) > hosts:  # "At the invitation of A, B visited"
                parts.first = group[hosts:]
                break
        elif clause.cues.ends(before, "passive") and not parts.second:
            parts.second, parts.agent = group, True
        elif nearest and _accompanied(clause, before) and _new_predicate(clause, group):
            continue  # "A will talk with B and then leave for C": it is A who leaves
        elif _accompanied(clause, before) and not parts.second and not nearest and not clause.led_by(group):
            parts.second = group
        elif kinds is CORPORATE and clause.cues.ends(before, "plural_offices"):
            parts.first = group
            break
        elif _no_doer(clause, group, before, noun) and not (nearest and _right_before(clause, group)):
            continue  # but "the visit of A to B" is A's
        else:
            parts.first = group
            break
    parts.inviter = parts.inviter or next((g for g in groups if _is_inviter(clause, g)), [])  # 应乙邀请,|甲将访问
    if parts.inviter and parts.first:  # who invited and is told again, by office and by name, does not go himself
        invited = {m.key for m in parts.inviter}
        parts.first = [m for m in parts.first if m.key not in invited] or parts.first
    return parts


def _takes_no_part(clause: Clause, before: str, kinds: frozenset[MentionKind]) -> bool:
    """ "in Turkey", "on North Korean issues": no party; "A invited B to visit, in talks with C"."""
    if kinds is CORPORATE and any(clause.cues.ends(before, name) for name in ("venue_before", "topic_before")):
        return True
    return clause.adverbial and clause.cues.ends(before, "irrealis")


def right_parts(clause: Clause, kinds: frozenset[MentionKind], loose: bool) -> Parts:
    """Who stands behind the event word: whom it takes, and in "the visit of A", "talks between A and B" who did it.

    `loose`: the word takes whoever is near, without "with".
    """
    parts = Parts([], [], [])
    last = clause.end
    for group in clause.groups(clause.right, kinds):
        before = clause.before(group)
        near = group[0].start - last <= clause.reach
        last = group[-1].end
        if _is_inviter(clause, group):
            parts.inviter = parts.inviter or group
        elif clause.cues.ends(before, "accompany"):
            break
        elif {m.key for m in group} & {m.key for m in parts.inviter}:
            continue
        elif clause.cues.ends(before, "between") and near and not parts.second and not _of_other(clause, group):
            parts.between, parts.first, parts.second = True, group[:1], group[1:]
        elif clause.cues.ends(before, "between") and kinds is PERSONAL and _of_other(clause, group):
            continue  # "hai bên chuyển lời thăm hỏi giữa A và B": A and B are at home
        elif not parts.second and _stands_for_them(clause, group, kinds, before, near and parts.between, near=near):
            parts.second = group
        elif clause.cues.ends(before, "of") and not parts.first and near:
            parts.first = group
        elif not parts.second and near and (loose or _adjoins(clause, group)):
            parts.second = group
        elif not parts.first and near and before.rstrip().removesuffix(" the").endswith(","):
            parts.first = group  # "After talks with B, (the) A said": the subject comes behind
    return parts


def _is_inviter(clause: Clause, group: Sequence[Mention]) -> bool:
    cues = clause.cues
    if not cues.ends(clause.before(group), "inviter"):
        return False
    after = clause.text.low[group[-1].end : group[-1].end + 6].lstrip(" )")
    return not cues["inviter_after"] or after.startswith(cues["inviter_after"])


def _inviters(clause: Clause, group: Sequence[Mention]) -> int:
    """How many of a group invited: those before its first comma ("At the invitation of A and B, C visited"), or behind
    the end of a list ("At the invitation of A, B and C, D visited")."""
    gaps = [clause.text.low[one.end : other.start].strip() for one, other in pairwise(group)]
    commas = [i for i, gap in enumerate(gaps, 1) if gap == ","]
    joined = [i for i, gap in enumerate(gaps, 1) if gap and gap in clause.cues["further_verb"]]
    if len(commas) > 1 and joined and commas[0] < joined[0] < commas[-1]:
        return commas[-1]
    return next((i for i, gap in enumerate(gaps, 1) if gap.startswith(",")), 1)


def _accompanied(clause: Clause, before: str) -> bool:
    """Whether "with" stands before a group, also with a relative clause between: 与到访的伊朗总统."""
    if before.rstrip().endswith(", and"):
        return False  # a new clause begins
    if not clause.cues.spaced:
        before = _HEADING.sub("", before)
        if _WITH_OFFICE.search(before) or _WITH_ROLE.search(before):
            return True
    if clause.cues.ends(before, "comitative_before" if clause.cues["comitative_before"] else "comitative"):
        return True
    for verb in clause.cues["relative_verbs"]:
        if before.endswith(verb):  # 与出席|联合国大会的某人
            return clause.cues.ends(before.removesuffix(verb), "comitative")
    relative = clause.cues["relative_end"]
    if not relative or not before.rstrip().endswith(relative):
        return False
    tail = before[max(before.rfind(mark) for mark in clause.cues["clause"]) + 1 :]
    return any(word in tail for word in clause.cues["relative_with"])


def _no_doer(clause: Clause, group: Sequence[Mention], before: str, noun: bool) -> bool:
    """Whether a group does nothing here: what it is about, who came along, whose thing it is, who only speaks."""
    owner = clause.cues.ends(before, "of") and not clause.done_by(before) and not clause.leads(group)
    owner = owner and not _delegation_of(clause, group)
    if noun and clause.text.low[group[-1].end : clause.start] in ("", "'s ") and clause.text.low[group[-1].end] == "'":
        owner = False  # "Readout of Secretary A's meeting with"
    if (
        owner
        or _escort(clause, group)
        or clause.text.low.startswith(_ceremonies(clause), group[-1].end)
        or (_possessive(clause, group) and not noun)
    ):
        return True
    return not clause.cues.spaced and (speaks_of_others(clause, group) or only_speaks(clause, group))


def _delegation_of(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether a delegation is the subject, and the group whose it is: "Đoàn đại biểu của Bộ Quốc phòng | Nga"."""
    if not clause.cues.spaced or group[0].kind not in CORPORATE or group[-1] is not clause.left[-1]:
        return False
    begin = clause.opening(group[0].start)
    head = clause.text.low[begin : group[0].start].lstrip()
    article, _, noun = head.partition(" ")
    head = noun if article in clause.cues["articles"] else head
    return head.startswith(clause.cues["delegations"] or ("\0",)) and not any(
        begin <= m.start < group[0].start for m in clause.left
    )


def _ceremonies(clause: Clause) -> tuple[str, ...]:
    """What stands behind somebody whose ceremony others attend: 出席|某某总统|就职仪式."""
    return clause.cues["ceremonies"] or ("\0",)


def _right_before(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether a group stands right before the event word, or as the subject of its clause: 对于某人将访台,…"""
    gap = clause.text.low[group[-1].end : clause.start]
    return len(gap) < CLOSE or (not clause.cues.spaced and group[-1].kind in PERSONAL and "," not in gap)


def _new_predicate(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether the event word is a further verb of the subject, and no relative clause about the group before it."""
    gap = clause.text.low[group[-1].end : clause.start]
    return (
        bool(clause.cues["further_verb"]) and clause.cues.has(gap, "further_verb") and not clause.cues.has(gap, "who")
    )


def _second_verb(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "A met B and was received by C": B is only what the first verb took, the subject of both is A."""
    gap = clause.text.low[group[-1].end : clause.start]
    day, also, verb = gap.rpartition(" and ")
    if also and day.strip() in clause.cues["adverbs"]:  # "met B on Monday and held talks with C"
        gap = also + verb
    if gap.strip() in clause.cues["further_verb"]:  # "A chào B và hội kiến với C"
        return bool(clause.right) and clause.right[0].start - clause.end <= NEXT
    words = gap.replace(",", " ").split()
    return words[:1] == ["and"] and all(w in clause.cues["auxiliaries"] for w in words[1:])


def _escort(clause: Clause, group: Sequence[Mention]) -> bool:
    """Those in whose company something was done: 在金与正陪同下."""
    return clause.text.low.startswith(clause.cues["escort_after"] or ("\0",), group[-1].end)


def _possessive(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "the Prime Minister's envoy met": the owner is no subject, unless it owns the event word itself."""
    after = clause.text.low[group[-1].end : clause.start]
    if after.startswith(("'s ", "' ")) and group[-1].kind is MentionKind.country:
        return not after.partition(" ")[2].startswith(clause.cues["own_bodies"] or ("\0",))
    return after.startswith(("'s ", "' ")) and after.strip(" '") != "s"


def _phrase_start(clause: Clause, mention: Mention) -> int:
    """Where somebody's name begins, the country it is possessed by included: "with France's Macron"."""
    owner = next((m for m in clause.right if m.kind is MentionKind.country and m.end < mention.start), None)
    owns = owner is not None and clause.text.low[owner.end : mention.start] in clause.cues["own_by"]
    return owner.start if owns and owner is not None else mention.start


def _adjoins(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether a group is what the event word itself takes: right behind it, or behind "with"."""
    gap = clause.text.low[clause.end : _phrase_start(clause, group[0])]
    if len(gap.strip()) < CLOSE or not clause.cues.spaced:
        return True
    far = len(gap) > _NEAR and clause.cues["counterpart_before"]
    if clause.cues.ends(gap, "counterpart_before" if far else "comitative"):
        return True
    return bool(clause.cues["attributes"]) and all(w in clause.cues["attributes"] for w in gap.split())


def _stands_for_them(
    clause: Clause, group: Sequence[Mention], kinds: frozenset[MentionKind], before: str, between: bool, *, near: bool
) -> bool:
    """Whether a group stands for those met: others behind "between", the ministers, who leads the delegation."""
    if between or (near and _stands_behind(clause, before, kinds)):
        return True
    return kinds is PERSONAL and _of_delegation(clause, group, before)


def _stands_behind(clause: Clause, before: str, kinds: frozenset[MentionKind]) -> bool:
    """ "the defence ministers of A, B and C", "a delegation led by D": what is named stands for those met."""
    if kinds is CORPORATE:
        return clause.cues.ends(before, "plural_offices") or clause.cues.ends(before, "delegations")
    return clause.cues.ends(before, "delegation_led") or clause.cues.ends(before, "such_as")


def _of_delegation(clause: Clause, group: Sequence[Mention], before: str) -> bool:
    """ "held talks with the delegation of B, led by C": C stands for those met, where the language says so behind him:
    "hội đàm với đoàn Cuba do C | dẫn đầu"."""
    if not clause.cues["with_whom"] or not clause.cues.ends(before, "of") or not clause.leads(group):
        return False
    met = clause.text.low[clause.start : clause.end + NEXT].rstrip().endswith(clause.cues["with_whom"])
    between = clause.text.low[clause.end : group[0].start]
    return met and clause.cues.has(between, "delegations") and len(between) <= _DELEGATION


def _of_other(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether "between" belongs to another noun: "met B to discuss a summit between C and D", "… ties between"."""
    if clause.topic and group[0].start - clause.end > _NEAR:
        return True
    words = clause.text.low[clause.end : group[0].start].split()
    at = max((i for i, word in enumerate(words) if word in clause.cues["between"]), default=0)
    return at > 0 and words[at - 1] in clause.cues["between_what"]


def mere_place(clause: Clause, mention: Mention) -> bool:
    """A country behind the event word is where it was, unless it is close by or "with" stands before it."""
    gap = clause.text.low[clause.end : mention.start]
    if len(gap) < 3 or clause.cues.ends(gap, "between"):
        return False
    if clause.cues.ends(gap, "plural_offices") or (clause.cues.spaced and clause.cues.ends(gap, "delegations")):
        return False
    if clause.cues.has(gap, "aside"):
        return True
    if clause.cues.ends(gap, "comitative") and (len(gap) <= FAR or not clause.cues.spaced):
        return False
    return len(gap) > 25 or not clause.cues.spaced or clause.cues.has(gap, "venue_before") or "," in gap


def other_states(clause: Clause, first: Sequence[Mention], behind: Parts) -> list[Mention]:
    """ "A co-chaired the consultations between X and Y", where A acts for X: the other states of those named."""
    told = [*behind.first, *behind.second] if behind.between else behind.second
    own = {m.country for m in first}
    if len(own) != 1 or own == {None} or first[-1].end > clause.start or not own < {m.country for m in told}:
        return []
    taken = clause.cues.has(clause.text.low[first[-1].end : clause.end], "takes_part")
    return [m for m in told if m.country not in own] if taken else []
