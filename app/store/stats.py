"""How many events or commitments there are of each kind: counted in the database, none of the groups left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

import orjson
from sqlalchemy import CTE, ColumnElement, FromClause, Select, distinct, func, select
from sqlmodel import Session

from app.store import dialect, facets, ids, query
from app.store.asked import CommitmentQuery, EventQuery


class By(StrEnum):
    """What to group by."""

    year = "year"
    quarter = "quarter"
    month = "month"
    country = "country"
    dyad = "dyad"
    type = "type"
    topic = "topic"
    actor = "actor"
    publisher = "publisher"
    language = "language"
    level = "level"
    status = "status"
    mode = "mode"
    organization = "organization"
    venue_country = "venue_country"
    commitment_kind = "commitment_kind"


class CommitmentBy(StrEnum):
    """What to group commitments by."""

    year = "year"
    quarter = "quarter"
    month = "month"
    country = "country"
    dyad = "dyad"
    type = "type"
    topic = "topic"
    actor = "actor"
    recipient = "recipient"
    publisher = "publisher"
    language = "language"
    kind = "kind"
    force = "force"
    status = "status"


_FIELDS = {
    dialect.Noun.event: {"commitment_kind": "kind"},
    dialect.Noun.commitment: {"actor": "by", "recipient": "to"},
}
"""The field of a facet, where it has another name than the group."""


def field_of(noun: dialect.Noun, name: str) -> str:
    """The field of the facets that a group is made of."""
    return _FIELDS[noun].get(name, "country" if name == "dyad" else name)


def _quarter(month: str) -> str:
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


TIMES: dict[str, Callable[[str], str]] = {"year": lambda month: month[:4], "month": str, "quarter": _quarter}
"""What spans of time are called, by the month in which they begin."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of some records."""

    counts: Counter[tuple[str, ...]]
    """How many are in each; one that has several values of a kind counts in the group of each."""
    total: int
    """How many there are in all."""
    ungrouped: int
    """How many of them are in no group."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A column to group by, and the table it is in."""

    source: CTE | None
    value: ColumnElement[str] | None


def events(session: Session, asked: EventQuery, by: Sequence[str]) -> Groups:
    """The events asked for, in groups."""
    plan = dialect.of(session).plan(session, dialect.Noun.event, asked.wanted())
    return _counted(session, dialect.Noun.event, query.matching(asked, plan)[0], by, every=asked == EventQuery())


def commitments(session: Session, asked: CommitmentQuery, by: Sequence[str]) -> Groups:
    """The commitments asked for, in groups."""
    noun = dialect.Noun.commitment
    plan = dialect.planned(session, noun, asked)
    statement = query.matching_commitments(asked, plan)[0]
    return _counted(session, noun, statement, by, every=asked == CommitmentQuery())


def _counted(session: Session, noun: dialect.Noun, matching: Select[Any], by: Sequence[str], *, every: bool) -> Groups:
    system = dialect.of(session)
    total = session.scalar(query.counted(matching, None)) or 0
    parts = [part for place, name in enumerate(by) for part in _parts(system, noun, name, place)]
    tables = [part.source for part in parts if part.source is not None]
    if not every or not tables:
        tables.insert(0, matching.cte("matched"))
    key = tables[0].c.key
    source: FromClause = reduce(lambda left, right: left.join(right, right.c.key == key), tables[1:], tables[0])
    values = [part.value if part.value is not None else system.month(key) for part in parts]
    conditions = [one.c.value < two.c.value for one, two in _pairs(parts)]
    if any(part.source is None for part in parts):
        conditions.append(key >= ids.beyond_key(None))
    labelled = [value.label(f"value{place}") for place, value in enumerate(values)]
    grouped = select(*labelled, func.count().label("number")).select_from(source).where(*conditions)
    rows = session.execute(grouped.group_by(*labelled)).all()
    covered = session.scalar(select(func.count(distinct(key))).select_from(source).where(*conditions)) or 0
    counts: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        counts[tuple(_read(by, row[:-1]))] += row[-1]
    return Groups(counts, total, total - covered)


def _parts(system: dialect.System, noun: dialect.Noun, name: str, place: int) -> Iterator[_Part]:
    """The columns that a group is made of: two for a pair of countries."""
    if name in TIMES:
        yield _Part(None, None)
        return
    field = field_of(noun, name)
    for side in ("a", "b") if name == "dyad" else ("",):
        held = system.held(noun)
        start = f"{field}="
        # Everything that begins with `field=`: the sign after the equals sign bounds it.
        chosen = select(held.key.label("key"), func.substr(held.facet, len(start) + 1).label("value"))
        chosen = chosen.where(held.facet >= start, held.facet < f"{field}>")
        made = chosen.cte(f"held{place}{side}").prefix_with("MATERIALIZED", dialect="sqlite")
        yield _Part(made, made.c.value)


def _pairs(parts: Sequence[_Part]) -> Iterator[tuple[CTE, CTE]]:
    sources = {part.source.name: part.source for part in parts if part.source is not None}
    yield from ((sources[name], sources[name[:-1] + "b"]) for name in sources if name.endswith("a"))


def _read(by: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    values = iter(row)
    for name in by:
        if name in TIMES:
            yield TIMES[name](next(values))
        elif name == "dyad":
            yield f"{next(values)}-{next(values)}"
        else:
            yield next(values)


def with_names(session: Session, groups: Groups, by: Sequence[str]) -> Groups:
    """The groups with publishers named as an article names them; the index knows them folded."""
    if "publisher" not in by:
        return groups
    place = [str(name) for name in by].index("publisher")
    names = {folded: _publisher(session, folded) for folded in {values[place] for values in groups.counts}}
    counts: Counter[tuple[str, ...]] = Counter()
    for values, number in groups.counts.items():
        counts[(*values[:place], names[values[place]], *values[place + 1 :])] += number
    return Groups(counts, groups.total, groups.ungrouped)


def _publisher(session: Session, folded: str) -> str:
    """The name of a publisher in the newest event that it reports."""
    asked = EventQuery(publishers=(folded,))
    plan = dialect.of(session).plan(session, dialect.Noun.event, asked.wanted())
    row = session.execute(query.events(asked, None, 1, plan)).first()
    readouts = orjson.loads(row.document)["readouts"] if row else ()
    token = facets.named("publisher", folded)
    named = (readout["article"]["publisher"] for readout in readouts)
    return next((name for name in named if name and facets.named("publisher", name) == token), folded)
