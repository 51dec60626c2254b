"""`dragoman ingest`: reads articles into the database."""

from __future__ import annotations

import typer

from app.commands.shared import Database, Paths, Reading, settings


def ingest(paths: Paths, database: Database = None) -> None:
    """Read articles and store them with their events; what is there already is left as it is."""
    from app import terminal
    from app.ingest import default_extractor
    from app.ingest import ingest as store_all
    from app.knowledge.load import load_knowledge
    from app.store.engine import open_store

    store = open_store(settings(database).database_url)
    reading = Reading(paths)
    extract = default_extractor(load_knowledge())
    tally = terminal.tally(terminal.counted(store_all(store, extract, reading), "Reading articles"))
    store.close()
    print(tally)
    raise typer.Exit(reading.exit_code())
