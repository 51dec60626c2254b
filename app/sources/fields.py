"""Objects with named fields to articles: lines of JSON, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from app.errors import SourceError
from app.records import Article, PublishedBasis
from app.sources.decode import checked

NAMES = ("text", "title", "url", "published", "id")
"""What a field can be mapped to. A `title` stands above the text where somebody maps one."""
_USUAL = {name: name for name in NAMES if name != "title"}
_DAY = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?:$|[T ].*|\d{6}Z?$)", re.DOTALL)
_SHOWN = 8


def article(given: Mapping[str, Any], fields: Mapping[str, str], where: str) -> Article:
    """The article that an object holds. `fields` says which of its fields holds what. Raises SourceError."""
    named = _USUAL | dict(fields)
    text = _value(given, named["text"])
    if not isinstance(text, str):
        raise SourceError(_no_text(given, named["text"], text), where)
    title = _plain(_value(given, named["title"]), named["title"], where) if "title" in named else None
    url = _plain(_value(given, named["url"]), named["url"], where)
    published = _day(_value(given, named["published"]), named["published"], where)
    return Article(
        source=_plain(_value(given, named["id"]), named["id"], where) or url or where,
        text=checked(f"{title}\n\n{text}" if title else text, where),
        url=url,
        published=published,
        published_basis=PublishedBasis.given if published else None,
    )


def text_name(fields: Mapping[str, str]) -> str:
    """The field that holds the text, as JSON writes its name."""
    return f'"{(_USUAL | dict(fields))["text"].rpartition(".")[2]}"'


def _value(given: Mapping[str, Any], name: str) -> object:
    """A field; `a.b` is the field b of the object in the field a, unless there is one named so."""
    if name in given or "." not in name:
        return given.get(name)
    first, _, rest = name.partition(".")
    inner = given.get(first)
    return _value(inner, rest) if isinstance(inner, Mapping) else None


def _no_text(given: Mapping[str, Any], name: str, value: object) -> str:
    if value is not None:
        return f"{name}: no text but {type(value).__name__}"
    others = ", ".join(sorted(str(one) for one in given if one != name)[:_SHOWN])
    return f"{name}: missing; there is {others or 'nothing'}. Say which one with --map text=NAME"


def _plain(value: object, name: str, where: str) -> str | None:
    """Numbers are good ids; an empty string says as much as null."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise SourceError(f"{name}: no text but {type(value).__name__}", where)
    return checked(value, f"{where}: {name}")


def _day(value: object, name: str, where: str) -> date | None:
    """The day of a date, with a time or without, as ISO 8601 or RFC 5322 write it; a bare number is no date."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and (day := day_of(value)):
        return day
    raise SourceError(f"{name}: {str(value)[:40]!r} is no date like 2021-11-01", where)


def day_of(value: str) -> date | None:
    """The day that a date for machines names, in its own time zone; None where it is none."""
    value = value.strip()[:80]
    try:
        if match := _DAY.fullmatch(value):
            return date(int(match[1]), int(match[3]), int(match[4]))
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError):
        return None
