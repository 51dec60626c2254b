"""Chinese script: traditional characters and the simplified ones for them, for whoever compares text."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("simplified.txt")


def _table() -> dict[int, str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    traditional, simplified = (line for line in lines if line and not line.startswith("#"))
    table = dict(zip(map(ord, traditional), simplified, strict=True))
    # What a character becomes may itself be simplified further: folding twice must be folding once.
    return {char: table.get(ord(becomes), becomes) for char, becomes in table.items()}


_SIMPLIFIED = _table()


def simplified(text: str) -> str:
    """The text in simplified characters, one for one; the same for a text in simplified characters."""
    return text.translate(_SIMPLIFIED)
