"""When the events of one article were, taken together, and which of them are only its background.

In: drafts in the order of the text. Out: each with its date, as planned where that lies ahead of the publication; and
apart from them those that happened long before the rest. How one event is dated is the business of `dating`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.extract.article_context import ArticleContext
from app.extract.dating import date_event
from app.extract.dating_context import Attendance, DatingContext
from app.extract.dating_doubt import doubted
from app.extract.dating_tense import closes, is_recent
from app.extract.model import Draft, Rejection
from app.extract.occurrences import TALKS
from app.extract.titles import LEADER
from app.records import EventDate, EventStatus, EventType, Mode

_CALLED = 24
"""Characters before a name that may call its bearer a counterpart."""
_LEAD = 4
"""So many sentences at the start say where the main event was."""
_FROM_AFAR = frozenset({EventType.statement})
"""Types that one side can bring about at home."""
_NOT_THERE = frozenset(
    {EventType.expulsion, EventType.recall, EventType.severance, EventType.sanction, EventType.rejection}
)
"""Types for which nobody travels."""
_AT_TALKS = frozenset({EventType.signing, EventType.statement})
"""What is done at the end of talks."""
_BACKGROUND = timedelta(days=30)
"""An event told further down that lies this much before the article's own day is background."""

Dated = tuple[Draft, EventDate | None]


def date_drafts(drafts: Sequence[Draft], context: ArticleContext) -> list[Dated]:
    """Each draft with its date; what lies ahead of the publication is planned."""
    found: list[Dated] = []
    previous: EventDate | None = None
    read: dict[int, EventDate] = {}
    for draft in drafts:
        again = read.get(draft.date.start) if draft.date else None
        told = _dating(draft, _told_with(draft, found) or previous, context)
        when = again or date_event(told)
        when = when and doubted(when, told.participants, context.knowledge)
        if draft.date is not None and when is not None:
            read[draft.date.start] = when  # the same words mean the same day, whoever else was met on it
        found.append((_ahead(draft, when, context.published), when))
        previous = when or previous
    # What leaves the year of one event open may close it for another that the same words date.
    return [(draft, when or (read.get(draft.date.start) if draft.date else None)) for draft, when in found]


def _told_with(draft: Draft, found: Sequence[Dated]) -> EventDate | None:
    """The day of the talks told before, for what the same people signed or stated: not that of the whole visit."""
    people = {a.mention.key for a in draft.arguments}
    last = next((d.type for d, w in reversed(found) if w is not None), None)
    if draft.date is not None or draft.type not in _AT_TALKS or last is not EventType.visit:
        return None
    same = (w for d, w in reversed(found) if d.type in TALKS and people <= {a.mention.key for a in d.arguments})
    return next((w for w in same if w is not None), None)


def _ahead(draft: Draft, when: EventDate | None, published: date | None) -> Draft:
    """The draft, as planned where its day lies after the publication."""
    known = when is not None and published is not None and draft.status is EventStatus.occurred
    if known and when is not None and published is not None and when.start > published + timedelta(days=1):
        return replace(draft, status=EventStatus.planned)
    return draft


def without_background(dated: Sequence[Dated], published: date | None) -> tuple[list[Dated], list[Rejection]]:
    """The drafts that the article is about, and a rejection for every word of the others."""
    kept: list[Dated] = []
    rejected: list[Rejection] = []
    for draft, when in dated:
        if when is None or not _background(draft, when, dated, published):
            kept.append((draft, when))
        else:
            reason = f"background: on {when.start}, long before the rest"
            rejected += [Rejection(*word, reason) for word in draft.triggers]
    return kept, rejected


def told_day(dated: Sequence[Dated]) -> date | None:
    """The day of the main event, where nobody told when the article came out."""
    return next((w.start for d, w in dated if d.lead and w is not None and w.start.year > 1900), None)


def _may_have_met(draft: Draft) -> bool:
    """Whether people of several sides may have been at one place for it."""
    together = draft.type not in _FROM_AFAR or len(draft.parties) > 1
    return draft.mode in (None, Mode.in_person) and together and draft.type not in _NOT_THERE


def _dating(draft: Draft, previous: EventDate | None, context: ArticleContext) -> DatingContext:
    told = context.text.sentences[draft.sentence]
    closing = closes(context.text, told.start, told.end, context.pack)
    return DatingContext(
        text=context.text,
        pack=context.pack,
        knowledge=context.knowledge,
        expression=draft.date,
        expressions=context.dates,
        durations=context.durations,
        participants=_attending(draft, context),
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
        in_person=_may_have_met(draft) or closing,
        places=_places(draft, context),
        venue=_where(draft),
        closing=closing,
        recent=any(is_recent(context.text, word, context.pack) for word in draft.triggers),
        named=context.named,
        spots=context.spots,
        people=context.people,
        shared=context.shared,
    )


def _attending(draft: Draft, context: ArticleContext) -> tuple[Attendance, ...]:
    """Those who took part; whom the text calls somebody's counterpart holds that one's office."""
    words = tuple(context.pack.data("dates").get("counterparts", ()))
    offices = {a.mention.office for a in draft.arguments if a.mention.office not in (None, LEADER)}
    shared = next(iter(offices)) if len(offices) == 1 else None
    found = []
    for one in (a.mention for a in draft.arguments):
        office = one.office
        if office in (None, LEADER) and shared is not None and one.actor_id is not None:
            written = context.text.low[max(0, one.start - _CALLED) : one.end]
            held = {t.term.office for t in context.knowledge.tenures.get(one.actor_id, ())}
            office = shared if shared in held and any(word in written for word in words) else office
        found.append(Attendance(one.actor_id, office, one.organization or one.country))
    return tuple(found)


def _where(draft: Draft) -> str | None:
    """The country it was in: that of a journey is where it went, whatever else its sentence speaks of."""
    if draft.type is EventType.visit and draft.destination is not None:
        return draft.destination
    return draft.place.country if draft.place is not None else draft.destination


def _places(draft: Draft, context: ArticleContext) -> frozenset[str]:
    """The countries named where the event is told, and those the report was filed from."""
    told = {*draft.sentences, *range(_LEAD)}
    named: set[str | None] = {country for sentence, country in context.placed if sentence in told}
    named |= {draft.destination, *(p.country for p in (draft.place, draft.dateline) if p is not None)}
    return frozenset(code for code in named if code)


def _background(draft: Draft, when: EventDate, dated: Sequence[Dated], published: date | None) -> bool:
    """An event told beside the main one that happened long before the article."""
    main = next((w for d, w in dated if d.lead and w is not None), None)
    reference = published or (main.start if main else None)
    return reference is not None and not (draft.lead and when is main) and when.end < reference - _BACKGROUND
