"""What a country, or two of them, did over time: events, levels, topics, commitments, last contact, next planned."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

import orjson
from pydantic import Field

from app.extract.codes import TALKS
from app.records import CommitmentKind, CountryCode, EventStatus, EventType, Level, Precision, Record, Topic
from app.routers.display import Display, Shown
from app.routers.filters import Dated, days_of
from app.routers.past import CountedAsOf
from app.store.asked import CommitmentQuery, EventQuery
from app.store.stats import By, CommitmentBy
from app.store.then import Counting


class Period(StrEnum):
    """Spans of time to count by."""

    year = "year"
    quarter = "quarter"
    month = "month"


class Span(Dated, CountedAsOf, Shown):
    """Which time to look at, and in what steps."""

    period: Period = Period.year
    """Steps of time."""


class EventDay(Record):
    """When an event took place."""

    start: date
    """First day."""
    end: date
    """Last day."""
    precision: Precision
    """Finest part that is known."""


class EventReference(Record):
    """An event in a few words."""

    id: str
    """Id of the event."""
    url: str
    """Where it is served."""
    type: EventType
    """Kind of event."""
    status: EventStatus
    """Past, arranged or called off."""
    title: str
    """One line made from the record."""
    date: EventDay | None
    """When."""
    countries: tuple[CountryCode, ...]
    """The parties."""


PeriodName = Annotated[str, Field(examples=["2021"])]


class PeriodCount(Record):
    """One step of time."""

    period: PeriodName
    """`2021`, `2021-Q4` or `2021-11`."""
    events: int
    """Events that began in it."""
    commitments: int
    """Commitments made at them."""


class LevelCount(Record):
    """A rank in one step of time."""

    level: Level
    """Rank of someone who took part."""
    period: PeriodName
    """`2021`, `2021-Q4` or `2021-11`."""
    events: int
    """Events in which someone of this rank took part."""


class TopicCount(Record):
    """A topic in one step of time."""

    topic: Topic
    """What it was about."""
    period: PeriodName
    """`2021`, `2021-Q4` or `2021-11`."""
    events: int
    """Events about it."""
    commitments: int
    """Commitments about it."""


class KindCount(Record):
    """A kind of commitment in one step of time."""

    kind: CommitmentKind
    """What the speaker does."""
    period: PeriodName
    """`2021`, `2021-Q4` or `2021-11`."""
    commitments: int
    """How many there are."""


class Activity(Record):
    """Events and commitments over time; steps in which there was nothing are left out."""

    events: int
    """How many events there are, those without a date among them."""
    commitments: int
    """How many commitments there are, those of events without a date among them."""
    periods: tuple[PeriodCount, ...]
    """By time."""
    levels: tuple[LevelCount, ...]
    """By rank of those who took part, and time."""
    topics: tuple[TopicCount, ...]
    """By topic and time."""
    commitment_kinds: tuple[KindCount, ...]
    """By kind of commitment and time."""
    last_contact: EventReference | None
    """The newest event that occurred, up to today, in which the parties spoke with each other: a meeting, call, visit,
    conference or negotiation."""
    next_planned: EventReference | None
    """The first planned event from today on."""


def today(moment: datetime | None = None) -> date:
    """The day in UTC, that of a moment where one is given."""
    return (moment or datetime.now(UTC)).astimezone(UTC).date()


def first(counting: Counting, asked: EventQuery, base: str, display: Display) -> EventReference | None:
    """The first of the events asked for, in a few words."""
    found = counting.first(asked)
    if found is None:
        return None
    id_, document = found
    event = display.fields(orjson.loads(document))
    known = {name: event[name] for name in ("type", "status", "title", "countries")}
    when = event["date"] and EventDay(**{name: event["date"][name] for name in EventDay.model_fields})
    return EventReference(id=id_, url=f"{base}/events/{id_}", date=when, **known)


def activity(store: Counting, countries: tuple[str, ...], asked: Span, base: str, display: Display) -> Activity:
    """What these countries did, together where they are two; `store` counts it, now or as it was."""
    since, until = days_of(asked)
    of_events = EventQuery(countries=countries, date_from=since, date_to=until)
    of_commitments = CommitmentQuery(between=countries, date_from=since, date_to=until)
    by = By(asked.period.value)
    by_too = CommitmentBy(asked.period.value)
    events = store.events(of_events, (by,))
    commitments = store.commitments(of_commitments, (by_too,))
    topics = store.events(of_events, (By.topic, by)).counts
    topics_too = store.commitments(of_commitments, (CommitmentBy.topic, by_too)).counts
    levels = store.events(of_events, (By.level, by)).counts
    kinds = store.commitments(of_commitments, (CommitmentBy.kind, by_too)).counts
    now = today(asked.as_of)
    occurred = EventQuery(
        countries=countries, statuses=(EventStatus.occurred,), types=tuple(sorted(TALKS)), date_to=now
    )
    planned = EventQuery(countries=countries, statuses=(EventStatus.planned,), date_from=now, ascending=True)
    return Activity(
        events=events.total,
        commitments=commitments.total,
        periods=tuple(
            PeriodCount(period=one[0], events=events.counts[one], commitments=commitments.counts[one])
            for one in sorted({*events.counts, *commitments.counts})
        ),
        levels=tuple(LevelCount(level=Level(one), period=step, events=n) for (one, step), n in sorted(levels.items())),
        topics=tuple(
            TopicCount(topic=Topic(one[0]), period=one[1], events=topics[one], commitments=topics_too[one])
            for one in sorted({*topics, *topics_too})
        ),
        commitment_kinds=tuple(
            KindCount(kind=CommitmentKind(one), period=step, commitments=n) for (one, step), n in sorted(kinds.items())
        ),
        last_contact=first(store, occurred, base, display),
        next_planned=first(store, planned, base, display),
    )
