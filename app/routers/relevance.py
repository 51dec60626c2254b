"""Lists of what words are found in, the most to the point first."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from app.errors import InvalidParameterError, Issue
from app.records import Record
from app.records.base import is_none
from app.store.ranking import MOST, Ranked


class Relevance(Record):
    """What a list says besides when it is in order of relevance."""

    ranked: Annotated[
        int | None,
        Field(
            exclude_if=is_none,
            description=f"With `sort=relevance`: how many matches were ranked, the newest, at most {MOST}.",
        ),
    ] = None
    ranked_all: Annotated[bool | None, Field(exclude_if=is_none)] = None
    """With `sort=relevance`: whether these are all there are; else narrow the question down to rank older ones too."""


def said(found: Ranked) -> dict[str, Any]:
    """What a page says of its ranking."""
    return {"ranked": found.number, "ranked_all": found.all}


def needs_words(q: str | None) -> None:
    """Raises InvalidParameterError where there is nothing to be relevant to."""
    if q is None:
        detail = "The order of relevance is that of the words of 'q', which is not given."
        raise InvalidParameterError(detail, (Issue(detail, parameter="sort", hint="Give q, or sort by -date."),))
