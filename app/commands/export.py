"""`dragoman export`: the events in a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.commands.shared import Database, settings
from app.errors import StartError


def export(
    filters: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=VALUE]...", help="Only some: the filters of GET /events (country=VN date=2021)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="File to write; else standard output.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help="ndjson, json, csv, parquet, geojson, ics, atom or icews."),
    ] = None,
    by_year: Annotated[
        bool, typer.Option("--by-year", help="Write a folder of Parquet files, one a year (year=2021/…).")
    ] = False,
    database: Database = None,
) -> None:
    """Write all events, or those that fit some filters, in one of the formats of the API, newest first."""
    from app import export as exporting
    from app.formats.about import About
    from app.formats.registry import FORMATS
    from app.knowledge.load import load_knowledge
    from app.store.engine import open_store

    by_suffix = {one.suffix: one.name for one in FORMATS.values()}
    suffix = output.suffix.lstrip(".") if output else ""
    name = form or ("parquet" if by_year else by_suffix.get(suffix, "ndjson"))
    if name not in FORMATS:
        raise StartError(f"There is no format {name!r}; there are {', '.join(FORMATS)}.")
    if by_year and (name != "parquet" or output is None):
        raise StartError("--by-year writes Parquet into a folder: dragoman export --by-year -o FOLDER")
    chosen = settings(database)
    knowledge = load_knowledge()
    known, bodies = knowledge.country, knowledge.organization
    asked = None
    if filters:
        from app.routers import written

        asked = written.query(filters, knowledge)
    base = (chosen.public_url or f"http://{chosen.host}:{chosen.port}").rstrip("/")
    about = About(
        url=f"{base}/events",
        country=lambda code: known[code].name if code in known else code,
        organization=lambda id_: bodies[id_].name if id_ in bodies else id_,
    )
    store = open_store(chosen.database_url)
    try:
        records = exporting.events(store, base, asked)
        if output is None:
            exporting.to_stream(records, FORMATS[name], about, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            number = (
                exporting.by_year(records, about, output)
                if by_year
                else exporting.to_file(records, FORMATS[name], about, output)
            )
            print(f"{output}: {number} events")
    finally:
        store.close()
