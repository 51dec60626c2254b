"""`include`: records that belong to a record, within it, so that they need not be asked for one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from pydantic import Field

from app.errors import InvalidParameterError, Issue
from app.routers.near import did_you_mean

MOST = 50
"""Records of a page that may have others within them."""

OF_EVENTS = ("readouts", "actors", "articles")
OF_COMMITMENTS = ("event",)
OF_ACTORS = ("events",)

_TOO_MANY = f"With include, a page has at most {MOST} records."


def described(known: Sequence[str], what: str) -> Any:
    """The parameter of an operation that knows these."""
    names = ", ".join(f"`{one}`" for one in known)
    return Field(
        default=[],
        max_length=5,
        examples=[[",".join(known)]],
        description=f"Gives within each record, in `included`, {what}. Separated by commas: {names}. "
        f"A page then has at most {MOST} records.",
    )


Names = Annotated[str, Field(max_length=200)]


def wanted(given: Iterable[str], known: Sequence[str], limit: int = 1) -> tuple[str, ...]:
    """What is asked for. Raises InvalidParameterError for what there is not, and for too long a page."""
    names = [name.strip() for part in given for name in part.split(",") if name.strip()]
    wrong = [
        Issue(f"Nothing can be included as {name!r}.", parameter="include", hint=did_you_mean(name, known))
        for name in names
        if name not in known
    ]
    if names and limit > MOST:
        wrong.append(Issue(_TOO_MANY, parameter="limit", hint=f"Take {MOST}."))
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), tuple(wrong))
    return tuple(dict.fromkeys(names))
