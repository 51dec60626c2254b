"""Which language is wanted, and the words of it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from app.records import EventStatus, EventType

_LONGEST = 1000
"""Characters of a header that are read."""


class DisplayLanguage(StrEnum):
    """What names and titles can be shown in."""

    en = "en"
    vi = "vi"
    zh = "zh"


_ALL = frozenset(one.value for one in DisplayLanguage)


class Words(BaseModel):
    """The words of a language, as its file has them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    person: Annotated[tuple[str, ...], Field(min_length=4, max_length=4)]
    """A person with title and country, with one of them, with neither."""
    list: dict[str, str]
    signs: dict[EventStatus, str]
    place: str
    verbs: dict[EventType, str]
    alone: str
    nobody: str
    nouns: dict[EventType, str]
    titles: dict[str, str | dict[str, str]]
    """By the English form; where it differs from country to country, by country."""
    read_names: frozenset[str] = frozenset()
    """Countries whose people have names of their own in this language; empty for all."""


@lru_cache
def words_of(language: DisplayLanguage) -> Words:
    """The words of a language other than English."""
    read: Any = yaml.safe_load((Path(__file__).parent / f"{language.value}.yaml").read_text(encoding="utf-8"))
    return Words.model_validate(read)


@lru_cache(maxsize=1024)
def accepted(header: str) -> DisplayLanguage:
    """The best of what an `Accept-Language` header wants (RFC 9110, 12.5.4; lookup of RFC 4647); English where it
    wants none of them."""
    best, best_weight = DisplayLanguage.en, 0.0
    for part in header[:_LONGEST].split(","):
        tag, *parameters = (piece.strip().lower() for piece in part.split(";"))
        weight = _weight(parameters)
        primary = "en" if tag == "*" else tag.partition("-")[0]
        if weight > best_weight and primary in _ALL:
            best, best_weight = DisplayLanguage(primary), weight
    return best


def _weight(parameters: list[str]) -> float:
    written = next((one[2:] for one in parameters if one.startswith("q=")), "1")
    try:
        return float(written)
    except ValueError:
        return 0.0
