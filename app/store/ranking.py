"""The matches of words, the most to the point first.

An index that ranks must look at every match of a word, which for a frequent one takes a tenth of a second in a million.
So only the newest matches are ranked, and by where the words stand: in a name, in the first line, in a headline, in the
text. A score hangs on the record and the words alone, so that pages fit together while others write.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table, select
from sqlmodel import Session

from app.store import cursor as cursors
from app.store import dialect, lexemes, query
from app.store.asked import CommitmentQuery, EventQuery
from app.store.columns import core
from app.store.tables import CommitmentRow, CommitmentWords, EventRow, EventWords

MOST = 1000
"""Matches that are ranked: so many are read in some hundredths of a second."""

_NAMED, _CALLED, _HEADED, _SAID = 4.0, 3.0, 2.0, 1.0
"""What a phrase counts in a name, in the first line, in another line, in a text. The order is what matters: somebody
who is asked for by name was there; what is in the title is what the event is about."""
_WHOLE = 3.0
"""What all phrases count besides, where they stand together in a name or in the first line."""
_LINE = 300
"""Characters of a line; what is longer is a text."""
_ENOUGH = 2.0
"""After so many times in a text, once more counts less than half (as k1 of BM25)."""

Q = TypeVar("Q", EventQuery, CommitmentQuery)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A page of matches in order of their scores."""

    records: tuple[tuple[str, str], ...]
    """Ids and documents."""
    cursor: str | None
    number: int
    """How many matches were ranked."""
    all: bool
    """Whether these are all there are."""


def events(session: Session, asked: EventQuery, cursor: str | None, limit: int, secret: bytes) -> Ranked:
    """A page of the events asked for. Raises InvalidCursorError."""
    plan = dialect.planned(session, dialect.Noun.event, asked)
    statement, order = query.matching(asked, plan)
    keys = list(session.scalars(statement.order_by(order.desc()).limit(MOST + 1)))
    return _page(session, asked, keys, (cursor, limit, secret), (core(EventWords), "event_key", core(EventRow)))


def commitments(session: Session, asked: CommitmentQuery, cursor: str | None, limit: int, secret: bytes) -> Ranked:
    """A page of the commitments asked for. Raises InvalidCursorError."""
    plan = dialect.planned(session, dialect.Noun.commitment, asked)
    statement, order = query.matching_commitments(asked, plan)
    keys = list(session.scalars(statement.order_by(order.desc()).limit(MOST + 1)))
    tables = (core(CommitmentWords), "commitment_key", core(CommitmentRow))
    return _page(session, asked, keys, (cursor, limit, secret), tables)


def _page(
    session: Session, asked: Q, keys: Sequence[int], slice_: tuple[str | None, int, bytes], of: tuple[Table, str, Table]
) -> Ranked:
    cursor, limit, secret = slice_
    words, key, rows = of
    digest = cursors.digest({"order": "relevance", "asked": asked.digest()})
    after = tuple(cursors.decode(cursor, digest, secret)) if cursor is not None else None
    chosen = select(words.c[key], words.c.names, words.c.words).where(words.c[key].in_(keys[:MOST]))
    placed = sorted((-score(asked.phrases, row[1], row[2]), -row[0]) for row in session.execute(chosen))
    rest = [one for one in placed if after is None or one > after]
    shown = rest[:limit]
    wanted = [-one[1] for one in shown]
    found: dict[int, Any] = {
        row.key: (row.id, row.document)
        for row in session.execute(select(rows.c.key, rows.c.id, rows.c.document).where(rows.c.key.in_(wanted)))
    }
    following = cursors.encode(shown[-1], digest, secret) if len(rest) > limit else None
    return Ranked(tuple(found[one] for one in wanted), following, len(placed), len(keys) <= MOST)


def score(phrases: Sequence[str], names: str, words: str) -> float:
    """How much to the point a record is for folded phrases; `names` and `words` as the index has them."""
    called, *others = (f" {part.strip()} " for part in words.split(lexemes.BETWEEN))
    named = f" {names} "
    found = sum(_best(f" {phrase} ", named, called, others) for phrase in phrases)
    together = f" {' '.join(phrases)} "
    return round(found + (_WHOLE if together in named or together in called else 0.0), 4)


def _best(phrase: str, named: str, called: str, others: Sequence[str]) -> float:
    """What a phrase counts: for the best place it stands in, and a little for how often it is said."""
    said = sum(part.count(phrase) for part in others)
    often = _SAID * said / (said + _ENOUGH)
    if phrase in named:
        return _NAMED + often
    if phrase in called:
        return _CALLED + often
    if any(phrase in part for part in others if len(part) <= _LINE):
        return _HEADED + often
    return often
