"""HTTP/1.1 as the server speaks it: what is no request at all is answered like every other failure, in its turn."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import UnreadableRequestError
from app.routers import problems

LONGEST: Final = 65_535
"""Most bytes of an address, and most bytes of the headers of a request. The parser takes no longer address."""

_UNFINISHED: Final = 4 * LONGEST
"""Most bytes of what may yet become a request."""

_LINGERS: Final = 2
"""Seconds in which a client may still send what it began to, so that it reads the answer before the end."""

_UPGRADE = re.compile(rb"\r\nupgrade(?=:)", re.IGNORECASE)

_NO_HTTP = "This is no HTTP/1.1. In an address, a space is written %20 or +."
_LONG_ADDRESS = f"The address is longer than {LONGEST} bytes. Ask for less in one request."
_LONG_HEADERS = f"The headers are longer than {LONGEST} bytes. Send fewer, or shorter ones."


class Protocol(HttpToolsProtocol):
    """The parser's own refusal is a line of text, which no client expects beside problem+json, and it overtakes the
    answers that are still due. A request is bounded before it is whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url = b""
        self._head: int | None = 0
        """Bytes of a request that began in an earlier packet; None while a body is read."""
        self._in_line = True
        """Whether the first line of a request is not whole yet."""
        self._headers = 0
        self._fault = _NO_HTTP
        self._owed: bytes | None = None
        """The refusal, while answers to earlier requests are still under way."""
        self._ended = False

    def data_received(self, data: bytes) -> None:
        """Takes a packet. What follows a refusal is let pass by."""
        if self._ended:
            return
        self._unset_keepalive_if_required()
        started = self._head
        try:
            self.parser.feed_data(data if started is None else self._readable(data))
        except httptools.HttpParserUpgrade:
            # What follows may be anything: it is not read.
            self.cycle.keep_alive = False
            self._ended = True
        except httptools.HttpParserError:
            self.send_400_response(self._fault)
        else:
            if started is not None and self._head is not None:
                self._head += len(data)
                if self._head > _UNFINISHED:
                    self.send_400_response(_LONG_HEADERS)

    def _readable(self, data: bytes) -> bytes:
        """A packet that begins inside the head of a request, as the parser takes it: letters that were not encoded
        in the address, as people write them for curl, are; and no client is led to think that another protocol is
        spoken here, for which the parser would leave the body out."""
        if self._in_line:
            line, end, rest = data.partition(b"\n")
            self._in_line = not end
            if not line.isascii():
                data = quote(line, safe=_ASCII).encode() + end + rest
        if b"pgrade:" in data or b"PGRADE:" in data:
            head, end, rest = data.partition(b"\r\n\r\n")
            data = _UPGRADE.sub(b"\r\nx-upgrade", head) + end + rest
        return data

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._head = self._headers = 0

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        if len(self.url) > LONGEST:
            self._fault = _LONG_ADDRESS
            raise ValueError(self._fault)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        super().on_header(name, value)
        self._headers += len(name) + len(value)
        if self._headers > LONGEST:
            self._fault = _LONG_HEADERS
            raise ValueError(self._fault)

    def on_headers_complete(self) -> None:
        """The head is whole: the request is answered."""
        super().on_headers_complete()
        self._head = None

    def on_message_complete(self) -> None:
        """A request is whole."""
        super().on_message_complete()
        self._head, self._in_line = 0, True

    def send_400_response(self, msg: str) -> None:
        """Says what is wrong, and ends the connection: where the next request would begin is not known. Earlier
        requests are answered before."""
        self._ended = True
        refusal = self._refusal(msg)
        latest = self.cycle
        if getattr(latest, "response_complete", True):  # or there was none
            self._say(refusal)
        elif self._head is not None:
            self._owed = refusal
        elif self.pipeline and self.pipeline[0][0] is latest:
            self.pipeline.popleft()
            self._owed = refusal
        elif latest.response_started:
            latest.keep_alive = False
        else:
            # Whoever reads the body learns that there is no more of it.
            latest.disconnected = True
            latest.message_event.set()
            self._say(refusal)

    def on_response_complete(self) -> None:
        """An answer is whole: the next one's turn."""
        last = not self.pipeline
        super().on_response_complete()
        if last and self._owed and not self.transport.is_closing():
            self._say(self._owed)

    def _refusal(self, detail: str) -> bytes:
        error = UnreadableRequestError(detail)
        path = self.url.partition(b"?")[0].decode("latin-1")[:200]
        body = bytes(problems.answer(error, path).body)
        head = (
            f"HTTP/1.1 {error.status} Bad Request\r\ncontent-type: {problems.MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        return head.encode() + (b"" if self.parser.get_method() == b"HEAD" else body)

    def _say(self, refusal: bytes) -> None:
        """Who closes with something unread tears the connection down, and the answer may be lost with it."""
        self._unset_keepalive_if_required()
        self.transport.write(refusal)
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(_LINGERS, self.transport.close)


_ASCII: Final = bytes(range(128)).decode()
"""What stays as it is where letters of an address are encoded."""
