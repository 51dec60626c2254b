"""Paths that lead nowhere: what can be done there, and which was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.routing import compile_path

from app.errors import Issue
from app.formats.registry import FORMATS
from app.routers.near import near

_UNDESCRIBED = ("/docs", "/openapi.json")


def methods(request: Request, allow: str = "") -> list[str]:
    """What can be done at a path: the routes know only of themselves each, and say so in `allow`. A path that is
    described itself is no id. What can be read has a head."""
    path = request.url.path
    described = _described(request)
    if path in described:
        found = {method.upper() for method in described[path]}
    else:
        found = {
            method.upper()
            for template, methods in described.items()
            if "." not in template and compile_path(template)[0].match(path)
            for method in methods
        }
    found = found or {one.strip() for one in allow.split(",") if one.strip()}
    return sorted(found | {"HEAD"} if "GET" in found else found)


def nearest(request: Request) -> tuple[Issue, ...]:
    """What to say of a path at which nothing is: the formats there are of a list, or the nearest path."""
    path = request.url.path
    described = _described(request)
    stem, dot, suffix = path.rpartition(".")
    if dot and (offered := _formats(described.get(stem, {}))):
        return (Issue(f"There is no format {suffix!r}.", hint=f"One of: {', '.join(stem + one for one in offered)}."),)
    # Ids stand in templates as they stand in the path.
    given = path.split("/")
    choices = [*_UNDESCRIBED, *(filled for one in described if (filled := _filled(one, given)))]
    like = _elsewhere(given, described) or near(path, choices)
    return (Issue("Nothing is at this path.", hint=f"Did you mean {like[0]}?"),) if like else ()


_WITHIN = {"countries": "country", "organizations": "organization", "occasions": "occasion", "topics": "topic",
           "event-types": "type", "actors": "actor", "articles": "article"}  # fmt: skip
"""The filters that stand for what other interfaces have as paths inside of paths: /countries/VN/events."""


def _elsewhere(given: list[str], described: Mapping[str, Any]) -> list[str]:
    """What is written in another way elsewhere: /events/, /api/events, /v1/events, /dyads/US/VN, /topics/trade,
    /countries/VN/events. The parts of the path are `given`, an empty one first."""
    whole = "/".join(one for one in given if one)
    first, *rest = whole.split("/")
    listed, inner = f"/{first}", f"/{'/'.join(rest)}"
    if f"/{whole}" in described:
        return [f"/{whole}"]
    if inner in described:
        return [inner]
    if first == "dyads" and len(rest) == 2:
        return [f"/dyads/{'-'.join(rest)}"]
    if len(rest) == 2 and f"/{rest[1]}" in described and first in _WITHIN:
        return [f"/{rest[1]}?{_WITHIN[first]}={rest[0]}"]
    only_a_list = listed in described and f"{listed}/" not in {one.partition("{")[0] for one in described}
    return [listed] if only_a_list and len(rest) == 1 else []


def _described(request: Request) -> dict[str, dict[str, Any]]:
    described: dict[str, dict[str, Any]] = request.app.openapi()["paths"]
    return described


def _formats(operations: Mapping[str, Any]) -> list[str]:
    """The ends of the address that a list takes; none of what is no list."""
    given = operations.get("get", {}).get("parameters", ())
    parameters = [one.get("name") or one["$ref"].rpartition("/")[2] for one in given]
    if "limit" not in parameters:
        return []
    of_events = operations["get"]["operationId"] == "list_events"
    return [f".{one.suffix}" for one in FORMATS.values() if of_events or not one.events_only]


def _filled(template: str, given: list[str]) -> str | None:
    """A template with the parts of a path in its places; None where it has more places or fewer parts."""
    if "{" not in template:
        return template
    parts = template.split("/")
    if len(parts) != len(given) or "." in template:
        return None
    return "/".join(mine if part.startswith("{") else part for part, mine in zip(parts, given, strict=True))
