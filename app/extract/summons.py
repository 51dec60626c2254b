"""Who summoned whom, where the sentence names the ministry by no state, or the envoy first.

In: a clause around a word for summoning. Out: who did it and who was summoned; None where both stand in their places.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import CORPORATE, NEXT, PERSONAL, Clause, Parts, parties_of
from app.extract.event_words import Trigger
from app.extract.model import Mention, MentionKind, Reading
from app.extract.receptions import is_passive
from app.records import EventType

_AT_A_SEAT = (EventType.protest, EventType.recall)
_BEFORE_SEAT = 32
"""Characters before a city that may say that a ministry or an envoy is there."""

_REACH = 40
"""Characters between "summoned" and the ministry that somebody is summoned to."""


def summoned(clause: Clause, first: list[Mention], second: list[Mention]) -> tuple[list[Mention], list[Mention]] | None:
    """ "The envoy A was summoned to the ministry of B"; "The ministry summoned the ambassador of A to B"."""
    if clause.text.low[clause.start : clause.end].partition(" ")[0] not in clause.cues["summoning"]:
        return None
    behind = [m for m in clause.right if m.kind in CORPORATE]
    if is_passive(clause):
        near = [m for m in behind if m.start - clause.end < _REACH]
        if not near:
            return _posted(clause, clause.left)
        envoys = [m for m in clause.left if m.kind in PERSONAL] or [m for m in clause.left if m.kind in CORPORATE][:1]
        apart = bool(envoys) and near[0].country != envoys[-1].country
        return (near[:1], envoys[-1:]) if apart else None
    doer = next((m for m in first if m.end <= clause.start), None)
    if doer is not None and not (second and doer.country == second[0].country):
        return None
    return _posted(clause, [m for m in clause.right if m.start - clause.end < 2 * _REACH])


def called_home(clause: Clause, first: Sequence[Mention]) -> tuple[list[Mention], list[Mention]] | None:
    """ "The ambassador of A to B was recalled": an envoy never does it himself; it is done towards B."""
    if first and first[0].kind in PERSONAL and first[0].posted:
        return list(first[:1]), [host_of(first[0])]
    word = clause.text.low[clause.start : clause.end].partition(" ")[0]
    if word not in clause.cues["passive"] or not (posted := _posted(clause, clause.left)):
        return None
    return posted[1], posted[0]


def _posted(clause: Clause, named: Sequence[Mention]) -> tuple[list[Mention], list[Mention]] | None:
    """The state that an envoy is sent to, and the envoy or the state that sent him."""
    if sent := [m for m in named if m.posted]:
        return [host_of(sent[0])], sent[:1]
    hosts = [m for m in named if m.kind in CORPORATE and clause.cues.ends(clause.before([m]), "posted_to")]
    envoys = [m for m in named if hosts and m.country and m.country != hosts[0].country and m.end <= hosts[0].start]
    return (hosts[:1], envoys[-1:]) if envoys else None


def with_seat(clause: Clause, reading: Reading, trigger: Trigger, parts: Parts) -> Parts:
    """ "The ambassador of A was summoned to the foreign ministry in Berlin", "A recalled its envoy in Ankara": the
    state whose city is named behind the word for a ministry or an envoy, where one party alone stands there."""
    told = parts.first or parts.second
    if trigger.type not in _AT_A_SEAT or not told:
        return parts
    known = {m.country for m in (*parts.first, *parts.second)}
    settled = parties_of([*parts.first, *parts.second]) > 1
    for place in reading.places:
        inside = clause.sentence.start <= place.start < clause.sentence.end
        if not inside or not place.country or place.country in known:
            continue
        next_to = trigger.type is EventType.recall and 0 <= place.start - clause.end <= NEXT
        if settled and not next_to:
            continue  # but "recalled its ambassador in A after the attack on the embassy of C"
        if clause.cues.ends(clause.text.low[max(0, place.start - _BEFORE_SEAT) : place.start], "seat_before"):
            key, kind = f"country:{place.country}", MentionKind.country
            seat = Mention(kind, place.start, place.end, clause.sentence.index, key, country=place.country)
            summoned_there = trigger.type is EventType.protest and is_passive(clause)
            return Parts([seat], told, []) if summoned_there else Parts(parts.first or told, [seat], [])
    return parts


def host_of(envoy: Mention) -> Mention:
    """The state that an envoy is sent to, by the words that say so."""
    return Mention(
        MentionKind.country, envoy.start, envoy.end, envoy.sentence, f"country:{envoy.posted}", country=envoy.posted
    )


def land_of(envoy: Mention, first: Sequence[Mention]) -> Mention:
    """The state that a recalled envoy was sent to; whoever else is named stays as he is."""
    land = envoy.posted
    if land is None and envoy.country not in {m.country for m in first}:
        land = envoy.country
    if land is None or envoy.kind not in PERSONAL:
        return envoy
    return Mention(MentionKind.country, envoy.start, envoy.end, envoy.sentence, f"country:{land}", country=land)
