"""Bytes to text, exactly as given."""

from __future__ import annotations

from app.errors import SourceError

_BOM = b"\xef\xbb\xbf"


def decode(data: bytes, where: str) -> str:
    """UTF-8 text with its line ends kept and a byte order mark removed. Raises SourceError, naming `where`."""
    try:
        text = data.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"{where}: not UTF-8 text (byte {error.start})") from None
    return checked(text, where)


def checked(text: str, where: str) -> str:
    """The text itself. Raises SourceError where it cannot be an article's: blank, or no Unicode text."""
    if not text.strip():
        raise SourceError(f"{where}: no text")
    if problem := not_text(text):
        raise SourceError(f"{where}: {problem}")
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
