"""`dragoman ingest`: reads articles into the database."""

from __future__ import annotations

import os
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.commands.shared import AllowPrivate, Database, Map, MaxSize, Paths, options, settings
from app.errors import StartError

if TYPE_CHECKING:
    from app.loading.run import Run
    from app.loading.work import Engine
    from app.settings import Settings
    from app.sources.limits import Options
    from app.terminal_progress import Watched


class EngineName(StrEnum):
    """Where documents are read."""

    local = "local"
    dask = "dask"


Workers = Annotated[
    int | None,
    typer.Option("--workers", "-w", min=1, help="Processes that read. Default: as many as there are cores."),
]
Engines = Annotated[
    EngineName, typer.Option("--engine", help="Read on this machine, or on a Dask cluster (extra dragoman\\[dask]).")
]
Scheduler = Annotated[str | None, typer.Option(metavar="URL", help="Address of the Dask scheduler, tcp://host:8786.")]
RejectFile = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Where to write what cannot be read. Default: var/rejects.ndjson."),
]
T = TypeVar("T")
REJECTS = Path("var/rejects.ndjson")


def ingest(
    paths: Paths,
    database: Database = None,
    workers: Workers = None,
    fields: Map = None,
    max_size: MaxSize = 16,
    rejects: RejectFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read; store and write nothing.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Look at everything, whatever earlier runs remember of it.")
    ] = False,
    allow_private: AllowPrivate = False,
    engine: Engines = EngineName.local,
    scheduler: Scheduler = None,
) -> None:
    """Read articles and store them with their events; what is there already is left as it is.

    Stopped at any moment, the same command goes on where it was.
    """
    from app import terminal_progress

    chosen, read = settings(database), options(fields, max_size, allow_private=allow_private)
    if dry_run:
        raise typer.Exit(_dry_run(paths, read, chosen))
    file = rejects or REJECTS
    from dataclasses import replace

    from app.sources.read import documents

    with terminal_progress.Watched(terminal_progress.size_of(paths), rejects=file) as watched:
        run = started(chosen, engine_of(engine, workers, scheduler), file, watched, again=again)
        read = replace(read, on_bytes=watched.bytes_read, remembered=run.remembered)
        tally = finished(run, lambda: run.load(documents(paths, read)))
    print(tally)
    if run.stopped:
        print("Stopped. The same command goes on from here.")
        raise typer.Exit(130)
    if tally.rejected:
        raise typer.Exit(1)


def engine_of(name: EngineName, workers: int | None, scheduler: str | None) -> Engine:
    """What reads: a cluster, or this machine. Raises StartError."""
    from app.loading import work

    if name is EngineName.dask:
        if scheduler is None:
            raise StartError("--engine dask needs the address of a scheduler: --scheduler tcp://host:8786")
        from app.plugins import dask_engine

        return dask_engine.Cluster(scheduler, work.rules)
    if scheduler is not None:
        raise StartError("--scheduler goes with --engine dask.")
    from app.loading.local import Local

    return Local(work.rules, workers or os.cpu_count() or 1)


def started(chosen: Settings, engine: Engine, file: Path | None, watched: Watched, *, again: bool = False) -> Run:
    """A run on the database that was chosen, shown while it lasts."""
    from app.loading.rejects import Rejects
    from app.loading.run import Run
    from app.store.engine import open_store

    store = open_store(chosen.database_url)
    return Run(store, engine, Rejects(file), watched.told, watched.complain, again=again)


def finished(run: Run, load: Callable[[], T]) -> T:
    """Does it, and closes all that was opened. Ctrl-C ends it after what is under way, a second one at once."""
    import signal

    def stop(_number: int, _frame: object) -> None:
        run.stopped = True
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, stop)
    try:
        return load()
    finally:
        signal.signal(signal.SIGINT, before)
        run.engine.close()
        run.rejects.close()
        run.store.close()


def _dry_run(paths: list[str], read: Options, chosen: Settings) -> int:
    """Reads the sources without extraction and says what is new; the exit code."""
    from app.commands.shared import complain
    from app.errors import SourceError
    from app.sources.read import articles
    from app.store import state
    from app.store.engine import open_store
    from app.store.ids import sha256_of

    file = chosen.database_url.removeprefix("sqlite:///")
    there = not chosen.database_url.startswith("sqlite:") or Path(file).exists()
    store = open_store(chosen.database_url) if there else None
    new = known = rejected = 0
    for one in articles(paths, read):
        if isinstance(one, SourceError):
            rejected += 1
            complain(one)
            continue
        stored = False
        if store:
            with store.read() as session:
                stored = bool(state.stored(session, [sha256_of(one.text)]))
        known, new = known + stored, new + (not stored)
    print(f"{new + known} articles ({new} new, {known} known), {rejected} rejected; nothing was stored")
    return 1 if rejected else 0
