"""Bytes to text, exactly as given."""

from __future__ import annotations

from app.errors import SourceError
from app.sources.encoding import decoded


def decode(data: bytes, where: str, declared: str | None = None) -> str:
    """The text with its line ends kept and a byte order mark removed. Raises SourceError, naming `where`."""
    found = decoded(data, declared)
    if found is None:
        raise SourceError("no text in any encoding known here", where)
    return checked(found[0].removeprefix("\ufeff"), where)


def checked(text: str, where: str) -> str:
    """The text itself. Raises SourceError where it cannot be an article's: blank, or no Unicode text."""
    if not text.strip():
        raise SourceError("no text", where)
    if problem := not_text(text):
        raise SourceError(problem, where)
    return text


def not_text(text: str) -> str | None:
    """What keeps a string from being Unicode text that can be stored and hashed; None where nothing does."""
    if "\0" in text:
        return "the text holds a NUL character"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"the text holds half of a surrogate pair (character {error.start})"
    return None
