"""Lists that are in memory: found by name in any language, filtered, sorted, and paged like those of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Request
from fastapi.responses import Response
from pydantic import Field

from app.errors import Issue, NotFoundError
from app.knowledge.lookup import Knowledge
from app.records import Record
from app.routers import lists, selection
from app.routers.country_names import CountryNames
from app.routers.deps import BaseUrlDep, CountriesDep, KnowledgeDep, StoreDep
from app.routers.display import ENGLISH, Display, DisplayDep
from app.routers.near import near
from app.routers.texts import Words
from app.store import cursor
from app.store.engine import Store
from app.store.fold import fold, phrases

T = TypeVar("T", bound=Record)


class NameOrder(StrEnum):
    """Orders of a list of names."""

    relevance = "relevance"
    name = "name"
    name_down = "-name"
    id = "id"
    id_down = "-id"


class Named(lists.Paged):
    """What lists of names take."""

    q: Annotated[Words | None, Field(examples=["viet nam"])] = None
    """Beginning of words of its name in any language, with or without diacritics, or its id."""
    sort: NameOrder = NameOrder.relevance
    """Order; a minus turns it round. `relevance` puts the name that was asked for first, then goes by name."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A record and what it is found by."""

    id: str
    name: str
    record: T
    forms: tuple[str, ...]
    """Its names, folded, each after a space: what a word begins with is found after one."""


def entry(id_: str, name: str, record: T, names: Iterable[str]) -> Entry[T]:
    """A record that is found by its id and these names."""
    forms = dict.fromkeys(f" {folded}" for one in (name, *names, id_) if (folded := fold(one)))
    return Entry(id_, name, record, tuple(forms))


def all_names(names: Mapping[str, Iterable[str]]) -> Iterable[str]:
    """Names of all languages."""
    return (form for forms in names.values() for form in forms)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request for records in memory: what it is answered from, and how."""

    request: Request
    knowledge: Knowledge
    countries: CountryNames
    store: Store
    base: str
    display: Display

    def one(self, record: Record) -> Response:
        """A record as the answer."""
        return one(record, self.base, self.display)


def _asking(
    request: Request,
    knowledge: KnowledgeDep,
    countries: CountriesDep,
    store: StoreDep,
    base: BaseUrlDep,
    display: DisplayDep,
) -> Asking:
    return Asking(request, knowledge, countries, store, base, display)


AskingDep = Annotated[Asking, Depends(_asking)]


class Catalogue(Generic[T]):
    """All records of a noun."""

    def __init__(self, entries: Iterable[Entry[T]], noun: str) -> None:
        self._entries = tuple(entries)
        self._noun = noun
        self._by_id = {one.id: one for one in self._entries}

    def find(self, id_: str) -> T | None:
        """The record with an id, if there is one."""
        found = self._by_id.get(id_)
        return found.record if found else None

    def get(self, id_: str) -> T:
        """The record with an id. Raises NotFoundError that names the nearest."""
        if (found := self._by_id.get(id_)) is not None:
            return found.record
        like = near(id_, self._by_id)
        detail = f"There is no {self._noun} {id_!r}."
        hint = f"Did you mean {like[0]!r}?" if like else "Look for its name: the list takes it as `q`."
        raise NotFoundError(detail, (Issue(detail, hint=hint),))

    def page(self, asking: Asking, asked: Named, keep: Callable[[T], bool]) -> Response:
        """The page of the records to keep, with their addresses under the server's own."""
        record_type = type(self._entries[0].record) if self._entries else Record
        chosen = selection.chosen(asked.fields, record_type)
        ranked = sorted(self._ranked(asked, keep), key=lambda pair: pair[0], reverse=asked.sort.startswith("-"))
        of = cursor.digest(_kept(asked) | {"noun": self._noun})
        if asked.cursor is not None:
            after = tuple(cursor.decode(asked.cursor, of, asking.store.secret))
            behind = asked.sort.startswith("-")
            rest = [pair for pair in ranked if (pair[0] < after if behind else pair[0] > after)]
        else:
            rest = ranked
        shown = rest[: asked.limit]
        following = cursor.encode(shown[-1][0], of, asking.store.secret) if len(rest) > asked.limit else None
        counted = lists.Counted(len(ranked), True) if asked.count else None
        records = [rendered(asking.display.record(one.record), asking.base) for _, one in shown]
        found = lists.Found(records, following, counted, language=asking.display.language)
        return lists.answer(asking.request, asking.base, found, chosen)

    def _ranked(self, asked: Named, keep: Callable[[T], bool]) -> Iterable[tuple[tuple[Any, ...], Entry[T]]]:
        wanted = [f" {phrase}" for phrase in phrases(asked.q)] if asked.q else []
        whole = f" {fold(asked.q)}" if asked.q else ""
        for one in self._entries:
            if all(any(word in form for form in one.forms) for word in wanted) and keep(one.record):
                yield _place(asked.sort, one, whole), one


def _place(order: NameOrder, one: Entry[Any], whole: str) -> tuple[Any, ...]:
    if order in (NameOrder.id, NameOrder.id_down):
        return (one.id,)
    if order in (NameOrder.name, NameOrder.name_down) or not whole:
        return (fold(one.name), one.id)
    rank = 0 if whole in one.forms else 1 if any(form.startswith(whole) for form in one.forms) else 2
    return (rank, fold(one.name), one.id)


def _kept(asked: Named) -> dict[str, Any]:
    """What makes a list this list: all but its page."""
    values = asked.model_dump(exclude={"cursor", "limit", "count", "fields", "lang"}).items()
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values}


ADDRESS = "{base}"
"""Stands in the addresses of records in memory for the start of the server's own."""


def rendered(record: Record, base: str) -> bytes:
    """The JSON of a record with its addresses under `base`."""
    return record.model_dump_json().replace(f'"{ADDRESS}', f'"{base}').encode()


def one(record: Record, base: str, display: Display = ENGLISH) -> Response:
    """A record as an answer."""
    return Response(rendered(display.record(record), base), media_type=lists.JSON, headers=display.headers)
