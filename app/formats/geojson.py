"""GeoJSON (RFC 7946): each event a feature at its venue; one whose place is not known has no geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from app.formats.about import About
from app.formats.table import Fields, Json, at

_IN_GEOMETRY = frozenset({"latitude", "longitude"})


def _feature(event: Fields, about: About) -> dict[str, Any]:
    latitude, longitude = at(event, "venue.latitude"), at(event, "venue.longitude")
    known = latitude is not None and longitude is not None
    columns = (column for column in about.table.columns if column.name not in _IN_GEOMETRY)
    return {
        "type": "Feature",
        "id": event["id"],
        # Longitude comes first.
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]} if known else None,
        "properties": {column.name: column.of(event) for column in columns},
    }


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """One feature collection."""
    before = b'{"type":"FeatureCollection","features":['
    for record in records:
        yield before + orjson.dumps(_feature(orjson.loads(record), about))
        before = b",\n"
    yield (before if before != b",\n" else b"") + b"]}\n"
