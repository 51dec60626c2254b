"""The `dragoman` command: puts the commands of `app.commands` together."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  pip refuses, but a checkout can be started with any Python
    sys.exit(f"dragoman: Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

import gc
import os
from typing import Annotated

import typer

from app.commands.backup import backup, restore
from app.commands.doctor import doctor
from app.commands.evaluate import evaluate
from app.commands.export import export
from app.commands.extract import extract
from app.commands.ingest import ingest
from app.commands.kb import app as kb
from app.commands.keys import app as keys
from app.commands.openapi import openapi
from app.commands.reextract import reextract
from app.commands.run import run
from app.commands.shared import complain
from app.commands.watch import watch
from app.errors import DragomanError
from app.version import VERSION

app = typer.Typer(
    name="dragoman",
    help="Who met whom, when, where, and what did they commit to: events from diplomatic news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_COLLECTED = 100_000
"""So many new objects are looked through for garbage at a time. At the usual 700 that is a third of the start."""


def _version(wanted: bool) -> None:
    if wanted:
        print(f"dragoman {VERSION}")
        raise typer.Exit


@app.callback()
def _dragoman(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Who met whom, when, where, and what did they commit to: events from diplomatic news."""


app.command()(run)
app.command()(ingest)
app.command()(watch)
app.command()(extract)
app.command()(export)
app.command()(reextract)
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command()(openapi)
app.command("eval")(evaluate)
app.add_typer(kb)
app.add_typer(keys)


def main() -> None:
    """The command; a failure that a user can meet is one line on standard error and exit code 1."""
    gc.set_threshold(_COLLECTED)
    try:
        app()
    except DragomanError as error:
        complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
