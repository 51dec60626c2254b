"""Who stands where around an event word: those who did it, and those it was done with or to.

One grammar for all languages: a trigger has a layout (`with`, `receives`, `visits` …) that says who stands on which
side; the small words of the pack (with, at the invitation of, between) mark a part.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import CORPORATE, FAR, PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.gatherings import sides_of_gathering
from app.extract.model import Mention, MentionKind
from app.extract.side_verbs import aimed_at, disposed, speaks_of_others, taken_before
from app.records import EventType

_CLOSE = 4
"""Fewer characters between two things that stand right beside each other."""

_NEAR = 25
"""So far behind an event word only "with" still marks its counterpart: "to" and "by" belong to other words."""

_OF_STATES = ("joint", "states", "gives", "against", "signs")
"""Layouts of what states and bodies do, with or without somebody named for them."""


def _is_inviter(clause: Clause, group: Sequence[Mention]) -> bool:
    cues = clause.cues
    after = clause.text.low[group[-1].end : group[-1].end + 6].lstrip()
    if not cues.ends(clause.before(group), "inviter"):
        return False
    return not cues["inviter_after"] or after.startswith(cues["inviter_after"])


def _accompanied(clause: Clause, before: str) -> bool:
    """Whether "with" stands before a group, also with a relative clause between: 与到访的伊朗总统."""
    if before.rstrip().endswith(", and"):
        return False  # a new clause begins
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


def _left_parts(clause: Clause, kinds: set[MentionKind], noun: bool = False, nearest: bool = False) -> Parts:
    """Who stands before the event word: the subject, and in languages that say "A with B met" the counterpart too.

    `noun`: the event word is a noun that its doer owns. `nearest`: whoever stands nearest does it
    ("A met B, who visits").
    """
    parts = Parts([], [], [])
    groups = clause.groups(clause.left, kinds)
    if len(groups) > 1 and kinds is PERSONAL and not noun and _second_verb(clause, groups[-1]):
        groups.pop()
    groups = [g for g in groups[:-1] if not taken_before(clause, g, groups)] + groups[-1:]
    for group in reversed(groups):
        before = clause.before(group)
        apart = any(clause.cues.ends(before, name) for name in ("venue_before", "topic_before"))
        if kinds is CORPORATE and apart:
            continue  # "in Turkey", "on North Korean issues": a place or a topic, no party
        if _is_inviter(clause, group):
            parts.inviter = parts.inviter or group[:1]
            if len(group) > 1:  # "At the invitation of A, B visited"
                parts.first = group[1:]
                break
        elif clause.cues.ends(before, "passive") and not parts.second:
            parts.second, parts.agent = group, True
        elif nearest and _accompanied(clause, before) and _new_predicate(clause, group):
            continue  # "A will talk with B and then leave for C": it is A who leaves
        elif _accompanied(clause, before) and not parts.second and not nearest:
            parts.second = group
        elif kinds is CORPORATE and clause.cues.ends(before, "plural_offices"):
            parts.first = group
            break
        elif _no_doer(clause, group, before, noun) and not (nearest and clause.start - group[-1].end < _CLOSE):
            continue  # but "the visit of A to B" is A's
        else:
            parts.first = group
            break
    return parts


def _no_doer(clause: Clause, group: Sequence[Mention], before: str, noun: bool) -> bool:
    """Whether a group does nothing here: what it is about, who came along, whose thing it is, who only speaks."""
    owner = clause.cues.ends(before, "of") and not clause.done_by(before) and not clause.leads(group)
    if owner or _escort(clause, group) or (_possessive(clause, group) and not noun):
        return True
    return not clause.cues.spaced and speaks_of_others(clause, group)


def _new_predicate(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether the event word is a further verb of the subject, and no relative clause about the group before it."""
    gap = clause.text.low[group[-1].end : clause.start]
    return (
        bool(clause.cues["further_verb"]) and clause.cues.has(gap, "further_verb") and not clause.cues.has(gap, "who")
    )


def _second_verb(clause: Clause, group: Sequence[Mention]) -> bool:
    """ "A met B and was received by C": B is only what the first verb took, the subject of both is A."""
    words = clause.text.low[group[-1].end : clause.start].replace(",", " ").split()
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
    if len(gap.strip()) < _CLOSE or not clause.cues.spaced:
        return True
    far = len(gap) > _NEAR and clause.cues["counterpart_before"]
    if clause.cues.ends(gap, "counterpart_before" if far else "comitative"):
        return True
    return bool(clause.cues["attributes"]) and all(w in clause.cues["attributes"] for w in gap.split())


def _stands_behind(clause: Clause, before: str, kinds: set[MentionKind]) -> bool:
    """ "the defence ministers of A, B and C", "a delegation led by D": what is named stands for those met."""
    return clause.cues.ends(before, "plural_offices" if kinds is CORPORATE else "delegation_led")


def _of_topic(clause: Clause, group: Sequence[Mention]) -> bool:
    """Whether "between" far behind "discussed" belongs to what was talked about: "… the meeting between A and B"."""
    return clause.topic and group[0].start - clause.end > _NEAR


def _right_parts(clause: Clause, kinds: set[MentionKind], loose: bool) -> Parts:
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
        elif clause.cues.ends(before, "between") and near and not parts.second and not _of_topic(clause, group):
            parts.between, parts.first, parts.second = True, group[:1], group[1:]
        elif near and not parts.second and (parts.between or _stands_behind(clause, before, kinds)):
            parts.second = group
        elif clause.cues.ends(before, "of") and not parts.first and near:
            parts.first = group
        elif not parts.second and near and (loose or _adjoins(clause, group)):
            parts.second = group
        elif not parts.first and near and before.rstrip().endswith(","):
            parts.first = group  # "After talks with B, A said": the subject comes behind
    return parts


def sides_of(clause: Clause, trigger: Trigger) -> Parts:
    """Both sides of an event word: people first, countries and bodies where no person stands there."""
    if trigger.layout == "held":
        return sides_of_gathering(clause)
    if trigger.doer_after and clause.right and clause.right[0].kind is MentionKind.group:
        return Parts([], [], [])  # "issued by the two countries": told elsewhere
    left = _left_parts(clause, PERSONAL, trigger.noun, trigger.layout == "visits")
    right = _right_parts(clause, PERSONAL, trigger.layout != "with")
    if right.between and right.second:
        return right
    if (
        trigger.noun
        and trigger.layout == "visits"
        and right.first
        and clause.cues.ends(clause.before(right.first), "of")
    ):
        left.first = []  # "A met B on the visit of C to D"
    if trigger.doer_after and (doers := _doers_after(clause)):
        return Parts(doers[:1], doers[1:], [])
    if trigger.layout == "with":
        left, right = _at_one_table(clause, left, right)
    if trigger.layout in _OF_STATES and not left.first and _left_parts(clause, CORPORATE).first:
        right = Parts([], right.second, right.inviter)  # who is named behind is somebody it is told of
    sides = _people(trigger, left, right)
    sides = _with_corporate(clause, trigger, sides)
    if sides.between:
        return sides  # "the talks were held in A between B and C"
    return _by_layout(clause, trigger, sides, left, right)


def _at_one_table(clause: Clause, left: Parts, right: Parts) -> tuple[Parts, Parts]:
    """For "with": states named right before the word, or all of them named behind it."""
    if states := _states_before(clause):
        left = Parts(states, [], left.inviter)
    if not left.first and not left.second and parties_of(right.second) > 1:
        left.first, right.second = _shared_out([], right.second)
    return left, right


def _people(trigger: Trigger, left: Parts, right: Parts) -> Parts:
    """The people on both sides; who stands before the word comes first."""
    first, second = left.first, left.second or right.second
    if not first:
        first = right.first
    elif right.first and not second and not (trigger.layout == "with" and parties_of(first) > 1):
        second = right.first
    return Parts(first, second, left.inviter or right.inviter, left.agent and second is left.second)


def _with_corporate(clause: Clause, trigger: Trigger, sides: Parts) -> Parts:
    """The sides, filled with countries and bodies where nobody stands for them."""
    if not sides.first:
        side = _left_parts(clause, CORPORATE)
        sides.agent = sides.agent or (side.agent and not sides.second)
        sides.first, sides.second = side.first, sides.second or side.second
        if trigger.object_before:
            sides.first, sides.second = _doer_and_object(clause)
    if not sides.second and trigger.layout not in ("visits", "attends", "states"):
        behind = _right_parts(clause, CORPORATE, loose=True)
        if not sides.first and behind.between and behind.second:
            return behind
        among_themselves = trigger.layout == "with" and parties_of(sides.first) > 1
        doubtful = trigger.topic or among_themselves or trigger.type is EventType.statement
        sides.second = _counterparts(clause, behind.second, doubtful)
    return sides


def _by_layout(clause: Clause, trigger: Trigger, sides: Parts, left: Parts, right: Parts) -> Parts:
    """What each layout asks for beyond subject and object."""
    first, second = sides.first, sides.second
    match trigger.layout:
        case "against" if sides.agent:
            first, second = second, first  # "B bị A trục xuất"
        case "with":
            first, second = _shared_out(first, second)
        case "against" if moved := disposed(clause) or _sanctioned(clause, trigger):
            first, second = moved
        case "against" | "gives" if not second or _said_behind(clause, second):
            first, second = _done_to(clause, left.first or _left_parts(clause, CORPORATE).first or first)
        case "presents" if not second:
            known = {m.key for m in first}
            second = [m for m in clause.left if m.kind is MentionKind.person and m.key not in known]
        case "mediates":
            states = _right_parts(clause, CORPORATE, loose=True)
            both = CORPORATE | PERSONAL
            parties = [g for g in clause.groups(clause.left, both) if clause.cues.ends(clause.before(g), "between")]
            told = (
                *right.first,
                *right.second,
                *states.first,
                *states.second,
                *second,
                *(m for g in parties for m in g),
            )
            second = [m for m in told if m not in first]
        case "attends":
            second = left.second  # whoever is named behind is met there, or speaks there
        case "receives" if not first and second and "," in clause.text.low[clause.end : second[0].start]:
            second = []  # "After the ceremony, A …"
        case "receives" if _passive(clause) or sides.agent:
            first, second = second, first  # was welcomed by
    return Parts(first, second, sides.inviter)


def _sanctioned(clause: Clause, trigger: Trigger) -> tuple[list[Mention], list[Mention]] | None:
    return aimed_at(clause) if trigger.type is EventType.sanction else None


def _said_behind(clause: Clause, second: list[Mention]) -> bool:
    """ "sanctioned seven Russian banks, Minister X said": whoever stands behind the comma only tells of it."""
    if second[0].start < clause.end or second[0].kind not in PERSONAL:
        return False
    return clause.before(second).rstrip().endswith(",") and any(
        m.kind in CORPORATE and m.end <= second[0].start for m in clause.right
    )


def _passive(clause: Clause) -> bool:
    return clause.cues.ends(clause.text.low[max(0, clause.start - 12) : clause.start], "passive")


def _done_to(clause: Clause, first: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Doer and target of a one-sided act: whoever is named next behind the word, else the last named before it."""
    behind = clause.groups(clause.right, CORPORATE | {MentionKind.office, MentionKind.person})
    if behind and behind[0][0].start - clause.end <= clause.reach:
        return first, behind[0]
    before = clause.groups(clause.left, CORPORATE)
    if first and first[0].kind in PERSONAL and before and before[-1][0].country not in {None, first[0].country}:
        return first, before[-1]  # the ambassador protested to the other side
    if len(before) > 1 and before[0][0].country != before[-1][0].country:
        return before[0], before[-1]
    return first, []


def _counterparts(clause: Clause, behind: list[Mention], doubtful: bool) -> list[Mention]:
    """Countries and bodies behind the event word that it was done with; where that is doubtful, only after "with"."""
    if not behind or _mere_place(clause, behind[0]):
        return []
    gap = clause.text.low[clause.start : behind[0].start]
    return [] if doubtful and not clause.cues.ends(gap, "counterpart_before") else behind


def _doers_after(clause: Clause) -> list[Mention]:
    """ "a joint statement issued by A and B": whoever stands right behind the word did it."""
    groups = clause.groups(clause.right, CORPORATE | PERSONAL)
    return groups[0] if groups and len(clause.text.low[clause.end : groups[0][0].start].strip()) < _CLOSE else []


def _states_before(clause: Clause) -> list[Mention]:
    """States named right before the event word ("…, A, B and C will meet"), whoever is named before them."""
    groups = clause.groups(clause.left, CORPORATE)
    if not groups or not clause.cues["auxiliaries"] or parties_of(groups[-1]) < 2:
        return []
    gap = clause.text.low[groups[-1][-1].end : clause.start].replace(",", " ").replace("-", " ").split()
    before = clause.before(groups[-1])
    placed = clause.cues.ends(before, "venue_before") or clause.cues.ends(before, "of")
    return [] if placed or any(w not in clause.cues["auxiliaries"] for w in gap) else groups[-1]


def _doer_and_object(clause: Clause) -> tuple[list[Mention], list[Mention]]:
    """ "Poland declared a Belarusian envoy persona non grata": the first group did it to the last one."""
    groups = clause.groups(clause.left, CORPORATE)
    return (groups[0], groups[-1]) if len(groups) > 1 else ([], groups[0]) if groups else ([], [])


def _mere_place(clause: Clause, mention: Mention) -> bool:
    """A country behind the event word is where it was, unless it is close by or "with" stands before it."""
    gap = clause.text.low[clause.end : mention.start]
    if len(gap) < 3 or clause.cues.ends(gap, "between"):
        return False
    if clause.cues.ends(gap, "plural_offices"):
        return False
    if clause.cues.has(gap, "aside"):
        return True
    if clause.cues.ends(gap, "comitative") and (len(gap) <= FAR or not clause.cues.spaced):
        return False
    return len(gap) > 25 or not clause.cues.spaced or clause.cues.has(gap, "venue_before") or "," in gap


def _shared_out(first: list[Mention], second: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "A and B met", "After meeting A, B said": those on one side of the word are on both sides of the table."""
    if first and not second and parties_of(first) > 1:
        return first[:1], [m for m in first[1:] if m.key != first[0].key]
    if second and not first and parties_of(second) > 1:
        return [m for m in second[1:] if m.key != second[0].key], second[:1]
    return first, second
