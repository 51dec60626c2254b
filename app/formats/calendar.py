"""iCalendar (RFC 5545): each dated event an all-day entry that blocks no time; undated ones are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import orjson

from app.formats.about import About
from app.formats.atom import known_days, summary
from app.formats.events import reports
from app.formats.table import Fields, Json, one_line

_STATUS = {"occurred": "CONFIRMED", "planned": "TENTATIVE", "cancelled": "CANCELLED"}


def _stamp(event: Fields) -> datetime:
    """When the entry was made: as the record says, else the day of the news; never the clock's, so that the same
    events give the same file."""
    if changed := event.get("updated"):
        return datetime.fromisoformat(changed).astimezone(UTC)
    days = [one["published"] for one in reports(event) if one.get("published")]
    return datetime.combine(date.fromisoformat(max(days) if days else event["date"]["start"]), time(), UTC)


def _entry(event: Fields) -> bytes:
    import icalendar  # noqa: PLC0415  a fifth of a second, for those who ask for a calendar

    entry, when, venue = icalendar.Event(), event["date"], event.get("venue") or {}
    entry.add("uid", f"{event['id']}@dragoman")
    entry.add("dtstamp", _stamp(event))
    entry.add("dtstart", date.fromisoformat(when["start"]))
    # The end is the day after the last; the last day there is has none after it.
    last = date.fromisoformat(when["end"])
    entry.add("dtend", last if last == date.max else last + timedelta(days=1))
    # A calendar knows days only: what is known to the month takes all of it, and says so.
    roughly = "" if when["precision"] == "day" else f" ({known_days(when)})"
    entry.add("summary", one_line(event["title"]) + roughly)
    entry.add("status", _STATUS[event["status"]])
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [event["type"], *event.get("topics", ())])
    entry.add("description", "\n".join(map(one_line, summary(event).splitlines())))
    entry.add("url", event["url"])
    if place := [one_line(venue[key]) for key in ("name", "city", "country") if venue.get(key)]:
        entry.add("location", ", ".join(place))
    if venue.get("latitude") is not None and venue.get("longitude") is not None:
        entry.add("geo", (venue["latitude"], venue["longitude"]))
    return bytes(entry.to_ical())


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """One calendar."""
    import icalendar  # noqa: PLC0415

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Dragoman//diplomatic events//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", one_line(about.title))
    last = b"END:VCALENDAR\r\n"
    yield calendar.to_ical().removesuffix(last)
    for record in records:
        event = orjson.loads(record)
        if event.get("date"):
            yield _entry(event)
    yield last
