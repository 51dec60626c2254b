"""WARC files, such as those of Common Crawl's CC-NEWS: the pages that were fetched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from app.errors import SourceError
from app.sources import html, text
from app.sources.found import Found, Page
from app.sources.limits import Options
from app.sources.streams import whole

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

START = b"WARC/"
_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"


def found(stream: io.BufferedReader, where: str, options: Options) -> Iterator[Found]:
    """The pages and plain texts in an unpacked WARC; pictures, redirects, requests and the like are passed over."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    number = 0
    records = ArchiveIterator(_Pieces(stream))
    while True:
        try:
            record = next(records, None)
            if record is None:
                return
            number += 1
            document = _document(record, f"{where}#{number}", options.limits.document)
        except SourceError as error:
            yield error
        except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
            yield SourceError(f"the archive is damaged from here on: {error}", f"{where}#{number + 1}")
            return
        else:
            if document:
                yield document


class _Pieces:
    """A stream piece by piece: what comes before a damaged place is given out, and the damage is no end of the file."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream

    def read(self, number: int) -> bytes:
        """At most so many bytes, and no more than are there. Raises OSError."""
        try:
            return self._stream.read1(number)
        except EOFError as error:
            raise OSError(str(error)) from None


def _document(record: ArcWarcRecord, where: str, longest: int) -> Found | None:
    """The page of a record, or None for what is none."""
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip("<>")
    media_type, charset = _type(record)
    if media_type not in (*_PAGES, _TEXT) or not url.lower().startswith(("http://", "https://")):
        return None
    name = url or where
    data = whole(record.content_stream(), longest)
    if data is None:
        raise SourceError(f"longer than {longest} bytes", name)
    if not data.strip():
        raise SourceError("no text", name)
    if media_type == _TEXT and not html.is_page(data[:4096]):
        return text.article(data, name, url, charset)
    return Page(name, data, url, charset)


def _type(record: Any) -> tuple[str, str | None]:
    """The media type and the declared encoding; empty for what is no page that was delivered."""
    if record.rec_type == "response" and record.http_headers is not None:
        if record.http_headers.get_statuscode() != "200":
            return "", None
        declared = record.http_headers.get_header("Content-Type") or ""
    elif record.rec_type in ("resource", "conversion"):
        declared = record.rec_headers.get_header("Content-Type") or ""
    else:
        return "", None
    media_type, _, rest = declared.partition(";")
    _, _, charset = rest.lower().partition("charset=")
    return media_type.strip().lower(), charset.partition(";")[0].strip(" \"'") or None
