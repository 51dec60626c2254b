"""From an article to its event records: the only file that knows the order of the steps.

Pure: the same article and knowledge give the same records, byte for byte; no clock, network, database or settings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from app.extract.addresses import DatedAddress, dated_addresses
from app.extract.assemble import assemble
from app.extract.clean import sort_zones
from app.extract.codes import codes_of
from app.extract.commitments import find_commitments
from app.extract.dates import find_dates
from app.extract.dates_durations import Duration, find_durations
from app.extract.dates_url import date_in_url
from app.extract.dating import date_event
from app.extract.dating_context import Attendance, DatingContext, Named
from app.extract.dating_tense import closes, is_recent
from app.extract.frames import EventWord, Frame, event_words, find_frames
from app.extract.language import detect
from app.extract.mentions import find_mentions
from app.extract.model import DateExpression, Draft, MentionKind, Reading, Rejection, Text, Zone
from app.extract.naming import title_line
from app.extract.pack import Pack, load_pack
from app.extract.participants import participants_of
from app.extract.published import published_in
from app.extract.text import read
from app.extract.things import Taken
from app.extract.topics import topics_of
from app.extract.venues import edition_of, venue_of
from app.extract.windows import windows
from app.knowledge.lookup import EditionOf, Knowledge
from app.records import (
    Article,
    Commitment,
    Event,
    EventDate,
    EventStatus,
    EventType,
    Extraction,
    Mode,
    Occasion,
    Precision,
    PublishedBasis,
    Role,
)

_FIRST_LINE_URL = re.compile(r"\ufeff?\s{0,20}(https?://\S{1,2000})[ \t\r]*(?:\n|$)")
_HOST = re.compile(r"https?://(?:[^/@\s]{0,200}@)?(?:www\.)?([^/:?#\s]{1,253})", re.IGNORECASE)
_LEAD = 4
"""So many sentences at the start say where the main event was."""
_FROM_AFAR = frozenset({EventType.statement})
"""Types that one side can bring about at home."""
_BACKGROUND = timedelta(days=30)
"""An event told further down that lies this much before the article's own day is background."""


@dataclass(frozen=True)
class _Context:
    """What all events of one article share."""

    text: Text
    pack: Pack
    knowledge: Knowledge
    reading: Reading
    dates: tuple[DateExpression, ...]
    durations: tuple[Duration, ...]
    contemporaries: tuple[Attendance, ...]
    published: date | None
    url: str | None
    addresses: tuple[DatedAddress, ...]
    shared: dict[Hashable, Any] = field(default_factory=dict)
    """What the dating of one event leaves for that of the next."""

    @cached_property
    def people(self) -> tuple[Named, ...]:
        """All whom the article names with an office."""
        return tuple(
            Named(m.actor_id, m.office, m.start, m.end)
            for m in self.reading.mentions
            if m.actor_id and m.office and not m.pronoun
        )

    @cached_property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Where the article names a country or body."""
        mentions = self.reading.mentions
        return tuple([(m.start, m.country or m.organization or "") for m in mentions if m.country or m.organization])

    @cached_property
    def placed(self) -> tuple[tuple[int, str], ...]:
        """The countries of the places that the article names, each with its sentence."""
        places = self.reading.places
        return tuple([(self.text.sentence_number(p.start), p.country) for p in places if p.country])


@dataclass(frozen=True)
class Steps:
    """What the steps made of one text, for those who ask why."""

    text: Text
    pack: Pack
    reading: Reading
    dates: tuple[DateExpression, ...]
    frames: tuple[Frame, ...]
    drafts: tuple[Draft, ...]
    """Those that became events, in the same order."""
    events: tuple[Event, ...]
    rejected: tuple[Rejection, ...]


def extract(article: Article, knowledge: Knowledge, *, ignore_published: bool = False) -> Extraction:
    """The events that one article reports.

    `ignore_published` dates the events as if nobody had told when the article came out.
    """
    return _read(article, knowledge, ignore_published, whole=False)[0]


def trace(article: Article, knowledge: Knowledge, *, ignore_published: bool = False) -> tuple[Extraction, Steps | None]:
    """What `extract` gives, and the steps to it: of a long text those of its first window, in no language none."""
    return _read(article, knowledge, ignore_published, whole=True)


def _read(
    article: Article, knowledge: Knowledge, ignore_published: bool, *, whole: bool
) -> tuple[Extraction, Steps | None]:
    """The records, and the steps of the first window; unless they are wanted `whole`, only where an event may be."""
    language = detect(article.text)
    url = article.url or _url_of(article.text)
    published = None if ignore_published else article.published
    basis = (article.published_basis or PublishedBasis.given) if article.published else None
    if published is None and (published := date_in_url(url)):
        basis = basis or PublishedBasis.address
    headline: str | None = None
    steps: Steps | None = None
    events: tuple[Event, ...] = ()
    if language != "und":
        pack = load_pack(language)
        text = sort_zones(read(article.text, pack), pack)
        headline = _headline(text)
        parts = [(part, tuple(event_words(part, pack))) for part in windows(text)]
        first = find_dates(parts[0][0], pack)
        if published is None and (published := published_in(parts[0][0], first)):
            basis = basis or PublishedBasis.text
        dated = ((part, words, first if i == 0 else None) for i, (part, words) in enumerate(parts) if words or whole)
        told = [_steps(*one, pack, knowledge, published, url) for one in dated]
        steps, events = told[0] if told else None, tuple(event for one in told for event in one.events)
    extraction = Extraction(
        source=article.source,
        language=language,
        headline=headline,
        url=url,
        publisher=_publisher(url),
        published=article.published or published,
        published_basis=basis,
        sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        events=events,
    )
    return extraction, steps


def _url_of(text: str) -> str | None:
    match = _FIRST_LINE_URL.match(text)
    return match.group(1) if match else None


def _publisher(url: str | None) -> str | None:
    """The host of the address, without www."""
    match = _HOST.match(url or "")
    return match.group(1).lower() if match else None


def _headline(text: Text) -> str | None:
    found = [s for s in text.sentences if s.zone is Zone.headline]
    return text.span(found[0].start, found[-1].end).quote if found else None


def _steps(
    text: Text,
    words: tuple[EventWord, ...],
    found: tuple[DateExpression, ...] | None,
    pack: Pack,
    knowledge: Knowledge,
    published: date | None,
    url: str | None,
) -> Steps:
    rejected: list[Rejection] = []
    reading = find_mentions(text, pack, knowledge, published)
    dates = _outside_names(text, find_dates(text, pack) if found is None else found, reading)
    frames = find_frames(text, reading, dates, pack, rejected, words)
    drafts = assemble(text, frames, reading, dates, pack, published, rejected)
    if not drafts:
        return Steps(text, pack, reading, dates, frames, (), (), tuple(rejected))
    contemporaries = _contemporaries(text, reading)
    durations = find_durations(text, pack)
    addresses = dated_addresses(text)
    context = _Context(text, pack, knowledge, reading, dates, durations, contemporaries, published, url, addresses)
    dated = _dated(drafts, context)
    old = [_background(d, when, dated, published) for d, when in dated]
    kept = [one for one, left_out in zip(dated, old, strict=True) if not left_out]
    for (draft, when), left_out in zip(dated, old, strict=True):
        if left_out and when is not None:
            rejected += [
                Rejection(*word, f"background: on {when.start}, long before the rest") for word in draft.triggers
            ]
    drafts = tuple(d for d, _ in kept)
    commitments = find_commitments(text, reading.mentions, drafts, dates, pack, published or _told_day(kept))
    events = tuple(_event(d, when, said, context) for (d, when), said in zip(kept, commitments, strict=True))
    return Steps(text, pack, reading, dates, frames, drafts, events, tuple(rejected))


def _outside_names(text: Text, dates: tuple[DateExpression, ...], reading: Reading) -> tuple[DateExpression, ...]:
    """The dates that are no part of somebody's name: neither Theresa May nor, once she is named, May's office."""
    people = [m for m in reading.mentions if m.kind is MentionKind.person]
    taken = Taken((m.start, m.end) for m in people)
    surnames = {word for m in people if m.written for word in m.written.split()[1:]}

    def is_name(date_: DateExpression) -> bool:
        bare = date_.precision is Precision.month and date_.first.year is None and date_.shift_months is None
        inside = taken.overlaps(date_.start, date_.start + 1)
        return inside or (bare and text.plain[date_.start : date_.end] in surnames)

    return tuple(d for d in dates if not is_name(d))


def _contemporaries(text: Text, reading: Reading) -> tuple[Attendance, ...]:
    """Everybody whom the article itself names with an office, former holders aside."""
    named = (m for m in reading.mentions if m.actor_id and m.office and not m.former and m.sentence >= 0)
    told = (m for m in named if text.sentences[m.sentence].zone is not Zone.other)
    return tuple(dict.fromkeys(Attendance(m.actor_id, m.office, m.organization or m.country) for m in told))


def _dated(drafts: Sequence[Draft], context: _Context) -> list[tuple[Draft, EventDate | None]]:
    """Each draft with its date; what lies ahead of the publication is planned."""
    found: list[tuple[Draft, EventDate | None]] = []
    previous: EventDate | None = None
    read: dict[int, EventDate] = {}
    for draft in drafts:
        again = read.get(draft.date.start) if draft.date else None
        when = again or date_event(_dating(draft, previous, context))
        if draft.date is not None and when is not None:
            read[draft.date.start] = when  # the same words mean the same day, whoever else was met on it
        found.append((_ahead(draft, when, context.published), when))
        previous = when or previous
    # What leaves the year of one event open may close it for another that the same words date.
    return [(draft, when or (read.get(draft.date.start) if draft.date else None)) for draft, when in found]


def _ahead(draft: Draft, when: EventDate | None, published: date | None) -> Draft:
    """The draft, as planned where its day lies after the publication."""
    known = when is not None and published is not None and draft.status is EventStatus.occurred
    if known and when is not None and published is not None and when.start > published + timedelta(days=1):
        return replace(draft, status=EventStatus.planned)
    return draft


def _told_day(dated: Sequence[tuple[Draft, EventDate | None]]) -> date | None:
    """The day of the main event, where nobody told when the article came out."""
    return next((w.start for d, w in dated if d.lead and w is not None and w.start.year > 1900), None)


def _dating(draft: Draft, previous: EventDate | None, context: _Context) -> DatingContext:
    told = context.text.sentences[draft.sentence]
    closing = closes(context.text, told.start, told.end, context.pack)
    met = draft.mode in (None, Mode.in_person) and (draft.type not in _FROM_AFAR or len(draft.parties) > 1)
    return DatingContext(
        text=context.text,
        pack=context.pack,
        knowledge=context.knowledge,
        expression=draft.date,
        expressions=context.dates,
        durations=context.durations,
        participants=tuple(
            Attendance(a.mention.actor_id, a.mention.office, a.mention.organization or a.mention.country)
            for a in draft.arguments
        ),
        contemporaries=context.contemporaries,
        parties=draft.parties,
        occasion=draft.occasion,
        occasions=context.reading.occasions,
        status=draft.status,
        published=context.published,
        url=context.url,
        addresses=context.addresses,
        previous=previous,
        lead=draft.lead,
        visit=draft.type is EventType.visit,
        in_person=met or closing,
        places=_places(draft, context),
        venue=draft.place.country if draft.place is not None else draft.destination,
        closing=closing,
        recent=any(is_recent(context.text, word, context.pack) for word in draft.triggers),
        named=context.named,
        people=context.people,
        shared=context.shared,
    )


def _places(draft: Draft, context: _Context) -> frozenset[str]:
    """The countries named where the event is told, and those the report was filed from."""
    told = {*draft.sentences, *range(_LEAD)}
    named: set[str | None] = {country for sentence, country in context.placed if sentence in told}
    named |= {draft.destination, *(p.country for p in (draft.place, draft.dateline) if p is not None)}
    return frozenset(code for code in named if code)


def _background(
    draft: Draft, when: EventDate | None, dated: Sequence[tuple[Draft, EventDate | None]], published: date | None
) -> bool:
    """An event told beside the main one that happened long before the article."""
    if when is None:
        return False
    main = next((w for d, w in dated if d.lead and w is not None), None)
    reference = published or (main.start if main else None)
    return reference is not None and not (draft.lead and when is main) and when.end < reference - _BACKGROUND


def _occasion(draft: Draft, edition: EditionOf | None, context: _Context) -> Occasion | None:
    if draft.occasion is None:
        return None
    series = context.knowledge.series[draft.occasion.series]
    hit = draft.occasion
    name = edition.name if edition else context.text.plain[hit.start : hit.end] if "{" in series.name else series.name
    return Occasion(
        id=edition.id if edition else series.id, name=name, evidence=(context.text.span(hit.start, hit.end),)
    )


def _confidence(draft: Draft, when: EventDate | None) -> float:
    """How sure the event is: told in the lead, by people who are known, on a known day, more than once."""
    known = [a for a in draft.arguments if a.mention.actor_id]
    score = 0.5 + 0.15 * draft.lead + 0.1 * bool(known) + 0.05 * (len(known) > 1)
    score += 0.1 * (when is not None and when.confidence > 0.7) + 0.05 * (len(draft.triggers) > 1)
    return round(min(score, 0.95), 2)


def _event(draft: Draft, when: EventDate | None, said: tuple[Commitment, ...], context: _Context) -> Event:
    text, knowledge = context.text, context.knowledge
    edition = edition_of(draft, when, knowledge)
    venue = venue_of(text, draft, context.reading.places, edition, knowledge)
    people = tuple(
        participants_of(text, draft, venue.country if venue else None, when.start if when else None, knowledge)
    )
    hosted = any(p.role is Role.host for p in people)
    return Event(
        type=draft.type,
        status=draft.status,
        mode=draft.mode,
        title=title_line(draft.type, draft.status, people, draft.destination, venue, knowledge),
        date=when,
        venue=venue,
        occasion=_occasion(draft, edition, context),
        participants=people,
        countries=draft.countries,
        organizations=draft.organizations,
        topics=topics_of(text, draft.sentences, context.pack, len(draft.parties)),
        commitments=said,
        codes=codes_of(draft.type, draft.status, hosted, draft.occasion is not None or len(draft.parties) > 2),
        confidence=_confidence(draft, when),
        evidence=tuple(text.span(start, end) for start, end in draft.triggers),
    )
