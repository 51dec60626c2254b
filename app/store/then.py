"""Counting and finding first what was asked for at a moment: what stands unchanged since by the index, what was written
since one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Protocol

from sqlalchemy import func, select
from sqlmodel import Session

from app.errors import InvalidParameterError, Issue
from app.records import EventDate
from app.store import dialect, fits, history, page, past, query, stats
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.documents import Document, KeptEvent
from app.store.rows import commitment_found_by, found_by
from app.store.stats import Groups
from app.store.tables import Revision

_revision = core(Revision)

_MOST = 10_000
"""Revisions that are compared one by one for an answer."""
_CHUNK = 200


class Counting(Protocol):
    """What a store holds, now or at a moment."""

    def events(self, asked: EventQuery, by: Sequence[str]) -> Groups:
        """The events asked for, in groups."""

    def commitments(self, asked: CommitmentQuery, by: Sequence[str]) -> Groups:
        """The commitments asked for, in groups."""

    def first(self, asked: EventQuery) -> tuple[str, Document] | None:
        """Id and document of the first of the events asked for."""


@dataclass(frozen=True, slots=True)
class Now:
    """The store as it is."""

    session: Session

    def events(self, asked: EventQuery, by: Sequence[str]) -> Groups:
        """The events asked for, in groups."""
        return stats.events(self.session, asked, by)

    def commitments(self, asked: CommitmentQuery, by: Sequence[str]) -> Groups:
        """The commitments asked for, in groups."""
        return stats.commitments(self.session, asked, by)

    def first(self, asked: EventQuery) -> tuple[str, Document] | None:
        """Id and document of the first of the events asked for."""
        found = page.events(self.session, asked, None, 1, b"").records
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Former:
    """An event as it was."""

    key: int
    id: str
    document: str
    event: KeptEvent


class Then:
    """The store as it was at a moment, ISO 8601 in UTC. Raises InvalidParameterError for a moment of which nothing is
    known, and where too much was written since."""

    def __init__(self, session: Session, at: str) -> None:
        history.known(session, at)
        self._session = session
        self._at = at
        self._folds = dialect.of(session).FOLDS_FACETS
        self._found: dict[EventQuery, list[Former]] = {}

    def events(self, asked: EventQuery, by: Sequence[str]) -> Groups:
        """The events asked for, in groups."""
        still = stats.events(self._session, replace(asked, written_by=self._at), by)
        former = (
            self._groups(by, dialect.Noun.event, one.event.date, self._tags(found_by(one.event, ())[2]))
            for one in self.former(asked)
        )
        return _added(still, former)

    def commitments(self, asked: CommitmentQuery, by: Sequence[str]) -> Groups:
        """The commitments asked for, in groups."""
        still = stats.commitments(self._session, replace(asked, written_by=self._at), by)
        return _added(still, self._of_commitments(asked, by))

    def _of_commitments(self, asked: CommitmentQuery, by: Sequence[str]) -> Iterator[list[tuple[str, ...]]]:
        for one in self.former(past.events_of(asked)):
            for promise in one.event.commitments:
                if fits.commitment(asked, promise, one.event):
                    tags = self._tags(commitment_found_by(promise, one.event)[2])
                    yield self._groups(by, dialect.Noun.commitment, one.event.date, tags)

    def first(self, asked: EventQuery) -> tuple[str, Document] | None:
        """Id and document of the first of the events asked for."""
        wanted = replace(asked, written_by=self._at)
        plan = dialect.planned(self._session, dialect.Noun.event, wanted)
        found = [tuple(row) for row in self._session.execute(query.events(wanted, None, 1, plan))]
        found += [(one.key, one.id, one.document) for one in self.former(asked)]
        if not found:
            return None
        _, id_, document = min(found) if asked.ascending else max(found)
        return id_, document

    def former(self, asked: EventQuery) -> list[Former]:
        """The events asked for that were written since, as they were."""
        # Parsed but once, whatever the order.
        wanted = replace(asked, ascending=False)
        if wanted not in self._found:
            self._found[wanted] = list(self._fitting(wanted))
        return self._found[wanted]

    def _fitting(self, asked: EventQuery) -> Iterator[Former]:
        of_then = [_revision.c.since <= self._at, _revision.c.until > self._at]
        # Codes stand in documents as they are: what does not name a country is not looked at.
        of_then += [_revision.c.document.contains(f'"{code}"', autoescape=True) for code in asked.countries]
        few = select(_revision.c.key).where(*of_then).limit(_MOST + 1).subquery()
        if (self._session.scalar(select(func.count()).select_from(few)) or 0) > _MOST:
            raise _too_many(self._at)
        columns = (_revision.c.key, _revision.c.event_id, _revision.c.document)
        rows = self._session.execute(select(*columns).where(*of_then)).all()
        for start in range(0, len(rows), _CHUNK):
            some = [
                Former(key, id_, document, KeptEvent.model_validate_json(document))
                for key, id_, document in rows[start : start + _CHUNK]
            ]
            texts = past.texts(self._session, [one.event for one in some]) if asked.phrases else {}
            for one in some:
                if fits.event(asked, one.event, [texts.get(told.article.id, "") for told in one.event.readouts]):
                    yield one

    def _tags(self, tags: str) -> list[str]:
        return (tags.encode().lower().decode() if self._folds else tags).split()

    def _groups(
        self, by: Sequence[str], noun: dialect.Noun, when: EventDate | None, tags: Sequence[str]
    ) -> list[tuple[str, ...]]:
        """The groups that a record is in."""
        return list(product(*(_values(name, noun, when, tags) for name in by)))


def _values(name: str, noun: dialect.Noun, when: EventDate | None, tags: Sequence[str]) -> list[str]:
    if name in stats.TIMES:
        return [stats.TIMES[name](f"{when.start:%Y-%m}")] if when else []
    start = f"{stats.field_of(noun, name)}="
    found = [tag[len(start) :] for tag in tags if tag.startswith(start)]
    return [f"{one}-{two}" for one, two in combinations(sorted(found), 2)] if name == "dyad" else found


def _added(still: Groups, former: Iterable[list[tuple[str, ...]]]) -> Groups:
    counts: Counter[tuple[str, ...]] = Counter(still.counts)
    total, ungrouped = still.total, still.ungrouped
    for groups in former:
        counts.update(groups)
        total += 1
        ungrouped += not groups
    return Groups(counts, total, ungrouped)


def _too_many(at: str) -> InvalidParameterError:
    detail = f"More than {_MOST} events were written since {at}: too many to be compared one by one."
    hint = "Name a country, take a later moment, or read /events with as_of, which has no bound, and count there."
    return InvalidParameterError(detail, (Issue(detail, parameter="as_of", hint=hint),))
