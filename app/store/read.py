"""Single records out of the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from app.store import query
from app.store.documents import StoredArticle, StoredEvent
from app.store.marks import marks
from app.store.missing import not_there
from app.store.served import served
from app.store.whereabouts import event_now


class MovedError(Exception):
    """The event has another id now."""

    def __init__(self, event_id: str) -> None:
        self.event_id = event_id


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is."""

    articles: int
    events: int


def may_be_an_id(id_: str) -> bool:
    """Whether an id can be one of ours; not all databases take every character in a question."""
    return id_.isascii() and id_.isprintable()


def event(session: Session, event_id: str, base: str) -> tuple[bytes, int]:
    """The JSON of an event, its address under `base`, and its revision. Raises MovedError, GoneError, NotFoundError."""
    if not may_be_an_id(event_id):
        raise not_there("event", event_id)
    row = session.execute(query.event(event_id)).first()
    if row is None:
        raise MovedError(event_now(session, event_id))
    return served(row.document, row.id, base), row.revision


def event_documents(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """The documents of events by id; those that are not there are left out."""
    return {row.id: row.document for row in session.execute(query.events_by_id(list(ids)))}


def commitment(session: Session, commitment_id: str) -> tuple[str, str]:
    """Id and document of a commitment. Raises NotFoundError."""
    row = session.execute(query.commitment(commitment_id)).first() if may_be_an_id(commitment_id) else None
    if row is None:
        raise not_there("commitment", commitment_id)
    return row.id, row.document


def article(session: Session, article_id: str, base: str) -> StoredArticle:
    """An article with its events and their evidence. Raises NotFoundError."""
    row = session.execute(query.article(article_id)).mappings().first() if may_be_an_id(article_id) else None
    if row is None:
        raise not_there("article", article_id)
    documents = session.execute(query.events_of(row["key"]))
    events = tuple(StoredEvent.model_validate_json(served(one.document, one.id, base)) for one in documents)
    shown = {name: row[name] for name in StoredArticle.model_fields if name in row}
    return StoredArticle(**shown, evidence=marks(events, article_id), events=events)


def counts(session: Session) -> Counts:
    """How many articles and events there are."""
    return Counts(*session.execute(query.counts()).one())
