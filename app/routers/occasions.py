"""Occasions: recurring summits and conferences, and each of their editions."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import Field

from app.display.names import Namer
from app.errors import NotFoundError
from app.knowledge.lookup import EditionOf, Knowledge, fill, first_day, last_day
from app.knowledge.models import Series
from app.records import CountryCode, Record
from app.routers import catalogue, lists, resolve
from app.routers.actors import PartialDate
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue, Entry
from app.routers.deps import Day, given_once
from app.routers.display import in_language, named
from app.routers.problems import documented
from app.routers.texts import Text

router = APIRouter(tags=["knowledge"])


class OccasionKind(StrEnum):
    """Whether it is a series or one meeting of it."""

    series = "series"
    edition = "edition"


class KnownOccasion(Record):
    """A series of summits or conferences, or one edition of it."""

    id: Annotated[str, Field(examples=["cop-26"])]
    """Its id; an event's `occasion.id` is that of an edition."""
    url: str
    """Where this record is served."""
    kind: OccasionKind
    """Series or edition."""
    name: Annotated[str, Field(examples=["COP26"])]
    """English name."""
    names: dict[str, tuple[str, ...]]
    """Other names by language (BCP 47)."""
    organization: str | None = None
    """Id of the organisation that holds it."""
    series: str | None = None
    """Editions: id of the series."""
    number: int | None = None
    """Editions: which one it was, where they are counted."""
    year: int | None = None
    """Editions: the year they are named after."""
    start: PartialDate | None = None
    """Editions: first day, cut short where only the month or the year is known."""
    end: PartialDate | None = None
    """Editions: last day."""
    place: str | None = None
    """Editions: id of the city; null for a virtual one."""
    country: CountryCode | None = None
    """Editions: host country."""
    source: str
    """Where it can be checked."""
    events_url: str | None = None
    """Events that took place at it."""
    editions_url: str | None = None
    """Series: its editions."""
    place_url: str | None = None
    """The city."""


class OccasionPage(lists.Page[KnownOccasion]):
    """One page of a list of occasions."""


class OccasionFilters(catalogue.Named):
    """Which occasions to list. All conditions must hold; those about dates and places leave out series."""

    kind: OccasionKind | None = None
    """Series, or editions."""
    series: Annotated[list[Text], Field(default=[], max_length=20, examples=[["cop"]])]
    """Id of the series; given several times, one of them."""
    organization: Annotated[list[Text], Field(default=[], max_length=20, examples=[["asean"]])]
    """Organisation that holds it, as an id or a name; given several times, one of them."""
    country: Annotated[list[Text], Field(default=[], max_length=20, examples=[["VN"]])]
    """Host country, as a code or a name; given several times, one of them."""
    date_from: Annotated[Day | None, Field(examples=["2021-01-01"])] = None
    """Editions that end on this day or later."""
    date_to: Annotated[Day | None, Field(examples=["2021-12-31"])] = None
    """Editions that begin on this day or earlier."""


def _series(one: Series) -> KnownOccasion:
    name = one.name.format(n="", ordinal="", year="").replace("  ", " ").strip(" -")
    return KnownOccasion(
        id=one.id,
        url=f"{ADDRESS}/occasions/{one.id}",
        kind=OccasionKind.series,
        name=one.names.get("en", (name,))[0],
        names=one.names,
        organization=one.organization,
        source=one.source,
        events_url=f"{ADDRESS}/events?occasion={one.id}",
        editions_url=f"{ADDRESS}/occasions?series={one.id}",
    )


def _edition(one: EditionOf) -> KnownOccasion:
    own, numbered = one.edition.names, one.series.numbered_names
    # The usual form with its number or year; the others differ in little words.
    names = {
        code: (*own.get(code, ()), *(fill(form, one.edition) for form in numbered.get(code, ())[:1]))
        for code in dict.fromkeys((*own, *numbered))
    }
    return KnownOccasion(
        id=one.id,
        url=f"{ADDRESS}/occasions/{one.id}",
        kind=OccasionKind.edition,
        name=one.name,
        names=names,
        organization=one.series.organization,
        series=one.series.id,
        number=one.edition.number,
        year=one.edition.year,
        start=one.edition.start,
        end=one.edition.end,
        place=one.edition.place,
        country=one.edition.country,
        source=one.edition.source,
        events_url=f"{ADDRESS}/events?occasion={one.id}",
        place_url=f"{ADDRESS}/places/{one.edition.place}" if one.edition.place else None,
    )


def _entries(knowledge: Knowledge) -> Iterator[Entry[KnownOccasion]]:
    editions = (one for found in knowledge.editions.values() for one in found)
    for one in (*map(_series, knowledge.occasions), *map(_edition, editions)):
        yield catalogue.entry(one.id, one.name, one, catalogue.all_names(one.names))


@lru_cache(maxsize=4)
def occasions_of(knowledge: Knowledge) -> Catalogue[KnownOccasion]:
    """All series and editions of a knowledge base."""
    return Catalogue(_entries(knowledge), "occasion")


@named.register
def _named(one: KnownOccasion, of: Namer) -> KnownOccasion:
    """An edition by its number or year, a series by its usual name."""
    name = of.occasion(one.id) or of.usual(one.names)
    return one.model_copy(update={"name": name}) if name else one


def _within(one: KnownOccasion, asked: OccasionFilters) -> bool:
    if not asked.date_from and not asked.date_to:
        return True
    if one.start is None:
        return False
    late_enough = asked.date_from is None or last_day(one.end) >= asked.date_from
    return late_enough and (asked.date_to is None or first_day(one.start) <= asked.date_to)


@router.get(
    "/occasions",
    operation_id="list_occasions",
    summary="List summits and conferences",
    response_model=OccasionPage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_occasions(asking: AskingDep, asked: Annotated[OccasionFilters, Query()]) -> Response:
    """Recurring summits and conferences and their editions, found by name in any language, host, organisation, date."""
    hosts = resolve.ids(asked.country, "country", asking.countries)
    bodies = resolve.ids(asked.organization, "organization", resolve.organizations_of(asking.knowledge))
    series = resolve.ids(asked.series, "series", resolve.series_of(asking.knowledge))

    def keep(one: KnownOccasion) -> bool:
        return (
            (asked.kind is None or one.kind is asked.kind)
            and (not series or one.series in series)
            and (not bodies or one.organization in bodies)
            and (not hosts or one.country in hosts)
            and _within(one, asked)
        )

    return occasions_of(asking.knowledge).page(asking, asked, keep)


@router.get(
    "/occasions/{occasion_id}",
    operation_id="get_occasion",
    summary="Read a summit or conference",
    response_model=KnownOccasion,
    responses=documented(NotFoundError),
    dependencies=[in_language, given_once],
)
async def get_occasion(
    occasion_id: Annotated[str, Path(description="Id of a series or an edition.", examples=["cop-26"])],
    asking: AskingDep,
) -> Response:
    """One series, or one edition of it, with its names in every language."""
    return asking.one(occasions_of(asking.knowledge).get(occasion_id))
