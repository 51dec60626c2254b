"""Boxes on the map: `west,south,east,north` in degrees, as GeoJSON and OGC API Features write them."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from app.store.wanted import Box

_HINT = "Write west,south,east,north in degrees, for instance 102.1,8.4,109.5,23.4."


def _box(value: Any) -> Box | None:
    if value is None or isinstance(value, Box):
        return value
    try:
        west, south, east, north = (float(part) for part in str(value).split(","))
    except ValueError:
        raise PydanticCustomError("box", "A box has four numbers", {"hint": _HINT}) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise PydanticCustomError("box", "A box has four numbers", {"hint": _HINT})
    if max(abs(west), abs(east)) > 180:
        raise PydanticCustomError("box", "Longitudes, first and third, are from -180 to 180", {"hint": _HINT})
    if max(abs(south), abs(north)) > 90:
        raise PydanticCustomError("box", "Latitudes, second and fourth, are from -90 to 90", {"hint": _HINT})
    if south > north:
        raise PydanticCustomError("box", "Its south lies north of its north", {"hint": _HINT})
    return Box(west, south, east, north)


BoxParameter = Annotated[
    Box,
    PlainValidator(_box),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^-?[0-9.]+(,-?[0-9.]+){3}$"}),
]
"""A box as a parameter."""
