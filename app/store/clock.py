"""The time as the tables have it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """This moment, ISO 8601 in UTC, of one length, so that the order of texts is the order of time."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def moment_text(moment: datetime) -> str:
    """Any moment as the tables have it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
