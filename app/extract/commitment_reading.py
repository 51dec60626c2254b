"""Reads sentences for commitments: which clause binds whom, and to what kind of thing.

One walk from left to right over clauses with a small state: who is speaking, which commitment is open, and whether a
list of measures is being told. It knows nothing of events: an actor is a country code, an organisation id, or `GROUP`
for "both sides", which the caller resolves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from app.extract.commitment_clause import Chain, Clause, clauses
from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.commitment_finding import GROUP, Actors, Finding, actors_of
from app.extract.lexicon import spaced
from app.extract.model import Mention, Sentence, Text
from app.records import CommitmentKind

_OPENING, _CLOSING = '"“«「『', '"”»」』'
_SHADED = frozenset({CommitmentKind.support, CommitmentKind.reaffirmation})
"""Positions: what follows a comma is a shade of the same, while measures to be taken are counted one by one."""
_TELLING = Part.cue | Part.report | Part.closes | Part.enumerators
_LEAST, _LEAST_SPELLED = 6, 14
"""Fewest characters of a further member of a list, in Chinese and in scripts that spell words out."""


class Reader:
    """Walks over the sentences of one article, in order."""

    def __init__(self, text: Text, mentions: Sequence[Mention], cues: Cues) -> None:
        self.text, self.low, self.cues = text, text.low, cues
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: m.start):
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        self.found: list[Finding] = []
        self.speaker: Actors = ()
        self.open: Finding | None = None
        self.heading: Finding | None = None
        """The commitment that a numbered list belongs to."""

    def read(self, indices: Sequence[int]) -> list[Finding]:
        """The findings of these sentences."""
        previous = None
        for index in indices:
            sentence = self.text.sentences[index]
            same = previous is not None and sentence.paragraph == previous.paragraph
            if not same:
                self.heading = None
            # A list may go on in the next sentence without naming its subject again.
            if not (same and previous is not None and index == previous.index + 1):
                self.open = None
            self._sentence(sentence)
            previous = sentence
        return self.found

    def _sentence(self, sentence: Sentence) -> None:
        tokens = self.cues.tokens(self.low, sentence.start, sentence.end)
        mentions = self.by_sentence.get(sentence.index, [])
        told = 0
        for token in tokens:
            told |= token.parts
        # Most sentences bind nobody, nor tell who speaks.
        if not told & _TELLING and not (self.open and told & Part.verbs):
            self.open = None
            return
        self.speaker = self._quoted(sentence, tokens, mentions) or self.speaker
        walk = _Walk(self, sentence)
        token_starts, mention_starts = [t.start for t in tokens], [m.start for m in mentions]
        for start, end in clauses(self.low, sentence.start, sentence.end):
            walk.clause(
                start,
                end,
                tokens[bisect_left(token_starts, start) : bisect_left(token_starts, end)],
                mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)],
            )

    def _quoted(self, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Actors:
        """Who says a quote that the sentence begins with, where the name comes after it."""
        text = self.text.plain
        if text[sentence.start] not in _OPENING:
            return ()
        closing = max(text.rfind(mark, sentence.start + 1, sentence.end) for mark in _CLOSING)
        if closing < 0 or not any(t.start > closing and t.parts & Part.report for t in tokens):
            return ()
        return next((actors_of(m) for m in mentions if m.start > closing), ())


