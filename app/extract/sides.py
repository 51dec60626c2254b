"""Both sides of an event word: those who did it, and those it was done with or to.

In: a clause, and the event word as the pack describes it. Out: the `Parts` that its layout makes of whoever stands
around it (`side_parts` reads those).

One grammar for all languages: a trigger has a layout (`with`, `receives`, `visits` …) that says who stands on which
side; the small words of the pack (with, at the invitation of, between) mark a part.
"""

from __future__ import annotations

from app.extract.clauses import CORPORATE, PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.gatherings import sides_of_gathering
from app.extract.letters import correspondents, honoured
from app.extract.model import Mention, MentionKind
from app.extract.receptions import is_passive, received
from app.extract.side_parts import left_parts, mere_place, other_states, right_parts
from app.extract.side_states import is_between, mediator_ahead, of_own, pair_behind, states_before
from app.extract.side_verbs import (
    aimed_at,
    disposed,
    doer_and_object,
    doers_after,
    joins,
    listed_too,
    ordered_out,
    said_of,
    speakers_of,
    takes_behind,
)
from app.extract.summons import called_home, land_of, summoned
from app.records import EventType

_RIGHT_BEFORE = 8
"""Fewer characters between a state and what it does, where words have no spaces: 俄方|决定将|驱逐."""

_CONGRATULATED = (EventType.message, EventType.phone_call)
"""Types by which somebody is congratulated who may be named ahead."""

OF_STATES = ("joint", "states", "gives", "against", "signs")
"""Layouts of what states and bodies do, with or without somebody named for them."""


def sides_of(clause: Clause, trigger: Trigger) -> Parts:
    """Both sides of an event word: people first, countries and bodies where no person stands there."""
    if trigger.layout == "held":
        return sides_of_gathering(clause, trigger)
    if _told_elsewhere(clause, trigger) or (trigger.weak and said_of(clause)):
        return Parts([], [], [])
    left = left_parts(clause, PERSONAL, trigger.noun, trigger.layout == "visits")
    right = right_parts(clause, PERSONAL, trigger.layout != "with")
    if right.between and right.second:
        return right
    if (
        trigger.noun
        and trigger.layout == "visits"
        and right.first
        and clause.cues.ends(clause.before(right.first), "of")
    ):
        left.first = []  # "A met B on the visit of C to D"
    if trigger.doer_after and (doers := doers_after(clause)):
        return Parts(doers[:1], doers[1:], [])
    if trigger.layout == "with":
        left, right = _at_one_table(clause, left, right)
    if trigger.layout == "against" and (states := _states_nearer(clause, left.first)):
        left, right = Parts(states, [], []), Parts([], right.second, [])
    if trigger.layout in OF_STATES and not left.first and left_parts(clause, CORPORATE).first:
        right = Parts([], right.second, right.inviter)  # who is named behind is somebody it is told of
    sides = _people(clause, trigger, left, right)
    sides = _with_corporate(clause, trigger, sides)
    if trigger.layout == "signs" and sides.agent:
        sides = Parts([*sides.first, *sides.second], [], [])  # "Hiệp định đã được A và B ký"
    if sides.between or (trigger.layout == "signs" and joins(clause, sides)):
        return sides  # "the talks were held in A between B and C"
    sides = _by_layout(clause, trigger, sides, left, right)
    if clause.sanctioning and sides.second:
        sides.second = [*sides.second, *listed_too(clause, sides.second)]
    if not sides.second and clause.cues["honoured"] and trigger.type in _CONGRATULATED:
        _congratulate(sides, honoured(clause))
    return sides


def _congratulate(sides: Parts, honoured_ones: list[Mention]) -> None:
    """ "Nhân dịp A được bầu làm Thủ tướng X, B …": whoever is honoured ahead is congratulated by the others."""
    lands = {m.country for m in honoured_ones}
    others = [m for m in sides.first if m.country not in lands]
    if others:
        sides.first, sides.second = others, honoured_ones


def _at_one_table(clause: Clause, left: Parts, right: Parts) -> tuple[Parts, Parts]:
    """For "with": states named right before the word, or all of them named behind it."""
    if states := states_before(clause):
        left = Parts(states, [], left.inviter)
    if not left.first and not left.second and parties_of(right.second) > 1:
        left.first, right.second = _shared_out([], right.second)
    return left, right


def _states_nearer(clause: Clause, people: list[Mention]) -> list[Mention]:
    """ "summoned envoy A and told him that B will expel …": the state that a new clause begins with did it."""
    groups = clause.groups(clause.left, CORPORATE)
    if clause.cues.spaced or not people or not groups or groups[-1][0].start < people[-1].end:
        return []
    between = clause.text.low[people[-1].end : groups[-1][0].start]
    gap = clause.text.low[groups[-1][-1].end : clause.start]
    for word in clause.cues["announced"]:  # 我国外交部前天宣布,立即|召回
        gap = gap.rpartition(word + ",")[2]
    apart = any(
        clause.cues.ends(clause.before(groups[-1]), name) for name in ("venue_before", "of", "aimed", "comitative")
    )
    other = groups[-1][0].country not in {m.country for m in people}
    return groups[-1] if other and not apart and "," in between and len(gap) < _RIGHT_BEFORE and "," not in gap else []


def _people(clause: Clause, trigger: Trigger, left: Parts, right: Parts) -> Parts:
    """The people on both sides; who stands before the word comes first."""
    first, second = left.first, left.second or right.second
    if trigger.noun and trigger.layout == "with" and right.second and left.first:
        second = right.second  # "told C what came of the meeting with B"
    if (
        not first
        and left.second
        and right.second
        and trigger.layout == "with"
        and _subject_behind(clause, trigger, right)
    ):
        first = [m for m in right.second if m.country == right.second[0].country]
    elif not first:
        first = right.first
    elif right.first and not second and not (trigger.layout == "with" and parties_of(first) > 1):
        second = right.first
    return Parts(first, second, left.inviter or right.inviter, left.agent and second is left.second)


def _subject_behind(clause: Clause, trigger: Trigger, right: Parts) -> bool:
    """ "After talks with A, B …", where the language puts "after" behind the word: 同甲通话后,乙…"""
    gap = clause.text.low[clause.end : right.second[0].start]
    return gap.endswith(",") and (gap[:-1] in clause.cues["after_it"] or (trigger.circumstance and gap == ","))


def _told_elsewhere(clause: Clause, trigger: Trigger) -> bool:
    """ "issued by the two countries"; 会谈结束后,甲和乙发表…, where talks without anybody say when the rest was."""
    behind_it = clause.right[0] if trigger.doer_after and clause.right else None
    if behind_it is not None and behind_it.kind is MentionKind.group:
        return not clause.text.low[behind_it.end :].lstrip().startswith(clause.cues["members_of"] or ("\0",))
    if trigger.layout != "with" or clause.groups(clause.left, CORPORATE | PERSONAL):
        return False
    behind = clause.text.low[clause.end : clause.sentence.end].partition(",")
    return bool(behind[1]) and behind[0] in clause.cues["after_it"]


def _with_corporate(clause: Clause, trigger: Trigger, sides: Parts) -> Parts:
    """The sides, filled with countries and bodies where nobody stands for them."""
    if not sides.first:
        side = left_parts(clause, CORPORATE)
        sides.agent = sides.agent or (side.agent and not sides.second)
        if trigger.layout == "against" and takes_behind(clause):
            side.second = []
        behind_it = bool(sides.second) and sides.second[0].start >= clause.end and not clause.cues.spaced
        second = side.second if behind_it and side.second and trigger.layout == "with" else sides.second
        sides.first, sides.second = side.first, second or side.second
        if trigger.object_before:
            sides.first, sides.second = doer_and_object(clause)
    if trigger.layout == "with" and not clause.cues.spaced and sides.first:
        sides.second = _others(clause, sides)
    if not sides.second and trigger.layout not in ("visits", "attends", "states"):
        behind = right_parts(clause, CORPORATE, loose=True)
        if not sides.first and behind.between and behind.second:
            return behind
        if trigger.layout == "with" and (others := other_states(clause, sides.first, behind)):
            sides.second = others
            return sides
        among_themselves = trigger.layout == "with" and parties_of(sides.first) > 1
        doubtful = trigger.topic or among_themselves or trigger.type is EventType.statement
        sides.second = _counterparts(clause, behind.second, doubtful, parties_of(sides.first) > 1)
    return sides


def _others(clause: Clause, sides: Parts) -> list[Mention]:
    """The counterpart without those who stand on the first side too; where nobody is left, a state behind "with"."""
    known = {m.key for m in sides.first}
    second = [m for m in sides.second if m.key not in known]
    if second or parties_of(sides.first) > 1:
        return second or sides.second
    beside = left_parts(clause, CORPORATE).second
    return [m for m in beside if m.country is None or m.country != sides.first[0].country]


def _by_layout(clause: Clause, trigger: Trigger, sides: Parts, left: Parts, right: Parts) -> Parts:
    """What each layout asks for beyond subject and object."""
    first, second = sides.first, sides.second
    match trigger.layout:
        case "against" if sides.agent:
            first, second = second, first  # "B bị A trục xuất"
        case "against" if not clause.cues.spaced and is_passive(clause) and not called_home(clause, first):
            return Parts([], first, sides.inviter)  # 两名外交官被驱逐: by whom stands elsewhere
        case "with":
            first, second = _shared_out(first, second)
        case "against" if moved := _moved(clause, trigger, sides):
            first, second = moved
        case "against" | "gives" if not second or _said_behind(clause, second) or of_own(clause, first, second):
            first, second = _done_to(clause, left.first or left_parts(clause, CORPORATE).first or first)
        case "presents" if not second:
            known = {m.key for m in first}
            second = [m for m in clause.left if m.kind is MentionKind.person and m.key not in known]
        case "sends":
            first, second = correspondents(clause, bool(left.first), first, second)
        case "states":
            second = [m for m in second if m.end <= clause.start]  # who is named behind is spoken of
            first = speakers_of(clause, first)
        case "mediates":
            first = first or mediator_ahead(clause)
            states = right_parts(clause, CORPORATE, loose=True)
            both = CORPORATE | PERSONAL
            parties = [g for g in clause.groups(clause.left, both) if is_between(clause, g)]
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
            second = left.second or pair_behind(clause)  # who else is named behind is met there, or speaks there
        case "receives":
            first, second = received(clause, sides)
        case "presents" if left.second and (right.first or right.second):
            first, second = left.first + left.second, right.first + right.second
    return Parts(first, second, sides.inviter)


def _moved(clause: Clause, trigger: Trigger, sides: Parts) -> tuple[list[Mention], list[Mention]] | None:
    """Doer and target of an act against somebody, where they stand elsewhere than subject and object do."""
    if trigger.object_before and (ordered := ordered_out(clause)):
        return ordered
    return disposed(clause) or _aim(clause, trigger, sides) or summoned(clause, sides.first, sides.second)


def _aim(clause: Clause, trigger: Trigger, sides: Parts) -> tuple[list[Mention], list[Mention]] | None:
    """Whom sanctions are aimed at; of which state somebody called home was the ambassador to."""
    if trigger.type is EventType.recall and not sides.second and (called := called_home(clause, sides.first)):
        return called
    if trigger.type is EventType.recall and sides.second and sides.second[0].kind in PERSONAL:
        return sides.first, [land_of(m, sides.first) for m in sides.second]
    return aimed_at(clause) if trigger.type is EventType.sanction else None


def _said_behind(clause: Clause, second: list[Mention]) -> bool:
    """ "sanctioned seven Russian banks, Minister X said": whoever stands behind the comma only tells of it."""
    if second[0].start < clause.end or second[0].kind not in PERSONAL:
        return False
    return clause.before(second).rstrip().endswith(",") and any(
        m.kind in CORPORATE and m.end <= second[0].start for m in clause.right
    )


def _done_to(clause: Clause, first: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Doer and target of a one-sided act: whoever is named next behind the word, else the last named before it."""
    behind = clause.groups(clause.right, CORPORATE | {MentionKind.office, MentionKind.person})
    near = [g for g in behind if g[0].start - clause.end <= clause.reach]
    own = {m.country for m in first} - {None}
    others = (foreign for g in near if (foreign := [m for m in g if m.country not in own]))
    if near:
        return first, next(others, near[0])
    before = [g for g in clause.groups(clause.left, CORPORATE) if not clause.tells_matter(g[0].start)]
    if first and first[0].kind in PERSONAL and before and before[-1][0].country not in {None, first[0].country}:
        return first, before[-1]  # the ambassador protested to the other side
    others_named = [g for g in before[1:] if g[0].country != before[0][0].country]
    if others_named:  # the last one, but in 甲宣布,乙驻甲使馆的… the one that is not told again
        return before[0], others_named[-1]
    return first, []


def _counterparts(clause: Clause, behind: list[Mention], doubtful: bool, among: bool) -> list[Mention]:
    """Countries and bodies behind the event word that it was done with; where that is doubtful, only after "with".

    `among`: several stand before it, who may have done it with each other.
    """
    if not behind or mere_place(clause, behind[0]):
        return []
    gap = clause.text.low[clause.start : behind[0].start]
    if among and "," in gap:
        return []  # "A and B restored relations, hours after A cut ties with C"
    if clause.cues.has(gap, "discussed_behind") and not clause.cues.ends(gap, "counterpart_before"):
        return []  # "The two ministers met to discuss North Korean issues"
    return [] if doubtful and not clause.cues.ends(gap, "counterpart_before") else behind


def _shared_out(first: list[Mention], second: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "A and B met", "After meeting A, B said": those on one side of the word are on both sides of the table."""
    if first and not second and parties_of(first) > 1:
        return first[:1], [m for m in first[1:] if m.key != first[0].key]
    if second and not first and parties_of(second) > 1:
        return [m for m in second[1:] if m.key != second[0].key], second[:1]
    return first, second
