"""The description of the API with what no handler says: what every request passes, models that no handler names."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from pydantic.json_schema import models_json_schema

from app.errors import IdempotencyError, InvalidHeaderError, KeyNeededError, ScopeError, TooManyRequestsError
from app.routers.access import scope_for
from app.routers.batches import BatchResult
from app.routers.problems import Problem, documented
from app.store.keys import KeyScope

_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key made with `dragoman keys create`. Reading is open to everybody unless the server is set "
    "otherwise; programs on the same machine as the server need none.",
}

_TAG = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of the answer that you have: where it is still right, the new answer is 304 and empty.",
    "schema": {"type": "string"},
    "required": False,
}
_ONCE = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Something that is yours alone, such as a UUID: the same request sent again within a day gets the "
    "answer of the first and is not done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "required": False,
}


def describe(app: FastAPI) -> None:
    """Completes the description that the framework makes of an application."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            described = made()
            _complete(described)
        return made()

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(described: dict[str, Any]) -> None:
    models: Any = [(Problem, "serialization"), (BatchResult, "serialization")]
    _, found = models_json_schema(models, ref_template="#/components/schemas/{model}")
    described["components"]["schemas"].update(found["$defs"])
    described["components"]["securitySchemes"] = {"key": _KEY}
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            _complete_operation(operation, method.upper(), path)


def _complete_operation(operation: dict[str, Any], method: str, path: str) -> None:
    reads = method == "GET"
    needed = scope_for(method, path)
    operation["security"] = [{}, {"key": []}]
    if not reads:
        operation["x-dragoman-scope"] = needed.value
    operation.setdefault("parameters", []).append(_TAG if reads else _ONCE)
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
    if reads:
        responses["304"] = {"description": "What the client has, by `If-None-Match`, is still right"}
        tag = {"description": "Names this very answer.", "schema": {"type": "string"}}
        responses["200"].setdefault("headers", {})["ETag"] = tag
    operation["responses"] = dict(sorted(responses.items()))
