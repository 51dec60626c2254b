"""Topics and types of events: the closed lists, with the codes of the field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from app.extract.codes import codes_of
from app.records import Codes, EventStatus, EventType, Record, Topic
from app.routers import catalogue, lists
from app.routers.catalogue import ADDRESS, AskingDep, Catalogue
from app.routers.deps import given_once
from app.routers.problems import documented
from app.routers.vocabulary import EVENT_TYPES, TOPICS, Called

router = APIRouter(tags=["knowledge"])


class TopicEntry(Record):
    """What an event or a commitment can be about."""

    id: Topic
    """The code."""
    name: str
    """In English."""
    names: dict[str, tuple[str, ...]]
    """By language (BCP 47)."""
    events_url: str
    """Events about it."""
    commitments_url: str
    """Commitments about it."""


class TopicPage(lists.Page[TopicEntry]):
    """One page of the list of topics."""


class TypeCodes(Record):
    """The codes of a type of event in one of the cases that the schemes tell apart."""

    status: EventStatus
    """Occurred, planned or cancelled."""
    hosted: bool
    """One party received another at home."""
    multilateral: bool
    """At a summit or conference, or among many parties."""
    codes: Codes
    """PLOVER and CAMEO."""


class EventTypeEntry(Record):
    """A type of event."""

    id: EventType
    """The code."""
    name: str
    """In English."""
    names: dict[str, tuple[str, ...]]
    """By language (BCP 47)."""
    description: str
    """What happens."""
    codes: tuple[TypeCodes, ...]
    """PLOVER and CAMEO codes, a row for each case."""
    events_url: str
    """Events of this type."""


class EventTypePage(lists.Page[EventTypeEntry]):
    """One page of the list of types of events."""


def _names(called: Called) -> dict[str, tuple[str, ...]]:
    return {code: (name,) for code, name in zip(("en", "vi", "zh"), called, strict=True)}


def _topic(topic: Topic) -> TopicEntry:
    called = TOPICS[topic]
    return TopicEntry(
        id=topic,
        name=called[0],
        names=_names(called),
        events_url=f"{ADDRESS}/events?topic={topic}",
        commitments_url=f"{ADDRESS}/commitments?topic={topic}",
    )


def _cases(event_type: EventType) -> Iterator[TypeCodes]:
    """A row for each case whose codes are not those of the same status without host and summit."""
    for status in EventStatus:
        plain = codes_of(event_type, status, hosted=False, multilateral=False)
        for multilateral, hosted in product((False, True), repeat=2):
            codes = codes_of(event_type, status, hosted, multilateral)
            if (not hosted and not multilateral) or (codes != plain and not (hosted and multilateral)):
                yield TypeCodes(status=status, hosted=hosted, multilateral=multilateral, codes=codes)


def _type(event_type: EventType) -> EventTypeEntry:
    called, description = EVENT_TYPES[event_type]
    return EventTypeEntry(
        id=event_type,
        name=called[0],
        names=_names(called),
        description=description,
        codes=tuple(_cases(event_type)),
        events_url=f"{ADDRESS}/events?type={event_type}",
    )


@lru_cache
def _topics() -> Catalogue[TopicEntry]:
    rows = map(_topic, Topic)
    return Catalogue((catalogue.entry(one.id, one.name, one, catalogue.all_names(one.names)) for one in rows), "topic")


@lru_cache
def _types() -> Catalogue[EventTypeEntry]:
    rows = map(_type, EventType)
    return Catalogue((catalogue.entry(one.id, one.name, one, catalogue.all_names(one.names)) for one in rows), "type")


@router.get(
    "/topics",
    operation_id="list_topics",
    summary="List topics",
    response_model=TopicPage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_topics(asking: AskingDep, asked: Annotated[catalogue.Named, Query()]) -> Response:
    """All that events and commitments can be about."""
    return _topics().page(asking, asked, lambda _: True)


@router.get(
    "/event-types",
    operation_id="list_event_types",
    summary="List types of events",
    response_model=EventTypePage,
    responses={**lists.documented(), **documented()},
    dependencies=[given_once],
)
async def list_event_types(asking: AskingDep, asked: Annotated[catalogue.Named, Query()]) -> Response:
    """All types of events, each with its PLOVER and CAMEO codes."""
    return _types().page(asking, asked, lambda _: True)
