"""Days and spans of days in parameters: `2021`, `2021-11`, `2021-11-01`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.knowledge.lookup import first_day, last_day

_HINT = "Write a day, a month or a year, for instance 2021-11-01, 2021-11 or 2021."
_PARTIAL = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another."""

    first: date
    last: date


def _of(value: Any, hint: str = _HINT) -> dict[str, Any]:
    """What an error says beside: what was written, and what would be right."""
    return {"written": repr(str(value)[:50].encode(errors="replace").decode()), "hint": hint}


def _days(value: Any) -> Days | None:
    if value is None or isinstance(value, Days):
        return value
    if not isinstance(value, str) or not _PARTIAL.fullmatch(value):
        raise PydanticCustomError("days", "Not a date: {written}", _of(value))
    try:
        return Days(first_day(value), last_day(value))
    except ValueError:
        raise PydanticCustomError("days", "There is no such date: {written}", _of(value)) from None


PartialDays = Annotated[
    Days,
    PlainValidator(_days),
    PlainSerializer(lambda days: f"{days.first}/{days.last}"),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
"""A day, a month or a year as a parameter."""

_MOMENT_HINT = "Write a moment as 2026-01-31T12:00:00Z, or a day; without a zone it is UTC."


def _moment(value: Any) -> datetime | None:
    if value is None or isinstance(value, datetime):
        return value
    try:
        # A plus sign that was not escaped arrives as a space.
        found = datetime.fromisoformat(str(value).replace(" ", "+") if "T" in str(value) else str(value))
    except ValueError:
        raise PydanticCustomError("moment", "Not a moment: {written}", _of(value, _MOMENT_HINT)) from None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (OverflowError, ValueError):
        raise PydanticCustomError("moment", "There is no such moment: {written}", _of(value, _MOMENT_HINT)) from None


Moment = Annotated[
    datetime, PlainValidator(_moment), PlainSerializer(str), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""A moment as a parameter."""
