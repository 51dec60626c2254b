"""Lists as they were at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field
from sqlmodel import Session

from app.errors import InvalidParameterError, Issue
from app.routers.days import Moment
from app.routers.filters import Filters
from app.store.clock import moment_text
from app.store.then import Counting, Now, Then

_ALONE = ("updated_since", "include", "count")
"""What is known of the present only."""
_ORDERS = ("-date", "date")


class AsOf(Filters):
    """What lists take that can be read as they were."""

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As they were known at this moment, from the revisions: what was read or corrected later is left out. Goes with
    all filters, but not with `updated_since`, `include` and `count`, and only in the orders of dates. A page may be
    shorter than `limit`, even empty, while `next` leads on."""


class CountedAsOf(Filters):
    """What is counted and can be as it was."""

    as_of: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """As it was known at this moment, from the revisions: what was read or corrected later is left out. Not with
    `updated_since`. Where more than 10000 events were written since, it is an error: they are compared one by one."""


def moment_of(asked: object, *, alone: Sequence[str] = _ALONE, orders: Sequence[str] | None = _ORDERS) -> str | None:
    """The moment that is asked for, as the store writes it; `orders` are those that go with it, None for any. Raises
    InvalidParameterError for what does not go with it."""
    moment: datetime | None = getattr(asked, "as_of", None)
    if moment is None:
        return None
    wrong = [
        Issue(f"The parameter '{name}' does not go with 'as_of'.", parameter=name, hint="Leave one of them out.")
        for name in alone
        if getattr(asked, name, None)
    ]
    sort = str(getattr(asked, "sort", None))
    if orders is not None and sort not in orders:
        detail = f"The order {sort!r} does not go with 'as_of'."
        wrong.append(Issue(detail, parameter="sort", hint=f"One of: {', '.join(orders)}."))
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), tuple(wrong))
    return moment_text(moment)


def counting(session: Session, asked: object) -> Counting:
    """What counts: the store as it is, or as it was at the moment that is asked for. Raises InvalidParameterError."""
    at = moment_of(asked, alone=("updated_since",), orders=None)
    return Now(session) if at is None else Then(session, at)
