"""Journeys as evidence: whoever met in a country was there, and for some people it is on record when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from app.extract.dating_context import Attendance, DatingContext
from app.extract.year_model import Candidate, YearEvidence, party_said
from app.knowledge.lookup import Stay

_DAY = timedelta(days=1)
_THERE = 3.0
"""The lists are not complete, so that being on record elsewhere speaks against nothing."""


def travels(context: DatingContext, candidates: Sequence[Candidate]) -> Iterator[YearEvidence]:
    """For each participant whose journeys are known: the candidates that fall into one to where the event was."""
    for actor, stays in stays_of(context).items():
        fitting = [any(_during(c, s) for s in stays) for c in candidates]
        held = [s for s in stays if any(_during(c, s) for c in candidates)]
        if held:
            name = context.knowledge.person[actor].name
            said = " ".join(_said(name, s, context) for s in held[-3:])
            yield YearEvidence(f"travel:{actor}", tuple(_THERE if fits else 0.0 for fits in fitting), said)


def stays_of(context: DatingContext) -> dict[str, tuple[Stay, ...]]:
    """The stays of each participant, by actor id, in the countries where the event may have been."""
    if not context.in_person:
        return {}
    found = _stays(context, context.participants)
    if found or any(one.actor_id for one in context.participants):
        return found
    # Where only states are named, the office holders of theirs whom the article speaks of.
    return _stays(context, [one for one in context.contemporaries if one.body in context.parties])


def _stays(context: DatingContext, people: Iterable[Attendance]) -> dict[str, tuple[Stay, ...]]:
    found: dict[str, tuple[Stay, ...]] = {}
    for one in people:
        known = context.knowledge.stays.get(one.actor_id or "", ())
        wanted = {context.venue} if context.venue else {*context.parties, *context.places} - {one.body}
        stays = tuple(s for s in known if s.country in wanted)
        if one.actor_id and stays:
            found[one.actor_id] = stays
    return found


def _during(candidate: Candidate, stay: Stay) -> bool:
    return candidate.start <= stay.end + _DAY and stay.start - _DAY <= candidate.end


def _said(name: str, stay: Stay, context: DatingContext) -> str:
    where = party_said(stay.country, context.knowledge)
    if stay.start == stay.end:
        return f"{name} was in {where} on {stay.start}."
    return f"{name} was in {where} from {stay.start} to {stay.end}."
