"""This machine: in this process while there is little to read, in workers once there is more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.loading.processes import Processes
from app.loading.work import Make, Result, Serial
from app.sources.found import Document

_FEW = 32
"""Documents that are read before workers are worth their start, which takes each of them about two seconds."""


class Local:
    """Some processes, started when they are needed."""

    def __init__(self, make: Make, workers: int) -> None:
        self._make = make
        self._number = workers
        self._serial = Serial(make)
        self._workers: Processes | None = None

    def map(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Result]]:
        """The results of each chunk, in order."""
        source = iter(chunks)
        read = 0
        for chunk in source:
            yield from self._serial.map([chunk])
            read += len(chunk)
            if read >= _FEW and self._number > 1:
                break
        else:
            return
        self._workers = self._workers or Processes(self._make, self._number)
        yield from self._workers.map(source)

    def close(self) -> None:
        """Ends the workers."""
        if self._workers:
            self._workers.close()
