"""API keys: made once, shown once, kept as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import insert, select, update
from sqlmodel import Session

from app.errors import InvalidParameterError, Issue, NotFoundError
from app.store.columns import core
from app.store.own_tables import KeyRow

_START = "drg"
LONGEST_NAME = 100


class KeyScope(StrEnum):
    """What a key allows."""

    read = "read"
    """To read, also where reading is not open to everybody."""
    write = "write"
    """To add and to correct, and to read."""
    admin = "admin"
    """Everything, also to remove."""


_INCLUDES = {
    KeyScope.read: {KeyScope.read},
    KeyScope.write: {KeyScope.read, KeyScope.write},
    KeyScope.admin: set(KeyScope),
}


_key = core(KeyRow)


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key without what makes it one."""

    id: str
    name: str
    scopes: frozenset[KeyScope]
    created: str
    revoked: str | None

    def allows(self, needed: KeyScope) -> bool:
        """Whether a scope is among its scopes, or included in one."""
        return any(needed in _INCLUDES[scope] for scope in self.scopes)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create(session: Session, name: str, scopes: set[KeyScope]) -> str:
    """Makes a key and gives it back, the only time that it can be seen. Raises InvalidParameterError."""
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        detail = f"The name of a key has 1 to {LONGEST_NAME} printable characters."
        raise InvalidParameterError(detail, (Issue(detail, parameter="name"),))
    if session.execute(select(_key.c.id).where(_key.c.name == name)).first():
        detail = f"There is a key {name!r} already."
        raise InvalidParameterError(detail, (Issue(detail, parameter="name", hint="Take another name."),))
    id_ = secrets.token_hex(4)
    token = f"{_START}_{id_}_{secrets.token_urlsafe(32)}"
    row = {"id": id_, "name": name, "scopes": " ".join(sorted(scopes)), "hash": _hash(token), "created": _now()}
    session.execute(insert(_key), [row])
    return token


def find(session: Session, token: str) -> StoredKey | None:
    """The key with these characters, unless it was revoked."""
    parts = token.split("_", 2)
    if len(parts) != 3 or parts[0] != _START or not token.isascii() or not token.isprintable():
        return None
    row = session.execute(select(_key).where(_key.c.id == parts[1])).first()
    if row is None or row.revoked or not hmac.compare_digest(row.hash, _hash(token)):
        return None
    return _stored(row)


def keys(session: Session) -> list[StoredKey]:
    """All keys, the oldest first, revoked ones too."""
    return [_stored(row) for row in session.execute(select(_key).order_by(_key.c.created, _key.c.id))]


def revoke(session: Session, name: str) -> None:
    """Ends a key, by its name or id, for good. Raises NotFoundError."""
    changed = session.execute(
        update(_key).where((_key.c.name == name) | (_key.c.id == name), _key.c.revoked.is_(None)).values(revoked=_now())
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise NotFoundError(f"There is no key {name!r} that counts.")


def _stored(row: object) -> StoredKey:
    values = row._mapping  # type: ignore[attr-defined]
    scopes = frozenset(KeyScope(scope) for scope in values["scopes"].split())
    return StoredKey(values["id"], values["name"], scopes, values["created"], values["revoked"])
