"""Public ids, derived from content so that the same article gets the same ids in every database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

SEQUENCE_BITS = 24
"""Room for 16 million events a day; the day stands above them in the key."""

_SEQUENCES = 1 << SEQUENCE_BITS

_LONGEST_KEY = 2000
"""Bytes of an address that are kept; an index entry has no room for more."""

_PLAIN_ADDRESS = re.compile(
    r"https?://(?!www\.)([a-z0-9-]{1,60}(?:\.[a-z0-9-]{1,60}){1,5})((?:/[\w.~-]{1,200}){0,8})", re.ASCII
)
"""An address with nothing to take away, as most are."""

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid", re.IGNORECASE)


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]
"""Ten bits as two letters of Base32 (RFC 4648); the encoder of the library takes them one by one."""


def sha256_of(text: str) -> str:
    """Hex SHA-256 of the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _short(data: bytes) -> str:
    bits = int.from_bytes(hashlib.sha256(data).digest()[:10], "big")
    return "".join([_PAIRS[bits >> at & 0x3FF] for at in range(70, -1, -10)])


def article_id(sha256: str) -> str:
    """Public id of the article whose text has this SHA-256."""
    return f"ar_{_short(sha256.encode())}"


def event_id(sha256: str, position: int) -> str:
    """Public id of the event at a position (from 0) in the article whose text has this SHA-256."""
    return f"ev_{_short(f'{sha256}:{position}'.encode())}"


def readout_id(sha256: str, position: int) -> str:
    """Public id of what the article with this SHA-256 says of the event at a position."""
    return f"ro_{event_id(sha256, position)[3:]}"


def event_of(readouts: Iterable[str]) -> str:
    """Public id of the event that some readouts make: that of the one with the smallest id, whatever came first."""
    return f"ev_{min(readouts)[3:]}"


def readout_of(event_id: str) -> str:
    """The readout whose id an event's id was made from: it leads to where the event is now."""
    return f"ro_{event_id[3:]}"


def commitment_id(readout: str, kind: str, text: str, number: int) -> str:
    """Public id of a commitment: the `number`-th of this kind with this text in a readout."""
    return f"cm_{_short(f'{readout}:{kind}:{text}:{number}'.encode())}"


def wished_key(day: date | None, id_: str) -> int:
    """The key that a record has unless another has it: its day, then what its id says, whatever came first."""
    return first_key(day) + int.from_bytes(hashlib.sha256(id_.encode()).digest()[:3], "big")


def next_key(key: int) -> int:
    """The following key of the same day; after the last the first."""
    return (key & -_SEQUENCES) | (key + 1) % _SEQUENCES


def same_day(key: int, other: int) -> bool:
    """Whether two keys are of one day."""
    return key >> SEQUENCE_BITS == other >> SEQUENCE_BITS


def first_key(day: date | None) -> int:
    """The lowest key of a day; undated events stand below all days."""
    return (day.toordinal() if day else 0) << SEQUENCE_BITS


def beyond_key(day: date | None) -> int:
    """The first key after a day."""
    return ((day.toordinal() if day else 0) + 1) << SEQUENCE_BITS


def url_key(url: str) -> str:
    """What two spellings of one address share: no scheme, `www.`, fragment, tracking parameter or doubled slash."""
    if found := _PLAIN_ADDRESS.fullmatch(url):
        return found[1] + found[2]
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url.strip()
    host = parts.netloc.lower().rpartition("@")[2].removeprefix("www.")
    host = host.removesuffix(":443").removesuffix(":80")
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    key = f"{host}{path}" + (f"?{urlencode(pairs)}" if pairs else "")
    return key if len(key.encode()) <= _LONGEST_KEY else f"{host[:200]}#{sha256_of(key)}"
