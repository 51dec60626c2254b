"""Reading on a Dask cluster (extra `dragoman[dask]`): the same pure extraction, the results stored by who asked for it.

A worker that is lost costs nothing: the scheduler gives its chunks to others. A document that kills one worker after
the other is found by reading its chunk one by one, and left. A scheduler that is gone is waited for; what was stored
stays, and what was under way is asked for again.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from functools import lru_cache
from typing import Any

from app.errors import StartError
from app.loading.work import Extractor, Failure, Make, Result, read
from app.sources.found import Document

_CONNECT = 10.0
"""Seconds until a scheduler has to answer."""
_AHEAD = 3
"""Chunks a thread of the cluster that may be under way: what bounds the memory here."""
_TICK = 5.0


class Cluster:
    """The workers of a scheduler. They need the same version of Dragoman as we are."""

    def __init__(self, scheduler: str, make: Make, patience: float = 120.0) -> None:
        self._scheduler = scheduler
        self._make = make
        self._patience = patience
        """Seconds that a scheduler which is gone, or one without workers, is waited for."""
        self._client = self._connected()

    def map(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Result]]:
        """The results of each chunk, in order."""
        source = iter(chunks)
        under_way: deque[tuple[Sequence[Document], Any]] = deque()
        more = True
        while more or under_way:
            while more and len(under_way) < self._window():
                chunk = next(source, None)
                if chunk is None:
                    more = False
                    break
                under_way.append((chunk, self._submit(chunk)))
            if under_way:
                yield self._first(under_way)

    def close(self) -> None:
        """Takes leave of the scheduler; what is under way is cancelled."""
        _quietly_closed(self._client)

    def _first(self, under_way: deque[tuple[Sequence[Document], Any]]) -> list[Result]:
        """The results of the oldest chunk, whatever becomes of workers and scheduler meanwhile."""
        from distributed import KilledWorker  # noqa: PLC0415  a second, needed only for a cluster

        while True:
            chunk, future = under_way[0]
            if future is None:
                under_way.popleft()
                return []
            try:
                results: list[Result] = self._awaited(future)
            except KilledWorker:
                under_way.popleft()
                return [self._alone(document) for document in chunk]
            except (OSError, CancelledError):
                # The scheduler went, and with it all it knew.
                _quietly_closed(self._client)
                self._client = self._connected(self._patience)
                for place, (waiting, _) in enumerate(under_way):
                    under_way[place] = waiting, self._submit(waiting)
            else:
                under_way.popleft()
                return results

    def _alone(self, document: Document) -> Result:
        """What a document of a chunk says that killed its workers: the one that kills again is left."""
        from distributed import KilledWorker  # noqa: PLC0415

        try:
            results: list[Result] = self._awaited(self._submit([document]))
        except KilledWorker:
            return Failure(document.source, "the workers that read it died")
        except (OSError, CancelledError):
            return Failure(document.source, "the scheduler went while it was read alone")
        return results[0]

    def _awaited(self, future: Any) -> Any:
        """The outcome of a future. Raises StartError where there is nobody to work for longer than patience lasts."""
        idle_since: float | None = None
        while True:
            try:
                return future.result(timeout=_TICK)
            except TimeoutError:
                if self._threads():
                    idle_since = None
                    continue
                now = time.monotonic()
                if idle_since is None:
                    idle_since = now
                    print(f"dragoman: {self._scheduler} has no workers; waiting for some", file=sys.stderr)
                if now - idle_since > self._patience:
                    raise StartError(
                        f"{self._scheduler} has had no workers for {self._patience:.0f} seconds. "
                        "What was stored stays; the same command goes on from there."
                    ) from None

    def _submit(self, chunk: Sequence[Document]) -> Any:
        # A function of a module: workers import it, so nothing of ours travels but documents.
        return self._client.submit(read_chunk, self._make, list(chunk), pure=False) if chunk else None

    def _window(self) -> int:
        return _AHEAD * max(1, self._threads())

    def _threads(self) -> int:
        """How many threads the workers have together; 0 where the scheduler does not answer."""
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError, CancelledError):
            return 0

    def _connected(self, patience: float = 0.0) -> Any:
        """A client of the scheduler. Raises StartError where none answers in time."""
        try:
            from distributed import Client  # noqa: PLC0415
        except ImportError:
            raise StartError("--engine dask needs the extra: pip install 'dragoman[dask]'") from None
        end = time.monotonic() + patience
        while True:
            try:
                return Client(self._scheduler, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
            except (OSError, TimeoutError, ValueError, ImportError) as error:
                if time.monotonic() > end:
                    raise StartError(
                        f"No Dask scheduler answers at {self._scheduler} ({str(error) or type(error).__name__}). "
                        "What was stored stays; the same command goes on from there."
                    ) from None
                time.sleep(1)


def read_chunk(make: Make, documents: Sequence[Document]) -> list[Result]:
    """What documents say; runs on a worker."""
    extract = _extractor(make)
    return [read(extract, document) for document in documents]


@lru_cache
def _extractor(make: Make) -> Extractor:
    """The extractor of this worker, made once."""
    return make()


def _quietly_closed(client: Any) -> None:
    """Closes a client whose scheduler may be gone."""
    try:
        client.close(timeout=2)
    except (OSError, TimeoutError, CancelledError, RuntimeError):
        return
