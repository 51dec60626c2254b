"""The parameters of `GET /events`, and what they ask of the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from app.errors import InvalidParameterError, Issue
from app.records import EventType, Topic
from app.routers import resolve
from app.routers.deps import CountriesDep, Day
from app.routers.lists import FormatName
from app.routers.texts import Text, Words
from app.store.asked import EventQuery, Name
from app.store.fold import fold, phrases

_Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


def _several(*examples: Any) -> Any:
    return Field(default=[], max_length=20, examples=[list(examples)])


class EventFilters(BaseModel):
    """Which events to list. All conditions must hold; a parameter that is not named here is an error."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    country: Annotated[list[Text], _several("US", "Việt Nam")]
    """Party to the event: ISO 3166-1 alpha-2 or alpha-3 code, or a name in English, Vietnamese or Chinese.
    Given several times, all of them must be parties."""
    country_any: Annotated[list[Text], _several("JP", "韩国")]
    """The same, but one of those given is enough."""
    type: Annotated[list[EventType], _several("meeting")]
    """Kind of event; given several times, one of them."""
    participant: Annotated[list[Words], _several("Pham Minh Chinh")]
    """Name, part of a name (whole words, with or without diacritics) or id of someone who takes part.
    Given several times, all of them."""
    topic: Annotated[list[Topic], _several("climate")]
    """What it is about; given several times, all of them."""
    language: Annotated[list[_Language], _several("vi")]
    """Language of the article, BCP 47 primary tag; given several times, one of them."""
    date_from: Annotated[Day | None, Field(examples=["2021-11-01"])] = None
    """Events that end on this day or later. Leaves out events without a date."""
    date_to: Annotated[Day | None, Field(examples=["2021-11-30"])] = None
    """Events that begin on this day or earlier. Leaves out events without a date."""
    q: Annotated[Words | None, Field(examples=["hoi dam"])] = None
    """Words to find in the record, the names or the article's text, with or without diacritics; all of them must be
    found. "Words in quotes" must stand together, and so must Chinese characters."""
    limit: Annotated[int, Field(ge=1, le=200, examples=[50])] = 50
    """How many events a page has."""
    cursor: Annotated[str | None, Field(max_length=200)] = None
    """Where the page begins; taken from `next` of the page before, with the same filters."""
    format: FormatName | None = None
    """What to have the list as, where the header `Accept` and the end of the address (`.csv`) do not say it. All but
    `json` have all matches, from `cursor` on; at most `limit` of them where it is given."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the parameters ask of the store: which events, and which page of them."""

    events: EventQuery
    limit: int
    cursor: str | None


def _asked(filters: Annotated[EventFilters, Query()], countries: CountriesDep) -> Asked:
    """The parameters with countries resolved and words folded. Raises InvalidParameterError."""
    every, wrong = resolve.tried(filters.country, "country", countries)
    some, also_wrong = resolve.tried(filters.country_any, "country_any", countries)
    wrong += also_wrong
    if filters.date_from and filters.date_to and filters.date_from > filters.date_to:
        detail = "date_from is after date_to."
        wrong.append(Issue(detail, parameter="date_from", hint="Exchange them."))
    if wrong:
        raise InvalidParameterError(" ".join(issue.detail for issue in wrong), tuple(wrong))
    events = EventQuery(
        countries=every,
        countries_any=some,
        types=tuple(filters.type),
        participants=tuple(Name(fold(name), name) for name in filters.participant),
        topics=tuple(filters.topic),
        languages=tuple(filters.language),
        date_from=filters.date_from,
        date_to=filters.date_to,
        phrases=phrases(filters.q) if filters.q else (),
    )
    return Asked(events, filters.limit, filters.cursor)


AskedDep = Annotated[Asked, Depends(_asked)]
