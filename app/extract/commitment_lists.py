"""What is told one by one: counted measures, lines of a list, sums of several countries, what both sides do next."""

from __future__ import annotations

import re

from app.extract.commitment_clause import Chain
from app.extract.commitment_cues import Cue, Token
from app.extract.commitment_finding import GROUP, Finding, actors_of
from app.extract.commitment_state import Reading
from app.extract.model import Mention
from app.records import CommitmentKind

AGREED = Cue(CommitmentKind.agreement, joint=True)
"""What a bare verb is read as behind a verb of saying of both sides."""
_SUM = re.compile(r"\s?(?:[a-z]{0,3}[$€£¥]\s?)?\d")
_DIGIT = re.compile(r"\d|\b(?:one|two|three|four|five) (?:million|billion)|[亿万]")
"""A sum right behind a country, and one before it."""


class Lists(Reading):
    """Adds one more thing of the same kind to the findings."""

    def _gives_too(self, mention: Mention) -> bool:
        """Whether somebody promises a sum too, without a verb: "Norway pledged $5 million, Peru $2 million"."""
        head, low = self.told.open, self.at.low
        if head is None or head.kind is not CommitmentKind.pledge or head.sentence != self.sentence:
            return False
        before = low[head.content : mention.start].rstrip().removesuffix(" the").rstrip()
        if mention.country is None or not _SUM.match(low, mention.end) or not _DIGIT.search(before):
            return False
        link = next((w for w in (",", "、", *self.told.cues.coordinators) if w and before.endswith(w)), None)
        if link is None:
            return False
        self._close(head.content + len(before) - len(link))
        finding = Finding(
            head.kind, actors_of(mention), self.sentence, mention.start, mention.end, self.at.end, head.cue
        )
        self.told.found.append(finding)
        self.told.open = finding
        self.at.strong, self.at.chain = True, Chain.none
        return True

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

    def _affirmed(self, token: Token) -> bool:
        """Whether both sides bind themselves by saying what they do: "The two sides affirm to widen …"."""
        at, speaker = self.at, self.told.speaker
        both = GROUP in speaker or len(speaker) > 1
        said = at.low[at.start : at.chain_end].rstrip().endswith(tuple(self.told.cues.affirms) or ("\0",))
        return both and said and at.attached(token.start) and not at.strong and not self.doubted

    def _bound(self, token: Token) -> None:
        """What both sides affirm that they do is agreed."""
        finding = Finding(
            CommitmentKind.agreement, self.told.speaker, self.sentence, token.start, token.start, self.at.end, AGREED
        )
        self._close(token.start)
        self.told.found.append(finding)
        self.told.open = self.told.heading = finding
        self.at.strong, self.at.chain = True, Chain.none

    def _enumerator(self, token: Token) -> None:
        """ "Second, …": one more measure of what was agreed before the list."""
        if self.told.heading is None:
            self.at.chain_end = token.end
        else:
            self._counted(token.end)

    def _counted(self, start: int) -> None:
        """One of a list that is told one by one, from here on."""
        heading, found = self.told.heading, self.told.found
        if heading is None:
            return
        if found and found[-1] is heading:
            found.pop()  # "agreed on three measures:" says nothing of its own
        elif found and found[-1].sentence == self.sentence and self.item >= 0:
            found.pop()  # a line of a list, and it is numbered too
        self.item = -1
        self.numbered, self.at.strong = True, True
        self._add(heading, start)
        found[-1].member = False  # counted, so never a shade of the one before

    def _add(self, head: Finding, start: int) -> None:
        member = Finding(head.kind, head.actors, self.sentence, start, start, self.at.end, head.cue, member=True)
        self.told.found.append(member)
        self.told.open = member

    def _close(self, position: int) -> None:
        finding = self.told.open
        if finding is not None and finding.sentence == self.sentence:
            finding.end = max(finding.content, min(finding.end, position))
        self.told.open = None
