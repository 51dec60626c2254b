"""`dragoman openapi`: prints the description of the API, or tells what of it would break clients."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from app.errors import SourceError


def openapi(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")] = None,
    compare: Annotated[
        Path | None, typer.Option(help="An older description: name the changes since that break clients, and fail.")
    ] = None,
    changelog: Annotated[
        Path | None, typer.Option(help="With --compare: breaks that it names under `### Breaking` are accepted.")
    ] = None,
    bare: Annotated[bool, typer.Option("--bare", help="Without texts and examples: what clients depend on.")] = False,
) -> None:
    """Print the OpenAPI description of the API."""
    import json

    from app import compatibility
    from app.main import create_app

    described = create_app().openapi()
    if compare is not None:
        _compare(compare, described, _read(changelog).decode() if changelog else "")
        return
    shown = compatibility.bare(described) if bare else described
    written = (json.dumps(shown, indent=None if bare else 2, ensure_ascii=False) + "\n").encode()
    if output is None:
        sys.stdout.buffer.write(written)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        raise SourceError(f"{output}: {error.strerror}") from error


def _compare(old: Path, new: dict[str, Any], changelog: str) -> None:
    import json

    from app import compatibility

    try:
        found = compatibility.breaks(json.loads(_read(old)), new)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise SourceError(f"{old}: no description that could be compared") from None
    left = compatibility.unaccepted(found, changelog)
    for one in left:
        print(f"`{one.place}`: {one.what}")
    if left:
        print(
            f"{len(left)} changes break clients. Mend them, or accept them: these lines under `### Breaking` of "
            "Unreleased in CHANGELOG.md.",
            file=sys.stderr,
        )
        raise typer.Exit(1)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error
