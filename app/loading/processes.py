"""Worker processes on this machine. One that dies or hangs costs one document, not the run.

Each worker has a pipe of its own and tells what it has read every few milliseconds, since each message costs as much
as a light document. When one dies, its documents are given to another that tells of each as it is done, so that it is
known which one killed it.
`multiprocessing.Pool` would wait forever for a worker that died, `ProcessPoolExecutor` gives up all that is under way.
"""

from __future__ import annotations

import multiprocessing
import pickle
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from multiprocessing.connection import Connection

from app.errors import StartError
from app.loading.work import Failure, Make, Result, read
from app.sources.found import Document, Page

_AHEAD = 2
"""Chunks that a worker holds: one it reads, one for when that is done."""
_WINDOW = 4
"""Chunks a worker that may be under way or wait for an earlier one: what bounds the memory."""
_FURTHER = 64
"""Times as many of both, where they are light: while a batch is stored, workers read on."""
_LIGHT = 200_000
"""Bytes of pages and characters of texts that a worker may hold of them."""
_TOLD = 0.01
"""Seconds after which a worker tells what it has read, unless its chunk is done before."""
_TRIES = 2
"""So many workers may die of a document before it is left: the first may have been killed for other reasons."""
_TICK = 1.0


@dataclass
class _Task:
    """A chunk under way."""

    documents: Sequence[Document]
    results: list[Result] = field(default_factory=list)
    deaths: int = 0
    """How many workers died of the document that comes next."""
    one_by_one: bool = False
    """Whether each is told of as it is done, since a worker died of one of them."""

    @property
    def left(self) -> Sequence[Document]:
        """The documents that nothing was told of yet."""
        return self.documents[len(self.results) :] if self.results else self.documents

    @cached_property
    def weight(self) -> int:
        """Bytes of its pages and characters of its texts."""
        return sum(len(one.data if isinstance(one, Page) else one.text) for one in self.documents)


class _Worker:
    """A process; what it says is put into an inbox as it comes, whatever whoever stores is busy with, so that it never
    waits to be heard. What is in there at most is what it was given to read."""

    def __init__(self, make: Make, inbox: queue.SimpleQueue[_Said]) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, make), daemon=True)
        self.process.start()
        theirs.close()
        self.tasks: deque[_Task] = deque()
        self._weight = 0
        self.ready = False
        self.heard = time.monotonic()
        threading.Thread(target=self._hear, args=(inbox,), daemon=True).start()

    def _hear(self, inbox: queue.SimpleQueue[_Said]) -> None:
        with suppress(EOFError, OSError):
            while True:
                said = self.pipe.recv_bytes()
                self.heard = time.monotonic()
                inbox.put((self, said))
        inbox.put((self, None))

    def has_room(self) -> bool:
        """Whether it may get another chunk."""
        held = len(self.tasks)
        return held < _AHEAD or (held < _AHEAD * _FURTHER and self._weight < _LIGHT)

    def give(self, task: _Task) -> None:
        """Sends what is left of a chunk."""
        if not self.tasks:
            self.heard = time.monotonic()
        self.tasks.append(task)
        self._weight += task.weight
        with suppress(OSError):  # it died; that is found out when it is listened to
            self.pipe.send((task.left, task.one_by_one))

    def take(self, results: Sequence[Result]) -> None:
        """What it has read of the chunk that it is at."""
        task = self.tasks[0]
        task.results += results
        task.deaths = 0
        if not task.left:
            self._weight -= task.weight
            self.tasks.popleft()

    def stop(self) -> None:
        """Ends it at once: nothing is lost with it."""
        self.process.kill()
        self.process.join()


_Said = tuple[_Worker, bytes | None]
"""A worker and what it says, as it came; None where it is gone."""


class Processes:
    """Workers on this machine."""

    def __init__(self, make: Make, workers: int, patience: float = 120.0) -> None:
        self._make = make
        self._patience = patience
        """Seconds that one document may take."""
        self._inbox: queue.SimpleQueue[_Said] = queue.SimpleQueue()
        self._workers = [_Worker(make, self._inbox) for _ in range(workers)]

    def map(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Result]]:
        """The results of each chunk, in order."""
        source = iter(chunks)
        under_way: deque[_Task] = deque()
        again: deque[_Task] = deque()
        more = True
        held = 0
        while True:
            while under_way and not under_way[0].left:
                done = under_way.popleft()
                held -= done.weight
                yield done.results
            while again and (idle := self._idle()):
                idle.give(again.popleft())
            while more and not again and self._may_begin(len(under_way), held) and (idle := self._idle()):
                chunk = next(source, None)
                if chunk is None:
                    more = False
                    break
                task = _Task(chunk)
                under_way.append(task)
                held += task.weight
                if chunk:
                    idle.give(task)
                elif len(under_way) == 1:
                    break
            if not under_way:
                if not more:
                    return
                continue
            if under_way[0].left:
                again.extend(self._listen())

    def close(self) -> None:
        """Ends the workers."""
        for worker in self._workers:
            worker.stop()

    def _may_begin(self, under_way: int, held: int) -> bool:
        """Whether the memory allows another chunk beside those under way, which weigh so much."""
        workers = len(self._workers)
        return under_way < _WINDOW * workers or (under_way < _WINDOW * _FURTHER * workers and held < _LIGHT * workers)

    def _idle(self) -> _Worker | None:
        """The worker with the least to do, if any has room."""
        worker = min(self._workers, key=lambda one: len(one.tasks))
        return worker if worker.has_room() else None

    def _listen(self) -> list[_Task]:
        """Takes in what workers said; the chunks that have to be given to another one."""
        left: list[_Task] = []
        with suppress(queue.Empty):
            worker, said = self._inbox.get(timeout=_TICK)
            while True:
                if said is not None:
                    self._take(worker, said)
                elif worker in self._workers:
                    left += self._replace(worker, "the process that read it died")
                worker, said = self._inbox.get_nowait()
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.ready and worker.tasks and now - worker.heard > self._patience:
                reason = f"reading it took longer than {self._patience:.0f} seconds"
                left += self._replace(worker, reason, tries=1)
        return left

    def _take(self, worker: _Worker, said: bytes) -> None:
        if worker not in self._workers:
            return  # it was given up meanwhile, and what it was given went to another one
        result = pickle.loads(said)  # noqa: S301  of a process of ours
        if result is None:
            worker.ready = True
            return
        if isinstance(result, str):
            raise StartError(f"A worker cannot start: {result}")
        worker.take(result)

    def _replace(self, worker: _Worker, reason: str, tries: int = _TRIES) -> list[_Task]:
        """Puts a new worker in the place of one that is gone; its chunks, without the document that it died of."""
        if not worker.ready:
            raise StartError("A worker process died before it was ready; is there enough memory?")
        worker.stop()
        self._workers[self._workers.index(worker)] = _Worker(self._make, self._inbox)
        left = list(worker.tasks)
        if left:
            first = left[0]
            first.deaths += first.one_by_one or len(first.left) == 1
            first.one_by_one = True
            if first.deaths >= tries:
                first.results.append(Failure(first.left[0].source, reason))
                first.deaths = 0
        return [task for task in left if task.left]


def _serve(pipe: Connection, make: Make) -> None:
    """The life of a worker. It ends when the process that started it is gone."""
    # Ctrl-C goes to all processes of a terminal; when to stop is decided by the one that stores.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        extract = make()
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")
        return
    waiting: queue.SimpleQueue[tuple[Sequence[Document], bool] | None] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, waiting), daemon=True).start()
    with suppress(OSError):
        pipe.send(None)
        while (given := waiting.get()) is not None:
            chunk, one_by_one = given
            results: list[Result] = []
            told = time.monotonic()
            for document in chunk:
                results.append(read(extract, document))
                if one_by_one or time.monotonic() - told > _TOLD:
                    pipe.send(results)
                    results = []
                    told = time.monotonic()
            if results:
                pipe.send(results)


def _receive(pipe: Connection, waiting: queue.SimpleQueue[tuple[Sequence[Document], bool] | None]) -> None:
    """Takes in chunks while the one before is read, so that whoever sends never waits for long."""
    with suppress(EOFError, OSError):
        while True:
            waiting.put(pipe.recv())
    waiting.put(None)
