"""What runs of reading in remember: how far a file was read, which page is done, what a feed had."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import delete, insert, select
from sqlmodel import Session

from app.store.columns import core
from app.store.dialect.among import among
from app.store.own_tables import IngestState
from app.store.tables import ArticleRow

_state, _article = core(IngestState), core(ArticleRow)


def remembered(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The values of those keys that have one."""
    rows = session.execute(select(_state.c.key, _state.c.value).where(among(_state.c.key, keys)))
    return {row.key: row.value for row in rows}


def starting(session: Session, prefix: str) -> dict[str, str]:
    """All keys that start so, with their values."""
    rows = session.execute(select(_state.c.key, _state.c.value).where(_state.c.key.startswith(prefix, autoescape=True)))
    return {row.key: row.value for row in rows}


def remember(session: Session, values: Mapping[str, str]) -> None:
    """Keeps values, in place of what the keys had."""
    if values:
        forget(session, values.keys())
        session.execute(insert(_state), [{"key": key, "value": value} for key, value in values.items()])


def forget(session: Session, keys: Collection[str]) -> None:
    """Forgets keys."""
    session.execute(delete(_state).where(among(_state.c.key, keys)))


def stored(session: Session, hashes: Collection[str]) -> set[str]:
    """Which of these SHA-256 are those of the text of an article."""
    return set(session.scalars(select(_article.c.sha256).where(among(_article.c.sha256, hashes))))
