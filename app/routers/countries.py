"""Countries: their names, their relations with others, the organisations they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.errors import Issue, NotFoundError
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country as Known
from app.knowledge.models import Relation as KnownRelation
from app.records import CountryCode, Record
from app.routers import catalogue, lists, resolve
from app.routers.activity import Activity, Span, activity
from app.routers.actors import PartialDate
from app.routers.asking import Resolver
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue, Entry
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.display import DisplayDep
from app.routers.past import counting
from app.routers.problems import documented
from app.routers.texts import Text

router = APIRouter(tags=["knowledge"])


class RelationStep(Record):
    """A step in a relation."""

    level: Annotated[str, Field(examples=["comprehensive_strategic_partnership"])]
    """What was taken up, reached or broken off."""
    date: PartialDate
    """The day, cut short where only the month or the year is known."""
    source: str
    """Where it can be checked."""


class Relation(Record):
    """Relations with another country or a body."""

    party: Annotated[str, Field(examples=["US"])]
    """Country code or organisation id of the other side."""
    steps: tuple[RelationStep, ...]
    """In order of time."""
    url: str
    """The two together, or the organisation."""


class Country(Record):
    """A state or territory."""

    id: CountryCode
    url: str
    """Where this record is served."""
    alpha3: Annotated[str, Field(examples=["VNM"])]
    """ISO 3166-1 alpha-3 code."""
    name: Annotated[str, Field(examples=["Vietnam"])]
    """Short English name."""
    names: dict[str, tuple[str, ...]]
    """Names by language (BCP 47), the usual one first; Chinese in simplified characters."""
    adjectives: dict[str, tuple[str, ...]]
    """Forms that only qualify a noun, by language."""
    capital: str | None = None
    """Id of the place of the seat of government."""
    capital_url: str | None = None
    """That place."""
    wikidata: str | None = None
    """Id in Wikidata."""
    source: str
    """Where it can be checked."""
    organizations: tuple[str, ...] = ()
    """Ids of the organisations it is a member of, as far as they are known."""
    events_url: str
    """Events that it is a party to."""
    actors_url: str
    """Its people and bodies."""


class CountryProfile(Country):
    """A state or territory with its relations."""

    relations: tuple[Relation, ...] = ()
    """Relations with others and their steps, by party."""
    activity: Activity
    """Events and commitments over time."""
    dyads_url: str
    """With whom it is a party to events."""
    commitments_url: str
    """What it promised or was promised."""


class CountryPage(lists.Page[Country]):
    """One page of a list of countries."""


class CountryFilters(catalogue.Named):
    """Which countries to list. All conditions must hold."""

    organization: Annotated[list[Text], Field(default=[], max_length=20, examples=[["asean"]])]
    """Organisation it is a member of, as an id or a name; given several times, all of them."""


def relations_of(party: str, knowledge: Knowledge) -> Iterator[Relation]:
    """The relations of a country or a body, by the other party."""
    mine = [(_other(one, party), one) for one in knowledge.relations if party in one.parties]
    for other, relation in sorted(mine, key=lambda pair: pair[0]):
        steps = sorted((RelationStep(**step.model_dump()) for step in relation.steps), key=lambda step: step.date)
        yield Relation(party=other, steps=tuple(steps), url=_address(party, other, knowledge))


def _other(relation: KnownRelation, party: str) -> str:
    one, two = relation.parties
    return two if one == party else one


def _address(party: str, other: str, knowledge: Knowledge) -> str:
    pair = sorted((party, other))
    bodies = [one for one in pair if one not in knowledge.country]
    return f"{ADDRESS}/organizations/{bodies[0]}" if bodies else f"{ADDRESS}/dyads/{'-'.join(pair)}"


def _country(one: Known, knowledge: Knowledge) -> Country:
    return Country(
        id=one.id,
        url=f"{ADDRESS}/countries/{one.id}",
        alpha3=one.alpha3,
        name=one.name,
        names=one.names,
        adjectives=one.adjectives,
        capital=one.capital,
        capital_url=f"{ADDRESS}/places/{one.capital}" if one.capital else None,
        wikidata=one.wikidata,
        source=one.source,
        organizations=tuple(body.id for body in knowledge.organizations if one.id in body.members),
        events_url=f"{ADDRESS}/events?country={one.id}",
        actors_url=f"{ADDRESS}/actors?country={one.id}",
    )


def _entries(knowledge: Knowledge) -> Iterator[Entry[Country]]:
    for one in knowledge.countries:
        forms = (one.alpha3, *catalogue.all_names(one.names), *catalogue.all_names(one.adjectives))
        yield catalogue.entry(one.id, one.name, _country(one, knowledge), forms)


@lru_cache(maxsize=4)
def countries_of(knowledge: Knowledge) -> Catalogue[Country]:
    """All countries of a knowledge base."""
    return Catalogue(_entries(knowledge), "country")


def code(written: str, names: CountriesDep) -> str:
    """The code of a country in a path. Raises NotFoundError that names the nearest."""
    found = names.id(written)
    if found is None:
        issue = names.issue(written, "")
        raise NotFoundError(issue.detail, (Issue(issue.detail, hint=issue.hint),))
    return found


@router.get(
    "/countries",
    operation_id="list_countries",
    summary="List countries",
    response_model=CountryPage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_countries(asking: AskingDep, asked: Annotated[CountryFilters, Query()]) -> Response:
    """Countries, found by name in any language or by the organisations they belong to."""
    bodies = resolve.ids(asked.organization, "organization", resolve.organizations_of(asking.knowledge))

    def keep(country: Country) -> bool:
        return all(body in country.organizations for body in bodies)

    return countries_of(asking.knowledge).page(asking, asked, keep)


@router.get(
    "/countries/{country}",
    operation_id="get_country",
    summary="Read a country",
    response_model=CountryProfile,
    responses=documented(NotFoundError),
    dependencies=[given_once],
)
def get_country(
    country: Annotated[str, Path(description="Code or name of the country.", examples=["VN"])],
    asked: Annotated[Span, Query()],
    knowledge: KnowledgeDep,
    countries: CountriesDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """One country with its names in every language, its relations and organisations, and what it did over time."""
    found = countries_of(knowledge).get(code(country, countries))
    known = Resolver(countries, knowledge)
    known.days(asked)
    known.done()
    with store.read() as session:
        done = activity(counting(session, asked), (found.id,), asked, base, display)
    profile = CountryProfile(
        **dict(found),
        relations=tuple(relations_of(found.id, knowledge)),
        activity=done,
        dyads_url=f"{ADDRESS}/dyads?country={found.id}",
        commitments_url=f"{ADDRESS}/commitments?between={found.id}",
    )
    return catalogue.one(profile, base, display)
