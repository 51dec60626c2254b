"""Statistics: how many events or commitments there are in each group. All groups are told, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app.errors import InvalidCursorError
from app.knowledge.lookup import Knowledge
from app.records import Record
from app.routers import examples, lists, selection
from app.routers.asking import event_query
from app.routers.commitments import CommitmentFilters, commitment_query
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.filters import EventFilters, Updated
from app.routers.past import CountedAsOf, counting
from app.routers.problems import documented
from app.store import cursor, stats
from app.store.stats import By, CommitmentBy

router = APIRouter(tags=["statistics"])

LONGEST_PAGE = 10_000


class GroupOrder(StrEnum):
    """Orders of groups."""

    values = "values"
    most = "-count"


class StatsGroup(Record):
    """One group."""

    values: Annotated[tuple[str, ...], Field(examples=[["US", "2021"]])]
    """What its records have in common, in the order of `by`."""
    count: Annotated[int, Field(ge=1)]
    """How many records are in it."""
    url: str
    """The list of them. By time it also has those that began before and reach into the period."""


class StatsPage(lists.Page[StatsGroup]):
    """Groups of records."""

    by: tuple[str, ...]
    """What they are grouped by."""
    total: int
    """How many records match the filters."""
    ungrouped: int
    """How many of them are in no group, since they lack a value that they are grouped by."""


class _Grouped(lists.Paged):
    """How to show groups."""

    limit: Annotated[int, Field(ge=1, le=LONGEST_PAGE, examples=[1000])] = 1000
    """How many groups a page has."""
    sort: GroupOrder = GroupOrder.values
    """`values`: by what they have in common, so in order of time. `-count`: the largest first."""


_BY = "Time counts by the day on which an event begins. A record with several values counts in each of their groups."


class EventStats(EventFilters, Updated, CountedAsOf, _Grouped):
    """Which events to count, and by what."""

    by: Annotated[
        list[By],
        Field(min_length=1, max_length=2, examples=[["country", "year"]], description=f"What to group by. {_BY}"),
    ]


class CommitmentStats(CommitmentFilters, Updated, CountedAsOf, _Grouped):
    """Which commitments to count, and by what."""

    by: Annotated[
        list[CommitmentBy],
        Field(min_length=1, max_length=2, examples=[["kind", "year"]], description=f"What to group by. {_BY}"),
    ]


_PERIODS = frozenset({"year", "quarter", "month"})
_ALL_OF = frozenset({"country", "topic", "actor", "organization", "recipient"})
"""Filters of which all values must hold: another value narrows the list. The others are replaced."""
_PAGE_ONLY = frozenset({"by", "sort", "limit", "cursor", "count", "fields", "format"})
_QUARTERS = {"Q1": ("01", "03"), "Q2": ("04", "06"), "Q3": ("07", "09"), "Q4": ("10", "12")}


def _conditions(name: str, value: str) -> list[tuple[str, str]]:
    """The filters that a group stands for."""
    if name == "quarter":
        first, last = _QUARTERS[value[5:]]
        return [("date_from", f"{value[:4]}-{first}"), ("date_to", f"{value[:4]}-{last}")]
    if name in _PERIODS:
        return [("date", value)]
    if name == "dyad":
        return [("country", code) for code in value.split("-")]
    return [(name, value)]


def group_url(request: Request, address: str, by: Sequence[str], values: Sequence[str]) -> str:
    """The list of the records of a group, with the filters of the request."""
    found = [pair for name, value in zip(by, values, strict=True) for pair in _conditions(name, value)]
    replaced = {name for name, _ in found} - _ALL_OF | _PAGE_ONLY
    kept = [pair for pair in request.query_params.multi_items() if pair[0] not in replaced]
    return f"{address}?{urlencode([*kept, *found])}"


_CODES = {"events": frozenset({"country", "venue_country", "dyad"}),
          "commitments": frozenset({"country", "dyad", "actor", "recipient"})}  # fmt: skip
"""Groups whose values are, or may be, codes of countries."""


def _written(noun: str, name: str, value: str, knowledge: Knowledge) -> str:
    """A value as it is written elsewhere; some indexes fold the case of codes."""
    if name in _CODES[noun]:
        codes = [part.upper() for part in value.split("-")] if name == "dyad" else [value.upper()]
        if all(code in knowledge.country for code in codes):
            return "-".join(sorted(codes))
    return value


@dataclass(frozen=True, slots=True)
class _Context:
    """What an answer is made with."""

    request: Request
    noun: str
    base: str
    secret: bytes
    knowledge: Knowledge


def _answer(context: _Context, asked: EventStats | CommitmentStats, groups: stats.Groups) -> Response:
    request, by = context.request, [one.value for one in asked.by]
    address = f"{context.base}/{context.noun}"
    chosen = selection.chosen(asked.fields, StatsGroup)
    placed = []
    for found, number in groups.counts.items():
        pairs = zip(by, found, strict=True)
        values = [_written(context.noun, name, value, context.knowledge) for name, value in pairs]
        placed.append(([-number, *values] if asked.sort is GroupOrder.most else values, values, number))
    placed.sort()
    of = cursor.digest({"list": request.url.path, "asked": _kept(request)})
    after = cursor.decode(asked.cursor, of, context.secret) if asked.cursor is not None else None
    rest = [one for one in placed if after is None or one[0] > after]
    shown = rest[: asked.limit]
    following = cursor.encode(shown[-1][0], of, context.secret) if len(rest) > asked.limit else None
    records = [
        orjson.dumps({"values": values, "count": number, "url": group_url(request, address, by, values)})
        for _, values, number in shown
    ]
    counted = lists.Counted(len(placed), True) if asked.count else None
    more = {"by": by, "total": groups.total, "ungrouped": groups.ungrouped}
    return lists.answer(request, context.base, lists.Found(records, following, counted, more), chosen)


def _kept(request: Request) -> tuple[Any, ...]:
    return tuple(pair for pair in request.query_params.multi_items() if pair[0] not in ("cursor", "limit", "count"))


_EXAMPLE = {
    "data": [{"values": ["US", "2021"], "count": 2, "url": f"{examples.BASE}/events?country=US&date=2021"}],
    "next": f"{examples.BASE}/stats/events?by=country&by=year&limit=1&cursor={examples.CURSOR}",
    "by": ["country", "year"],
    "total": 3,
    "ungrouped": 1,
}
_OF_COMMITMENTS = {
    "data": [{"values": ["agreement"], "count": 7, "url": f"{examples.BASE}/commitments?kind=agreement"}],
    "next": f"{examples.BASE}/stats/commitments?by=kind&limit=1&cursor={examples.CURSOR}",
    "by": ["kind"],
    "total": 9,
    "ungrouped": 0,
}


# Not async: counting a million takes seconds, in which others are to be answered.
@router.get(
    "/stats/events",
    operation_id="count_events",
    summary="Count events in groups",
    response_model=StatsPage,
    responses={**lists.documented(example=_EXAMPLE), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
def count_events(
    request: Request,
    asked: Annotated[EventStats, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
) -> Response:
    """How many of the events that fit all filters are in each group of one or two things."""
    wanted = event_query(asked, countries, knowledge)
    with store.read() as session:
        groups = counting(session, asked).events(wanted, asked.by)
        groups = stats.with_names(session, groups, asked.by)
    return _answer(_Context(request, "events", base, store.secret, knowledge), asked, groups)


@router.get(
    "/stats/commitments",
    operation_id="count_commitments",
    summary="Count commitments in groups",
    response_model=StatsPage,
    responses={**lists.documented(example=_OF_COMMITMENTS), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
def count_commitments(
    request: Request,
    asked: Annotated[CommitmentStats, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
) -> Response:
    """How many of the commitments that fit all filters are in each group of one or two things."""
    wanted = commitment_query(asked, countries, knowledge)
    with store.read() as session:
        groups = counting(session, asked).commitments(wanted, asked.by)
        groups = stats.with_names(session, groups, asked.by)
    return _answer(_Context(request, "commitments", base, store.secret, knowledge), asked, groups)
