"""The `dragoman` command. Heavy things are imported where they are used, so that `--help` is quick."""

# ruff: noqa: PLC0415  the version of Python comes first; imports inside commands are the rule here
from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036  pip refuses, but a checkout can be started with any Python
    sys.exit(f"dragoman: Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.errors import DragomanError, SourceError, StartError
from app.kb import app as kb
from app.version import VERSION

if TYPE_CHECKING:
    from app.records import Article
    from app.settings import Settings

app = typer.Typer(
    name="dragoman",
    help="Who met whom, when, where, and what did they commit to: events from diplomatic news.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(kb)

Paths = Annotated[list[str], typer.Argument(metavar="PATH", help=".txt and .jsonl files, folders of them, or -.")]
Database = Annotated[
    str | None,
    typer.Option(
        help="File or SQLAlchemy URL of the database. Default: DRAGOMAN_DATABASE_URL or else var/dragoman.db."
    ),
]
IgnorePublished = Annotated[
    bool, typer.Option("--ignore-published", help="Date events without looking at the publication date.")
]


class Format(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"
    table = "table"


def _complain(message: object) -> None:
    print(f"dragoman: {message}", file=sys.stderr)


def _settings(database: str | None = None, **given: Any) -> Settings:
    """The settings of the environment, with what was given on the command line in front."""
    from pydantic import ValidationError

    from app.settings import Settings

    if database is not None:
        given["database_url"] = database if "://" in database else f"sqlite:///{database}"
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise StartError(f"DRAGOMAN_{str(first['loc'][0]).upper()}: {first['msg']}.") from None


class _Reading:
    """Articles of some paths; what cannot be read is complained about and counted, and the run goes on."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self.failed = 0

    def __iter__(self) -> Iterator[Article]:
        from app.sources import read

        for one in read.articles(self._paths):
            if isinstance(one, SourceError):
                self.failed += 1
                _complain(one)
            else:
                yield one

    def exit_code(self) -> int:
        """1 where anything could not be read."""
        return 1 if self.failed else 0


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


@app.command()
def run(
    host: Annotated[str | None, typer.Option(help="Address to listen on. Default: 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on. Default: 8000.")] = None,
    database: Database = None,
    samples: Annotated[bool, typer.Option("--samples/--no-samples", help="Load the sample articles first.")] = True,
) -> None:
    """Serve the API; the first time, load the samples."""
    from app import serve

    serve.run(_settings(database, host=host, port=port), samples=samples)


@app.command()
def ingest(paths: Paths, database: Database = None) -> None:
    """Read articles and store them with their events; what is there already is left as it is."""
    from app import terminal
    from app.ingest import default_extractor
    from app.ingest import ingest as store_all
    from app.knowledge.load import load_knowledge
    from app.store.engine import open_store

    store = open_store(_settings(database).database_url)
    reading = _Reading(paths)
    extract = default_extractor(load_knowledge())
    tally = terminal.tally(terminal.counted(store_all(store, extract, reading), "Reading articles"))
    store.close()
    print(tally)
    raise typer.Exit(reading.exit_code())


@app.command()
def extract(
    paths: Paths,
    form: Annotated[Format, typer.Option("--format", help="JSON lines, or a table for people.")] = Format.jsonl,
    explain: Annotated[
        bool, typer.Option("--explain", help="In place of records show how each event was found, and what is none.")
    ] = False,
    ignore_published: IgnorePublished = False,
) -> None:
    """Print what articles say; nothing is stored. Only records go to standard output."""
    from app.ingest import default_extractor
    from app.knowledge.load import load_knowledge

    reading = _Reading(paths)
    if explain:
        from app import terminal_explain
        from app.extract.explain import explain as explained

        knowledge = load_knowledge()
        for article in reading:
            terminal_explain.show(explained(article, knowledge, ignore_published=ignore_published))
        raise typer.Exit(reading.exit_code())
    read = default_extractor(load_knowledge(), ignore_published=ignore_published)
    found = map(read, reading)
    if form is Format.table:
        from app import terminal

        terminal.show_events(event for extraction in found for event in extraction.events)
    else:
        for extraction in found:
            sys.stdout.buffer.write(extraction.model_dump_json().encode() + b"\n")
            sys.stdout.buffer.flush()
    raise typer.Exit(reading.exit_code())


@app.command()
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


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold records.")],
    articles: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the articles, searched with all below. Default: beside the gold."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Floors that the figures must keep. Default: tests/eval_baseline.json."),
    ] = None,
    update: Annotated[
        bool, typer.Option("--update-baseline", help="Write what is measured into the baseline, better or worse.")
    ] = False,
    ignore_published: IgnorePublished = False,
    worst: Annotated[int, typer.Option(min=0, help="How many of the worst articles to show.")] = 10,
) -> None:
    """Measure the extraction against gold records; exit code 1 where a figure fell below the baseline."""
    from app.evaluate import run as measure

    code = measure(gold, articles, baseline, update=update, ignore_published=ignore_published, worst=worst)
    raise typer.Exit(code)


def main() -> None:
    """The command; a failure that a user can meet is one line on standard error and exit code 1."""
    try:
        app()
    except DragomanError as error:
        _complain(error)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
