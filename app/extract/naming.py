"""The English line that names an event: made from the record, never copied from the article."""

from __future__ import annotations

from collections.abc import Sequence

from app.knowledge.lookup import Knowledge
from app.records import EventStatus, EventType, Participant, ParticipantKind, Role, Venue

# Present of the verb phrase for planned events, past for those that occurred.
_VERBS: dict[EventType, tuple[str, str]] = {
    EventType.meeting: ("meet", "met"),
    EventType.phone_call: ("speak by phone with", "spoke by phone with"),
    EventType.video_call: ("speak by video with", "spoke by video with"),
    EventType.visit: ("visit", "visited"),
    EventType.conference: ("confer with", "conferred with"),
    EventType.negotiation: ("negotiate with", "negotiated with"),
    EventType.mediation: ("mediate between", "mediated between"),
    EventType.signing: ("sign documents with", "signed documents with"),
    EventType.statement: ("issue a joint statement with", "issued a joint statement with"),
    EventType.message: ("send a message to", "sent a message to"),
    EventType.credentials: ("present credentials to", "presented credentials to"),
    EventType.recognition: ("establish relations with", "established relations with"),
    EventType.aid: ("give aid to", "gave aid to"),
    EventType.protest: ("protest to", "protested to"),
    EventType.sanction: ("impose sanctions on", "imposed sanctions on"),
    EventType.expulsion: ("expel officials of", "expelled officials of"),
    EventType.recall: ("recall its ambassador to", "recalled its ambassador to"),
    EventType.severance: ("break relations with", "broke relations with"),
    EventType.rejection: ("reject a proposal of", "rejected a proposal of"),
}
_MOST = 3  # names on one side before "and others"


def _label(participant: Participant, knowledge: Knowledge) -> str:
    title = f"{participant.title} " if participant.title and len(participant.title) < 40 else ""
    if participant.kind is not ParticipantKind.person:
        return participant.name
    country = knowledge.country.get(participant.country or "")
    body = knowledge.organization.get(participant.organization or "")
    home = country.name if country else body.name if body else ""
    return f"{title}{participant.name}" + (f" ({home})" if home else "")


def _listed(participants: Sequence[Participant], knowledge: Knowledge) -> str:
    labels = [_label(p, knowledge) for p in participants[:_MOST]]
    if len(participants) > _MOST:
        labels.append("others")
    return labels[0] if len(labels) == 1 else ", ".join(labels[:-1]) + " and " + labels[-1]


def sides(participants: Sequence[Participant]) -> tuple[list[Participant], list[Participant]]:
    """Subject and object: by role, else the first party against the rest."""
    first = [p for p in participants if p.role in (Role.host, Role.sender)]
    if first and len(first) < len(participants):
        return first, [p for p in participants if p not in first]
    home = participants[0].country or participants[0].organization
    first = [p for p in participants if (p.country or p.organization) == home]
    return first, [p for p in participants if p not in first]


WITHOUT_PLACE = {EventType.visit, EventType.phone_call, EventType.video_call}
"""A visit names its country anyway; at a call only one side is where the venue says."""


def title_line(
    event_type: EventType,
    status: EventStatus,
    participants: Sequence[Participant],
    destination: str | None,
    venue: Venue | None,
    knowledge: Knowledge,
) -> str:
    """One English line for an event."""
    present, past = _VERBS[event_type]
    verb = {
        EventStatus.occurred: past,
        EventStatus.planned: f"to {present}",
        EventStatus.cancelled: f"not to {present}",
    }[status]
    place = f" in {venue.city}" if venue and venue.city and event_type not in WITHOUT_PLACE else ""
    if event_type is EventType.visit and destination:
        guests = [p for p in participants if p.role is not Role.host] or list(participants)
        return (
            f"{_listed(guests, knowledge)} {verb} {knowledge.country[destination].name}"
            if guests
            else verb.capitalize()
        )
    if not participants:
        return event_type.value.replace("_", " ").capitalize() + place
    first, second = sides(participants)
    if event_type is EventType.credentials:
        first, second = second, first
    if not first or not second:
        return f"{_listed(first or second, knowledge)}: {event_type.value.replace('_', ' ')}{place}"
    return f"{_listed(first, knowledge)} {verb} {_listed(second, knowledge)}{place}"
