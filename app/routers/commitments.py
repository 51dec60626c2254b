"""Commitments: who undertook, offered, backed, asked or restated what, with amounts and deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import Field

from app.errors import InvalidCursorError, NotFoundError
from app.knowledge.lookup import Knowledge
from app.records import CommitmentKind, EventStatus, EventType, Force, Topic
from app.routers import examples, include, including, listing, lists, relevance, resolve, updated
from app.routers.asking import Resolver, circumstances, names
from app.routers.country_names import CountryNames
from app.routers.days import Moment
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.display import Display, DisplayDep, Shown
from app.routers.filters import Circumstances, Dated, Language, Parties, Promises, Updated, several, since
from app.routers.past import AsOf, moment_of
from app.routers.problems import documented
from app.routers.texts import Text, Words
from app.store import page, past, ranking, read, updates
from app.store.asked import CommitmentQuery
from app.store.documents import StoredCommitment
from app.store.fold import phrases
from app.store.quick import Quick
from app.store.served import served_commitment

router = APIRouter(tags=["commitments"])


class CommitmentPage(lists.Page[StoredCommitment], updated.Updates, relevance.Relevance):
    """One page of a list of commitments."""


class CommitmentFilters(Parties, Circumstances, Dated, Promises):
    """Which commitments. All conditions must hold; those about parties, ranks, places, dates
    and articles are about their event."""

    actor: Annotated[list[Text], several("US")]
    """Whose word it is: country or organisation, as a code, id or name; given several times, that of all of them."""
    recipient: Annotated[list[Text], several("Việt Nam")]
    """Whom it is owed to or asked of: country or organisation; given several times, all of them."""
    between: Annotated[list[Text], several("VN", "US")]
    """Countries or organisations that are among those whose word it is, or whom it is owed to; given several times, all
    of them."""
    kind: Annotated[list[CommitmentKind], several("pledge")]
    """What the speaker does; given several times, one of them."""
    force: Force | None = None
    """Something undertaken, or only a position."""
    topic: Annotated[list[Topic], several("climate")]
    """What it is about; given several times, all of them."""
    topic_any: Annotated[list[Topic], several("energy", "climate")]
    """The same, but one of those given is enough."""
    has_deadline: bool | None = None
    """Whether it has a deadline."""
    type: Annotated[list[EventType], several("meeting")]
    """Kind of the event; given several times, one of them."""
    status: Annotated[list[EventStatus], several("occurred")]
    """Whether the event occurred, is planned or was cancelled; given several times, one of them."""
    language: Annotated[list[Language], several("vi")]
    """Language of an article that reports the event, BCP 47 primary tag; given several times, one of them."""
    q: Annotated[Words | None, Field(examples=["climate"])] = None
    """Words to find in its text, its condition or the title of its event, with or without diacritics; all of them."""


class CommitmentList(CommitmentFilters, Updated, AsOf, lists.Paged):
    """Which commitments to list. All conditions must hold; a parameter that is not named here is an error."""

    include: Annotated[list[including.Names], including.described(including.OF_COMMITMENTS, "the whole event")]
    sort: listing.DateOrder = listing.DateOrder.newest
    """`-date`: those of the newest events first, those of events without a date last. `date`: the other way round.
    `updated`: in the order in which their events were written, with those that are gone, for who keeps a copy; the
    default with `updated_since`. `relevance`: those first in whose own words those of `q` stand; of the newest 1000
    matches."""


def commitment_query(
    given: CommitmentFilters, countries: CountryNames, knowledge: Knowledge, *, ascending: bool = False
) -> CommitmentQuery:
    """What the filters ask of the store. Raises InvalidParameterError with all that is wrong."""
    known = Resolver(countries, knowledge)
    date_from, date_to = known.days(given)
    parties = resolve.Parties(countries, resolve.organizations_of(knowledge))
    asked = CommitmentQuery(
        actors=known.ids(given.actor, "actor", parties),
        recipients=known.ids(given.recipient, "recipient", parties),
        between=known.ids(given.between, "between", parties),
        countries=known.codes(given.country, "country"),
        countries_any=known.codes(given.country_any, "country_any"),
        countries_not=known.codes(given.country_not, "country_not"),
        participants=names(given.participant),
        kinds=tuple(given.kind),
        forces=(given.force,) if given.force else (),
        topics=tuple(given.topic),
        topics_any=tuple(given.topic_any),
        types=tuple(given.type),
        statuses=tuple(given.status),
        languages=tuple(given.language),
        promised=known.promised(given),
        has_deadline=given.has_deadline,
        date_from=date_from,
        date_to=date_to,
        phrases=phrases(given.q) if given.q else (),
        event=circumstances(given, known),
        updated_since=since(given),
        ascending=ascending,
    )
    known.done()
    return asked


def _ready(found: include.Documents, display: Display, base: str) -> list[bytes]:  # noqa: ARG001  in English
    return [served_commitment(document, id_, base) for id_, document in found]


def _shown(within: include.Within, found: include.Documents) -> list[bytes]:
    """The JSON of commitments, each with the title of its event as the client wants it."""
    records = _ready(found, within.display, within.base)
    if within.display.namer is None:
        return records
    parsed = [orjson.loads(record) for record in records]
    titles = within.titles({one["event"]["id"] for one in parsed})
    for one in parsed:
        one["event"]["title"] = titles.get(one["event"]["id"], one["event"]["title"])
    return [orjson.dumps(one) for one in parsed]


def _records(within: include.Within, found: include.Documents, names: Sequence[str]) -> list[bytes]:
    records = _shown(within, found)
    return within.event_of(records) if names else records


_COMMITMENTS = listing.Noun(
    "commitments",
    StoredCommitment,
    including.OF_COMMITMENTS,
    page.commitments,
    past.commitments,
    updates.commitments,
    ranking.commitments,
    Quick.commitments,
    page.count_commitments,
    shows_alone=False,
    ready=_ready,
    records=_records,
)


@router.get(
    "/commitments",
    operation_id="list_commitments",
    summary="List commitments",
    response_model=CommitmentPage,
    responses={**lists.documented(example=examples.COMMITMENTS), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
async def list_commitments(
    request: Request,
    asked: Annotated[CommitmentList, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """Commitments that fit all filters, those of the newest events first."""
    wanted = commitment_query(asked, countries, knowledge, ascending=asked.sort is listing.DateOrder.oldest)
    by = listing.Asking(request, store, knowledge, base, display)
    return await listing.listed(_COMMITMENTS, asked, wanted, by)


class CommitmentShown(Shown):
    """How to show a commitment."""

    include: Annotated[list[including.Names], including.described(including.OF_COMMITMENTS, "the whole event")]
    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As it was known at this moment, with the event that it was part of then. Not with `include`."""


@router.get(
    "/commitments/{commitment_id}",
    operation_id="get_commitment",
    summary="Read a commitment",
    response_model=StoredCommitment,
    responses={200: examples.shown(examples.COMMITMENT), **documented(NotFoundError)},
    dependencies=[given_once],
)
async def get_commitment(
    commitment_id: Annotated[str, Path(description="Id of the commitment.", examples=[examples.SAMPLE_COMMITMENT_ID])],
    asked: Annotated[CommitmentShown, Query()],
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Response:
    """One commitment by its id, with the event it was made at in a few words."""
    included = including.wanted(asked.include, including.OF_COMMITMENTS)
    at = moment_of(asked, alone=("include",), orders=None)
    with store.read() as session:
        found = read.commitment(session, commitment_id) if at is None else past.commitment(session, commitment_id, at)
        within = include.Within(session, knowledge, display, base, at)
        [record] = _shown(within, [found])
        if included:
            [record] = within.event_of([record])
    return Response(record, media_type=lists.JSON, headers=display.headers)
