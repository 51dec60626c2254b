"""Lets a request through, or not: keys with scopes, and quotas."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import DragomanError, Issue, KeyNeededError, ScopeError, TooManyRequestsError
from app.routers.again import NOTE, Note
from app.routers.client import Client, client_of
from app.routers.problems import answer
from app.routers.rates import Rates, Standing
from app.settings import Settings
from app.store.engine import Store
from app.store.keys import KeyScope, StoredKey, find

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_STORING_NOTHING = frozenset({"/extract"})
"""What is posted here is read and thrown away."""
_ALWAYS_OPEN = frozenset({"/health", "/openapi.json"})
"""What a load balancer, or a person without a key, must be able to see."""

BEARER = {"www-authenticate": 'Bearer realm="dragoman"'}


_TAKING_BACK = re.compile(r"/events/[^/]+/corrections/[^/]+")
"""To take a correction back removes nothing: it is kept, and the event says so."""


def scope_for(method: str, path: str) -> KeyScope:
    """The scope that a request needs: to remove things is the administrator's, to take back what was written is not."""
    if method in _READING or path in _STORING_NOTHING:
        return KeyScope.read
    if method == "DELETE" and not _TAKING_BACK.fullmatch(path):
        return KeyScope.admin
    return KeyScope.write


class Access:
    """Pure ASGI middleware: answers 401, 403 and 429 by itself."""

    def __init__(self, app: ASGIApp, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._settings = settings
        self._clock = clock
        self._all = Rates("requests", settings.rate_limit)
        self._heavy = Rates("writes", settings.write_limit)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets the application answer whoever may ask."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_of(scope, self._settings.trusted_proxies, self._settings.public_url)
        try:
            standing = self._count(scope, client)
            self._admit(scope, client)
        except DragomanError as error:
            await _refuse(scope, receive, send, error)
            return
        note: Note | None = scope.get(NOTE)
        if note is not None:
            note.take = partial(self._take, client.address) if standing else None
        await self._app(scope, receive, _with(send, standing.headers()) if standing else send)

    def _count(self, scope: Scope, client: Client) -> Standing | None:
        """What the client has left. Raises TooManyRequestsError with the headers that say so."""
        if client.local:
            return None
        reads = scope["method"] in _READING
        standing = self._take(client.address)
        if not reads and not (standing and standing.wait):
            standing = self._heavy.take(client.address, self._clock()) or standing
        if standing and standing.wait:
            detail = f"More than {standing.quota} {standing.name} a minute; the next one is let through soon."
            raise _OverQuotaError(detail, standing)
        return standing

    def _take(self, address: str) -> Standing | None:
        """Counts a request of any kind."""
        return self._all.take(address, self._clock())

    def _admit(self, scope: Scope, client: Client) -> None:
        """Raises KeyNeededError or ScopeError."""
        needed = scope_for(scope["method"], scope["path"])
        key = _key(scope)
        if key is not None:
            if not key.allows(needed):
                detail = f"The key {key.name!r} may not do this: it has no scope '{needed.value}'."
                raise ScopeError(detail, (Issue(detail, hint=f"Its scopes: {', '.join(sorted(key.scopes))}."),))
            return
        if client.local or scope["path"] in _ALWAYS_OPEN:
            return
        if needed is not KeyScope.read:
            raise _no_key("Writing from another machine needs a key.", needed)
        if self._settings.reading == "key":
            raise _no_key("Reading needs a key here.", needed)


class _OverQuotaError(TooManyRequestsError):
    def __init__(self, detail: str, standing: Standing) -> None:
        super().__init__(detail, (Issue(detail, hint=f"Try again in {standing.wait} seconds."),))
        self.headers = standing.headers()


def _no_key(detail: str, needed: KeyScope) -> KeyNeededError:
    hint = (
        f"Make one on the server with `dragoman keys create NAME --scope {needed.value}` and send it as "
        "`Authorization: Bearer KEY`."
    )
    return KeyNeededError(detail, (Issue(detail, hint=hint),))


def _key(scope: Scope) -> StoredKey | None:
    """The key of a request, None where it has none. Raises KeyNeededError for one that does not count."""
    written = dict(scope["headers"]).get(b"authorization")
    if written is None:
        return None
    scheme, _, token = written.decode("latin-1").strip().partition(" ")
    store: Store = scope["app"].state.store
    with store.read() as session:
        found = find(session, token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        detail = "The key in the header Authorization is none of this server's, or was revoked."
        raise KeyNeededError(detail, (Issue(detail, hint="Send `Authorization: Bearer KEY`, or leave it out."),))
    return found


async def _refuse(scope: Scope, receive: Receive, send: Send, error: DragomanError) -> None:
    headers = BEARER if isinstance(error, KeyNeededError) else {}
    # What the client still sends is not read.
    headers = headers | ({} if scope["method"] in _READING else {"connection": "close"})
    await answer(error, scope["path"], headers)(scope, receive, send)


def _with(send: Send, headers: dict[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending
