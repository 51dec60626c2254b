"""The event table that tools of the field read: a tab-separated file with the columns of the ICEWS coded event data
(Boschee et al., Harvard Dataverse, doi:10.7910/DVN/28075), then PLOVER and our own id.

One row is one party doing something to another, as in all CAMEO data. What is done together (talks, signings) has a
row in each direction; a visit is 042 for the guest and 043 for the host. `read_events_tsv()` of the R package icews
takes the file as it is, and so does whatever reads tab-separated values without quotes. `Intensity` is the scale of
Goldstein (1992) as extended to CAMEO by Schrodt.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

import orjson

from app.formats.about import About
from app.formats.events import reports
from app.formats.table import Fields, Json, at, safe

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
    "PLOVER Type", "PLOVER Mode", "Status", "Date Precision", "Confidence", "Record ID", "Record URL",
)  # fmt: skip

_MEANINGS: dict[str, tuple[str, float]] = {
    "010": ("Make statement", 0.0),
    "030": ("Express intent to cooperate", 4.0),
    "032": ("Express intent to engage in diplomatic cooperation (such as policy support)", 4.5),
    "033": ("Express intent to provide material aid", 5.2),
    "036": ("Express intent to meet or negotiate", 4.0),
    "039": ("Express intent to mediate", 5.0),
    "040": ("Consult", 1.0),
    "041": ("Discuss by telephone", 1.0),
    "042": ("Make a visit", 1.9),
    "043": ("Host a visit", 2.8),
    "044": ("Meet at a 'third' location", 2.5),
    "045": ("Mediate", 5.0),
    "046": ("Engage in negotiation", 7.0),
    "050": ("Engage in diplomatic cooperation", 3.5),
    "051": ("Praise or endorse", 3.4),
    "054": ("Grant diplomatic recognition", 6.0),
    "057": ("Sign formal agreement", 8.0),
    "070": ("Provide aid", 7.0),
    "114": ("Complain officially", -2.0),
    "120": ("Reject", -4.0),
    "125": ("Reject proposal to meet, discuss, or negotiate", -5.0),
    "1312": ("Threaten to boycott, embargo, or sanction", -5.8),
    "1313": ("Threaten to reduce or break relations", -5.8),
    "136": ("Threaten to expel or withdraw peacekeepers", -7.0),
    "161": ("Reduce or break diplomatic relations", -4.0),
    "163": ("Impose embargo, boycott, or sanctions", -8.0),
    "166": ("Expel or withdraw", -7.0),
}
"""CAMEO code -> how ICEWS names it, and its intensity."""

_TOGETHER = frozenset({"030", "036", "040", "041", "044", "046", "050", "054", "057", "125"})
"""What all parties do with each other; the other codes have a doer and one it is done to."""

_VISIT, _HOSTING = "042", "043"
_DOERS = frozenset({"sender", "guest", "mediator"})
_DONE_TO = frozenset({"recipient", "target", "host"})

_SECTORS = {
    "head_of_state": "Government,Executive,Executive Office",
    "head_of_government": "Government,Executive,Executive Office",
    "minister": "Government,Executive",
    "ambassador": "Government,Executive,Diplomatic",
    "envoy": "Government,Executive,Diplomatic",
    "legislature": "Government,Legislative / Parliamentary",
    "party": "Parties",
}
_BODY = "International Government Organization"


@dataclass(frozen=True, slots=True)
class _Party:
    """A country or a body, and whoever stands for it."""

    id: str
    name: str
    sectors: str
    country: str


_NOBODY = _Party("", "", "", "")


def _standing_for(participant: Fields) -> str | None:
    return participant.get("country") or participant.get("organization") or participant.get("actor_id")


_CODE = re.compile("[A-Z]{2}")
"""ISO codes of countries; ids of bodies (`eu`, `un`) are not in capitals."""


def _party(id_: str, event: Fields, about: About) -> _Party:
    """The first person of a party speaks for it, else it has its own name. Bodies of states have no country."""
    people = [one for one in event.get("participants") or () if _standing_for(one) == id_]
    first: Fields = next((one for one in people if one["kind"] == "person"), next(iter(people), {}))
    is_country = _CODE.fullmatch(id_) is not None
    home = about.country(id_) if is_country else ""
    name = first.get("name") or home or about.organization(id_)
    unranked = _BODY if id_ in event.get("organizations", ()) else "Government" if is_country and not first else ""
    sectors = _SECTORS.get(first.get("level") or "", unranked)
    return _Party(id_, name, sectors, home)


def _with_role(event: Fields, roles: frozenset[str]) -> list[str]:
    found = (_standing_for(one) for one in event.get("participants") or () if one.get("role") in roles)
    return list(dict.fromkeys(id_ for id_ in found if id_))


def directions(event: Fields) -> list[tuple[str, str | None, str]]:
    """Source, target and CAMEO code of each row of an event: ISO codes, or ids of bodies."""
    cameo = event["codes"]["cameo"]
    parties = list(dict.fromkeys((*event["countries"], *event.get("organizations", ()))))
    if len(parties) < 2:
        return [(party, None, cameo) for party in parties or _with_role(event, _DOERS)[:1] or [""]]
    doers, done_to = _with_role(event, _DOERS), _with_role(event, _DONE_TO)
    if cameo in (_VISIT, _HOSTING):
        guests = doers or [party for party in parties if party not in done_to]
        hosts = [party for party in parties if party not in guests]
        pairs = list(product(guests, hosts))
        return [(guest, host, _VISIT) for guest, host in pairs] + [(host, guest, _HOSTING) for guest, host in pairs]
    if cameo in _TOGETHER:
        return [(one, other, cameo) for one, other in permutations(parties, 2)]
    sources = doers or [party for party in parties if party not in done_to][:1] or parties[:1]
    return [(source, target, cameo) for source in sources for target in parties if target not in sources]


def _number(id_: str) -> int:
    """An id as the whole number of 31 bits that the columns of ICEWS want; `Record ID` has the id itself."""
    return int.from_bytes(hashlib.sha256(id_.encode()).digest()[:4]) >> 1


def _rows(event: Fields, about: About) -> Iterator[list[Any]]:
    venue, story = event.get("venue") or {}, next(iter(reports(event)), {})
    for source_id, target_id, cameo in directions(event):
        source = _party(source_id, event, about) if source_id else _NOBODY
        target = _party(target_id, event, about) if target_id else _NOBODY
        meaning, intensity = _MEANINGS.get(cameo, ("", ""))
        yield [
            _number(event["id"]), at(event, "date.start"), source.name, source.sectors, source.country,
            meaning, cameo, intensity, target.name, target.sectors, target.country,
            _number(story["id"]) if story.get("id") else None, None, story.get("publisher"), venue.get("city"),
            None, None, about.country(venue["country"]) if venue.get("country") else None,
            venue.get("latitude"), venue.get("longitude"),
            event["codes"]["plover"]["type"], event["codes"]["plover"].get("mode"), event["status"],
            at(event, "date.precision"), event["confidence"], event["id"], event["url"],
        ]  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else str(value)


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """A line with the names of the columns, then one for each direction of each event."""
    yield "\t".join(COLUMNS).encode() + b"\n"
    for record in records:
        rows = _rows(orjson.loads(record), about)
        yield "".join("\t".join(map(_cell, row)) + "\n" for row in rows).encode()
