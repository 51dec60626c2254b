"""Lists in the order in which their records were written, with what is to be thrown away: for copies elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import not_
from typing import Annotated, Protocol

from fastapi import Request
from fastapi.responses import Response
from pydantic import Field

from app.display.language import DisplayLanguage
from app.records import Record
from app.records.base import is_none
from app.routers import lists, selection
from app.store.updates import Gone


class GoneRecord(Record):
    """A record that is no more, or no more among those asked for: throw it away if you have it."""

    id: str
    """Its id."""
    at: datetime
    """Since when, in UTC."""
    moved_to: str | None
    """Id of the record that took its place, where one did."""
    url: str | None
    """Where that is served."""
    why: str
    """In plain words."""


class Updates(Record):
    """What a list says besides when it is in the order of writing."""

    gone: Annotated[tuple[GoneRecord, ...], Field(exclude_if=not_)] = ()
    """With `sort=updated`: records that were among those asked for since `updated_since`, and are not any more. It is
    there on every page of that order, and nowhere else."""
    updated_until: Annotated[datetime | None, Field(exclude_if=is_none)] = None
    """With `sort=updated`: ask with it as `updated_since` when you come again, after the last page."""


class Followed(Protocol):
    """A page of the store in the order of writing."""

    @property
    def gone(self) -> tuple[Gone, ...]:
        """What is to be thrown away."""

    @property
    def cursor(self) -> str | None:
        """Where the next page begins."""

    @property
    def until(self) -> str | None:
        """When the last change was made that it knows of."""


@dataclass(frozen=True, slots=True)
class Part:
    """A page of such a list."""

    records: Sequence[bytes]
    found: Followed
    count: lists.Counted | None
    noun: str
    since: datetime | None
    language: DisplayLanguage = DisplayLanguage.en


def answer(request: Request, base: str, part: Part, chosen: selection.Chosen | None) -> Response:
    """A page of such a list as an answer."""
    gone = [{**asdict(one), "url": one.moved_to and f"{base}/{part.noun}/{one.moved_to}"} for one in part.found.gone]
    until = part.found.until or (part.since.isoformat() if part.since else None)
    more = {"gone": gone, "updated_until": until}
    return lists.answer(
        request, base, lists.Found(part.records, part.found.cursor, part.count, more, part.language), chosen
    )
