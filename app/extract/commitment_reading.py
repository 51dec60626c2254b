"""Reads sentences for commitments: which clause binds whom, and to what kind of thing.

One walk from left to right over clauses with a small state: who is speaking, which commitment is open, and whether a
list of measures is being told. It knows nothing of events: an actor is a country code, an organisation id, or `GROUP`
for "both sides", which the caller resolves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from app.extract.commitment_clause import clauses
from app.extract.commitment_cues import Cues, Part, Token
from app.extract.commitment_finding import Actors, Finding, actors_of
from app.extract.commitment_state import Telling
from app.extract.commitment_walk import Walk
from app.extract.lexicon import spaced
from app.extract.model import Mention, MentionKind, Sentence, Text

_OPENING, _CLOSING = ('"', "“", "«", "「", "『"), ('"', "”", "»", "」", "』", "''", "’’")
_QUOTE = 1_500
"""Most characters of a quote whose speaker is told behind it."""
_TELLING = Part.cue | Part.report | Part.closes | Part.enumerators
_BEHIND, _ARTICLE, _SILENT, _ENDS = 60, 6, ("", "the", "also"), ' ."”\n'
"""How long the words may be that tell behind a sentence who said it, and what may stand in them."""
_BULLET = re.compile(r"[-*+·•▪■◆●]\s*|\(?\d{1,2}[.):、](?!\d)\s*|\(?[a-h][.)]\s+|[一二三四五六七八九十]{1,3}、")
"""What a line begins with that is one of a list."""
_ITEM = Part.verbs | Part.enumerators
_ANEW = 40
"""Characters read anew behind a mention."""
_LABEL = 80
"""So far into a sentence the name of its speaker may stand, with a colon behind it."""


class Reader:
    """Walks over the sentences of one article, in order."""

    def __init__(
        self, text: Text, mentions: Sequence[Mention], cues: Cues, past: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.text, self.low, self.cues = text, text.low, cues
        self.by_sentence: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: m.start):
            self.by_sentence.setdefault(mention.sentence, []).append(mention)
        self.past = sorted(past)
        self.tokens = self._apart(cues.tokens(text.low), mentions)
        self.token_starts = [t.start for t in self.tokens]
        self.told = Telling(text.low, cues)
        self.quote_end = 0
        self.quoting: Actors = ()
        """Who speaks up to there."""
        self.header: Finding | None = None
        """What the list is of."""
        self.listing = False
        """Whether the line before is one of a list, of what was undertaken right before the list."""

    def _apart(self, tokens: list[Token], mentions: Sequence[Mention]) -> list[Token]:
        """The words, those read anew that begin within a mention and end behind it: "Tổng |thống nhất| trí"."""
        starts = [t.start for t in tokens]
        for mention in sorted(mentions, key=lambda m: m.start, reverse=True):
            at = bisect_left(starts, mention.end) - 1
            if at < 0 or not mention.start < tokens[at].start or tokens[at].end <= mention.end:
                continue
            until = starts[at + 1] if at + 1 < len(starts) else min(len(self.low), tokens[at].end + _ANEW)
            anew = self.cues.tokens(self.low[mention.end : until])
            tokens[at : at + 1] = [Token(t.start + mention.end, t.end + mention.end, t.parts, t.cue) for t in anew]
            starts[at : at + 1] = [t.start + mention.end for t in anew]
        return tokens

    def read(self, indices: Sequence[int]) -> list[Finding]:
        """The findings of these sentences."""
        previous, numbered = None, False
        for index in indices:
            sentence = self.text.sentences[index]
            same = previous is not None and (
                sentence.paragraph == previous.paragraph or self._resumes(previous, sentence)
            )
            if not same:
                self.listing = previous is not None and self._lists(previous, sentence)
            if not same and not self.listing:
                self.told.heading = None
            # A list may go on in the next sentence without naming its subject again.
            if not (same and previous is not None and index == previous.index + 1):
                self.told.open = None
            item = self.listing and (numbered or not same)
            numbered = item and _BULLET.fullmatch(self.low, sentence.start, sentence.end) is not None
            if not numbered:  # "1." alone: what follows is the item
                self._sentence(sentence, item=item)
            previous = sentence
        return self.told.found

    def _lists(self, before: Sentence, sentence: Sentence) -> bool:
        """Whether a line tells one of a list: "agreed to:", and each measure on a line of its own."""
        heading = self.told.heading
        if heading is None or sentence.index != before.index + 1:
            return False
        mark = self.low[before.end - 1]
        if mark == ":":
            self.header = heading
            return heading.sentence == before.index
        return self.listing and (mark == ";" or self._counted(sentence))

    def _resumes(self, before: Sentence, sentence: Sentence) -> bool:
        """Whether a paragraph has no subject of its own and goes on with what the one before told to be done."""
        head = self.told.open
        if sentence.index != before.index + 1 or head is None or head.sentence != before.index or self.listing:
            return False
        at = bisect_left(self.token_starts, sentence.start)
        first = self.tokens[at] if at < len(self.tokens) else None
        return (
            first is not None
            and first.start == sentence.start
            and bool(first.parts & Part.verbs)
            and not first.parts & Part.adverbs
            and self.low[before.end - 1] not in ":;"
            and self.low[sentence.end - 1] in ".;。"
        )

    def _counted(self, sentence: Sentence) -> bool:
        """Whether a line begins as those of a list do: with a mark, a number, or what is to be done."""
        if _BULLET.match(self.low, sentence.start):
            return True
        at = bisect_left(self.token_starts, sentence.start)
        first = self.tokens[at] if at < len(self.tokens) else None
        if first is not None and first.start == sentence.start and first.parts & _ITEM:
            return True
        leads = not spaced(self.low[sentence.start]) and self.low.startswith(self.cues.prepositions, sentence.start)
        return leads and not any(m.start == sentence.start for m in self.by_sentence.get(sentence.index, ()))

    def _item(self, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]) -> tuple[bool, int]:
        """Whether a line of a list tells a measure and no more, and where it begins behind its mark.

        What names who does it, or begins with a word that tells its kind, is read as any sentence.
        """
        self.told.heading = self.header
        mark = _BULLET.match(self.low, sentence.start)
        begins = mark.end() if mark else sentence.start
        own = bool(mentions) and mentions[0].start <= begins + _ARTICLE
        cues = (t for t in tokens if t.cue is not None and not t.cue.weak)
        return not any(own or t.start == begins for t in cues), begins

    def _sentence(self, sentence: Sentence, *, item: bool = False) -> None:
        first = bisect_left(self.token_starts, sentence.start)
        tokens = self.tokens[first : bisect_left(self.token_starts, sentence.end, first)]
        mentions = self._with_plurals(sentence, tokens)
        told = 0
        for token in tokens:
            told |= token.parts
        item, begins = self._item(sentence, tokens, mentions) if item else (False, sentence.start)
        quoted = self._quoted(sentence) or self._told_behind(sentence, tokens, mentions)
        self.told.speaker = quoted or self._labelled(sentence, tokens, mentions) or self.told.speaker
        # Most sentences bind nobody, nor tell who speaks.
        last = self.told.found[-1].sentence if self.told.found else -2
        goes_on = self.told.open is not None or (sentence.index - last == 1 and bool(mentions))
        if not item and not told & _TELLING and not (told & Part.verbs and goes_on):
            self.told.open = None
            return
        past = self.past[bisect_left(self.past, (sentence.start, 0)) : bisect_left(self.past, (sentence.end, 0))]
        walk = Walk(self.told, sentence.index, mentions, past)
        walk.quoted = bool(quoted)
        if item:
            walk.item = begins
        elif self.listing and self.header is not None:
            walk.candidate = self.header.actors
        token_starts, mention_starts = [t.start for t in tokens], [m.start for m in mentions]
        for start, end in clauses(self.low, sentence.start, sentence.end):
            walk.clause(
                start,
                end,
                tokens[bisect_left(token_starts, start) : bisect_left(token_starts, end)],
                mentions[bisect_left(mention_starts, start) : bisect_left(mention_starts, end)],
            )
        walk.ends(sentence)

    def _with_plurals(self, sentence: Sentence, tokens: Sequence[Token]) -> list[Mention]:
        """The mentions of a sentence, and "they" as one of both sides."""
        mentions = self.by_sentence.get(sentence.index, [])
        plurals = [t for t in tokens if t.parts & Part.plural]
        if not plurals:
            return mentions
        added = [
            Mention(MentionKind.group, t.start, t.end, sentence.index, "group", pronoun=True)
            for t in plurals
            if not any(m.start < t.end and t.start < m.end for m in mentions)
        ]
        return sorted((*mentions, *added), key=lambda m: m.start)

    def _labelled(self, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Actors:
        """Who speaks where a name with a colon stands before the words."""
        first = tokens[0].start if tokens else sentence.end
        for mention in mentions:
            if mention.start - sentence.start > _LABEL or mention.end > first:
                break
            if self.low[mention.end : mention.end + 2].strip().startswith(":"):
                return actors_of(mention)
        return ()

    def _told_behind(self, sentence: Sentence, tokens: Sequence[Token], mentions: Sequence[Mention]) -> Actors:
        """Who says what stands before: "The two sides should expand trade, Lund added." """
        comma = self.low.rfind(",", sentence.start, sentence.end)
        last = [m for m in mentions if m.start > comma]
        said = [t for t in tokens if t.start > comma and t.parts & Part.report and not t.cue]
        if comma < 0 or sentence.end - comma > _BEHIND or len(last) != 1 or len(said) != 1:
            return ()
        first, second = sorted(((last[0].start, last[0].end), (said[0].start, said[0].end)))
        beside = self.low[first[1] : second[0]].strip() + self.low[second[1] : sentence.end].strip(_ENDS)
        return actors_of(last[0]) if beside in _SILENT and first[0] - comma <= _ARTICLE else ()

    def _quoted(self, sentence: Sentence) -> Actors:
        """Who says a quote that the sentence begins with or stands in, where the name comes after it."""
        if sentence.start < self.quote_end:
            return self.quoting
        text = self.text.plain
        if not text.startswith(_OPENING, sentence.start):
            return ()
        found = [at for mark in _CLOSING if (at := text.find(mark, sentence.start + 1, sentence.start + _QUOTE)) >= 0]
        last = self.text.sentence_at(min(found)) if found else None
        if last is None or last.paragraph != sentence.paragraph:
            return ()
        closing = min(found)
        first = bisect_left(self.token_starts, closing)
        after = self.tokens[first : bisect_left(self.token_starts, last.end, first)]
        if not any(t.parts & Part.report for t in after):
            return ()
        self.quote_end = closing
        self.quoting = next((actors_of(m) for m in self.by_sentence.get(last.index, ()) if m.start > closing), ())
        return self.quoting
