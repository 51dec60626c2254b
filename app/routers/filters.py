"""The filters of events. What they ask of the store is in `asking`."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.records import CommitmentKind, EventStatus, EventType, Level, Mode, Topic
from app.routers.boxes import BoxParameter
from app.routers.days import Moment, PartialDays
from app.routers.texts import Text, Words
from app.store.clock import moment_text

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class Basis(StrEnum):
    """What a date rests on; none, for events without a date."""

    stated = "stated"
    inferred = "inferred"
    publication = "publication"
    none = "none"


def several(*examples: Any) -> Any:
    """A parameter that can be given several times."""
    return Field(default=[], max_length=20, examples=[list(examples)])


class Filters(BaseModel):
    """Base of all filters: a parameter that is not named is an error."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Dated(Filters):
    """Filters by date."""

    date: Annotated[PartialDays | None, Field(examples=["2021-11"])] = None
    """Day, month or year in which the event took place, in part or whole. Leaves out events without a date."""
    on: Annotated[PartialDays | None, Field(examples=["2021-11-01"])] = None
    """The same, for those who think in days."""
    date_from: Annotated[PartialDays | None, Field(examples=["2021-11-01"])] = None
    """Events that end on this day (the first of a month or year) or later. Leaves out events without a date."""
    date_to: Annotated[PartialDays | None, Field(examples=["2021-11-30"])] = None
    """Events that begin on this day (the last of a month or year) or earlier. Leaves out events without a date."""


class Promises(Filters):
    """Filters by amount and deadline of a commitment: all that are given are asked of one and the same."""

    amount_unit: Annotated[Text | None, Field(examples=["USD"])] = None
    """Unit of one of its amounts: for money an ISO 4217 code, a sign or a name (`USD`, `$`, `đô la`); `percent`; or a
    noun such as `doses`."""
    amount_min: Annotated[float | None, Field(examples=[1_000_000], allow_inf_nan=False)] = None
    """One of its amounts, in that unit where it is given, is this or more."""
    amount_max: Annotated[float | None, Field(examples=[1_000_000_000], allow_inf_nan=False)] = None
    """The same amount is this or less. Amount and deadline are asked of one and the same commitment."""
    deadline_from: Annotated[PartialDays | None, Field(examples=["2030"])] = None
    """Its deadline is on this day (the first of a month or year) or later."""
    deadline_to: Annotated[PartialDays | None, Field(examples=["2030"])] = None
    """Its deadline is on this day (the last of a month or year) or earlier."""


class Parties(Filters):
    """Filters by country."""

    country: Annotated[list[Text], several("US", "Việt Nam")]
    """Party to the event: ISO 3166-1 alpha-2 or alpha-3 code, or a name in English, Vietnamese or Chinese.
    Given several times, all of them must be parties."""
    country_any: Annotated[list[Text], several("JP", "韩国")]
    """The same, but one of those given is enough."""
    country_not: Annotated[list[Text], several("CN")]
    """The same, but none of those given may be a party."""
    participant: Annotated[list[Words], several("Pham Minh Chinh")]
    """Name, part of a name (whole words, with or without diacritics) or id of someone who takes part.
    Given several times, all of them."""


class Circumstances(Filters):
    """Filters by what an event was like."""

    country_exact: Annotated[list[Text], several("VN", "US")]
    """Country as in `country`; exactly those given must be the parties, and no other."""
    level: Annotated[list[Level], several("head_of_state")]
    """Rank of someone who takes part; given several times, one of them."""
    organization: Annotated[list[Text], several("asean")]
    """Organisation that is a party, as an id or a name in any language; given several times, all of them."""
    mode: Annotated[list[Mode], several("in_person")]
    """How the parties were in contact; given several times, one of them."""
    publisher: Annotated[list[Words], several("VietnamPlus")]
    """Publisher of an article that reports it, whole name; given several times, one of them."""
    occasion: Annotated[list[Text], several("cop-26")]
    """Summit or conference at which it took place: id or name of a series or an edition; given several times, one."""
    venue_country: Annotated[list[Text], several("GB")]
    """Country where it took place; given several times, one of them."""
    venue_city: Annotated[list[Text], several("Hà Nội")]
    """City where it took place, in any language; given several times, one of them."""
    bbox: Annotated[BoxParameter | None, Field(examples=["102.1,8.4,109.5,23.4"])] = None
    """Box in which its venue lies: west, south, east, north, in degrees. West may be greater than east: then it spans
    180°."""
    date_basis: Annotated[list[Basis], several("stated")]
    """What the date rests on; given several times, one of them."""
    min_confidence: Annotated[float | None, Field(ge=0, le=1, examples=[0.9])] = None
    """It is as sure as this, or more, that it is an event with these parties."""
    article: Annotated[list[Text], Field(default=[], max_length=20)]
    """Id of an article that reports it; given several times, one of them."""


class EventFilters(Parties, Circumstances, Dated, Promises):
    """Which events. All conditions must hold; a parameter that is not named here is an error."""

    actor: Annotated[list[Text], several("joe-biden")]
    """Id or full name, in any language, of someone known who takes part. Given several times, all of them."""
    type: Annotated[list[EventType], several("meeting")]
    """Kind of event; given several times, one of them."""
    status: Annotated[list[EventStatus], several("occurred")]
    """Occurred, planned or cancelled; given several times, one of them."""
    topic: Annotated[list[Topic], several("climate")]
    """What it is about; given several times, all of them."""
    topic_any: Annotated[list[Topic], several("energy", "climate")]
    """The same, but one of those given is enough."""
    language: Annotated[list[Language], several("vi")]
    """Language of an article that reports it, BCP 47 primary tag; given several times, one of them."""
    commitment_kind: Annotated[list[CommitmentKind], several("pledge")]
    """It has a commitment of this kind; given several times, of one of them."""
    q: Annotated[Words | None, Field(examples=["hoi dam"])] = None
    """Words to find in the record, the names or the article's text, with or without diacritics; all of them must be
    found. "Words in quotes" must stand together, and so must Chinese characters."""


class Updated(Filters):
    """Filter by when it was written."""

    updated_since: Annotated[Moment | None, Field(examples=["2026-01-31T12:00:00Z"])] = None
    """Written at this moment or later: read, merged with another report, or corrected."""


def since(given: Filters) -> str | None:
    """The moment that `updated_since` names, as the store writes it."""
    moment: datetime | None = getattr(given, "updated_since", None)
    return moment_text(moment) if moment else None


def days_of(dated: Dated) -> tuple[date | None, date | None]:
    """The span that all filters by date leave."""
    spans = [one for one in (dated.date, dated.on) if one]
    first = [one.first for one in spans] + ([dated.date_from.first] if dated.date_from else [])
    last = [one.last for one in spans] + ([dated.date_to.last] if dated.date_to else [])
    return max(first, default=None), min(last, default=None)
