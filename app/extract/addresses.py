"""Addresses inside a text that tell its day: pictures are stored when it is made, archives copy it later."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.extract.dates_url import date_in_url, stored_on
from app.extract.model import Text


class AddressKind(Enum):
    """What an address in a text leads to."""

    picture = "picture"
    capture = "capture"
    """A copy in a web archive, made after the page appeared."""


@dataclass(frozen=True, slots=True)
class DatedAddress:
    """An address in a text with the day it carries."""

    start: int
    end: int
    day: date
    kind: AddressKind


_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]{4,1000}")
_CAPTURE = re.compile(r"https?://web\.archive\.org/web/(\d{8})\d{0,6}[a-z_]{0,4}/")
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp)(?=$|[?&#])", re.IGNORECASE)
_MOST = 200
"""An article has a handful of addresses; a text with more is a list of them."""


def dated_addresses(text: Text) -> tuple[DatedAddress, ...]:
    """The addresses of pictures and archived copies in a text that carry a day, in order.

    They are looked for in the text as given, because reading blanks them out.
    """
    first, last = (text.offsets[0], text.offsets[-1]) if text.offsets is not None else (0, len(text.plain))
    return tuple(_dated(text, first, last)) if text.given.find("://", first, last) >= 0 else ()


def _dated(text: Text, first: int, last: int) -> Iterator[DatedAddress]:
    for count, match in enumerate(_ADDRESS.finditer(text.given, first, last)):
        if count == _MOST:
            return
        start, end = (_read_at(text, position) for position in match.span())
        address = match.group()
        capture = _CAPTURE.match(address)
        if capture is not None:
            day = date_in_url(f"/{capture.group(1)}/")
            if day is not None:
                yield DatedAddress(start, end, day, AddressKind.capture)
            address = address[capture.end() :]
        if _PICTURE.search(address):
            day = stored_on(address)
            if day is not None:
                yield DatedAddress(start, end, day, AddressKind.picture)


def _read_at(text: Text, position: int) -> int:
    """Where a position of the text as given is in the text as read."""
    return position if text.offsets is None else min(bisect_left(text.offsets, position), len(text.offsets) - 1)


def latest_picture(addresses: tuple[DatedAddress, ...]) -> DatedAddress | None:
    """The picture stored last, no later than the first archived copy."""
    captured = first_capture(addresses)
    pictures = [
        a
        for a in addresses
        if a.kind is AddressKind.picture and a.day.year >= 1995 and (captured is None or a.day <= captured.day)
    ]
    return max(pictures, key=lambda a: a.day, default=None)


def first_capture(addresses: tuple[DatedAddress, ...]) -> DatedAddress | None:
    """The earliest archived copy: the article appeared no later."""
    captures = [a for a in addresses if a.kind is AddressKind.capture]
    return min(captures, key=lambda a: a.day, default=None)
