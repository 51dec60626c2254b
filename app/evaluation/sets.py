"""A set to measure with: gold records, their articles, and a fingerprint by which the same set is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.errors import SourceError
from app.evaluation import gold
from app.records import Article
from app.sources import read


@dataclass(frozen=True)
class Labelled:
    """A gold record with its article, if that was found."""

    gold: gold.GoldRecord
    article: Article | None


@dataclass(frozen=True)
class GoldSet:
    """What is measured in one go."""

    name: str
    """`dev`, `seeds`, `samples`: what the baseline knows it by."""
    labelled: tuple[Labelled, ...]
    fingerprint: str
    """SHA-256 of the gold records and of the articles they are about."""


def name_of(folder: Path) -> str:
    """The name of the gold folder, or of the one around it where it is only called gold."""
    folder = folder.resolve()
    return folder.parent.name if folder.name == "gold" else folder.name


def articles_beside(folder: Path) -> Path:
    """Where the articles of a gold folder are: `articles/dev` beside `gold/dev`, else the folder around `gold`."""
    folder = folder.resolve()
    beside = (folder.parent.parent / "articles" / folder.name, folder.parent / "articles", folder.parent)
    return next(path for path in beside if path.is_dir())


def load(folder: Path, articles: Path | None = None) -> GoldSet:
    """The gold records of a folder with their articles. Raises SourceError where there are none of either."""
    if not folder.is_dir():
        raise SourceError(f"{folder}: no such folder")
    records = gold.load(folder)
    place = articles or articles_beside(folder)
    known = {stem: article for stem, article in _articles(place) if stem in records}
    if not known:
        raise SourceError(f"{place}: none of the articles that {folder} is about")
    labelled = tuple(Labelled(record, known.get(stem)) for stem, (record, _) in records.items())
    digest = hashlib.sha256()
    for part in _parts((stem, content, known.get(stem)) for stem, (_, content) in sorted(records.items())):
        digest.update(len(part).to_bytes(8, "big") + part)
    return GoldSet(name_of(folder), labelled, digest.hexdigest())


def _articles(place: Path) -> Iterator[tuple[str, Article]]:
    for one in read.articles([str(place)]):
        if isinstance(one, SourceError):
            raise one
        yield PurePath(one.source).stem, one


def _parts(rows: Iterable[tuple[str, bytes, Article | None]]) -> Iterator[bytes]:
    """What a set is made of; not where its files are."""
    for stem, content, article in rows:
        yield stem.encode()
        yield content.replace(b"\r\n", b"\n")
        if article is not None:
            yield article.model_dump_json(exclude={"source"}).encode()
