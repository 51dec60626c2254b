"""`fields`: a choice of the fields of a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, get_args

import orjson
from pydantic import BaseModel

from app.errors import InvalidParameterError, Issue
from app.routers.near import did_you_mean, meant

MEDIA_TYPE = "application/vnd.dragoman.selection+json"

SCHEMA: dict[str, Any] = {
    "type": "object",
    "description": "A page whose records have only the fields that were asked for.",
    "required": ["data", "next"],
    "properties": {
        "data": {"type": "array", "items": {"type": "object"}},
        "next": {"type": ["string", "null"]},
        "count": {"type": "integer"},
        "count_is_exact": {"type": "boolean"},
    },
}

Chosen = dict[str, Any]
"""The fields chosen, each with what is chosen within it; an empty choice is all of it."""


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field may hold, through optional values and lists."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


@lru_cache
def paths(model: type[BaseModel], depth: int = 3) -> tuple[str, ...]:
    """All fields of a model, those within others after a point."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        found.append(name)
        if depth > 1:
            found += (f"{name}.{inner}" for one in _models(field.annotation) for inner in paths(one, depth - 1))
    return tuple(dict.fromkeys(found))


def _hint(name: str, known: tuple[str, ...]) -> str:
    """The nearest field; of one within another, what there is within that; else those that stand in none."""
    outer = name.rpartition(".")[0]
    within = [one for one in known if outer and one.rpartition(".")[0] == outer]
    choices: Sequence[str] = within or known
    if not within and meant(name, choices, "field") is None:
        choices = [one for one in known if "." not in one]
    return did_you_mean(name, choices, "field")


def chosen(fields: list[str], model: type[BaseModel]) -> Chosen | None:
    """The choice that is asked for; None for everything. Raises InvalidParameterError for a field there is not."""
    wanted = [name.strip() for part in fields for name in part.split(",") if name.strip()]
    if not wanted:
        return None
    known = paths(model)
    wrong = tuple(
        Issue(f"There is no field {name!r}.", parameter="fields", hint=_hint(name, known))
        for name in wanted
        if name not in known
    )
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), wrong)
    tree: Chosen = {}
    for name in sorted(wanted, key=lambda one: one.count("."), reverse=True):
        place, *inner = tree, *name.split(".")
        for part in inner[:-1]:
            place = place.setdefault(part, {})
        # The whole of a field takes in what is chosen within it.
        place[inner[-1]] = {}
    return tree


def _picked(value: Any, tree: Chosen) -> Any:
    if not tree:
        return value
    if isinstance(value, list):
        return [_picked(one, tree) for one in value]
    if isinstance(value, dict):
        return {name: _picked(inner, tree[name]) for name, inner in value.items() if name in tree}
    return value


def pick(record: bytes, tree: Chosen) -> bytes:
    """The JSON of a record with the fields chosen."""
    return orjson.dumps(_picked(orjson.loads(record), tree))
