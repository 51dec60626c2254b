"""Ids are unique, and what is pointed to exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.knowledge.models import Chair, Country, Fact, Organization, Person, Place, Relation, Series, Travels
from app.knowledge.rules.facts import Entry, Facts, Problem


def unique_ids(facts: Facts) -> Iterator[Problem]:
    """An id stands once over all files of its table; people and organisations, the actors, share one set of ids."""
    spaces: dict[str, dict[str, Entry]] = {}
    for entry in facts.entries:
        if entry.table == "relations":
            continue
        space = spaces.setdefault("actors" if entry.table in {"people", "organizations"} else entry.table, {})
        if (first := space.setdefault(entry.id, entry)) is not entry:
            yield entry.problem(f"the id is already in {first.file}")
    for entry, series in facts.of(Series):
        marks = Counter(e.number if series.numbered else e.year for e in series.editions)
        for mark, times in marks.items():
            if mark is None:
                yield entry.problem("an edition of a numbered series has no number")
            elif times > 1:
                yield entry.problem(f"edition {series.id}-{mark} stands {times} times")


def _targets(fact: Fact) -> Iterator[tuple[str, str, str | None]]:
    """What a record points to: the field, the tables that may hold it (a|b), the id."""
    match fact:
        case Country():
            yield "capital", "places", fact.capital
        case Person():
            yield "country", "countries", fact.country
            for term in fact.terms:
                yield "terms.office", "offices", term.office
                yield "terms.country", "countries", term.country
                yield "terms.organization", "organizations", term.organization
                yield "terms.to", "countries|organizations", term.to
        case Organization():
            yield "country", "countries", fact.country
            yield from (("members", "countries", member) for member in fact.members)
        case Series():
            yield "organization", "organizations", fact.organization
            for edition in fact.editions:
                yield "editions.place", "places", edition.place
                yield "editions.country", "countries", edition.country
        case Place():
            yield "city", "places", fact.city
            yield "country", "countries", fact.country
        case Relation():
            for party in fact.parties:
                yield "parties", "countries|organizations", party
        case Chair():
            yield "organization", "organizations", fact.organization
            yield from (("turns.country", "countries", turn.country) for turn in fact.turns)
        case Travels():
            yield "id", "people", fact.id
            yield from (("stops.to", "countries", stop.to) for stop in fact.stops)


def references(facts: Facts) -> Iterator[Problem]:
    """Every id that is pointed to exists."""
    for entry in facts.entries:
        for field, tables, target in _targets(entry.fact) if entry.fact else ():
            if target is not None and not any(target in facts.ids[table] for table in tables.split("|")):
                yield entry.problem(f"{field}: there is no {target!r} in {tables.replace('|', ' or ')}")
