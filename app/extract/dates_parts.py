"""The days that the numbers of a date expression name: ordered as the language has it, and checked by the calendar.

In: year, month and day by the names that a rule gives them; any may be open. Out: first and last day as partial dates,
or nothing where no calendar has them.
"""

from __future__ import annotations

import calendar

from app.extract.dates_words import DateWords
from app.extract.model import PartialDate

PARTS = ("y", "m", "d", "y1", "m1", "d1", "ma")
"""Names of the numbers in a rule: year, month and day of the last day, then of the first where there are two;
`ma` is a month told without a day."""


def ordered(parts: dict[str, int | None], words: DateWords) -> tuple[dict[str, int | None], PartialDate | None]:
    """Day and month in the language's order; the other order where only that is a date, and beside where both are."""
    swapped = parts | {"d": parts["m"], "m": parts["d"]} | {"d1": parts.get("m1"), "m1": parts.get("d1")}
    if parts.get("m1") is None:
        swapped |= {"d1": parts.get("d1"), "m1": None}
    here, there = (swapped, parts) if words.order == "mdy" else (parts, swapped)
    if not words.both_orders:
        return here, None
    if days_of(here, False) is None:
        return there, None
    other = days_of(there, False)
    return here, other[1] if other is not None and there["d"] != there["m"] else None


def days_of(parts: dict[str, int | None], loose: bool) -> tuple[PartialDate, PartialDate] | None:
    """First and last day; None where they are no days of the calendar."""
    year, month, day = parts.get("y"), parts.get("m"), parts.get("d")
    year1, month1, day1 = parts.get("y1"), parts.get("m1"), parts.get("d1")
    if day1 is None:
        last = PartialDate(year, month, day)
        return (last, last) if _exists(last) else None
    own_month = month is not None
    month = month if own_month else month1
    month1 = month1 if month1 is not None else month
    if loose and not (own_month and month1 != month) and not 0 < (day or 0) - day1 <= 3:
        return None
    wraps = month is not None and month1 is not None and month1 > month
    if year is None and year1 is not None:
        year = year1 + wraps
    elif year1 is None and year is not None:
        year1 = year - wraps
    first, last = PartialDate(year1, month1, day1), PartialDate(year, month, day)
    if not (_exists(first) and _exists(last)):
        return None
    if month == month1 and year == year1 and day is not None and day <= day1 and (month or day + 20 > day1):
        return None  # 30日至2日 goes over the end of a month that is not named
    return first, last


def month_before(parts: dict[str, int | None]) -> int | None:
    """The month of a first day that stands before "4 November" without one of its own: October for the 28th."""
    month, day, day1 = parts["m"] or 0, parts["d"] or 0, parts["d1"] or 0
    return (month - 1 or 12) if day1 > day else month


def rises(first: PartialDate, last: PartialDate) -> bool:
    """Whether days without a month come in order; joined by a mere hyphen they must."""
    return last.month is not None or first == last or (first.day or 0) < (last.day or 0)


def _exists(date: PartialDate) -> bool:
    """Whether a partial date is a day, month or year of some calendar."""
    if date.month is not None and not 1 <= date.month <= 12:
        return False
    if date.day is None:
        return True
    longest = 31 if date.month is None else calendar.monthrange(date.year or 2024, date.month)[1]
    return 1 <= date.day <= longest
