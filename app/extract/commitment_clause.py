"""The grammar of one clause, as far as commitments need it: who its subject is, and what stands right before a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.commitment_finding import Actors, actors_of
from app.extract.lexicon import on_boundary, spaced
from app.extract.model import Mention, MentionKind

BLANK = " \t\n\"'“”«»‘’「」『』《》()*"
"""What may stand between words that belong together."""

_BREAK = re.compile(r"[,;:、–—-](?:(?<=[,;:])(?!\d)|(?<=、)(?=愿|将|支持|希望|坚定|反对)|(?<=[–—-])[–—-]+)")
"""The set of characters comes first: the search is fast for patterns that begin with one."""
_WITH = 140
"""Characters after a cue in which a word it needs may stand."""
_BESIDE = 60
"""Characters after a cue in which a word may stand that makes it none."""
_SUBSTANCE, _SUBSTANCE_SPELLED = 4, 8
"""Fewest characters that say what is undertaken, in Chinese and in scripts that spell words out."""
_REACH = 12
"""Characters looked at before a mention for a preposition, and after a wish for the one it is about."""

_SUBJECT, _SUBJECT_SPELLED = 8, 36
"""Most characters of a subject that is no mention, in Chinese and in scripts that spell words out."""


_ARTICLE = 5
"""Most characters, an article among them, between a relative word and its subject."""


class Chain(Enum):
    """What stands right before the place we are at, adverbs apart."""

    none = auto()
    head = auto()
    """Nothing: the head of a clause, or a conjunction."""
    mention = auto()
    report = auto()
    """A verb of saying."""


def clauses(low: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cuts a sentence at commas, semicolons, colons and dashes."""
    for match in _BREAK.finditer(low, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _begins_with(rest: str, words: tuple[str, ...]) -> bool:
    """Whether a stretch begins with one of these words, whole: "join" is not in "jointly"."""
    return rest.startswith(words) and any(
        rest.startswith(w) and (w[-1].isdigit() or on_boundary(rest, 0, len(w))) for w in words
    )


class Clause:
    """The state while one clause is read from left to right."""

    def __init__(
        self, low: str, stretch: tuple[int, int], mentions: Sequence[Mention], cues: Cues, candidate: Actors
    ) -> None:
        self.low, (self.start, self.end), self.mentions, self.cues = low, stretch, mentions, cues
        self.chain, self.chain_end = Chain.head, self.start
        self.candidate = candidate
        """A subject named at the head of this or an earlier clause: "X, in the spirit of friendship, agreed"."""
        self.subject: Mention | None = None
        self.subject_actors: Actors = ()
        self.oblique = False
        """Whether the subject is only what a preposition takes, for want of a better one: "stood by Moldova's side"."""
        self.paired: tuple[Mention | None, Actors] = (None, ())
        """The subject right before a conjunction, in case that another follows."""
        self.strong = False
        """Whether a cue of this clause already holds what follows."""
        self.muted = False
        """Whether what follows is an aim, praise or detail."""
        self.listing = False
        """Whether the clause goes on with a list, however short its member."""
        self.joined = False
        """Whether we are past a conjunction."""
        self.stranger = False
        """Whether the subject is the press, an expert or somebody else who takes no part."""
        self.purpose = False
        """Whether what follows tells the purpose of what stands before it."""
        self.history: int | None = None
        """From where on the clause tells the past."""
        self.negated: int | None = None
        self.condition: int | None = None

    def aims(self, tokens: Sequence[Token]) -> bool:
        """Whether the clause begins with a word of aim, effect or detail; then its verbs are no further measures."""
        head = self.start
        while head < self.end and self.low[head] in BLANK:
            head += 1
        if not self.low.startswith(self.cues.aims, head):
            return False
        if self._relates(head):
            return False
        longest = tokens[0].end if tokens and tokens[0].start == head else head
        ends = (head + len(word) for word in self.cues.aims if self.low.startswith(word, head))
        return any(end > longest and on_boundary(self.low, head, end) for end in ends)

    def _relates(self, head: int) -> bool:
        """Whether a relative word with a subject right behind it begins here: "where both sides agreed"."""
        if any(self.low.startswith(self.cues.absolutes, m.end + 1) for m in self.mentions[:1]):
            return True  # "with the minister calling for"
        if not self.cues.relatives or not self.low.startswith(self.cues.relatives, head):
            return False
        word = max((w for w in self.cues.relatives if self.low.startswith(w, head)), key=len)
        if not any(0 < m.start - head - len(word) <= _ARTICLE for m in self.mentions):
            return False
        self.chain_end = head + len(word)
        return True

    def items(self, tokens: Sequence[Token]) -> Iterator[Token | Mention]:
        """Mentions and words in order, without the words inside a mention."""
        merged: list[tuple[int, int, Token | Mention]] = [(t.start, 1, t) for t in tokens]
        merged += [(m.start, 0, m) for m in self.mentions]
        merged.sort(key=lambda item: item[:2])
        covered = self.start
        for position, _, item in merged:
            if position >= covered:
                if isinstance(item, Mention):
                    covered = item.end
                yield item

    def blank(self, start: int, end: int) -> bool:
        """Whether nothing but blanks and quotes stands there."""
        return not self.low[start:end].strip(BLANK)

    def attached(self, start: int) -> bool:
        """Whether a word that begins here stands right after the chain."""
        return self.chain is not Chain.none and self.blank(self.chain_end, start)

    def heads(self, start: int) -> bool:
        """Whether a word that begins here heads the clause, or its part after a conjunction."""
        return self.chain is Chain.head and self.attached(start)

    def near_head(self, start: int) -> bool:
        """Whether a word stands within the first few words of the clause, where only a subject precedes it."""
        return start - self.start <= (_SUBJECT_SPELLED if start and spaced(self.low[start]) else _SUBJECT)

    def follow(self, chain: Chain, end: int) -> None:
        """What is right before us now, and where it ends."""
        self.chain, self.chain_end = chain, end

    def preceded(self, position: int, words: tuple[str, ...]) -> bool:
        """Whether one of these words stands right before a position of this clause."""
        before = self.low[max(self.start, position - _REACH) : position].rstrip(BLANK)
        if not before.endswith(words):
            return False
        cuts = (len(before) - len(word) for word in words if before.endswith(word))
        return any(cut <= 0 or not (spaced(before[cut]) and spaced(before[cut - 1])) for cut in cuts)

    def mention(self, mention: Mention) -> None:
        """Takes note of a mention: the nearest one that no preposition makes an object is the subject."""
        if mention.kind is MentionKind.group and self.low[mention.start : mention.end] in self.cues.speaks_for_itself:
            if self.chain is not Chain.none:
                self.follow(Chain.mention, mention.end)
            return
        actors = actors_of(mention)
        before, spoken = self.paired if self.subject is None else (self.subject, self.subject_actors)
        joined = before is not None and self._coordinated(before.end, mention.start)
        bound = self.preceded(mention.start, self.cues.prepositions)
        if not joined and bound and not self.low.startswith(self.cues.absolutes, mention.end + 1):
            if self.subject is None and not self.candidate:
                self.subject, self.subject_actors, self.oblique = mention, actors, True
            return
        if joined:
            actors = tuple(dict.fromkeys(spoken + actors))
            self.candidate = actors if self.candidate == spoken else self.candidate
        self.subject, self.subject_actors, self.stranger, self.oblique = mention, actors, False, False
        if self._begins(mention) and not self._apposed(mention, actors):
            self.candidate = actors
        self.follow(Chain.mention, mention.end)

    def _begins(self, mention: Mention) -> bool:
        """Whether the clause, or its part after a conjunction, begins with a mention, an article apart."""
        before = self.low[self.chain_end : mention.start].strip(BLANK)
        return self.chain is Chain.head and (not before or before in self.cues.articles)

    def _apposed(self, mention: Mention, actors: Actors) -> bool:
        """ "A and his counterpart, |Elliott Ohin|, signed": whether the clause only names one of the subject anew."""
        alone = not self.low[self.start : mention.start].strip(BLANK) and not self.low[mention.end : self.end].strip(
            BLANK
        )
        return alone and set(actors) < set(self.candidate)

    def _coordinated(self, start: int, end: int) -> bool:
        return self.low[start:end].strip(BLANK) in self.cues.coordinators

    def who(self) -> Actors:
        """Who the subject is, of this clause or of the sentence."""
        return self.subject_actors or self.candidate

    def join(self, token: Token) -> None:
        """Takes note of a conjunction: what follows it may be a clause of its own, with the subject of the sentence."""
        if not self.heads(token.start):
            self.joined = True
            self.paired = self.subject, self.subject_actors
            if self.candidate:
                self.subject, self.subject_actors = None, ()
        self.follow(Chain.head, token.end)
        self.muted = False

    def denied(self, token: Token) -> bool:
        """Whether a negation stands right before a word."""
        return self.negated is not None and self.blank(self.negated, token.start)

    def barred(self, end: int, cue: Cue) -> bool:
        """Whether words follow with which the cue means something else: an effect, an event to come, a greeting."""
        if cue.not_before and self._follows(end, cue.not_before):
            return True
        if cue.needs and not self._has(cue.needs, end, cue.final):
            return True
        if cue.not_after and self.low[self.start : end].lstrip(BLANK).startswith(cue.not_after):
            return True  # 应美方请求, 经双方商定: at whose wish something is done
        rest = self.low[end : min(self.end, end + _BESIDE)] if cue.not_with else ""
        return any(word in rest for word in cue.not_with)

    def _has(self, words: tuple[str, ...], end: int, final: bool) -> bool:
        """Whether one of the words that a cue needs stands behind it, or before one that comes last."""
        stretch = self.low[self.start : end] if final else self.low[end : min(self.end, end + _WITH)]
        return any(word in stretch for word in words)

    def _follows(self, end: int, words: tuple[str, ...]) -> bool:
        """Whether one of these words stands right behind a place, or behind the adverb that stands there."""
        rest = self.low[end : end + 36].lstrip(BLANK)
        if _begins_with(rest[:24], words):
            return True
        adverb = rest.partition(" ")[0] if rest and spaced(rest[0]) else ""
        return bool(adverb) and adverb in self.cues.adverbs and _begins_with(rest[len(adverb) :].lstrip(BLANK), words)

    def unfilled(self, body: str) -> bool:
        """Whether words after a cue only tell with whom, when or in what spirit, so that the next clause says what."""
        body = body.strip(BLANK)
        if body.startswith(self.cues.manners):
            return True
        for word in self.cues.fillers:
            body = body.replace(word, "")
        return len(body.strip(BLANK)) < (_SUBSTANCE_SPELLED if body and spaced(body[0]) else _SUBSTANCE)

    def names_next(self, position: int) -> bool:
        """Whether the words that follow name somebody else: "wishes that Japan …"."""
        return any(0 <= m.start - position <= _REACH for m in self.mentions)

    def names_another(self, position: int) -> bool:
        """Whether the very next words name one state or its people: "values ties and wishes that Japan …"."""
        return any(0 <= m.start - position <= 1 and m.kind is not MentionKind.group for m in self.mentions)

    def small(self, token: Token) -> None:
        """Takes note of a word that only leads: adverb, negation, conjunction."""
        parts, attached = token.parts, self.attached(token.start)
        if parts & Part.negations:
            self.negated = token.end
            if attached:
                self.chain_end = token.end
        elif parts & Part.joints:
            self.join(token)
        elif parts & Part.adverbs and attached:
            self.chain_end = token.end
