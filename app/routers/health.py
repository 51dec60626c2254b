"""Whether the server works, and how much it holds."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from app.routers.deps import StoreDep, no_query
from app.routers.problems import documented
from app.store import read
from app.version import VERSION

router = APIRouter(tags=["server"])


class Health(BaseModel):
    """State of the server."""

    model_config = ConfigDict(
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"status": "ok", "version": VERSION, "articles": 12, "events": 17}]},
    )

    status: Literal["ok"] = "ok"
    """`ok`: the database answers."""
    version: str
    """Version of the program."""
    articles: int
    """How many articles are stored."""
    events: int
    """How many events are stored."""


@router.get(
    "/health",
    operation_id="get_health",
    summary="Ask whether the server works",
    responses=documented(),
    dependencies=[no_query],
)
async def get_health(store: StoreDep) -> Health:
    """Version and size of what is served; a problem where the database does not answer."""
    with store.read() as session:
        held = read.counts(session)
    return Health(version=VERSION, articles=held.articles, events=held.events)
