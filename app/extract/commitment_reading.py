"""Reads sentences for commitments: which clause binds whom, and to what kind of thing.

One walk from left to right over clauses (cut at commas, semicolons and colons) with a small state: who is speaking,
which commitment is open, and whether a list of measures is being told. It knows nothing of events: an actor is a
country code, an organisation id, or `GROUP` for "both sides", which the caller resolves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.lexicon import spaced
from app.extract.model import Mention, MentionKind, Sentence, Text
from app.records import CommitmentKind

GROUP = "*"
"""Stands for all parties of the event being told."""

UNKNOWN = "?"
"""Stands for somebody whose country the article does not tell."""

Actors = tuple[str, ...]

_BREAK = re.compile(r"[,;:](?!\d)|、(?=愿|将|支持|希望|坚定|反对)|[-–—]{2,}")
_BLANK = " \t\n\"'“”«»‘’「」『』《》()*"
_OPENING = '"“«「『'
_LEAST, _LEAST_SPELLED = 6, 14
"""Fewest characters of a further member of a list, in Chinese and in scripts that spell words out."""
_CLOSING = '"”»」』'


@dataclass(slots=True)
class Finding:
    """A commitment as found: whose, of what kind, and where it stands."""

    kind: CommitmentKind
    actors: Actors
    sentence: int
    start: int
    """Of the clause, subject included."""
    content: int
    """End of the cue: what is undertaken begins here."""
    end: int
    cue: Cue
    conditions: list[tuple[int, int]] = field(default_factory=list)
    final: bool = False
    """What it is about stands before the cue."""
    member: bool = False
    """Whether it is a further member of a list."""


def actors_of(mention: Mention) -> Actors:
    """Whose word it is when this mention speaks."""
    if mention.kind is MentionKind.group:
        return (GROUP,)
    return (mention.country or mention.organization or UNKNOWN,)


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
            if previous is not None and sentence.paragraph != previous.paragraph:
                self.heading = None
            follows = previous is not None and index == previous.index + 1 and sentence.paragraph == previous.paragraph
            self._sentence(sentence, self.open if follows else None)
            previous = sentence
        return self.found

    def _sentence(self, sentence: Sentence, carried: Finding | None) -> None:
        """`carried`: what was open at the end of the sentence before; a list may go on without naming its subject."""
        tokens = self.cues.tokens(self.low, sentence.start, sentence.end)
        mentions = self.by_sentence.get(sentence.index, [])
        self.open = carried
        quoted = self._quoted(sentence, tokens, mentions)
        if quoted:
            self.speaker = quoted
        walk = _Walk(self, sentence)
        token_starts, mention_starts = [t.start for t in tokens], [m.start for m in mentions]
        for start, end in _clauses(self.low, sentence.start, sentence.end):
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
        if closing < 0 or not any(t.start > closing and Part.report in t.parts for t in tokens):
            return ()
        return next((actors_of(m) for m in mentions if m.start > closing), ())


def _clauses(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(low, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


class _Walk:
    """The state within one sentence."""

    def __init__(self, reader: Reader, sentence: Sentence) -> None:
        self.reader, self.low, self.sentence = reader, reader.low, sentence
        self.candidate: Actors = ()
        """A subject named at the head of an earlier clause: "X, in the spirit of friendship, agreed"."""
        self.reported = False
        self.numbered = False
        self.doubted = False
        """Whether praise or belief governs what follows: "is confident that …" binds nobody."""

    def clause(self, start: int, end: int, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Reads one clause; what it says is added to the reader's findings."""
        self.start, self.end = start, end
        self.chain, self.chain_end = "lead", start
        self.subject: Mention | None = None
        self.subject_actors: Actors = ()
        self.strong = False
        """Whether a cue of this clause already holds what follows."""
        self.muted = False
        self.listing = False
        """Whether the clause goes on with a list, however short its member."""
        self.joined = False
        """Whether we are past a conjunction inside the clause."""
        self.negated: int | None = None
        self.condition: int | None = None
        self.mentions = mentions
        items: list[tuple[int, int, Token | Mention]] = [(t.start, 1, t) for t in tokens]
        items += [(m.start, 0, m) for m in mentions]
        items.sort(key=lambda item: item[:2])
        covered = start
        for position, _, item in items:
            if position < covered:
                continue
            if isinstance(item, Mention):
                self._mention(item)
                covered = item.end
            else:
                self._token(item)
        self._finish()

    # What stands in the clause

    def _blank(self, start: int, end: int) -> bool:
        return not self.low[start:end].strip(_BLANK)

    def _attached(self, start: int) -> bool:
        return bool(self.chain) and self._blank(self.chain_end, start)

    def _oblique(self, mention: Mention) -> bool:
        return self._ends(mention.start, self.reader.cues.prepositions)

    def _ends(self, position: int, words: tuple[str, ...]) -> bool:
        """Whether one of these words stands right before a position of this clause."""
        before = self.low[max(self.start, position - 12) : position].rstrip(_BLANK)
        if not before.endswith(words):
            return False
        ends = (len(before) - len(word) for word in words if before.endswith(word))
        return any(left <= 0 or not (spaced(before[left]) and spaced(before[left - 1])) for left in ends)

    def _mention(self, mention: Mention) -> None:
        actors = actors_of(mention)
        if not actors:
            self.chain = ""
            return
        oblique = self._oblique(mention)
        joined = self.subject is not None and self._coordinated(self.subject.end, mention.start)
        if joined and not oblique:
            self.subject_actors = tuple(dict.fromkeys(self.subject_actors + actors))
            self.subject = mention
        elif not oblique or self.subject is None:
            if not oblique or not self.candidate:
                self.subject, self.subject_actors = mention, actors
        if not oblique:
            if self.chain == "lead" and self._blank(self.chain_end, mention.start):
                self.candidate = self.subject_actors
            self.chain, self.chain_end = "mention", mention.end

    def _coordinated(self, start: int, end: int) -> bool:
        between = self.low[start:end].strip(_BLANK)
        return between in {"và", "and", "和", "与", "、", "同", "暨", "cùng", ""} or between in {"cũng như", "及"}

    def _token(self, token: Token) -> None:
        parts = token.parts
        if Part.conditions in parts:
            self.condition = token.start
            self.chain = ""
        elif Part.first_person in parts:
            if self.chain:
                self.chain, self.chain_end = "mention", token.end
        elif Part.enumerators in parts and self.chain == "lead" and self._attached(token.start):
            self._enumerator(token)
        elif token.cue is not None and self._cue(token, token.cue):
            pass
        elif Part.report in parts:
            self._report(token)
        elif Part.closes in parts:
            self._closes(token)
        else:
            self._small(token)

    def _small(self, token: Token) -> None:
        """Words that split, aim or lead: joints, aims, list verbs, adverbs, negations."""
        parts = token.parts
        attached = self._attached(token.start)
        if Part.negations in parts:
            self.negated = token.end
            if attached:
                self.chain_end = token.end
        elif Part.aims in parts and self.chain == "lead" and attached and Part.verbs not in parts and not self.joined:
            self.muted = True
            self.chain = ""
        elif Part.verbs in parts and self.chain == "lead" and attached and not self.strong:
            self._member(token)
            if Part.adverbs in parts:
                self.chain_end = token.end
        elif Part.joints in parts:
            if not attached or self.chain != "lead":
                self.joined = True
                if self.candidate:
                    self.subject, self.subject_actors = None, ()
            self.chain, self.chain_end = "lead", token.end
            self.muted = False
        elif Part.adverbs in parts and attached:
            self.chain_end = token.end

    # What the words do

    def _report(self, token: Token) -> None:
        actors = self._subject()
        if actors:
            self.reader.speaker = actors
        if not self.strong:
            self._close(token.start)
        self.reader.heading = None
        self.reported = True
        self.muted = self.doubted = False
        self.subject, self.subject_actors, self.candidate = None, (), ()
        self.chain, self.chain_end = "report", token.end

    def _closes(self, token: Token) -> None:
        if self.strong and not self.chain:
            return
        actors = self._subject()
        if actors and not self.reported:
            self.reader.speaker = actors
        self._close(token.start)
        self.reader.heading = None
        self.strong, self.muted, self.chain = False, True, ""
        self.doubted = True

    def _enumerator(self, token: Token) -> None:
        heading = self.reader.heading
        if heading is None:
            self.chain_end = token.end
            return
        if heading in self.reader.found and not heading.member:
            self.reader.found.remove(heading)
        self.numbered = True
        self._add(
            Finding(
                heading.kind,
                heading.actors,
                self.sentence.index,
                token.end,
                token.end,
                self.end,
                heading.cue,
                member=True,
            )
        )
        self.strong = True

    def _subject(self) -> Actors:
        return self.subject_actors or self.candidate

    def _cue(self, token: Token, cue: Cue) -> bool:
        """Opens a commitment if the word does so here; False lets its other parts count."""
        attached = self._attached(token.start)
        promise = cue.kind is CommitmentKind.pledge and not cue.weak and self.chain == "mention" and attached
        if (self.muted and not promise) or (self.doubted and cue.weak) or self._followed(token.end, cue):
            return False
        if self.strong and not (self.chain == "lead" and attached):
            return bool(cue.kind)
        if self.strong and self.reader.open is not None and self.reader.open.cue.binds:
            return True
        if cue.weak and not attached:
            return False
        if cue.weak and self.chain == "lead" and not (self.reader.speaker or self.candidate):
            return False
        if Part.verbs in token.parts and self.chain == "lead" and attached and self._goes_on(cue):
            return False
        if self.negated == token.start or (self.negated is not None and self._blank(self.negated, token.start)):
            if not cue.asks and cue.kind is not CommitmentKind.pledge:
                self.muted = True
                return True
        return self._open(token, cue)

    def _goes_on(self, cue: Cue) -> bool:
        """Whether a word that is both cue and list verb goes on with the open list: "asks Japan to open, to support"."""
        head = self.reader.open
        return head is not None and (cue.weak or head.kind is CommitmentKind.request)

    def _followed(self, end: int, cue: Cue) -> bool:
        """Whether words follow with which the cue means something else: an effect, an event to come, a greeting."""
        if cue.not_before and self.low[end : end + 24].lstrip(_BLANK).startswith(cue.not_before):
            return True
        rest = self.low[end : min(self.end, end + 40)] if cue.not_with else ""
        return any(word in rest for word in cue.not_with)

    def _open(self, token: Token, cue: Cue) -> bool:
        kind, actors = cue.kind, self._subject()
        explicit = self.subject
        if cue.after:
            following = next((m for m in self.mentions if m.start >= token.end), None)
            actors, explicit = (actors_of(following) if following else ()), None
        elif cue.asks:
            if not self.reader.speaker:
                return False
            actors = self.reader.speaker
        elif self.chain == "lead" and self._attached(token.start) and explicit is None:
            actors = self.candidate if not self.reported and self.candidate else self.reader.speaker or self.candidate
        elif not actors:
            actors = self.reader.speaker
        if cue.desire:
            kind = CommitmentKind.request if self._names_next(token.end) else CommitmentKind.offer
        if not actors:
            return False
        if cue.joint and GROUP not in actors and len(actors) == 1:
            actors = (GROUP,)
        if explicit is not None and not self.reported and not cue.asks and not cue.after and GROUP not in actors:
            self.reader.speaker = actors
        passive = explicit is not None and self._ends(explicit.start, self.reader.cues.passives)
        start = explicit.start if explicit is not None else token.start
        if cue.after or passive:
            start = self.start
        self._close(start)
        finding = Finding(kind, actors, self.sentence.index, start, token.end, self.end, cue)
        finding.final = cue.final or cue.after or passive
        self._add(finding)
        self.reader.heading = finding
        self.doubted = False
        self.strong, self.numbered = True, False
        self.chain = ""
        return True

    def _names_next(self, position: int) -> bool:
        """Whether the words that follow name somebody else: "wishes that Japan …"."""
        return any(0 <= m.start - position <= 12 for m in self.mentions)

    def _member(self, token: Token) -> None:
        """One more member of the list that is open."""
        head = self.reader.open
        if head is None or self.muted or self.numbered or self.joined:
            return
        self.listing = True
        if self.end - token.start < (_LEAST_SPELLED if spaced(self.low[token.start]) else _LEAST):
            return
        self._close(token.start)
        self._add(
            Finding(
                head.kind, head.actors, self.sentence.index, token.start, token.start, self.end, head.cue, member=True
            )
        )
        self.strong, self.chain = True, ""

    # Beginning and end

    def _add(self, finding: Finding) -> None:
        self.reader.found.append(finding)
        self.reader.open = finding

    def _close(self, position: int) -> None:
        finding = self.reader.open
        if finding is not None and finding.sentence == self.sentence.index:
            finding.end = max(finding.content, min(finding.end, position))
        self.reader.open = None

    def _finish(self) -> None:
        """The clause ends: what is open stretches to here."""
        finding = self.reader.open
        if finding is not None and finding.sentence != self.sentence.index:
            if not self.listing:
                self.reader.open = None
        elif finding is not None:
            finding.end = self.end
            if self.condition is not None:
                finding.conditions.append((self.condition, self.end))
