"""Readouts in hand: what one article says of one occurrence, with the article in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from app.merging.report import Report
from app.records import Event, Precision
from app.store.columns import core
from app.store.documents import ArticleSummary
from app.store.tables import ArticleRow, ReadoutRow

_article, _readout = core(ArticleRow), core(ReadoutRow)
_BRIEF = tuple(ArticleSummary.model_fields)


class Readout(NamedTuple):
    """One readout with its keys, its record and its article."""

    key: int
    id: str
    article_key: int
    position: int
    """Its place among the events of the article, from 0."""
    event: Event
    brief: ArticleSummary
    around: tuple[date, ...] = ()
    """The days of the article's other events, where its own is not known."""

    def report(self) -> Report:
        """As merging takes it."""
        brief = self.brief
        return Report(self.id, brief.id, brief.language, self.event, brief.publisher, brief.published, self.around)


def around(event: Event, others: Iterable[Event]) -> tuple[date, ...]:
    """The days of an article's events, for one of them without a date."""
    if event.date is not None:
        return ()
    return tuple(sorted({one.date.start for one in others if one.date and one.date.precision is Precision.day}))


def load(session: Session, condition: ColumnElement[bool]) -> dict[int, Readout]:
    """Stored readouts by key."""
    named = [_article.c[name].label(f"article_{name}") for name in _BRIEF]
    columns = (_readout.c.key, _readout.c.id, _readout.c.article_key, _readout.c.position, _readout.c.document)
    found = select(*columns, *named).join(_article, _article.c.key == _readout.c.article_key).where(condition)
    loaded = {row["key"]: _of_row(row) for row in session.execute(found).mappings()}
    undated = {one.article_key for one in loaded.values() if one.event.date is None}
    if not undated:
        return loaded
    siblings: dict[int, list[Event]] = {}
    for row in session.execute(
        select(_readout.c.article_key, _readout.c.document).where(_readout.c.article_key.in_(undated))
    ):
        siblings.setdefault(row.article_key, []).append(Event.model_validate_json(row.document))
    return {
        key: one._replace(around=around(one.event, siblings.get(one.article_key, ()))) for key, one in loaded.items()
    }


def _of_row(row: Any) -> Readout:
    brief = ArticleSummary(**{name: row[f"article_{name}"] for name in _BRIEF})
    event = Event.model_validate_json(row["document"])
    return Readout(row["key"], row["id"], row["article_key"], row["position"], event, brief)


def of_articles(session: Session, batch: int) -> Iterator[dict[int, Readout]]:
    """All stored readouts in order of articles, some whole articles at a time."""
    last = 0
    keys = select(_readout.c.article_key).distinct().order_by(_readout.c.article_key).limit(batch)
    while articles := list(session.scalars(keys.where(_readout.c.article_key > last))):
        last = articles[-1]
        yield load(session, _readout.c.article_key.in_(articles))


def texts(session: Session, article_keys: Iterable[int]) -> dict[int, str]:
    """The texts of articles by key."""
    wanted = select(_article.c.key, _article.c.text).where(_article.c.key.in_(list(article_keys)))
    return {row.key: row.text for row in session.execute(wanted)}
