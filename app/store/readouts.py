"""Readouts in hand: what one article says of one occurrence, with the article in a few words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from app.merging.cited import cited
from app.merging.report import Report
from app.records import Event
from app.store.columns import core
from app.store.documents import ArticleSummary
from app.store.ready import Account, days_of, report
from app.store.tables import ArticleRow, ReadoutRow

_article, _readout = core(ArticleRow), core(ReadoutRow)
_BRIEF = tuple(ArticleSummary.model_fields)


_EVIDENCE = re.compile(r'"evidence":\[(?:[^\]"]++|"(?:[^"\\]++|\\.)*+")*+\]')
"""In the JSON of a record. Quotes within texts are escaped, so that this stands nowhere else."""


_SPAN = re.compile(r'"start":\d++,"end":\d++,"quote":"(?:[^"\\]++|\\.)*+"(?=\})')
"""One that names no article."""


@dataclass(slots=True, eq=False)
class Readout:
    """One readout with its keys, its record and its article."""

    key: int
    id: str
    article_key: int
    position: int
    """Its place among the events of the article, from 0."""
    said: Event | str
    """Its record, or the JSON of it."""
    brief: ArticleSummary
    around: tuple[date, ...] = ()
    """The days of the article's other events, where its own is not known."""
    account: Account | None = None
    """What was made ready of it, while it is not stored yet."""
    _event: Event | None = None

    @property
    def event(self) -> Event:
        """Its record, made of its JSON when it is first asked for."""
        if not isinstance(self.said, str):
            return self.said
        if self._event is None:
            self._event = Event.model_validate_json(self.said)
        return self._event

    def forget(self) -> None:
        """Lets go of the record, which takes ten times the room of its JSON; it can be asked for again."""
        self._event = None

    def report(self) -> Report:
        """As merging compares it."""
        return report(self.id, self.event, self.brief, self.around)

    @property
    def is_read(self) -> bool:
        """Whether its record is at hand."""
        return self._event is not None or not isinstance(self.said, str)

    def told(self) -> Report:
        """As merging puts it together with others. To write the article of its spans into the JSON takes a third of the
        time that it takes to copy the record, and of most the article is wanted."""
        if isinstance(self.said, str) and self._event is None:
            event = Event.model_validate_json(_SPAN.sub(rf'\g<0>,"article":"{self.brief.id}"', self.said))
            return report(self.id, event, self.brief, self.around)
        return self.report()

    def placed(self, told: Report, *, leading: bool) -> Report:
        """As told, with spans that say in which article they stand, unless that is the leading one."""
        if leading:
            return self.report()
        return told._replace(event=cited(told.event, self.brief.id)) if self.is_read else told

    def content(self) -> Hashable:
        """What it says, wherever that stands in its article: all that merging compares of it."""
        document = self.account.document if self.account else self.said
        bare = _EVIDENCE.sub("", document if isinstance(document, str) else document.model_dump_json())
        hashed = hashlib.blake2b(bare.encode(), digest_size=16).digest()
        return hashed, self.brief.language, self.brief.published, self.around


def of_account(account: Account, key: int, article_key: int, position: int, brief: ArticleSummary) -> Readout:
    """One that is to be stored under these keys."""
    said = account.event or account.document
    return Readout(key, account.id, article_key, position, said, brief, account.around, account)


def load(session: Session, condition: ColumnElement[bool]) -> dict[int, Readout]:
    """Stored readouts by key."""
    named = [_article.c[name].label(f"article_{name}") for name in _BRIEF]
    columns = (_readout.c.key, _readout.c.id, _readout.c.article_key, _readout.c.position, _readout.c.document)
    found = select(*columns, *named).join(_article, _article.c.key == _readout.c.article_key).where(condition)
    loaded = {row["key"]: _of_row(row) for row in session.execute(found).mappings()}
    undated = {one.article_key for one in loaded.values() if _is_undated(one)}
    if not undated:
        return loaded
    siblings: dict[int, list[Event]] = {}
    for row in session.execute(
        select(_readout.c.article_key, _readout.c.document).where(_readout.c.article_key.in_(undated))
    ):
        siblings.setdefault(row.article_key, []).append(Event.model_validate_json(row.document))
    for one in loaded.values():
        if one.article_key in undated and _is_undated(one):
            one.around = days_of(siblings.get(one.article_key, []))
    return loaded


def _is_undated(one: Readout) -> bool:
    # Commitments have dates too, so that the record has the last word.
    return '"date":null' in str(one.said) and one.event.date is None


def _of_row(row: Any) -> Readout:
    brief = ArticleSummary(**{name: row[f"article_{name}"] for name in _BRIEF})
    return Readout(row["key"], row["id"], row["article_key"], row["position"], row["document"], brief)


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
