"""`dragoman watch`: polls feeds."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.ingest import REJECTS, RejectFile, Workers, finished, started
from app.commands.shared import AllowPrivate, Database, MaxSize, options, settings
from app.errors import StartError

if TYPE_CHECKING:
    from app.loading.run import Run

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_LEAST = 10


def _seconds(every: str) -> int:
    found = re.fullmatch(r"(\d{1,6})([smhd])", every)
    if not found or int(found[1]) * _SECONDS[found[2]] < _LEAST:
        raise StartError(f"--every {every}: write 15m, 2h or the like, {_LEAST} seconds at least.")
    return int(found[1]) * _SECONDS[found[2]]


def _wait(run: Run, seconds: int) -> None:
    """Waits, in small steps, unless it is told to stop."""
    import time

    end = time.monotonic() + seconds
    while not run.stopped and time.monotonic() < end:
        time.sleep(0.2)


def watch(
    feeds: Annotated[list[str], typer.Argument(metavar="URL", help="Addresses of feeds or pages.")],
    every: Annotated[str, typer.Option(metavar="TIME", help="How often: 30s, 15m, 2h, 1d.")] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Poll one time and end.")] = False,
    database: Database = None,
    workers: Workers = None,
    max_size: MaxSize = 16,
    rejects: RejectFile = None,
    allow_private: AllowPrivate = False,
) -> None:
    """Read what is new in feeds, again and again, until Ctrl-C. What has not changed is not fetched twice."""
    import time
    from dataclasses import replace

    from app.loading import work
    from app.loading.local import Local
    from app.sources.read import documents
    from app.terminal_progress import Watched

    pause, read = _seconds(every), options(None, max_size, allow_private=allow_private)
    chosen, file = settings(database), rejects or REJECTS
    # Loaded once, whatever is polled: the reader stays between two polls.
    engine = Local(work.rules, workers or os.cpu_count() or 1)
    with Watched(None, rejects=file) as watched:
        run = started(chosen, engine, file, watched)
        read = replace(read, remembered=run.remembered)

        def poll() -> object:
            while not run.stopped:
                before = str(run.tally)
                run.load(documents(feeds, read))
                if str(run.tally) != before:
                    print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {run.tally}", flush=True)
                if once:
                    break
                _wait(run, pause)
            return run.tally

        finished(run, poll)
    if once and run.tally.rejected:
        raise typer.Exit(1)
