"""Plain text, one article a file. An address on the first line is the article's URL and stays in the text."""

from __future__ import annotations

import re

from app.records import Article
from app.sources.decode import decode

_URL_LINE = re.compile(r"\s*(https?://\S+)[ \t]*(?:\r?\n|\r|$)", re.IGNORECASE)


def article(data: bytes, source: str, url: str | None = None, charset: str | None = None) -> Article:
    """The article that a file holds; all its offsets count in it as given. Raises SourceError."""
    text = decode(data, source, charset)
    first = _URL_LINE.match(text)
    return Article(source=source, text=text, url=url or (first[1] if first else None))
