"""Counts of hits and misses, and the figures made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """How a figure is made of counts."""

    found = "found"
    """Precision, recall and their harmonic mean of what is looked for."""
    right = "right"
    """The share that is right of what was found."""


FIGURES: dict[str, Form] = {
    "event": Form.found,
    "type": Form.right,
    "people": Form.found,
    "parties": Form.found,
    "country": Form.right,
    "role": Form.right,
    "title": Form.right,
    "date": Form.right,
    "year": Form.right,
    "mode": Form.right,
    "venue_country": Form.right,
    "venue_city": Form.right,
    "occasion": Form.right,
    "topics": Form.found,
    "commit": Form.found,
    "commit_actor": Form.right,
    "commit_kind": Form.right,
    "commit_topic": Form.right,
    "amount": Form.right,
    "deadline": Form.right,
    "grounded": Form.right,
    "language": Form.right,
    "article_perfect": Form.right,
}
"""All figures but the score, in the order they are printed."""

_SCORED = ("event", "people", "commit", "date", "venue_country", "type")
"""The figures whose mean is the score."""

SURE = "sure"
"""Counts, outside the figures, which of the dates that claim to be sure are right."""


@dataclass(slots=True)
class Count:
    """What was hit, what was found beside it, what was missed."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    def __iadd__(self, other: Count) -> Count:
        self.hit += other.hit
        self.extra += other.extra
        self.missed += other.missed
        return self

    def share(self) -> float | None:
        """The share of hits; None where nothing was asked."""
        asked = self.hit + self.missed
        return self.hit / asked if asked else None

    def found(self) -> Found:
        """Precision, recall and F1. Where nothing was asked, finding nothing is perfect."""
        named, asked = self.hit + self.extra, self.hit + self.missed
        precision = self.hit / named if named else float(not self.missed)
        recall = self.hit / asked if asked else 1.0
        both = precision + recall
        return Found(precision, recall, 2 * precision * recall / both if both else 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """How much of what was looked for was found, and how much of what was found was looked for."""

    precision: float
    recall: float
    f1: float

    def rounded(self) -> Found:
        """The same to three places."""
        return Found(round(self.precision, 3), round(self.recall, 3), round(self.f1, 3))


class Tally:
    """Counts of one article, or of several added up."""

    def __init__(self) -> None:
        self.articles = 0
        self.counts: defaultdict[str, Count] = defaultdict(Count)

    def check(self, figure: str, right: bool) -> bool:
        """Counts one answer as right or wrong, and gives it back."""
        self.counts[figure] += Count(hit=int(right), missed=int(not right))
        return right

    def sets(self, figure: str, gold: Iterable[object], found: Iterable[object], also: Iterable[object] = ()) -> None:
        """Counts what two sets share; `also` is neither asked for nor wrong."""
        asked, named = set(gold), set(found)
        self.counts[figure] += Count(len(asked & named), len(named - asked - set(also)), len(asked - named))

    def add(self, other: Tally) -> None:
        """Adds the counts of another."""
        self.articles += other.articles
        for figure, count in other.counts.items():
            self.counts[figure] += count

    def figures(self) -> Figures:
        """All figures, to three places."""
        found = {name: self.counts[name].found().rounded() for name, form in FIGURES.items() if form is Form.found}
        shares = {name: self.counts[name].share() for name, form in FIGURES.items() if form is Form.right}
        right = {name: None if share is None else round(share, 3) for name, share in shares.items()}
        return Figures(self.articles, found, right)


@dataclass(frozen=True)
class Figures:
    """What a tally comes to."""

    articles: int
    found: dict[str, Found]
    right: dict[str, float | None]

    def value(self, name: str) -> float | None:
        """A figure as one number: F1, a share, or the score; None where nothing was asked."""
        if name == "score":
            return self.score
        return self.found[name].f1 if name in self.found else self.right[name]

    def values(self) -> dict[str, float]:
        """All numbers there are, the score last."""
        named = {name: self.value(name) for name in (*FIGURES, "score")}
        return {name: value for name, value in named.items() if value is not None}

    @property
    def score(self) -> float:
        """The mean of the figures that say most, as far as they were asked."""
        parts = [value for name in _SCORED if (value := self.value(name)) is not None]
        return round(sum(parts) / len(parts), 3)
