"""What every request passes on its way to a route, and every answer on its way back."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute
from starlette_compress import CompressMiddleware, add_compress_type

from app.formats.registry import FORMATS
from app.routers.access import Access
from app.routers.again import Again
from app.routers.body import BodyLimit
from app.routers.conditional import Conditional
from app.routers.idempotency import Idempotency
from app.routers.kept import Answers, Kept
from app.routers.lean import Lean
from app.routers.problems import MEDIA_TYPE
from app.routers.representations import Representations
from app.settings import Settings

_LOCAL = r"https?://([a-z0-9-]+\.)*localhost(:\d+)?|https?://(127(\.\d+){3}|\[::1\])(:\d+)?"
"""Pages that this machine itself serves, such as a front end that is being written."""

_TAKEN = ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID")
_EXPOSED = (
    "ETag", "Link", "Location", "Content-Language", "Content-Disposition", "RateLimit", "RateLimit-Policy",
    "Retry-After", "Idempotency-Replayed", "WWW-Authenticate",
)  # fmt: skip


def add_middleware(app: FastAPI, settings: Settings, routes: list[BaseRoute]) -> None:
    """Adds all of it, the innermost first."""
    for one in FORMATS.values():
        if one.is_text:
            add_compress_type(one.media_type)
    add_compress_type(MEDIA_TYPE)
    app.add_middleware(Lean, routes=routes)
    app.add_middleware(Representations, routes=routes)
    app.add_middleware(Idempotency)
    app.add_middleware(BodyLimit, limit=settings.max_body, batch_limit=settings.max_batch)
    app.add_middleware(CompressMiddleware, zstd_level=1, brotli=False, gzip_level=1)
    answers = Answers(settings.answer_cache) if settings.answer_cache else None
    if answers:
        app.add_middleware(Kept, answers=answers)
    app.add_middleware(Conditional)
    app.add_middleware(Access, settings=settings)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_origin_regex=_LOCAL,
        allow_methods=("GET", "HEAD", "POST", "PUT", "DELETE"),
        allow_headers=(
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
        ),
        expose_headers=_EXPOSED,
        max_age=3600,
    )
    if answers:
        app.add_middleware(Again, answers=answers)
