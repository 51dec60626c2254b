"""Stored articles read again with the present rules: what they say now beside what is stored."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.loading.work import Engine, Failure
from app.records import Article, PublishedBasis
from app.sources.found import Document
from app.store.columns import core
from app.store.engine import Store
from app.store.ready import Ready
from app.store.save import remove, save_all
from app.store.tables import ArticleRow, ReadoutRow

_article, _readout = core(ArticleRow), core(ReadoutRow)
_CHUNK = 16
_TOLD = (None, PublishedBasis.given.value, PublishedBasis.metadata.value)
"""Days that the rules did not find by themselves: they are told again. What stood without a basis was given."""


@dataclass(frozen=True, slots=True)
class Change:
    """An article that says something else now."""

    id: str
    ready: Ready
    """As it will be stored."""
    before: tuple[dict[str, Any], ...]
    """The events as they were stored."""
    after: tuple[dict[str, Any], ...]

    def lines(self) -> Iterator[str]:
        """What differs: events that went (-), that came (+), and the fields of those in between (~)."""
        for place in range(max(len(self.before), len(self.after))):
            old = self.before[place] if place < len(self.before) else None
            new = self.after[place] if place < len(self.after) else None
            if old is None or new is None:
                one, sign = (new, "+") if old is None else (old, "-")
                yield f"{sign} {one['title'] if one else ''}"
            elif fields := [name for name in new if new[name] != old.get(name)]:
                yield f"~ {new['title']}: {', '.join(fields)}"


@dataclass
class Reextraction:
    """A run over all articles."""

    store: Store
    engine: Engine
    read: int = 0
    failed: int = 0

    def changes(self) -> Iterator[Change]:
        """The articles that say something else now, in the order in which they were stored."""
        waiting: deque[list[Any]] = deque()
        for results in self.engine.map(self._chunks(waiting)):
            rows = waiting.popleft()
            before = self._before([row.key for row in rows])
            for row, result in zip(rows, results, strict=True):
                self.read += 1
                if isinstance(result, Failure):
                    self.failed += 1
                    continue
                after = tuple(json.loads(one.document) for one in result.accounts)
                if before.get(row.key, ()) != after:
                    yield Change(row.id, result, before.get(row.key, ()), after)

    def apply(self, changes: Sequence[Change]) -> None:
        """Puts what they say now in place of what is stored, all in one transaction."""
        with self.store.write() as session:
            for one in changes:
                remove(session, one.id, "The article was read again with newer rules.")
            save_all(session, [one.ready for one in changes])

    def _chunks(self, waiting: deque[list[Any]]) -> Iterator[Sequence[Document]]:
        # Those that are put back with a new key come after the last one of now.
        with self.store.read() as session:
            last = session.scalar(select(_article.c.key).order_by(_article.c.key.desc()).limit(1)) or 0
        key = 0
        while True:
            asked = select(_article).where(_article.c.key > key, _article.c.key <= last)
            with self.store.read() as session:
                rows = list(session.execute(asked.order_by(_article.c.key).limit(_CHUNK)))
            if not rows:
                return
            key = rows[-1].key
            waiting.append(rows)
            yield [_given(row) for row in rows]

    def _before(self, keys: list[int]) -> dict[int, tuple[dict[str, Any], ...]]:
        found: dict[int, tuple[dict[str, Any], ...]] = {}
        asked = select(_readout.c.article_key, _readout.c.document).where(_readout.c.article_key.in_(keys))
        with self.store.read() as session:
            for row in session.execute(asked.order_by(_readout.c.article_key, _readout.c.position)):
                found[row.article_key] = (*found.get(row.article_key, ()), json.loads(row.document))
        return found


def _given(row: Any) -> Article:
    """The article as it was given, as far as the store knows."""
    told = row.published_basis in _TOLD
    return Article(
        source=row.source,
        text=row.text,
        url=row.url,
        published=row.published if told else None,
        published_basis=row.published_basis if told else None,
    )
