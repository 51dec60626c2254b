"""`/docs`: the description of the API for people. Its files come with the program, nothing comes from outside."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent.parent / "web" / "docs"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: only what this server itself serves, and no script or style in the page."""

_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-cache",
}


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers.update(_HEADERS)
        return answer


async def _docs() -> FileResponse:
    return FileResponse(FOLDER / "index.html", headers=_HEADERS, media_type="text/html; charset=utf-8")


def add_docs(app: FastAPI) -> None:
    """Serves the page at `/docs` and its files under `/docs/files`."""
    app.add_api_route("/docs", _docs, include_in_schema=False, methods=["GET", "HEAD"])
    app.mount("/docs/files", _Files(directory=FOLDER), name="docs")
