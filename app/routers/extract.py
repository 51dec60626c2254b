"""Extraction alone: what an article says, nothing stored."""

from __future__ import annotations

import anyio.to_thread
from fastapi import APIRouter

from app.records import Extraction
from app.routers import examples
from app.routers.articles import ArticleInput
from app.routers.deps import ExtractorDep, LimiterDep, no_query
from app.routers.problems import BODY, documented

router = APIRouter(tags=["articles"])


@router.post(
    "/extract",
    operation_id="extract_events",
    summary="Read an article without storing it",
    responses={200: examples.shown(examples.EXTRACTION), **documented(*BODY)},
    dependencies=[no_query],
)
async def extract_events(posted: ArticleInput, extract: ExtractorDep, limiter: LimiterDep) -> Extraction:
    """The events of an article, as `POST /articles` would store them."""
    return await anyio.to_thread.run_sync(extract, posted.article(), limiter=limiter)
