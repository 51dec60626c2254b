"""Many articles in one request: NDJSON in, one result a line out, in the order of the lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import anyio
import anyio.to_thread
import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import Field, ValidationError
from starlette.routing import Match
from starlette.types import Scope

from app.errors import InvalidBodyError, Issue, MalformedBodyError, UnsupportedMediaTypeError
from app.ingest import BATCH, Extractor, ingest
from app.records import Article, Record
from app.records.base import is_none
from app.routers import examples
from app.routers.articles import ArticleInput
from app.routers.body import is_batch
from app.routers.deps import BaseUrlDep, ExtractorDep, LimiterDep, StoreDep, no_query
from app.routers.problems import BODY, Problem, documented, problem
from app.routers.validation import in_a_body, is_json, malformed
from app.store.engine import Store
from app.store.save import Outcome

MEDIA_TYPE = "application/x-ndjson"


class BatchResult(Record):
    """What became of one line of a batch."""

    line: Annotated[int, Field(ge=1)]
    """Which line, from 1."""
    status: int
    """As if the article had been posted alone: 201, 200 or that of the problem."""
    outcome: Annotated[Literal["added", "replaced", "unchanged"] | None, Field(exclude_if=is_none)] = None
    """What became of the article; absent where it could not be taken."""
    id: Annotated[str | None, Field(exclude_if=is_none)] = None
    """Id of the article."""
    url: Annotated[str | None, Field(exclude_if=is_none)] = None
    """Where it is served."""
    events: Annotated[int | None, Field(exclude_if=is_none)] = None
    """How many events it reports; absent where it was there already."""
    problem: Annotated[Problem | None, Field(exclude_if=is_none)] = None
    """What is wrong with the line; the other lines are taken all the same."""


class _BatchRoute(APIRoute):
    """Only for bodies that are announced as NDJSON."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        return super().matches(scope) if scope["type"] == "http" and is_batch(scope) else (Match.NONE, {})


router = APIRouter(tags=["articles"])
by_type = APIRouter(route_class=_BatchRoute)
"""The same at `/articles` itself, for bodies that are announced as NDJSON."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    article: Article | None
    wrong: Problem | None = None


def _lines(body: bytes) -> Iterator[_Line]:
    """The lines that hold something; one that cannot be taken says why."""
    for number, raw in enumerate(body.split(b"\n"), 1):
        if raw.strip():
            yield _line(number, raw)


def _elements(body: bytes) -> Iterator[_Line]:
    """The elements of a JSON array, as if each were a line. Raises MalformedBodyError, InvalidBodyError."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        detail = f"The body is not JSON: {_plain(error)}."
        hint = "Send a JSON array of articles; an article a line is NDJSON: Content-Type: application/x-ndjson."
        raise MalformedBodyError(detail, (Issue(detail, hint=hint),)) from None
    if not isinstance(given, list):
        detail = "The body must be a JSON array of articles."
        raise InvalidBodyError(detail, (Issue(detail, pointer="", hint="Or send NDJSON, an article a line."),))
    return (_article(number, one) for number, one in enumerate(given, 1))


def _line(number: int, raw: bytes) -> _Line:
    try:
        given = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        return _Line(number, None, problem(malformed(f"Line {number} is not JSON: {_plain(error)}."), "/articles"))
    return _article(number, given)


def _article(number: int, given: Any) -> _Line:
    if not isinstance(given, dict):
        return _Line(number, None, problem(InvalidBodyError(f"Line {number} is no JSON object."), "/articles"))
    try:
        return _Line(number, ArticleInput.model_validate(given).article())
    except ValidationError as error:
        found = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
        wrong = in_a_body(found, list(ArticleInput.model_fields), "/articles")
        told = InvalidBodyError(f"Line {number}: {wrong.detail}", wrong.issues)
        return _Line(number, None, problem(told, "/articles"))


def _plain(error: orjson.JSONDecodeError) -> str:
    """What is wrong with JSON, and where."""
    return f"{error.msg.partition(':')[0]}, at character {error.pos + 1}"


def _results(lines: Iterator[_Line], store: Store, extract: Extractor, base: str) -> Iterator[BatchResult]:
    """Stores the articles some at a time; the result of a line is given when it is safe in the database."""
    held: list[_Line] = []
    for line in lines:
        held.append(line)
        if len(held) >= BATCH:
            yield from _stored(held, store, extract, base)
            held = []
    yield from _stored(held, store, extract, base)


def _stored(lines: list[_Line], store: Store, extract: Extractor, base: str) -> Iterator[BatchResult]:
    done = ingest(store, extract, [line.article for line in lines if line.article])
    for line in lines:
        if line.wrong is not None:
            yield BatchResult(line=line.number, status=line.wrong.status, problem=line.wrong)
            continue
        one = next(done)
        yield BatchResult(
            line=line.number,
            status=200 if one.saved.outcome is Outcome.unchanged else 201,
            outcome=one.saved.outcome.value,
            id=one.saved.id,
            url=f"{base}/articles/{one.saved.id}",
            events=len(one.extraction.events) if one.extraction else None,
        )


def _text(description: str, example: str) -> dict[str, Any]:
    return {MEDIA_TYPE: {"schema": {"type": "string", "description": description}, "example": example}}


# NDJSON too, which makers of clients and of requests cannot make: the description says so in words.
_ARRAY: dict[str, Any] = {
    "application/json": {
        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/ArticleInput"}},
        "example": [examples.INPUT],
    }
}
_RESULT = BatchResult(
    line=1,
    status=201,
    outcome=Outcome.added.value,
    id=examples.ARTICLE_ID,
    url=f"{examples.BASE}/articles/{examples.ARTICLE_ID}",
    events=1,
)
_RESULTS = _text("A `BatchResult` a line.", _RESULT.model_dump_json() + "\n")


@by_type.post("/articles", include_in_schema=False, dependencies=[no_query])
@router.post(
    "/articles/batch",
    operation_id="create_articles",
    summary="Read and store many articles",
    response_class=Response,
    responses={
        200: {"description": "What became of each line, in order", "content": _RESULTS},
        **documented(*BODY),
    },
    openapi_extra={"requestBody": {"required": True, "content": _ARRAY}},
    dependencies=[no_query],
)
async def create_articles(
    request: Request, store: StoreDep, extract: ExtractorDep, limiter: LimiterDep, base: BaseUrlDep
) -> Response:
    """Takes NDJSON, an article a line, or an array, each as `POST /articles` takes it. The answer has a `BatchResult`
    for each, given when it is safe in the database; one that cannot be taken does not hold up the others. NDJSON may
    be sent to `/articles` as well."""
    lines = _lines if is_batch(request.scope) else _elements
    if lines is _elements and not is_json(request):
        detail = "The body must be announced as NDJSON or JSON."
        hint = "Send the header Content-Type: application/x-ndjson."
        raise UnsupportedMediaTypeError(detail, (Issue(detail, hint=hint),))
    results = _results(lines(await request.body()), store, extract, base)

    async def answer() -> Any:
        while (one := await anyio.to_thread.run_sync(next, results, None, limiter=limiter)) is not None:
            yield one.model_dump_json() + "\n"

    return StreamingResponse(answer(), media_type=f"{MEDIA_TYPE}; charset=utf-8")
