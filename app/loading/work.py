"""What workers do: documents in, what they say out, ready to be stored. Pure: no database, so any process on any
machine can do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from app.errors import SourceError
from app.records import Article, Extraction
from app.sources import html
from app.sources.found import Document
from app.store.ready import Ready, ready


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a document could not be read."""

    where: str
    reason: str


Result = Ready | Failure
Extractor = Callable[[Article], Extraction]
Make = Callable[[], Extractor]
"""Makes the extractor in the process that will use it; has to travel there, so it is a function of a module."""


class Engine(Protocol):
    """What has chunks of documents read, near or far."""

    def map(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Result]]:
        """The results of each chunk, in order. Chunks are taken only as fast as results are, with a bound between."""

    def close(self) -> None:
        """Ends whatever was started."""


def rules() -> Extractor:
    """The rules of extraction on the knowledge base of the project."""
    # Imported in the process that reads, which needs no store.
    from app.extract.pipeline import extract  # noqa: PLC0415
    from app.knowledge.load import load_knowledge  # noqa: PLC0415

    return partial(extract, knowledge=load_knowledge())


def read(extract: Extractor, document: Document, *, rows: bool = True) -> Result:
    """What one document says; whatever goes wrong with it stays with it. Without the rows of events where the same
    process stores them, which makes those only that stay alone."""
    try:
        article = html.article(document)
    except SourceError as error:
        return Failure(error.where or document.source, error.reason)
    except Exception as error:
        return Failure(document.source, f"the page cannot be read: {_said(error)}")
    try:
        return ready(article, extract(article), rows=rows)
    except Exception as error:
        return Failure(document.source, f"the extraction failed: {_said(error)}")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


class Serial:
    """This process itself."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._extract: Extractor | None = None

    def map(self, chunks: Iterable[Sequence[Document]]) -> Iterator[list[Result]]:
        """The results of each chunk."""
        for chunk in chunks:
            if chunk and self._extract is None:
                self._extract = self._make()
            yield [read(self._extract, document, rows=False) for document in chunk if self._extract]

    def close(self) -> None:
        """Nothing."""
