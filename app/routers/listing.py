"""Lists of events and of commitments: one road from the question to the answer, whatever the noun and the order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from fastapi import Request
from fastapi.responses import Response
from sqlmodel import Session

from app.knowledge.lookup import Knowledge
from app.records import Record
from app.routers import include, including, lists, relevance, selection, updated
from app.routers.display import Display
from app.routers.past import moment_of
from app.store.asked import CommitmentQuery, EventQuery
from app.store.engine import Store
from app.store.page import Page
from app.store.quick import Quick
from app.store.ranking import Ranked
from app.store.updates import Updates

Q = TypeVar("Q", EventQuery, CommitmentQuery)

Found = Page | Updates | Ranked
Ordered = Callable[[Session, Q, str | None, int, bytes], Found]
"""What gives a page: of a question, from a cursor on, so many records, with the secret of cursors."""


class DateOrder(StrEnum):
    """Orders by date of the event."""

    newest = "-date"
    oldest = "date"
    updated = "updated"
    relevance = "relevance"


class InOrder(Protocol):
    """What the lists of both nouns take beside their filters."""

    cursor: str | None
    limit: int
    count: lists.Count | None
    fields: list[str]
    sort: DateOrder
    as_of: datetime | None
    updated_since: datetime | None
    include: list[str]
    q: str | None

    @property
    def model_fields_set(self) -> set[str]:
        """The parameters that were given."""


@dataclass(frozen=True, slots=True)
class Noun(Generic[Q]):
    """What is listed, and what gives its pages in each order."""

    name: str
    """As it stands in addresses."""
    model: type[Record]
    includes: Sequence[str]
    """What `include` takes."""
    by_date: Callable[[Session, Q, str | None, int, bytes], Page]
    in_the_past: Callable[[Session, Q, str, str | None, int, bytes], Page]
    by_writing: Callable[[Session, Q, str | None, int, bytes], Updates]
    by_relevance: Callable[[Session, Q, str | None, int, bytes], Ranked]
    at_once: Callable[[Quick, Q, str | None, int, bytes], Page]
    count: Callable[[Session, Q, int | None], int]
    shows_alone: bool
    """Whether a document says all that is shown of its record in every language; in English each does."""
    ready: Callable[[include.Documents, Display, str], list[bytes]]
    """The JSON of records out of their documents, with addresses under the server's."""
    records: Callable[[include.Within, include.Documents, Sequence[str]], list[bytes]]
    """The JSON of records, with what is to be included in them."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A request, and what it is answered with."""

    request: Request
    store: Store
    knowledge: Knowledge
    base: str
    display: Display


async def listed(noun: Noun[Q], asked: InOrder, wanted: Q, by: Asking) -> Response:
    """A page of a list as an answer. Raises InvalidParameterError and InvalidCursorError."""
    chosen = selection.chosen(asked.fields, noun.model)
    more_of = including.wanted(asked.include, noun.includes, asked.limit)
    at = moment_of(asked)
    ordered = _order(noun, asked, at)
    plain = ordered is noun.by_date and not (asked.count or asked.updated_since or more_of)
    if plain and (noun.shows_alone or by.display.namer is None):
        rest = asked.cursor, asked.limit, by.store.secret
        page = await by.store.quickly(lambda quick: noun.at_once(quick, wanted, *rest))
        shown = noun.ready(page.records, by.display, by.base)
        whole = lists.Found(shown, page.cursor, language=by.display.language)
        return lists.answer(by.request, by.base, whole, chosen)

    def ask(session: Session) -> tuple[Found, list[bytes], lists.Counted | None]:
        found = ordered(session, wanted, asked.cursor, asked.limit, by.store.secret)
        within = include.Within(session, by.knowledge, by.display, by.base, at)
        counted = lists.counted(asked.count, lambda cap: noun.count(session, wanted, cap))
        return found, noun.records(within, found.records, more_of), counted

    long = asked.count is lists.Count.exact or not plain
    found, records, count = await by.store.ask(ask, long=long)
    if more_of:
        chosen = chosen and {**chosen, "included": chosen.get("included", {})}
    if isinstance(found, Updates):
        part = updated.Part(records, found, count, noun.name, asked.updated_since, by.display.language)
        return updated.answer(by.request, by.base, part, chosen)
    more: dict[str, Any] = relevance.said(found) if isinstance(found, Ranked) else {}
    whole = lists.Found(records, found.cursor, count, more, by.display.language)
    return lists.answer(by.request, by.base, whole, chosen)


def _order(noun: Noun[Q], asked: InOrder, at: str | None) -> Ordered[Q]:
    """What gives a page in the order that is asked for, of the present or of a moment. Raises InvalidParameterError."""
    if at is not None:
        return lambda session, wanted, *rest: noun.in_the_past(session, wanted, at, *rest)
    if _follows(asked):
        return noun.by_writing
    if asked.sort is DateOrder.relevance:
        relevance.needs_words(asked.q)
        return noun.by_relevance
    return noun.by_date


def _follows(asked: InOrder) -> bool:
    """Whether it is to be in the order of writing."""
    given = "sort" in asked.model_fields_set
    return asked.sort is DateOrder.updated or (asked.updated_since is not None and not given)
