"""Which revision of the tables a database is at, and how it comes to another one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from app.errors import NewerDatabaseError, StoreError

if TYPE_CHECKING:
    from alembic.config import Config


def revision(engine: Engine, url: str) -> str | None:
    """The revision a database is at; None for an empty one. Raises StoreError for that of another program."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables:
            return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if tables:
        raise StoreError(f"The database holds the tables of another program ({', '.join(tables[:3])}): {url}")
    return None


def check_known(at: str, what: str) -> None:
    """Raises NewerDatabaseError for a revision that only newer versions of the program know."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415  a third of a second, needed only on an old database

    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if at not in known:
        raise NewerDatabaseError(
            f"{what} is at revision {at}, which this version of Dragoman does not know; nothing was changed. "
            "Update Dragoman, or use another one."
        )


def upgrade(connection: Connection, to: str) -> None:
    """Brings the tables forward, within the transaction of the connection."""
    from alembic import command  # noqa: PLC0415

    _run(connection, command.upgrade, to)


def downgrade(connection: Connection, to: str) -> None:
    """Takes the tables back, within the transaction of the connection."""
    from alembic import command  # noqa: PLC0415

    _run(connection, command.downgrade, to)


def _run(connection: Connection, step: Callable[[Config, str], None], to: str) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = _config()
    config.attributes["connection"] = connection
    step(config, to)


def _config() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
