"""Answers that are kept for a day, for those who send a request again because they saw no answer."""

from __future__ import annotations

import time
from dataclasses import dataclass

import orjson
from sqlalchemy import delete, insert, select

from app.store.columns import core
from app.store.engine import Store
from app.store.own_tables import RememberedRow

KEPT_SECONDS = 24 * 3600


_remembered = core(RememberedRow)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what tells the request it belongs to from others."""

    fingerprint: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def find(store: Store, name: str) -> Answer | None:
    """The answer kept under a name, if it is not older than a day."""
    with store.read() as session:
        row = session.execute(
            select(_remembered).where(_remembered.c.name == name, _remembered.c.at > time.time() - KEPT_SECONDS)
        ).first()
    if row is None:
        return None
    return Answer(
        row.fingerprint, row.status, tuple((pair[0], pair[1]) for pair in orjson.loads(row.headers)), row.body
    )


def keep(store: Store, name: str, answer: Answer) -> None:
    """Keeps an answer under a name; what is older than a day goes."""
    now = int(time.time())
    row = {
        "name": name,
        "at": now,
        "fingerprint": answer.fingerprint,
        "status": answer.status,
        "headers": orjson.dumps(answer.headers).decode(),
        "body": answer.body,
    }
    with store.write() as session:
        session.execute(
            delete(_remembered).where((_remembered.c.at <= now - KEPT_SECONDS) | (_remembered.c.name == name))
        )
        session.execute(insert(_remembered), [row])
