"""Articles that report no event: what they are found by, since no event leads to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, exists, select

from app.store import dialect, facets, words
from app.store.columns import core
from app.store.fold import fold
from app.store.tables import ArticleRow, ArticleWords, ReadoutRow

_article, _readout, _words = core(ArticleRow), core(ReadoutRow), core(ArticleWords)

_BATCH = 200
"""Articles at a time, so that memory stays flat."""
NO_READOUT = ~exists().where(_readout.c.article_key == _article.c.key)


def entry(row: Mapping[str, Any]) -> dialect.Entry:
    """What an article is found by; `row` has its columns by name."""
    said = words.of_article(row["headline"], row["publisher"], fold(row["text"]))
    return dialect.Entry(row["key"], "", said, facets.token("language", row["language"]))


def add(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Enters articles that report nothing; `rows` are those of `article`, by name."""
    entries = [entry(row) for row in rows]
    if entries:
        system = dialect.of(connection)
        system.put(connection, _words, [_row(one) for one in entries])
        system.index(connection, dialect.Noun.article, entries)


def _row(one: dialect.Entry) -> dict[str, Any]:
    return {"article_key": one.key, "names": one.names, "words": one.words, "tags": one.tags}


def fill(connection: Connection) -> None:
    """Enters all of them anew."""
    connection.execute(delete(_words))
    named = (_article.c[name] for name in ("key", "headline", "publisher", "language", "text"))
    batch = select(*named).where(NO_READOUT).order_by(_article.c.key).limit(_BATCH)
    last = -1
    while rows := [dict(row._mapping) for row in connection.execute(batch.where(_article.c.key > last))]:
        last = rows[-1]["key"]
        add(connection, rows)
