"""Random events for the tests of filters, random filters, and what a filter means, written down plainly once more."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.store.fold import fold

CODES = ("VN", "US", "JP", "AT")
TOPICS = ("climate", "trade", "energy")
TYPES = ("meeting", "phone_call", "visit")
LEVELS = ("head_of_state", "minister")
PLACES = (
    ("Hanoi", "VN", 21.02, 105.84),
    ("Hanoi", "VN", 21.03, 105.9),
    ("Tokyo", "JP", 35.68, 139.69),
    ("Apia", "MY", -13.83, -171.77),
)
PEOPLE = (("pham-minh-chinh", "Phạm Minh Chính", "VN"), ("joe-biden", "Joe Biden", "US"), (None, "Kim Boo-kyum", "JP"))
DAYS = [date(2021, 10, 30) + timedelta(days) for days in range(0, 60, 7)]

Made = dict[str, Any]
Test = Callable[[Made], bool]


def _some(chance: random.Random, values: tuple[Any, ...], most: int = 2) -> list[Any]:
    return chance.sample(values, chance.randint(0, most))


def commitment(chance: random.Random) -> Made:
    """A random commitment."""
    kind = chance.choice(("pledge", "request", "agreement"))
    made: Made = {
        "kind": kind,
        "force": "position" if kind == "request" else "undertaking",
        "actors": _some(chance, (*CODES, "asean")) or ["VN"],
        "recipients": _some(chance, CODES),
        "text": chance.choice(("Giảm phát thải", "购买飞机", "Buy aircraft")),
        "topics": _some(chance, TOPICS),
    }
    if chance.random() < 0.5:
        amount = {"value": chance.choice((5, 100, 2.5e9)), "unit": chance.choice(("USD", "percent"))}
        # Some have a second one, which counts as much.
        made["amounts"] = [amount, {"value": 70, "unit": "USD"}] if amount["value"] == 5 else [amount]
    if chance.random() < 0.5:
        made["deadline"] = {"date": chance.choice(("2030-12-31", "2045-06-01")), "precision": "day"}
    return made


def event(chance: random.Random, number: int) -> Made:
    """A random event with a title of its own."""
    made: Made = {
        "title": f"Event {number}",
        "type": chance.choice(TYPES),
        "status": chance.choice(("occurred", "planned")),
        "mode": chance.choice(("in_person", "phone", None)),
        "countries": sorted(_some(chance, CODES, 3)),
        "organizations": _some(chance, ("asean", "eu"), 1),
        "topics": _some(chance, TOPICS),
        "confidence": chance.choice((0.35, 0.5, 0.8, 0.95, 1)),
        "commitments": [commitment(chance) for _ in range(chance.randint(0, 2))],
        "participants": [
            {"kind": "person", "name": name, "actor_id": id_, "country": code, "level": chance.choice((*LEVELS, None))}
            for id_, name, code in _some(chance, PEOPLE)
        ],
    }
    if chance.random() < 0.85:
        first = chance.choice(DAYS)
        last = first + timedelta(chance.choice((0, 0, 2, 40)))
        basis = chance.choice(("stated", "inferred"))
        made["date"] = {"start": str(first), "end": str(last), "precision": "day", "basis": basis, "confidence": 1}
    if chance.random() < 0.7:
        city, code, latitude, longitude = chance.choice(PLACES)
        made["venue"] = {"city": city, "country": code, "latitude": latitude, "longitude": longitude}
    if chance.random() < 0.3:
        made["occasion"] = {"id": chance.choice(("cop-26", "cop-27")), "name": "COP"}
    return made


def _day(one: Made, which: str) -> str:
    return (one["date"] or {}).get(which) or ""


def _inside(venue: Made | None, west: float, south: float, east: float, north: float) -> bool:
    if not venue or venue["latitude"] is None or not south <= venue["latitude"] <= north:
        return False
    place = venue["longitude"]
    return bool(west <= place <= east if west <= east else place >= west or place <= east)


@dataclass(frozen=True)
class Promised:
    """Whether an event has a commitment like this; all that is asked of amount and deadline is asked of one."""

    one: Test

    def __call__(self, event: Made) -> bool:
        return any(self.one(commitment) for commitment in event["commitments"])


def _due(commitment: Made, first: str, last: str) -> bool:
    return bool(commitment["deadline"]) and first <= commitment["deadline"]["date"] <= last


def _names(one: Made) -> str:
    return " | ".join(f" {fold(person['name'])} " for person in one["participants"])


def _reports(one: Made, field: str) -> set[str]:
    return {readout["article"][field] for readout in one["readouts"]}


# Parameters, and what they mean of an event as it is served.
EVENT_FILTERS: list[tuple[Made, Test]] = [
    ({"country": "US"}, lambda e: "US" in e["countries"]),
    ({"country": ["Việt Nam", "日本"]}, lambda e: {"VN", "JP"} <= set(e["countries"])),
    ({"country_any": ["American", "AT"]}, lambda e: bool({"US", "AT"} & set(e["countries"]))),
    ({"country_exact": ["VN", "USA"]}, lambda e: set(e["countries"]) == {"VN", "US"}),
    ({"country_not": ["JP", "AT"]}, lambda e: not {"JP", "AT"} & set(e["countries"])),
    ({"type": ["visit", "meeting"]}, lambda e: e["type"] in ("visit", "meeting")),
    ({"status": "planned"}, lambda e: e["status"] == "planned"),
    ({"mode": "phone"}, lambda e: e["mode"] == "phone"),
    ({"participant": "minh chinh"}, lambda e: " minh chinh " in _names(e)),
    ({"participant": ["Boo-kyum"]}, lambda e: " boo kyum " in _names(e)),
    ({"actor": "拜登"}, lambda e: any(p["actor_id"] == "joe-biden" for p in e["participants"])),
    ({"level": ["minister"]}, lambda e: any(p["level"] == "minister" for p in e["participants"])),
    ({"organization": "东盟"}, lambda e: "asean" in e["organizations"]),
    ({"topic": ["climate", "trade"]}, lambda e: {"climate", "trade"} <= set(e["topics"])),
    ({"topic_any": ["climate", "energy"]}, lambda e: bool({"climate", "energy"} & set(e["topics"]))),
    ({"language": "zh"}, lambda e: "zh" in _reports(e, "language")),
    ({"publisher": "VietnamPlus.vn"}, lambda e: "VietnamPlus.vn" in _reports(e, "publisher")),
    ({"occasion": "cop-26"}, lambda e: (e["occasion"] or {}).get("id") == "cop-26"),
    ({"occasion": "UN climate summit"}, lambda e: e["occasion"] is not None),
    ({"venue_country": "JP"}, lambda e: (e["venue"] or {}).get("country") == "JP"),
    ({"venue_city": ["河内", "Apia"]}, lambda e: (e["venue"] or {}).get("city") in ("Hanoi", "Apia")),
    ({"bbox": "100,20,110,22"}, lambda e: _inside(e["venue"], 100, 20, 110, 22)),
    ({"bbox": "130,-40,-170,60"}, lambda e: _inside(e["venue"], 130, -40, -170, 60)),
    ({"bbox": "105.85,20,110,22"}, lambda e: _inside(e["venue"], 105.85, 20, 110, 22)),
    ({"date_basis": ["inferred", "none"]}, lambda e: (e["date"] or {"basis": None})["basis"] in ("inferred", None)),
    ({"min_confidence": 0.5}, lambda e: e["confidence"] >= 0.5),
    ({"min_confidence": 0.83}, lambda e: e["confidence"] >= 0.83),
    ({"commitment_kind": "request"}, lambda e: any(c["kind"] == "request" for c in e["commitments"])),
    ({"amount_min": 50, "amount_max": 1000}, Promised(lambda c: any(50 <= a["value"] <= 1000 for a in c["amounts"]))),
    (
        {"amount_unit": "USD", "amount_min": 100},
        Promised(lambda c: any(a["unit"] == "USD" and a["value"] >= 100 for a in c["amounts"])),
    ),
    ({"deadline_to": "2030"}, Promised(lambda c: _due(c, "", "2030-12-31"))),
    ({"deadline_from": "2040-01"}, Promised(lambda c: _due(c, "2040-01-01", "9999"))),
    ({"date": "2021-11"}, lambda e: _day(e, "start")[:7] <= "2021-11" <= _day(e, "end")[:7]),
    ({"on": "2021-11-07"}, lambda e: "" < _day(e, "start") <= "2021-11-07" <= _day(e, "end")),
    ({"date_from": "2021-11-20"}, lambda e: _day(e, "end") >= "2021-11-20"),
    ({"date_to": "2021-11-20"}, lambda e: "" < _day(e, "start") <= "2021-11-20"),
    ({"date_from": "2021-12", "date_to": "2021"}, lambda e: _day(e, "end") >= "2021-12-01"),
    ({"q": '"event 50"'}, lambda e: bool({"Tin tức 5", "Reports 5"} & _reports(e, "headline"))),
    ({"q": "tin tuc"}, lambda e: any("Tin tức" in (r["article"]["headline"] or "") for r in e["readouts"])),
]

# The same for a commitment and the event it was made at.
COMMITMENT_FILTERS: list[tuple[Made, Callable[[Made, Made], bool]]] = [
    ({"actor": "Mỹ"}, lambda c, e: "US" in c["actors"]),
    ({"actor": ["ASEAN", "VN"]}, lambda c, e: {"asean", "VN"} <= set(c["actors"])),
    ({"recipient": "越南"}, lambda c, e: "VN" in c["recipients"]),
    ({"between": ["VN", "US"]}, lambda c, e: {"VN", "US"} <= {*c["actors"], *c["recipients"]}),
    ({"country": "JP"}, lambda c, e: "JP" in e["countries"]),
    ({"country_any": ["JP", "AT"]}, lambda c, e: bool({"JP", "AT"} & set(e["countries"]))),
    ({"country_not": "US"}, lambda c, e: "US" not in e["countries"]),
    ({"participant": "biden"}, lambda c, e: " biden " in _names(e)),
    ({"kind": ["pledge", "agreement"]}, lambda c, e: c["kind"] in ("pledge", "agreement")),
    ({"force": "position"}, lambda c, e: c["force"] == "position"),
    ({"topic": "climate"}, lambda c, e: "climate" in c["topics"]),
    ({"topic_any": ["trade", "energy"]}, lambda c, e: bool({"trade", "energy"} & set(c["topics"]))),
    ({"type": "visit"}, lambda c, e: e["type"] == "visit"),
    ({"status": "planned"}, lambda c, e: e["status"] == "planned"),
    ({"language": "zh"}, lambda c, e: "zh" in _reports(e, "language")),
    ({"has_deadline": True}, lambda c, e: c["deadline"] is not None),
    ({"has_deadline": False}, lambda c, e: c["deadline"] is None),
    ({"amount_unit": "percent"}, lambda c, e: any(a["unit"] == "percent" for a in c["amounts"])),
    ({"amount_min": 50}, lambda c, e: any(a["value"] >= 50 for a in c["amounts"])),
    ({"amount_max": 5}, lambda c, e: any(a["value"] <= 5 for a in c["amounts"])),
    (
        {"amount_unit": "USD", "amount_max": 5},
        lambda c, e: any(a["unit"] == "USD" and a["value"] <= 5 for a in c["amounts"]),
    ),
    ({"deadline_from": "2031"}, lambda c, e: bool(c["deadline"]) and c["deadline"]["date"] >= "2031-01-01"),
    ({"deadline_to": "2031"}, lambda c, e: bool(c["deadline"]) and c["deadline"]["date"] <= "2031-12-31"),
    ({"date": "2021-11"}, lambda c, e: _day(e, "start")[:7] <= "2021-11" <= _day(e, "end")[:7]),
    ({"date_from": "2021-12"}, lambda c, e: _day(e, "end") >= "2021-12-01"),
    ({"date_to": "2021-11-01"}, lambda c, e: "" < _day(e, "start") <= "2021-11-01"),
    ({"country_exact": ["VN", "USA"]}, lambda c, e: set(e["countries"]) == {"VN", "US"}),
    ({"level": ["minister"]}, lambda c, e: any(p["level"] == "minister" for p in e["participants"])),
    ({"organization": "东盟"}, lambda c, e: "asean" in e["organizations"]),
    ({"mode": "phone"}, lambda c, e: e["mode"] == "phone"),
    ({"publisher": "VietnamPlus.vn"}, lambda c, e: "VietnamPlus.vn" in _reports(e, "publisher")),
    ({"occasion": "UN climate summit"}, lambda c, e: e["occasion"] is not None),
    ({"venue_country": "JP"}, lambda c, e: (e["venue"] or {}).get("country") == "JP"),
    ({"venue_city": ["河内", "Apia"]}, lambda c, e: (e["venue"] or {}).get("city") in ("Hanoi", "Apia")),
    ({"bbox": "130,-40,-170,60"}, lambda c, e: _inside(e["venue"], 130, -40, -170, 60)),
    ({"date_basis": "inferred"}, lambda c, e: (e["date"] or {"basis": None})["basis"] == "inferred"),
    ({"min_confidence": 0.83}, lambda c, e: e["confidence"] >= 0.83),
    ({"q": "phat thai"}, lambda c, e: "Giảm" in c["text"]),
    ({"q": "飞机"}, lambda c, e: "飞机" in c["text"]),
]
