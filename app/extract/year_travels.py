"""Journeys as evidence: whoever met in a country was there, and for some people it is on record when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.extract.dating_context import Attendance, DatingContext
from app.extract.year_model import Candidates, YearEvidence, party_said, years_said
from app.knowledge.lookup import Stay

_THERE = 3.0
"""The lists are not complete, so that being on record elsewhere speaks against nothing."""


def travels(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """For each participant whose journeys are known: the candidates that fall into one to where the event was."""
    for actor, stays in stays_of(context).items():
        during = [(s, candidates.overlapping(s.start.toordinal() - 1, s.end.toordinal() + 1)) for s in stays]
        held = [s for s, fits in during if True in fits]
        if held:
            fitting = [any(fits) for fits in zip(*(fits for _, fits in during), strict=True)]
            years = years_said(year for year, fits in zip(candidates.years, fitting, strict=True) if fits)
            said = f"{'; '.join(stay_said(actor, s, context) for s in held[-3:])}: {years}."
            yield YearEvidence(f"travel:{actor}", tuple(_THERE if fits else 0.0 for fits in fitting), said)


def stays_of(context: DatingContext) -> dict[str, tuple[Stay, ...]]:
    """The stays of each participant, by actor id, in the countries where the event may have been."""
    if not context.in_person:
        return {}
    found = _stays(context, context.participants)
    if found:
        return found
    # Where only states or a body are named, the office holders of theirs whom the article speaks of.
    named = any(one.actor_id for one in context.participants)
    bodies = {state for party in context.parties for state in _members(context, party)} | set(
        () if named else context.parties
    )
    there = _stays(context, [one for one in context.contemporaries if one.body in bodies])
    if named or not bodies <= set(context.parties):
        return there
    # States alone meet in one of them, unless the text says where.
    near = {
        actor: tuple(s for s in stays if s.country in (context.venue, *context.parties))
        for actor, stays in there.items()
    }
    return {actor: stays for actor, stays in near.items() if stays}


def _members(context: DatingContext, party: str) -> tuple[str, ...]:
    body = context.knowledge.organization.get(party)
    return () if body is None else tuple(body.members)


def _stays(context: DatingContext, people: Iterable[Attendance]) -> dict[str, tuple[Stay, ...]]:
    found: dict[str, tuple[Stay, ...]] = {}
    for one in people:
        known = context.knowledge.stays.get(one.actor_id or "", ())
        wanted = {context.venue} if context.venue else {*context.parties, *context.places} - {one.body}
        if context.venue is None and one.body in context.places:  # told where they are at home
            wanted &= context.places
        stays = tuple(s for s in known if s.country in wanted)
        if one.actor_id and stays:
            found[one.actor_id] = stays
    return found


def stay_said(actor: str, stay: Stay, context: DatingContext) -> str:
    """`Shinzo Abe was in Vietnam from 2017-01-16 to 2017-01-17`."""
    name, where = context.knowledge.person[actor].name, party_said(stay.country, context.knowledge)
    days = f"on {stay.start}" if stay.start == stay.end else f"from {stay.start} to {stay.end}"
    return f"{name} was in {where} {days}"
