"""The description of the API with what no handler says: what every request passes, models that no handler names."""

from __future__ import annotations

from threading import Lock
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic.json_schema import models_json_schema

from app.errors import (
    IdempotencyError,
    InvalidHeaderError,
    KeyNeededError,
    NotFoundError,
    ScopeError,
    TooManyRequestsError,
)
from app.formats.registry import FORMATS
from app.routers import described_schemas, selection, stream
from app.routers.access import scope_for
from app.routers.batches import BatchResult
from app.routers.problems import Problem, documented
from app.routers.stream import StreamedChange, StreamedSelection, StreamReset
from app.store.documents import ClaimedDate, ClaimedVenue, KeptEvent
from app.store.keys import KeyScope

_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key made with `dragoman keys create`. Reading is open to everybody unless the server is set "
    "otherwise; programs on the same machine as the server need none.",
}

_EXPORTED = ("/events", "/commitments")
"""Lists whose other formats are described; the others have them too."""

_MORE = (
    "With `fields` (`fields=title,date.start`) the records have only these fields, and the answer is of the type "
    f"`{selection.MEDIA_TYPE}`; with `format`, or another end of the address, it has another format."
)

_ELSEWHERE = (
    Problem,
    BatchResult,
    StreamedChange,
    StreamedSelection,
    StreamReset,
    ClaimedDate,
    ClaimedVenue,
    KeptEvent,
)
"""Models that are not those of any handler."""

_TAG = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of the answer that you have: where it is still right, the new answer is 304 and empty.",
    "schema": {"type": "string"},
    "required": False,
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Languages for names and titles: the best of `en`, `vi` and `zh` counts, and `lang` before it.",
    "schema": {"type": "string", "examples": ["vi-VN, vi;q=0.9, en;q=0.5"]},
    "required": False,
}
_SHOWN_IN = {"description": "Language of names and titles.", "schema": {"type": "string", "enum": ["en", "vi", "zh"]}}
_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Something that is yours alone, such as a UUID: the same request sent again within a day gets the "
    "answer of the first and is not done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "required": False,
}


def describe(app: FastAPI) -> None:
    """Completes the description that the framework makes of an application, and serves it. To make it takes seconds,
    once, in which others are answered."""
    made, lock = app.openapi, Lock()

    def openapi() -> dict[str, Any]:
        with lock:
            if app.openapi_schema is None:
                described = made()
                _complete(described)
            return made()

    async def show(_: Request) -> JSONResponse:
        return JSONResponse(await run_in_threadpool(openapi))

    app.openapi = openapi  # type: ignore[method-assign]
    app.add_route("/openapi.json", show, include_in_schema=False)


def _complete(described: dict[str, Any]) -> None:
    models: Any = [(one, "serialization") for one in _ELSEWHERE]
    _, found = models_json_schema(models, ref_template="#/components/schemas/{model}")
    described["components"]["schemas"].update(found["$defs"])
    described_schemas.complete(described)
    described["components"]["securitySchemes"] = {"key": _KEY}
    for path in _EXPORTED:
        described["paths"][f"{path}.{{suffix}}"] = {"get": _export(described["paths"][path]["get"])}
    for methods in described["paths"].values():
        for operation in methods.values():
            _simplify(operation)
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            _complete_operation(operation, method.upper(), path)


def _simplify(operation: dict[str, Any]) -> None:
    """Leaves a list one type of answer, which generated clients can rely on: what has another one, by `format` or by
    `fields`, is described with the operation for other formats."""
    if {"format", "fields"} <= {one["name"] for one in operation.get("parameters", ())} and "suffix" not in {
        one["name"] for one in operation["parameters"]
    }:
        operation["parameters"] = [one for one in operation["parameters"] if one["name"] not in ("format", "fields")]
        operation["responses"]["200"]["content"].pop(selection.MEDIA_TYPE, None)
        operation["description"] += "\n\n" + _MORE


def _export(listing: dict[str, Any]) -> dict[str, Any]:
    """The operation that has a list in the other formats, made from that of the list."""
    noun = listing["operationId"].removeprefix("list_")
    offered = [one for one in FORMATS.values() if noun == "events" or not one.events_only]
    suffix = {
        "name": "suffix",
        "in": "path",
        "required": True,
        "description": " ".join(f"`{one.suffix}`: {one.description}" for one in offered),
        "schema": {"type": "string", "enum": [one.suffix for one in offered]},
        "example": "csv",
    }
    content = {
        one.media_type: {
            "schema": {
                "type": "object" if one.media_type.endswith("+json") else "string",
                "description": one.description,
            }
        }
        for one in offered
    }
    content |= listing["responses"]["200"]["content"]
    problems = {status: answer for status, answer in listing["responses"].items() if status >= "400"}
    nothing = documented(NotFoundError)[404]
    return {
        "tags": listing["tags"],
        "summary": f"Have {noun} in another format",
        "description": f"All {noun} that fit the filters, while they are read; with `limit`, at most that many. Every "
        "list has these formats, by the end of its address, by the parameter `format` or by the header `Accept`; "
        "`fields` goes with `ndjson`, `csv` and `parquet`.",
        "operationId": f"export_{noun}",
        "parameters": [suffix, *(one for one in listing["parameters"] if one["name"] != "format")],
        "responses": {
            "200": {"description": f"The {noun}", "content": content},
            "404": nothing,
            **problems,
        },
    }


def _complete_operation(operation: dict[str, Any], method: str, path: str) -> None:
    reads = method == "GET"
    streams = stream.MEDIA_TYPE in operation["responses"]["200"].get("content", ()) if reads else False
    needed = scope_for(method, path)
    operation["security"] = [{}, {"key": []}]
    if not reads:
        operation["x-dragoman-scope"] = needed.value
    if not streams:
        operation.setdefault("parameters", []).append(_TAG if reads else _ONCE)
    if any(one["name"] == "lang" for one in operation.get("parameters", ())):
        operation["parameters"].append(_LANGUAGE)
        operation["responses"]["200"].setdefault("headers", {})["Content-Language"] = _SHOWN_IN
    failures = [KeyNeededError, TooManyRequestsError]
    if not reads:
        failures += [IdempotencyError, InvalidHeaderError]
    if needed is not KeyScope.read:
        failures.append(ScopeError)
    more = documented(*failures)
    responses = operation["responses"]
    for status in sorted(str(error.status) for error in failures):
        if status in responses:
            known = responses[status]["content"]["application/problem+json"]["examples"]
            known.update(more[int(status)]["content"]["application/problem+json"]["examples"])
        else:
            responses[status] = more[int(status)]
    if reads and not streams:
        responses["304"] = {"description": "What the client has, by `If-None-Match`, is still right"}
        tag = {"description": "Names this very answer.", "schema": {"type": "string"}}
        responses["200"].setdefault("headers", {})["ETag"] = tag
    operation["responses"] = dict(sorted(responses.items()))
