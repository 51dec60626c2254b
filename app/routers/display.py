"""In which language names and titles are shown: by `lang`, else by the header `Accept-Language`, else English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, singledispatch
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs

import orjson
from fastapi import Depends, Query, Request
from pydantic import BaseModel, ConfigDict
from starlette.types import Scope

from app.display import events
from app.display.language import DisplayLanguage, accepted
from app.display.names import Namer, namer
from app.knowledge.lookup import Knowledge
from app.records import Record

R = TypeVar("R", bound=Record)

_LANG = b"lang="
_RENDERED = 2048
"""Events whose JSON in a language is remembered: some kilobytes each."""


class Shown(BaseModel):
    """How to show a record."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    lang: DisplayLanguage | None = None
    """Language of names and titles, where they are known in it; else the header `Accept-Language` says it, else they
    are in English. Ids, evidence and the words of articles stay as they are."""


@singledispatch
def named(record: Any, of: Namer) -> Any:
    """A record with its name in another language. Those with more names than one say so where they are made."""
    names = getattr(record, "names", None)
    name = of.usual(names) if isinstance(names, Mapping) else None
    return record.model_copy(update={"name": name}) if name else record


@dataclass(frozen=True, slots=True, eq=False)
class Display:
    """How records are shown to a client."""

    language: DisplayLanguage
    namer: Namer | None
    """None for English, in which they are kept."""

    def event(self, served: bytes) -> bytes:
        """The JSON of an event."""
        return served if self.namer is None else _rendered(served, self)

    def fields(self, event: dict[str, Any]) -> dict[str, Any]:
        """A parsed event."""
        return event if self.namer is None else events.shown(event, self.namer)

    def record(self, record: R) -> R:
        """A record with a name."""
        if self.namer is None:
            return record
        found: R = named(record, self.namer)
        return found

    def country(self, code: str, name: str) -> str:
        """The name of a country; `name` is the English one."""
        return (self.namer.country(code) if self.namer else None) or name

    @property
    def headers(self) -> dict[str, str]:
        """What an answer says of it."""
        return {"content-language": self.language.value}


@lru_cache(_RENDERED)
def _rendered(served: bytes, display: Display) -> bytes:
    """The same events are asked for again and again, and what they are in a language hangs on nothing else."""
    return orjson.dumps(display.fields(orjson.loads(served)))


ENGLISH = Display(DisplayLanguage.en, None)


def language_of(scope: Scope) -> DisplayLanguage:
    """The language that a request asks for; what `lang` may not be is left to whoever reads the parameters."""
    query: bytes = scope.get("query_string", b"")
    if _LANG in query and (given := parse_qs(query.decode("latin-1")).get("lang")):
        return DisplayLanguage(given[0]) if given[0] in _ALL else DisplayLanguage.en
    for name, value in scope["headers"]:
        if name == b"accept-language":
            return accepted(value.decode("latin-1"))
    return DisplayLanguage.en


_ALL = frozenset(one.value for one in DisplayLanguage)


@lru_cache(maxsize=8)
def display(language: DisplayLanguage, knowledge: Knowledge) -> Display:
    """How records are shown in a language."""
    return ENGLISH if language is DisplayLanguage.en else Display(language, namer(language, knowledge))


def _display(request: Request) -> Display:
    language = language_of(request.scope)
    return ENGLISH if language is DisplayLanguage.en else display(language, request.app.state.knowledge)


def _shown(_: Annotated[Shown, Query()]) -> None:
    """For operations that take nothing but how to show what they give."""


DisplayDep = Annotated[Display, Depends(_display)]
in_language = Depends(_shown)
