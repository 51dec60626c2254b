"""What records can be filtered by, as tokens that stand beside the words in the full-text index."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from app.records import Amount, Commitment, Event, EventStatus, Force, Venue
from app.store.fold import fold
from app.store.lexemes import facet as token

__all__ = ["EVERY_COMMITMENT", "EVERY_EVENT", "area", "as_sure_as", "cell", "due_between",
           "exactly", "named", "of_commitment", "of_event", "shared", "token", "worth_between"]  # fmt: skip

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


def _sureness(confidence: float) -> Iterator[str]:
    """The tokens of a tenth of confidence and, in the last, of a hundredth: 0.87 is `sure=8`, 0.93 `sure=9` and
    `sure=93`."""
    tenth = _tenth(confidence)
    yield token("sure", str(tenth))
    if tenth == _SUREST:
        yield _hundredth(int(confidence * 100))


_SUREST = 9


def _tenth(confidence: float) -> int:
    return min(_SUREST, int(confidence * 10))


def _hundredth(number: int) -> str:
    return token("sure", str(number))


def as_sure_as(confidence: float) -> tuple[str, ...]:
    """Tokens of which each event has one that is as sure as this or more, and few others."""
    tenth = _tenth(confidence)
    if tenth == _SUREST:
        return tuple(map(_hundredth, range(int(confidence * 100), 101)))
    return tuple(token("sure", str(one)) for one in range(tenth, _SUREST + 1))


_FIRST_YEAR, _LAST_YEAR = 1950, 2099
"""What is due before or after counts as due then."""


def _due(day: date) -> tuple[str, str]:
    """The tokens of the year and the decade of a deadline."""
    year = _year(day)
    return token("due", str(year)), token("due", f"{year // 10}x")


def _year(day: date) -> int:
    return max(_FIRST_YEAR, min(_LAST_YEAR, day.year))


def due_between(first: date | None, last: date | None) -> tuple[str, ...]:
    """Tokens of which one stands by each deadline between two days: decades, and years at the ends."""
    low, high = _year(first) if first else _FIRST_YEAR, _year(last) if last else _LAST_YEAR
    found = []
    while low <= high:
        whole = low % 10 == 0 and low + 9 <= high
        found.append(token("due", f"{low // 10}x" if whole else str(low)))
        low += 10 if whole else 1
    return tuple(found)


_LEAST, _MOST = -1, 18
"""Orders of magnitude that are told apart; the lowest holds all amounts below one."""


def _magnitude(value: float) -> int:
    return max(_LEAST, min(_MOST, math.floor(math.log10(value)))) if value >= 1 else _LEAST


def _worth(amount: Amount) -> tuple[str, str]:
    """The tokens of the order of magnitude of an amount, of any unit and of its own."""
    size = str(_magnitude(amount.value))
    return token("worth", size), token("worth", f"{size}:{amount.unit}")


def worth_between(low: float | None, high: float | None, unit: str | None) -> tuple[str, ...]:
    """Tokens of which one stands by each amount between two values."""
    first, last = _LEAST if low is None else _magnitude(low), _MOST if high is None else _magnitude(high)
    return tuple(token("worth", f"{one}:{unit}" if unit else str(one)) for one in range(first, last + 1))


def cell(latitude: float, longitude: float) -> str:
    """The token of the square of one degree that a place lies in."""
    return token("cell", f"{math.floor(latitude)}:{math.floor(longitude)}")


def area(latitude: float, longitude: float) -> str:
    """The token of the square of ten degrees that a place lies in."""
    return token("area", f"{math.floor(latitude / 10)}:{math.floor(longitude / 10)}")


class Shared(NamedTuple):
    """Tokens of an event that its commitments are found by as well."""

    type: str
    status: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    actors: tuple[str, ...]
    around: tuple[str, ...]
    """Those of its circumstances."""


def shared(event: Event, languages: Iterable[str], publishers: Iterable[str]) -> Shared:
    """Tokens of an event that some publishers report in some languages."""
    return Shared(
        token("type", event.type._value_),
        token("status", event.status._value_),
        tuple([token("country", code) for code in event.countries]),
        tuple([token("language", one) for one in languages]),
        tuple([token("actor", one.actor_id) for one in event.participants if one.actor_id]),
        tuple(_circumstances(event, publishers)),
    )


def of_event(event: Event, shared: Shared) -> str:
    """All tokens of an event."""
    tokens = [shared.type, shared.status, *shared.countries]
    tokens += [token("topic", topic._value_) for topic in event.topics]
    tokens += (*shared.languages, *shared.actors)
    tokens += [token("kind", commitment.kind._value_) for commitment in event.commitments]
    tokens += shared.around
    for commitment in event.commitments:
        tokens += _promised(commitment)
    return " ".join(dict.fromkeys(tokens))


def _circumstances(event: Event, publishers: Iterable[str]) -> Iterator[str]:
    if event.mode:
        yield token("mode", event.mode._value_)
    yield from (token("organization", one) for one in event.organizations)
    yield from (token("level", one.level._value_) for one in event.participants if one.level)
    yield token("basis", event.date.basis._value_ if event.date else "none")
    if event.occasion and event.occasion.id:
        yield token("occasion", event.occasion.id)
    yield exactly(event.countries)
    yield from _sureness(event.confidence)
    yield from (named("publisher", one) for one in publishers)
    yield from _places(event.venue)


def _promised(commitment: Commitment) -> Iterator[str]:
    for amount in commitment.amounts:
        yield token("unit", amount.unit)
        yield from _worth(amount)
    if commitment.deadline:
        yield from _due(commitment.deadline.date)


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


def of_commitment(commitment: Commitment, shared: Shared) -> str:
    """All tokens of a commitment made at an event."""
    tokens = [token("kind", commitment.kind._value_), token("force", commitment.force._value_), shared.status]
    tokens += [token("by", one) for one in commitment.actors]
    tokens += [token("to", one) for one in commitment.recipients]
    tokens += [token("topic", topic._value_) for topic in commitment.topics]
    tokens += [token("unit", amount.unit) for amount in commitment.amounts]
    tokens.append(token("deadline", "yes" if commitment.deadline else "no"))
    tokens += (shared.type, *shared.countries, *shared.languages, *shared.actors)
    if commitment.amounts or commitment.deadline:
        tokens += _promised(commitment)
    tokens += shared.around
    return " ".join(dict.fromkeys(tokens))
