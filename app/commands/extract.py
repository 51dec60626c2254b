"""`dragoman extract`: prints what articles say."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from app.commands.shared import IgnorePublished, Paths, Reading


class Format(StrEnum):
    """How records are printed."""

    jsonl = "jsonl"
    table = "table"


def extract(
    paths: Paths,
    form: Annotated[Format, typer.Option("--format", help="JSON lines, or a table for people.")] = Format.jsonl,
    explain: Annotated[
        bool, typer.Option("--explain", help="In place of records show how each event was found, and what is none.")
    ] = False,
    ignore_published: IgnorePublished = False,
) -> None:
    """Print what articles say; nothing is stored. Only records go to standard output."""
    from app.extract import pipeline
    from app.knowledge.load import load_knowledge

    reading, knowledge = Reading(paths), load_knowledge()
    if explain:
        from app import terminal_explain
        from app.extract.explain import explain as explained

        for article in reading:
            terminal_explain.show(explained(article, knowledge, ignore_published=ignore_published))
        raise typer.Exit(reading.exit_code())
    found = (pipeline.extract(article, knowledge, ignore_published=ignore_published) for article in reading)
    if form is Format.table:
        from app import terminal

        terminal.show_events(event for extraction in found for event in extraction.events)
    else:
        for extraction in found:
            sys.stdout.buffer.write(extraction.model_dump_json().encode() + b"\n")
            sys.stdout.buffer.flush()
    raise typer.Exit(reading.exit_code())
