"""Dyads: two countries and what they have with each other."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app.errors import InvalidCursorError, Issue, NotFoundError
from app.knowledge.lookup import Knowledge
from app.records import CountryCode, Record
from app.routers import catalogue, lists, selection
from app.routers.activity import Activity, EventReference, Span, activity, first
from app.routers.asking import Resolver, event_query
from app.routers.countries import RelationStep, code, relations_of
from app.routers.country_names import CountryNames
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.display import Display, DisplayDep
from app.routers.filters import EventFilters, Updated
from app.routers.past import CountedAsOf, counting
from app.routers.problems import documented
from app.routers.stats import group_url
from app.store import cursor
from app.store.stats import By

router = APIRouter(tags=["events"])

DyadId = Annotated[str, Field(examples=["US-VN"])]


class DyadOrder(StrEnum):
    """Orders of dyads."""

    id = "id"
    most = "-events"


class Dyad(Record):
    """Two countries that are parties to an event together."""

    id: DyadId
    """The two codes in alphabetical order."""
    url: str
    """Where all about them is served."""
    countries: tuple[CountryCode, CountryCode]
    """The two."""
    names: tuple[str, str]
    """Their names."""
    events: int
    """How many events have both among their parties."""
    newest: EventReference | None
    """The newest of these events."""
    events_url: str
    """These events."""


class DyadPage(lists.Page[Dyad]):
    """One page of a list of dyads."""


class DyadProfile(Record):
    """Two countries, their relations and what they did with each other over time."""

    id: DyadId
    """The two codes in alphabetical order."""
    url: str
    """Where this record is served."""
    countries: tuple[CountryCode, CountryCode]
    """The two."""
    names: tuple[str, str]
    """Their names."""
    relations: tuple[RelationStep, ...]
    """When they took up relations and raised them, in order of time."""
    activity: Activity
    """Events and commitments over time."""
    events_url: str
    """Their events."""
    commitments_url: str
    """What they promised, offered to or asked of each other."""


class DyadList(EventFilters, Updated, CountedAsOf, lists.Paged):
    """Which events to look for dyads in. All conditions must hold; a `country` is also one of the dyad."""

    sort: DyadOrder = DyadOrder.most
    """`-events`: those with the most events first. `id`: by their codes."""


def _names(pair: tuple[str, str], knowledge: Knowledge, display: Display) -> tuple[str, str]:
    one, two = (
        display.country(code, knowledge.country[code].name if code in knowledge.country else code) for code in pair
    )
    return one, two


def _events_url(base: str, pair: tuple[str, str]) -> str:
    return f"{base}/events?country={pair[0]}&country={pair[1]}"


def _id(dyad: str) -> str:
    """Both codes in capitals and in order; some indexes fold the case."""
    return "-".join(sorted(dyad.upper().split("-")))


def _holds(dyad: str, countries: tuple[str, ...]) -> bool:
    return set(countries) <= set(dyad.upper().split("-"))


def _pair(written: str, countries: CountryNames) -> tuple[str, str]:
    """The two countries of a path. Raises NotFoundError that names the nearest."""
    parts = written.split("-")
    for cut in range(1, len(parts)):
        one, two = (countries.id("-".join(side)) for side in (parts[:cut], parts[cut:]))
        if one and two and one != two:
            return min(one, two), max(one, two)
    if len(parts) == 2:
        one, two = (code(part, countries) for part in parts)
        raise _no_dyad(f"{one} is one country, and a dyad has two.", f"What it did with all: /countries/{one}.")
    alone = countries.id(written)
    hint = f"All dyads of {alone}: /dyads?country={alone}." if alone else "Write two countries, as in /dyads/US-VN."
    raise _no_dyad(f"There is no dyad {written!r}.", hint)


def _no_dyad(detail: str, hint: str) -> NotFoundError:
    return NotFoundError(detail, (Issue(detail, hint=hint),))


@router.get(
    "/dyads",
    operation_id="list_dyads",
    summary="List pairs of countries",
    response_model=DyadPage,
    responses={**lists.documented(), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
def list_dyads(
    request: Request,
    asked: Annotated[DyadList, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """Pairs of countries that are parties to events together, with all filters of events."""
    wanted = event_query(asked, countries, knowledge)
    chosen = selection.chosen(asked.fields, Dyad)
    of = cursor.digest({"list": "dyads", "asked": wanted.digest(), "sort": asked.sort, "as_of": asked.as_of})
    after = cursor.decode(asked.cursor, of, store.secret) if asked.cursor is not None else None
    with store.read() as session:
        held = counting(session, asked)
        counts = held.events(wanted, (By.dyad,)).counts
        pairs = {_id(values[0]): number for values, number in counts.items() if _holds(values[0], wanted.countries)}
        most = asked.sort is DyadOrder.most
        placed = sorted(([-number, id_] if most else [id_], id_, number) for id_, number in pairs.items())
        rest = [one for one in placed if after is None or one[0] > after]
        shown = rest[: asked.limit]
        records = []
        for _, id_, number in shown:
            one, two = id_.split("-")
            dyad = Dyad(
                id=id_,
                url=f"{base}/dyads/{id_}",
                countries=(one, two),
                names=_names((one, two), knowledge, display),
                events=number,
                newest=first(held, replace(wanted, countries=(*wanted.countries, one, two)), base, display),
                events_url=group_url(request, f"{base}/events", ("dyad",), (id_,)),
            )
            records.append(orjson.dumps(dyad.model_dump(mode="json")))
    following = cursor.encode(shown[-1][0], of, store.secret) if len(rest) > asked.limit else None
    counted = lists.Counted(len(placed), True) if asked.count else None
    return lists.answer(request, base, lists.Found(records, following, counted, language=display.language), chosen)


@router.get(
    "/dyads/{pair}",
    operation_id="get_dyad",
    summary="Read two countries together",
    response_model=DyadProfile,
    responses=documented(NotFoundError),
    dependencies=[given_once],
)
def get_dyad(
    pair: Annotated[str, Path(description="Two countries, as codes or names.", examples=["US-VN"])],
    asked: Annotated[Span, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """Two countries: their relations, and their events, levels, topics and commitments over time."""
    one, two = _pair(pair, countries)
    known = Resolver(countries, knowledge)
    known.days(asked)
    known.done()
    steps = next((relation.steps for relation in relations_of(one, knowledge) if relation.party == two), ())
    with store.read() as session:
        done = activity(counting(session, asked), (one, two), asked, base, display)
    profile = DyadProfile(
        id=f"{one}-{two}",
        url=f"{base}/dyads/{one}-{two}",
        countries=(one, two),
        names=_names((one, two), knowledge, display),
        relations=steps,
        activity=done,
        events_url=_events_url(base, (one, two)),
        commitments_url=f"{base}/commitments?between={one}&between={two}",
    )
    return catalogue.one(profile, base, display)
