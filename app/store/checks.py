"""What must always hold of a database, each as a function that tells where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, Table, and_, func, select
from sqlmodel import Session, SQLModel

from app.records import Event, Record, Span
from app.store import derive, dialect, ids, silent
from app.store import rows as made_of
from app.store.columns import core
from app.store.documents import StoredCommitment, StoredEvent
from app.store.fold import fold
from app.store.readouts import load
from app.store.served import served, served_commitment
from app.store.tables import (
    ArticleRow,
    ArticleWords,
    CommitmentRow,
    CorrectionRow,
    Counter,
    EventRow,
    EventWords,
    Moved,
    ReadoutRow,
    Revision,
)

_article, _readout, _event, _words = core(ArticleRow), core(ReadoutRow), core(EventRow), core(EventWords)
_commitment, _moved, _revision = core(CommitmentRow), core(Moved), core(Revision)

_BATCH = 500
"""Rows at a time, so that memory stays flat."""

Findings = Iterator[str]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold."""

    holds: str
    """In plain words, as it is where all is well."""
    find: Callable[[Session], Findings]
    """Tells each place where it does not."""
    derived: bool
    """Whether what is wrong can be made anew from what is not."""


def damage(session: Session) -> Findings:
    """What the database system itself finds."""
    yield from dialect.of(session).damage(session.connection())


def references(session: Session) -> Findings:
    """Rows that refer to what is not there."""
    for table in SQLModel.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            other = constraint.referred_table.alias()
            pairs = [(table.c[one.parent.name], other.c[one.column.name]) for one in constraint.elements]
            lost = select(func.count()).select_from(
                table.outerjoin(other, and_(*(mine == theirs for mine, theirs in pairs)))
            )
            given = (mine.is_not(None) for mine, _ in pairs)
            number = session.scalar(lost.where(*given, *(theirs.is_(None) for _, theirs in pairs))) or 0
            if number:
                yield f"{number} rows of {table.name} refer to a {constraint.referred_table.name} that is not there"


def articles(session: Session) -> Findings:
    """Articles whose text is another than the one they were stored with."""
    for row in _rows(session, select(_article.c.key, _article.c.id, _article.c.sha256, _article.c.text)):
        if ids.sha256_of(row.text) != row.sha256:
            yield f"{row.id}: its text is not the one that was stored"
        elif ids.article_id(row.sha256) != row.id:
            yield f"{row.id}: its id is not that of its text"


def _hidden(session: Session) -> set[str]:
    try:
        lost = load(session, _readout.c.event_key.is_(None))
        return derive.hidden(session, list(lost.values())) if lost else set()
    except ValidationError:  # told of where each readout is read
        return set()


def readouts(session: Session) -> Findings:
    """Readouts that belong to no event though it is not hidden, or whose evidence is not in their article."""
    known = _hidden(session)
    columns = (_readout.c.key, _readout.c.id, _readout.c.position, _readout.c.event_key, _readout.c.document)
    joined = select(*columns, _article.c.text, _article.c.sha256).join(
        _article, _article.c.key == _readout.c.article_key
    )
    for row in _rows(session, joined):
        if row.event_key is None and row.id not in known:
            yield f"{row.id}: it is part of no event"
        if ids.readout_id(row.sha256, row.position) != row.id:
            yield f"{row.id}: its id is not that of its place in its article"
        try:
            event = Event.model_validate_json(row.document)
        except ValidationError as error:
            yield f"{row.id}: {_first(error)}"
            continue
        wrong = [span for span in _spans(event) if row.text[span.start : span.end] != span.quote]
        if wrong:
            yield f"{row.id}: {wrong[0].quote!r} is not at {wrong[0].start} of its article"


def events(session: Session) -> Findings:
    """Events whose row, document and readouts do not agree."""
    for rows in _batches(session, select(*_event.c)):
        keys = [row.key for row in rows]
        told: dict[int, set[str]] = {key: set() for key in keys}
        for key, id_ in session.execute(
            select(_readout.c.event_key, _readout.c.id).where(_readout.c.event_key.in_(keys))
        ):
            told[key].add(id_)
        for row in rows:
            try:
                event = StoredEvent.model_validate_json(served(row.document, row.id, ""))
            except ValidationError as error:
                yield f"{row.id}: {_first(error)}"
                continue
            yield from (f"{row.id}: {wrong}" for wrong in _disagreements(row, event, told[row.key]))


def _disagreements(row: Any, event: StoredEvent, told: set[str]) -> Findings:
    if not told:
        yield "no readout tells of it"
    if {one.id for one in event.readouts} != told:
        yield "its document names other readouts than those that are part of it"
    day = event.date.start if event.date else None
    if not ids.first_key(day) <= row.key < ids.beyond_key(day):
        yield "its key is not that of its day"
    place = (event.venue.latitude, event.venue.longitude) if event.venue else (None, None)
    expected = (event.date.end if event.date else None, event.confidence, *place)
    if (row.date_end, row.confidence, row.latitude, row.longitude) != expected:
        yield "what it is compared by is not what its document says"


def commitments(session: Session) -> Findings:
    """Events whose commitments do not stand in a row each."""
    for rows in _batches(session, select(_event.c.key, _event.c.id, _event.c.document)):
        own: dict[int, list[int]] = {row.key: [] for row in rows}
        columns = (_commitment.c.event_key, _commitment.c.position, _commitment.c.id, _commitment.c.document)
        for one in session.execute(select(*columns).where(_commitment.c.event_key.in_(own))):
            own[one.event_key].append(one.position)
            try:
                StoredCommitment.model_validate_json(served_commitment(one.document, one.id, ""))
            except ValidationError as error:
                yield f"{one.id}: {_first(error)}"
        for row in rows:
            number = len(json.loads(row.document)["commitments"])
            if sorted(own[row.key]) != list(range(number)):
                yield f"{row.id}: it has {number} commitments, and {len(own[row.key])} rows of them"


def found_by(session: Session) -> Findings:
    """Events whose names, facets or text, by which they are found, are not those of their documents."""
    joined = select(*_words.c, _event.c.key, _event.c.id, _event.c.document).select_from(
        _event.outerjoin(_words, _words.c.event_key == _event.c.key)
    )
    texts = select(_article.c.id, _article.c.text)
    for rows in _batches(session, joined, _event):
        documents = {row.key: event for row in rows if (event := readable(row))}
        wanted = {one.article.id for one in documents.values()}
        folded = {id_: fold(text) for id_, text in session.execute(texts.where(_article.c.id.in_(wanted)))}
        for row in rows:
            if row.event_key is None:
                yield f"{row.id}: it has no words"
            if row.event_key is None or row.key not in documents:
                continue
            event = documents[row.key]
            names, _, tags = made_of.found_by(event, ())
            if row.names != names or {*row.tags.split()} != {*tags.split()}:
                yield f"{row.id}: its names or facets are not those of its document"
            elif folded.get(event.article.id, "") not in row.words:
                yield f"{row.id}: the words of its article are not among its own"


def silent_articles(session: Session) -> Findings:
    """Articles that no event leads to and are not found by their own words, or the other way round."""
    own = core(ArticleWords).c
    named = (_article.c[name] for name in ("key", "id", "headline", "publisher", "language", "text"))
    joined = select(*named, own.article_key, own.words, own.tags, silent.NO_EVENT.label("silent"))
    joined = joined.select_from(_article.outerjoin(core(ArticleWords), own.article_key == _article.c.key))
    for rows in _batches(session, joined, _article):
        for row in rows:
            if bool(row.silent) != (row.article_key is not None):
                yield f"{row.id}: it is {'not ' if row.silent else ''}found by words of its own"
            elif row.silent:
                made = silent.entry(row._mapping)
                if (row.words, row.tags) != (made.words, made.tags):
                    yield f"{row.id}: the words it is found by are not its own"


def readable(row: Any) -> StoredEvent | None:
    """An event; None for one that another check tells of."""
    try:
        return StoredEvent.model_validate_json(served(row.document, row.id, ""))
    except ValidationError:
        return None


def index(session: Session) -> Findings:
    """Where the full-text indexes are not made of the words."""
    yield from dialect.of(session).index_faults(session.connection())


def memory(session: Session) -> Findings:
    """Where what is remembered of former events does not lead on."""
    events, moved = select(_event.c.id), select(_moved.c.old_id)
    for id_ in session.scalars(select(_moved.c.old_id).where(_moved.c.old_id.in_(events))):
        yield f"{id_}: it is there, and said to have gone"
    lost = _moved.c.new_id.not_in(events) & _moved.c.new_id.not_in(moved)
    for row in session.execute(select(_moved.c.old_id, _moved.c.new_id).where(lost)):
        yield f"{row.old_id}: {row.new_id}, which took its place, is nowhere"
    # Numbers are not reused: what is remembered is older than what is there.
    later = select(_event.c.id).join(_revision, _revision.c.event_id == _event.c.id)
    for id_ in session.scalars(later.where(_revision.c.number >= _event.c.revision).distinct()):
        yield f"{id_}: it remembers a later revision than it has"
    number = session.scalar(select(core(Counter).c.value).where(core(Counter).c.name == "updated")) or 0
    if (session.scalar(select(func.max(_event.c.updated))) or 0) > number:
        yield "events were changed more often than was counted"
    for row in session.execute(select(core(CorrectionRow).c.id, core(CorrectionRow).c.document)):
        try:
            json.loads(row.document)
        except ValueError:
            yield f"{row.id}: the correction cannot be read"


CHECKS = (
    Check("the database system finds no damage", damage, derived=False),
    Check("articles have the text they were stored with", articles, derived=False),
    Check("readouts are part of an event, and their evidence stands in their article", readouts, derived=False),
    Check("rows refer to rows that are there", references, derived=True),
    Check("events agree with their readouts", events, derived=True),
    Check("commitments stand in a row each", commitments, derived=True),
    Check("events are found by what they say", found_by, derived=True),
    Check("articles that no event leads to are found by what they say", silent_articles, derived=True),
    Check("the full-text index is that of the words", index, derived=True),
    Check("what is remembered of former events leads on", memory, derived=False),
)


def _rows(session: Session, statement: Select[Any]) -> Iterator[Any]:
    for rows in _batches(session, statement):
        yield from rows


def _batches(session: Session, statement: Select[Any], table: Table | None = None) -> Iterator[list[Any]]:
    """The rows of a statement that has a column `key`, in its order, some at a time."""
    key = table.c.key if table is not None else next(one for one in statement.selected_columns if one.name == "key")
    ordered = statement.order_by(key).limit(_BATCH)
    last: int | None = None
    while rows := list(session.execute(ordered if last is None else ordered.where(key > last)).all()):
        last = rows[-1].key
        yield rows


def _spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _spans(getattr(value, name))
    elif isinstance(value, tuple):
        for child in value:
            yield from _spans(child)


def _first(error: ValidationError) -> str:
    one: Mapping[str, Any] = error.errors()[0]
    return f"its document is wrong at /{'/'.join(map(str, one['loc']))}: {one['msg']}"
