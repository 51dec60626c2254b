"""Reports that say the same in everything that is compared, put together: they are compared as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from app.merging.points import COPIED, ENOUGH, compared, may_be_copies, number, points
from app.merging.report import Traits

Stories = Callable[[], Mapping[str, str]]
"""For each report the first of those whose articles are copies of its own; asked for only where that decides."""


class Member(NamedTuple):
    """A report that is to be put into a group."""

    id: str
    article: str
    number: int
    """Of what is compared of it."""
    traits: Traits
    """What is compared: its own, or those of another that says the same."""


def members(reports: Iterable[Traits]) -> list[Member]:
    """Some reports with the numbers of what is compared of them."""
    keys = [compared(one) for one in reports]
    numbers = {key: number(key) for key in keys}
    return [
        Member(one.report.id, one.report.article, numbers[key], one) for one, key in zip(reports, keys, strict=True)
    ]


class Voice:
    """Reports of other articles that say the same."""

    __slots__ = ("articles", "ids", "number", "stories", "traits")

    def __init__(self, first: Member) -> None:
        self.number = first.number
        self.traits = first.traits
        self.ids: list[str] = []
        """Of the reports, in order."""
        self.articles: set[str] = set()
        self.stories: Counter[str] = Counter()
        """How many of them tell which story; counted where it decides."""

    def add(self, one: Member) -> None:
        """Takes in a report, whose id comes after those before."""
        self.ids.append(one.id)
        self.articles.add(one.article)


class Voices:
    """The voices of some reports, in order of their first ones."""

    def __init__(self, given: Iterable[Member], stories: Stories, alone: Collection[str]) -> None:
        self._ask = stories
        found: dict[object, list[Voice]] = {}
        for one in sorted(given, key=lambda one: one.id):
            alike = found.setdefault(self._key(one, alone), [])
            fits = next((voice for voice in alike if one.article not in voice.articles), None)
            if fits is None:
                alike.append(fits := Voice(one))
            fits.add(one)
        self.all = sorted((voice for alike in found.values() for voice in alike), key=lambda voice: voice.ids[0])

    def _key(self, one: Member, alone: Collection[str]) -> object:
        """What all of a voice have in common."""
        if one.id in alone:
            return one.id
        itself = points(one.traits, one.number, one.traits, one.number)
        if may_be_copies(one.traits, one.traits, itself):
            return one.number, self._stories.get(one.id, one.id)
        return one.number if itself is not None and itself >= ENOUGH else one.id

    @cached_property
    def _stories(self) -> Mapping[str, str]:
        return self._ask()

    def fit(self, one: Voice, other: Voice) -> tuple[int, int] | None:
        """The points of the likeliest pair, and the sum of all; None where two contradict."""
        found = points(one.traits, one.number, other.traits, other.number)
        if found is None or not one.articles.isdisjoint(other.articles):
            return None
        copied = self._copied(one, other) if may_be_copies(one.traits, other.traits, found) else 0
        return found + COPIED * (copied > 0), found * len(one.ids) * len(other.ids) + COPIED * copied

    def _copied(self, one: Voice, other: Voice) -> int:
        """How many of their pairs are copies of one text."""
        mine, theirs = (self._told(voice) for voice in (one, other))
        return sum(count * theirs[story] for story, count in mine.items())

    def _told(self, voice: Voice) -> Counter[str]:
        if not voice.stories:
            voice.stories.update(self._stories.get(id_, id_) for id_ in voice.ids)
        return voice.stories
