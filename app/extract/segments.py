"""Which part of its sentence an event word speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from app.extract.clauses import PERSONAL
from app.extract.event_words import Cues
from app.extract.model import Mention, Sentence, Text


def part_of_sentence(
    text: Text, sentence: Sentence, mentions: Sequence[Mention], start: int, end: int, cues: Cues
) -> Sequence[Mention]:
    """The mentions of the same part of a sentence: "A sent B a letter; C sent D a letter" are two."""
    if not cues["segments"]:
        return mentions
    word = text.low[start:end].partition(" ")[0] + " "
    if ";" not in text.low[sentence.start : sentence.end]:
        return _of_part(text, sentence, mentions, start, end) if "," in cues["segments"] else mentions
    before, after = text.low.rfind(word, sentence.start, start), text.low.find(word, end, sentence.end)
    left = text.low.rfind(";", before, start) if before >= 0 else -1
    right = text.low.find(";", end, after) if after >= 0 else -1
    return [m for m in mentions if m.start > left and (right < 0 or m.end <= right)]


def _of_part(text: Text, sentence: Sentence, mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """ "A gửi thư đến B, C gửi thư đến D": of those named between two of the same words the last state's, behind a
    comma, are the subject of the second."""
    word = text.low[start:end]
    if " " not in word:
        return mentions  # one syllable stands in many other words: "tiếp" in "tiếp tục"
    before, after = text.low.rfind(word, sentence.start, start), text.low.find(word, end, sentence.end)
    if before >= 0:
        cut = _subject_between(text, [m for m in mentions if before < m.start and m.end <= start])
        mentions = [m for m in mentions if m.start >= cut]
    if after >= 0:
        cut = _subject_between(text, [m for m in mentions if end <= m.start and m.end <= after])
        mentions = [m for m in mentions if m.start < cut or not cut]
    return mentions


def _subject_between(text: Text, between: Sequence[Mention]) -> int:
    """Where, among those named between two event words, the subject of the second begins; 0 where nothing tells."""
    people = [m for m in between if m.kind in PERSONAL]
    cuts = [
        other for one, other in pairwise(people) if text.low[one.end : other.start].strip() in (",", ", còn", ", và")
    ]
    turns = [m for m in cuts if m.country == people[-1].country]
    own = next((m for one, m in pairwise(people) if m in turns and one.country != m.country), None)
    return (own or cuts[-1]).start if cuts else 0
