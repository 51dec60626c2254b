"""JSON lines with `id url published text`, one article a line; `text` is needed. Bad lines are told and passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from app.errors import SourceError
from app.records import Article
from app.sources.decode import checked, decode


def _plain(value: object) -> object:
    """Numbers are good ids; an empty string says as much as null."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else (value or None)


def _day(value: object) -> object:
    """The day of a date or of a date with a time; a number is no date."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ValueError("a date as YYYY-MM-DD is expected")
    return value[:10] if value[10:11] in ("T", " ") else value


class _Line(BaseModel):
    """One line; other fields are passed over."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str | None, BeforeValidator(_plain)] = None
    url: Annotated[str | None, BeforeValidator(_plain)] = None
    published: Annotated[date | None, BeforeValidator(_day)] = None
    text: str


def articles(lines: Iterable[bytes], source: str) -> Iterator[Article | SourceError]:
    """The articles of a file's lines, and a SourceError with its number for each line that is none."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _article(line, f"{source}:{number}")
            except SourceError as error:
                yield error


def _article(line: bytes, where: str) -> Article:
    try:
        read = _Line.model_validate_json(decode(line, where))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise SourceError(f"{where}: {field + ': ' if field else ''}{first['msg']}") from None
    return Article(
        source=read.id or read.url or where, text=checked(read.text, where), url=read.url, published=read.published
    )
