"""What records can be filtered by, as tokens that stand beside the words in the full-text index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from app.records import Commitment, Event, EventStatus, Force, Venue
from app.store.fold import fold
from app.store.lexemes import facet as token

__all__ = ["EVERY_COMMITMENT", "EVERY_EVENT", "area", "cell", "exactly", "named", "of_commitment", "of_event",
           "sureness", "token"]  # fmt: skip

EVERY_EVENT = tuple(token("status", status.value) for status in EventStatus)
"""Each event has one of these."""
EVERY_COMMITMENT = tuple(token("force", force.value) for force in Force)
"""Each commitment has one of these."""


def exactly(parties: Iterable[str]) -> str:
    """The token of events between exactly these countries."""
    return token("parties", "+".join(sorted(set(parties))))


def named(field: str, name: str) -> str:
    """The token of a name, however it is written: publishers, cities."""
    return token(field, fold(name).replace(" ", "_"))


def sureness(confidence: float) -> str:
    """The token of a tenth of confidence: 0.87 is `sure=8`."""
    return token("sure", str(min(9, int(confidence * 10))))


def cell(latitude: float, longitude: float) -> str:
    """The token of the square of one degree that a place lies in."""
    return token("cell", f"{math.floor(latitude)}:{math.floor(longitude)}")


def area(latitude: float, longitude: float) -> str:
    """The token of the square of ten degrees that a place lies in."""
    return token("area", f"{math.floor(latitude / 10)}:{math.floor(longitude / 10)}")


def of_event(event: Event, languages: Iterable[str], publishers: Iterable[str]) -> str:
    """All tokens of an event that is reported in some languages by some publishers."""
    found = [("type", event.type._value_), ("status", event.status._value_)]
    found += [("mode", event.mode._value_)] if event.mode else []
    found += [("country", code) for code in event.countries]
    found += [("organization", one) for one in event.organizations]
    found += [("topic", topic._value_) for topic in event.topics]
    found += [("language", one) for one in languages]
    found += [("basis", event.date.basis._value_)] if event.date else [("basis", "none")]
    found += [("occasion", event.occasion.id)] if event.occasion and event.occasion.id else []
    for one in event.participants:
        found += [("actor", one.actor_id)] if one.actor_id else []
        found += [("level", one.level._value_)] if one.level else []
    found += [("kind", commitment.kind._value_) for commitment in event.commitments]
    tokens = [token(field, value) for field, value in found]
    tokens += [exactly(event.countries), sureness(event.confidence)]
    tokens += [named("publisher", one) for one in publishers]
    tokens += _places(event.venue)
    return " ".join(dict.fromkeys(tokens))


def _places(venue: Venue | None) -> Iterator[str]:
    if venue is None:
        return
    if venue.country:
        yield token("venue_country", venue.country)
    if venue.city:
        yield named("venue_city", venue.city)
    if venue.place_id:
        yield token("place", venue.place_id)
    if venue.latitude is not None and venue.longitude is not None:
        yield cell(venue.latitude, venue.longitude)
        yield area(venue.latitude, venue.longitude)


def of_commitment(commitment: Commitment, event: Event, languages: Sequence[str]) -> str:
    """All tokens of a commitment made at an event and reported in some languages."""
    found = [("kind", commitment.kind._value_), ("force", commitment.force._value_), ("status", event.status._value_)]
    found += [("by", one) for one in commitment.actors]
    found += [("to", one) for one in commitment.recipients]
    found += [("topic", topic._value_) for topic in commitment.topics]
    found += [("unit", amount.unit) for amount in commitment.amounts]
    found += [("deadline", "yes" if commitment.deadline else "no"), ("type", event.type._value_)]
    found += [("country", code) for code in event.countries]
    found += [("language", one) for one in languages]
    found += [("actor", one.actor_id) for one in event.participants if one.actor_id]
    return " ".join(dict.fromkeys(token(field, value) for field, value in found))
