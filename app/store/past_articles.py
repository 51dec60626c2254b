"""The list of articles as it was at a moment: those that are still there, and those that were replaced since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, and_, or_, select, tuple_
from sqlmodel import Session

from app.errors import InvalidParameterError, Issue
from app.store import cursor as cursors
from app.store import dialect, history, query
from app.store.articles import LISTED, ArticleQuery, Articles, Listed, conditions, said_itself
from app.store.asked import EventQuery
from app.store.columns import core
from app.store.dialect.among import among
from app.store.fits import stands
from app.store.fold import fold
from app.store.tables import ArticleRow, EventRow, PastArticle, ReadoutRow, Revision
from app.store.then import Then
from app.store.words import of_article

_article, _past, _event = core(ArticleRow), core(PastArticle), core(EventRow)
_readout, _revision = core(ReadoutRow), core(Revision)

_MOST = 10_000
"""Articles that were replaced since, and are compared one by one."""

_Place = tuple[Any, ...]
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Reporting:
    """Which articles reported, at a moment, an event like the one that is asked for."""

    unchanged: Select[Any]
    """Keys of those that report one which was not written since."""
    former: frozenset[str]
    """Ids of those that reported one which was."""


def page(session: Session, asked: ArticleQuery, at: str, cursor: str | None, limit: int, secret: bytes) -> Articles:
    """One page of the articles asked for as they were at a moment, ISO 8601 in UTC, and the cursor of the next. What
    was removed since is not told: nothing is kept of it. Raises InvalidCursorError, and InvalidParameterError for a
    moment of which nothing is known or since which too much was written."""
    history.known(session, at)
    of = cursors.digest({"order": "past", "at": at, "asked": asked.digest()})
    after = tuple(cursors.decode(cursor, of, secret)) if cursor is not None else None
    reporting = _reporting(session, asked.events, at) if asked.events is not None else None
    rows = [*_present(session, asked, at, reporting, after, limit), *_replaced(session, asked, at, reporting)]
    placed = sorted(((_place(asked, row), row) for row in rows), key=lambda pair: pair[0], reverse=_falls(asked))
    rest = [row for place, row in placed if after is None or (place < after if _falls(asked) else place > after)]
    shown = rest[:limit]
    following = cursors.encode(_place(asked, shown[-1]), of, secret) if len(rest) > limit else None
    return Articles(_listed(session, shown, at), following)


def _falls(asked: ArticleQuery) -> bool:
    return not asked.ascending


def _place(asked: ArticleQuery, row: _Row) -> _Place:
    """What orders an article; those without a date come last in either order. Ids tell the rest apart."""
    if not asked.by_day:
        return row["added"], row["id"]
    day = row["published"]
    return int((day is None) == asked.ascending), day or "", row["id"]


def _present(
    session: Session, asked: ArticleQuery, at: str, reporting: _Reporting | None, after: _Place | None, limit: int
) -> Iterator[_Row]:
    """Those of the articles which are there that were there, from a place on."""
    wanted = [_article.c.added <= at, *conditions(session, asked)]
    if reporting is not None:
        found: list[ColumnElement[bool]] = [_article.c.key.in_(reporting.unchanged)]
        found += [among(_article.c.id, reporting.former)] if reporting.former else []
        found += [said_itself(session, asked.events)] if asked.events and asked.events.only_words else []
        wanted.append(or_(*found))
    for statement in _statements(asked, after):
        columns = [_article.c[name] for name in LISTED]
        rows = session.execute(statement.where(*wanted).limit(limit + 1).with_only_columns(*columns)).mappings()
        yield from ({**row, "published": row["published"] and row["published"].isoformat()} for row in rows)


def _statements(asked: ArticleQuery, after: _Place | None) -> Iterator[Select[Any]]:
    """What gives articles beyond a place in order: with a date and without one, where they go by it."""
    chosen, id_, rises = select(_article), _article.c.id, asked.ascending
    if not asked.by_day:
        place = tuple_(_article.c.added, id_)
        beyond = () if after is None else (place > tuple_(*after) if rises else place < tuple_(*after),)
        order = (_article.c.added, id_)
        yield chosen.where(*beyond).order_by(*(order if rises else (one.desc() for one in order)))
        return
    day = _article.c.published
    dated = chosen.where(day.is_not(None)).order_by(*((day, id_) if rises else (day.desc(), id_.desc())))
    if after is None or after[1]:
        if after is not None:
            last = tuple_(date.fromisoformat(after[1]), after[2])
            dated = dated.where(tuple_(day, id_) > last if rises else tuple_(day, id_) < last)
        yield dated
    undated = chosen.where(day.is_(None))
    if after is not None and not after[1]:
        undated = undated.where(id_ > after[2] if rises else id_ < after[2])
    yield undated.order_by(id_ if rises else id_.desc())


def _replaced(session: Session, asked: ArticleQuery, at: str, reporting: _Reporting | None) -> Iterator[_Row]:
    """Those that were there and were replaced since."""
    chosen = select(_past.c.document).where(_past.c.gone > at)
    if reporting is not None and not (asked.events and asked.events.only_words):
        chosen = chosen.where(among(_past.c.id, reporting.former))
    documents = session.scalars(chosen.limit(_MOST + 1)).all()
    if len(documents) > _MOST:
        detail = f"More than {_MOST} articles were replaced since {at}: too many to be compared one by one."
        raise InvalidParameterError(detail, (Issue(detail, parameter="as_of", hint="Take a later moment."),))
    for row in map(orjson.loads, documents):
        if row["added"] <= at and _fits(asked, row, reporting):
            yield {name: row[name] for name in LISTED}


def _fits(asked: ArticleQuery, row: _Row, reporting: _Reporting | None) -> bool:
    day = row["published"]
    return (
        (not asked.languages or row["language"] in asked.languages)
        and (not asked.publishers or fold(row["publisher"] or "") in {fold(one) for one in asked.publishers})
        and (asked.published_from is None or (day is not None and day >= asked.published_from.isoformat()))
        and (asked.published_to is None or (day is not None and day <= asked.published_to.isoformat()))
        and (reporting is None or row["id"] in reporting.former or _says(asked.events, row))
    )


def _says(asked: EventQuery | None, row: _Row) -> bool:
    """Whether an article has the words itself, where only words are asked for."""
    if asked is None or not asked.only_words:
        return False
    said = of_article(row["headline"], row["publisher"], fold(row["text"]))
    return all(stands(phrase, said) for phrase in asked.phrases)


def _reporting(session: Session, asked: EventQuery, at: str) -> _Reporting:
    wanted = replace(asked, written_by=at)
    plan = dialect.planned(session, dialect.Noun.event, wanted)
    events = query.matching(wanted, plan)[0].subquery()
    unchanged = select(_readout.c.article_key).where(_readout.c.event_key.in_(select(events.c.key)))
    former = Then(session, at).former(asked)
    return _Reporting(unchanged, frozenset(told.article.id for one in former for told in one.event.readouts))


def _listed(session: Session, rows: Sequence[_Row], at: str) -> list[Listed]:
    """The articles with what they were read into then."""
    said: dict[str, list[tuple[str, str]]] = {row["id"]: [] for row in rows}
    if said:
        for article, readout, event in (*_unchanged(session, said, at), *_former(session, said, at)):
            if article in said:
                said[article].append((readout, event))
    return [Listed(0, row, tuple(said[row["id"]])) for row in rows]


def _unchanged(session: Session, articles: Iterable[str], at: str) -> list[Any]:
    columns = (_article.c.id.label("article"), _readout.c.id, _event.c.id.label("event"))
    joined = select(*columns).join(_readout, _readout.c.article_key == _article.c.key)
    joined = joined.join(_event, and_(_event.c.key == _readout.c.event_key, _event.c.at <= at))
    return list(session.execute(joined.where(among(_article.c.id, articles)).order_by(_readout.c.position)))


def _former(session: Session, articles: Iterable[str], at: str) -> Iterator[tuple[str, str, str]]:
    """From the events that were written since, in the order of their dates."""
    named = re.compile("|".join(articles))
    then = select(_revision.c.event_id, _revision.c.document).where(_revision.c.since <= at, _revision.c.until > at)
    for row in session.execute(then.order_by(_revision.c.key)):
        if named.search(row.document):
            for readout in orjson.loads(row.document)["readouts"]:
                yield readout["article"]["id"], readout["id"], row.event_id
