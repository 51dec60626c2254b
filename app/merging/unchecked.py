"""Records made of what was checked before, without a second look: this is done by the thousand while loading."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from app.records import Record

R = TypeVar("R", bound=Record)

_new = object.__new__
_set_values = BaseModel.__dict__["__dict__"].__set__
_set_given = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def made(model: type[R], values: dict[str, Any]) -> R:
    """A record of a model with all its values; those that are missing have their defaults."""
    names, defaults = _fields(model)
    if len(values) != len(names):
        values = {**defaults, **values}
    # What is served follows the order of the fields.
    return _of(model, {name: values[name] for name in names})


def changed(record: R, update: dict[str, Any]) -> R:
    """A copy of a record with other values."""
    return _of(type(record), {**record.__dict__, **update})


@cache
def _fields(model: type[Record]) -> tuple[tuple[str, ...], dict[str, Any]]:
    fields = model.model_fields
    return tuple(fields), {name: one.default for name, one in fields.items() if not one.is_required()}


def _of(model: type[R], values: dict[str, Any]) -> R:
    record = _new(model)
    _set_values(record, values)
    _set_given(record, _given(model))
    _set_extra(record, None)
    _set_private(record, None)
    return record


@cache
def _given(model: type[Record]) -> set[str]:
    return set(model.model_fields)
