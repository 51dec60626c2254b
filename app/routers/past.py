"""Lists as they were at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Protocol

from pydantic import Field

from app.errors import InvalidParameterError, Issue
from app.routers.days import Moment
from app.routers.filters import Filters
from app.store.clock import moment_text

_ALONE = ("updated_since", "include", "count")
"""What is known of the present only."""
_ORDERS = ("-date", "date")


class AsOf(Filters):
    """What lists take that can be read as they were."""

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As they were known at this moment, from the revisions: what was read or corrected later is left out. Goes with
    all filters, but not with `updated_since`, `include` and `count`, and only in the orders of dates. A page may be
    shorter than `limit`, even empty, while `next` leads on."""


class InThePast(Protocol):
    """A list that can be read so."""

    as_of: datetime | None


def moment_of(asked: InThePast) -> str | None:
    """The moment that is asked for, as the store writes it. Raises InvalidParameterError for what does not go with
    it."""
    moment: datetime | None = asked.as_of
    if moment is None:
        return None
    wrong = [
        Issue(f"The parameter '{name}' does not go with 'as_of'.", parameter=name, hint="Leave one of them out.")
        for name in _ALONE
        if getattr(asked, name, None)
    ]
    sort = str(getattr(asked, "sort", _ORDERS[0]))
    if sort not in _ORDERS:
        detail = f"The order {sort!r} does not go with 'as_of'."
        wrong.append(Issue(detail, parameter="sort", hint="One of: -date, date."))
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), tuple(wrong))
    return moment_text(moment)
