"""Puts the application together: wiring only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
from fastapi import FastAPI

from app.ingest import Extractor, default_extractor
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge
from app.routers import (
    actors,
    articles,
    articles_list,
    batches,
    changes,
    commitments,
    corrections,
    countries,
    described,
    dyads,
    events,
    extract,
    fetch,
    health,
    middleware,
    occasions,
    organizations,
    page,
    places,
    problems,
    quality,
    readouts,
    stats,
    stream,
    topics,
)
from app.routers.log import Log
from app.settings import Settings
from app.store.engine import open_store
from app.version import VERSION

_DESCRIPTION = """\
Who met whom, when, where, and what did they commit to: diplomatic events from Vietnamese, Chinese and English news.

Every value carries its evidence: the words of the article it rests on, with their offsets. Dates say how they were
worked out. Lists are paged by `next`; unknown parameters are errors; every failure is a `Problem` (RFC 9457)."""

_TAGS = [
    {"name": "events", "description": "What happened between whom."},
    {"name": "commitments", "description": "What was promised, offered, asked for, backed or restated."},
    {"name": "statistics", "description": "How many there are of each kind."},
    {"name": "articles", "description": "The texts that report it."},
    {"name": "knowledge", "description": "Who and what they speak of: people, countries, bodies, summits, places."},
    {"name": "server", "description": "The server itself."},
]

_NOUNS = (
    stream,  # before the events: its path is no id
    events,
    readouts,
    corrections,
    batches,
    commitments,
    stats,
    dyads,
    changes,
    articles_list,
    articles,
    extract,
    fetch,
    actors,
    countries,
    organizations,
    occasions,
    places,
    topics,
    quality,
    health,
)


def create_app(
    settings: Settings | None = None, *, extractor: Extractor | None = None, knowledge: Knowledge | None = None
) -> FastAPI:
    """The application. The database is opened, and brought up to date, when it starts to serve."""
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        state = app.state
        state.settings = chosen
        state.knowledge = knowledge or load_knowledge()
        state.extractor = extractor or default_extractor(state.knowledge)
        state.limiter = anyio.CapacityLimiter(chosen.extraction_threads)
        state.store = open_store(chosen.database_url)
        state.log = Log(state.store, chosen.streams)
        yield
        state.log.close()
        state.store.close()

    app = FastAPI(
        title="Dragoman",
        version=VERSION,
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
    )
    problems.add_handlers(app)
    middleware.add_middleware(app, chosen, [route for noun in _NOUNS for route in noun.router.routes])
    app.include_router(batches.by_type)
    for noun in _NOUNS:
        app.include_router(noun.router)
    page.add_pages(app)
    described.describe(app)
    return app
