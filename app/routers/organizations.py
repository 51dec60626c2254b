"""Organisations: international and regional bodies, parties and agencies, with their members."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.errors import NotFoundError
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Organization as Known
from app.records import CountryCode, Record
from app.routers import catalogue, lists, resolve
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue, Entry
from app.routers.countries import Relation, relations_of
from app.routers.deps import given_once
from app.routers.display import in_language
from app.routers.problems import documented
from app.routers.texts import Text

router = APIRouter(tags=["knowledge"])


class Organization(Record):
    """A body that takes part in diplomacy."""

    id: Annotated[str, Field(examples=["asean"])]
    """Its id, which events name among their `organizations`."""
    url: str
    """Where this record is served."""
    kind: Annotated[str, Field(examples=["regional"])]
    """`international`, `regional`, `party`, `agency`, `movement` …"""
    name: Annotated[str, Field(examples=["Association of Southeast Asian Nations"])]
    """English name."""
    names: dict[str, tuple[str, ...]]
    """Names by language (BCP 47); Chinese in simplified characters."""
    is_party: bool
    """Whether it acts for itself; a ministry or a ruling party acts for its country."""
    country: CountryCode | None = None
    """The country it acts for."""
    members: tuple[CountryCode, ...] = ()
    """Countries that are members, where membership matters."""
    relations: tuple[Relation, ...] = ()
    """Its relations with countries and their steps."""
    wikidata: str | None = None
    """Id in Wikidata."""
    source: str
    """Where it can be checked."""
    events_url: str
    """Events that it takes part in."""
    occasions_url: str
    """Its summits and conferences."""


class OrganizationPage(lists.Page[Organization]):
    """One page of a list of organisations."""


class OrganizationFilters(catalogue.Named):
    """Which organisations to list. All conditions must hold."""

    kind: Annotated[list[Text], Field(default=[], max_length=20, examples=[["regional"]])]
    """Kind of body; given several times, one of them."""
    member: Annotated[list[Text], Field(default=[], max_length=20, examples=[["Việt Nam"]])]
    """Country that is a member, as a code or a name; given several times, all of them."""
    country: Annotated[list[Text], Field(default=[], max_length=20, examples=[["CN"]])]
    """Country that it acts for; given several times, one of them."""


def _organization(one: Known, knowledge: Knowledge) -> Organization:
    return Organization(
        id=one.id,
        url=f"{ADDRESS}/organizations/{one.id}",
        kind=one.kind,
        name=one.name,
        names=one.names,
        is_party=one.party,
        country=one.country,
        members=one.members,
        relations=tuple(relations_of(one.id, knowledge)),
        wikidata=one.wikidata,
        source=one.source,
        events_url=f"{ADDRESS}/events?organization={one.id}",
        occasions_url=f"{ADDRESS}/occasions?organization={one.id}",
    )


def _entries(knowledge: Knowledge) -> Iterator[Entry[Organization]]:
    for one in knowledge.organizations:
        yield catalogue.entry(one.id, one.name, _organization(one, knowledge), catalogue.all_names(one.names))


@lru_cache(maxsize=4)
def organizations_of(knowledge: Knowledge) -> Catalogue[Organization]:
    """All organisations of a knowledge base."""
    return Catalogue(_entries(knowledge), "organisation")


@router.get(
    "/organizations",
    operation_id="list_organizations",
    summary="List organisations",
    response_model=OrganizationPage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_organizations(asking: AskingDep, asked: Annotated[OrganizationFilters, Query()]) -> Response:
    """Organisations, found by name in any language, by kind or by member."""
    kinds = resolve.ids(asked.kind, "kind", resolve.organization_kinds_of(asking.knowledge))
    members = resolve.ids(asked.member, "member", asking.countries)
    owners = resolve.ids(asked.country, "country", asking.countries)

    def keep(body: Organization) -> bool:
        return (
            (not kinds or body.kind in kinds)
            and all(code in body.members for code in members)
            and (not owners or body.country in owners)
        )

    return organizations_of(asking.knowledge).page(asking, asked, keep)


@router.get(
    "/organizations/{organization_id}",
    operation_id="get_organization",
    summary="Read an organisation",
    response_model=Organization,
    responses=documented(NotFoundError),
    dependencies=[in_language, given_once],
)
async def get_organization(
    organization_id: Annotated[str, Path(description="Id of the organisation.", examples=["asean"])],
    asking: AskingDep,
) -> Response:
    """One organisation with its names in every language, its members and its relations."""
    return asking.one(organizations_of(asking.knowledge).get(organization_id))
