"""Text in parameters: what may be in it."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.sources.decode import not_text
from app.store.fold import fold


def _has_words(value: str) -> str:
    if not fold(value):
        raise PydanticCustomError("no_words", "There is no word in it", {"hint": "Write at least one letter or digit."})
    return value


def _is_text(value: str) -> str:
    if problem := not_text(value):
        raise PydanticCustomError("not_text", "{problem}", {"problem": problem[0].upper() + problem[1:]})
    return value


Text = Annotated[str, Field(max_length=200), AfterValidator(_is_text)]
"""A short text without control characters."""

Words = Annotated[Text, AfterValidator(_has_words)]
"""A text with at least one letter or digit."""
