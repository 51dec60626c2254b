"""`dragoman doctor`: whether the database is as it must be."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.shared import Database, settings


def doctor(
    database: Database = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="First make events and indexes anew from what the articles say.")
    ] = False,
    tidy: Annotated[
        bool, typer.Option("--tidy", help="First bring the search index into order: worth it after a long load.")
    ] = False,
) -> None:
    """Check everything that must hold of the database; exit code 1 where something does not. Writers wait meanwhile."""
    from app.store import doctor as checking

    url = settings(database).database_url
    bad = []
    if tidy and not repair:
        checking.tidy(url)
    for result in checking.repair(url) if repair else checking.examine(url):
        print(f"{'PROBLEM' if result.number else 'ok':9}{result.check.holds}", flush=True)
        for line in result.shown:
            print(f"{'':9}- {line}")
        if result.number > len(result.shown):
            print(f"{'':9}  and {result.number - len(result.shown):,} more")
        bad += [result.check] if result.number else []
    if not bad:
        print("Everything holds.")
        return
    if not repair and all(check.derived for check in bad):
        print("All of this is derived from what the articles say: `dragoman doctor --repair` makes it anew.")
    else:
        print("Restore a backup; what is read from articles or made by people cannot be made anew from anything else.")
    raise typer.Exit(1)
