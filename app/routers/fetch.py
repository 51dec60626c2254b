"""A page of the web as an article: fetched and cleaned, nothing stored."""

from __future__ import annotations

from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from app.errors import Issue, SourceError, UnreadablePageError
from app.records import Article
from app.routers.articles import Url
from app.routers.deps import LimiterDep, no_query
from app.routers.problems import BODY, documented
from app.settings import Settings
from app.sources.limits import Limits, Options
from app.sources.read import articles

router = APIRouter(tags=["articles"])

_LONGEST = 8 << 20
"""Bytes of a page."""


class PageInput(BaseModel):
    """A page to fetch."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    url: Annotated[Url, Field(examples=["https://example.org/leaders-meet"])]
    """Its address, http or https."""


@router.post(
    "/fetch",
    operation_id="fetch_article",
    summary="Fetch a page as an article",
    responses=documented(*BODY, UnreadablePageError),
    dependencies=[no_query],
)
async def fetch_article(posted: PageInput, request: Request, limiter: LimiterDep) -> Article:
    """The article of a page, as `POST /extract` and `POST /articles` take it. What robots.txt forbids, and addresses
    inside the server's own network, are left alone."""
    settings: Settings = request.app.state.settings
    options = Options(limits=Limits(document=_LONGEST), allow_private=settings.fetch_private, pause=0)
    return await anyio.to_thread.run_sync(_first, posted.url, options, limiter=limiter)


def _first(url: str, options: Options) -> Article:
    found = next(articles([url], options), None)
    if isinstance(found, Article):
        return found
    reason = found.reason if isinstance(found, SourceError) else "there is no article on it"
    detail = f"The page cannot be read: {reason}."
    raise UnreadablePageError(detail, (Issue(detail, pointer="/url", hint="Paste the text of the article instead."),))
