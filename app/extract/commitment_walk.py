"""One walk over the clauses of a sentence: who is speaking, which commitment is open, whether a list is being told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.extract.commitment_clause import Chain, Clause
from app.extract.commitment_cues import Cue, Cues, Part, Token
from app.extract.commitment_finding import GROUP, STRANGER, Actors, Finding, actors_of
from app.extract.lexicon import spaced
from app.extract.model import Mention, MentionKind
from app.records import CommitmentKind

_SHADED = frozenset({CommitmentKind.support, CommitmentKind.reaffirmation})
"""Positions: what follows a comma is a shade of the same, while measures to be taken are counted one by one."""
_BINDING = frozenset({CommitmentKind.agreement, CommitmentKind.pledge, CommitmentKind.offer})
_LEAST, _LEAST_SPELLED = 6, 14
"""Fewest characters of a further member of a list, in Chinese and in scripts that spell words out."""
_NOUN = 3
"""Most words of what stands for somebody: his country's forces, the Chinese side."""


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


class Walk:
    """The state within one sentence."""

    def __init__(self, told: Telling, sentence: int, mentions: Sequence[Mention], past: Sequence[tuple[int, int]]) -> None:
        self.told, self.sentence, self.past = told, sentence, past
        """`past`: where words stand that tell an earlier time."""
        self.since = False
        self.tokens: Sequence[Token] = ()
        self.mentions: Sequence[Mention] = mentions
        """Whether the clause before set the time of this one in the past."""
        self.ancient = False
        """Whether all of it was said at an earlier time."""
        self.candidate: Actors = ()
        self.reported = False
        """Whether a verb of saying governs what follows."""
        self.numbered = False
        """Whether we are in a numbered item, which is one measure however long."""
        self.doubted = False
        """Whether praise or belief governs what follows: "is confident that …" binds nobody."""

    def clause(self, start: int, end: int, tokens: Sequence[Token], mentions: Sequence[Mention]) -> None:
        """Reads one clause; what it says is added to the reader's findings."""
        if not tokens and not mentions and not self.told.open:
            return
        self.tokens = tokens
        self.at = Clause(self.told.low, (start, end), mentions, self.told.cues, self.candidate)
        self._date(tokens)
        if self.at.aims(tokens):
            self.at.muted, self.at.chain = True, Chain.none
        for item in self.at.items(tokens):
            if isinstance(item, Mention):
                self.at.mention(item)
            else:
                self._token(item)
        self.candidate = self.at.candidate
        self._finish()

    def _date(self, tokens: Sequence[Token]) -> None:
        """Whether the clause tells the past, by its own words or by an adverbial clause right before it."""
        at = self.at
        told = [t.start for t in tokens if t.parts & Part.history]
        told += [a for a, b in self.past if at.start <= a < at.end and at.near_head(a)]
        at.history = at.start if self.since else min(told, default=None)
        self.since = (bool(told) or self.since) and self.told.open is None and not any(t.parts & (Part.cue | Part.report | Part.closes) for t in tokens)

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
        elif parts & Part.verbs and at.chain is Chain.mention and self._jointly(token):
            self._undertaken(token)
        elif parts & Part.verbs and at.heads(token.start) and not at.strong:
            self._member(token)
        else:
            at.small(token)

    # What the words do

    def _report(self, token: Token) -> None:
        """A verb of saying: its subject is the speaker of what follows."""
        at = self.at
        self.ancient = self.ancient or (at.history is not None and at.history <= token.start)
        self.told.speaker = (STRANGER,) if at.stranger else at.who() or self.told.speaker
        if not at.strong:
            self._close(token.start)
        self.told.heading = None
        self.reported, self.doubted, at.muted, at.history = True, at.stranger, False, None
        at.subject, at.subject_actors, at.candidate = None, (), ()
        at.follow(Chain.report, token.end)

    def _closes(self, token: Token) -> None:
        """Praise, thanks, belief: ends what is open, and what hangs on it binds nobody."""
        at = self.at
        if at.strong and at.chain is Chain.none:
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

    def _jointly(self, token: Token) -> bool:
        """Whether both sides do something right after they agreed: "The two sides also promote …"."""
        at, before = self.at, self.told.found[-1] if self.told.found else None
        if at.strong or at.muted or self.reported or self.doubted or before is None or at.history is not None:
            return False
        near = 0 <= self.sentence - before.sentence <= 1 and before.kind in _BINDING and GROUP in before.actors
        done = at.subject is not None and set(at.low[at.subject.end : token.start].split()) & self.told.cues.done
        return near and at.subject_actors == (GROUP,) and at.attached(token.start) and not done

    def _undertaken(self, token: Token) -> None:
        """What both sides do is agreed like what stands before it."""
        at = self.at
        assert at.subject is not None
        self._close(at.subject.start)
        before = self.told.found[-1]
        finding = Finding(before.kind, (GROUP,), self.sentence, at.subject.start, token.start, at.end, before.cue)
        self.told.found.append(finding)
        self.told.open = self.told.heading = finding
        at.strong, at.chain = True, Chain.none

    def _enumerator(self, token: Token) -> None:
        """ "Second, …": one more measure of what was agreed before the list."""
        heading = self.told.heading
        if heading is None:
            self.at.chain_end = token.end
            return
        if self.told.found and self.told.found[-1] is heading:
            self.told.found.pop()  # "agreed on three measures:" says nothing of its own
        self.numbered, self.at.strong = True, True
        self._add(heading, token.end)

    def _member(self, token: Token) -> None:
        """One more member of the list that is open."""
        at, head = self.at, self.told.open
        if token.parts & Part.adverbs:
            at.chain_end = token.end
        if head is None or at.muted or at.purpose or self.numbered or at.joined:
            return
        if head.whole or (head.kind in _SHADED and at.low[at.start - 1] != ";"):
            return
        at.listing = True
        if self._empty(head):
            at.strong, at.chain = True, Chain.none
        elif at.end - token.start >= self._least(token):
            self._close(token.start)
            self._add(head, token.start)
            at.strong, at.chain = True, Chain.none

    def _least(self, token: Token) -> int:
        """Fewest characters of one more measure; behind a comma more, since there it may be a shade of the one before."""
        if self.at.low[self.at.start - 1] == "," and self.told.cues.least_after_comma:
            return self.told.cues.least_after_comma
        return _LEAST_SPELLED if spaced(self.at.low[token.start]) else _LEAST

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

    def _cue(self, token: Token, cue: Cue) -> bool:
        """Opens a commitment if the word does so here; False lets its other parts count."""
        at, head = self.at, self.told.open
        if cue.announces and not self._by_both():
            return False
        if self._void(token, cue):
            return False
        if head is not None and not at.strong and head.content < at.start and (cue.weak or head.kind is cue.kind):
            if self._empty(head) or (cue.weak and at.subject is None and at.heads(token.start) and head.kind in _BINDING):
                at.strong, at.chain, at.listing = True, Chain.none, True
                return True
        if at.strong and (not at.heads(token.start) or (head is not None and head.cue.binds)):
            return True
        if token.parts & Part.verbs and at.heads(token.start) and self._goes_on(cue):
            return False
        if cue.weak and cue.kind is CommitmentKind.reaffirmation and at.heads(token.start) and head is not None:
            return True
        if at.denied(token) and not cue.asks and not (cue.weak and cue.kind is CommitmentKind.pledge):
            at.muted = True
            return True
        return self._open(token, cue)

    def _by_both(self) -> bool:
        """Whether the subject is both sides."""
        actors = self.at.who()
        return GROUP in actors or len(actors) > 1

    def _stands_for(self, token: Token) -> bool:
        """Whether only a noun stands between a country and its verb: "said Turkish forces would", "the Chinese side"."""
        at = self.at
        if at.subject is None or not self.reported or not spaced(at.low[token.start]):
            return False
        between = at.low[at.subject.end : token.start]
        return "(" not in between and len(between.split()) <= _NOUN and not any(
            at.subject.end <= t.start < token.start for t in self.tokens
        )

    def _void(self, token: Token, cue: Cue) -> bool:
        """Whether the word is no cue where it stands."""
        at, attached = self.at, self.at.attached(token.start)
        if self.ancient or (at.history is not None and at.history <= token.start):
            return True
        if cue.after and at.subject is not None and at.subject.kind is MentionKind.person and attached:
            return True  # a guest "was welcomed by" his host
        if at.low[token.start - 1 : token.start] == "-" or (at.purpose and (cue.weak or not at.joined)):
            return True
        if cue.weak and not cue.asks and not attached and self._stands_for(token):
            attached = True
        # "praises that Japan has pledged": the one promise that praise does not undo
        promised = cue.kind is CommitmentKind.pledge and attached and at.chain is Chain.mention
        if cue.asks and self.reported and at.chain is Chain.none and not at.strong and at.near_head(token.start):
            attached = True  # "said developed countries should": nobody we know, yet the subject
        if cue.weak:
            nobody = at.chain is Chain.head and not (self.told.speaker or at.candidate)
            if nobody or self.doubted or (not attached and not at.strong):
                return True
        return (at.muted and (cue.weak or not promised)) or at.barred(token.end, cue)

    def _goes_on(self, cue: Cue) -> bool:
        """Whether a word that is both cue and list verb goes on with the open list: "asks Japan to open, to back"."""
        head = self.told.open
        return head is not None and (cue.weak or head.kind is CommitmentKind.request)

    def _actors(self, token: Token, cue: Cue) -> Actors:
        """Whose word it is."""
        at, speaker = self.at, self.told.speaker
        if cue.after:
            following = next((m for m in at.mentions if m.start >= token.end), None)
            near = following is not None and at.low[token.end : following.start].strip() in ("", "the", "both")
            return actors_of(following) if following is not None and near else ()
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
            self.told.speaker = actors
        passive = subject is not None and at.preceded(subject.start, self.told.cues.passives)
        start = at.start if cue.after or passive else subject.start if subject is not None else token.start
        self._close(start)
        if cue.announces:
            kind = CommitmentKind.agreement
        finding = Finding(kind, actors, self.sentence, start, token.end, at.end, cue, cue.final or cue.after or passive)
        finding.speaker = self.told.speaker if self.reported else ()
        finding.whole = at.low.startswith(self.told.cues.wholes, token.end + 1)
        self.told.found.append(finding)
        self.told.open = self.told.heading = finding
        self.doubted = self.numbered = False
        at.strong, at.chain = True, Chain.none
        return True

    # Beginning and end

    def _add(self, head: Finding, start: int) -> None:
        member = Finding(head.kind, head.actors, self.sentence, start, start, self.at.end, head.cue, member=True)
        self.told.found.append(member)
        self.told.open = member

    def _close(self, position: int) -> None:
        finding = self.told.open
        if finding is not None and finding.sentence == self.sentence:
            finding.end = max(finding.content, min(finding.end, position))
        self.told.open = None

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
