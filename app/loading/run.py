"""One run: what is new is read by an engine and stored in the order it was found, a batch a transaction.

Since the order is that of the sources whatever the number of workers, a run that was broken off and taken up again
leaves the same store as one that went through; and how far a file is done is one number, kept in the same transaction.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial

from app.errors import SourceError
from app.loading.rejects import Rejects
from app.loading.work import Engine, Failure, Result
from app.sources.found import Document, Note, Page
from app.sources.read import Located
from app.store import state
from app.store.engine import Store
from app.store.ids import sha256_of
from app.store.ready import Ready
from app.store.save import Outcome, save_all, uncollected

_FILE = "file:"
"""The keys of how far files are done start so."""
CHUNK = 16
"""Documents that a worker gets at a time."""
_LOOKED_UP = 512
"""Documents that are looked up together, unless they take more room than `_ROOM_LOOKED_UP` or come slowly: to ask for
one takes as long as to ask for a hundred."""
_ROOM_LOOKED_UP = 4_000_000
_SOON = 0.05
"""Seconds."""
_BATCH = 2048
"""Documents in a transaction, unless they take more room than `_ROOM` or it takes too long to have them: what is
written together costs less, what is broken off is done again."""
_ROOM = 16_000_000
"""Bytes of pages and characters of texts."""
_SECONDS, _LONGEST = 2.0, 16.0
_SHARE = 8
"""A batch is read for `_SECONDS`; for so many times as long as the last one took to write, but never for `_LONGEST`,
where events of very many readouts make writing slow."""
_SWEPT = 8
"""After so many batches what is young and hangs in cycles goes, so that memory stays flat: some twenty objects a batch,
which take as long to find as a hundred articles to store."""
_WORTH_KEEPING = 100
"""Files with fewer documents are quicker read again than remembered."""


@dataclass
class Tally:
    """What became of what was found."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    rejected: int = 0
    events: int = 0

    @property
    def articles(self) -> int:
        """How many articles there were."""
        return self.outcomes.total()

    def __str__(self) -> str:
        parts = ", ".join(f"{self.outcomes[outcome]} {outcome.value}" for outcome in Outcome)
        rejected = f", {self.rejected} rejected" if self.rejected else ""
        return f"{self.articles} articles ({parts}), {self.events} new events{rejected}"


@dataclass(slots=True)
class _Item:
    """Something found, and what is known of it."""

    located: Located
    hash: str | None = None
    """Of the text, or of the bytes of a page."""
    known: str | None = None
    """SHA-256 of the stored text, where there is one."""

    @property
    def room(self) -> int:
        """Bytes of a page, characters of a text."""
        found = self.located.found
        if isinstance(found, Note | SourceError):
            return 0
        return len(found.data) if isinstance(found, Page) else len(found.text)


@dataclass
class Run:
    """What a run needs; `progress` is told after each batch."""

    store: Store
    engine: Engine
    rejects: Rejects
    progress: Callable[[Tally], None] = lambda _: None
    complain: Callable[[str], None] = lambda _: None
    again: bool = False
    """Whether what earlier runs remember is passed over."""
    tally: Tally = field(default_factory=Tally)
    stopped: bool = False
    """Set by whoever wants no more: what is under way is finished and stored, nothing new is begun."""
    _marks: dict[str, str] = field(default_factory=dict)
    _ending: Callable[[], None] = lambda: None
    """Waits until the batch before is stored, and counts it."""

    def remembered(self, key: str) -> str | None:
        """What an earlier run remembers."""
        if self.again:
            return None
        with self.store.read() as session:
            return state.remembered(session, [key]).get(key)

    def load(self, documents: Iterable[Located]) -> Tally:
        """Stores what the documents say. Broken off at any moment, it goes on where it stopped."""
        waiting: deque[list[_Item]] = deque()
        done: list[tuple[_Item, Result | None]] = []
        files: dict[str, None] = {}
        begun, room, patience, batches = time.monotonic(), 0, _SECONDS, 0
        if not self.again:
            with self.store.read() as session:
                self._marks = state.starting(session, _FILE)
        with uncollected(), ThreadPoolExecutor(1) as beside:
            for results in self.engine.map(self._chunks(documents, waiting, files)):
                items = waiting.popleft()
                left = iter(results)
                done += [(item, next(left) if self._is_new(item) else None) for item in items]
                room += sum(item.room for item in items)
                if len(done) >= _BATCH or room > _ROOM or time.monotonic() - begun > patience:
                    told = time.monotonic()
                    self._commit(done, files, beside)
                    done, room, begun = [], 0, time.monotonic()
                    patience = min(max(_SECONDS, _SHARE * (begun - told)), _LONGEST)
                    batches += 1
                    if not batches % _SWEPT:
                        gc.collect(1)
            self._commit(done, files, beside)
            self._ending()
        # Nothing is left to be taken up: the next run looks at everything again.
        if files and not self.stopped:
            with self.store.write() as session:
                state.forget(session, list(files))
        return self.tally

    def _chunks(
        self, documents: Iterable[Located], waiting: deque[list[_Item]], files: dict[str, None]
    ) -> Iterator[list[Document]]:
        """The documents that have to be read, a chunk at a time; all that was found with them is put into `waiting`."""
        for items in _together(map(_Item, self._undone(documents, files))):
            self._look_up(items)
            for first in range(0, len(items), CHUNK):
                chunk = items[first : first + CHUNK]
                waiting.append(chunk)
                yield [one.located.found for one in chunk if self._is_new(one)]  # type: ignore[misc]

    def _undone(self, documents: Iterable[Located], files: dict[str, None]) -> Iterator[Located]:
        """What an earlier run that was broken off has not stored."""
        file, skip = "", 0
        for located in documents:
            if self.stopped:
                return
            if located.file != file:
                file = located.file
                skip = self._how_far(file)
                if skip:
                    files[_file_key(file)] = None
            if located.number > skip:
                yield located

    def _how_far(self, file: str) -> int:
        kept = self._marks.get(_file_key(file))
        if kept is None:
            return 0
        mark = json.loads(kept)
        return int(mark["number"]) if mark["stamp"] == _stamp(file) else 0

    def _look_up(self, items: list[_Item]) -> None:
        """Finds out what is stored already."""
        for item in items:
            found = item.located.found
            if isinstance(found, Page):
                item.hash = hashlib.sha256(found.data).hexdigest()
            elif not isinstance(found, Note | SourceError):
                item.hash = sha256_of(found.text)
        pages = {f"page:{one.hash}": one for one in items if isinstance(one.located.found, Page)}
        with self.store.read() as session:
            texts = {} if self.again else state.remembered(session, pages)
            hashes = {one.hash for one in items if one.hash} | set(texts.values())
            stored = state.stored(session, hashes)
        for item in items:
            known = texts.get(f"page:{item.hash}") if isinstance(item.located.found, Page) else item.hash
            item.known = known if known in stored else None

    def _is_new(self, item: _Item) -> bool:
        return item.known is None and not isinstance(item.located.found, Note | SourceError)

    def _commit(
        self, done: Sequence[tuple[_Item, Result | None]], files: dict[str, None], beside: ThreadPoolExecutor
    ) -> None:
        """Stores a batch with all that is to be remembered of it. Its transaction is ended beside what comes next: the
        database then does most of what it has to, and needs no Python for it."""
        self._ending()
        read = [result for _, result in done if isinstance(result, Ready)]
        notes = self._notes(done, files)
        for item, result in done:
            self._reject(item, result)
        saved = []
        ended: Future[None] | None = None
        if read or notes:
            with ExitStack() as transaction:
                session = transaction.enter_context(self.store.write())
                saved = save_all(session, read)
                state.remember(session, notes)
                ended = beside.submit(transaction.pop_all().close)
        outcomes = Counter(one.outcome for one in saved)
        outcomes[Outcome.unchanged] += sum(item.known is not None for item, _ in done)
        added = (found for one, found in zip(saved, read, strict=True) if one.outcome is not Outcome.unchanged)
        events = sum(len(found.accounts) for found in added)
        self._ending = partial(self._end, ended, outcomes, events)

    def _end(self, ended: Future[None] | None, outcomes: Counter[Outcome], events: int) -> None:
        """Waits for the end of a batch, if there is anything to end, and counts what was in it."""
        self._ending = lambda: None
        if ended:
            ended.result()
        self.tally.outcomes.update(outcomes)
        self.tally.events += events
        self.progress(self.tally)

    def _notes(self, done: Sequence[tuple[_Item, Result | None]], files: dict[str, None]) -> dict[str, str]:
        notes: dict[str, str] = {}
        far: dict[str, int] = {}
        for item, result in done:
            found = item.located.found
            if isinstance(found, Note):
                notes[found.key] = found.value
            elif isinstance(found, Page) and isinstance(result, Ready):
                notes[f"page:{item.hash}"] = result.sha256
            far[item.located.file] = item.located.number
        for file, number in far.items():
            if number >= _WORTH_KEEPING:
                notes[_file_key(file)] = json.dumps({"number": number, "stamp": _stamp(file)})
                files[_file_key(file)] = None
        return notes

    def _reject(self, item: _Item, result: Result | None) -> None:
        found = item.located.found
        if isinstance(found, SourceError):
            where, reason, given = found.where or item.located.file, found.reason, found.given
        elif isinstance(result, Failure):
            where, reason, given = result.where, result.reason, None
        else:
            return
        self.tally.rejected += 1
        self.rejects.add(where, reason, given)
        self.complain(f"{where}: {reason}")


def _together(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    """What is looked up together: as much as comes soon."""
    found: list[_Item] = []
    room, begun = 0, time.monotonic()
    for item in items:
        found.append(item)
        room += item.room
        if len(found) == _LOOKED_UP or room > _ROOM_LOOKED_UP or time.monotonic() - begun > _SOON:
            yield found
            found, room, begun = [], 0, time.monotonic()
    if found:
        yield found


def _file_key(file: str) -> str:
    return f"{_FILE}{os.path.abspath(file)}"


def _stamp(file: str) -> list[int]:
    """What changes when a file does; addresses and standard input have none and are read from their start."""
    try:
        found = os.stat(file)
    except OSError:
        return [time.time_ns()]
    return [found.st_size, found.st_mtime_ns]
