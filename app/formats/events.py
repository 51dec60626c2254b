"""The flat form of an event."""

from __future__ import annotations

from typing import Any

from app.formats.table import Column, Fields, Kind, Table, at, names_of


def reports(event: Fields) -> list[Fields]:
    """The articles that report an event, as far as the record names them; the first one leads."""
    several = event.get("articles") or [one.get("article") for one in event.get("readouts") or ()]
    return [one for one in (several or [event.get("article")]) if isinstance(one, dict)]


def _of_reports(key: str) -> Any:
    return lambda event: list(dict.fromkeys(one[key] for one in reports(event) if one.get(key)))


def _path(name: str, description: str, path: str | None = None, kind: Kind = Kind.text) -> Column:
    where = path or name
    return Column(name, kind, description, lambda event: at(event, where), where)


EVENTS = Table(
    "event",
    (
        _path("id", "Id of the event"),
        _path("url", "Where the whole record is served"),
        _path("type", "Kind of event"),
        _path("status", "occurred, planned or cancelled"),
        _path("mode", "in_person, phone, video or written"),
        _path("title", "One line made from the record"),
        _path("date_start", "First day", "date.start", Kind.day),
        _path("date_end", "Last day", "date.end", Kind.day),
        _path("date_precision", "day, month or year", "date.precision"),
        _path("date_basis", "stated, inferred or publication", "date.basis"),
        _path("date_confidence", "How sure the date is, 0 to 1", "date.confidence", Kind.number),
        _path("part_of_day", "Part of the day that the article names", "date.part_of_day"),
        _path("venue_name", "Building or site", "venue.name"),
        _path("venue_city", "City", "venue.city"),
        _path("venue_country", "ISO 3166-1 alpha-2 code of the place", "venue.country"),
        _path("latitude", "Degrees north, WGS 84", "venue.latitude", Kind.number),
        _path("longitude", "Degrees east, WGS 84", "venue.longitude", Kind.number),
        _path("occasion_id", "Id of the summit or conference", "occasion.id"),
        _path("occasion", "The summit or conference", "occasion.name"),
        _path("countries", "ISO 3166-1 alpha-2 codes of the parties", kind=Kind.texts),
        _path("organizations", "Ids of the organisations that are parties", kind=Kind.texts),
        Column(
            "participants",
            Kind.texts,
            "Those who took part",
            lambda event: names_of(event.get("participants"), "name"),
            "participants",
        ),
        Column(
            "participant_ids",
            Kind.texts,
            "Their ids; their name where none is known, so that both lists go together",
            lambda event: names_of(event.get("participants"), "actor_id", "name"),
            "participants",
        ),
        _path("topics", "What it was about", kind=Kind.texts),
        Column(
            "commitments",
            Kind.texts,
            "What was promised, asked, backed or restated, in the words of the article",
            lambda event: names_of(event.get("commitments"), "text"),
            "commitments",
        ),
        _path("plover_type", "PLOVER event type", "codes.plover.type"),
        _path("plover_mode", "PLOVER mode", "codes.plover.mode"),
        _path("cameo", "CAMEO code", "codes.cameo"),
        _path("confidence", "How sure it is that this is an event with these parties, 0 to 1", kind=Kind.number),
        Column("article_ids", Kind.texts, "Ids of the articles that report it", _of_reports("id"), "article"),
        Column("article_urls", Kind.texts, "Where they were published", _of_reports("url"), "article"),
        Column("publishers", Kind.texts, "Who published them", _of_reports("publisher"), "article"),
        Column("languages", Kind.texts, "Their languages, BCP 47", _of_reports("language"), "article"),
        Column(
            "published",
            Kind.day,
            "When the first of them was published",
            lambda event: min((one["published"] for one in reports(event) if one.get("published")), default=None),
            "article",
        ),
    ),
)
