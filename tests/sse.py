"""Reads server-sent events, as a browser does (HTML standard, 9.2.6)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """One message; without data only its id counts, and a comment has neither."""

    id: int | None
    event: str
    data: dict[str, Any] | None


def parsed(lines: Iterable[str]) -> Iterator[Message]:
    """The blocks of a stream, one by one."""
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
            continue
        number = int(fields["id"]) if "id" in fields else None
        yield Message(number, fields.get("event", ""), json.loads(fields["data"]) if "data" in fields else None)
        fields = {}


def messages(text: str) -> list[Message]:
    """The messages with data of a stream that ended."""
    return [one for one in parsed(text.split("\n")) if one.data]


def events(told: Iterable[Message]) -> list[dict[str, Any]]:
    """The events that messages tell of."""
    return [one.data["event"] for one in told if one.data and one.data["event"]]
