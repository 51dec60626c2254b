"""Small reports for the tests of merging, out of a few words each."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from app.merging.report import Report
from app.records import Event, Extraction

CODES = {"plover": {"type": "CONSULT"}, "cameo": "040"}
SPAN = {"start": 0, "end": 4, "quote": "News"}


def _person(written: str) -> dict[str, Any]:
    name, _, party = written.partition("@")
    party, _, level = party.partition(":")
    unknown = name.startswith("=")
    return {
        "kind": "person",
        "name": name.removeprefix("=") if unknown else name.replace("-", " ").title(),
        "actor_id": None if unknown else name,
        "country": party,
        "level": level or None,
        "evidence": [SPAN],
    }


def event(**given: Any) -> Event:
    """An event record out of a few words."""
    people = [_person(one) for one in given.get("people") or ()]
    countries = given.get("countries") or list(dict.fromkeys(one["country"] for one in people))
    day = given.get("day")
    when = day and {
        "start": day,
        "end": given.get("end") or day,
        "precision": given.get("precision", "day"),
        "part_of_day": given.get("part"),
        "basis": given.get("basis", "stated"),
        "confidence": given.get("conf", 0.95),
        "alternatives": [{"start": a, "end": a, "confidence": sure} for a, sure in given.get("others", ())],
        "evidence": [SPAN],
    }
    place = {"name": given.get("place"), "city": given.get("city"), "country": given.get("at"), "evidence": [SPAN]}
    occasion = given.get("occasion")
    return Event.model_validate(
        {
            "type": given.get("type", "meeting"),
            "status": given.get("status", "occurred"),
            "mode": given.get("mode"),
            "title": given.get("title", "They met"),
            "date": when,
            "venue": place if any(place[name] for name in ("name", "city", "country")) else None,
            "occasion": occasion and {"id": occasion, "name": occasion, "evidence": [SPAN]},
            "participants": people,
            "countries": countries,
            "topics": given.get("topics") or [],
            "commitments": given.get("commitments", ()),
            "codes": CODES,
            "confidence": 0.9,
            "evidence": [SPAN],
        }
    )


def report(id_: str, **given: Any) -> Report:
    """A report out of a few words."""
    published = given.get("published")
    around = tuple(date.fromisoformat(str(day)) for day in given.get("around", ()))
    return Report(
        id_,
        given.get("article", f"ar_{id_}"),
        given.get("lang", "en"),
        event(**given),
        published=published and date.fromisoformat(str(published)),
        around=around,
    )


def extraction(text: str, events: list[dict[str, Any]], **given: Any) -> Extraction:
    """What an article with these events says."""
    return Extraction(
        source="a",
        language=given.get("lang", "en"),
        publisher=given.get("publisher"),
        published=given.get("published"),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        events=tuple(event(**one) for one in events),
    )
