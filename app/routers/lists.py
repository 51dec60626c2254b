"""One road for every list: which page, which fields, how many; the answer with `next`, `count` and a `Link` header."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlencode

import orjson
from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.types import Receive, Scope, Send

from app.display.language import DisplayLanguage
from app.errors import NotAcceptableError
from app.records import Record
from app.routers import problems, selection
from app.store.cursor import LONGEST

R = TypeVar("R")

JSON = "application/json"
CAP = 10_000
"""How far is counted where no exact number is asked for."""


COLLECT = "dragoman.collect"
"""Key of an ASGI scope whose lists are wanted as records: each page is added to what stands there."""


class FormatName(StrEnum):
    """What a list can be had as."""

    json = "json"
    ndjson = "ndjson"
    csv = "csv"
    parquet = "parquet"
    geojson = "geojson"
    ics = "ics"
    atom = "atom"
    icews = "icews"


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
    lang: DisplayLanguage | None = None
    """Language of names and titles, where they are known in it; else the header `Accept-Language` says it, else they
    are in English. Ids, evidence and the words of articles stay as they are."""
    format: FormatName | None = None
    """What to have the list as, where the header `Accept` and the end of the address (`.csv`) do not say it. All but
    `json` have all matches, from `cursor` on; at most `limit` of them where it is given."""


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


def counted(wanted: Count | None, number: Callable[[int | None], int]) -> Counted | None:
    """How many records match, where that was asked for; `number` counts as far as a cap."""
    if wanted is None:
        return None
    found = number(None if wanted is Count.exact else CAP + 1)
    return Counted(found, True) if wanted is Count.exact or found <= CAP else Counted(CAP, False)


@dataclass(frozen=True, slots=True)
class Found:
    """A page as it was found: the JSON of each record, where the next one begins, how many match in all."""

    records: Sequence[bytes]
    cursor: str | None
    count: Counted | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else the page says beside its records."""
    language: DisplayLanguage = DisplayLanguage.en
    """That of names and titles."""


def next_url(request: Request, base: str, following: str) -> str:
    """Address of the page that begins at a cursor."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
    return f"{base}{request.url.path}?{urlencode([*kept, ('cursor', following)])}"


class Listing(Response):
    """A page as an answer, and the records in it for whoever wants them in another format."""

    def __init__(self, found: Found, records: Sequence[bytes], following: str | None, media_type: str) -> None:
        self.records = records
        self.cursor = found.cursor
        tail = b',"next":' + orjson.dumps(following)
        if found.count is not None:
            tail += b',"count":%d,"count_is_exact":%s' % (found.count.number, orjson.dumps(found.count.exact))
        for name, value in found.more.items():
            tail += b"," + orjson.dumps(name) + b":" + orjson.dumps(value)
        self._tail = tail
        headers = {"content-language": found.language.value}
        if following:
            headers["link"] = f'<{following}>; rel="next"'
        super().__init__(media_type=media_type, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the page, or hands it over."""
        if (collected := scope.get(COLLECT)) is not None:
            collected.append(self)
            return
        self.body = b'{"data":[' + b",".join(self.records) + b"]" + self._tail + b"}"
        self.headers["content-length"] = str(len(self.body))
        await super().__call__(scope, receive, send)


def answer(request: Request, base: str, found: Found, chosen: selection.Chosen | None = None) -> Response:
    """A page as an answer."""
    following = next_url(request, base, found.cursor) if found.cursor else None
    records = found.records if chosen is None else [selection.pick(one, chosen) for one in found.records]
    return Listing(found, records, following, JSON if chosen is None else selection.MEDIA_TYPE)


def documented(*, example: Any = None) -> dict[int | str, dict[str, Any]]:
    """The answer of a list in the API's description, with what `fields` makes of it."""
    link = {"description": "Address of the next page, where there is one.", "schema": {"type": "string"}}
    content: dict[str, Any] = {selection.MEDIA_TYPE: {"schema": selection.SCHEMA}}
    if example is not None:
        content[JSON] = {"example": example}
    return {
        200: {"description": "A page of the list", "headers": {"Link": link}, "content": content},
        406: problems.documented(NotAcceptableError)[406],
    }
