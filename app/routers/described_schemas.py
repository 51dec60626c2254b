"""Schemas that say of each field whether it is always there: generated types are then as strict as the answers are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from app.records import Record
from app.routers.problems import ProblemItem

Schemas = dict[str, Any]

_PAGE = "Page"
"""How the names of lists end: what else they say is there only where it was asked for."""


def complete(described: dict[str, Any]) -> None:
    """Marks what answers always have as required, and takes away defaults, which say nothing of an answer, and make
    types for requests demand what may be left out."""
    schemas: Schemas = described["components"]["schemas"]
    operations = [operation for methods in described["paths"].values() for operation in methods.values()]
    sent = _reached([operation.get("requestBody") for operation in operations], schemas)
    absent = _may_be_absent()
    for operation in operations:
        for parameter in operation.get("parameters", ()):
            _untitled(parameter["name"], parameter["schema"])
    for name, schema in schemas.items():
        for field, value in schema.get("properties", {}).items():
            value.pop("default", None)
            _untitled(field, value)
            always = name not in sent and not name.endswith(_PAGE) and (name, field) not in absent
            if always and field not in schema.setdefault("required", []):
                schema["required"].append(field)


def _untitled(name: str, schema: Schemas) -> None:
    """Takes away a title that only says the name again, as the comments of generated types would; what has a type of
    its own is named after it."""
    if schema.get("title") == name.replace("_", " ").title() and not {"enum", "additionalProperties"} & schema.keys():
        del schema["title"]


def _reached(part: Any, schemas: Schemas, known: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names of schemas that a part of the description leads to."""
    if isinstance(part, list):
        for one in part:
            known = _reached(one, schemas, known)
    elif isinstance(part, dict):
        name = str(part.get("$ref", "")).rpartition("/")[2]
        if name in schemas and name not in known:
            known = _reached(schemas[name], schemas, known | {name})
        known = _reached(list(part.values()), schemas, known)
    return known


def _may_be_absent() -> set[tuple[str, str]]:
    """Fields that are left out where there is nothing to say, by the names of their models."""
    return {
        (model.__name__, name)
        for model in _descendants([Record, ProblemItem])
        for name, field in model.model_fields.items()
        if field.exclude_if is not None
    }


def _descendants(models: Iterable[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    for model in models:
        yield model
        yield from _descendants(model.__subclasses__())
