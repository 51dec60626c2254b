"""What people write in parameters, to ids: countries, organisations, offices, occasions, by id or name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from app.errors import InvalidParameterError, Issue
from app.knowledge.lookup import Knowledge
from app.routers.near import near, one_by_one, parts_of
from app.store.fold import fold

_FEW = 100
"""How many ids are listed at most."""


@dataclass(frozen=True, slots=True)
class Known:
    """Things that can be asked for by id or by a name in any language."""

    noun: str
    ids: Mapping[str, str] = field(repr=False)
    """Folded names and ids, each with the id that is meant."""

    def id(self, written: str) -> str | None:
        """The id of what is written; None for nothing that is known."""
        return self.ids.get(fold(written))

    def issue(self, written: str, parameter: str) -> Issue:
        """What to say of something unknown: the nearest."""
        like = list(dict.fromkeys(self.ids[form] for form in near(fold(written), self.ids, 8)))[:3]
        hint = f"Did you mean {' or '.join(map(repr, like))}?" if like else self._all()
        return Issue(f"No {self.noun} is known as {written!r}.", parameter=parameter, hint=hint)

    def _all(self) -> str:
        """What there is, where that is not much."""
        ids = sorted(set(self.ids.values()))
        return f"One of: {', '.join(ids)}." if len(ids) < _FEW else f"Write its id or a name of the {self.noun}."


@dataclass(frozen=True, slots=True)
class Parties:
    """Countries, and organisations where no country is meant."""

    countries: Ids
    bodies: Known

    def id(self, written: str) -> str | None:
        """Code of a country or id of an organisation; None for nothing that is known."""
        return self.countries.id(written) or self.bodies.id(written)

    def issue(self, written: str, parameter: str) -> Issue:
        """What to say of something unknown: the nearest country or organisation."""
        detail = f"No country or organisation is known as {written!r}."
        hint = self.countries.issue(written, parameter).hint or ""
        if not hint.startswith("Did"):
            hint = self.bodies.issue(written, parameter).hint or hint
        if not hint.startswith("Did"):
            hint = "Write an ISO 3166-1 code, the id of an organisation, or a name in English, Vietnamese or Chinese."
        return Issue(detail, parameter=parameter, hint=hint)


def _known(noun: str, rows: Iterable[tuple[str, Iterable[str]]]) -> Known:
    ids: dict[str, str] = {}
    listed = [(id_, list(names)) for id_, names in rows]
    for id_, _ in listed:
        ids[fold(id_)] = id_
    for id_, names in listed:
        for name in names:
            ids.setdefault(fold(name), id_)
    return Known(noun, ids)


def _forms(name: str, names: Mapping[str, Iterable[str]]) -> Iterable[str]:
    yield name
    for forms in names.values():
        yield from forms


@lru_cache(maxsize=4)
def organizations_of(knowledge: Knowledge) -> Known:
    """Organisations by id or name."""
    return _known("organisation", ((one.id, _forms(one.name, one.names)) for one in knowledge.organizations))


class Ids(Protocol):
    """What knows ids."""

    def id(self, written: str) -> str | None:
        """The id of what is written; None for nothing that is known."""

    def issue(self, written: str, parameter: str) -> Issue:
        """What to say of something unknown."""


@lru_cache(maxsize=4)
def actors_of(knowledge: Knowledge) -> Known:
    """People, bodies and countries by id or full name."""
    people = ((one.id, _forms(one.name, one.names)) for one in knowledge.people)
    bodies = ((one.id, _forms(one.name, one.names)) for one in knowledge.organizations)
    countries = ((one.id.lower(), _forms(one.name, one.names)) for one in knowledge.countries)
    return _known("actor", (*people, *bodies, *countries))


@lru_cache(maxsize=4)
def offices_of(knowledge: Knowledge) -> Known:
    """Kinds of office by id or English title."""
    return _known("office", ((one.id, (one.title,)) for one in knowledge.offices))


@lru_cache(maxsize=4)
def occasions_of(knowledge: Knowledge) -> Known:
    """Series and their editions by id or name."""
    series = ((one.id, _forms("", one.names)) for one in knowledge.occasions)
    editions = (
        (edition.id, _forms(edition.name, edition.edition.names))
        for found in knowledge.editions.values()
        for edition in found
    )
    return _known("occasion", (*series, *editions))


@lru_cache(maxsize=4)
def series_of(knowledge: Knowledge) -> Known:
    """Series of summits and conferences by id or name."""
    return _known("series", ((one.id, _forms(one.id, one.names)) for one in knowledge.occasions))


@lru_cache(maxsize=4)
def organization_kinds_of(knowledge: Knowledge) -> Known:
    """Kinds of organisation."""
    return _known("kind", ((one.kind, ()) for one in knowledge.organizations))


@lru_cache(maxsize=4)
def place_kinds_of(knowledge: Knowledge) -> Known:
    """Kinds of place."""
    return _known("kind", ((one.kind, ()) for one in knowledge.places))


@lru_cache(maxsize=4)
def places_of(knowledge: Knowledge) -> Known:
    """Places by id or name."""
    return _known("place", ((one.id, _forms(one.name, one.names)) for one in knowledge.places))


def tried(given: list[str], parameter: str, known: Ids) -> tuple[tuple[str, ...], list[Issue]]:
    """The ids of what is written, and what is wrong with the rest."""
    found = {written: known.id(written) for written in given}
    wrong = [_wrong(written, parameter, known) for written, id_ in found.items() if id_ is None]
    return tuple(dict.fromkeys(id_ for id_ in found.values() if id_)), wrong


def _wrong(written: str, parameter: str, known: Ids) -> Issue:
    issue = known.issue(written, parameter)
    several = one_by_one(parameter, written, [known.id(part) for part in parts_of(written)])
    return replace(issue, hint=several) if several else issue


def ids(given: list[str], parameter: str, known: Ids) -> tuple[str, ...]:
    """The ids of what is written. Raises InvalidParameterError that names the nearest."""
    found, wrong = tried(given, parameter, known)
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), tuple(wrong))
    return found
