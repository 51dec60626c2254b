"""What is known while the clauses of a sentence are read, and the questions a word raises there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extract.commitment_clause import Chain, Clause
from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.commitment_finding import GROUP, STRANGER, Actors, Finding, actors_of
from app.extract.lexicon import spaced
from app.extract.model import Mention, MentionKind, Sentence
from app.records import CommitmentKind

_BINDING = frozenset({CommitmentKind.agreement, CommitmentKind.pledge, CommitmentKind.offer})
_LEAST, _LEAST_SPELLED = 6, 14
"""Fewest characters of a further member of a list, in Chinese and in scripts that spell words out."""
_PERSONAL = (MentionKind.person, MentionKind.office)
_BESIDE = 5
"""Most characters, an article among them, between a word and whom it takes."""
_OF_THEIRS = 6
"""Most characters of such a noun where there are no spaces: 两国外交部, 双方团队."""
_FIELD = re.compile(r"(?:政府|军队)?在[^,;:。]{1,16}(?:上|中|方面|领域)")
"""In what matter somebody should do something, between subject and verb."""
_NOUN = 3
"""Most words of what stands for somebody: his country's forces, the Chinese side."""


_ENDS = ' ."”'
"""What may stand behind the last word of a sentence."""


@dataclass(slots=True)
class Telling:
    """What one sentence of an article leaves to the next."""

    low: str
    cues: Cues
    found: list[Finding] = field(default_factory=list)
    speaker: Actors = ()
    open: Finding | None = None
    heading: Finding | None = None
    """The commitment that a numbered list belongs to."""


class Reading:
    """The state within one sentence."""

    def __init__(
        self, told: Telling, sentence: int, mentions: Sequence[Mention], past: Sequence[tuple[int, int]]
    ) -> None:
        self.at = Clause(told.low, (0, 0), (), told.cues, ())
        self.told, self.sentence, self.past = told, sentence, past
        """`past`: where words stand that tell an earlier time."""
        self.since = False
        self.tokens: Sequence[Token] = ()
        self.mentions: Sequence[Mention] = mentions
        """Whether the clause before set the time of this one in the past."""
        self.ancient = False
        """Whether all of it was said at an earlier time."""
        self.first = -1
        """Where the first clause begins."""
        self.candidate: Actors = ()
        self.reported = False
        """Whether a verb of saying governs what follows."""
        self.quoted = False
        """Whether the sentence is a quote of somebody known."""
        self.numbered = False
        """Whether we are in a numbered item, which is one measure however long."""
        self.item = -1
        """Where the line begins, if it is one of a list; negative: it is none."""
        self.doubted = False
        """Whether praise or belief governs what follows: "is confident that …" binds nobody."""

    def ends(self, sentence: Sentence) -> None:
        """ "The line will open by May, the two sides agreed": what stands before was agreed."""
        last = self.told.found[-1] if self.told.found else None
        if last is None or last.sentence != self.sentence or not last.cue.joint or last.member or self.quoted:
            return
        before = self.told.low[sentence.start : last.start]
        if self.told.low[last.content : sentence.end].strip(_ENDS) or not before.rstrip().endswith(","):
            return
        earlier = self.told.found[-2] if len(self.told.found) > 1 else None
        start = sentence.start
        if earlier is not None and earlier.sentence == self.sentence:
            if not earlier.cue.weak:
                return
            start = earlier.start
            self.told.found.pop(-2)
        last.start, last.content, last.end, last.final = start, start, last.start, True

    def _jointly(self, token: Token) -> bool:
        """Whether both sides do something right after they agreed: "The two sides also promote …"."""
        at, before = self.at, self.told.found[-1] if self.told.found else None
        if at.strong or at.muted or self.reported or self.doubted or before is None or at.history is not None:
            return False
        near = 0 <= self.sentence - before.sentence <= 1 and before.kind in _BINDING and GROUP in before.actors
        done = at.subject is not None and set(at.low[at.subject.end : token.start].split()) & self.told.cues.done
        return near and at.subject_actors == (GROUP,) and at.attached(token.start) and not done

    def _begin(self, subject: Mention | None, token: Token) -> int:
        """Where it begins: with its subject, unless that stands with another one: "would lend and would build"."""
        head = self.told.open
        if subject is None or (head is not None and subject.start < head.content):
            return token.start
        return subject.start

    def _leads(self) -> Actors:
        """Whose word a clause is that the sentence begins with, before its subject: "Stressing the need, Lund …"."""
        at = self.at
        if at.start != self.first or at.low[at.end : at.end + 1] != "," or self.quoted:
            return ()
        near = next((m for m in self.mentions if m.start > at.end), None)
        if near is None or at.low[at.end + 1 : near.start].strip() not in {"", *at.cues.articles}:
            return ()
        return actors_of(near)

    def _asked_for(self, token: Token) -> bool:
        """Whether a word tells what somebody is asked to do: "proposes that both sides discuss …"."""
        at, head = self.at, self.told.open
        if head is None or at.subject is None or head.kind is not CommitmentKind.request:
            return False
        return 0 <= at.subject.start - head.content <= _BESIDE and at.attached(token.start)

    def _least(self, token: Token) -> int:
        """Fewest characters of one more measure; behind a comma it may only be a shade of the one before.

        A sentence may begin with a short one that a comma cuts: "Hỗ trợ các bộ, ngành".
        """
        if self.at.low[self.at.start - 1] == "," and self.told.cues.least_after_comma:
            return self.told.cues.least_after_comma
        enumerates = self.at.start == self.first and self.at.low[self.at.end : self.at.end + 1] == ","
        return _LEAST_SPELLED if spaced(self.at.low[token.start]) and not enumerates else _LEAST

    def _empty(self, head: Finding) -> bool:
        """Whether nothing is said yet of what is undertaken: "is ready, together with Japan, to …"."""
        if head.sentence != self.sentence or head.final:
            return False
        low, start, end = self.at.low, head.content, self.at.start - 1
        body, at = "", start
        for mention in self.mentions:
            if start <= mention.start and mention.end <= end and mention.start >= at:
                body += low[at : mention.start]
                at = mention.end
        body += low[at:end]
        return "," not in body and self.at.unfilled(body)

    def _told_already(self, token: Token, cue: Cue, head: Finding) -> bool:
        """Whether the word belongs to what is open: "agreed that, … will", "promised to …, nor will it"."""
        at = self.at
        if head.content >= at.start or not (cue.weak or head.kind is cue.kind):
            return False
        goes_on = cue.weak and at.subject is None and at.heads(token.start) and head.kind in _BINDING
        return goes_on or self._empty(head)

    def _by_both(self) -> bool:
        """Whether the subject is both sides."""
        actors = self.at.who()
        return GROUP in actors or len(actors) > 1

    def _stands_for(self, token: Token) -> bool:
        """Whether only a noun stands between a country and its verb: "said Turkish forces would"."""
        at = self.at
        if at.subject is None or not (self.reported or self.quoted) or not spaced(at.low[token.start]):
            return False
        between = at.low[at.subject.end : token.start]
        return (
            "(" not in between
            and len(between.split()) <= _NOUN
            and not any(at.subject.end <= t.start < token.start for t in self.tokens)
        )

    def _stranger_asked(self, token: Token) -> bool:
        """Whether somebody unknown, or "our officers" in a quote, stands where the subject of a report does."""
        at = self.at
        told = (self.reported and at.chain is Chain.none) or (self.quoted and at.chain is Chain.head)
        return told and not at.strong and at.near_head(token.start)

    def _is_asked(self, token: Token) -> bool:
        """Whether a few characters stand between both sides and what they should do, in a script without spaces."""
        at = self.at
        if at.subject is None or spaced(at.low[token.start]):
            return False
        told = self.reported or not {STRANGER, *at.subject_actors} & {*self.told.speaker}
        if told and self.told.speaker and _FIELD.fullmatch(at.low, at.subject.end, token.start):
            return True  # 美方在渔业问题上要: in what matter they should
        if at.subject_actors != (GROUP,):
            return False
        return token.start - at.subject.end <= _OF_THEIRS and not any(
            at.subject.end <= t.start < token.start and not t.parts & Part.adverbs for t in self.tokens
        )

    def _void(self, token: Token, cue: Cue) -> bool:
        """Whether the word is no cue where it stands."""
        at, attached = self.at, self.at.attached(token.start)
        if self.ancient or (at.history is not None and at.history <= token.start):
            return True
        if (
            cue.asks
            and not (self.reported or self.quoted)
            and at.subject is not None
            and at.subject.kind is MentionKind.person
        ):
            return True  # "The president must decide": the writer's view, nobody's request
        guest = cue.after and at.subject is not None and at.subject.kind is MentionKind.person and attached
        if guest or self._described(token) or (cue.things and self._person_next(token.end)):
            return True  # a guest "was welcomed by" his host
        if at.low[token.start - 1 : token.start] == "-" or (at.purpose and (cue.weak or not at.joined)):
            return True
        if cue.weak and not attached and self._stands_for(token):
            attached = True
        # "praises that Japan has pledged": the one promise that praise does not undo
        promised = cue.kind is CommitmentKind.pledge and attached and at.chain is Chain.mention
        if cue.asks and not attached and self._is_asked(token):
            attached = True  # 两国外交部应: a noun of theirs between
        if cue.asks and self._stranger_asked(token):
            attached = True  # "said developed countries should": nobody we know, yet the subject
        if cue.weak:
            nobody = at.chain is Chain.head and not (self.told.speaker or at.candidate)
            if nobody or self.doubted or (not attached and not at.strong):
                return True
        return (at.muted and (cue.weak or not promised)) or at.barred(token.end, cue)

    def _described(self, token: Token) -> bool:
        """Whether a clause only says what its subject is: "our work is one of mutual support"."""
        at, words = self.at, self.told.cues.copulas
        if not words or at.subject is None or at.strong:
            return False
        between = at.low[at.subject.end : token.start]
        return any(word in between for word in words) and "的" not in between

    def _person_next(self, position: int) -> bool:
        """Whether somebody in person stands right behind a word: "welcomed the President"."""
        near = next((m for m in self.mentions if 0 <= m.start - position <= _BESIDE and m.kind in _PERSONAL), None)
        if near is None:
            return False
        end = near.end
        for mention in self.mentions:  # an office and the name behind it are two mentions of one person
            if 0 <= mention.start - end <= 1:
                end = mention.end
        return not self.at.low.startswith("'s", end)

    def _goes_on(self, cue: Cue) -> bool:
        """Whether a word that is both cue and list verb goes on with the open list: "asks Japan to open, to back"."""
        head = self.told.open
        return head is not None and (cue.weak or head.kind is CommitmentKind.request)
