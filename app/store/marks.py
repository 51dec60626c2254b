"""The words of an article that its events rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.records import Record, Span
from app.store.documents import Mark, StoredEvent


def _evidence(value: Any, pointer: str) -> Iterator[tuple[str, Span]]:
    if isinstance(value, Record):
        for name in type(value).model_fields:
            child = getattr(value, name)
            if name == "evidence":
                yield from ((pointer, span) for span in child)
            else:
                yield from _evidence(child, f"{pointer}/{name}")
    elif isinstance(value, tuple):
        for index, child in enumerate(value):
            yield from _evidence(child, f"{pointer}/{index}")


def marks(events: tuple[StoredEvent, ...], article_id: str) -> tuple[Mark, ...]:
    """The evidence of some events that stands in one article, by place in its text."""
    found = [
        Mark(start=span.start, end=span.end, quote=span.quote, event=event.id, pointer=pointer)
        for event in events
        for pointer, span in _evidence(event, "")
        if (span.article or event.article.id) == article_id
    ]
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end)))
