"""Articles: posted ones are read and stored with their events; stored ones come with text and evidence."""

from __future__ import annotations

from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Path, Response
from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from app.errors import NotFoundError
from app.ingest import ingest_one, replace
from app.records import Article
from app.routers import examples
from app.routers.deps import BaseUrlDep, Day, ExtractorDep, LimiterDep, StoreDep, given_once, no_query
from app.routers.display import DisplayDep, in_language
from app.routers.problems import BODY, documented
from app.sources.decode import not_text
from app.store import read
from app.store.documents import StoredArticle, StoredEvent
from app.store.engine import Store
from app.store.missing import not_there
from app.store.save import Outcome, remove

router = APIRouter(tags=["articles"])

_HTTP_URL: TypeAdapter[AnyHttpUrl] = TypeAdapter(AnyHttpUrl)


def _is_text(value: str) -> str:
    problem = not_text(value) or (None if value.strip() else "there is no text in it")
    if problem:
        raise PydanticCustomError("not_text", "{problem}", {"problem": problem[0].upper() + problem[1:]})
    return value


def _is_url(value: str) -> str:
    """The address as it was given: checked, not rewritten."""
    try:
        _HTTP_URL.validate_python(_is_text(value))
    except ValidationError:
        hint = "Write the whole address, beginning with https:// or http://."
        raise PydanticCustomError("not_url", "Not the address of a page", {"hint": hint}) from None
    return value


Url = Annotated[str, Field(max_length=2000, json_schema_extra={"format": "uri"}), AfterValidator(_is_url)]


class ArticleInput(BaseModel):
    """An article to read."""

    model_config = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, json_schema_extra={"examples": [examples.INPUT]}
    )

    text: Annotated[str, StringConstraints(min_length=1, strict=True), AfterValidator(_is_text)]
    """The whole text, headline first; offsets in the answer count in it. An address on the first line is its URL."""
    url: Url | None = None
    """Where it was published, http or https."""
    published: Day | None = None
    """Publication date."""

    def article(self) -> Article:
        """The article as the extraction takes it."""
        return Article(source=self.url or "api", text=self.text, url=self.url, published=self.published)


def _stored(description: str) -> dict[str, Any]:
    location = {"description": "Address of the article", "schema": {"type": "string", "format": "uri"}}
    return {"description": description, "headers": {"Location": location}, **examples.shown(examples.ARTICLE)}


@router.post(
    "/articles",
    operation_id="create_article",
    summary="Read and store an article",
    status_code=201,
    responses={
        201: _stored("Stored, in place of an older text of the same URL where there was one"),
        200: {**_stored("The same text was there already; nothing was changed"), "model": StoredArticle},
        **documented(*BODY),
    },
    dependencies=[no_query],
)
async def create_article(
    *,
    posted: ArticleInput,
    response: Response,
    store: StoreDep,
    extract: ExtractorDep,
    limiter: LimiterDep,
    base: BaseUrlDep,
) -> StoredArticle:
    """Finds the events of an article and stores both. The same text is stored once, whatever its address; another
    text under an address that is known (up to http or https, `www.`, tracking parameters) replaces the older one.
    Several articles can be sent at once as `application/x-ndjson`: see `/articles/batch`."""
    done = await anyio.to_thread.run_sync(ingest_one, store, extract, posted.article(), limiter=limiter)
    response.status_code = 200 if done.saved.outcome is Outcome.unchanged else 201
    response.headers["Location"] = f"{base}/articles/{done.saved.id}"
    with store.read() as session:
        return read.article(session, done.saved.id, base)


ArticleId = Annotated[str, Path(description="Id of the article.", examples=[examples.SAMPLE_ARTICLE_ID])]


def _missing(article_id: str) -> NotFoundError:
    return not_there("article", article_id)


@router.put(
    "/articles/{article_id}",
    operation_id="replace_article",
    summary="Put another text in the place of an article",
    responses={
        200: _stored("Stored; its id is made from its text, so that it is another one where the text is"),
        **documented(NotFoundError, *BODY),
    },
    dependencies=[no_query],
)
async def replace_article(
    *,
    article_id: ArticleId,
    posted: ArticleInput,
    response: Response,
    store: StoreDep,
    extract: ExtractorDep,
    limiter: LimiterDep,
    base: BaseUrlDep,
) -> StoredArticle:
    """Reads the text and stores it instead of the article that has this id, whatever the address of the two. What the
    old text said is withdrawn; events that other articles report too stay."""
    if not read.may_be_an_id(article_id):
        raise _missing(article_id)
    done = await anyio.to_thread.run_sync(replace, store, extract, article_id, posted.article(), limiter=limiter)
    if done is None:
        raise _missing(article_id)
    response.headers["Location"] = f"{base}/articles/{done.saved.id}"
    with store.read() as session:
        return read.article(session, done.saved.id, base)


@router.delete(
    "/articles/{article_id}",
    operation_id="delete_article",
    summary="Remove an article",
    status_code=204,
    responses=documented(NotFoundError),
    dependencies=[no_query],
)
async def delete_article(*, article_id: ArticleId, store: StoreDep, limiter: LimiterDep) -> None:
    """Removes an article with its text, and what it said. Events that other articles report too stay; the others go,
    and their ids say so for ever."""
    if not await anyio.to_thread.run_sync(_remove, store, article_id, limiter=limiter):
        raise _missing(article_id)


def _remove(store: Store, article_id: str) -> bool:
    if not read.may_be_an_id(article_id):
        return False
    with store.write() as session:
        return remove(session, article_id, "Its article was removed.")


@router.get(
    "/articles/{article_id}",
    operation_id="get_article",
    summary="Read an article",
    responses={200: examples.shown(examples.ARTICLE), **documented(NotFoundError)},
    dependencies=[in_language, given_once],
)
async def get_article(
    *, article_id: ArticleId, response: Response, store: StoreDep, base: BaseUrlDep, display: DisplayDep
) -> StoredArticle:
    """One article with its text, its events, and every stretch of the text that a value rests on."""
    with store.read() as session:
        found = read.article(session, article_id, base)
    response.headers.update(display.headers)
    if display.namer is None:
        return found
    events = tuple(StoredEvent.model_validate(display.fields(one.model_dump(mode="json"))) for one in found.events)
    return found.model_copy(update={"events": events})
