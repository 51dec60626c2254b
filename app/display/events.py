"""Events in a language: what they are called, who took part, where.

Ids, evidence, the words of the articles and all that is compared stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from app.display.names import Namer
from app.extract.naming import WITHOUT_PLACE, sides, title_line
from app.records import EventStatus, EventType, Participant, ParticipantKind, Role, Venue

Fields = dict[str, Any]
"""A record, parsed."""

_MOST = 3  # names on one side before "and others"
_PEOPLE: TypeAdapter[list[Participant]] = TypeAdapter(list[Participant])
_KNOWN = frozenset(Participant.model_fields)


def shown(event: Fields, namer: Namer) -> Fields:
    """An event with its title and the names in it in the language of the namer."""
    given = [{name: value for name, value in one.items() if name in _KNOWN} for one in event["participants"]]
    people = _PEOPLE.validate_python(given)
    made = {**event, "title": _title(event, people, namer)}
    made["participants"] = [_participant(one, namer) for one in event["participants"]]
    if venue := event["venue"]:
        made["venue"] = _venue(venue, namer)
    if occasion := event["occasion"]:
        made["occasion"] = {**occasion, "name": namer.occasion(occasion["id"]) or occasion["name"]}
    return made


def _participant(one: Fields, namer: Namer) -> Fields:
    name = namer.actor(one["actor_id"]) or (namer.country(one["country"]) if one["kind"] == "country" else None)
    title = namer.title(one["title"], one["country"])
    return {**one, "name": name or one["name"], "title": title or one["title"]}


def _venue(venue: Fields, namer: Namer) -> Fields:
    place = namer.knowledge.place.get(venue["place_id"] or "")
    name = namer.place(venue["place_id"]) if place is not None and place.name == venue["name"] else None
    city = namer.city(venue["city"], venue["country"])
    return {**venue, "name": name or venue["name"], "city": city or venue["city"]}


def _destination(event: Fields, guests: Sequence[Participant]) -> str | None:
    """The country that was visited: the one it was in, or the party that no guest is from."""
    homes = {one.country for one in guests}
    venue = (event["venue"] or {}).get("country")
    return next((code for code in (venue, *event["countries"]) if code and code not in homes), None)


def _title(event: Fields, people: Sequence[Participant], namer: Namer) -> str:
    kind, status = EventType(event["type"]), EventStatus(event["status"])
    guests = [one for one in people if one.role is not Role.host] or list(people)
    destination = _destination(event, guests) if kind is EventType.visit else None
    written: str = event["title"]
    if event.get("corrections"):
        venue = Venue.model_validate(event["venue"]) if event["venue"] else None
        known = destination if destination in namer.knowledge.country else None
        if written != title_line(kind, status, people, known, venue, namer.knowledge):
            # What a person wrote is not ours to put into other words.
            return written
    return _line(event, people, namer, guests, destination)


def _line(
    event: Fields, people: Sequence[Participant], namer: Namer, guests: Sequence[Participant], destination: str | None
) -> str:
    words = namer.words
    kind = EventType(event["type"])
    city = (event["venue"] or {}).get("city") if kind not in WITHOUT_PLACE else None
    shown_city = namer.city(city, event["venue"]["country"]) or city if city else None
    place = words.place.format(city=shown_city) if shown_city else ""
    sign = words.signs[EventStatus(event["status"])]
    if not people:
        return _upper(words.nobody.format(noun=words.nouns[kind], place=place))
    if kind is EventType.visit and destination:
        first, second = _listed(guests, namer), namer.country(destination) or destination
    else:
        one, other = sides(people)
        if kind is EventType.credentials:
            one, other = other, one
        first, second = _listed(one, namer), _listed(other, namer)
    if not first or not second:
        return words.alone.format(a=first or second, noun=words.nouns[kind], place=place)
    return words.verbs[kind].format(a=first, b=second, sign=sign, place=place)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(people: Sequence[Participant], namer: Namer) -> str:
    between = namer.words.list
    labels = [_label(one, namer) for one in people[:_MOST]]
    if len(people) > _MOST:
        labels.append(between["more"])
    if len(labels) < 2:
        return "".join(labels)
    return between["between"].join(labels[:-1]) + between["last"] + labels[-1]


def _label(one: Participant, namer: Namer) -> str:
    name = namer.actor(one.actor_id) or one.name
    if one.kind is not ParticipantKind.person:
        return namer.country(one.country) or name if one.kind is ParticipantKind.country else name
    # "President of the European Commission" says itself where.
    said = one.title is not None and " of the " in one.title
    home = namer.country(one.country) or (None if said else namer.actor(one.organization))
    title = namer.title(one.title, one.country)
    pattern = namer.words.person[(0 if home else 1) if title else (2 if home else 3)]
    return pattern.format(title=title, country=home, name=name)
