"""Every failure in one shape: RFC 9457 `application/problem+json`. Raised anywhere, rendered here."""

from __future__ import annotations

import logging
from typing import Annotated, Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from app import errors
from app.errors import DragomanError, Issue
from app.records.base import is_none
from app.routers import paths, validation

MEDIA_TYPE = "application/problem+json"
PROBLEM_REF = "#/components/schemas/Problem"


class ProblemItem(BaseModel):
    """One thing that is wrong with a request."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    parameter: Annotated[str | None, Field(exclude_if=is_none)] = None
    """Name of the query parameter that is wrong."""
    pointer: Annotated[str | None, Field(exclude_if=is_none)] = None
    """JSON pointer to the place in the body that is wrong."""
    detail: str
    """What is wrong with it."""
    hint: Annotated[str | None, Field(exclude_if=is_none)] = None
    """What would be right."""


class Problem(BaseModel):
    """Why a request failed (RFC 9457)."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: Annotated[str, Field(examples=["urn:dragoman:problem:invalid-parameter"])]
    """Kind of problem; does not change between versions."""
    title: str
    """The kind in words."""
    status: int
    """The HTTP status."""
    detail: str
    """What happened this time."""
    instance: str
    """Path that was asked for."""
    errors: list[ProblemItem]
    """Each thing that is wrong with the request; empty where the request is not at fault."""


def problem(error: DragomanError, path: str) -> Problem:
    """A failure as the body of an answer."""
    items = [
        ProblemItem(parameter=issue.parameter, pointer=issue.pointer, detail=issue.detail, hint=issue.hint)
        for issue in error.issues
    ]
    return Problem(
        type=f"urn:dragoman:problem:{error.kind}",
        title=error.title,
        status=error.status,
        detail=error.detail,
        instance=path,
        errors=items,
    )


def answer(error: DragomanError, path: str, headers: dict[str, str] | None = None) -> Response:
    """A failure as an answer. Half surrogates, which no answer may hold, become question marks."""
    clean = path.encode(errors="replace").decode()
    body = problem(error, clean).model_dump_json().encode()
    return Response(body, error.status, media_type=MEDIA_TYPE, headers={**error.headers, **(headers or {})})


def _example(error: type[DragomanError]) -> dict[str, Any]:
    raised = error(_DETAILS.get(error, error.title + "."), _ISSUES.get(error, ()))
    return problem(raised, _INSTANCES.get(error, "/events")).model_dump()


_DETAILS: dict[type[DragomanError], str] = {
    errors.InvalidParameterError: "There is no parameter 'contry'.",
    errors.UnreadableRequestError: "The address is longer than 65535 bytes. Ask for less in one request.",
    errors.InvalidBodyError: "/text: This is needed.",
    errors.NotFoundError: "There is no event 'ev_aaaaaaaaaaaaaaaa'.",
    errors.BodyTooLargeError: "The body is longer than 1000000 bytes.",
    errors.UnsupportedMediaTypeError: "The body must be announced as JSON.",
    errors.KeyNeededError: "Writing from another machine needs a key.",
    errors.ScopeError: "The key 'press' may not do this: it has no scope 'admin'.",
    errors.TooManyRequestsError: "More than 1200 requests a minute; the next one is let through soon.",
    errors.IdempotencyError: "This Idempotency-Key was used for another request.",
    errors.InvalidHeaderError: "An Idempotency-Key has 1 to 255 visible ASCII characters, and no spaces.",
    errors.NotAcceptableError: "There is none of the types that the header Accept names.",
    errors.StreamsFullError: "No more than 200 streams are open at the same time here.",
    errors.StoreError: "The database is locked by another program; try again.",
}
_ISSUES: dict[type[DragomanError], tuple[Issue, ...]] = {
    errors.InvalidParameterError: (
        Issue("There is no parameter 'contry'.", parameter="contry", hint="Did you mean 'country'?"),
    ),
    errors.InvalidBodyError: (Issue("This is needed.", pointer="/text"),),
    errors.UnsupportedMediaTypeError: (
        Issue("The body must be announced as JSON.", hint="Send the header Content-Type: application/json."),
    ),
}
_INSTANCES: dict[type[DragomanError], str] = {
    errors.NotFoundError: "/events/ev_aaaaaaaaaaaaaaaa",
    errors.StreamsFullError: "/events/stream",
    errors.InvalidBodyError: "/articles",
    errors.KeyNeededError: "/articles",
    errors.ScopeError: "/articles/ar_aaaaaaaaaaaaaaaa",
    errors.IdempotencyError: "/articles",
    errors.InvalidHeaderError: "/articles",
    errors.MalformedBodyError: "/articles",
    errors.UnsupportedMediaTypeError: "/articles",
    errors.BodyTooLargeError: "/articles",
}
_ALWAYS: tuple[type[DragomanError], ...] = (
    errors.UnreadableRequestError,
    errors.InvalidParameterError,
    errors.StoreError,
    DragomanError,
)
BODY: tuple[type[DragomanError], ...] = (
    errors.InvalidBodyError,
    errors.MalformedBodyError,
    errors.UnsupportedMediaTypeError,
    errors.BodyTooLargeError,
)
"""What can be wrong with a body."""


def documented(*more: type[DragomanError]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation: these failures and those that any operation can meet."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for error in (*more, *_ALWAYS):
        shown = by_status.setdefault(error.status, {"description": error.title, "content": {MEDIA_TYPE: {}}})
        content = shown["content"][MEDIA_TYPE]
        content["schema"] = {"$ref": PROBLEM_REF}
        content.setdefault("examples", {})[error.kind] = {"summary": error.title, "value": _example(error)}
        if error.title not in shown["description"]:
            shown["description"] += f"; {error.title[0].lower()}{error.title[1:]}"
    return by_status


async def _dragoman(request: Request, error: Exception) -> Response:
    assert isinstance(error, DragomanError)
    return answer(error, request.url.path)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return answer(validation.explain(request, error), request.url.path)


async def _http(request: Request, error: Exception) -> Response:
    """What the framework raises by itself: unknown paths, wrong methods, bodies it could not parse."""
    assert isinstance(error, HTTPException)
    path, headers = request.url.path, error.headers or {}
    await run_in_threadpool(request.app.openapi)  # which tells the paths there are
    methods = paths.methods(request, headers.get("Allow", ""))
    allowed = ", ".join(methods) or "another"
    verb = "are" if len(methods) > 1 else "is"
    if "Allow" in headers:
        headers = {**headers, "Allow": allowed}
    known: dict[int, DragomanError] = {
        400: validation.malformed("The body is not JSON in UTF-8."),
        404: errors.NotFoundError("Nothing is at this path.", paths.nearest(request)),
        405: errors.MethodNotAllowedError(f"{request.method} is not possible here; {allowed} {verb}."),
    }
    return answer(known.get(error.status_code, DragomanError(str(error.detail))), path, dict(headers))


async def _unexpected(request: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("%s %s failed", request.method, request.url.path, exc_info=error)
    return answer(DragomanError("Something went wrong in the server; it is written in its log."), request.url.path)


def add_handlers(app: FastAPI) -> None:
    """Makes every failure of an application a problem."""
    app.add_exception_handler(DragomanError, _dragoman)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)
