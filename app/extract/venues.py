"""Where an event took place: the place named with it, else that of the summit, the visit or the host."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.editions import editions_of
from app.extract.model import Draft, PlaceHit, Text
from app.extract.occurrences import TALKS
from app.knowledge.lookup import EditionOf, Knowledge
from app.knowledge.models import Place
from app.records import EventDate, EventStatus, EventType, Evidence, Mode, Role, Venue

_REMOTE = {Mode.phone, Mode.video, Mode.written}
_NOWHERE = {EventType.recall, EventType.severance, EventType.sanction}
"""A city beside them says who did it, or where somebody is called back to."""
_ELSEWHERE = {
    *_NOWHERE,
    EventType.message,
    EventType.statement,
    EventType.rejection,
    EventType.recognition,
}


def _of_place(place: Place, knowledge: Knowledge, evidence: Evidence) -> Venue:
    city = knowledge.place.get(place.city) if place.city else place if place.kind == "city" else None
    return Venue(
        name=place.name if place is not city else None,
        city=city.name if city else None,
        country=place.country,
        latitude=place.latitude if place.latitude is not None else city.latitude if city else None,
        longitude=place.longitude if place.longitude is not None else city.longitude if city else None,
        place_id=place.id,
        evidence=evidence,
    )


def _named(text: Text, hit: PlaceHit, knowledge: Knowledge) -> Venue | None:
    evidence = (text.span(hit.start, hit.end),)
    if hit.place_id is None:
        return Venue(country=hit.country, evidence=evidence)
    place = knowledge.place[hit.place_id]
    if place.country is None:  # a sea is no venue
        return None
    if hit.city_only and place.city in knowledge.place:
        place = knowledge.place[place.city]
    return _of_place(place, knowledge, evidence)


def _of_edition(text: Text, draft: Draft, edition: EditionOf | None, knowledge: Knowledge) -> Venue | None:
    if edition is None or draft.occasion is None:
        return None
    evidence = (text.span(draft.occasion.start, draft.occasion.end),)
    place = knowledge.place.get(edition.edition.place or "")
    if place is not None:
        return _of_place(place, knowledge, evidence)
    return Venue(country=edition.edition.country, evidence=evidence) if edition.edition.country else None


def _visited(text: Text, draft: Draft) -> Venue | None:
    """Talks of two parties during a visit of one to the other are where the visit goes."""
    if draft.destination is not None:
        return Venue(country=draft.destination, evidence=(text.span(*draft.trigger),))
    for guest, country in draft.visits:
        if country in draft.countries and guest in draft.countries:
            return Venue(country=country, evidence=(text.span(*draft.trigger),))
    return None


def _on_journey(text: Text, draft: Draft) -> Venue | None:
    """Talks with others on a journey are where it goes: "arrived in New York for the Assembly and met A of Italy"."""
    lands = {country for guest, country in draft.visits if guest in draft.countries}
    if len(lands) != 1 or draft.type not in TALKS or lands & set(draft.countries):
        return None
    return Venue(country=lands.pop(), evidence=(text.span(*draft.trigger),))


def _hosted(text: Text, draft: Draft) -> Venue | None:
    for argument in draft.arguments:
        if argument.role is Role.host and argument.mention.country:
            mention = argument.mention
            return Venue(country=mention.country, evidence=(text.span(mention.start, mention.end),))
    return None


def _at_home(text: Text, draft: Draft) -> Venue | None:
    """An envoy is summoned where he is posted: in the country that protests."""
    for argument in draft.arguments:
        if argument.role is not Role.target and argument.mention.country:
            mention = argument.mention
            return Venue(country=mention.country, evidence=(text.span(mention.start, mention.end),))
    return None


def _with_city(text: Text, venue: Venue, draft: Draft, places: Sequence[PlaceHit], knowledge: Knowledge) -> Venue:
    """The first city or site of the country that the event's own sentences name, for a venue known by its country."""
    own = set(draft.sentences)
    for hit in places:
        place = knowledge.place.get(hit.place_id or "")
        if place is None or place.country != venue.country or text.sentence_number(hit.start) not in own:
            continue
        if place.kind == "city" and text.low[max(0, hit.start - 4) : hit.start] == "the ":
            continue  # "the Dien Bien Phu victory"
        if place.kind == "city" or place.city is not None:
            return _of_place(place, knowledge, (*venue.evidence, text.span(hit.start, hit.end)))
    if draft.dateline is not None and draft.dateline.country == venue.country and draft.dateline.place_id:
        return _named(text, draft.dateline, knowledge) or venue
    return venue


def _filed_from(text: Text, draft: Draft, knowledge: Knowledge) -> Venue | None:
    """Without any other sign, talks told in the lead were held where the report is filed from, in a party's country."""
    if not draft.lead or draft.dateline is None or draft.dateline.country not in draft.countries:
        return None
    if draft.status is EventStatus.planned:
        return None
    return None if draft.type is EventType.visit else _named(text, draft.dateline, knowledge)


def venue_of(
    text: Text, draft: Draft, places: Sequence[PlaceHit], edition: EditionOf | None, knowledge: Knowledge
) -> Venue | None:
    """The venue, with the words that point to it. Calls: only where the text says from where they were made."""
    joint = draft.type is EventType.statement and len(draft.countries) + len(draft.organizations) > 1
    if draft.mode is Mode.written and not joint:
        return None
    named = _named(text, draft.place, knowledge) if draft.place else None
    if joint:  # issued where they met
        found = named or _visited(text, draft)
        return _with_city(text, found, draft, places, knowledge) if found and not found.city else found
    if draft.mode in _REMOTE:
        if named is None and draft.dateline is not None:
            named = _named(text, draft.dateline, knowledge)
        return named if named and named.country in draft.countries else None
    if draft.type is EventType.visit and named and draft.destination and named.country != draft.destination:
        named = None
    if draft.type is EventType.protest:
        home = _at_home(text, draft)
        return home if home is not None and (named is None or named.country != home.country) else named
    if draft.type in _ELSEWHERE:
        return None if draft.type in _NOWHERE else named
    held = _of_edition(text, draft, edition, knowledge)
    found = named or held or _visited(text, draft) or _hosted(text, draft)
    found = found or _on_journey(text, draft)
    found = found or _filed_from(text, draft, knowledge)
    at_summit = _at_summit(found, held)
    return at_summit or (_with_city(text, found, draft, places, knowledge) if found and not found.city else found)


def _at_summit(found: Venue | None, held: Venue | None) -> Venue | None:
    """The city of a summit in the country that is named: "on the sidelines of the APEC meeting in Peru", in Lima."""
    if found is None or found.city or held is None or not held.city or held.country != found.country:
        return None
    return held.model_copy(update={"evidence": (*found.evidence, *held.evidence)})


def edition_of(draft: Draft, date: EventDate | None, knowledge: Knowledge) -> EditionOf | None:
    """The edition of the summit an event took place at: by its year or number, else by the date."""
    if draft.occasion is None:
        return None
    number, year = draft.occasion.number, draft.occasion.year
    editions = editions_of(draft.occasion, knowledge)
    if len(editions) == 1 and (number, year) != (None, None):
        return editions[0]
    if date is None:
        return None
    return min(
        (e for e in editions if abs((e.start - date.start).days) <= 10 or e.start <= date.start <= e.end),
        key=lambda e: abs((e.start - date.start).days),
        default=None,
    )
