"""What the handlers share: the store, the extractor, the knowledge base, the server's address, strict queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, get_origin

import anyio
from fastapi import Depends, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError
from starlette.routing import BaseRoute

from app.errors import InvalidParameterError, Issue
from app.ingest import Extractor
from app.knowledge.lookup import Knowledge
from app.routers.country_names import CountryNames, country_names
from app.routers.validation import flat
from app.settings import Settings
from app.store.engine import Store

_HOST = re.compile(r"[A-Za-z0-9.\-_]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: Any) -> date | None:
    """A day written as YYYY-MM-DD and in no other way: no numbers, no times."""
    shown = repr(str(value)[:50].encode(errors="replace").decode())
    said = {"written": shown, "hint": "Write a day as YYYY-MM-DD, for instance 2021-11-01."}
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("day", "Not a day: {written}", said)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("day", "There is no such day: {written}", said) from None


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A day as YYYY-MM-DD."""


class NoQuery(BaseModel):
    """No query parameter at all: any is an error, not ignored."""

    model_config = ConfigDict(extra="forbid")


def _no_query(_: Annotated[NoQuery, Query()]) -> None:
    """For operations without query parameters."""


_single: dict[Callable[..., Any], frozenset[str]] = {}
"""For each handler the parameters that have one value."""


def _single_values(route: APIRoute) -> frozenset[str]:
    params = [param for one in flat(route.dependant) for param in one.query_params]
    fields = [field for param in params for field in getattr(param.field_info.annotation, "model_fields", {}).items()]
    return frozenset(name for name, field in fields if get_origin(field.annotation) is not list)


def _given_once(request: Request) -> None:
    """A parameter with one value must not be given twice: which one would count?"""
    route: BaseRoute = request.scope["route"]
    assert isinstance(route, APIRoute)
    if route.endpoint not in _single:
        _single[route.endpoint] = _single_values(route)
    given = [name for name, _ in request.query_params.multi_items()]
    if len(given) == len(set(given)):
        return
    for name in given:
        if name in _single[route.endpoint] and given.count(name) > 1:
            detail = f"The parameter '{name}' is given more than once."
            raise InvalidParameterError(detail, (Issue(detail, parameter=name, hint="Give it once."),))


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def _extractor(request: Request) -> Extractor:
    extractor: Extractor = request.app.state.extractor
    return extractor


def _limiter(request: Request) -> anyio.CapacityLimiter:
    limiter: anyio.CapacityLimiter = request.app.state.limiter
    return limiter


def _countries(request: Request) -> CountryNames:
    return country_names(request.app.state.knowledge)


def _knowledge(request: Request) -> Knowledge:
    knowledge: Knowledge = request.app.state.knowledge
    return knowledge


def _base_url(request: Request) -> str:
    """Start of absolute URLs: as set, else as the client asked, else the address of the server's socket."""
    settings: Settings = request.app.state.settings
    if settings.public_url:
        return settings.public_url.rstrip("/")
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        host = ":".join(map(str, request.scope.get("server") or (settings.host, settings.port)))
    return f"{request.scope['scheme']}://{host}{request.scope.get('root_path', '')}"


StoreDep = Annotated[Store, Depends(_store)]
ExtractorDep = Annotated[Extractor, Depends(_extractor)]
LimiterDep = Annotated[anyio.CapacityLimiter, Depends(_limiter)]
CountriesDep = Annotated[CountryNames, Depends(_countries)]
KnowledgeDep = Annotated[Knowledge, Depends(_knowledge)]
BaseUrlDep = Annotated[str, Depends(_base_url)]

no_query = Depends(_no_query)
given_once = Depends(_given_once)
