"""HTTP/1.1 as the server speaks it: what is no request at all is answered like every other failure."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.errors import UnreadableRequestError
from app.routers import problems

_LONGEST = 65_535
"""Most bytes of an address that the parser takes."""


class Protocol(HttpToolsProtocol):
    """The parser's own refusal is a line of text, which no client expects beside problem+json."""

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  the parser says the same of all that it refuses
        """Says what is wrong, and ends the connection: where the next request would begin is not known."""
        error = UnreadableRequestError(
            f"This is no HTTP/1.1, or its address is longer than {_LONGEST} bytes. Ask for less in one request."
        )
        body = problems.answer(error, self.url.decode("latin-1")[:200]).body
        head = (
            f"HTTP/1.1 {error.status} Bad Request\r\ncontent-type: {problems.MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode() + bytes(body))
        self.transport.close()
