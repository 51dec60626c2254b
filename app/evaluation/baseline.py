"""The ratchet: figures written down for a set, under which a later run may not fall."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.errors import SourceError

TOLERANCE = 0.005
"""So much a figure may fall: one answer of two hundred."""

Values = Mapping[str, Mapping[str, float]]
"""Figures by group (`all`, `vi` …) and name."""


class Floor(BaseModel):
    """The figures of one set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    """Of the set that they were measured with."""
    figures: dict[str, dict[str, float]]
    """By group (`all`, `vi` …) and name; what is found counts by its F1."""


_FILE = TypeAdapter(dict[str, Floor])


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was."""

    group: str
    figure: str
    before: float
    now: float

    def __str__(self) -> str:
        return f"{self.group} {self.figure} {self.now:.3f}, baseline {self.before:.3f}"


def read(path: Path) -> dict[str, Floor]:
    """The floors of a file, by name of set; none where there is no such file. Raises SourceError."""
    try:
        return _FILE.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        raise SourceError(f"{path}: not a baseline ({type(error).__name__})") from None


def write(path: Path, name: str, floor: Floor) -> None:
    """Puts the figures of one set into the file, and leaves those of the others. Raises SourceError."""
    floors = {**read(path), name: floor}
    rows = {key: floors[key].model_dump() for key in sorted(floors)}
    try:
        path.write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}") from error


def changes(before: Values, now: Values) -> Iterator[Change]:
    """The figures that both have and that differ."""
    for group, figures in before.items():
        for figure, value in figures.items():
            current = now.get(group, {}).get(figure)
            if current is not None and current != value:
                yield Change(group, figure, value, current)


def fallen(change: Change) -> bool:
    """Whether a figure fell by more than may be."""
    return change.before - change.now > TOLERANCE + 1e-9


def risen(change: Change) -> bool:
    """Whether a figure is better than it was."""
    return change.now > change.before
