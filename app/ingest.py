"""From articles to the store: extracts what is new and saves it, a batch a transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

from app.knowledge.lookup import Knowledge
from app.records import Article, Extraction
from app.store.engine import Store
from app.store.ids import article_id, sha256_of
from app.store.ready import ready
from app.store.save import Outcome, Saved, known, known_texts, remove, save_all, uncollected

Extractor = Callable[[Article], Extraction]
"""What reads an article; injected, so that tests and plugins can bring their own."""

BATCH = 2048
"""Articles in one transaction: enough that its cost is shared, few enough that a crash costs seconds."""


@dataclass(frozen=True, slots=True)
class Ingested:
    """An article, what became of it and, where it was read, what it says."""

    article: Article
    saved: Saved
    extraction: Extraction | None


def default_extractor(knowledge: Knowledge, *, ignore_published: bool = False) -> Extractor:
    """The rules of `app.extract` on a knowledge base."""
    from app.extract.pipeline import extract  # noqa: PLC0415  heavy; whoever injects another does not need it

    return partial(extract, knowledge=knowledge, ignore_published=ignore_published)


def ingest_one(store: Store, extract: Extractor, article: Article) -> Ingested:
    """Stores one article with its events, in one transaction, unless its text is there already."""
    return next(iter(ingest(store, extract, (article,))))


def replace(store: Store, extract: Extractor, old: str, article: Article) -> Ingested | None:
    """Puts another article in the place of one, in one transaction; None where there is none with that id."""
    extraction = extract(article)
    given = ready(article, extraction)
    with store.write() as session:
        if not remove(session, old, "Its article was replaced.", given.brief.id):
            return None
        there = known(session, article.text)
        saved = save_all(session, [given])[0]
    outcome = Outcome.unchanged if there else Outcome.replaced
    return Ingested(article, Saved(saved.id, outcome), extraction)


def ingest(store: Store, extract: Extractor, articles: Iterable[Article]) -> Iterator[Ingested]:
    """Stores articles with their events; each batch is whole in the database before its results are given out."""
    remaining = iter(articles)
    while batch := list(islice(remaining, BATCH)):
        with store.read() as session:
            present = known_texts(session, [article.text for article in batch])
        read = [(article, None if article.text in present else extract(article)) for article in batch]
        if all(extraction is None for _, extraction in read):
            yield from (_unchanged(article) for article in batch)
            continue
        with uncollected():
            new = [ready(article, extraction, rows=False) for article, extraction in read if extraction]
            with store.write() as session:
                saved = iter(save_all(session, new))
            del new
        results = [Ingested(one, next(saved), found) if found else _unchanged(one) for one, found in read]
        yield from results


def _unchanged(article: Article) -> Ingested:
    return Ingested(article, Saved(article_id(sha256_of(article.text)), Outcome.unchanged), None)
