"""Who undertook, offered, backed, asked or restated what: the commitments of each event.

`commitment_cues` compiles the words of the language, `commitment_reading` reads the sentences, `commitment_terms`
finds deadline, recipients and condition. Here findings are given to the events they belong to and become records.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from app.extract.amounts import find_amounts
from app.extract.commitment_cues import cues_of
from app.extract.commitment_finding import GROUP, UNKNOWN, Finding
from app.extract.commitment_reading import Reader
from app.extract.commitment_terms import find_deadline, known_year, recipients, trimmed, words_of
from app.extract.model import DateExpression, Draft, Mention, Text, Zone
from app.extract.pack import Pack
from app.extract.topics import between, topic_words
from app.records import FORCE_OF_KIND, Commitment, CommitmentKind, EventStatus, EventType, Topic

TALKS = frozenset(
    {
        EventType.meeting,
        EventType.phone_call,
        EventType.video_call,
        EventType.conference,
        EventType.negotiation,
        EventType.mediation,
    }
)
"""Where words are exchanged: a commitment sits here rather than on the visit around it."""

_FRAMES = 2
"""From this rank on an event only frames the words exchanged."""
_RANKS = {EventType.signing: _FRAMES, EventType.credentials: _FRAMES, EventType.visit: _FRAMES + 1}
SAME = 40
"""Characters by which the same undertaking, told twice, is known."""
_BOTH = 2
_RECENT = 31
"""Days since an earlier day of the same year from which on what was agreed that day is the past."""
_TITLE = 80
"""So far into the body an article may name what it is about."""
LEAST = 4
"""Fewest characters that say what is undertaken (two words of Chinese)."""


def find_commitments(
    text: Text,
    mentions: Sequence[Mention],
    drafts: Sequence[Draft],
    dates: Sequence[DateExpression],
    pack: Pack,
    today: date | None = None,
) -> tuple[tuple[Commitment, ...], ...]:
    """The commitments of each draft, in the order of the text; each is given to one draft only.

    `mentions` and `dates` are those of the whole article, in order; `today` is the day it tells of, where it is known.
    """
    cues = cues_of(pack)
    owners = _owners(text, drafts)
    found: list[list[Commitment]] = [[] for _ in drafts]
    if not owners or not cues.known:
        return tuple(() for _ in drafts)
    builder = _Builder(text, mentions, dates, pack, today)
    sources = _sources(text, drafts)
    told: dict[tuple[str, str], tuple[int, int]] = {}
    past = [(d.start, d.end) for d in dates if _before(d, today.year if today else builder.year, today)]
    for finding in builder.merged(Reader(text, mentions, cues, past).read(sorted(owners))):
        owner = _owner(finding, owners[finding.sentence], drafts)
        owner = owner if owner is None else sources.get(owner, owner)
        start, end = trimmed(text, finding.start, finding.end)
        content = text.low[finding.content : end].strip()
        if owner is None or (len(content) < LEAST and not finding.final):
            continue
        commitment = builder.commitment(finding, start, end, drafts[owner])
        key = (finding.kind.value, content[:SAME])
        before = told.get(key)
        if before is None:
            told[key] = (owner, len(found[owner]))
            found[owner].append(commitment)
        elif len(commitment.text) >= len(found[before[0]][before[1]].text) and before[0] == owner:
            found[owner][before[1]] = commitment  # a lead told it first, the body tells it in full
    return tuple(tuple(commitments) for commitments in found)


def _owners(text: Text, drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """For each body sentence the drafts whose stretch it belongs to."""
    owners: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        for index in draft.sentences:
            if text.sentences[index].zone is Zone.body:
                owners.setdefault(index, []).append(number)
    return owners


def _sources(text: Text, drafts: Sequence[Draft]) -> dict[int, int]:
    """Joint statements that are only quoted from, each with the talks whose outcome they tell.

    One that headline or first words name is what the article is about, and keeps what it says.
    """
    found: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        if draft.type is not EventType.statement or len(draft.parties) < 2 or _titled(text, draft):
            continue
        talks = [i for i, d in enumerate(drafts) if d.type in TALKS and d.status is EventStatus.occurred]
        talks = [i for i in talks if set(drafts[i].parties) == set(draft.parties)]
        if len(talks) == 1:
            found[number] = talks[0]
    return found


def _titled(text: Text, draft: Draft) -> bool:
    """Whether headline or the first words of the body name an event."""
    first = next((s.start for s in text.sentences if s.zone is Zone.body), 0)
    return any(
        start < first + _TITLE or (at := text.sentence_at(start)) is None or at.zone is Zone.headline
        for start, _ in draft.triggers
    )


def _before(expression: DateExpression, year: int | None, today: date | None) -> bool:
    """Whether an expression names an earlier year than the article's, or an earlier month of the same year."""
    stated, month = expression.last.year, expression.last.month
    if today is not None and month is not None and stated in (None, today.year) and month < today.month:
        return (today.month - month) * 31 + today.day - (expression.last.day or 31) > _RECENT
    return (stated is not None and year is not None and stated < year) or (expression.shift_years or 0) < 0


def _owner(finding: Finding, near: Sequence[int], drafts: Sequence[Draft]) -> int | None:
    """The draft a commitment belongs to: one that the actor is party to, talks before visits, the first of equals.

    What stands behind a signing, a visit or what is only planned is given to the talks of the same parties; what
    stands where only events of others are told, to the talks told last of those who speak.
    """
    fitting = [i for i in near if _fits(finding, drafts[i])] or _arranging(finding, near, drafts)
    if not fitting:
        return _elsewhere(finding, drafts) if near else None
    best = min(fitting, key=lambda i: (_rank(drafts[i]), _absent(finding, drafts[i])))
    if finding.cue.announces and finding.cue.needs:
        return _signing(finding, drafts, best)
    apart = GROUP in finding.actors and drafts[best].type is EventType.message  # both do nothing in one's letter
    if _rank(drafts[best]) < _FRAMES and not apart and not _arranged(drafts[best]):
        return _theirs(finding, best, drafts)
    same = [i for i, d in enumerate(drafts) if set(d.parties) == set(drafts[best].parties) and _fits(finding, d)]
    return min([best, *same], key=lambda i: (_arranged(drafts[i]), _rank(drafts[i])))


def _theirs(finding: Finding, best: int, drafts: Sequence[Draft]) -> int:
    """Of several talks of the same parties those at which they were who speak: "the two prime ministers agreed"."""
    if drafts[best].type not in TALKS or not _absent(finding, drafts[best]):
        return best
    held = [i for i, d in enumerate(drafts) if d.type in TALKS and d.status is EventStatus.occurred]
    held = [i for i in held if set(drafts[i].parties) == set(drafts[best].parties)]
    there = [i for i in held if not _absent(finding, drafts[i])]
    return there[0] if len(there) == 1 else best


def _absent(finding: Finding, draft: Draft) -> bool:
    """Whether people of the office that is named, "the two ministers", did not meet there."""
    return finding.rank is not None and sum(a.mention.level is finding.rank for a in draft.arguments) < _BOTH


def _arranging(finding: Finding, near: Sequence[int], drafts: Sequence[Draft]) -> list[int]:
    """The talks at which those spoke who arranged what is told here: "The two sides will make use of …"."""
    sides = [set(drafts[i].parties) for i in near if _arranged(drafts[i])]
    talks = [i for i, d in enumerate(drafts) if d.type in TALKS and set(d.parties) in sides]
    return [i for i in talks if not _arranged(drafts[i]) and _fits(finding, drafts[i])]


def _signing(finding: Finding, drafts: Sequence[Draft], best: int) -> int | None:
    """The signing that what was signed belongs to: the one told here, else the nearest of the same parties."""
    parties = set(drafts[best].parties)
    near = [i for i, d in enumerate(drafts) if d.type is EventType.signing and set(d.parties) == parties]
    return min(near, key=lambda i: (i != best, abs(drafts[i].sentence - finding.sentence)), default=None)


def _arranged(draft: Draft) -> bool:
    """Whether talks are only planned: no words were exchanged at them yet."""
    return draft.status is EventStatus.planned and draft.type in TALKS and not draft.lead


def _elsewhere(finding: Finding, drafts: Sequence[Draft]) -> int | None:
    """The talks told last before a commitment at which all were that it names."""
    known = {*finding.actors, *finding.speaker}
    talks = [i for i, d in enumerate(drafts) if d.type in TALKS and d.status is EventStatus.occurred]
    talks = [i for i in talks if len(drafts[i].parties) == 2 and drafts[i].sentence <= finding.sentence]
    talks = [i for i in talks if known <= {*drafts[i].parties} and _fits(finding, drafts[i])]
    return max(talks, key=lambda i: drafts[i].sentence, default=None)


def _rank(draft: Draft) -> int:
    """Where words are exchanged comes first, what only frames them last."""
    if draft.type in TALKS:
        return 0
    return _RANKS.get(draft.type, 1)


def _fits(finding: Finding, draft: Draft) -> bool:
    """Whether a commitment may be one of an event: by its actor, by who reports it, and by its tense."""
    actors, speaker = finding.actors, set(finding.speaker)
    arranged = draft.status is EventStatus.planned and draft.type is not EventType.aid
    if finding.cue.weak and finding.kind is CommitmentKind.pledge and arranged:
        return False  # the programme of what is to come
    if speaker and not speaker & {GROUP, UNKNOWN, *draft.parties}:
        return False
    return GROUP in actors or bool(set(actors) & set(draft.parties)) or (UNKNOWN in actors and len(draft.parties) == 1)


class _Builder:
    """Turns findings into records."""

    def __init__(
        self,
        text: Text,
        mentions: Sequence[Mention],
        dates: Sequence[DateExpression],
        pack: Pack,
        today: date | None = None,
    ) -> None:
        self.on = today
        self.text, self.pack, self.dates = text, pack, sorted(dates, key=lambda d: d.start)
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.starts, self.dates_at = [m.start for m in self.mentions], [d.start for d in self.dates]
        self.year = known_year(dates)
        self.hits: dict[int, list[tuple[int, tuple[Topic, ...]]]] = {}

    def _hits(self, finding: Finding) -> list[tuple[int, tuple[Topic, ...]]]:
        if finding.sentence not in self.hits:
            sentence = self.text.sentences[finding.sentence]
            self.hits[finding.sentence] = topic_words(self.pack).hits(self.text.low, sentence.start, sentence.end)
        return self.hits[finding.sentence]

    def merged(self, findings: Sequence[Finding]) -> list[Finding]:
        """The findings with those list members joined to the one before that are only a shade of it.

        A measure is told from a shade by what it is about: it brings a topic that the one before does not have.
        """
        kept: list[Finding] = []
        told: set[Topic] = set()
        for finding in findings:
            topics = set(between(self._hits(finding), finding.start, finding.end, most=9))
            before = kept[-1] if kept else None
            shade = finding.member and before is not None and before.sentence == finding.sentence and topics <= told
            if shade and before is not None and ";" not in self.text.low[before.end : finding.start]:
                before.end = finding.end
            else:
                kept.append(finding)
                told = set()
            told |= topics
        return kept

    def _topics(self, finding: Finding, start: int, end: int, draft: Draft) -> tuple[Topic, ...]:
        hits, sentence = self._hits(finding), self.text.sentences[finding.sentence]
        found = between(hits, start, end) or between(hits, sentence.start, sentence.end, most=2)
        if not found and len(draft.parties) > 1:
            return (Topic.bilateral_relations,)
        return found

    def commitment(self, finding: Finding, start: int, end: int, draft: Draft) -> Commitment:
        text, parties = self.text, draft.parties
        actors = parties if GROUP in finding.actors or UNKNOWN in finding.actors else finding.actors
        low = bisect_left(self.starts, start - 100)
        near = self.mentions[low : bisect_left(self.starts, end)]
        dates = self.dates[bisect_left(self.dates_at, start) : bisect_left(self.dates_at, end)]
        condition = next((text.span(*trimmed(text, a, b)).quote for a, b in finding.conditions), None)
        return Commitment(
            kind=finding.kind,
            force=FORCE_OF_KIND[finding.kind],
            actors=actors,
            recipients=recipients(finding, actors, parties, near),
            text=words_of(text, start, end),
            topics=self._topics(finding, start, end, draft),
            amounts=find_amounts(text, start, end, self.pack),
            deadline=find_deadline(text, (start, end), dates, (self.year, self.on), self.pack),
            condition=condition,
            evidence=(text.span(start, end),),
        )
