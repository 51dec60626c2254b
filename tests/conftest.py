"""What all tests share: a store and an API on a database of their own, with the toy reader.

`database` is a SQLite file, the copy of one that was migrated once; tests marked with `both` run again on a PostgreSQL
server that is started for them.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.store.engine import Store, open_store
from tests import toy
from tests.apis import api_on, client_of
from tests.postgres import Server

# Begun with, so that no worker is left with one of them when the others have nothing more to do.
LONGEST = ("clients", "loading", "cli", "api/test_conformance.py", "store/test_killed.py", "store/test_backup.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = [str(Path(__file__).parent / name) for name in LONGEST]
    items.sort(
        key=lambda item: next((n for n, path in enumerate(first) if str(item.path).startswith(path)), len(first))
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        both = metafunc.definition.get_closest_marker("both")
        metafunc.parametrize("database", ["sqlite", "postgresql"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with our tables and nothing in them: to copy it takes a hundredth of the time of the migrations."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "test.db")
        yield f"sqlite:///{tmp_path}/test.db"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def api(database: str, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    return api_on(monkeypatch, database, toy.extract, toy.KNOWLEDGE)


@pytest.fixture
async def client(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with api.router.lifespan_context(api), client_of(api) as opened:
        yield opened
