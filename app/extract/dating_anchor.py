"""The day an article was published, as given, from its address, or from the line that dates it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.extract.dates_url import date_in_url
from app.extract.dating_context import DatingContext
from app.extract.model import DateExpression, Zone

# A dateline stands at the very start of the body: "OSLO - 8 May 2016:", "新华社东京5月8日电".
_DATELINE = 60


@dataclass(frozen=True, slots=True)
class Anchor:
    """A day that "today" and "on Tuesday" count from."""

    day: date
    kind: str
    said: str
    sure: float
    """How sure it is that the article appeared then."""
    span: tuple[int, int] | None = None


def anchor_day(context: DatingContext) -> Anchor | None:
    """The day of publication, from the best source there is."""
    if context.published is not None:
        day = context.published
        return Anchor(day, "publication", f"The article was published on {day}.", 0.95)
    day_in_url = date_in_url(context.url)
    if day_in_url is not None:
        return Anchor(day_in_url, "address", f"The address of the article carries the date {day_in_url}.", 0.93)
    line = dateline(context, full=True)
    if line is not None:
        first = line.first
        day = date(first.year or 1, first.month or 1, first.day or 1)
        return Anchor(day, "dateline", f"The article is dated {day}.", 0.9, (line.start, line.end))
    return None


def dateline(context: DatingContext, full: bool) -> DateExpression | None:
    """The date in the line before or at the start of the body; with its year where `full`."""
    limit = context.body_start + _DATELINE
    for expression in context.expressions:
        if expression.start > limit:
            return None
        day = expression.first
        ready = day.month is not None and day.day is not None and (day.year is not None or not full)
        if ready and _stands_alone(expression, context):
            return expression
    return None


def _stands_alone(expression: DateExpression, context: DatingContext) -> bool:
    """Whether it dates the article and not something told about: before the body, or at its very start."""
    if expression.start < context.body_start:
        return context.zone_at(expression.start) is not Zone.headline
    return expression.start - context.body_start <= _DATELINE
