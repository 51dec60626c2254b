"""What the knowledge base holds. One class a kind of record; the YAML files in `data/kb` have these fields.

Names are listed by language (`en`, `vi`, `zh`, …; Chinese in simplified characters, since traditional text is
folded before it is matched; forms special to Taiwan or Hong Kong, such as 川普, are listed beside). Every record
has a `source`: a Wikidata id, a Wikipedia article or an official page where the fact can be checked.
Partial dates are ISO strings cut short: `2021`, `2021-04`, `2021-04-05`.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.records import Level

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Iso2 = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
PartialIso = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Names = dict[str, tuple[str, ...]]


class Fact(BaseModel):
    """Base of all knowledge records: immutable, unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Country(Fact):
    """A state or territory. File `countries.yaml`."""

    id: Iso2
    alpha3: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    name: str
    """Short English name: Vietnam, South Korea, United States."""
    names: Names
    """Nouns that mean the country, short, formal and historical: vi [Việt Nam, Viêt Nam], zh [越南], en [Viet Nam]."""
    adjectives: Names = Field(default_factory=dict)
    """Forms that only qualify a noun: en [Vietnamese], and plural or people forms (en [Germans])."""
    short: Names = Field(default_factory=dict)
    """Forms valid only in pairs or before a suffix: zh [越] (越美, 越方, 访越), vi [Việt] (Việt–Mỹ), en [Sino]."""
    capital: Id | None = None
    """Place id of the seat of government, also used for the government itself."""
    metonyms: Names = Field(default_factory=dict)
    """Other words that mean its government: en [Kremlin, White House], vi [Điện Kremlin, Nhà Trắng], zh [白宫]."""
    leader: Id | None = None
    """Office that "the Turkish leader" means, where a state has a head of state and a head of government."""
    wikidata: str | None = None
    source: str


class Office(Fact):
    """A kind of office, the same in every country. File `offices.yaml`."""

    id: Id
    """For instance `president`, `prime-minister`, `foreign-minister`, `ambassador`."""
    title: str
    """Usual English title: Prime Minister."""
    level: Level
    source: str


class Term(Fact):
    """One person in one office from a day to a day. Written under the person."""

    office: Id
    country: Iso2 | None = None
    """Country the office belongs to; filled in from the file name for people/<country>.yaml where left out."""
    organization: Id | None = None
    """For offices of a body (un, eu, nato, asean …); then `country` stays empty."""
    to: str | None = None
    """Ambassadors: ISO code or organisation id they are accredited to."""
    title: str | None = None
    """English title where it differs from the office's own: Premier, Chancellor, Secretary of State."""
    start: PartialIso
    end: PartialIso | None = None
    """Last day in office; empty while it lasts."""
    source: str | None = None
    """Where the term can be checked, where it is not the person's own source."""


class Person(Fact):
    """Someone who holds or held an office. Files `people/<country>.yaml`."""

    id: Id
    """Lower-case ASCII of the usual name: pham-minh-chinh, joe-biden, xi-jinping."""
    name: str
    """Usual Latin-script name, diacritics kept, in the usual order: Phạm Minh Chính, Kim Boo-kyum, Joe Biden."""
    names: Names = Field(default_factory=dict)
    """All full forms by language: vi [Joe Biden], zh [乔·拜登, 拜登], en [Joseph R. Biden]; without `name` itself."""
    short: Names = Field(default_factory=dict)
    """Forms that need a title or an earlier full mention: en [Biden], vi [Biden], zh [克里]. A Chinese form that is
    safe alone (拜登, 特朗普) goes in `names`."""
    country: Iso2 | None = None
    wikidata: str | None = None
    died: PartialIso | None = None
    terms: tuple[Term, ...] = ()
    source: str


class Organization(Fact):
    """A body that can be a party. File `organizations.yaml`."""

    id: Id
    name: str
    names: Names
    kind: str
    """international, regional, party, parliament, agency, company …"""
    party: bool = True
    """Whether it acts as a party of its own (asean, un, eu); a ministry or a ruling party acts for its country."""
    country: Iso2 | None = None
    members: tuple[Iso2, ...] = ()
    wikidata: str | None = None
    source: str


class Edition(Fact):
    """One meeting of a series."""

    number: int | None = None
    year: int
    start: PartialIso
    end: PartialIso
    place: Id | None = None
    """Place id of the city; none for a virtual one."""
    country: Iso2 | None = None
    names: Names = Field(default_factory=dict)
    """Names of this edition alone: en [Glasgow climate summit]."""
    source: str


class Series(Fact):
    """A recurring summit or conference. File `occasions.yaml`.

    The id of an edition is `<series id>-<number>` where `numbered`, else `<series id>-<year>`.
    """

    id: Id
    name: str
    """English name of an edition with placeholders: "COP{n}", "APEC {year}", "{ordinal} ASEAN Summit"."""
    names: Names
    """Forms without number that mean the series in running text: vi [Hội nghị Thượng đỉnh G20], zh [二十国集团峰会]."""
    numbered_names: Names = Field(default_factory=dict)
    """Forms with {n}, {ordinal} or {year}: vi [COP{n}, "Hội nghị Cấp cao ASEAN lần thứ {n}"], zh [第{n}届东盟峰会]."""
    numbered: bool = False
    organization: Id | None = None
    editions: tuple[Edition, ...] = ()
    source: str


class Place(Fact):
    """A city, region or official venue. Files `places.yaml` (cities, regions) and `venues.yaml`."""

    id: Id
    kind: str
    """city, region, venue, airport, sea …"""
    name: str
    """English name."""
    names: Names = Field(default_factory=dict)
    """By language; the English one need not be repeated."""
    city: Id | None = None
    """For a venue: place id of its city."""
    country: Iso2 | None = None
    latitude: float | None = None
    longitude: float | None = None
    source: str


class Upgrade(Fact):
    """A step in a relation."""

    level: str
    """diplomatic_relations, normalization, comprehensive_partnership, strategic_partnership,
    comprehensive_strategic_partnership, treaty …"""
    date: PartialIso
    source: str


class Relation(Fact):
    """Relations of two states, or of a state and a body (`asean`, `eu`). File `relations.yaml`."""

    parties: tuple[str, str]
    """ISO codes or organisation ids, sorted."""
    steps: tuple[Upgrade, ...]
    source: str


class Numbered(Fact):
    """An address whose day is known: the number in it, and the day it appeared."""

    number: int
    day: PartialIso


class Numbering(Fact):
    """A site that numbers its pages one after the other, so that a number tells about when. File `numbering.yaml`."""

    id: Id
    hosts: tuple[str, ...]
    """Without www: `montsame.mn`."""
    paths: tuple[str, ...]
    """What the path begins with: `{n}` is the number, `*` anything between two slashes: `/*/c/{n}.epi`."""
    points: tuple[Numbered, ...]
    """In order; numbers and days both rise."""
    closed: bool = False
    """Whether numbers outside the points say nothing: the count began and ended with them."""
    source: str


class Stop(Fact):
    """A stay in one country."""

    to: Iso2
    start: PartialIso
    end: PartialIso | None = None
    """Last day there; empty for a stay of one day."""


class Travels(Fact):
    """Journeys abroad of one person, in order; the list need not be complete. File `travels.yaml`."""

    id: Id
    """Id of the person."""
    stops: tuple[Stop, ...]
    source: str


class Period(Fact):
    """Something that can be spoken of only from a day on. File `periods.yaml`."""

    id: Id
    start: PartialIso
    height: PartialIso | None = None
    """Until when the news was full of it; empty for what stays, such as an agreement."""
    fought_in: tuple[Iso2, ...] = ()
    """Of a war or uprising: the countries it is fought in, so that "the seven-year war" says when it was written."""
    names: Names
    source: str


class Turn(Fact):
    """A country's turn at the head of a body, or its time in one."""

    country: Iso2
    start: PartialIso
    end: PartialIso


class Chair(Fact):
    """Who chairs, presides over or hosts a body by turns, or sits in it for a time. File `chairs.yaml`."""

    id: Id
    organization: Id | None = None
    names: Names
    """What it is called beside the country: en [ASEAN Chair], vi [Chủ tịch luân phiên ASEAN], zh [东盟轮值主席国]."""
    meetings: Names = Field(default_factory=dict)
    """Meetings of ministers that are held where the chair is: en [G20 foreign ministers]."""
    turns: tuple[Turn, ...]
    source: str
