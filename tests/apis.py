"""The API on the database of a test. FastAPI takes a tenth of a second to look through its routes, and there are a
thousand tests: the application is put together once for each reader and each set of settings."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app import main
from app.ingest import Extractor
from app.knowledge.lookup import Knowledge
from app.routers.kept import Answers
from app.settings import Settings
from app.store.engine import open_store

_ELSEWHERE = "sqlite:///the/database/of/the/test.db"
_made: dict[tuple[Any, ...], FastAPI] = {}


def api_on(
    patch: pytest.MonkeyPatch, database: str, extractor: Extractor, knowledge: Knowledge | None, **settings: Any
) -> FastAPI:
    """The application on a database, remembering nothing of any other. Only one of those made alike can be in use."""
    chosen = Settings(database_url=_ELSEWHERE, **settings)
    key = (extractor, id(knowledge), str(settings))
    if key not in _made:
        _made[key] = main.create_app(chosen, extractor=extractor, knowledge=knowledge)
    api = _made[key]
    patch.setattr(main, "open_store", lambda url: open_store(database if url == _ELSEWHERE else url))
    answers = Answers(chosen.answer_cache)
    for layer in api.user_middleware:
        if "answers" in layer.kwargs:
            layer.kwargs["answers"] = answers
    api.middleware_stack = None  # it is made anew with the first request
    return api


def client_of(api: FastAPI) -> httpx.AsyncClient:
    """Asks it as the network would."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(api, raise_app_exceptions=False), base_url="http://api")
