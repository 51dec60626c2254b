"""The date that an address carries: of a page in its path, of a picture also in the moment it was stored."""

from __future__ import annotations

import re
from datetime import date, timedelta

# -20211102081500123.htm · /20230227- · /2023/02/27/ · -2023-02-27- · /2023-02/27/
_RUN = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6}|\d{9})?(?!\d)")
_PARTS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-])(0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)")
# /2022/jul/26/
_NAMED = re.compile(r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/([0-3]?\d)/", re.I)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# -185240520161503277.htm: three digits for the site, then the moment down to the second, its year in two digits
_STAMP = re.compile(
    r"[-/]1\d\d(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{1,3}(?=\.|[/?#]|$)"
)
# /2022/07/ · /202207/
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])/")
# ?v=1728031140 · -1731586495486.jpg: seconds or milliseconds since 1970
_SECONDS = re.compile(r"[-_=/?](1[0-9]{9})(?:\d{3})?(?!\d)")
_EPOCH = date(1970, 1, 1)
_LONGEST = 2000
_YEARS = range(1990, 2041)
"""Years in which a page may have been put on the web, with room for those to come."""


def date_in_url(url: str | None) -> date | None:
    """The day in an address; None where there is none, or where it is no day of the calendar."""
    if not url:
        return None
    url = url[:_LONGEST]
    for match in (*_PARTS.finditer(url), *_RUN.finditer(url)):
        day = _day(*[int(g) for g in match.groups() if g.isdigit()])
        if day is not None:
            return day
    named = _NAMED.search(url)
    if named is not None:
        return _day(int(named.group(1)), _MONTHS.index(named.group(2).lower()) + 1, int(named.group(3)))
    stamp = _STAMP.search(url)
    return _day(2000 + int(stamp.group(1)), int(stamp.group(2)), int(stamp.group(3))) if stamp else None


def month_in_url(url: str | None) -> date | None:
    """The first day of the month in the path of an address; None where it names none."""
    match = _MONTH.search((url or "")[:_LONGEST])
    return date(int(match.group(1)), int(match.group(2)), 1) if match else None


def stored_on(url: str) -> date | None:
    """The day a picture was stored, from its address: a date, or seconds since 1970."""
    day = date_in_url(url)
    match = _SECONDS.search(url[:_LONGEST]) if day is None else None
    return _EPOCH + timedelta(seconds=int(match.group(1))) if match else day


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None  # "/20770203/": a number that only looks like a day
    try:
        return date(year, month, day)
    except ValueError:
        return None
