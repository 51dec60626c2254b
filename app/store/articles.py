"""Articles as a list: which of them, in which order, and what they say in addresses only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, query
from app.store.asked import EventQuery
from app.store.columns import core
from app.store.fold import fold
from app.store.tables import ArticleRow, EventRow, GoneArticle, ReadoutRow
from app.store.updates import Gone
from app.store.wanted import Wanted

_article, _event, _readout, _gone = core(ArticleRow), core(EventRow), core(ReadoutRow), core(GoneArticle)
LISTED = (
    "id", "source", "language", "headline", "url", "publisher", "published", "published_basis", "sha256", "added"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleQuery:
    """Which articles are asked for; every condition must hold."""

    languages: tuple[str, ...] = ()
    """It is in one of these."""
    publishers: tuple[str, ...] = ()
    """It comes from one of these, however the name is written."""
    published_from: date | None = None
    """It was published on this day or later."""
    published_to: date | None = None
    """It was published on this day or earlier."""
    events: EventQuery | None = None
    """It reports an event like this; where only words are asked for, it may have them itself and report none."""
    added_since: str | None = None
    """It was stored at this moment, ISO 8601 in UTC, or later."""
    by_day: bool = True
    """In order of publication, those without a date last; else in the order in which they came."""
    ascending: bool = False
    """Oldest first; those without a date still come last."""

    def digest(self) -> bytes:
        """Eight bytes that tell one query from another."""
        return cursors.digest({"list": "articles", **asdict(self)})


@dataclass(frozen=True, slots=True)
class Listed:
    """An article as the list has it: columns by name, and the readouts it was read into with their events."""

    key: int
    values: dict[str, Any]
    readouts: tuple[tuple[str, str], ...]
    """Ids of readout and event, in order of appearance."""


@dataclass(frozen=True, slots=True)
class Articles:
    """A page of articles and, where they are asked for, of those that went."""

    records: list[Listed]
    cursor: str | None
    gone: tuple[Gone, ...] = ()
    until: str | None = None
    """When the last of them came or went."""


def _publishers(session: Session, wanted: Sequence[str]) -> list[str]:
    """The names of publishers, as they are stored, that are one of these when folded. Leaps from name to name."""
    names, found, last = {fold(one) for one in wanted}, [], ""
    column = _article.c.publisher
    while (name := session.scalar(select(func.min(column)).where(column > last))) is not None:
        last = name
        if fold(name) in names:
            found.append(name)
    return found


def conditions(session: Session, asked: ArticleQuery) -> list[ColumnElement[bool]]:
    """The conditions of a query that are about the articles themselves."""
    conditions: list[ColumnElement[bool]] = []
    if asked.languages:
        conditions.append(_article.c.language.in_(asked.languages))
    if asked.publishers:
        conditions.append(_article.c.publisher.in_(_publishers(session, asked.publishers)))
    if asked.published_from is not None:
        conditions.append(_article.c.published >= asked.published_from)
    if asked.published_to is not None:
        conditions.append(_article.c.published <= asked.published_to)
    if asked.added_since is not None:
        conditions.append(_article.c.added >= asked.added_since)
    return conditions


def matching(session: Session, asked: ArticleQuery) -> list[ColumnElement[bool]]:
    """All conditions of a query."""
    found = conditions(session, asked)
    if asked.events is not None:
        plan = dialect.of(session).plan(session, dialect.Noun.event, asked.events.wanted())
        events = query.matching(asked.events, plan)[0].subquery()
        reporting = select(_readout.c.article_key).where(_readout.c.event_key.in_(select(events.c.key)))
        reports: ColumnElement[bool] = _article.c.key.in_(reporting)
        found.append(or_(reports, said_itself(session, asked.events)) if asked.events.only_words else reports)
    return found


def said_itself(session: Session, asked: EventQuery) -> ColumnElement[bool]:
    """Whether an article reports no event and has the phrases in its own words."""
    plan = dialect.of(session).plan(session, dialect.Noun.article, Wanted(asked.phrases))
    assert plan.source is not None and plan.key is not None  # noqa: PT018  words are asked for
    return _article.c.key.in_(select(plan.key).select_from(plan.source).where(*plan.conditions))


def _dated(asked: ArticleQuery, after: Sequence[Any]) -> Select[Any]:
    """Articles with a date, from beyond a place on, in the order of their dates."""
    place = tuple_(_article.c.published, _article.c.key)
    chosen = select(_article).where(_article.c.published.is_not(None))
    if after:
        beyond = tuple_(date.fromisoformat(after[0]), after[1])
        chosen = chosen.where(place > beyond if asked.ascending else place < beyond)
    order = (_article.c.published, _article.c.key)
    return chosen.order_by(*(order if asked.ascending else (one.desc() for one in order)))


def _by_key(asked: ArticleQuery, chosen: Select[Any], after: int | None) -> Select[Any]:
    """Articles from beyond a key on, in the order in which they came."""
    key = _article.c.key
    if after is not None:
        chosen = chosen.where(key > after if asked.ascending else key < after)
    return chosen.order_by(key if asked.ascending else key.desc())


def _statements(asked: ArticleQuery, after: Sequence[Any] | None) -> list[Select[Any]]:
    """What gives the articles beyond a place, one after the other."""
    if not asked.by_day:
        return [_by_key(asked, select(_article), after[1] if after else None)]
    undated = select(_article).where(_article.c.published.is_(None))
    if after is not None and after[0] is None:
        return [_by_key(asked, undated, after[1])]
    return [_dated(asked, after or ()), _by_key(asked, undated, None)]


def page(session: Session, asked: ArticleQuery, cursor: str | None, limit: int, secret: bytes) -> Articles:
    """One page of the articles asked for, and the cursor of the next. Raises InvalidCursorError."""
    of = asked.digest()
    after = cursors.decode(cursor, of, secret) if cursor is not None else None
    wanted = matching(session, asked)
    rows: list[Any] = []
    for statement in _statements(asked, after):
        if len(rows) <= limit:
            found = statement.where(*wanted).limit(limit + 1 - len(rows)).with_only_columns(*_columns())
            rows += session.execute(found).mappings().all()
    shown = listed(session, rows[:limit])
    if len(rows) <= limit:
        return Articles(shown, None)
    last = rows[limit - 1]
    day = last["published"].isoformat() if last["published"] and asked.by_day else None
    return Articles(shown, cursors.encode((day, last["key"]), of, secret))


def _columns() -> list[ColumnElement[Any]]:
    return [_article.c.key, *(_article.c[name] for name in LISTED)]


def count(session: Session, asked: ArticleQuery, cap: int | None) -> int:
    """How many articles match, as far as a cap."""
    return session.scalar(query.counted(select(_article.c.key).where(*matching(session, asked)), cap)) or 0


def listed(session: Session, rows: Sequence[Any]) -> list[Listed]:
    """Rows of articles with what they were read into."""
    said: dict[int, list[tuple[str, str]]] = {row["key"]: [] for row in rows}
    columns = (_readout.c.article_key, _readout.c.id, _event.c.id.label("event_id"))
    joined = select(*columns).join(_event, _event.c.key == _readout.c.event_key)
    found = joined.where(_readout.c.article_key.in_(said)).order_by(_readout.c.article_key, _readout.c.position)
    for row in session.execute(found):
        said[row.article_key].append((row.id, row.event_id))
    return [Listed(row["key"], {name: row[name] for name in LISTED}, tuple(said[row["key"]])) for row in rows]


def by_ids(session: Session, ids: Sequence[str]) -> list[Listed]:
    """Articles by id, in the order of the ids."""
    found = session.execute(select(*_columns()).where(_article.c.id.in_(ids))).mappings().all()
    place = {id_: number for number, id_ in enumerate(ids)}
    return listed(session, sorted(found, key=lambda row: place[row["id"]]))


def updates(session: Session, asked: ArticleQuery, cursor: str | None, limit: int, secret: bytes) -> Articles:
    """A page of the articles asked for that were stored since a moment, with those that went, in order of time. Of
    those that went nothing is kept that filters could be compared with. Raises InvalidCursorError."""
    of = cursors.digest({"order": "updated", "asked": asked.digest()})
    since = [asked.added_since or "", 0, ""]
    after: list[Any] = cursors.decode(cursor, of, secret) if cursor is not None else since
    key = after[2] if after[1] == 0 and after[2] != "" else -1
    beyond = or_(_article.c.added > after[0], and_(_article.c.added == after[0], _article.c.key > key))
    if after[1] == 1:
        beyond = _article.c.added > after[0]
    came = select(*_columns()).where(beyond, *matching(session, asked)).order_by(_article.c.added, _article.c.key)
    last = after[2] if after[1] == 1 else ""
    past = or_(_gone.c.at > after[0], and_(_gone.c.at == after[0], _gone.c.id > last))
    went = select(_gone).where(past).order_by(_gone.c.at, _gone.c.id)
    rows = [((row["added"], 0, row["key"]), row) for row in session.execute(came.limit(limit + 1)).mappings()]
    rows += [((row["at"], 1, row["id"]), row) for row in session.execute(went.limit(limit + 1)).mappings()]
    placed = sorted(rows, key=itemgetter(0))
    shown = placed[:limit]
    following = cursors.encode(shown[-1][0], of, secret) if len(placed) > limit else None
    gone = [Gone(row["id"], row["at"], row["next_id"], row["why"]) for place, row in shown if place[1]]
    records = listed(session, [row for place, row in shown if not place[1]])
    return Articles(records, following, tuple(gone), shown[-1][0][0] if shown else None)
