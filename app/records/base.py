"""What all records are made of: immutable models, country codes, confidence, and evidence in the text."""

from __future__ import annotations

from operator import not_
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


def is_none(value: object) -> bool:
    """Whether a field has nothing to say, and is left out of answers."""
    return value is None


class Record(BaseModel):
    """Base of all records: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code.", examples=["VN"])]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Span(Record):
    """A stretch of the article's text, exactly as given: `text[start:end] == quote`."""

    start: Annotated[int, Field(ge=0)]
    """First code point."""
    end: Annotated[int, Field(ge=0)]
    """One past the last code point."""
    quote: str
    """The words themselves."""
    article: Annotated[str | None, Field(exclude_if=not_)] = None
    """Id of the article whose text they stand in; absent where only one is meant."""


Evidence = tuple[Span, ...]
