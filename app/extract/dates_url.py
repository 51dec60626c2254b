"""The date that the address of an article carries."""

from __future__ import annotations

import re
from datetime import date

# -20211102081500123.htm · /20230227- · /2023/02/27/ · -2023-02-27- · /2023-02/27/
_RUN = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6}|\d{9})?(?!\d)")
_PARTS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_-])(0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)")
_LONGEST = 2000


def date_in_url(url: str | None) -> date | None:
    """The day in an address; None where there is none, or where it is no day of the calendar."""
    if not url:
        return None
    url = url[:_LONGEST]
    for match in (*_PARTS.finditer(url), *_RUN.finditer(url)):
        parts = [int(g) for g in match.groups() if g.isdigit()]
        try:
            return date(*parts)
        except ValueError:
            continue
    return None
