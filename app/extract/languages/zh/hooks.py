"""Folding of Chinese script: traditional characters become simplified ones, one for one."""

from __future__ import annotations

from app.knowledge.script import simplified as fold

__all__ = ["fold"]
