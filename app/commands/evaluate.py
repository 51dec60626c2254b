"""`dragoman eval`: measures the extraction."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.shared import IgnorePublished


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
