"""Names are found by the pairs of their words, too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import sqlalchemy as sa
from alembic import op

from app.store import dialect
from app.store.dialect.sqlite import forgetting

revision = "0010"
down_revision = "0009"

_BATCH = 1000
_BETWEEN = " \ue000 "
_PAIRS = "name="
_LONGEST = 500


def upgrade() -> None:
    """Adds the pairs to what is stored."""
    _change(_with_pairs)
    _index(" ", "_")


def downgrade() -> None:
    """Takes them away."""
    _change(_plain)
    _index("_", " ")


def _plain(names: str) -> str:
    return _BETWEEN.join(one for one in names.split(_BETWEEN) if not one.startswith(_PAIRS))


def _with_pairs(names: str) -> str:
    plain = _plain(names)
    pairs = (" ".join(_pairs(one)) for one in plain.split(_BETWEEN))
    return _BETWEEN.join(dict.fromkeys(filter(None, (plain, *pairs))))


def _pairs(name: str) -> Iterator[str]:
    return (f"{_PAIRS}{one}_{two}"[:_LONGEST] for one, two in pairwise(name.split()))


def _change(names: Callable[[str], str]) -> None:
    connection = op.get_bind()
    for noun in ("event", "commitment"):
        words = sa.table(f"{noun}_words", *map(sa.column, (f"{noun}_key", "names")))
        key = words.c[f"{noun}_key"]
        if connection.dialect.name == "sqlite":
            # Past the index, which is made anew at the end.
            for when in ("removed", "changed"):
                op.execute(f"DROP TRIGGER IF EXISTS {noun}_words_{when}")
        change = sa.update(words).where(key == sa.bindparam("of")).values(names=sa.bindparam("made"))
        batch, last = sa.select(words).order_by(key).limit(_BATCH), -1
        while rows := connection.execute(batch.where(key > last)).all():
            last = rows[-1][0]
            connection.execute(change, [{"of": row[0], "made": names(row[1])} for row in rows])
        if connection.dialect.name == "sqlite":
            for statement in forgetting(noun):
                op.execute(statement)


def _index(before: str, after: str) -> None:
    """PostgreSQL has the pairs in its index anyway, with another sign between the words."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        dialect.of(connection).reindex(connection)
        return
    for noun in ("event", "commitment"):
        renamed = f"replace(one, '{before}', '{after}')"
        connection.exec_driver_sql(
            f"UPDATE {noun}_search SET lexemes = array_to_tsvector(ARRAY("  # noqa: S608  words of ours
            f"SELECT CASE WHEN starts_with(one, '{_PAIRS}') THEN {renamed} ELSE one END"
            " FROM unnest(tsvector_to_array(lexemes)) AS one))"
        )
