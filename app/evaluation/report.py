"""What people see of a measurement: the table, the worst articles, and what became of the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.evaluation.baseline import Change, Floor, fallen, risen
from app.evaluation.scoring import CLAIMS_TO_BE_SURE, Scored
from app.evaluation.sets import GoldSet
from app.evaluation.tally import FIGURES, SURE, Figures, Tally

ALL = "all"
_FAULTS_SHOWN = 8
"""So many faults of an article are told one by one."""
_UNWATCHED = 120
"""Width of what is written to a file."""


def console() -> Console:
    """Standard output: as wide as the terminal, and wide enough for the table where there is none."""
    made = Console(highlight=False)
    return made if made.is_terminal else Console(highlight=False, width=_UNWATCHED)


def show_figures(out: Console, measured: GoldSet, groups: Mapping[str, Figures], floor: Floor | None) -> None:
    """A row a figure and a column a group, each with the difference to the baseline."""
    out.print(f"[bold]{escape(measured.name)}[/]  {len(measured.labelled)} articles  {measured.fingerprint[:16]}")
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    table.add_column("P", justify="right", style="dim")
    table.add_column("R", justify="right", style="dim")
    for name, figures in groups.items():
        table.add_column(f"{name} ({figures.articles})", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
    for figure in (*FIGURES, "score"):
        found = groups[ALL].found.get(figure)
        sides = (f"{found.precision:.3f}", f"{found.recall:.3f}") if found else ("", "")
        cells = [cell for name, figures in groups.items() for cell in _cells(figures, figure, name, floor)]
        table.add_row(figure, *sides, *cells, style="bold" if figure == "score" else None)
    out.print(table)


def _cells(figures: Figures, figure: str, group: str, floor: Floor | None) -> tuple[str, str]:
    """The figure, and how it differs from the baseline."""
    value = figures.value(figure)
    before = floor.figures.get(group, {}).get(figure) if floor else None
    if value is None:
        return "-", ""
    if before is None or before == value:
        return f"{value:.3f}", ""
    change = Change(group, figure, before, value)
    colour = "green" if risen(change) else "red" if fallen(change) else "yellow"
    return f"{value:.3f}", f"[{colour}]{value - before:+.3f}[/]"


def show_sure(out: Console, tally: Tally) -> None:
    """Of the dates that claim to be sure, how many are right."""
    count = tally.counts[SURE]
    share = count.share()
    if share is not None:
        kept = f"{count.hit} of {count.hit + count.missed} right ({share:.3f})"
        out.print(
            f"Dates with confidence of {CLAIMS_TO_BE_SURE} and more: {kept}", style="dim" if share > 0.9 else "yellow"
        )


def show_worst(out: Console, scored: Iterable[Scored], most: int) -> None:
    """The articles with the lowest score, and what is wrong with them."""
    faulty = [one for one in scored if one.faults]
    worst = sorted(faulty, key=lambda one: (one.tally.figures().score, -len(one.faults), one.stem))[:most]
    if worst:
        out.print(f"\n[bold]The {len(worst)} worst of {len(faulty)} articles with faults[/]")
    for one in worst:
        out.print(f"[bold]{escape(one.stem)}[/]  {one.tally.figures().score:.3f}")
        for fault in one.faults[:_FAULTS_SHOWN]:
            out.print(f"  {escape(fault)}", soft_wrap=True)
        if len(one.faults) > _FAULTS_SHOWN:
            out.print(f"  … and {len(one.faults) - _FAULTS_SHOWN} more", style="dim")


def show_changes(out: Console, changes: Sequence[Change]) -> bool:
    """What became of the figures since the baseline; whether all of them held."""
    lost = [change for change in changes if fallen(change)]
    for change in lost:
        out.print(f"[red]Below the baseline:[/] {escape(str(change))}")
    better = sum(map(risen, changes))
    if not lost:
        out.print("No figure is below the baseline.", style="green")
        if better:
            out.print(f"{better} are above it: `make eval-update` or --update-baseline raises it.")
    return not lost
