"""What all tests share: a store and an API on a database of their own, with the toy reader."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.settings import Settings
from app.store.engine import Store, open_store
from tests import toy


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/test.db"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def api(database: str) -> FastAPI:
    return create_app(Settings(database_url=database), extractor=toy.extract, knowledge=toy.KNOWLEDGE)


@pytest.fixture
async def client(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(api, raise_app_exceptions=False)
    opened = httpx.AsyncClient(transport=transport, base_url="http://api")
    async with api.router.lifespan_context(api), opened:
        yield opened
