"""How much an extracted event tells of the same as a labelled one."""

from __future__ import annotations

from app.evaluation.gold import GoldEvent, GoldParticipant
from app.evaluation.names import any_same
from app.records import Event, EventType, Participant, ParticipantKind

SAME_EVENT = 0.44
"""The likeness from which two are taken to be about one event."""

_TALKS = {
    EventType.meeting,
    EventType.phone_call,
    EventType.video_call,
    EventType.conference,
    EventType.visit,
    EventType.negotiation,
}
"""Types that are half right for each other."""


def people(event: Event) -> tuple[Participant, ...]:
    """The participants that are persons."""
    return tuple(one for one in event.participants if one.kind is ParticipantKind.person)


def parties(event: Event) -> set[str]:
    """The countries that are parties."""
    return {*event.countries, *(one.country for one in event.participants if one.country)}


def start_of(event: Event) -> str | None:
    """The first day, as gold records write it."""
    return event.date.start.isoformat() if event.date else None


def same_person(gold: GoldParticipant, found: Participant) -> bool:
    """Whether any of the names found is one of the person's."""
    return any_same(gold.name, (found.name, found.name_as_written, *found.aliases))


def right_type(gold: GoldEvent, event: Event) -> bool:
    """Whether the type is right."""
    return event.type is gold.type or event.type in gold.type_also


def likeness(gold: GoldEvent, event: Event) -> float:
    """0 to 1: people weigh 0.4, parties 0.3, type 0.2, date 0.1; without people parties 0.5, type 0.3, date 0.2."""
    asked, named = gold.parties, parties(event)
    shared = len(asked & named) / len(asked | named) if asked | named else 0.0
    kind = 1.0 if right_type(gold, event) else 0.5 if {gold.type, event.type} <= _TALKS else 0.0
    date = float(start_of(event) in gold.starts)
    required = 0.0 if gold.optional else 0.01  # of two that fit as well, the one that is asked for
    candidates = people(event)
    met = [any(same_person(one, other) for other in candidates) for one in gold.people]
    expected = sum(hit or not one.optional for hit, one in zip(met, gold.people, strict=True))
    if not expected and not candidates:
        return 0.5 * shared + 0.3 * kind + 0.2 * date + required
    same = 2 * sum(met) / (expected + len(candidates))
    return 0.4 * same + 0.3 * shared + 0.2 * kind + 0.1 * date + required
