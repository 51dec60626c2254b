"""Places: cities, regions and venues, with their coordinates."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.errors import NotFoundError
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Place as Known
from app.records import CountryCode, Record
from app.routers import catalogue, lists, resolve
from app.routers.boxes import BoxParameter
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue, Entry
from app.routers.deps import given_once
from app.routers.display import in_language
from app.routers.problems import documented
from app.routers.texts import Text

router = APIRouter(tags=["knowledge"])


class Place(Record):
    """A city, region or venue."""

    id: Annotated[str, Field(examples=["hanoi"])]
    """Its id, which venues of events name as `place_id`."""
    url: str
    """Where this record is served."""
    kind: Annotated[str, Field(examples=["city"])]
    """`city`, `region`, `venue`, `airport`, `sea` …"""
    name: Annotated[str, Field(examples=["Hanoi"])]
    """English name."""
    names: dict[str, tuple[str, ...]]
    """Names by language (BCP 47); Chinese in simplified characters."""
    city: str | None = None
    """Venues: id of the city."""
    country: CountryCode | None = None
    """Country it is in; null for seas and the like."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees north, WGS 84."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees east, WGS 84."""
    source: str
    """Where it can be checked."""
    country_url: str | None = None
    """The country."""
    city_url: str | None = None
    """The city of a venue."""


class PlacePage(lists.Page[Place]):
    """One page of a list of places."""


class PlaceFilters(catalogue.Named):
    """Which places to list. All conditions must hold."""

    kind: Annotated[list[Text], Field(default=[], max_length=20, examples=[["venue"]])]
    """Kind of place; given several times, one of them."""
    country: Annotated[list[Text], Field(default=[], max_length=20, examples=[["VN"]])]
    """Country it is in, as a code or a name; given several times, one of them."""
    city: Annotated[list[Text], Field(default=[], max_length=20, examples=[["hanoi"]])]
    """City of a venue, as an id or a name; given several times, one of them."""
    bbox: Annotated[BoxParameter | None, Field(examples=["102.1,8.4,109.5,23.4"])] = None
    """Box it lies in: west, south, east, north, in degrees. West may be greater than east: then it spans 180°."""


def _place(one: Known) -> Place:
    return Place(
        id=one.id,
        url=f"{ADDRESS}/places/{one.id}",
        kind=one.kind,
        name=one.name,
        names=one.names,
        city=one.city,
        country=one.country,
        latitude=one.latitude,
        longitude=one.longitude,
        source=one.source,
        country_url=f"{ADDRESS}/countries/{one.country}" if one.country else None,
        city_url=f"{ADDRESS}/places/{one.city}" if one.city else None,
    )


def _entries(knowledge: Knowledge) -> Iterator[Entry[Place]]:
    for one in knowledge.places:
        yield catalogue.entry(one.id, one.name, _place(one), catalogue.all_names(one.names))


@lru_cache(maxsize=4)
def places_of(knowledge: Knowledge) -> Catalogue[Place]:
    """All places of a knowledge base."""
    return Catalogue(_entries(knowledge), "place")


@router.get(
    "/places",
    operation_id="list_places",
    summary="List places",
    response_model=PlacePage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_places(asking: AskingDep, asked: Annotated[PlaceFilters, Query()]) -> Response:
    """Cities, regions and venues, found by name in any language, by country, by city or in a box."""
    kinds = resolve.ids(asked.kind, "kind", resolve.place_kinds_of(asking.knowledge))
    codes = resolve.ids(asked.country, "country", asking.countries)
    cities = resolve.ids(asked.city, "city", resolve.places_of(asking.knowledge))

    def keep(place: Place) -> bool:
        return (
            (not kinds or place.kind in kinds)
            and (not codes or place.country in codes)
            and (not cities or place.city in cities)
            and (asked.bbox is None or asked.bbox.holds(place.latitude, place.longitude))
        )

    return places_of(asking.knowledge).page(asking, asked, keep)


@router.get(
    "/places/{place_id}",
    operation_id="get_place",
    summary="Read a place",
    response_model=Place,
    responses=documented(NotFoundError),
    dependencies=[in_language, given_once],
)
async def get_place(
    place_id: Annotated[str, Path(description="Id of the place.", examples=["hanoi"])],
    asking: AskingDep,
) -> Response:
    """One place with its names in every language and its coordinates."""
    return asking.one(places_of(asking.knowledge).get(place_id))
