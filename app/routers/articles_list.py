"""The list of articles: by language, publisher, date, and by the events they report."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlmodel import Session

from app.errors import InvalidCursorError
from app.knowledge.lookup import Knowledge
from app.records import PublishedBasis, Record
from app.routers import examples, lists, selection, updated
from app.routers.asking import event_query
from app.routers.country_names import CountryNames
from app.routers.days import Moment, PartialDays
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep, given_once
from app.routers.filters import EventFilters, Language, Updated, several, since
from app.routers.past import AsOf, moment_of
from app.routers.problems import documented
from app.routers.texts import Words
from app.store import articles, past_articles
from app.store.articles import ArticleQuery, Listed
from app.store.asked import EventQuery

router = APIRouter(tags=["articles"])


class ArticleReadout(Record):
    """What an article says of one occurrence, in addresses."""

    id: Annotated[str, Field(examples=["ro_6q2rvd4c7ynbtzfk"])]
    """Id of the readout."""
    event: Annotated[str, Field(examples=["ev_6q2rvd4c7ynbtzfk"])]
    """Id of the event it was merged into."""
    event_url: str
    """That event."""
    readouts_url: str
    """What each source said of that event, side by side."""


class ListedArticle(Record):
    """An article without its text."""

    id: Annotated[str, Field(examples=[examples.ARTICLE_ID])]
    """Id of the article."""
    article_url: str
    """Where this record is served, with its text and the words that each value rests on."""
    source: str
    """Path, URL or id under which it was loaded."""
    language: str
    """BCP 47 primary tag."""
    headline: str | None
    """As found."""
    url: str | None
    """Where it was published."""
    publisher: str | None
    """As found."""
    published: date | None
    """Publication date, as given or found."""
    published_basis: PublishedBasis | None
    """Where that date comes from: given, metadata of the page, its address, its text."""
    sha256: str
    """Of the UTF-8 text."""
    added: datetime
    """When it was stored, in UTC."""
    events_url: str
    """The events it reports."""
    readouts: tuple[ArticleReadout, ...]
    """What it says of each occurrence, in order of appearance."""


class ArticlePage(lists.Page[ListedArticle], updated.Updates):
    """One page of a list of articles."""


class ArticleOrder(StrEnum):
    """Orders of articles."""

    newest = "-published"
    oldest = "published"
    last_added = "-added"
    first_added = "added"
    updated = "updated"


class ArticleFilters(EventFilters, Updated):
    """Which articles. All conditions must hold. Those about countries, people, dates, places, topics, commitments and
    words are about an event that the article reports: one and the same fits all of them."""

    language: Annotated[list[Language], several("vi")]
    """Its language, BCP 47 primary tag; given several times, one of them."""
    publisher: Annotated[list[Words], several("VietnamPlus")]
    """Its publisher, whole name; given several times, one of them."""
    published: Annotated[PartialDays | None, Field(examples=["2021-11"])] = None
    """Day, month or year in which it was published. Leaves out articles without a date."""
    published_from: Annotated[PartialDays | None, Field(examples=["2021-11-01"])] = None
    """Published on this day (the first of a month or year) or later. Leaves out articles without a date."""
    published_to: Annotated[PartialDays | None, Field(examples=["2021-11-30"])] = None
    """Published on this day (the last of a month or year) or earlier. Leaves out articles without a date."""
    updated_since: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """Stored at this moment or later."""


class ArticleList(ArticleFilters, AsOf, lists.Paged):
    """Which articles to list. All conditions must hold; a parameter that is not named here is an error."""

    sort: ArticleOrder = ArticleOrder.newest
    """`-published`: the last published first; `published`: the first published first; those without a date come last.
    `-added`, `added`: in the order in which they were stored. `updated`: the same with those that are
    gone, whatever the filters, for who keeps a copy; the default with `updated_since`."""

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As they were known at this moment, and what they were read into then; what was replaced since is there, what was
    removed since is not: nothing is kept of it. Goes with all filters and orders but `updated`, not with
    `updated_since` and `count`."""

    @property
    def follows(self) -> bool:
        """Whether those that are gone are to be told."""
        chosen = "sort" in self.model_fields_set
        return self.sort is ArticleOrder.updated or (self.updated_since is not None and not chosen)


def article_query(
    given: ArticleFilters, countries: CountryNames, knowledge: Knowledge, sort: ArticleOrder
) -> ArticleQuery:
    """What the filters ask of the store. Raises InvalidParameterError with all that is wrong."""
    # Its own language, publisher and moment, not those of other articles about the same event.
    of_events = given.model_copy(update={"language": [], "publisher": [], "updated_since": None})
    events = event_query(of_events, countries, knowledge)
    spans = [one for one in (given.published, given.published_from) if one]
    ends = [one for one in (given.published, given.published_to) if one]
    return ArticleQuery(
        languages=tuple(given.language),
        publishers=tuple(given.publisher),
        published_from=max((one.first for one in spans), default=None),
        published_to=min((one.last for one in ends), default=None),
        events=None if events == EventQuery() else events,
        added_since=since(given),
        by_day=sort in (ArticleOrder.newest, ArticleOrder.oldest),
        ascending=sort in (ArticleOrder.oldest, ArticleOrder.first_added),
    )


def listed_article(one: Listed, base: str) -> ListedArticle:
    """An article of the store with its addresses under `base`."""
    id_ = one.values["id"]
    return ListedArticle(
        **one.values,
        article_url=f"{base}/articles/{id_}",
        events_url=f"{base}/events?article={id_}",
        readouts=tuple(
            ArticleReadout(
                id=readout,
                event=event,
                event_url=f"{base}/events/{event}",
                readouts_url=f"{base}/events/{event}/readouts",
            )
            for readout, event in one.readouts
        ),
    )


@router.get(
    "/articles",
    operation_id="list_articles",
    summary="List articles",
    response_model=ArticlePage,
    responses={**lists.documented(), **documented(InvalidCursorError)},
    dependencies=[given_once],
)
async def list_articles(
    request: Request,
    asked: Annotated[ArticleList, Query()],
    countries: CountriesDep,
    knowledge: KnowledgeDep,
    store: StoreDep,
    base: BaseUrlDep,
) -> Response:
    """Articles that fit all filters, without their texts, the last published first."""
    wanted = article_query(asked, countries, knowledge, asked.sort)
    chosen = selection.chosen(asked.fields, ListedArticle)

    at = moment_of(asked, orders=[one.value for one in ArticleOrder if one is not ArticleOrder.updated])
    follows = asked.follows

    def ask(session: Session) -> tuple[articles.Articles, lists.Counted | None]:
        if at is not None:
            return past_articles.page(session, wanted, at, asked.cursor, asked.limit, store.secret), None
        ordered = articles.updates if follows else articles.page
        found = ordered(session, wanted, asked.cursor, asked.limit, store.secret)
        return found, lists.counted(asked.count, lambda cap: articles.count(session, wanted, cap))

    found, count = await store.ask(ask, long=True)
    records = [listed_article(one, base).model_dump_json().encode() for one in found.records]
    if follows:
        part = updated.Part(records, found, count, "articles", asked.updated_since)
        return updated.answer(request, base, part, chosen)
    return lists.answer(request, base, lists.Found(records, found.cursor, count), chosen)
