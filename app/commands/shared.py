"""What commands share: arguments, settings with what was given in front, articles with what cannot be read told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.errors import DragomanError, SourceError, StartError

if TYPE_CHECKING:
    from app.records import Article
    from app.settings import Settings
    from app.sources.limits import Options

Paths = Annotated[
    list[str],
    typer.Argument(metavar="SOURCE", help="Files, folders, addresses of pages and feeds, or - for standard input."),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="FIELD=NAME", help="Which field of JSON or CSV is text, title, url, published or id."
    ),
]
MaxSize = Annotated[int, typer.Option("--max-size", metavar="MB", min=1, help="Longest article or page.")]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from addresses inside this machine and its network too.")
]
Database = Annotated[
    str | None,
    typer.Option(
        help="File or SQLAlchemy URL of the database. Default: DRAGOMAN_DATABASE_URL or else var/dragoman.db."
    ),
]
IgnorePublished = Annotated[
    bool, typer.Option("--ignore-published", help="Date events without looking at the publication date.")
]


def complain(message: object) -> None:
    """One line on standard error; of an error also what would be right."""
    hints = [issue.hint for issue in message.issues if issue.hint] if isinstance(message, DragomanError) else []
    print(" ".join((f"dragoman: {message}", *hints)), file=sys.stderr)


def settings(database: str | None = None, **given: Any) -> Settings:
    """The settings of the environment, with what was given on the command line in front. Raises StartError."""
    from pydantic import ValidationError

    from app.settings import Settings

    if database is not None:
        given["database_url"] = database if "://" in database else f"sqlite:///{database}"
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise StartError(f"DRAGOMAN_{str(first['loc'][0]).upper()}: {first['msg']}.") from None


def options(fields: list[str] | None, max_size: int, *, allow_private: bool) -> Options:
    """How sources read. Raises StartError where a field is none."""
    from app.sources.fields import NAMES
    from app.sources.limits import Limits, Options

    pairs = [one.partition("=") for one in fields or ()]
    for name, sign, value in pairs:
        if name not in NAMES or not sign or not value:
            raise StartError(f"--map {name}{sign}{value}: one of {', '.join(NAMES)} is mapped, as in --map text=body")
    mapped = {name: value for name, _, value in pairs}
    return Options(limits=Limits(document=max_size << 20), fields=mapped, allow_private=allow_private)


class Reading:
    """Articles of some paths; what cannot be read is complained about and counted, and the run goes on."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self.failed = 0

    def __iter__(self) -> Iterator[Article]:
        from app.sources import read

        for one in read.articles(self._paths):
            if isinstance(one, SourceError):
                self.failed += 1
                complain(one)
            else:
                yield one

    def exit_code(self) -> int:
        """1 where anything could not be read."""
        return 1 if self.failed else 0
