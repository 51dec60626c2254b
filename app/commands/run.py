"""`dragoman run`: serves the API."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.shared import Database, settings


def run(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on. Default: 8000.")] = None,
    database: Database = None,
    samples: Annotated[bool, typer.Option("--samples/--no-samples", help="Load the sample articles first.")] = True,
) -> None:
    """Serve the API; the first time, load the samples."""
    from app import serve

    serve.run(settings(database, host=host, port=port), samples=samples)
