"""One road for every list: which page, which fields, how many; the answer with `next`, `count` and a `Link` header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

import orjson
from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from app.records import Record
from app.routers import selection
from app.store.cursor import LONGEST

R = TypeVar("R")

JSON = "application/json"
CAP = 10_000
"""How far is counted where no exact number is asked for."""


class Count(StrEnum):
    """Whether to say how many records match in all."""

    capped = "capped"
    exact = "exact"


class Paged(BaseModel):
    """What every list takes. A parameter that is not named by the list is an error."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    limit: Annotated[int, Field(ge=1, le=200, examples=[50])] = 50
    """How many records a page has."""
    cursor: Annotated[str | None, Field(max_length=LONGEST)] = None
    """Where the page begins; taken from `next` of the page before, with the same filters and order."""
    count: Count | None = None
    """Adds `count`, how many records match in all: `capped` counts as far as 10000, `exact` to the end."""
    fields: Annotated[list[Annotated[str, Field(max_length=500)]], Field(default=[], max_length=20)]
    """Only these fields of each record, separated by commas; those within others with a point, as in `date.start`.
    The answer is then of type `application/vnd.dragoman.selection+json`."""


class Page(Record, Generic[R]):
    """One page of a list."""

    data: tuple[R, ...]
    """The records, in the order that was asked for."""
    next: str | None
    """Absolute URL of the next page; null on the last."""
    count: int | None = None
    """How many records match in all; there where `count` was asked for."""
    count_is_exact: bool | None = None
    """False where there are more than were counted."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records match."""

    number: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page as it was found: the JSON of each record, where the next one begins, how many match in all."""

    records: Sequence[bytes]
    cursor: str | None
    count: Counted | None = None


def next_url(request: Request, base: str, following: str) -> str:
    """Address of the page that begins at a cursor."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
    return f"{base}{request.url.path}?{urlencode([*kept, ('cursor', following)])}"


def answer(request: Request, base: str, found: Found, chosen: selection.Chosen | None = None) -> Response:
    """A page as an answer."""
    following = next_url(request, base, found.cursor) if found.cursor else None
    records = found.records if chosen is None else [selection.pick(one, chosen) for one in found.records]
    tail = b',"next":' + orjson.dumps(following)
    if found.count is not None:
        tail += b',"count":%d,"count_is_exact":%s' % (found.count.number, orjson.dumps(found.count.exact))
    headers = {"link": f'<{following}>; rel="next"'} if following else None
    body = b'{"data":[' + b",".join(records) + b"]" + tail + b"}"
    return Response(body, media_type=JSON if chosen is None else selection.MEDIA_TYPE, headers=headers)


def documented(*, example: Any = None) -> dict[int | str, dict[str, Any]]:
    """The answer of a list in the API's description, with what `fields` makes of it."""
    link = {"description": "Address of the next page, where there is one.", "schema": {"type": "string"}}
    content: dict[str, Any] = {selection.MEDIA_TYPE: {"schema": selection.SCHEMA}}
    if example is not None:
        content[JSON] = {"example": example}
    return {200: {"description": "A page of the list", "headers": {"Link": link}, "content": content}}
