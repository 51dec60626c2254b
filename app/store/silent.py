"""Articles that report no event, or only hidden ones: what they are found by, since no event leads to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, exists, select
from sqlmodel import Session

from app.store import dialect, facets, words
from app.store.columns import core
from app.store.dialect.among import among
from app.store.fold import fold
from app.store.ready import Ready
from app.store.tables import ArticleRow, ArticleWords, ReadoutRow

_article, _readout, _words = core(ArticleRow), core(ReadoutRow), core(ArticleWords)

_BATCH = 200
"""Articles at a time, so that memory stays flat."""
NO_EVENT = ~exists().where(_readout.c.article_key == _article.c.key, _readout.c.event_key.is_not(None))
"""Whether no event leads to an article: it reports none, or people have hidden what it reports."""
_NAMED = tuple(_article.c[name] for name in ("key", "headline", "publisher", "language", "text"))


def entry(row: Mapping[str, Any]) -> dialect.Entry:
    """What an article is found by; `row` has its columns by name."""
    return _entry(row["key"], row["headline"], row["publisher"], row["language"], fold(row["text"]))


def new_entry(key: int, one: Ready) -> dialect.Entry:
    """The same of an article that is made ready."""
    brief = one.brief
    return _entry(key, brief.headline, brief.publisher, brief.language, one.folded)


def _entry(key: int, headline: str | None, publisher: str | None, language: str, folded: str) -> dialect.Entry:
    said = words.of_article(headline, publisher, folded)
    return dialect.Entry(key, "", said, facets.token("language", language))


def add(connection: Connection, entries: Sequence[dialect.Entry]) -> None:
    """Enters articles that report nothing."""
    if entries:
        system = dialect.of(connection)
        system.put(connection, _words, ("article_key", "names", "words", "tags"), entries)
        system.index(connection, dialect.Noun.article, entries)


def follow(session: Session, readouts: Collection[int]) -> None:
    """Enters the articles of some readouts, by key, whose events were hidden, and leaves out those whose events are
    shown again."""
    if not readouts:
        return
    connection = session.connection()
    reporting = select(_readout.c.article_key).where(among(_readout.c.key, readouts))
    connection.execute(delete(_words).where(_words.c.article_key.in_(reporting)))
    found = connection.execute(select(*_NAMED).where(NO_EVENT, _article.c.key.in_(reporting)))
    add(connection, [entry(dict(row._mapping)) for row in found])


def fill(connection: Connection) -> None:
    """Enters all of them anew."""
    connection.execute(delete(_words))
    batch = select(*_NAMED).where(NO_EVENT).order_by(_article.c.key).limit(_BATCH)
    last = -1
    while entries := [entry(dict(row._mapping)) for row in connection.execute(batch.where(_article.c.key > last))]:
        last = entries[-1].key
        add(connection, entries)
