"""Questions to the knowledge base: names to ids, and who held which office when."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any

from app.knowledge.models import (
    Chair,
    Country,
    Edition,
    Names,
    Numbering,
    Office,
    Organization,
    Period,
    Person,
    Place,
    Relation,
    Series,
    Term,
    Travels,
)

FAR = date(9999, 12, 31)
_FULL = len("2021-04-05")


def first_day(partial: str) -> date:
    """The first day of a partial ISO date: 2021 -> 2021-01-01."""
    return date.fromisoformat(partial + "-01" * (2 - partial.count("-")))


def last_day(partial: str | None) -> date:
    """The last day of a partial ISO date: 2021-02 -> 2021-02-28; the far future for None."""
    if partial is None:
        return FAR
    if len(partial) == _FULL:
        return date.fromisoformat(partial)
    parts = [int(p) for p in partial.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


@dataclass(frozen=True, slots=True)
class Tenure:
    """A term with its holder and its days."""

    person: Person
    term: Term
    start: date
    end: date

    def covers(self, day: date) -> bool:
        """Whether the office was held on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay abroad of a person, with its days."""

    country: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class EditionOf:
    """An edition with its series, id, English name and days."""

    series: Series
    edition: Edition
    id: str
    name: str
    start: date
    end: date


def ordinal(number: int) -> str:
    """1 -> 1st, 12 -> 12th, 23 -> 23rd."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def fill(template: str, edition: Edition) -> str:
    """A name template with the edition's number, ordinal and year."""
    number = edition.number if edition.number is not None else edition.year
    return (
        template.replace("{n}", str(number)).replace("{ordinal}", ordinal(number)).replace("{year}", str(edition.year))
    )


def _edition_of(series: Series, edition: Edition) -> EditionOf:
    mark = edition.number if series.numbered else edition.year
    name = fill(series.name, edition)
    return EditionOf(series, edition, f"{series.id}-{mark}", name, first_day(edition.start), last_day(edition.end))


class _Tenures(Mapping[str, tuple[Tenure, ...]]):
    """The terms of all people, each person's put in order when they are first asked for: an article asks for few."""

    def __init__(self, people: Mapping[str, Person]) -> None:
        self._people = people
        self._ordered: dict[str, tuple[Tenure, ...]] = {}

    def __getitem__(self, person: str) -> tuple[Tenure, ...]:
        found = self._ordered.get(person)
        if found is None:
            one = self._people[person]
            terms = [Tenure(one, term, first_day(term.start), last_day(term.end)) for term in one.terms]
            found = self._ordered[person] = tuple(sorted(terms, key=attrgetter("start")))
        return found

    def get(self, person: str, default: Any = ()) -> Any:
        """The same as of any mapping, without an error on the way: many people are in no list."""
        return self[person] if person in self._people else default

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


@dataclass(frozen=True)
class Knowledge:
    """All records, with the indexes that answer questions about them. Immutable; build once, share."""

    countries: tuple[Country, ...] = field(repr=False)
    offices: tuple[Office, ...] = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    organizations: tuple[Organization, ...] = field(repr=False)
    occasions: tuple[Series, ...] = field(repr=False)
    places: tuple[Place, ...] = field(repr=False)
    relations: tuple[Relation, ...] = field(repr=False)
    numberings: tuple[Numbering, ...] = field(default=(), repr=False)
    travels: tuple[Travels, ...] = field(default=(), repr=False)
    periods: tuple[Period, ...] = field(default=(), repr=False)
    chairs: tuple[Chair, ...] = field(default=(), repr=False)
    fingerprint: str = ""
    """Of the files that the records were read from; empty where they come from elsewhere."""

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def country(self) -> dict[str, Country]:
        """Countries by alpha-2 code."""
        return {c.id: c for c in self.countries}

    @cached_property
    def office(self) -> dict[str, Office]:
        """Offices by id."""
        return {o.id: o for o in self.offices}

    @cached_property
    def person(self) -> dict[str, Person]:
        """People by id."""
        return {p.id: p for p in self.people}

    @cached_property
    def organization(self) -> dict[str, Organization]:
        """Organisations by id."""
        return {o.id: o for o in self.organizations}

    @cached_property
    def place(self) -> dict[str, Place]:
        """Places by id."""
        return {p.id: p for p in self.places}

    @cached_property
    def series(self) -> dict[str, Series]:
        """Series of summits and conferences by id."""
        return {s.id: s for s in self.occasions}

    @cached_property
    def editions(self) -> dict[str, tuple[EditionOf, ...]]:
        """Editions of a series by its id, in order of date."""
        return {
            s.id: tuple(sorted((_edition_of(s, e) for e in s.editions), key=lambda e: e.start)) for s in self.occasions
        }

    @cached_property
    def tenures(self) -> Mapping[str, tuple[Tenure, ...]]:
        """Terms of a person, by person id, in order of date."""
        return _Tenures(self.person)

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], tuple[Tenure, ...]]:
        index: dict[tuple[str, str], list[Tenure]] = {}
        for tenures in self.tenures.values():
            for tenure in tenures:
                body = tenure.term.organization or tenure.term.country or ""
                index.setdefault((tenure.term.office, body), []).append(tenure)
        return {key: tuple(sorted(found, key=lambda t: t.start)) for key, found in index.items()}

    def holders(self, office: str, body: str, day: date | None = None) -> tuple[Tenure, ...]:
        """Who held an office of a country (ISO code) or organisation (id), on a day or ever, by start."""
        found = self._by_office.get((office, body), ())
        return found if day is None else tuple(t for t in found if t.covers(day))

    @cached_property
    def stays(self) -> dict[str, tuple[Stay, ...]]:
        """Stays abroad of a person, by person id, in order of date."""
        return {
            t.id: tuple(Stay(s.to, first_day(s.start), last_day(s.end or s.start)) for s in t.stops)
            for t in self.travels
        }

    def steps(self, one: str, other: str) -> dict[str, date]:
        """Level of relation -> the day it was reached, between two parties in either order."""
        return self._relations.get(frozenset((one, other)), {})

    @cached_property
    def _relations(self) -> dict[frozenset[str], dict[str, date]]:
        return {frozenset(r.parties): {s.level: first_day(s.date) for s in r.steps} for r in self.relations}


def forms(names: Names, language: str) -> Iterator[str]:
    """All forms that a text in a language may use: its own, and the Latin ones which every language borrows."""
    yield from names.get(language, ())
    if language != "en":
        yield from names.get("en", ())


def full_forms(person: Person, language: str) -> Iterable[str]:
    """Full names of a person that a text in a language may use."""
    yield person.name
    yield from forms(person.names, language)
