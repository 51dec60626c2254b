"""Atom (RFC 4287): one entry an event. Text from outside is escaped; what XML 1.0 cannot hold is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

import orjson

from app.formats.about import About
from app.formats.events import reports
from app.formats.table import Fields, Json, at

_NOT_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = "1970-01-01"


def _text(value: str) -> str:
    return escape(_NOT_XML.sub("", value))


def _attribute(value: str) -> str:
    return quoteattr(_NOT_XML.sub("", value))


def _updated(event: Fields) -> str:
    """When the entry last changed: as the record says, else when the news came out, else when it happened."""
    if changed := event.get("updated"):
        return str(changed)
    days = [one["published"] for one in reports(event) if one.get("published")]
    return f"{max(days) if days else at(event, 'date.start') or _EPOCH}T00:00:00Z"


_KNOWN = {"day": 10, "month": 7, "year": 4}
"""How much of a date as YYYY-MM-DD is known at a precision."""


def known_days(date: Fields) -> str:
    """The days of a date as far as they are known: of an event in some May `2018-05`, not all the days of that May."""
    first, last = (date[end][: _KNOWN[date["precision"]]] for end in ("start", "end"))
    return first if first == last else f"{first} – {last}"


def summary(event: Fields) -> str:
    """What an event is about, in some lines."""
    date, venue = event.get("date"), event.get("venue")
    lines = []
    if date:
        lines.append(f"{known_days(date)} ({date['basis']}, {date['confidence']:.2f})")
    if venue and (place := [venue[key] for key in ("name", "city", "country") if venue.get(key)]):
        lines.append(", ".join(place))
    lines += [f"{one['kind']}: {one['text']}" for one in event.get("commitments") or ()]
    return "\n".join(lines)


def _entry(event: Fields) -> Iterator[str]:
    first = next(iter(reports(event)), {})
    yield f"<entry><id>urn:dragoman:event:{_text(event['id'])}</id>"
    yield f"<title>{_text(event['title'])}</title><updated>{_text(_updated(event))}</updated>"
    page = f"{event['url'].removesuffix('/events/' + event['id'])}/?view=event&id={event['id']}"
    yield f'<link rel="alternate" type="text/html" href={_attribute(page)}/>'
    yield f'<link rel="alternate" type="application/json" href={_attribute(event["url"])}/>'
    for report in reports(event):
        if address := report.get("url"):
            yield f'<link rel="via" hreflang={_attribute(report["language"])} href={_attribute(address)}/>'
    yield f"<author><name>{_text(first.get('publisher') or 'Dragoman')}</name></author>"
    for label in (event["type"], *event.get("topics", ())):
        yield f"<category term={_attribute(label)}/>"
    yield f'<summary type="text">{_text(summary(event))}</summary></entry>\n'


def write(records: Iterable[Json], about: About) -> Iterator[bytes]:
    """One feed; it is as old as the first record, which is the newest."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>{_text(about.url)}</id><title>{_text(about.title)}</title>"
        f'<link rel="self" type="application/atom+xml" href={_attribute(about.url)}/><generator>Dragoman</generator>'
    )
    started = False
    for record in records:
        event = orjson.loads(record)
        if not started:
            yield f"{head}<updated>{_text(_updated(event))}</updated>\n".encode()
            started = True
        yield "".join(_entry(event)).encode()
    if not started:
        yield f"{head}<updated>{_EPOCH}T00:00:00Z</updated>\n".encode()
    yield b"</feed>\n"
