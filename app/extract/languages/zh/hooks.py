"""Folding of Chinese script: traditional characters become simplified ones, one for one."""

from __future__ import annotations

from pathlib import Path


def _table() -> dict[int, str]:
    lines = (Path(__file__).parent / "simplified.txt").read_text(encoding="utf-8").splitlines()
    traditional, simplified = (line for line in lines if line and not line.startswith("#"))
    return {ord(t): s for t, s in zip(traditional, simplified, strict=True)}


_SIMPLIFIED = _table()


def fold(text: str) -> str:
    """The text in simplified characters; same length."""
    return text.translate(_SIMPLIFIED)
