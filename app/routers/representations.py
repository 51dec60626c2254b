"""The formats of every list: by `Accept`, by `format=`, by the end of the address (`/events.csv`).

JSON comes page by page, as the handler of the list makes it. Every other format has all matches: the same handler is
asked for page after page, and the records flow through the format while they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

import anyio.from_thread
import anyio.to_thread
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import (
    DragomanError,
    InvalidParameterError,
    Issue,
    MethodNotAllowedError,
    NotAcceptableError,
    StoreError,
)
from app.formats.about import About
from app.formats.events import EVENTS
from app.formats.registry import FORMATS, Format, in_pieces
from app.formats.schema import table_of
from app.formats.table import Table
from app.knowledge.lookup import Knowledge
from app.routers.display import Display, display, language_of
from app.routers.including import MOST
from app.routers.lists import COLLECT, Listing
from app.routers.problems import answer
from app.store.documents import StoredEvent

_BY_SUFFIX = {one.suffix: one for one in FORMATS.values()}
_BY_TYPE = {media: one for one in FORMATS.values() for media in (one.media_type, *one.also)}
_WITH_FIELDS = frozenset({"json", "ndjson", "csv", "parquet"})
_PAGE = 200
_DOWNLOADED = frozenset({"csv", "parquet", "geojson", "ics", "icews"})
_IN_ENGLISH = frozenset({"icews"})
"""What programs read that know the English names."""
_JSON = FORMATS["json"]


@dataclass(frozen=True, slots=True)
class _List:
    """A list that the API serves."""

    path: str
    route: APIRoute
    table: Table
    of_events: bool


def lists_of(routes: list[BaseRoute]) -> dict[str, _List]:
    """The lists among some routes, by path; their tables come from the models of their records."""
    found = {}
    for route in routes:
        if not isinstance(route, APIRoute):
            continue
        fields = getattr(route.response_model, "model_fields", {})
        if {"data", "next"} <= set(fields):
            record = fields["data"].annotation.__args__[0]
            events = issubclass(record, StoredEvent)
            table = EVENTS if events else table_of(record.__name__.lower(), record)
            found[route.path] = _List(route.path, route, table, events)
    return found


class Representations:
    """Pure ASGI middleware next to the routes."""

    def __init__(self, app: ASGIApp, routes: list[BaseRoute]) -> None:
        self._app = app
        self._routes = routes
        self._lists: dict[str, _List] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets JSON pass; streams all else."""
        stem, by_suffix = _without_suffix(scope["path"]) if scope["type"] == "http" else ("", None)
        reads = scope["type"] == "http" and scope["method"] == "GET"
        listed = self._list_at(stem if by_suffix else scope["path"]) if reads or by_suffix else None
        if listed is None:
            await self._app(scope, receive, send)
            return
        if not reads:
            await _only_read(scope, receive, send)
            return
        scope = {**scope, "path": stem, "raw_path": stem.encode()} if by_suffix else scope
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        try:
            wanted = _wanted(scope, query, by_suffix, listed)
        except DragomanError as error:
            await answer(error, scope["path"])(scope, receive, send)
            return
        if wanted is _JSON:
            await self._app(scope, receive, send)
        elif wanted is not None:
            await self._stream(wanted, listed, scope, query, receive, send)

    def _list_at(self, path: str) -> _List | None:
        if self._lists is None:
            self._lists = lists_of(self._routes)
        if (found := self._lists.get(path)) is not None:
            return found
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        for one in self._lists.values():
            if "{" in one.path and one.route.matches(scope)[0] is Match.FULL:
                return one
        return None

    async def _stream(
        self, wanted: Format, listed: _List, scope: Scope, query: list[tuple[str, str]], receive: Receive, send: Send
    ) -> None:
        names = {name for name, _ in query}
        kept = [pair for pair in query if pair[0] != "format"]
        if wanted.name in _IN_ENGLISH:
            kept = [*_without(kept, "lang"), ("lang", "en")]
        size = MOST if "include" in names else _PAGE
        asked = kept if "limit" in names else [*kept, ("limit", str(size))]

        async def page(cursor: str | None) -> Listing | None:
            following = asked if cursor is None else [*_without(asked, "cursor", "count"), ("cursor", cursor)]
            collected: list[Listing] = []
            inner = {**scope, "query_string": urlencode(following).encode(), COLLECT: collected}
            await self._app(inner, receive, send if cursor is None else _broken)
            return collected[0] if collected else None

        first = await page(None)
        if first is None:
            # The request is wrong, and the answer says so already.
            return
        chosen = [one for name, value in kept if name == "fields" for one in value.replace(" ", "").split(",") if one]
        language = language_of({**scope, "query_string": urlencode(kept).encode()})
        whole = listed.table.spread("values", [value for name, value in kept if name == "by"])
        table = whole.only(chosen) if chosen else whole
        knowledge: Knowledge = scope["app"].state.knowledge
        about = _about(listed, _address(scope, wanted), table, display(language, knowledge), knowledge)
        records = _records(first, page, whole="limit" not in names)
        body = in_pieces(wanted.write(records, about))
        headers = _headers(wanted, listed) | {"content-language": language.value}
        await StreamingResponse(body, headers=headers, media_type=_content_type(wanted))(scope, receive, send)


async def _only_read(scope: Scope, receive: Receive, send: Send) -> None:
    """Says that nothing can be written to a list in a format."""
    detail = f"{scope['method']} is not possible here; GET, HEAD are."
    error = MethodNotAllowedError(detail, (Issue(detail, hint="Ask for it with GET; articles go to /articles."),))
    await answer(error, scope["path"], {"allow": "GET, HEAD"})(scope, receive, send)


async def _broken(message: Message) -> None:
    """A page in the middle failed, when the head of the answer was sent already: the connection must not end well."""
    raise StoreError(f"A page of the list failed with status {message.get('status')}.")


def _records(first: Listing, page: Callable[[str | None], Any], *, whole: bool) -> Iterator[bytes]:
    """The records of a page and, where all are wanted, of those that follow. Runs in a thread: the handler answers on
    the event loop meanwhile."""
    found: Listing | None = first
    while found is not None:
        yield from found.records
        if not whole or found.cursor is None:
            return
        found = anyio.from_thread.run(page, found.cursor)


def _without(query: list[tuple[str, str]], *names: str) -> list[tuple[str, str]]:
    return [pair for pair in query if pair[0] not in names]


def _without_suffix(path: str) -> tuple[str, Format | None]:
    stem, dot, suffix = path.rpartition(".")
    found = _BY_SUFFIX.get(suffix) if dot and "/" not in suffix else None
    return (stem, found) if found else (path, None)


def _wanted(scope: Scope, query: list[tuple[str, str]], by_suffix: Format | None, listed: _List) -> Format | None:
    """The format that is asked for: the address says it, or the parameter, or the header. A value of the parameter that
    is none is left to the handler, which says what would be right. Raises InvalidParameterError, NotAcceptableError."""
    given = [value for name, value in query if name == "format"]
    if by_suffix is None and given:
        by_suffix = FORMATS.get(given[0], _JSON) if len(given) == 1 else _JSON
    elif by_suffix is not None and given and given != [by_suffix.name]:
        detail = f"The address ends in .{by_suffix.suffix}, and the parameter 'format' says {given[0]!r}."
        raise InvalidParameterError(detail, (Issue(detail, parameter="format", hint="Leave it out."),))
    offered = [one for one in FORMATS.values() if listed.of_events or not one.events_only]
    if by_suffix is not None and by_suffix not in offered:
        detail = f"Only events can be had as {by_suffix.name}."
        raise InvalidParameterError(
            detail, (Issue(detail, parameter="format", hint=f"One of: {', '.join(one.name for one in offered)}."),)
        )
    found = by_suffix or _accepted(dict(scope["headers"]).get(b"accept", b"").decode("latin-1"), offered)
    if found.name not in _WITH_FIELDS and any(name == "fields" for name, _ in query):
        detail = f"The fields of {found.name} are fixed."
        raise InvalidParameterError(
            detail, (Issue(detail, parameter="fields", hint=f"It goes with {', '.join(sorted(_WITH_FIELDS))}."),)
        )
    return found


def _accepted(header: str, offered: list[Format]) -> Format:
    """The best of the formats on offer for an `Accept` header; JSON where it leaves the choice (RFC 9110, 12.5.1)."""
    if not header.strip() or header.strip() == "*/*":
        return _JSON
    ranges = [_range(part) for part in header.split(",") if part.strip()]
    best, best_weight = None, 0.0
    for one in offered:
        weight = max(_weight(media, ranges) for media in (one.media_type, *one.also))
        if weight > best_weight:
            best, best_weight = one, weight
    if best is None:
        types = ", ".join(one.media_type for one in offered)
        detail = "There is none of the types that the header Accept names."
        raise NotAcceptableError(detail, (Issue(detail, hint=f"One of: {types}."),))
    return best


def _range(written: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in written.split(";"))
    weight = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    try:
        return media, min(1.0, max(0.0, float(weight)))
    except ValueError:
        return media, 1.0


def _weight(media: str, ranges: list[tuple[str, float]]) -> float:
    """How much a type is wanted: as its most exact range says."""
    if media == _JSON.media_type:
        # What `fields` makes of JSON, and what problems are, go with it.
        ranges = [("application/json" if one.endswith("+json") and "dragoman" in one else one, q) for one, q in ranges]
    for exact in (media, f"{media.partition('/')[0]}/*", "*/*"):
        found = [weight for one, weight in ranges if one == exact]
        if found:
            return max(found)
    return 0.0


def _about(listed: _List, address: str, table: Table, shown: Display, knowledge: Knowledge) -> About:
    known, bodies = knowledge.country, knowledge.organization
    return About(
        title=f"Dragoman: {listed.path.strip('/').replace('-', ' ')}",
        url=address,
        table=table,
        country=lambda code: shown.country(code, known[code].name if code in known else code),
        organization=lambda id_: bodies[id_].name if id_ in bodies else id_,
    )


def _address(scope: Scope, wanted: Format) -> str:
    """The address of a list in a format, by its end."""
    public = scope["app"].state.settings.public_url
    host = dict(scope["headers"]).get(b"host", b"localhost").decode("latin-1")
    query = scope.get("query_string", b"").decode("latin-1")
    start = public.rstrip("/") if public else f"{scope['scheme']}://{host}"
    return f"{start}{scope['path']}.{wanted.suffix}" + (f"?{query}" if query else "")


def _content_type(wanted: Format) -> str:
    return f"{wanted.media_type}; charset=utf-8" if wanted.is_text else wanted.media_type


def _headers(wanted: Format, listed: _List) -> dict[str, str]:
    if wanted.name not in _DOWNLOADED:
        return {}
    name = listed.path.strip("/").split("/")[-1].strip("{}")
    return {"content-disposition": f'attachment; filename="{name}.{wanted.suffix}"'}
