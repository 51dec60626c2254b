"""`dragoman reextract`: stored articles read again with the present rules."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.ingest import EngineName, Engines, Scheduler, Workers, engine_of
from app.commands.shared import Database, settings

_BATCH = 64


def reextract(
    database: Database = None,
    workers: Workers = None,
    apply: Annotated[bool, typer.Option("--apply", help="Store what changed; else it is only shown.")] = False,
    engine: Engines = EngineName.local,
    scheduler: Scheduler = None,
) -> None:
    """Read the stored articles again with the present rules and show what they say otherwise now."""
    from app.reextract import Change, Reextraction
    from app.store.engine import open_store

    store = open_store(settings(database).database_url)
    run = Reextraction(store, engine_of(engine, workers, scheduler))
    number, batch = 0, list[Change]()
    try:
        for change in run.changes():
            number += 1
            print(change.id, "".join(c if c.isprintable() else " " for c in change.ready.brief.source))
            for line in change.lines():
                print(f"  {line}")
            batch.append(change)
            if apply and len(batch) == _BATCH:
                run.apply(batch)
            if len(batch) == _BATCH:
                batch = []
        if apply and batch:
            run.apply(batch)
    finally:
        run.engine.close()
        store.close()
    failed = f", {run.failed} could not be read" if run.failed else ""
    print(f"{run.read} articles, {number} {'changed' if apply else 'would change (--apply stores it)'}{failed}")
    if run.failed:
        raise typer.Exit(1)
