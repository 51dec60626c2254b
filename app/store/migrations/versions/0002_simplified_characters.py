"""Words to search in are kept in simplified characters; before, they stood as in the article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.store.fold import fold, spaced
from app.store.migrations import legacy

revision = "0002"
down_revision = "0001"

_BETWEEN = " \ue000 "
_BATCH = 200

_event = sa.table("event", *map(sa.column, ("key", "article_key", "document")))
_article = sa.table("article", *map(sa.column, ("key", "text")))
_words = sa.table("event_words", *map(sa.column, ("event_key", "names", "words")))


def upgrade() -> None:
    """To simplified characters."""
    _fold_again(fold)


def downgrade() -> None:
    """To the characters of the article."""
    _fold_again(spaced)


def _fold_again(folded: Callable[[str], str]) -> None:
    """Makes the words of all events anew from their documents and articles; writes those that change."""
    connection = op.get_bind()
    stored = _words.join(_event, _event.c.key == _words.c.event_key)
    stored = stored.join(_article, _article.c.key == _event.c.article_key)
    columns = (_event.c.key, _event.c.document, _article.c.text, _words.c.names, _words.c.words)
    batch = sa.select(*columns).select_from(stored).order_by(_words.c.event_key).limit(_BATCH)
    change = (
        sa.update(_words)
        .where(_words.c.event_key == sa.bindparam("of"))
        .values(names=sa.bindparam("new_names"), words=sa.bindparam("new_words"))
    )
    last = -1
    while rows := connection.execute(batch.where(_words.c.event_key > last)).all():
        last = rows[-1].key
        pairs = [(row, _found(row.key, json.loads(row.document), row.text, folded)) for row in rows]
        changed = [new for old, new in pairs if (old.names, old.words) != (new.names, new.words)]
        if changed:
            connection.execute(
                change, [{"of": one.key, "new_names": one.names, "new_words": one.words} for one in changed]
            )
            legacy.index(connection, changed)


def _found(key: int, event: dict[str, Any], text: str, folded: Callable[[str], str]) -> legacy.Found:
    names = dict.fromkeys(
        folded(name)
        for one in event["participants"]
        for name in (one["name"], one["name_as_written"], *one["aliases"])
        if name
    )
    venue, occasion, article = event["venue"] or {}, event["occasion"] or {}, event["article"]
    places = (venue.get("name"), venue.get("city"), occasion.get("name"))
    texts = (event["title"], article["headline"], article["publisher"], *places)
    record = _BETWEEN.join(filter(None, (folded(one) for one in texts if one)))
    words = f"{record} {folded(text)}"
    return legacy.Found(key, _BETWEEN.join(filter(None, names)), words, tuple(_facets(event)))


def _facets(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from (("type", event["type"]), ("language", event["article"]["language"]))
    yield from (("country", code) for code in event["countries"])
    yield from (("topic", topic) for topic in event["topics"])
    yield from (("actor", one["actor_id"]) for one in event["participants"] if one["actor_id"])
