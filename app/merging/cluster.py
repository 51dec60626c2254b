"""Groups of reports of the same occurrence, worked out from scratch for a whole neighbourhood.

Reports that say the same in everything that is compared, each in an article of its own, are one from the start: they
are compared as one, so that what many say costs no more than what one says. Groups grow from the likeliest pair on; two
join where none of their reports contradict and their pairs are, on average, alike enough. Reports without a date join
last, and only where one group fits clearly better than all others. All ties are broken by ids, so that the outcome
depends on the reports alone and not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from app.merging.points import ENOUGH, SCALE
from app.merging.voices import Member, Stories, Voices

CLEARLY = SCALE // 2
"""Thousandths of a point by which a group must fit better than the next for a report without a date."""

Pair = tuple[str, str]


def pair(one: str, other: str) -> Pair:
    """Two ids in order."""
    return (one, other) if one < other else (other, one)


class Wishes:
    """What people decided: which reports belong together and which do not."""

    def __init__(self, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()) -> None:
        self.together = frozenset(pair(*one) for one in together)
        self.apart = frozenset(pair(*one) for one in apart)
        self.named = frozenset(id_ for one in self.together | self.apart for id_ in one)


_NONE = Wishes()


def clusters(given: Iterable[Member], stories: Stories = dict, wishes: Wishes = _NONE) -> list[tuple[str, ...]]:
    """The ids of the reports in groups; each group in order, the groups in order of their first."""
    groups = _Groups(Voices(given, stories, wishes.named), wishes)
    for one, other in sorted(wishes.together):
        groups.force(one, other)
    groups.grow()
    return groups.all()


_Fit = tuple[int, int]
"""The sum of the points of the pairs between two groups, and the number of the pairs that have points."""


def _mean(fit: _Fit) -> float:
    return fit[0] / fit[1] if fit[1] else ENOUGH


class _Groups:
    """Groups of voices that grow. How well two fit is kept as a sum, so that to join them does not look at their pairs
    again."""

    def __init__(self, voices: Voices, wishes: Wishes) -> None:
        self._voices = voices.all
        self._undated = {place for place, one in enumerate(voices.all) if one.traits.when is None}
        self._members = {place: [place] for place in range(len(voices.all))}
        self._of = list(range(len(voices.all)))
        self._fits: list[dict[int, _Fit]] = [{} for _ in voices.all]
        """Of each group those that it may be joined with; groups go by the place of one of their voices."""
        self._edges: list[tuple[int, int, int]] = []
        self._same: dict[int, list[int]] = {place: [] for place in self._undated}
        """Of each voice without a date those that it is the same as."""
        self._apart = wishes.apart
        for (mine, one), (theirs, other) in combinations(enumerate(voices.all), 2):
            found = voices.fit(one, other)
            # What people decided on stands alone.
            if wishes.named and (named := (one.ids[0], other.ids[0])) in wishes.together | wishes.apart:
                if named in wishes.apart:
                    continue
                self._fits[mine][theirs] = self._fits[theirs][mine] = (0, 0)
            elif found is not None:
                pairs = len(one.ids) * len(other.ids)
                self._fits[mine][theirs] = self._fits[theirs][mine] = (found[1], pairs)
            if found is not None and found[0] >= ENOUGH:
                self._edge(-found[0], mine, theirs)

    def _edge(self, points: int, one: int, other: int) -> None:
        if (one in self._undated) == (other in self._undated):
            self._edges.append((points, one, other))
        for mine, theirs in ((one, other), (other, one)):
            if mine in self._undated:
                self._same[mine].append(theirs)

    def all(self) -> list[tuple[str, ...]]:
        """The ids in groups."""
        return sorted(
            tuple(sorted(id_ for place in group for id_ in self._voices[place].ids)) for group in self._members.values()
        )

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
        places = {voice.ids[0]: place for place, voice in enumerate(self._voices)}
        if one not in places or other not in places:
            return
        mine, theirs = self._of[places[one]], self._of[places[other]]
        if mine != theirs and not self._are_apart(mine, theirs):
            self._merge(mine, theirs)

    def _are_apart(self, mine: int, theirs: int) -> bool:
        ids = [[self._voices[place].ids[0] for place in self._members[group]] for group in (mine, theirs)]
        return any(pair(a, b) in self._apart for a, b in product(*ids))

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
