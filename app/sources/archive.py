"""Archives: zip, tar, and single files in gzip, bzip2 or xz. Their members are streams; nothing is unpacked to disk
but archives in archives, and what comes out is bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any

from app.errors import SourceError
from app.sources.found import Found
from app.sources.limits import Budget, Limits
from app.sources.streams import counted

COMPRESSED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
"""How compressed files begin, and what reads them."""
ZIP = b"PK\x03\x04"
_TAR_AT, _TAR = 257, b"ustar"
_SPOOLED = 1 << 28
"""Bytes of a zip inside another archive: it has to be kept somewhere, since its table stands at the end."""
_DIRECTORY = 1 << 30
"""Bytes of the table of a zip, which is held in memory."""
BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, RuntimeError,
          NotImplementedError, struct.error)  # fmt: skip
"""What the readers of archives raise for those that are damaged, locked, or of an unknown kind."""

Read = Callable[[io.BufferedReader, str, Budget], Iterator[Found]]
"""Reads what a stream holds, under a name, within a budget."""


def is_tar(head: bytes) -> bool:
    """Whether what begins so is a tar."""
    return head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR


def opener(head: bytes) -> Callable[[Any], Any] | None:
    """What reads a compressed file that begins so; None where it is not compressed."""
    return next((read for magic, read in COMPRESSED.items() if head.startswith(magic)), None)


def unpacked(
    stream: io.BufferedReader, where: str, limits: Limits, outer: Budget | None, read: Read
) -> Iterator[Found]:
    """What a single compressed file holds."""
    taken = [0]

    def count(number: int) -> None:
        taken[0] += number

    head = stream.peek(8)
    inner = opener(head)
    assert inner
    with told(where):
        budget = Budget(limits, lambda: taken[0], outer)
        yield from read(counted(inner(counted(stream, count)), budget.spend), where, budget)


def tar(stream: io.BufferedReader, where: str, limits: Limits, outer: Budget | None, read: Read) -> Iterator[Found]:
    """What the files in a tar hold, in their order."""
    taken = [0]

    def count(number: int) -> None:
        taken[0] += number

    with told(where):
        budget = Budget(limits, lambda: taken[0], outer)
        with tarfile.open(fileobj=counted(stream, count), mode="r|") as archive:
            for member in archive:
                budget.member()
                # Names are only shown, nothing is written under them.
                opened = archive.extractfile(member) if member.isfile() else None
                if opened and not _hidden(member.name):
                    yield from _member(opened, f"{where}/{member.name}", budget, read)
                vars(archive)["members"] = []  # it would keep them all


def zipped(stream: io.BufferedReader, where: str, limits: Limits, outer: Budget | None, read: Read) -> Iterator[Found]:
    """What the files in a zip hold, in their order."""
    with told(where):
        file = _seekable(stream)
        size = file.seek(0, io.SEEK_END)
        _check_directory(file, size, limits)
        budget = Budget(limits, lambda: size, outer)
        with zipfile.ZipFile(file) as archive:
            for member in archive.infolist():
                budget.member()
                if member.is_dir() or _hidden(member.filename):
                    continue
                name = f"{where}/{member.filename}"
                try:
                    opened = archive.open(member)
                except BROKEN as error:
                    yield SourceError(_said(error), name)
                    continue
                with opened:
                    yield from _member(opened, name, budget, read)


def _member(opened: IO[bytes], name: str, budget: Budget, read: Read) -> Iterator[Found]:
    """What one file holds; a damaged one is told, and the next is read."""
    try:
        yield from read(counted(opened, budget.spend), name, budget)
    except zipfile.BadZipFile as error:
        yield SourceError(_said(error), name)


@contextmanager
def told(where: str) -> Iterator[None]:
    """Says of a damaged archive in our words where it is."""
    try:
        yield
    except SourceError as error:
        raise error if error.where else SourceError(error.reason, where) from None
    except BROKEN as error:
        raise SourceError(f"damaged, or no such archive: {_said(error)}", where) from None


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part != ".")


def _seekable(stream: io.BufferedReader) -> IO[bytes]:
    """The file itself, or a copy of what cannot be sought in."""
    if stream.seekable():
        return stream
    import tempfile  # noqa: PLC0415

    copy = tempfile.SpooledTemporaryFile(1 << 24)  # noqa: SIM115  it lives as long as the archive is read
    left = _SPOOLED
    while part := stream.read(1 << 20):
        left -= len(part)
        if left < 0:
            raise SourceError(f"a zip of more than {_SPOOLED} bytes that is no file of its own")
        copy.write(part)
    return copy


def _check_directory(file: IO[bytes], size: int, limits: Limits) -> None:
    """Looks at the size of the table before it is read into memory."""
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and len(tail) >= at + 16:
        number, length = (
            struct.unpack("<H", tail[at + 10 : at + 12])[0],
            struct.unpack("<I", tail[at + 12 : at + 16])[0],
        )
        large = tail.rfind(b"PK\x06\x06", 0, at)
        if large >= 0 and len(tail) >= large + 48:
            number, length = struct.unpack("<QQ", tail[large + 32 : large + 48])
        if length > _DIRECTORY or number > limits.members:
            raise SourceError(f"{number} files in a zip, with a table of {length} bytes")
    file.seek(0)
