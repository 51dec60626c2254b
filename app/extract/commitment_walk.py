"""One walk over the clauses of a sentence: who is speaking, which commitment is open, whether a list is being told."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.commitment_clause import Chain, Clause
from app.extract.commitment_cues import Cue, Part, Token
from app.extract.commitment_finding import GROUP, STRANGER, Actors, Finding, actors_of
from app.extract.commitment_lists import Lists
from app.extract.model import Mention
from app.records import CommitmentKind

_SHADED = frozenset({CommitmentKind.support, CommitmentKind.reaffirmation})
"""Positions: what follows a comma is a shade of the same, while measures to be taken are counted one by one."""
_AND = 3
"""Most characters of a conjunction between a cue and praise or belief said in one breath: "backs and trusts"."""


class Walk(Lists):
    """Reads a sentence clause by clause; what it says is added to the findings."""

    def clause(self, start: int, end: int, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Reads one clause; what it says is added to the reader's findings."""
        self.first = start if self.first < 0 else self.first
        if not tokens and not mentions and not self.told.open and self.item < 0 and not self._dated(start, end):
            return
        self.tokens = tokens
        self.at = Clause(self.told.low, (start, end), mentions, self.told.cues, self.candidate)
        if self.item >= 0 and self.first == start:
            self._counted(self.item)
        self._date(tokens)
        if self.at.aims(tokens):
            self.at.muted, self.at.chain = True, Chain.none
        about = self._matter(tokens)
        for item in self.at.items(tokens):
            if isinstance(item, Mention):
                if not self._gives_too(item):
                    self.at.mention(item)
            elif item.start not in about:
                self._token(item)
        self.candidate = self.at.candidate
        self._finish()

    def _matter(self, tokens: Sequence[Token]) -> range:
        """Where the matter of a stance stands whose verb comes last (对…达成共识表示欢迎): it binds nobody."""
        at, words = self.at, self.told.cues
        if not words.about:
            return range(0)
        last = next((t.start for t in reversed(tokens) if at.low.startswith(words.stances, t.start)), -1)
        if last < 0:
            return range(0)
        found = [i for word in words.about if (i := at.low.find(word, at.start, last)) >= 0]
        return range(min(found), last) if found else range(0)

    def _dated(self, start: int, end: int) -> bool:
        """Whether a clause names an earlier time."""
        return any(start <= a < end for a, _ in self.past)

    def _date(self, tokens: Sequence[Token]) -> None:
        """Whether the clause tells the past, by its own words or by an adverbial clause right before it."""
        at = self.at
        if not self.past and not self.since and not any(t.parts & Part.history for t in tokens):
            return
        told = [t.start for t in tokens if t.parts & Part.history]
        told += [a for a, b in self.past if at.start <= a < at.end and at.near_head(a)]
        at.history = at.start if self.since else min(told, default=None)
        speaks = any(t.parts & (Part.cue | Part.report | Part.closes) for t in tokens)
        self.since = (bool(told) or self.since) and self.told.open is None and not speaks

    def _token(self, token: Token) -> None:
        at, parts = self.at, token.parts
        if parts & Part.conditions:
            at.condition, at.chain = token.start, Chain.none
        elif parts & Part.first_person:
            if at.chain is not Chain.none:
                at.follow(Chain.mention, token.end)
        elif parts & Part.enumerators and at.heads(token.start):
            self._enumerator(token)
        elif token.cue is not None and self._cue(token, token.cue):
            return
        elif parts & Part.report:
            self._report(token)
        elif parts & Part.closes:
            self._closes(token)
        elif parts & Part.strangers:
            self._stranger()
        elif parts & Part.purposes:
            at.purpose = True
        elif not (parts & Part.verbs and self._verb(token)):
            at.small(token)

    # What the words do

    def _verb(self, token: Token) -> bool:
        """A bare verb: what both sides do, or one more member of a list; False where it is neither."""
        at = self.at
        if at.chain is Chain.mention and self._jointly(token):
            self._undertaken(token)
        elif at.chain is Chain.report and self._affirmed(token):
            self._bound(token)
        elif at.heads(token.start) and not at.strong:
            self._member(token)
        else:
            return False
        return True

    def _report(self, token: Token) -> None:
        """A verb of saying: its subject is the speaker of what follows."""
        at = self.at
        self.ancient = self.ancient or (at.history is not None and at.history <= token.start)
        if at.stranger:
            self.told.speaker = (STRANGER,)
        elif at.who() or not at.low.startswith(self.told.cues.papers, at.chain_end):
            self.told.speaker = at.who() or self.told.speaker
        else:
            self.told.speaker = ()  # "The statement said": not whoever spoke before
        if not at.strong:
            self._close(token.start)
        self.told.heading = None
        self.reported, self.doubted, at.muted, at.history = True, at.stranger, False, None
        at.subject, at.subject_actors, at.candidate = None, (), ()
        at.follow(Chain.report, token.end)

    def _closes(self, token: Token) -> None:
        """Praise, thanks, belief: ends what is open, and what hangs on it binds nobody."""
        at = self.at
        head = self.told.open
        begun = head is not None and len(at.low[head.content : token.start].strip()) > _AND
        if at.strong and (at.chain is Chain.none or not begun or self._asked_for(token)):
            return
        if not self.reported:
            self.told.speaker = at.who() or self.told.speaker
        self._close(token.start)
        self.told.heading = None
        at.strong, at.muted, at.chain, self.doubted = False, True, Chain.none, True

    def _stranger(self) -> None:
        """The press, experts, third parties: they speak from here on, unless somebody known is named."""
        at = self.at
        if not at.strong and at.subject is None:
            at.stranger, self.told.speaker = True, (STRANGER,)

    def _member(self, token: Token) -> None:
        """One more member of the list that is open."""
        at, head = self.at, self.told.open
        if token.parts & Part.adverbs:
            at.chain_end = token.end
        if head is None or at.muted or at.purpose or (self.numbered and at.low[at.start - 1] != ";") or at.joined:
            return
        if (
            head.whole
            or (head.cue.announces and head.cue.needs)
            or (head.kind in _SHADED and at.low[at.start - 1] != ";")
        ):
            return
        at.listing = True
        if self._empty(head):
            at.strong, at.chain = True, Chain.none
        elif at.end - token.start >= self._least(token):
            self._close(token.start)
            self._add(head, token.start)
            at.strong, at.chain = True, Chain.none

    def _cue(self, token: Token, cue: Cue) -> bool:
        """Opens a commitment if the word does so here; False lets its other parts count."""
        at, head = self.at, self.told.open
        if (cue.announces and not cue.impersonal and not self._by_both()) or self._void(token, cue):
            return False
        if head is not None and not at.strong and self._told_already(token, cue, head):
            at.strong, at.chain, at.listing = True, Chain.none, True
            return True
        if cue.joined:
            return self._one_more(token, cue)
        heads = at.heads(token.start)
        bound = head is not None and head.cue.binds and not (cue.desire and at.names_another(token.end))
        if at.strong and (not heads or bound):
            return True
        if token.parts & Part.verbs and heads and self._goes_on(cue):
            return False
        shade = cue.weak and cue.kind is CommitmentKind.reaffirmation and heads and head is not None
        if not shade and at.denied(token) and not cue.asks and not (cue.weak and cue.kind is CommitmentKind.pledge):
            at.muted = shade = True
        return shade or self._open(token, cue)

    def _one_more(self, token: Token, cue: Cue) -> bool:
        """ "… and their readiness to": one more thing said in the same breath."""
        head = self.told.open
        if head is None or head.sentence != self.sentence or self.at.muted or token.start <= head.content:
            return False
        self._close(token.start)
        start = self.at.low.index(" ", token.start) + 1
        finding = Finding(cue.kind, head.actors, self.sentence, start, token.end, self.at.end, cue)
        finding.speaker = head.speaker
        self.told.found.append(finding)
        self.told.open = self.told.heading = finding
        self.at.strong, self.at.chain = True, Chain.none
        return True

    def _actors(self, token: Token, cue: Cue) -> Actors:
        """Whose word it is."""
        at, speaker = self.at, self.told.speaker
        if cue.after:
            following = next((m for m in at.mentions if m.start >= token.end), None)
            near = following is not None and at.low[token.end : following.start].strip() in ("", "the", "both")
            return actors_of(following) if following is not None and near else ()
        if cue.impersonal:
            return () if at.stranger else (GROUP,)
        if cue.asks:
            return speaker
        if at.oblique and self.reported and speaker and STRANGER not in speaker:
            actors = speaker
        elif at.subject is None and at.heads(token.start):
            actors = at.candidate if not self.reported and at.candidate else self._leads() or speaker or at.candidate
        else:
            actors = at.who() or speaker
        return (GROUP,) if cue.joint and len(actors) == 1 else actors

    def _open(self, token: Token, cue: Cue) -> bool:
        at, actors = self.at, self._actors(token, cue)
        if not actors:
            return False
        kind = cue.kind
        if cue.desire:
            kind = CommitmentKind.request if at.names_next(token.end) else CommitmentKind.offer
        subject = None if cue.after else at.subject
        if subject is not None and not self.reported and not cue.asks and GROUP not in actors:
            self.told.speaker = actors
        passive = subject is not None and at.preceded(subject.start, self.told.cues.passives)
        whole = cue.after or cue.final or passive
        start = at.start if whole else self._begin(subject, token)
        self._close(start)
        if cue.announces:
            kind = CommitmentKind.agreement
        finding = Finding(kind, actors, self.sentence, start, token.end, at.end, cue, whole)
        finding.speaker = self.told.speaker if self.reported else ()
        finding.whole = at.low.startswith(self.told.cues.wholes, token.end + 1)
        if subject is not None and GROUP in actors:
            finding.rank = self.told.cues.ranks.get(at.low[subject.start : subject.end])
        self.told.found.append(finding)
        self.told.open = self.told.heading = finding
        self.doubted = self.numbered = False
        at.strong, at.chain = True, Chain.none
        return True

    # Beginning and end

    def _finish(self) -> None:
        """The clause ends: what is open stretches to here."""
        finding = self.told.open
        if finding is None:
            return
        if finding.sentence == self.sentence:
            finding.end = self.at.end
            if self.at.condition is not None:
                finding.conditions.append((self.at.condition, self.at.end))
        elif not self.at.listing:
            self.told.open = None
