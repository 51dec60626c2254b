"""Streams of bytes: counted, looked ahead in, read by lines of bounded length."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO

HEAD = 1 << 16
"""How far one can look ahead."""
_SKIP = 1 << 20


class _Counted(io.RawIOBase):
    def __init__(self, inner: IO[bytes], counted: Callable[[int], None]) -> None:
        # What comes before a damaged place is not lost with it: one piece at a time.
        self._read = getattr(inner, "read1", inner.read)
        self._counted = counted

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        self._counted(len(data))
        buffer[: len(data)] = data
        return len(data)


def counted(inner: IO[bytes], count: Callable[[int], None]) -> io.BufferedReader:
    """A stream that tells how many bytes it takes out of another, and can look ahead."""
    return io.BufferedReader(_Counted(inner, count), HEAD)


class _Recoded(io.RawIOBase):
    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._left:
            self._left = self._text.read(HEAD // 4).encode()
        part, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def recoded(inner: io.BufferedReader, encoding: str) -> io.BufferedReader:
    """The same text in UTF-8."""
    text = io.TextIOWrapper(inner, encoding, errors="replace", newline="")
    return io.BufferedReader(_Recoded(text), HEAD)


def whole(stream: IO[bytes], longest: int) -> bytes | None:
    """All that is left in a stream; None where it is longer than that."""
    data = stream.read(longest + 1)
    return None if len(data) > longest else data


def lines(stream: io.BufferedReader, longest: int) -> Iterator[bytes | None]:
    """The lines with their ends; None for one that is too long, whose bytes are passed over and never held."""
    while line := stream.readline(longest + 1):
        if len(line) <= longest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(_SKIP)
        yield None
