"""Gold records: what a careful reader finds in an article. One JSON file an article, in the names of the records.

Names, titles, cities and occasions are spellings of which any is right. `optional` marks what need not be found;
`…_also` what is right too without being asked for. A commitment is pointed at by an `anchor`, words of its sentence.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from app.errors import SourceError
from app.records import CommitmentKind, EventType, Mode, ParticipantKind, Role, Topic


def _several(value: object) -> object:
    """One spelling, several or none, as a tuple without empty ones."""
    if value is None or isinstance(value, str):
        return (value,) if value else ()
    return tuple(one for one in value if one) if isinstance(value, list) else value


Spellings = Annotated[tuple[str, ...], BeforeValidator(_several)]


class _Gold(BaseModel):
    """Base of the gold records; remarks of the one who labelled them are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class GoldDate(_Gold):
    """When it was. Days are kept as written, so that a date may be cut short."""

    start: str | None = None
    start_also: tuple[str, ...] = ()


class GoldVenue(_Gold):
    """Where it was."""

    country: str | None = None
    city: Spellings = ()


class GoldParticipant(_Gold):
    """One who took part."""

    kind: ParticipantKind = ParticipantKind.person
    name: Spellings
    country: str | None = None
    title: Spellings = ()
    role: Role | None = None
    optional: bool = False


class GoldAmount(_Gold):
    """A quantity."""

    value: float
    unit: str


class GoldCommitment(_Gold):
    """Who undertook, offered, backed, asked or restated what."""

    kind: CommitmentKind
    kind_also: tuple[CommitmentKind, ...] = ()
    actors: frozenset[str]
    topics: frozenset[Topic] = frozenset()
    anchor: str
    amounts: tuple[GoldAmount, ...] = ()
    deadline: str | None = None
    optional: bool = False


class GoldEvent(_Gold):
    """One event."""

    type: EventType
    type_also: tuple[EventType, ...] = ()
    mode: Mode | None = None
    date: GoldDate = GoldDate()
    start_also: tuple[str, ...] = ()
    venue: GoldVenue = GoldVenue()
    occasion: Spellings = ()
    countries: frozenset[str] = frozenset()
    countries_also: frozenset[str] = frozenset()
    participants: tuple[GoldParticipant, ...] = ()
    topics: frozenset[Topic] = frozenset()
    topics_also: frozenset[Topic] = frozenset()
    commitments: tuple[GoldCommitment, ...] = ()
    commitments_labelled: bool = True
    optional: bool = False

    @property
    def people(self) -> tuple[GoldParticipant, ...]:
        """The participants that are persons."""
        return tuple(one for one in self.participants if one.kind is ParticipantKind.person)

    @property
    def parties(self) -> set[str]:
        """The countries that are parties; those of optional participants do not count."""
        return {*self.countries, *(p.country for p in self.participants if p.country and not p.optional)}

    @property
    def starts(self) -> set[str]:
        """All first days that are right."""
        return {*((self.date.start,) if self.date.start else ()), *self.date.start_also, *self.start_also}

    @property
    def label(self) -> str:
        """The event in a few words: `meeting US+VN 2023-09-10`."""
        return " ".join((self.type, "+".join(sorted(self.parties)), self.date.start or "undated"))


class GoldRecord(_Gold):
    """The events of one article."""

    article: str
    language: str
    events: tuple[GoldEvent, ...]

    @property
    def stem(self) -> str:
        """Name of the article without folder and suffix, by which it is found."""
        return PurePath(self.article).stem


def load(folder: Path) -> dict[str, tuple[GoldRecord, bytes]]:
    """The gold records of a folder and all below it, by stem and in the order of their paths, with the files' bytes.

    Raises SourceError for a file that is none, two of one article, and a folder without any.
    """
    found: dict[str, tuple[GoldRecord, bytes]] = {}
    for path in sorted(folder.rglob("*.json")):
        content = path.read_bytes()
        try:
            record = GoldRecord.model_validate_json(content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise SourceError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
        if record.stem in found:
            raise SourceError(f"{path}: a second gold record of {record.stem}")
        found[record.stem] = record, content
    if not found:
        raise SourceError(f"{folder}: no gold records (*.json)")
    return found
