"""Compares the terms of office with an independent list: what agrees, what differs, who is missing where."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from app.errors import SourceError
from app.knowledge.lookup import FAR, Knowledge, Tenure, first_day, last_day
from app.knowledge.matching import LEADER, Matcher, names_of, same_name, surname
from app.knowledge.models import Person

COLUMNS = ("country", "office", "name", "start", "end")
_MERGED_GAP = 31
"""Terms of one holder that follow each other so closely are one: lists split them at elections, or do not."""

IDENTITY, SEEN = "wikidata", "seen"
"""Optional columns: the Wikidata id of the holder, which counts more than the name where both sides know one; and the
day the row was looked up, for lists whose parts were made at different times."""


class Outcome(StrEnum):
    """What came of one term."""

    agrees = "agrees"
    differs = "differs"
    missing_here = "missing here"
    missing_there = "missing there"
    not_understood = "not understood"


@dataclass(frozen=True)
class Listed:
    """One term of the list, its line first; an empty end means that the list knows of none."""

    line: int
    country: str
    office: str
    name: str
    start: str
    end: str | None
    wikidata: str | None = None
    seen: str | None = None


@dataclass(frozen=True)
class Finding:
    """What came of one term: days by which its ends lie apart, and what both sides say."""

    outcome: Outcome
    country: str
    office: str
    name: str
    days: int = 0
    theirs: str = ""
    ours: str = ""
    detail: str = ""

    def row(self) -> dict[str, object]:
        """The finding as a JSON object."""
        return asdict(self)


@dataclass(frozen=True)
class _Span:
    """Terms of one holder that follow each other, as one: its partial dates."""

    name: str
    start: str
    end: str | None

    def __str__(self) -> str:
        return f"{self.start} to {self.end or '…'}"


def read_list(path: Path) -> list[Listed]:
    """The terms of a CSV file with the columns country, office, name, start, end; wikidata and seen where it has them.

    Other columns are ignored.
    Raises SourceError, naming the line, for a file that is no such list.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            lacking = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if lacking:
                raise SourceError(f"{path}: no column {', '.join(lacking)}")
            return [_listed(row, reader.line_num, path) for row in reader if any(row.values())]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _listed(row: Mapping[str, str | None], line: int, path: Path) -> Listed:
    country, office, name, start, end = ((row[column] or "").strip() for column in COLUMNS)
    item, seen = ((row.get(column) or "").strip() or None for column in (IDENTITY, SEEN))
    try:
        for partial in filter(None, (start, end, seen)):
            first_day(partial)
            last_day(partial)
    except (ValueError, IndexError) as error:
        raise SourceError(f"{path}: line {line}: {start!r} to {end!r} are no ISO dates") from error
    if not start:
        raise SourceError(f"{path}: line {line}: no start")
    return Listed(line, country, office, name, start, end or None, item, seen)


def compare(listed: Sequence[Listed], knowledge: Knowledge, *, days: int = 31) -> list[Finding]:
    """What came of every term of the list, and of our terms in the offices and years that it covers.

    Ends that lie at most `days` apart agree. A list is taken to have been made on the latest day it holds, or that its
    rows were seen: a term without an end agrees with any that ends after that day, and what began later is not
    expected in it.
    """
    matcher = Matcher(knowledge)
    groups: dict[tuple[str, frozenset[str]], list[Listed]] = {}
    findings: list[Finding] = []
    for one in listed:
        country = matcher.country(one.country)
        offices = matcher.offices(one.office, country) if country else frozenset()
        if country and offices:
            groups.setdefault((country, offices), []).append(one)
        else:
            what = f"office {one.office!r}" if country else f"country {one.country!r}"
            why = f"line {one.line}: {what} is not known"
            findings.append(Finding(Outcome.not_understood, one.country, one.office, one.name, detail=why))
    latest = _latest(listed, ("start", "end"))
    for (country, offices), rows in groups.items():
        tenures = [t for office in sorted(offices) for t in knowledge.holders(office, country)]
        findings += _group(country, rows, tenures, _latest(rows, ("seen",), latest), days)
    return findings


def _latest(rows: Iterable[Listed], fields: Iterable[str], default: date = FAR) -> date:
    """The latest day in some fields of the rows."""
    return max((last_day(p) for row in rows for name in fields if (p := getattr(row, name))), default=default)


def _group(country: str, rows: list[Listed], tenures: list[Tenure], made: date, days: int) -> Iterator[Finding]:
    """The findings about one office of one country."""
    office = rows[0].office
    holders = {t.person.id: t.person for t in tenures}
    ours = {i: _spans([t for t in tenures if t.person.id == i], office) for i in holders}
    for (name, item), held in _by_holder(rows).items():
        who = [i for i, person in holders.items() if _is(person, name, item)]
        for span in _merged(_Span(name, row.start, row.end) for row in held):
            candidates = [(i, own) for i in who for own in ours[i] if _touch(own, span, days)]
            if not candidates:
                yield Finding(Outcome.missing_here, country, office, name, theirs=str(span))
                continue
            person, own = min(candidates, key=lambda c: _apart(c[1], span, made))
            ours[person].remove(own)
            apart = _apart(own, span, made)
            outcome = Outcome.agrees if apart <= days else Outcome.differs
            yield Finding(outcome, country, office, name, apart, str(span), str(own))
    if office == LEADER:  # it lists one of several at the top: the others are not expected
        return
    begin = min(last_day(row.start) for row in rows)
    for own in (span for spans in ours.values() for span in spans):
        # Only what lies inside the years of the list for a good while is expected there.
        if (last_day(own.end) - begin).days > days and (made - last_day(own.start)).days > days:
            yield Finding(Outcome.missing_there, country, office, own.name, ours=str(own))


def _by_holder(rows: Iterable[Listed]) -> dict[tuple[str, str | None], list[Listed]]:
    found: dict[tuple[str, str | None], list[Listed]] = {}
    for row in rows:
        found.setdefault((row.name, row.wikidata), []).append(row)
    return found


def _is(person: Person, name: str, item: str | None) -> bool:
    """Whether a holder of the office is the one whom the list names there."""
    if item and person.wikidata:
        return item == person.wikidata
    return any(same_name(name, form) or surname(name, form) for form in names_of(person))


def _spans(tenures: Sequence[Tenure], office: str) -> list[_Span]:
    """The spans of one holder in the offices asked for; a leader may be meant by any of them or by all together."""
    spans = [_Span(t.person.name, t.term.start, t.term.end) for t in tenures]
    merged = _merged(spans)
    if office != LEADER:
        return merged
    kinds: dict[str, list[_Span]] = {}
    for span, tenure in zip(spans, tenures, strict=True):
        kinds.setdefault(tenure.term.office, []).append(span)
    each = [own for one in kinds.values() for own in _merged(one)]
    return merged + each


def _merged(spans: Iterable[_Span]) -> list[_Span]:
    """Spans of one holder in order, those that follow each other made one."""
    merged: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s.start, last_day(s.end))):
        if merged and (first_day(span.start) - last_day(merged[-1].end)).days <= _MERGED_GAP:
            end = max((merged[-1].end, span.end), key=last_day)
            merged[-1] = replace(merged[-1], end=end)
        else:
            merged.append(span)
    return merged


def _touch(one: _Span, other: _Span, days: int) -> bool:
    """Whether two spans share a day, or nearly."""
    ends = min(last_day(one.end), last_day(other.end))
    return (max(first_day(one.start), first_day(other.start)) - ends).days <= days


def _apart(ours: _Span, theirs: _Span, made: date) -> int:
    """By how many days the ends of two spans lie apart at most."""
    still = theirs.end is None and last_day(ours.end) >= made
    return max(_distance(ours.start, theirs.start), 0 if still else _distance(ours.end, theirs.end))


def _distance(one: str | None, other: str | None) -> int:
    """Days between two partial dates; none where the one lies in the other ("2021" and "2021-04-05")."""
    a, b = ((first_day(p) if p else FAR, last_day(p)) for p in (one, other))
    return max(0, (b[0] - a[1]).days, (a[0] - b[1]).days)


def failed(findings: Iterable[Finding]) -> bool:
    """Whether anything keeps the list and the knowledge base from saying the same."""
    return any(finding.outcome is not Outcome.agrees for finding in findings)


def summary(findings: Sequence[Finding]) -> str:
    """One line that counts the outcomes."""
    counts = Counter(finding.outcome for finding in findings)
    return ", ".join(f"{counts[outcome]} {outcome.value}" for outcome in Outcome)
