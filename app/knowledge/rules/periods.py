"""Days are in the calendar, terms and journeys do not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from app.knowledge.lookup import FAR, first_day, last_day
from app.knowledge.models import Chair, Fact, Numbering, Period, Person, Relation, Series, Term, Travels
from app.knowledge.rules.facts import Entry, Facts, Problem

EXCLUSIVE = frozenset({"president", "prime-minister", "king", "queen", "emperor", "pope"})
"""Offices that one person holds at a time in one country."""

SHARED: dict[tuple[str, str], str] = {
    ("president", "BA"): "a presidency of three members",
    ("prime-minister", "KH"): "a First and a Second Prime Minister, 1993 to 1998",
    ("president", "LY"): "rival governments since 2014",
    ("prime-minister", "LY"): "rival governments since 2014",
    ("president", "RU"): "the Soviet Union and its Russian republic had one each in 1991",
    ("president", "VE"): "two claimants recognised by different states, 2019 to 2023",
    ("president", "YE"): "rival governments since 2015",
    ("prime-minister", "YE"): "rival governments since 2015",
}
"""Where an exclusive office had two holders all the same: (office, country) and why."""

HANDOVER_DAYS = 31
"""Terms of an exclusive office may overlap so long: sources date appointment, oath and handover differently."""

ACTING = ("acting", "caretaker", "interim")
"""A title that begins so is held beside the suspended holder's."""


def _periods(fact: Fact) -> Iterator[tuple[str, str, str | None]]:
    match fact:
        case Person():
            yield from ((f"term {t.office}", t.start, t.end) for t in fact.terms)
        case Series():
            yield from ((f"edition {e.number or e.year}", e.start, e.end) for e in fact.editions)
        case Relation():
            yield from ((f"step {s.level}", s.date, s.date) for s in fact.steps)
        case Period():
            yield "height", fact.start, fact.height
        case Chair():
            yield from ((f"turn of {t.country}", t.start, t.end) for t in fact.turns)
        case Travels():
            yield from ((f"stop in {s.to}", s.start, s.end or s.start) for s in fact.stops)


def _days(start: str, end: str | None) -> tuple[date, date] | None:
    """First and last day of a period; None where the calendar has no such day."""
    try:
        last_day(start)  # 2021-02-30 has a last day as little as it has a first
        return first_day(start), last_day(end)
    except ValueError:
        return None


def dates(facts: Facts) -> Iterator[Problem]:
    """Days are in the calendar, and nothing ends before it starts."""
    for entry in facts.entries:
        for what, start, end in _periods(entry.fact) if entry.fact else ():
            days = _days(start, end)
            if days is None:
                yield entry.problem(f"{what}: {start} to {end or '…'} is not in the calendar")
            elif days[0] > days[1]:
                yield entry.problem(f"{what}: ends {end} before it starts {start}")
    for entry, series in facts.of(Series):
        for edition in series.editions:
            if not edition.start.startswith(str(edition.year)):
                yield entry.problem(f"edition of {edition.year} starts {edition.start}", warning=True)


def _overlap(one: Term, other: Term) -> int:
    """Days that two terms certainly share: an open month or year of a date is taken for the shortest overlap."""
    if _days(one.start, one.end) is None or _days(other.start, other.end) is None:
        return 0
    ends = [first_day(term.end) if term.end else FAR for term in (one, other)]
    return (min(ends) - max(last_day(one.start), last_day(other.start))).days


def _post(term: Term) -> tuple[str | None, ...]:
    return term.office, term.country, term.organization, term.to, term.title


def overlaps(facts: Facts) -> Iterator[Problem]:
    """An exclusive office has one holder at a time, and nobody holds one office twice at once."""
    held: dict[tuple[str, str], list[tuple[Entry, Term]]] = {}
    for entry, person in facts.of(Person):
        for one, other in combinations(person.terms, 2):
            if _post(one) == _post(other) and _overlap(one, other) > HANDOVER_DAYS:
                yield entry.problem(f"two terms as {one.office} overlap, from {one.start} and from {other.start}")
        for term in person.terms:
            acting = (term.title or "").lower().startswith(ACTING)
            if term.office in EXCLUSIVE and term.country and not acting:
                held.setdefault((term.office, term.country), []).append((entry, term))
    for (office, country), terms in held.items():
        for (entry, one), (rival, other) in combinations(terms, 2) if (office, country) not in SHARED else ():
            if entry is not rival and (days := _overlap(one, other)) > HANDOVER_DAYS:
                yield entry.problem(
                    f"{office} of {country} from {one.start} and {rival.id} from {other.start} overlap by {days} days"
                )


def numberings(facts: Facts) -> Iterator[Problem]:
    """The points of a numbering are in order: numbers and days both rise, and there are two to draw a line through."""
    for entry, numbering in facts.of(Numbering):
        if len(numbering.points) < 2:
            yield entry.problem("needs two points")
        for one, other in pairwise(numbering.points):
            if (
                one.number >= other.number
                or _days(one.day, other.day) is None
                or last_day(one.day) >= first_day(other.day)
            ):
                yield entry.problem(f"{other.number} of {other.day} does not come after {one.number} of {one.day}")
        if not all("{n}" in path for path in numbering.paths):
            yield entry.problem("a path has no {n}")


def in_office(facts: Facts) -> Iterator[Problem]:
    """A journey falls into the career of its traveller, and nobody is in a country twice at once."""
    careers = {entry.id: [t for t in person.terms if _days(t.start, t.end)] for entry, person in facts.of(Person)}
    for entry, travels in facts.of(Travels):
        for stop in travels.stops:
            day = first_day(stop.start)
            if not any(first_day(t.start) <= day <= last_day(t.end) for t in careers.get(travels.id, ())):
                yield entry.problem(f"stop in {stop.to} on {stop.start}: held no office then")
        for one, other in pairwise(travels.stops):
            if first_day(one.start) > first_day(other.start):
                yield entry.problem(f"stop in {other.to} on {other.start} stands after that of {one.start}")
