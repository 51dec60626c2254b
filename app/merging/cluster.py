"""Groups of reports of the same occurrence, worked out from scratch for a whole neighbourhood.

Groups grow from the likeliest pair on; two join where none of their reports contradict and their pairs are, on average,
alike enough. Reports without a date join last, and only where one group fits clearly better than all others. All ties
are broken by ids, so that the outcome depends on the reports alone and not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from app.merging.points import ENOUGH, SCALE
from app.merging.report import Traits

CLEARLY = SCALE // 2
"""Thousandths of a point by which a group must fit better than the next for a report without a date."""

Compare = Callable[[Traits, Traits], int | None]
"""The thousandths of a point that speak for two reports being of the same occurrence; None where they cannot be."""

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """Two ids in order."""
    return (one, other) if one < other else (other, one)


class Wishes:
    """What people decided: which reports belong together and which do not."""

    def __init__(self, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> None:
        self.together = frozenset(pair(*one) for one in together)
        self.apart = frozenset(pair(*one) for one in apart)


_NONE = Wishes()


def clusters(reports: Iterable[Traits], compare: Compare, wishes: Wishes = _NONE) -> list[tuple[str, ...]]:
    """The ids of the reports in groups; each group in order, the groups in order of their first."""
    ordered = sorted(reports, key=lambda one: one.report.id)
    groups = _Groups(ordered, compare, wishes)
    for one, other in sorted(wishes.together):
        groups.force(one, other)
    groups.grow()
    return groups.all()


_Fit = tuple[int, int]
"""The sum of the points of the pairs between two groups, and the number of the pairs that have points."""


def _mean(fit: _Fit) -> float:
    return fit[0] / fit[1] if fit[1] else ENOUGH


class _Groups:
    """Groups that grow. How well two fit is kept as a sum, so that to join them does not look at their pairs again."""

    def __init__(self, ordered: Sequence[Traits], compare: Compare, wishes: Wishes) -> None:
        self._ids = [one.report.id for one in ordered]
        self._undated = {place for place, one in enumerate(ordered) if one.when is None}
        self._members = {place: [place] for place in range(len(ordered))}
        self._of = list(range(len(ordered)))
        self._fits: list[dict[int, _Fit]] = [{} for _ in ordered]
        """Of each group those that it may be joined with; groups go by the place of one of their reports."""
        self._edges: list[tuple[int, int, int]] = []
        self._same: dict[int, list[int]] = {place: [] for place in self._undated}
        """Of each report without a date those that it is the same as."""
        self._apart = wishes.apart
        decided = wishes.together | wishes.apart if wishes.together or wishes.apart else frozenset()
        fits, ids = self._fits, self._ids
        for place, one in enumerate(ordered):
            for further in range(place + 1, len(ordered)):
                points = compare(one, ordered[further])
                if decided and (named := (ids[place], ids[further])) in decided:
                    if named in wishes.apart:
                        continue
                    fits[place][further] = fits[further][place] = (0, 0)
                elif points is not None:
                    fits[place][further] = fits[further][place] = (points, 1)
                if points is not None and points >= ENOUGH:
                    self._edge(-points, place, further)

    def _edge(self, points: int, one: int, other: int) -> None:
        if (one in self._undated) == (other in self._undated):
            self._edges.append((points, one, other))
        for mine, theirs in ((one, other), (other, one)):
            if mine in self._undated:
                self._same[mine].append(theirs)

    def all(self) -> list[tuple[str, ...]]:
        """The ids in groups."""
        return sorted(tuple(self._ids[place] for place in sorted(group)) for group in self._members.values())

    def grow(self) -> None:
        """Joins what fits, the likeliest pairs first; those without a date last."""
        of = self._of
        for _, one, other in sorted(self._edges):
            if of[one] != of[other]:
                self._join(of[one], of[other])
        for one in sorted(self._undated):
            self._settle(one)

    def force(self, one: str, other: str) -> None:
        """Joins the groups of two reports, unless that would bring together what is to stay apart."""
        if one not in self._ids or other not in self._ids:
            return
        mine, theirs = (self._of[self._ids.index(each)] for each in (one, other))
        if mine != theirs and not self._are_apart(mine, theirs):
            self._merge(mine, theirs)

    def _are_apart(self, mine: int, theirs: int) -> bool:
        return any(
            pair(self._ids[a], self._ids[b]) in self._apart for a in self._members[mine] for b in self._members[theirs]
        )

    def _join(self, mine: int, theirs: int) -> None:
        fit = self._fits[mine].get(theirs)
        if fit is not None and _mean(fit) >= ENOUGH:
            self._merge(mine, theirs)

    def _settle(self, one: int) -> None:
        """Puts the group of a report without a date to the one with a date that fits it clearly best."""
        mine = self._of[one]
        if not self._undated.issuperset(self._members[mine]):
            return
        near = {group: self._fits[mine][group] for group in self._near(mine) if group in self._fits[mine]}
        scored = sorted(((_mean(fit), min(self._members[group]), group) for group, fit in near.items()), reverse=True)
        if scored and scored[0][0] >= ENOUGH and (len(scored) == 1 or scored[0][0] - scored[1][0] >= CLEARLY):
            self._merge(mine, scored[0][2])

    def _near(self, mine: int) -> Iterator[int]:
        """The groups with a date of which one report is the same as one of this group."""
        found = {self._of[same] for one in self._members[mine] for same in self._same[one]} - {mine}
        return (group for group in found if not self._undated.issuperset(self._members[group]))

    def _merge(self, mine: int, theirs: int) -> None:
        if len(self._members[mine]) < len(self._members[theirs]):
            mine, theirs = theirs, mine
        for place in (moved := self._members.pop(theirs)):
            self._of[place] = mine
        self._members[mine] += moved
        ours, left = self._fits[mine], self._fits[theirs]
        ours.pop(theirs, None)
        left.pop(mine, None)
        for other in ours.keys() - left.keys():
            del ours[other], self._fits[other][mine]
        for other, fit in left.items():
            theirs_to = self._fits[other]
            del theirs_to[theirs]
            if other in ours:
                ours[other] = theirs_to[mine] = (ours[other][0] + fit[0], ours[other][1] + fit[1])
        left.clear()
