"""A dated draft as the record that leaves the extraction.

In: a draft, its date, the commitments made at it, and the article. Out: an `Event` in which every value has its words
as evidence: venue, occasion with its edition, participants with their roles, topics, codes, a title and how sure it is.
"""

from __future__ import annotations

from app.extract.article_context import ArticleContext
from app.extract.codes import codes_of
from app.extract.model import Draft
from app.extract.naming import title_line
from app.extract.participants import participants_of
from app.extract.topics import topics_of
from app.extract.unnamed import by_term
from app.extract.venues import edition_of, venue_of
from app.knowledge.lookup import EditionOf
from app.records import Commitment, Event, EventDate, Occasion, Role


def event_of(draft: Draft, when: EventDate | None, said: tuple[Commitment, ...], context: ArticleContext) -> Event:
    """The record of one event, with what was `said` at it."""
    text, knowledge = context.text, context.knowledge
    draft = by_term(draft, when, knowledge)
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


def _occasion(draft: Draft, edition: EditionOf | None, context: ArticleContext) -> Occasion | None:
    if draft.occasion is None:
        return None
    hit = draft.occasion
    if hit.series is None:
        words = context.text.span(hit.start, hit.end)
        return Occasion(name=" ".join(words.quote.split()), evidence=(words,))
    series = context.knowledge.series[hit.series]
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
