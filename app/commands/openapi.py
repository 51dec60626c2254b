"""`dragoman openapi`: prints the description of the API."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.errors import SourceError


def openapi(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
) -> None:
    """Print the OpenAPI description of the API."""
    import json

    from app.main import create_app

    described = (json.dumps(create_app().openapi(), indent=2, ensure_ascii=False) + "\n").encode()
    if output is None:
        sys.stdout.buffer.write(described)
        return
    try:
        output.write_bytes(described)
    except OSError as error:
        raise SourceError(f"{output}: {error.strerror}") from error
