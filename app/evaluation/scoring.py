"""One article's events against its gold record: counts for the figures, and in words what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import BaseModel

from app.evaluation.commitments import score_commitments
from app.evaluation.gold import GoldEvent, GoldParticipant, GoldRecord
from app.evaluation.likeness import SAME_EVENT, likeness, parties, people, right_type, same_person, start_of
from app.evaluation.names import any_same
from app.evaluation.pairing import best_pairs
from app.evaluation.tally import SURE, Count, Tally
from app.records import Event, EventStatus, Extraction, Participant, Role, Span

CLAIMS_TO_BE_SURE = 0.9
"""From this confidence on a date claims to be sure."""


@dataclass(frozen=True)
class Scored:
    """An article, its counts, and what is wrong with its events."""

    stem: str
    language: str
    tally: Tally
    faults: tuple[str, ...]


def spans(node: object) -> Iterator[Span]:
    """All evidence inside a record."""
    if isinstance(node, Span):
        yield node
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from spans(getattr(node, name))
    elif isinstance(node, tuple):
        for one in node:
            yield from spans(one)


def score_article(gold: GoldRecord, found: Extraction | None, text: str) -> Scored:
    """Counts one article; `found` is None where there is no such article to read."""
    tally = Tally()
    tally.articles = 1
    faults = list(_faults(gold, found, text, tally))
    return Scored(gold.stem, gold.language, tally, tuple(faults))


def _faults(gold: GoldRecord, found: Extraction | None, text: str, tally: Tally) -> Iterator[str]:
    if found is None:
        yield "there is no such article"
    elif not tally.check("language", found.language == gold.language):
        yield f"language {found.language} should be {gold.language}"
    for span in spans(found):
        if not tally.check("grounded", text[span.start : span.end] == span.quote):
            yield f"the text does not say {span.quote[:40]!r} at {span.start}"
    events = [one for one in found.events if one.status is not EventStatus.cancelled] if found else []
    pairs = best_pairs([[likeness(one, other) for other in events] for one in gold.events], SAME_EVENT)
    perfect = True
    for row, column in pairs:
        faults: list[str] = []
        perfect &= _score_event(gold.events[row], events[column], text, tally, faults)
        yield from (f"{gold.events[row].label}: {fault}" for fault in faults)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, missed in enumerate(gold.events):
        if row not in rows and not missed.optional:
            perfect = False
            _miss(missed, tally)
            yield f"missed event {missed.label}"
    for column, extra in enumerate(events):
        if column not in columns:
            perfect = False
            tally.counts["event"] += Count(extra=1)
            label = f"{extra.type} {'+'.join(sorted(parties(extra)))} {start_of(extra) or 'undated'}"
            yield f"extra event {label}: {extra.title}"
    tally.check("article_perfect", perfect)


def _miss(gold: GoldEvent, tally: Tally) -> None:
    """An event that was not found takes its people and commitments with it."""
    tally.counts["event"] += Count(missed=1)
    tally.counts["people"] += Count(missed=sum(not one.optional for one in gold.people))
    tally.counts["commit"] += Count(missed=sum(not one.optional for one in gold.commitments))


def _score_event(gold: GoldEvent, found: Event, text: str, tally: Tally, faults: list[str]) -> bool:
    """Counts an event that was found and tells its faults; whether date, country and people are right."""
    tally.counts["event"] += Count(hit=1)
    if not tally.check("type", right_type(gold, found)):
        faults.append(f"type {found.type}")
    if gold.mode and not tally.check("mode", found.mode is gold.mode):
        faults.append(f"mode {found.mode} should be {gold.mode}")
    tally.sets("parties", gold.parties, parties(found), gold.countries_also)
    if gold.topics:
        tally.sets("topics", gold.topics, found.topics, gold.topics_also)
    right = [score(gold, found, tally, faults) for score in (_date, _venue, _people)]
    if gold.occasion:
        named = (found.occasion.name, found.occasion.id) if found.occasion else ()
        if not tally.check("occasion", any_same(gold.occasion, named)):
            faults.append(f"occasion {named[0] if named else None} should be {gold.occasion[0]}")
    if gold.commitments_labelled:
        faults += score_commitments(gold.commitments, found.commitments, text, tally)
    return all(right)


def _date(gold: GoldEvent, found: Event, tally: Tally, faults: list[str]) -> bool:
    if not gold.date.start:
        return True
    start = start_of(found)
    right = tally.check("date", start in gold.starts)
    tally.check("year", (start or "")[:4] in {one[:4] for one in gold.starts})
    if found.date is not None and found.date.confidence >= CLAIMS_TO_BE_SURE:
        tally.check(SURE, right)
    if not right:
        faults.append(f"date {start} should be {gold.date.start}")
    return right


def _venue(gold: GoldEvent, found: Event, tally: Tally, faults: list[str]) -> bool:
    """Whether the country is right; the city is counted too, but an article can be perfect without it."""
    country, city = (found.venue.country, found.venue.city) if found.venue else (None, None)
    if gold.venue.city and not tally.check("venue_city", any_same(gold.venue.city, (city,))):
        faults.append(f"city {city} should be {gold.venue.city[0]}")
    if not gold.venue.country:
        return True
    right = tally.check("venue_country", country == gold.venue.country)
    if not right:
        faults.append(f"country of the venue {country} should be {gold.venue.country}")
    return right


def _people(gold: GoldEvent, found: Event, tally: Tally, faults: list[str]) -> bool:
    """Whether everyone who must be there is there, and nobody else."""
    asked, named = gold.people, people(found)
    pairs = best_pairs([[float(same_person(one, other)) for other in named] for one in asked], 0.5)
    for row, column in pairs:
        _person(asked[row], named[column], tally)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    missed = [one.name[0] for row, one in enumerate(asked) if row not in rows and not one.optional]
    extra = [one.name for column, one in enumerate(named) if column not in columns]
    tally.counts["people"] += Count(len(pairs), len(extra), len(missed))
    faults += [f"missed person {name}" for name in missed] + [f"extra person {name}" for name in extra]
    return not missed and not extra


def _person(gold: GoldParticipant, found: Participant, tally: Tally) -> None:
    tally.check("country", found.country == gold.country)
    if gold.role in (Role.host, Role.guest):
        tally.check("role", found.role is gold.role)
    if gold.title:
        tally.check("title", any_same(gold.title, (found.title,)))
