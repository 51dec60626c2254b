"""Reports that say the same in everything that is compared, put together: they are compared as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from app.merging.points import COPIED, ENOUGH, may_be_copies, points
from app.merging.report import Traits

Stories = Callable[[], Mapping[str, str]]
"""For each report the first of those whose articles are copies of its own; asked for only where that decides."""


class Voice:
    """Reports of other articles that say the same."""

    __slots__ = ("articles", "first", "ids", "number", "stories")

    def __init__(self, first: Traits, number: int) -> None:
        self.first = first
        self.number = number
        self.ids: list[str] = []
        """Of the reports, in order."""
        self.articles: set[str] = set()
        self.stories: Counter[str] = Counter()
        """How many of them tell which story; counted where it decides."""

    def add(self, one: Traits) -> None:
        """Takes in a report, whose id comes after those before."""
        self.ids.append(one.report.id)
        self.articles.add(one.report.article)

    def among(self, other: Voice) -> int | None:
        """The thousandths of a point for two reports of the two, before copies are looked at."""
        return points(self.first, self.number, other.first, other.number)


class Voices:
    """The voices of some reports, in order of their first ones."""

    def __init__(
        self,
        ordered: Sequence[Traits],
        numbers: Mapping[str, int],
        stories: Stories,
        alone: Collection[str],
    ) -> None:
        self._ask = stories
        found: dict[object, list[Voice]] = {}
        for one in ordered:
            number = numbers[one.report.id]
            key = self._key(one, number, alone)
            alike = found.setdefault(key, [])
            fits = next((voice for voice in alike if one.report.article not in voice.articles), None)
            if fits is None:
                alike.append(fits := Voice(one, number))
            fits.add(one)
        self.all = sorted((voice for alike in found.values() for voice in alike), key=lambda voice: voice.ids[0])

    def _key(self, one: Traits, number: int, alone: Collection[str]) -> object:
        """What all of a voice have in common."""
        if one.report.id in alone:
            return one.report.id
        itself = points(one, number, one, number)
        if may_be_copies(one, one, itself):
            return number, self._stories.get(one.report.id, one.report.id)
        return number if itself is not None and itself >= ENOUGH else one.report.id

    @cached_property
    def _stories(self) -> Mapping[str, str]:
        return self._ask()

    def fit(self, one: Voice, other: Voice) -> tuple[int, int] | None:
        """The points of the likeliest pair, and the sum of all; None where two contradict."""
        found = one.among(other)
        if found is None or not one.articles.isdisjoint(other.articles):
            return None
        copied = self._copied(one, other) if may_be_copies(one.first, other.first, found) else 0
        return found + COPIED * (copied > 0), found * len(one.ids) * len(other.ids) + COPIED * copied

    def _copied(self, one: Voice, other: Voice) -> int:
        """How many of their pairs are copies of one text."""
        mine, theirs = (self._told(voice) for voice in (one, other))
        return sum(count * theirs[story] for story, count in mine.items())

    def _told(self, voice: Voice) -> Counter[str]:
        if not voice.stories:
            voice.stories.update(self._stories.get(id_, id_) for id_ in voice.ids)
        return voice.stories
