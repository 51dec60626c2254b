"""`dragoman keys`: makes, lists and revokes the keys that let other machines write."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.shared import Database, settings

# The names of the scopes stand in the store, whose import takes long: a test compares them.
SCOPES = ("read", "write", "admin")

app = typer.Typer(name="keys", help="Make, list and revoke API keys.", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Whose key it is, for the list.")],
    scope: Annotated[
        list[str],
        typer.Option("--scope", metavar="|".join(SCOPES), help="What it allows; admin may also remove. Repeatable."),
    ] = ["write"],  # noqa: B006  typer copies it
    database: Database = None,
) -> None:
    """Make a key and print it: it is not stored and cannot be seen again."""
    from app.errors import InvalidParameterError, Issue
    from app.store import keys
    from app.store.engine import open_store

    if wrong := [one for one in scope if one not in SCOPES]:
        detail = f"There is no scope {wrong[0]!r}; one of: {', '.join(SCOPES)}."
        raise InvalidParameterError(detail, (Issue(detail, parameter="scope"),))
    store = open_store(settings(database).database_url)
    try:
        with store.write() as session:
            token = keys.create(session, name, {keys.KeyScope(one) for one in scope})
    finally:
        store.close()
    print(token)


@app.command("list")
def list_keys(database: Database = None) -> None:
    """List all keys, without what makes them keys."""
    from rich.console import Console
    from rich.table import Table

    from app.store import keys
    from app.store.engine import open_store

    store = open_store(settings(database).database_url)
    try:
        with store.read() as session:
            found = keys.keys(session)
    finally:
        store.close()
    table = Table("id", "name", "scopes", "created", "revoked")
    for one in found:
        table.add_row(one.id, one.name, " ".join(sorted(one.scopes)), one.created, one.revoked or "")
    Console().print(table)


@app.command()
def revoke(
    name: Annotated[str, typer.Argument(help="Name or id of the key.")],
    database: Database = None,
) -> None:
    """End a key for good."""
    from app.store import keys
    from app.store.engine import open_store

    store = open_store(settings(database).database_url)
    try:
        with store.write() as session:
            keys.revoke(session, name)
    finally:
        store.close()
    print(f"The key {name!r} does not count any more.")
