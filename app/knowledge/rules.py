"""What must hold in the knowledge base: each rule is a function from all the facts to what is wrong with them.

A problem fails the check (`app.knowledge.check`); a warning is shown and does not, because a rare character or a
repeated form may be right.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise
from typing import Any

from app.knowledge.load import TABLES
from app.knowledge.lookup import FAR, first_day, last_day
from app.knowledge.models import (
    Chair,
    Country,
    Fact,
    Numbering,
    Organization,
    Period,
    Person,
    Place,
    Relation,
    Series,
    Term,
    Travels,
)

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

_RARE = frozenset(
    "伋伕佺倣偭偯偺勗吋呎啗堉塭塽墦奭妳姅姪屘崁帟彊徬惇慇抆揹昤晅晞晍暱暸杗枓栘梂梡棻楛榣橾櫂汍沍沘沬泜洸浥涊湣湩湲潟澠澴濬炤焜煆煖煜燄燸玆玥玨珪珮"
    "琍琯瑯璘璟瓖甦痲瘉砠砲硿祇祐箄篛籐糢耑芣蔆裯詨豭跦踡踫迺郃釆釭隄霤鶸"
)
"""Common in Big5 and absent from GB 2312, yet no traditional forms of anything: names use them (璟, 玥, 新潟)."""


@dataclass(frozen=True)
class Problem:
    """Something wrong, where it is, and whether it only deserves a look."""

    file: str
    record: str
    message: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{'warning: ' if self.warning else ''}{self.file}: {self.record}: {self.message}"


@dataclass(frozen=True)
class Entry:
    """A record with the file that holds it; `fact` is None where it is not valid."""

    table: str
    file: str
    id: str
    row: dict[str, Any]
    fact: Fact | None

    def problem(self, message: str, *, warning: bool = False) -> Problem:
        """A problem of this record."""
        return Problem(self.file, self.id, message, warning)


@dataclass(frozen=True)
class Facts:
    """All records, and the ids that others may point to."""

    entries: tuple[Entry, ...]

    def of(self, model: type[Fact]) -> Iterator[tuple[Entry, Any]]:
        """The valid records of a kind, with their entries."""
        return ((entry, entry.fact) for entry in self.entries if isinstance(entry.fact, model))

    @cached_property
    def ids(self) -> dict[str, frozenset[str]]:
        """Ids by table."""
        return {name: frozenset(e.id for e in self.entries if e.table == name) for name in TABLES}


Rule = Callable[[Facts], Iterator[Problem]]


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside a record, keys too, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield path, key
            yield from _strings(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, path)


def traditional(text: str) -> str:
    """The characters that only traditional text uses: common in Big5, absent from GB 2312."""

    def only(char: str) -> bool:
        if char in "後於徵":  # GB 2312 has them for classical texts
            return True
        try:
            return char not in _RARE and 0xA4 <= char.encode("big5")[0] <= 0xC6 and not char.encode("gb2312")
        except UnicodeEncodeError as error:
            return error.encoding == "gb2312"

    return "".join(char for char in text if not char.isascii() and only(char))


def well_written(facts: Facts) -> Iterator[Problem]:
    """Text is NFC, without blanks around it and without invisible characters."""
    for entry in facts.entries:
        for path, text in _strings(entry.row):
            if not unicodedata.is_normalized("NFC", text):
                yield entry.problem(f"{path}: {text!r} is not NFC")
            if text != text.strip() or not text:
                yield entry.problem(f"{path}: {text!r} is empty or has blanks around it")
            if any(unicodedata.category(char) in {"Cc", "Cf"} for char in text):
                yield entry.problem(f"{path}: {text!r} holds an invisible character")


def names(facts: Facts) -> Iterator[Problem]:
    """Languages are BCP 47 tags, no list is empty or repeats a form, Chinese is simplified."""
    for entry in facts.entries:
        for field in ("names", "short", "adjectives", "metonyms", "numbered_names"):
            value = entry.row.get(field)
            for language, listed in value.items() if isinstance(value, dict) else ():
                where = f"{field}.{language}"
                if not (isinstance(language, str) and language.isascii() and language.islower()):
                    yield entry.problem(f"{where}: {language!r} is no language tag")
                if not listed:
                    yield entry.problem(f"{where}: no name in it")
                for form, times in Counter(map(str, listed or ())).items():
                    if times > 1:
                        yield entry.problem(f"{where}: {form!r} stands {times} times", warning=True)
                    if language == "zh" and (odd := traditional(form)):
                        yield entry.problem(f"{where}: {form!r} has traditional {odd!r}", warning=True)


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


RULES: tuple[Rule, ...] = (well_written, names, unique_ids, references, dates, overlaps, numberings, in_office)
