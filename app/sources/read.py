"""Files, folders, addresses and standard input to articles. What each holds is told by its content first, by its name
where the content leaves it open. What cannot be read is told in its place, and the run goes on."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import SourceError
from app.records import Article
from app.sources import archive, feed, fields, html, jsonl, table, text, warc
from app.sources.encoding import marked
from app.sources.found import Found, Note, Page
from app.sources.limits import Budget, Options
from app.sources.streams import HEAD, counted, recoded, whole
from app.sources.web import Web

STDIN = "-"
_JSON = (".jsonl", ".ndjson", ".json")
_TABLES = (".csv", ".tsv")
_TEXTS = (".txt", ".text", "")
_PAGES = (".html", ".htm", ".xhtml", ".shtml")
_UNREAD = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "a document of an office program",
    b"{\\rtf": "a document of an office program",
}
_OFFICE = (".docx", ".xlsx", ".pptx", ".odt", ".epub", ".jar")
"""Zips that are no archives to those who have them."""


@dataclass(frozen=True, slots=True)
class Located:
    """Something that was found, the file it was found in, and how many were found there up to it."""

    found: Found
    file: str
    number: int


def articles(paths: Iterable[str], options: Options | None = None) -> Iterator[Article | SourceError]:
    """The articles of files, of folders with all that is below them, of addresses, and of standard input (`-`)."""
    for one in documents(paths, options or Options()):
        if isinstance(one.found, Article | SourceError):
            yield one.found
        elif isinstance(one.found, Page):
            try:
                yield html.article(one.found)
            except SourceError as error:
                yield error


def documents(paths: Iterable[str], options: Options) -> Iterator[Located]:
    """The same with pages as they are, for somebody else to read, each with the place it was found at."""
    web = Web(options.limits.document, options.allow_private, options.pause)
    for given in paths:
        for file in _files(given, options):
            for number, found in enumerate(_told(file, options, web), start=1):
                yield Located(found, file, number)


def _files(given: str, options: Options) -> Iterator[str]:
    """A file itself, or the files below a folder in the order of their names."""
    if given == STDIN or _is_address(given) or not os.path.isdir(given):
        yield given
        return
    files = _walk(given, options)
    # An empty folder is told of like a file that cannot be read.
    yield next(files, os.path.join(given, ""))
    yield from files


def _walk(folder: str, options: Options) -> Iterator[str]:
    """Everything below a folder that can be told to be an article, or to hold some; hidden files stay hidden."""
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda one: one.name):
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, options)
            elif entry.is_file() and _worth_reading(entry.path, options):
                yield entry.path


def _worth_reading(path: str, options: Options) -> bool:
    """Whether a file in a folder is meant to be read: by its ending, or by how it begins."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix in (*_TABLES, *_TEXTS, *_PAGES, ".jsonl", ".ndjson"):
        return True
    if suffix in _OFFICE:
        return False
    try:
        with open(path, "rb") as file:
            head = file.read(4096)
            if suffix == ".json" and jsonl.is_spread(head):
                # Settings and records of programs are such files too: without a text they are no articles.
                return fields.text_name(options.fields).encode() in head + file.read(options.limits.document)
            return _kind(head, suffix, options) not in ("text", "unread")
    except OSError:
        return True


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def _told(file: str, options: Options, web: Web) -> Iterator[Found]:
    """What a file holds; what goes wrong is told in its place."""
    try:
        if _is_address(file):
            yield from _address(file, options, web)
        elif file == STDIN:
            yield from _stream(counted(sys.stdin.buffer, options.on_bytes), STDIN, options)
        elif file.endswith(os.sep) and os.path.isdir(file):
            raise SourceError("nothing to read in this folder", file.rstrip(os.sep))
        else:
            with Path(file).open("rb", buffering=0) as raw:
                yield from _stream(_Tracked(raw, options), file, options)
    except SourceError as error:
        yield error if error.where else SourceError(error.reason, file)
    except OSError as error:
        yield SourceError(error.strerror or str(error), file)


class _Tracked(io.BufferedReader):
    """A file that tells how much of it was read, and can still be sought in."""

    def __init__(self, raw: io.FileIO, options: Options) -> None:
        super().__init__(_Told(raw, options), HEAD)


class _Told(io.RawIOBase):
    def __init__(self, raw: io.FileIO, options: Options) -> None:
        self._raw = raw
        self._options = options

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._raw.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._raw.seek(offset, whence)

    def tell(self) -> int:
        return self._raw.tell()

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]
        number = self._raw.readinto(buffer)
        self._options.on_bytes(number or 0)
        return number


def _address(url: str, options: Options, web: Web) -> Iterator[Found]:
    remembered = options.remembered(f"feed:{url}") is not None
    answer = None if remembered else web.page(url)
    if answer is None or feed.is_feed(answer.data[:HEAD]):
        yield from feed.polled(url, web, options, answer)
    elif html.is_page(answer.data[:HEAD]):
        yield Page(url, answer.data, answer.url, answer.charset)
    else:
        yield from _stream(counted(io.BytesIO(answer.data), lambda _: None), answer.url, options)


def _stream(stream: io.BufferedReader, where: str, options: Options, budget: Budget | None = None) -> Iterator[Found]:
    """What a stream holds, by what it begins with."""
    head = stream.peek(HEAD)
    suffix = _suffix(where)
    kind = _kind(head, suffix, options)
    encoding = marked(head)
    if kind in ("json", "csv") and encoding and encoding != "utf-8-sig":
        stream = recoded(stream, encoding)
    again = lambda inner, name, spent: _stream(inner, name, options, spent)  # noqa: E731
    if kind == "json":
        yield from jsonl.articles(stream, where, options)
    elif kind == "csv":
        yield from table.articles(stream, where, options)
    elif kind == "warc":
        yield from warc.found(stream, where, options)
    elif kind == "compressed":
        yield from archive.unpacked(stream, where, options.limits, budget, again)
    elif kind == "tar":
        yield from archive.tar(stream, where, options.limits, budget, again)
    elif kind == "zip":
        yield from archive.zipped(stream, where, options.limits, budget, again)
    else:
        yield from _single(stream, where, kind, options, head)


def _single(stream: io.BufferedReader, where: str, kind: str, options: Options, head: bytes) -> Iterator[Found]:
    """What one document holds, which has to be in memory as a whole."""
    if kind == "unread":
        what = next((name for magic, name in _UNREAD.items() if head.startswith(magic)), "no text")
        yield SourceError(f"{what}; such files are not read", where)
        return
    data = whole(stream, options.limits.document)
    try:
        if data is None:
            raise SourceError(f"longer than {options.limits.document} bytes (--max-size allows more)", where)
        if kind == "feed":
            yield from feed.entries(data, where)
        elif kind == "page":
            yield Page(where, data)
        else:
            yield text.article(data, where)
    except SourceError as error:
        yield error


def _suffix(where: str) -> str:
    """The ending of a name, that of its compression aside."""
    name, suffix = os.path.splitext(where.lower().partition("?")[0] if _is_address(where) else where.lower())
    return os.path.splitext(name)[1] if suffix in (".gz", ".bz2", ".xz") else suffix


def _kind(head: bytes, suffix: str, options: Options) -> str:
    """What begins so: json, csv, feed, page, text, warc, compressed, tar, zip, or unread."""
    sure = (
        ("compressed", archive.opener(head) is not None),
        ("zip", head.startswith(archive.ZIP) and suffix not in _OFFICE),
        ("tar", archive.is_tar(head)),
        ("warc", head.startswith(warc.START)),
        ("unread", head.startswith((*_UNREAD, archive.ZIP))),
        ("json", suffix in _JSON),
        ("csv", suffix in _TABLES),
        ("feed", feed.is_feed(head)),
        ("page", suffix in _PAGES or html.is_page(head)),
        ("unread", b"\0" in head[:4096] and marked(head) is None),
        ("json", suffix != ".txt" and _is_json(head)),
        ("csv", suffix != ".txt" and table.looks_like_one(head, options)),
    )
    return next((kind for kind, so in sure if so), "text")


def _is_json(head: bytes) -> bool:
    """Whether what begins so are JSON objects."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip().startswith(b"{"))


__all__ = ["Located", "Note", "articles", "documents"]
