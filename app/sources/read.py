"""Files, folders and standard input to articles. What cannot be read is told in its place, and the run goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.errors import SourceError
from app.records import Article
from app.sources import jsonl, text

STDIN = "-"
SUFFIXES = (".txt", ".jsonl")

Read = Article | SourceError


def articles(paths: Iterable[str]) -> Iterator[Read]:
    """The articles of files, of folders with all that is below them, and of standard input (`-`)."""
    for path in paths:
        try:
            yield from _stdin() if path == STDIN else _path(Path(path), path)
        except SourceError as error:
            yield error
        except OSError as error:
            yield SourceError(f"{path}: {error.strerror or error}")


def _path(path: Path, given: str) -> Iterator[Read]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
        if not found:
            raise SourceError(f"{given}: no {' or '.join(SUFFIXES)} file in this folder")
        yield from articles(map(str, found))
    elif path.suffix.lower() == ".jsonl":
        with path.open("rb") as lines:
            yield from jsonl.articles(lines, given)
    elif path.suffix.lower() == ".txt":
        yield text.article(path.read_bytes(), given)
    elif path.suffix and path.is_file():
        raise SourceError(f"{given}: {path.suffix} files are not read, only {' and '.join(SUFFIXES)}")
    else:
        yield from _unnamed(path.read_bytes(), given)


def _stdin() -> Iterator[Read]:
    yield from _unnamed(sys.stdin.buffer.read(), STDIN)


def _unnamed(data: bytes, source: str) -> Iterator[Read]:
    """What has no suffix: JSON lines where it begins like an object, else one text."""
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from jsonl.articles(data.split(b"\n"), source)
    else:
        yield text.article(data, source)
