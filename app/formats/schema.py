"""The flat form of any record, worked out from its model: so that every list has a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from app.formats.table import Column, Fields, Kind, Table, at, names_of

_NAMES = ("name", "text", "title", "id", "actor_id", "code", "url", "quote", "value")
"""What stands for a record inside a list: the first of these that it has."""

_LEFT_OUT = frozenset({"evidence"})
"""Offsets mean nothing beside other columns; the JSON has them."""

_KINDS: dict[type, Kind] = {bool: Kind.text, int: Kind.integer, float: Kind.number}


def table_of(noun: str, model: type[BaseModel]) -> Table:
    """A column for each value; those of a record inside have its name in front (`deadline_date`), of a list of records
    their names are given."""
    return Table(noun, tuple(_columns(model, "", "")))


def _columns(model: type[BaseModel], path: str, prefix: str) -> Iterator[Column]:
    for field, info in model.model_fields.items():
        if field in _LEFT_OUT:
            continue
        kind = _plain(info.annotation)
        here, name = f"{path}{field}", f"{prefix}{field}"
        said = " ".join((info.description or name).split()).rstrip(".")
        if get_origin(kind) in (tuple, list, set, frozenset):
            yield _several(name, said, here)
        elif get_origin(kind) is dict or kind is dict:
            yield Column(name, Kind.texts, said, _mapping(here), here)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _columns(kind, f"{here}.", f"{name}_")
        else:
            yield _one(name, said, here, kind)


def _plain(annotation: Any) -> Any:
    """A type without `Annotated` and without None."""
    while hasattr(annotation, "__metadata__"):
        annotation = annotation.__origin__
    if get_origin(annotation) in (Union, UnionType):
        rest = [one for one in get_args(annotation) if one is not NoneType]
        return _plain(rest[0]) if len(rest) == 1 else str
    return annotation


def _one(name: str, description: str, path: str, kind: Any) -> Column:
    found = Kind.text
    if isinstance(kind, type) and not issubclass(kind, Enum):
        day = issubclass(kind, date) and not issubclass(kind, datetime)
        found = Kind.day if day else _KINDS.get(kind, Kind.text)
    return Column(name, found, description, lambda record: at(record, path), path)


def _several(name: str, description: str, path: str) -> Column:
    def values(record: Fields) -> list[str] | None:
        found = at(record, path)
        if not isinstance(found, list):
            return None
        return [text for one in found for text in (names_of([one], *_NAMES) if isinstance(one, dict) else [str(one)])]

    return Column(name, Kind.texts, description, values, path)


def _mapping(path: str) -> Any:
    def values(record: Fields) -> list[str]:
        return [f"{key}: {_joined(value)}" for key, value in (at(record, path) or {}).items()]

    return values


def _joined(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
