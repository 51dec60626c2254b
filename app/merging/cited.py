"""Evidence that says in which article it stands."""

from __future__ import annotations

from typing import TypeVar, cast

from app.records import Record, Span

T = TypeVar("T")


def cited(value: T, article: str | None, *, instead_of: str | None = None) -> T:
    """A copy of a record, or of a tuple of records, whose spans name an article: all of them, or those that name
    `instead_of`. What holds no span is given back as it is."""
    if isinstance(value, Span):
        if value.article == instead_of and value.article != article:
            return cast(T, value.model_copy(update={"article": article}))
        return value
    if isinstance(value, tuple):
        new = tuple(cited(one, article, instead_of=instead_of) for one in value)
        return cast(T, new) if any(a is not b for a, b in zip(new, value, strict=True)) else value
    if isinstance(value, Record):
        changed = {}
        for name in type(value).model_fields:
            old = getattr(value, name)
            if isinstance(old, Record | tuple) and (made := cited(old, article, instead_of=instead_of)) is not old:
                changed[name] = made
        return cast(T, value.model_copy(update=changed)) if changed else value
    return value
