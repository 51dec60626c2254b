"""When a page appeared, from the number in its address: sites that count their pages give late ones high numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.knowledge.lookup import Knowledge, first_day, last_day
from app.knowledge.models import Numbering

_ADDRESS = re.compile(r"https?://(?:[^/@\s]{0,200}@)?(?:www\.)?([^/:?#\s]{1,253})(?::\d{1,5})?(/[^\s]{0,1000})", re.I)
_LEAST = timedelta(days=4)
"""A page may wait so long between getting its number and appearing."""
_BETWEEN = 0.2
"""How far from an even pace a site may stray between two known days, as a share of the time between them."""
_AWAY = 0.4
"""The same, as a share of the time to the nearest known day."""
_EARLIER = timedelta(days=60)
_LATER = timedelta(days=400)
"""So long before the first known day, and after the last, the count is taken to go on in the same way."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in which something appeared, with the likeliest day."""

    first: date
    likely: date
    last: date
    said: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class _Series:
    numbering: Numbering
    path: re.Pattern[str]
    numbers: tuple[int, ...]
    days: tuple[date, ...]
    """The middle of what is known of each."""


def number_window(url: str | None, knowledge: Knowledge) -> Window | None:
    """When the page of an address appeared, where its site counts its pages; None where that is not known."""
    match = _ADDRESS.match(url or "")
    if match is None:
        return None
    host, path = match.group(1).lower(), match.group(2)
    for series in _by_host(knowledge).get(host, ()) or _by_host(knowledge).get(host.partition(".")[2], ()):
        found = series.path.match(path)
        window = _window(series, int(found.group(1))) if found else None
        if window is not None:
            return window
    return None


@lru_cache
def _by_host(knowledge: Knowledge) -> dict[str, list[_Series]]:
    index: dict[str, list[_Series]] = {}
    for numbering in knowledge.numberings:
        numbers = tuple(p.number for p in numbering.points)
        days = tuple(first_day(p.day) + (last_day(p.day) - first_day(p.day)) / 2 for p in numbering.points)
        for template in numbering.paths:
            series = _Series(numbering, _pattern(template), numbers, days)
            for host in numbering.hosts:
                index.setdefault(host, []).append(series)
    return index


def _pattern(template: str) -> re.Pattern[str]:
    """A path with `{n}` for the number and `*` for anything between two slashes."""
    parts = re.split(r"(\{n\}|\*)", template)
    known = {"{n}": r"(\d{1,12})(?!\d)", "*": r"[^/?#]{1,300}?"}
    return re.compile("".join(known.get(part, re.escape(part)) for part in parts), re.IGNORECASE)


def _window(series: _Series, number: int) -> Window | None:
    numbers, days = series.numbers, series.days
    after = bisect_right(numbers, number)
    if 0 < after < len(numbers):
        left, right = after - 1, after
        likely = _on_line(series, left, right, number)
        away = min(likely - days[left], days[right] - likely)
        slack = max(_LEAST, min((days[right] - days[left]) * _BETWEEN, away * _AWAY))
        first, last = max(likely - slack, days[left] - _LEAST), min(likely + slack, days[right] + _LEAST)
    else:
        left, right = (0, 1) if after == 0 else (len(numbers) - 2, len(numbers) - 1)
        likely = _on_line(series, left, right, number)
        away = days[0] - likely if after == 0 else likely - days[-1]
        if away > (_EARLIER if after == 0 else _LATER) or (series.numbering.closed and away):
            return None
        slack = max(_LEAST, away * _AWAY)
        first, last = likely - slack, likely + slack
    near = min(left, right, key=lambda at: abs(numbers[at] - number))
    said = f"Its address has the number {number}; its site gave {numbers[near]} around {days[near]}"
    return Window(first, likely, last, f"{said}, which puts the article between {first} and {last}.")


def _on_line(series: _Series, left: int, right: int, number: int) -> date:
    numbers, days = series.numbers, series.days
    share = (number - numbers[left]) / (numbers[right] - numbers[left])
    span = (days[right] - days[left]).days
    reach = max(-4000, min(4000, round(share * span)))
    return days[left] + timedelta(days=reach)
