"""One walk over the clauses of a sentence: who is speaking, which commitment is open, whether a list is being told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.extract.commitment_clause import Chain, Clause
from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.commitment_finding import GROUP, STRANGER, Actors, Finding, actors_of
from app.extract.lexicon import spaced
from app.extract.model import Mention
from app.records import CommitmentKind

class Walk:
    """The state within one sentence."""

    def __init__(self, reader: Reader, sentence: Sentence) -> None:
        self.reader, self.sentence = reader, sentence.index
        self.candidate: Actors = ()
        self.reported = False
        """Whether a verb of saying governs what follows."""
        self.numbered = False
        """Whether we are in a numbered item, which is one measure however long."""
        self.doubted = False
        """Whether praise or belief governs what follows: "is confident that …" binds nobody."""

    def clause(self, start: int, end: int, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Reads one clause; what it says is added to the reader's findings."""
        if not tokens and not mentions and not self.reader.open:
            return
        self.at = Clause(self.reader.low, (start, end), mentions, self.reader.cues, self.candidate)
        if self.at.aims(tokens):
            self.at.muted, self.at.chain = True, Chain.none
        for item in self.at.items(tokens):
            if isinstance(item, Mention):
                self.at.mention(item)
            else:
                self._token(item)
        self.candidate = self.at.candidate
        self._finish()

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
        elif parts & Part.verbs and at.heads(token.start) and not at.strong:
            self._member(token)
        else:
            at.small(token)

    # What the words do

    def _report(self, token: Token) -> None:
        """A verb of saying: its subject is the speaker of what follows."""
        at = self.at
        self.reader.speaker = at.who() or self.reader.speaker
        if not at.strong:
            self._close(token.start)
        self.reader.heading = None
        self.reported, self.doubted, at.muted = True, False, False
        at.subject, at.subject_actors, at.candidate = None, (), ()
        at.follow(Chain.report, token.end)

    def _closes(self, token: Token) -> None:
        """Praise, thanks, belief: ends what is open, and what hangs on it binds nobody."""
        at = self.at
        if at.strong and at.chain is Chain.none:
            return
        if not self.reported:
            self.reader.speaker = at.who() or self.reader.speaker
        self._close(token.start)
        self.reader.heading = None
        at.strong, at.muted, at.chain, self.doubted = False, True, Chain.none, True

    def _enumerator(self, token: Token) -> None:
        """ "Second, …": one more measure of what was agreed before the list."""
        heading = self.reader.heading
        if heading is None:
            self.at.chain_end = token.end
            return
        if self.reader.found and self.reader.found[-1] is heading:
            self.reader.found.pop()  # "agreed on three measures:" says nothing of its own
        self.numbered, self.at.strong = True, True
        self._add(heading, token.end)

    def _member(self, token: Token) -> None:
        """One more member of the list that is open."""
        at, head = self.at, self.reader.open
        if token.parts & Part.adverbs:
            at.chain_end = token.end
        if head is None or at.muted or self.numbered or at.joined:
            return
        if head.whole or (head.kind in _SHADED and at.low[at.start - 1] != ";"):
            return
        at.listing = True
        if at.end - token.start >= (_LEAST_SPELLED if spaced(at.low[token.start]) else _LEAST):
            self._close(token.start)
            self._add(head, token.start)
            at.strong, at.chain = True, Chain.none

    def _cue(self, token: Token, cue: Cue) -> bool:
        """Opens a commitment if the word does so here; False lets its other parts count."""
        at, head = self.at, self.reader.open
        if self._void(token, cue):
            return False
        if at.strong and (not at.heads(token.start) or (head is not None and head.cue.binds)):
            return True
        if token.parts & Part.verbs and at.heads(token.start) and self._goes_on(cue):
            return False
        if cue.weak and cue.kind is CommitmentKind.reaffirmation and at.heads(token.start) and head is not None:
            return True
        if at.denied(token) and not cue.asks and cue.kind is not CommitmentKind.pledge:
            at.muted = True
            return True
        return self._open(token, cue)

    def _void(self, token: Token, cue: Cue) -> bool:
        """Whether the word is no cue where it stands."""
        at, attached = self.at, self.at.attached(token.start)
        # "praises that Japan has pledged": the one promise that praise does not undo
        promised = cue.kind is CommitmentKind.pledge and attached and at.chain is Chain.mention
        if cue.asks and self.reported and at.chain is Chain.none and not at.strong and at.near_head(token.start):
            attached = True  # "said developed countries should": nobody we know, yet the subject
        if cue.weak:
            nobody = at.chain is Chain.head and not (self.reader.speaker or at.candidate)
            if nobody or self.doubted or (not attached and not at.strong):
                return True
        return (at.muted and (cue.weak or not promised)) or at.barred(token.end, cue)

    def _goes_on(self, cue: Cue) -> bool:
        """Whether a word that is both cue and list verb goes on with the open list: "asks Japan to open, to back"."""
        head = self.reader.open
        return head is not None and (cue.weak or head.kind is CommitmentKind.request)

    def _actors(self, token: Token, cue: Cue) -> Actors:
        """Whose word it is."""
        at, speaker = self.at, self.reader.speaker
        if cue.after:
            return next((actors_of(m) for m in at.mentions if m.start >= token.end), ())
        if cue.asks:
            return speaker
        if at.subject is None and at.heads(token.start):
            actors = at.candidate if not self.reported and at.candidate else speaker or at.candidate
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
            self.reader.speaker = actors
        passive = subject is not None and at.preceded(subject.start, self.reader.cues.passives)
        start = at.start if cue.after or passive else subject.start if subject is not None else token.start
        self._close(start)
        finding = Finding(kind, actors, self.sentence, start, token.end, at.end, cue, cue.final or cue.after or passive)
        finding.whole = at.low.startswith(self.reader.cues.wholes, token.end + 1)
        self.reader.found.append(finding)
        self.reader.open = self.reader.heading = finding
        self.doubted = self.numbered = False
        at.strong, at.chain = True, Chain.none
        return True

    # Beginning and end

    def _add(self, head: Finding, start: int) -> None:
        member = Finding(head.kind, head.actors, self.sentence, start, start, self.at.end, head.cue, member=True)
        self.reader.found.append(member)
        self.reader.open = member

    def _close(self, position: int) -> None:
        finding = self.reader.open
        if finding is not None and finding.sentence == self.sentence:
            finding.end = max(finding.content, min(finding.end, position))
        self.reader.open = None

    def _finish(self) -> None:
        """The clause ends: what is open stretches to here."""
        finding = self.reader.open
        if finding is None:
            return
        if finding.sentence == self.sentence:
            finding.end = self.at.end
            if self.at.condition is not None:
                finding.conditions.append((self.at.condition, self.at.end))
        elif not self.at.listing:
            self.reader.open = None
