"""Pages for people: `/`, which shows what the API knows, and `/docs`, which describes it.

Static files that come with the program and use only the public API: nothing from outside, no script or style in a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent.parent / "web"
DOCS = FOLDER / "docs"

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
    # Asked each time, answered by 304: a new version is seen at once.
    "cache-control": "no-cache",
}


class _Files(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers.update(_HEADERS)
        return answer


def add_pages(app: FastAPI) -> None:
    """Serves `/` with its files under `/web`, and `/docs` with its files under `/docs/files`."""
    for path, folder, files in (("/", FOLDER, "/web"), ("/docs", DOCS, "/docs/files")):
        app.add_api_route(path, _index(folder), include_in_schema=False, methods=["GET", "HEAD"])
        app.mount(files, _Files(directory=folder))


def _index(folder: Path) -> Callable[[], Awaitable[FileResponse]]:
    async def index() -> FileResponse:
        return FileResponse(folder / "index.html", headers=_HEADERS, media_type="text/html; charset=utf-8")

    return index
