"""Pages of events: signed cursors that name the last event seen and the query they belong to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from sqlmodel import Session

from app.errors import InvalidCursorError, Issue
from app.store import dialect, query
from app.store.asked import EventQuery

_BODY = struct.Struct(">BQ8s")
_VERSION = 1
_SIGNATURE = 16


@dataclass(frozen=True, slots=True)
class Page:
    """Ids and documents of one page, and the cursor of the next."""

    events: tuple[tuple[str, str], ...]
    cursor: str | None


def _sign(body: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, body, hashlib.sha256).digest()[:_SIGNATURE]


def encode(key: int, asked: EventQuery, secret: bytes) -> str:
    """The cursor that continues a query after the event with a key."""
    body = _BODY.pack(_VERSION, key, asked.digest())
    return base64.urlsafe_b64encode(body + _sign(body, secret)).rstrip(b"=").decode()


def _invalid(detail: str, hint: str) -> InvalidCursorError:
    return InvalidCursorError(detail, (Issue(detail, parameter="cursor", hint=hint),))


def decode(cursor: str, asked: EventQuery, secret: bytes) -> int:
    """The key that a cursor continues after. Raises InvalidCursorError for one of another server or another query."""
    hint = "Take the cursor from `next` of a page as it is, or leave it out to begin at the first page."
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        body, signature = raw[: _BODY.size], raw[_BODY.size :]
        version, key, digest = _BODY.unpack(body)
    except (ValueError, binascii.Error, struct.error):
        raise _invalid("The cursor is broken.", hint) from None
    if version != _VERSION or not hmac.compare_digest(signature, _sign(body, secret)):
        raise _invalid("The cursor was not made by this server.", hint)
    if digest != asked.digest():
        raise _invalid("The cursor belongs to a query with other filters.", "Keep the filters while paging.")
    return int(key)


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Page:
    """One page of the events asked for. Raises InvalidCursorError."""
    before = decode(cursor, asked, secret) if cursor is not None else None
    plan = dialect.of(session).plan(session, asked)
    rows = session.execute(query.events(asked, before, limit + 1, plan)).all()
    shown = rows[:limit]
    following = encode(shown[-1].key, asked, secret) if len(rows) > limit else None
    return Page(tuple((row.id, row.document) for row in shown), following)
