"""Words that say whether something is told as ahead, as past, or as the end of a journey."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.extract.dates_words import beginning_with, ending_in, whole_words
from app.extract.dating_context import DatingContext
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower


@dataclass(frozen=True)
class Tense:
    """The words of a pack, compiled."""

    ahead: re.Pattern[str] | None
    target: re.Pattern[str] | None
    soon: re.Pattern[str] | None
    """By the end of a year, which is mostly the one that is running."""
    reached: re.Pattern[str] | None
    """What had come about by then."""
    figures: re.Pattern[str] | None
    """What is counted by years: trade, exports, visitors."""
    part: re.Pattern[str] | None
    """Beside a year: that only a part of it is meant."""
    past: re.Pattern[str] | None
    closing: re.Pattern[str] | None
    recent_before: re.Pattern[str] | None
    recent_after: re.Pattern[str] | None


@lru_cache
def tense_words(pack: Pack) -> Tense:
    """The words of a pack that tell tenses; None for a kind that it has no words for."""
    tense = pack.data("dates").get("tense", {})

    def listed(name: str) -> list[str]:
        return [lower(fold_phrase(w, pack)) for w in tense.get(name, ())]

    def somewhere(name: str) -> re.Pattern[str] | None:
        ending = ending_in(listed(name))
        return re.compile(ending.pattern[: -len(r"[\s-]?$")]) if ending else None

    return Tense(
        ahead=somewhere("ahead"), target=ending_in(listed("target")),
        soon=ending_in(listed("soon")), reached=whole_words(listed("reached")), past=somewhere("past"),
        figures=whole_words(listed("figures")), part=whole_words(listed("part")),
        closing=somewhere("closing"), recent_before=ending_in(listed("recent_before")),
        recent_after=beginning_with(listed("recent_after")),
    )  # fmt: skip


def tense_at(context: DatingContext, position: int) -> int:
    """Whether the words before a position say it is ahead (1), past (-1) or neither (0)."""
    words = tense_words(context.pack)
    sentence = context.text.sentence_at(position)
    start = max(position - 60, sentence.start if sentence else 0)
    if words.ahead is not None and words.ahead.search(context.text.low, start, position):
        return 1
    return -1 if words.past is not None and words.past.search(context.text.low, start, position) else 0


def closes(text: Text, start: int, end: int, pack: Pack) -> bool:
    """Whether a stretch of text tells of the end of a journey."""
    words = tense_words(pack).closing
    return words is not None and words.search(text.low, start, end) is not None


def is_recent(text: Text, trigger: tuple[int, int], pack: Pack) -> bool:
    """Whether the words right beside an event word call it recent: "their recent meeting", "cuộc gặp gần đây"."""
    words, (start, end) = tense_words(pack), trigger
    before, after = words.recent_before, words.recent_after
    if before is not None and before.search(text.low, max(0, start - 30), start):
        return True
    return after is not None and after.match(text.low, end, end + 30) is not None
