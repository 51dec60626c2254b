"""Actors: people, bodies and countries that take part, with their names in every language and their offices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.display.names import Namer
from app.errors import NotFoundError
from app.knowledge.lookup import Knowledge, first_day, last_day
from app.knowledge.models import Country, Organization, Person, Term
from app.records import CountryCode, Level, ParticipantKind, Record
from app.records.base import is_none
from app.routers import catalogue, including, lists, resolve
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue, Entry, rendered
from app.routers.deps import BaseUrlDep, Day, KnowledgeDep, StoreDep, given_once
from app.routers.display import DisplayDep, Shown, named
from app.routers.problems import documented
from app.routers.texts import Text
from app.store import page
from app.store.asked import EventQuery
from app.store.documents import StoredEvent
from app.store.served import served

router = APIRouter(tags=["knowledge"])

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", examples=["2021-04-05"])]


class OfficeTerm(Record):
    """An office and the days it was held."""

    office: Annotated[str, Field(examples=["prime-minister"])]
    """Kind of office, the same in every country."""
    title: Annotated[str, Field(examples=["Prime Minister"])]
    """The office in English."""
    level: Level
    """Its rank."""
    country: CountryCode | None = None
    """Country it belongs to."""
    organization: str | None = None
    """Organisation it belongs to."""
    accredited_to: str | None = None
    """Ambassadors: country code or organisation id they are accredited to."""
    start: PartialDate
    """First day, cut short where only the month or the year is known."""
    end: PartialDate | None = None
    """Last day; null while it lasts."""
    source: str
    """Where it can be checked."""


class Actor(Record):
    """Someone or something that takes part in events, under one id in every language."""

    id: Annotated[str, Field(examples=["pham-minh-chinh"])]
    """The `actor_id` of participants."""
    url: str
    """Where this record is served."""
    kind: ParticipantKind
    """Person, organisation or country."""
    name: Annotated[str, Field(examples=["Phạm Minh Chính"])]
    """Usual name in Latin script."""
    names: dict[str, tuple[str, ...]]
    """Names by language (BCP 47), the usual one first; Chinese in simplified characters."""
    short_names: dict[str, tuple[str, ...]]
    """Forms that need a title or an earlier full name, by language."""
    country: CountryCode | None = None
    """Country of a person, of a body that acts for one, or the country itself."""
    offices: tuple[OfficeTerm, ...] = ()
    """Offices held, in order of time."""
    wikidata: str | None = None
    """Id in Wikidata."""
    source: str
    """Where it can be checked."""
    events_url: str
    """Events in which it takes part."""
    country_url: str | None = None
    """Its country."""
    organization_url: str | None = None
    """The organisation, where it is one."""


class ActorIncluded(Record):
    """What `include` asked for."""

    events: tuple[StoredEvent, ...]
    """The newest events in which it takes part, at most 20; `events_url` has all."""


class ActorWithEvents(Actor):
    """An actor, and what `include` asked for."""

    included: Annotated[ActorIncluded | None, Field(exclude_if=is_none)] = None
    """What `include` asked for; absent where it asked for nothing."""


class ActorPage(lists.Page[Actor]):
    """One page of a list of actors."""


class ActorFilters(catalogue.Named):
    """Which actors to list. All conditions must hold; those about offices hold for one and the same term."""

    kind: Annotated[list[ParticipantKind], Field(default=[], max_length=3, examples=[["person"]])]
    """Person, organisation or country; given several times, one of them."""
    country: Annotated[list[Text], Field(default=[], max_length=20, examples=[["Việt Nam"]])]
    """Country, as a code or a name; given several times, one of them."""
    organization: Annotated[list[Text], Field(default=[], max_length=20, examples=[["asean"]])]
    """Organisation in which an office was held, as an id or a name; given several times, one of them."""
    office: Annotated[list[Text], Field(default=[], max_length=20, examples=[["prime-minister"]])]
    """Office held, as an id or an English title; given several times, one of them."""
    level: Annotated[list[Level], Field(default=[], max_length=8, examples=[["head_of_government"]])]
    """Rank of an office held; given several times, one of them."""
    on: Annotated[Day | None, Field(examples=["2021-11-01"])] = None
    """The office was held on this day."""


def _term(term: Term, person: Person, knowledge: Knowledge) -> OfficeTerm:
    office = knowledge.office[term.office]
    return OfficeTerm(
        office=office.id,
        title=term.title or office.title,
        level=office.level,
        country=term.country,
        organization=term.organization,
        accredited_to=term.to,
        start=term.start,
        end=term.end,
        source=term.source or person.source,
    )


def _events_of(id_: str) -> str:
    return f"{ADDRESS}/events?participant={quote(id_)}"


def _person(person: Person, knowledge: Knowledge) -> Actor:
    return Actor(
        id=person.id,
        url=f"{ADDRESS}/actors/{person.id}",
        events_url=_events_of(person.id),
        kind=ParticipantKind.person,
        name=person.name,
        names=person.names,
        short_names=person.short,
        country=person.country,
        offices=tuple(_term(tenure.term, person, knowledge) for tenure in knowledge.tenures[person.id]),
        wikidata=person.wikidata,
        source=person.source,
        country_url=f"{ADDRESS}/countries/{person.country}" if person.country else None,
    )


def _body(body: Organization) -> Actor:
    return Actor(
        id=body.id,
        url=f"{ADDRESS}/actors/{body.id}",
        events_url=_events_of(body.id),
        short_names={},
        kind=ParticipantKind.organization,
        name=body.name,
        names=body.names,
        country=body.country,
        wikidata=body.wikidata,
        source=body.source,
        country_url=f"{ADDRESS}/countries/{body.country}" if body.country else None,
        organization_url=f"{ADDRESS}/organizations/{body.id}",
    )


def _country(country: Country) -> Actor:
    return Actor(
        id=country.id.lower(),
        url=f"{ADDRESS}/actors/{country.id.lower()}",
        events_url=f"{ADDRESS}/events?country={country.id}",
        kind=ParticipantKind.country,
        name=country.name,
        names=country.names,
        short_names=country.short,
        country=country.id,
        wikidata=country.wikidata,
        source=country.source,
        country_url=f"{ADDRESS}/countries/{country.id}",
    )


def _entries(knowledge: Knowledge) -> Iterator[Entry[Actor]]:
    people = (_person(one, knowledge) for one in knowledge.people)
    for actor in (*people, *map(_body, knowledge.organizations), *map(_country, knowledge.countries)):
        forms = (*catalogue.all_names(actor.names), *catalogue.all_names(actor.short_names))
        yield catalogue.entry(actor.id, actor.name, actor, forms)


@lru_cache(maxsize=4)
def actors_of(knowledge: Knowledge) -> Catalogue[Actor]:
    """All actors of a knowledge base."""
    return Catalogue(_entries(knowledge), "actor")


@named.register
def _named(actor: Actor, of: Namer) -> Actor:
    """With the titles of its offices."""
    offices = tuple(
        one.model_copy(update={"title": of.title(one.title, one.country) or one.title}) for one in actor.offices
    )
    return actor.model_copy(update={"name": of.actor(actor.id) or actor.name, "offices": offices})


def _held(term: OfficeTerm, asked: ActorFilters, offices: frozenset[str], bodies: frozenset[str]) -> bool:
    return (
        (not offices or term.office in offices)
        and (not bodies or term.organization in bodies)
        and (not asked.level or term.level in asked.level)
        and (asked.on is None or _covers(term, asked.on))
    )


def _covers(term: OfficeTerm, day: date) -> bool:
    return first_day(term.start) <= day <= last_day(term.end)


@router.get(
    "/actors",
    operation_id="list_actors",
    summary="List actors",
    response_model=ActorPage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_actors(asking: AskingDep, asked: Annotated[ActorFilters, Query()]) -> Response:
    """People, bodies and countries, found by name in any language, by country, and by the offices they held."""
    codes = frozenset(resolve.ids(asked.country, "country", asking.countries))
    offices = frozenset(resolve.ids(asked.office, "office", resolve.offices_of(asking.knowledge)))
    bodies = frozenset(resolve.ids(asked.organization, "organization", resolve.organizations_of(asking.knowledge)))
    of_term = bool(offices or bodies or asked.level or asked.on)

    def keep(actor: Actor) -> bool:
        return (
            (not asked.kind or actor.kind in asked.kind)
            and (not codes or actor.country in codes)
            and (not of_term or any(_held(term, asked, offices, bodies) for term in actor.offices))
        )

    return actors_of(asking.knowledge).page(asking, asked, keep)


class ActorShown(Shown):
    """How to show an actor."""

    include: Annotated[list[including.Names], including.described(including.OF_ACTORS, "its newest events")]


_NEWEST = 20
"""Events that an actor has within it."""


@router.get(
    "/actors/{actor_id}",
    operation_id="get_actor",
    summary="Read an actor",
    response_model=ActorWithEvents,
    responses=documented(NotFoundError),
    dependencies=[given_once],
)
async def get_actor(
    actor_id: Annotated[str, Path(description="Id of the actor.", examples=["pham-minh-chinh"])],
    asked: Annotated[ActorShown, Query()],
    store: StoreDep,
    knowledge: KnowledgeDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """One actor with its names in every language and the offices it held."""
    found = actors_of(knowledge).get(actor_id)
    if not including.wanted(asked.include, including.OF_ACTORS):
        return catalogue.one(found, base, display)
    country = actor_id.upper()
    wanted = EventQuery(countries=(country,)) if country in knowledge.country else EventQuery(actors=(actor_id,))
    with store.read() as session:
        newest = page.events(session, wanted, None, _NEWEST, store.secret).records
    events = b",".join(display.event(served(document, id_, base)) for id_, document in newest)
    record = rendered(display.record(found), base)
    body = record[:-1] + b',"included":{"events":[' + events + b"]}}"
    return Response(body, media_type=lists.JSON, headers=display.headers)
