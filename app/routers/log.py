"""The newest changes, read once for all who listen to them.

While there are listeners, one task asks the database for the number of its last change, twice a second, whoever wrote
it: this process or another. What is new is read once and kept for a while; a listener that is further behind reads by
itself. Each listener asks when it is ready for more, so that a slow one takes no memory.
"""

from __future__ import annotations

import asyncio
import logging
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from app.errors import DragomanError, Issue, StreamsFullError, TooManyRequestsError
from app.routers.client import Client
from app.store import following
from app.store.engine import Store
from app.store.following import Happening

POLL = 0.5
"""Seconds between two looks at the number of the last change."""

_AT_ONCE = 100
"""Changes that are read in one question."""

_ROOM = 8_000_000
"""Characters of changes that are kept for the listeners."""

_UNKNOWN = -1

_FOR_EACH = 10
"""Streams that one client of another machine may have."""


class Log:
    """The changes of a store, for those who listen on one event loop."""

    def __init__(self, store: Store, most: int) -> None:
        self._store = store
        self._most = most
        self._open: Counter[str] = Counter()
        self._kept: deque[Happening] = deque()
        self._room = 0
        self._since = self._latest = _UNKNOWN
        """All changes above the one number and up to the other are kept."""
        self._news = asyncio.Event()
        self._looking = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self.closed = False

    def admit(self, client: Client) -> None:
        """Raises StreamsFullError or TooManyRequestsError where there is no room for another listener."""
        if self.closed or self._open.total() >= self._most:
            detail = f"No more than {self._most} streams are open at the same time here."
            raise StreamsFullError(detail, (Issue(detail, hint="Try again later, or ask /changes now and then."),))
        if not client.local and self._open[client.address] >= _FOR_EACH:
            detail = f"This client has {_FOR_EACH} streams open already."
            raise TooManyRequestsError(detail, (Issue(detail, hint="Close one, or take one for several purposes."),))

    @contextmanager
    def listening(self, client: Client) -> Iterator[None]:
        """Counts a listener for as long as it listens."""
        self._open[client.address] += 1
        if self._task is None:
            self._forget()
            self._task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            self._open[client.address] -= 1
            self._open += Counter()
            if not self._open and self._task is not None:
                self._task.cancel()
                self._task = None

    async def newest(self) -> int:
        """The number of the last change that there is."""
        return await self._store.ask(following.latest)

    async def after(self, number: int) -> Sequence[Happening]:
        """The changes next after a number, as many as are read in one question; none where there are none yet."""
        if number >= self._latest:
            return ()
        if number >= self._since:
            start = bisect_right(self._kept, number, key=lambda one: one.change.number)
            return [self._kept[place] for place in range(start, min(start + _AT_ONCE, len(self._kept)))]
        return await self._read(number)

    async def wait(self, number: int, seconds: float) -> bool:
        """Until there are changes after a number, it closes, or the time is over, which it tells by False."""
        if number >= self._latest and not self.closed:
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._news.wait(), seconds)
            return False
        return True

    def close(self) -> None:
        """Ends all streams: the server is going."""
        self.closed = True
        self._tell()

    async def _look(self) -> None:
        """Reads what is new."""
        async with self._looking:
            latest = await self.newest()
            if self._latest == _UNKNOWN:
                self._since = self._latest = latest
                self._tell()
            while self._latest < latest:
                found = await self._read(self._latest)
                self._keep(found)
                self._latest = found[-1].change.number if found else latest
                self._tell()

    async def _read(self, after: int) -> list[Happening]:
        asked = partial(following.happenings, after=after, limit=_AT_ONCE)
        return await self._store.ask(asked, long=True)

    async def _watch(self) -> None:
        while not self.closed:
            try:
                await self._look()
            except DragomanError:
                logging.getLogger(__name__).warning("The changes cannot be read; trying again", exc_info=True)
            await asyncio.sleep(POLL)

    def _keep(self, found: Sequence[Happening]) -> None:
        for one in found:
            self._kept.append(one)
            self._room += _size(one)
        while self._room > _ROOM:
            oldest = self._kept.popleft()
            self._room -= _size(oldest)
            self._since = oldest.change.number

    def _forget(self) -> None:
        self._kept.clear()
        self._room = 0
        self._since = self._latest = _UNKNOWN

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


def _size(one: Happening) -> int:
    held = one.held
    return len(one.change.document or "") + (len(held.names) + len(held.words) + len(held.tags) if held else 0) + 500
