"""Evidence that says in which article it stands."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast, get_args

from app.merging.unchecked import changed
from app.records import Record, Span

T = TypeVar("T")


def cited(value: T, article: str) -> T:
    """A copy of a record, or of a tuple of records, whose spans name an article where they named none. What holds no
    span is given back as it is."""
    return cast(T, _cited(value, {"article": article}))


def _cited(value: Any, update: dict[str, Any]) -> Any:
    if isinstance(value, tuple):
        return tuple([_cited(one, update) for one in value]) if value else value
    if isinstance(value, Span):
        return value if value.article else changed(value, update)
    if value is None:
        return None
    model: type[Record] = type(value)
    values = value.__dict__
    new = {name: _cited(values[name], update) for name in _with_spans(model) if values[name]}
    return changed(value, new) if new else value


@cache
def _with_spans(model: type[Record]) -> tuple[str, ...]:
    """The fields that can hold spans, deeper down too."""
    return tuple(name for name, field in model.model_fields.items() if _holds_spans(field.annotation))


def _holds_spans(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation is Span or bool(_with_spans(annotation))
    return any(map(_holds_spans, get_args(annotation)))
