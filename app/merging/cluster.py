"""Groups of reports of the same occurrence, worked out from scratch for a whole neighbourhood.

Groups grow from the likeliest pair on; two join where none of their reports contradict and their pairs are, on average,
alike enough. Reports without a date join last, and only where one group fits clearly better than all others. All ties
are broken by ids, so that the outcome depends on the reports alone and not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from app.merging.likeness import SAME, Likeness
from app.merging.report import Traits

CLEARLY = 0.5
"""Points by which a group must fit better than the next for a report without a date."""

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


def clusters(
    reports: Sequence[Traits], compare: Callable[[Traits, Traits], Likeness], wishes: Wishes = _NONE
) -> list[tuple[str, ...]]:
    """The ids of the reports in groups; each group in order, the groups in order of their first."""
    ordered = sorted(reports, key=lambda one: one.report.id)
    if len(ordered) == 1:
        return [(ordered[0].report.id,)]
    alike = {
        (one.report.id, other.report.id): compare(one, other)
        for one, other in combinations(ordered, 2)
        if one.family == other.family
    }
    groups = _Groups([one.report.id for one in ordered], alike, wishes)
    undated = {one.report.id for one in ordered if one.when is None}
    for one, other in sorted(wishes.together):
        groups.join(one, other, forced=True)
    edges = [(-found.score, ids) for ids, found in alike.items() if found.same]
    for _, (one, other) in sorted(edge for edge in edges if (edge[1][0] in undated) == (edge[1][1] in undated)):
        groups.join(one, other)
    for one in sorted(undated):
        groups.settle(one, undated)
    return groups.all()


class _Groups:
    """Groups that grow."""

    def __init__(self, ids: Sequence[str], alike: Mapping[Pair, Likeness], wishes: Wishes) -> None:
        self._of = {id_: frozenset({id_}) for id_ in ids}
        self._alike = alike
        self._wishes = wishes

    def all(self) -> list[tuple[str, ...]]:
        return sorted(tuple(sorted(group)) for group in set(self._of.values()))

    def join(self, one: str, other: str, *, forced: bool = False) -> None:
        """Joins the groups of two reports where that may be."""
        if one not in self._of or other not in self._of:
            return
        mine, theirs = self._of[one], self._of[other]
        if mine is theirs or (score := self._score(mine, theirs, forced=forced)) is None:
            return
        if forced or score >= SAME:
            self._merge(mine, theirs)

    def settle(self, one: str, undated: set[str]) -> None:
        """Puts the group of a report without a date to the one with a date that fits it clearly best."""
        mine = self._of[one]
        if not mine <= undated:
            return
        near = {
            self._of[other]
            for ids, found in self._alike.items()
            if found.same and (ids[0] in mine) != (ids[1] in mine)
            for other in ids
            if other not in mine and not self._of[other] <= undated
        }
        scored = sorted(
            ((score, min(group), group) for group in near if (score := self._score(mine, group)) is not None),
            reverse=True,
        )
        if scored and scored[0][0] >= SAME and (len(scored) == 1 or scored[0][0] - scored[1][0] >= CLEARLY):
            self._merge(mine, scored[0][2])

    def _merge(self, mine: frozenset[str], theirs: frozenset[str]) -> None:
        both = mine | theirs
        self._of |= dict.fromkeys(both, both)

    def _score(self, mine: frozenset[str], theirs: frozenset[str], *, forced: bool = False) -> float | None:
        """The mean over all pairs between two groups; None where one of them cannot be."""
        found = []
        for a in mine:
            for b in theirs:
                ids = pair(a, b)
                if ids in self._wishes.apart:
                    return None
                if forced or ids in self._wishes.together:
                    continue
                likeness = self._alike.get(ids)
                if likeness is None or likeness.impossible:
                    return None
                found.append(likeness.score)
        return sum(found) / len(found) if found else SAME
