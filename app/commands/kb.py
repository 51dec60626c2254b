"""`dragoman kb`: checks the knowledge base, compares it with other lists, and takes terms of office from Wikidata."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.knowledge.compare import Finding

app = typer.Typer(name="kb", help="Check, compare and refresh the knowledge base.", no_args_is_help=True)

Folder = Annotated[
    Path | None, typer.Option("--folder", help="Knowledge base to use. Default: data/kb of the project.")
]


class Format(StrEnum):
    """How findings are printed."""

    table = "table"
    jsonl = "jsonl"


def _folder(given: Path | None) -> Path:
    from app.knowledge.load import data_folder

    return given or data_folder("kb")


@app.command()
def check(folder: Folder = None) -> None:
    """Check every record; one line a problem, exit code 1 where there is one."""
    from app.knowledge.check import main

    raise typer.Exit(main([str(_folder(folder))]))


@app.command()
def compare(
    path: Annotated[Path, typer.Argument(metavar="LIST.csv", help="Columns country, office, name, start, end.")],
    days: Annotated[int, typer.Option(min=0, help="Dates so far apart still agree.")] = 31,
    form: Annotated[Format, typer.Option("--format", help="A table for people, or JSON lines.")] = Format.table,
    every: Annotated[bool, typer.Option("--all", help="In the table, show what agrees too.")] = False,
    folder: Folder = None,
) -> None:
    """Compare the terms of office with an independent list; exit code 1 where they differ."""
    from app.knowledge import compare as comparison
    from app.knowledge.load import load_knowledge

    found = comparison.compare(comparison.read_list(path), load_knowledge(folder), days=days)
    if form is Format.jsonl:
        for finding in found:
            print(json.dumps(finding.row(), ensure_ascii=False))
    else:
        _show([f for f in found if every or f.outcome is not comparison.Outcome.agrees])
        print(comparison.summary(found))
    raise typer.Exit(1 if comparison.failed(found) else 0)


def _show(findings: list[Finding]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    if not findings:
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("", "Country", "Office", "Name", "Days", "There", "Here"):
        table.add_column(heading)
    for one in sorted(findings, key=lambda f: (f.outcome.value, -f.days)):
        cells = (one.outcome.value, one.country, one.office, one.name, str(one.days or ""), one.theirs or one.detail)
        table.add_row(*map(escape, (*cells, one.ours)))
    console = Console()
    (console if console.is_terminal else Console(width=200)).print(table)


@app.command("query")
def print_query(
    office: Annotated[str, typer.Option(help="prime-minister, foreign-minister … (see docs/knowledge.md).")] = (
        "head-of-government"
    ),
    country: Annotated[list[str] | None, typer.Option(help="ISO code; may be given again. Default: all.")] = None,
    since: Annotated[int, typer.Option(help="Terms that had not ended before this year.")] = 1995,
) -> None:
    """Print the SPARQL query to put to the query service of Wikidata."""
    from app.knowledge.wikidata import query

    print(query(office, country or (), since), end="")


@app.command("import")
def take_over(
    path: Annotated[Path, typer.Argument(metavar="RESULT.json", help="Result of the query, in JSON.")],
    write: Annotated[bool, typer.Option("--write", help="Merge into data/kb/people; else only print.")] = False,
    folder: Folder = None,
) -> None:
    """Turn a Wikidata result into records: print what is new or completed, or merge it into the files."""
    from app.knowledge import merge as merging
    from app.knowledge.load import load_knowledge
    from app.knowledge.wikidata import people_of, read_result

    base = _folder(folder)
    found, odd = people_of(read_result(path), load_knowledge(folder))
    merged = merging.merge(found, base)
    notes = [*odd, *(note for one in found for note in one.notes)]
    for kind, lines in (("left out", notes), ("differs, left as it is", merged.differences)):
        for line in lines:
            print(f"{kind}: {line}", file=sys.stderr)
    if write:
        paths = merging.write(merged, base)
        for line in merged.changes:
            print(line)
        print(f"{len(merged.changes)} changes in {len(paths)} files; now run: dragoman kb check")
        return
    for country, records in merged.files.items():
        print(f"# people/{country}.yaml")
        for row in records.values():
            print(merging.render(row), end="")
