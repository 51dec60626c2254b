"""Arguments of an event to participant records: title and rank at the time, role of host and guest, evidence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.extract.entities import styled
from app.extract.model import Argument, Draft, Mention, MentionKind, Text
from app.knowledge.lookup import Knowledge, Tenure
from app.records import EventType, Level, Mode, Participant, ParticipantKind, Role

_TALKS = {EventType.meeting, EventType.negotiation, EventType.signing, EventType.credentials}
_MOST_ALIASES = 8


def _aliases(actor_id: str | None, name: str, knowledge: Knowledge) -> tuple[str, ...]:
    person = knowledge.person.get(actor_id or "")
    if person is None:
        return ()
    forms = dict.fromkeys(form for forms in person.names.values() for form in forms if form != name)
    return tuple(forms)[:_MOST_ALIASES]


def _held(mention: Mention, day: date | None, knowledge: Knowledge) -> Tenure | None:
    """The highest office somebody held on a day, for whom the article writes no title."""
    if mention.actor_id is None:
        return None
    order = list(Level)
    terms = knowledge.tenures[mention.actor_id]
    running = [t for t in terms if day is None or t.covers(day)]
    if day is None and len({t.term.office for t in terms}) > 1:
        return None
    return min(running, key=lambda t: order.index(knowledge.office[t.term.office].level), default=None)


def _loose(mention: Mention, knowledge: Knowledge) -> bool:
    """Whether the written title is a general word for an office that somebody known holds: Chairman Xi."""
    held = {t.term.office for t in knowledge.tenures.get(mention.actor_id or "", ())}
    general = mention.level is Level.other or mention.office == "minister"  # Secretary Blinken
    return bool(held) and mention.office not in held and general


def _abroad(argument: Argument, draft: Draft) -> bool:
    """A visitor who "received" somebody in the country visited is the guest there all the same."""
    mention = argument.mention
    return argument.role in (Role.host, Role.guest) and any(
        mention.country in visit and set(visit) <= set(draft.countries) for visit in draft.visits
    )


def _calls_on(draft: Draft, place: str | None) -> bool:
    """Whether who "met" the other did so in the other's country, and is the guest there: 王毅在河内会见越南总理. An
    ambassador receives at the embassy."""
    hosts = [a.mention for a in draft.arguments if a.role is Role.host]
    at_home = any(a.role is Role.guest and a.mention.country == place for a in draft.arguments)
    return at_home and bool(hosts) and all(h.country != place and h.level is not Level.ambassador for h in hosts)


def _role(argument: Argument, draft: Draft, place: str | None) -> Role:
    """Host and guest follow from whose country it is in, where the words do not say: not at a summit."""
    few = draft.type is EventType.conference and len(draft.countries) in (3, 4) and not draft.organizations
    if not (few or draft.type in _TALKS) or draft.mode is not Mode.in_person:
        return argument.role
    if argument.role is not Role.participant and not (_abroad(argument, draft) or _calls_on(draft, place)):
        return argument.role
    if place is None or place not in draft.countries or draft.occasion is not None or draft.type is EventType.signing:
        return argument.role
    if argument.mention.country is None and argument.mention.organization is None:
        return argument.role
    return Role.host if argument.mention.country == place else Role.guest


def _as_written(text: Text, mention: Mention) -> str | None:
    """The name as the article has it; None where it only tells the office."""
    return None if mention.pronoun and mention.written and mention.written not in text.plain else mention.written


def _person(text: Text, mention: Mention, role: Role, day: date | None, knowledge: Knowledge) -> Participant:
    title, level = mention.title, mention.level
    tenure = _held(mention, day, knowledge) if title is None or _loose(mention, knowledge) else None
    if tenure is not None:
        office = knowledge.office[tenure.term.office]
        title, level = styled(tenure, office.title), office.level
    return Participant(
        kind=ParticipantKind.person,
        actor_id=mention.actor_id,
        name=mention.name or mention.written or "",
        name_as_written=_as_written(text, mention),
        aliases=_aliases(mention.actor_id, mention.name or "", knowledge),
        country=mention.country,
        organization=mention.organization,
        title=title,
        level=level,
        role=role,
        evidence=(text.span(mention.start, mention.end),),
    )


def _party(text: Text, mention: Mention, role: Role, knowledge: Knowledge) -> Participant:
    country = knowledge.country.get(mention.country or "")
    body = knowledge.organization.get(mention.organization or "")
    return Participant(
        kind=ParticipantKind.country if country else ParticipantKind.organization,
        actor_id=country.id.lower() if country else body.id if body else None,
        name=country.name if country else body.name if body else mention.written or "",
        name_as_written=text.plain[mention.start : mention.end],
        country=mention.country,
        organization=mention.organization,
        title=mention.title,
        level=mention.level,
        role=role,
        evidence=(text.span(mention.start, mention.end),),
    )


def participants_of(
    text: Text, draft: Draft, place: str | None, day: date | None, knowledge: Knowledge
) -> Iterator[Participant]:
    """The participants of an event, in the order the article names them. `place`: country of the venue."""
    seen: set[str] = set()
    for argument in draft.arguments:
        mention = argument.mention
        role = _role(argument, draft, place)
        if mention.kind is MentionKind.person:
            yield _person(text, mention, role, day, knowledge)
        elif (party := mention.country or mention.organization or "") not in seen:
            seen.add(party)
            yield _party(text, mention, role, knowledge)
