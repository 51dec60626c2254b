"""Signed cursors: where a page of any list begins, and which list it belongs to."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from app.errors import InvalidCursorError, Issue

Position = Sequence[Any]
"""What orders the last record of a page: numbers, texts or nulls, the last of them its own key."""

LONGEST = 2000
"""Characters of a cursor."""

_VERSION = b"\x02"
_DIGEST = 8
_SIGNATURE = 16
_HEAD = len(_VERSION) + _DIGEST
_HINT = "Take the cursor from `next` of a page as it is, or leave it out to begin at the first page."


def digest(asked: Mapping[str, Any]) -> bytes:
    """Eight bytes that tell one list from another, whatever the order of the values in its tuples."""
    plain = {name: sorted(map(str, value)) if isinstance(value, tuple) else str(value) for name, value in asked.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).digest()[:_DIGEST]


def _sign(body: bytes, secret: bytes) -> bytes:
    return hmac.new(secret, body, hashlib.sha256).digest()[:_SIGNATURE]


def encode(position: Position, of: bytes, secret: bytes) -> str:
    """The cursor that continues the list with a digest after a position."""
    body = _VERSION + of + orjson.dumps(list(position))
    return base64.urlsafe_b64encode(body + _sign(body, secret)).rstrip(b"=").decode()


def _invalid(detail: str, hint: str) -> InvalidCursorError:
    return InvalidCursorError(detail, (Issue(detail, parameter="cursor", hint=hint),))


def decode(cursor: str, of: bytes, secret: bytes) -> list[Any]:
    """The position that a cursor continues after. Raises InvalidCursorError for one of another server or list."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _invalid("The cursor is broken.", _HINT) from None
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if len(body) <= _HEAD:
        raise _invalid("The cursor is broken.", _HINT)
    if body[:1] != _VERSION or not hmac.compare_digest(signature, _sign(body, secret)):
        raise _invalid("The cursor was not made by this server.", _HINT)
    if body[1:_HEAD] != of:
        raise _invalid("The cursor belongs to a query with other filters.", "Keep the filters while paging.")
    position: list[Any] = orjson.loads(body[_HEAD:])
    return position
