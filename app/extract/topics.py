"""What an event or a commitment is about: a lexicon a language, and weights for where a word stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from app.extract.lexicon import Lexicon
from app.extract.model import Text, Zone
from app.extract.pack import Pack
from app.extract.text import fold_phrase
from app.records import Topic

# Chosen on the labelled articles: weights of a word in the headline, in the first sentence of the stretch, elsewhere.
HEADLINE, FIRST, BODY = 3.0, 2.0, 1.0
MOST = 6
"""Most topics of an event."""
FLOOR = 2.0
"""Least weight of a topic of an event."""
PLAIN = 4
"""Two sides that talk about fewer other things than this talk about their relations too."""
SHARE = 0.3
"""Least weight as a share of the heaviest topic's."""


_Read = tuple[str, list[int], list[tuple[int, tuple[Topic, ...]]]]


class TopicWords:
    """The compiled topic lexicon of one language."""

    def __init__(self, pack: Pack) -> None:
        data: dict[str, Any] = pack.data("topics")
        topics: dict[str, list[Topic]] = {}
        for code, words in data.get("topics", {}).items():
            for word in words:
                topics.setdefault(fold_phrase(str(word), pack).lower(), []).append(Topic(code))
        for word in data.get("ignore", ()):
            topics[fold_phrase(str(word), pack).lower()] = []
        self._lexicon = Lexicon([(word, tuple(found)) for word, found in topics.items()])
        self._read: _Read = ("", [], [])
        """The text read last and its words: an article is read once, however often it is asked about."""

    def hits(self, low: str, start: int, end: int) -> list[tuple[int, tuple[Topic, ...]]]:
        """Where topic words stand in `low[start:end]`, and what they tell."""
        read = self._read
        if read[0] is not low:
            hits = [(hit.start, hit.value[0]) for hit in self._lexicon.scan(low) if hit.value[0]]
            self._read = read = (low, [at for at, _ in hits], hits)
        _, starts, hits = read
        first = bisect_left(starts, start)
        return hits[first : bisect_left(starts, end, first)]


@lru_cache
def topic_words(pack: Pack) -> TopicWords:
    """The topic lexicon of a pack, compiled once."""
    return TopicWords(pack)


def between(hits: Sequence[tuple[int, tuple[Topic, ...]]], start: int, end: int, most: int = 4) -> tuple[Topic, ...]:
    """The topics told in a stretch, the most often told first."""
    count: dict[Topic, int] = {}
    for at, topics in hits:
        if at >= end:
            break
        if at >= start:
            for topic in topics:
                count[topic] = count.get(topic, 0) + 1
    # Of those told as often, the one told first: sorting the other way round leaves them as they are.
    return tuple(sorted(count, key=count.__getitem__, reverse=True)[:most])


def topics_of(text: Text, sentences: Iterable[int], pack: Pack, sides: int = 0) -> tuple[Topic, ...]:
    """The topics of an event whose stretch these sentences are, heaviest first; `sides`: how many parties it has.

    A word in the headline or in the first sentence counts more; the same word counts less each time it returns.
    """
    words = topic_words(pack)
    told = tuple(sentences)
    stretch = [text.sentences[index] for index in told]
    headline = [s for s in text.sentences[:4] if s.zone is Zone.headline and s.index not in told]
    weight: dict[Topic, float] = {}
    first = True
    for sentence in [*headline, *stretch]:
        factor = HEADLINE if sentence.zone is Zone.headline else FIRST if first else BODY
        first = first and sentence.zone is Zone.headline
        hits = words.hits(text.low, sentence.start, sentence.end)
        for topic in dict.fromkeys(t for _, topics in hits for t in topics):
            weight[topic] = weight.get(topic, 0.0) + factor
    ranked = sorted(weight.items(), key=lambda item: -item[1])[:MOST]
    floor = max(FLOOR, SHARE * ranked[0][1]) if ranked else 0.0
    found = tuple(topic for topic, w in ranked if w >= floor)
    if sides == 2 and len(found) < PLAIN and Topic.bilateral_relations not in found:
        return (*found, Topic.bilateral_relations)
    return found
