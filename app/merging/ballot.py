"""Which of the values that reports give is the best supported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from app.merging.report import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Ballot:
    """Reports with their weight: copies share one vote."""

    reports: tuple[Report, ...]
    originals: Mapping[str, str]

    def best(
        self,
        value: Callable[[Report], T | None],
        key: Callable[[T], Any],
        better: Callable[[T], Any],
        worth: Callable[[T], float],
    ) -> tuple[T | None, list[tuple[T, tuple[str, ...]]]]:
        """The best supported value, and all values with the readouts that have them, the best first."""
        having: dict[Any, list[tuple[Report, T]]] = defaultdict(list)
        for report in self.reports:
            if (one := value(report)) is not None:
                having[key(one)].append((report, one))
        if len(having) == 1:
            (found,) = having.values()
            shown = min(found, key=lambda item: (better(item[1]), item[0].id))[1] if len(found) > 1 else found[0][1]
            return shown, [(shown, tuple([report.id for report, _ in found]))]
        ranked = []
        for found in having.values():
            votes = {self.originals[report.id]: 0.0 for report, _ in found}
            for report, one in found:
                original = self.originals[report.id]
                votes[original] = max(votes[original], worth(one))
            _, shown = min(found, key=lambda item: (better(item[1]), item[0].id))
            ranked.append((-sum(votes.values()), better(shown), min(report.id for report, _ in found), shown, found))
        ranked.sort(key=lambda row: row[:3])
        values = [(shown, tuple(report.id for report, _ in found)) for *_, shown, found in ranked]
        return (values[0][0] if values else None), values
