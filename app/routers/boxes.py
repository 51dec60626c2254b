"""Boxes on the map: `west,south,east,north` in degrees, as GeoJSON and OGC API Features write them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

_HINT = "Write west,south,east,north in degrees, for instance 102.1,8.4,109.5,23.4."


@dataclass(frozen=True, slots=True)
class Degrees:
    """A box; where west is greater than east it spans the meridian of 180°."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float | None, longitude: float | None) -> bool:
        """Whether a point lies in it, or on its edge."""
        if latitude is None or longitude is None or not self.south <= latitude <= self.north:
            return False
        if self.west <= self.east:
            return self.west <= longitude <= self.east
        return longitude >= self.west or longitude <= self.east


def _box(value: Any) -> Degrees | None:
    if value is None or isinstance(value, Degrees):
        return value
    try:
        west, south, east, north = (float(part) for part in str(value).split(","))
    except ValueError:
        raise PydanticCustomError("box", "Not a box", {"hint": _HINT}) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise PydanticCustomError("box", "Not a box", {"hint": _HINT})
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90 or south > north:
        raise PydanticCustomError("box", "There is no such box", {"hint": _HINT})
    return Degrees(west, south, east, north)


Box = Annotated[
    Degrees,
    PlainValidator(_box),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9.]+(,-?[0-9.]+){3}$"}),
]
"""A box as a parameter."""
