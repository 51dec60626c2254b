"""How PostgreSQL comes by what is asked for: the index of lexemes and facets of a noun, and ways through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    String,
    TableClause,
    cast,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from app.store import lexemes
from app.store.dialect.among import among
from app.store.dialect.system import Noun, Plan
from app.store.wanted import Wanted


def created(noun: Noun) -> tuple[str, ...]:
    """What makes the index of a noun's words.

    The lexemes are kept apart from the rows, which the index leads to by the thousand. The function forbids its one
    statement all ways but the GIN index: a filter on lexemes that must be fetched costs more than planners think. The
    facets stand once more in their own order, for walking, and in that of keys, for a look at a record on the way.
    """
    return (
        f"""CREATE TABLE {noun}_search (
            {noun}_key bigint PRIMARY KEY REFERENCES {noun}_words ON DELETE CASCADE, lexemes tsvector NOT NULL
        ) WITH (toast_tuple_target = 128)""",
        f"""CREATE INDEX ix_{noun}_search_lexemes ON {noun}_search USING gin (lexemes)
            WITH (gin_pending_list_limit = 1024)""",
        f"""CREATE TABLE {noun}_facet (
            facet text COLLATE "C", {noun}_key bigint REFERENCES {noun}_words ON DELETE CASCADE,
            PRIMARY KEY (facet, {noun}_key))""",
        f"CREATE INDEX ix_{noun}_facet_{noun}_key ON {noun}_facet ({noun}_key, facet)",
        f"""CREATE FUNCTION {noun}_search_few(wanted tsquery, most integer) RETURNS SETOF bigint
            LANGUAGE sql STABLE ROWS 100
            SET enable_seqscan = off SET enable_indexscan = off SET work_mem = '32MB'
            AS 'SELECT {noun}_key FROM {noun}_search WHERE lexemes @@ wanted LIMIT most'""",  # noqa: S608  a word of ours
    )


def dropped(noun: Noun) -> tuple[str, ...]:
    """What takes it away."""
    return (
        f"DROP FUNCTION IF EXISTS {noun}_search_few(tsquery, integer)",
        f"DROP TABLE IF EXISTS {noun}_facet",
        f"DROP TABLE IF EXISTS {noun}_search",
    )


def plans(noun: Noun, wanted: Wanted, few: int) -> tuple[Plan, ...]:
    """What the index gives in front, where it is as few or fewer; else a look at each record on the way."""
    if not wanted:
        return (Plan(),)
    spoken = list(_spoken(wanted))
    walk = _walk(noun, wanted, spoken)
    if not spoken and not wanted.without and list(map(len, wanted.facets)) == [1]:
        return (walk,)
    search = func.__getattr__(f"{noun}_search_few")(_query([*spoken, *_faceted(wanted)]), few + 1)
    # With a name of its own: articles are looked for by their events and by themselves in one statement.
    few_of = select(search.table_valued(column("key", BigInteger)).render_derived(name="few").c.key)
    found = few_of.cte(f"found_{noun}")
    number = select(func.count()).select_from(found).scalar_subquery()
    # The offset keeps the sorting here, before documents are looked up.
    fenced = select(found.c.key).where(number <= few).order_by(found.c.key.desc()).offset(0).subquery("some")
    return Plan(fenced, fenced.c.key, tuple(_unsettled(noun, fenced.c.key, wanted)), refused=number > few), walk


_PAGE = 51
"""Records that are wanted for a page."""
_WORDS = 5
"""How many times longer it takes to look for words in a record than for a facet."""
_LONGEST_WALK = 10_000
"""Looks for a facet that take less time than to read what an index says of frequent ones."""
_SURELY = 4
"""How many times the records of a page must be expected, for a walk that does not go to the end."""


def is_soon_full(wanted: Wanted, records: float, common: Mapping[str, float]) -> bool:
    """Whether a page can be expected to be full soon on a walk, if what is asked for stands together by chance.
    `common` has the parts of all records in which the most common lexemes stand; all others stand in next to none."""
    leading = _leading(wanted.facets)
    spoken = [_rarest(lexemes.of_phrase(phrase), common) for phrase in wanted.phrases]
    spoken += [_rarest(lexemes.of_name(name.folded), common) for name in wanted.names]
    parts = [_part(group, common) for group in wanted.facets if group != leading]
    left = prod(spoken) * prod(parts) * (1 - _part(wanted.without, common))
    if records * left * (_part(leading, common) if leading else 1) < _SURELY * _PAGE:
        return False
    return _PAGE / left * (_WORDS if spoken else 1) < _LONGEST_WALK


def _rarest(together: Iterable[str], common: Mapping[str, float]) -> float:
    return min((common.get(one, 0.0) for one in together), default=0.0)


def _part(group: Iterable[str], common: Mapping[str, float]) -> float:
    return min(1.0, sum(common.get(one, 0.0) for one in group))


_FREQUENT = ("language", "status", "type", "kind", "topic", "country")
"""Fields whose facets stand by many records, the most frequent first."""


def _leading(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The facet to walk along: one that all must have, and by its field the rarest."""
    single = [group for group in groups if len(group) == 1]
    rank = {field: place for place, field in enumerate(_FREQUENT)}
    return max(single, key=lambda group: rank.get(group[0].partition("=")[0], len(rank)), default=None)


def _walk(noun: Noun, wanted: Wanted, spoken: Sequence[str]) -> Plan:
    """From the newest on, along one facet where all have it, and a look for everything else at each."""
    groups = list(wanted.facets)
    leading = _leading(groups)
    if leading is None:
        source: FromClause = _words(noun)
        key, conditions = source.c[f"{noun}_key"], []
    else:
        groups.remove(leading)
        source = facets_of(noun).alias()
        key = source.c[f"{noun}_key"]
        conditions = [source.c.facet == leading[0]]
    conditions += [_has(noun, key, group) for group in groups]
    conditions += [_has(noun, key, wanted.without).is_not(True)] if wanted.without else []
    conditions += _holds(noun, key, spoken) if spoken else []
    return Plan(source, key, (*conditions, *_unsettled(noun, key, wanted)))


def _words(noun: Noun) -> TableClause:
    return table(f"{noun}_words", column(f"{noun}_key", BigInteger), column("names"), column("words"))


def facets_of(noun: Noun) -> TableClause:
    """The facets in order of keys."""
    return table(f"{noun}_facet", column(f"{noun}_key", BigInteger), column("facet", String))


def _has(noun: Noun, key: ColumnElement[int], group: Iterable[str]) -> ColumnElement[bool]:
    # A scalar subquery is asked of each record, and not of all at once.
    facets = facets_of(noun).alias()
    own = (facets.c[f"{noun}_key"] == key, among(facets.c.facet, group))
    return select(literal_column("true", Boolean)).where(*own).limit(1).scalar_subquery().is_(True)


def _spoken(wanted: Wanted) -> Iterator[str]:
    """What must be found of words and names, as parts of a `tsquery`."""
    yield from (_all(lexemes.of_phrase(phrase)) for phrase in wanted.phrases)
    for name in wanted.names:
        by_id = _all((lexemes.facet("actor", name.actor),))
        yield f"({by_id} | {_all(lexemes.of_name(name.folded))})" if name.folded else by_id


def _faceted(wanted: Wanted) -> Iterator[str]:
    """What must, or must not, be found of facets, as parts of a `tsquery`."""
    for group in wanted.facets or (() if wanted.phrases or wanted.names else (wanted.everything,)):
        yield f"({' | '.join(_all((one,)) for one in group)})"
    yield from (f"!{_all((one,))}" for one in wanted.without)


def _all(parts: Sequence[str]) -> str:
    quoted = ("'" + part.replace("\\", "\\\\").replace("'", "''") + "'" for part in parts)
    return f"({' & '.join(quoted)})"


def _query(parts: Iterable[str]) -> ColumnElement[Any]:
    return cast(literal(" & ".join(parts), String), TSQUERY)


def _holds(noun: Noun, key: ColumnElement[int], parts: Iterable[str]) -> list[ColumnElement[bool]]:
    # The function behind @@, and a scalar subquery: neither lets the planner take another way than by the key.
    search = table(f"{noun}_search", column(f"{noun}_key", BigInteger), column("lexemes"))
    matches = func.ts_match_vq(search.c.lexemes, _query(parts))
    return [select(matches).where(search.c[f"{noun}_key"] == key).scalar_subquery().is_(True)]


def _unsettled(noun: Noun, key: ColumnElement[int], wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Phrases and names that are more than their lexemes, looked for in the folded text itself."""
    for phrase in wanted.phrases:
        if not lexemes.phrase_is_settled(phrase):
            places = (_contains(noun, key, where, phrase) for where in ("names", "words"))
            yield or_(*places)
    for name in wanted.names:
        if name.folded and not lexemes.name_is_settled(name.folded):
            by_id = _has(noun, key, (lexemes.facet("actor", name.actor),))
            yield or_(by_id, _contains(noun, key, "names", name.folded))


def _contains(noun: Noun, key: ColumnElement[int], where: str, folded: str) -> ColumnElement[bool]:
    words = _words(noun).alias()
    place = func.strpos(func.concat(" ", words.c[where], " "), f" {folded} ")
    return select(place > 0).where(words.c[f"{noun}_key"] == key).scalar_subquery().is_(True)
