"""Reads without detours: what a handler depends on is worked out once, when the server starts, and not at each request.

FastAPI finds out anew, for every request, what to call, in which order and in which thread; that takes longer than to
answer. Here the same handlers are called with the same values, made by the same models and functions. Whatever goes
wrong on the way is left to FastAPI, which then finds the same fault and explains it.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_origin
from urllib.parse import parse_qsl

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import DragomanError
from app.routers.problems import answer

_QUERIES = 2048
"""Query strings whose parameters are remembered; what they mean depends on nothing else."""
_LONGEST = 2000
"""Bytes of a query string that is worth remembering."""


class _NotLeanError(Exception):
    """Something that only FastAPI can do."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A function to call, and where each of its values comes from."""

    function: Callable[..., Any]
    awaited: bool
    request: str | None
    """Name of the parameter that takes the request."""
    queries: tuple[tuple[str, Callable[[bytes], BaseModel]], ...]
    """Parameters that take all of the query, as a model."""
    paths: tuple[tuple[str, str], ...]
    """Parameters that take a part of the path, with the name of that part."""
    before: tuple[tuple[str | None, _Call], ...]
    """Calls whose results are parameters, or that are only made, in order."""

    async def values(self, request: Request, query: bytes) -> dict[str, Any]:
        """What to call the function with."""
        found: dict[str, Any] = {}
        for name, call in self.before:
            result = call.function(**await call.values(request, query))
            result = await result if call.awaited else result
            if name is not None:
                found[name] = result
        for name, parsed in self.queries:
            found[name] = parsed(query)
        for name, part in self.paths:
            found[name] = request.path_params[part]
        if self.request is not None:
            found[self.request] = request
        return found


def _planned(dependant: Dependant) -> _Call:
    """The plan of a handler or a dependency. Raises _NotLeanError where it takes what is not foreseen here."""
    others = (
        dependant.header_params,
        dependant.cookie_params,
        dependant.body_params,
        dependant.response_param_name,
        dependant.background_tasks_param_name,
        dependant.security_scopes_param_name,
        dependant.http_connection_param_name,
        dependant.websocket_param_name,
    )
    call = dependant.call
    if any(others) or call is None or inspect.isgeneratorfunction(call) or inspect.isasyncgenfunction(call):
        raise _NotLeanError
    return _Call(
        call,
        inspect.iscoroutinefunction(call),
        dependant.request_param_name,
        tuple((param.name, _reader(param.field_info.annotation)) for param in dependant.query_params),
        tuple((param.name, _plain_part(param)) for param in dependant.path_params),
        tuple((one.name, _planned(one)) for one in dependant.dependencies),
    )


def _plain_part(param: Any) -> str:
    """The name of a part of the path that is taken as it is."""
    if param.field_info.annotation is not str or param.field_info.metadata:
        raise _NotLeanError
    return str(param.alias)


def _reader(model: Any) -> Callable[[bytes], BaseModel]:
    """What makes a model of a query string."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise _NotLeanError
    several = frozenset(name for name, one in model.model_fields.items() if get_origin(one.annotation) is list)

    def read(query: bytes) -> BaseModel:
        given: dict[str, Any] = {}
        for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
            if name in several:
                given.setdefault(name, []).append(value)
            else:
                given[name] = value
        return model.model_validate(given)

    remembered = lru_cache(_QUERIES)(read)
    return lambda query: remembered(query) if len(query) <= _LONGEST else read(query)


class Lean:
    """Pure ASGI middleware before the router: answers GET requests of those handlers that make a whole Response."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self.routes: Mapping[str, tuple[APIRoute, _Call]] = dict(_lean(routes))
        """By path, with `{}` for a parameter at its end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by itself or hands on."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        parent, _, last = path.rpartition("/")
        found = self.routes.get(path) or (self.routes.get(f"{parent}/{{}}") if last else None)
        if found is None or scope.get("root_path"):
            await self._app(scope, receive, send)
            return
        route, call = found
        parts = dict.fromkeys(route.param_convertors, last)
        request = Request({**scope, "route": route, "path_params": parts}, receive)
        try:
            values = await call.values(request, scope["query_string"])
        except Exception:  # whatever it is, FastAPI meets it too and says it better
            await self._app(scope, receive, send)
            return
        await _answered(call.function, values, path)(scope, receive, send)


def _answered(handler: Callable[..., Awaitable[Response]], values: dict[str, Any], path: str) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            response = await handler(**values)
        except DragomanError as error:
            response = answer(error, path)
        await response(scope, receive, send)

    return app


def _lean(routes: Iterable[BaseRoute]) -> Sequence[tuple[str, tuple[APIRoute, _Call]]]:
    found = []
    for route in routes:
        if not isinstance(route, APIRoute) or route.methods != {"GET"} or len(route.param_convertors) > 1:
            continue
        beginning, brace, end = route.path.partition("{")
        if (brace and not end.endswith("}")) or not _makes_a_response(route):
            continue
        try:
            found.append((f"{beginning}{'{}' if brace else ''}", (route, _planned(route.dependant))))
        except _NotLeanError:
            continue
    return found


def _makes_a_response(route: APIRoute) -> bool:
    return inspect.iscoroutinefunction(route.endpoint) and inspect.get_annotations(route.endpoint, eval_str=True).get(
        "return"
    ) in (Response,)
