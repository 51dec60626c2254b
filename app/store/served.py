"""The JSON of events and commitments: of what is kept, what is served."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from app.records import Commitment, Event
from app.store.documents import Document


def event_brief(event_id: str, event: Event) -> str:
    """The event at which a commitment was made, in a few words: JSON that all its commitments share."""
    when = event.date
    brief = {
        "id": event_id,
        "type": event.type,
        "status": event.status,
        "title": event.title,
        "date": when and {"start": f"{when.start}", "end": f"{when.end}", "precision": when.precision},
        "countries": event.countries,
        "organizations": event.organizations,
    }
    return _as_written(brief)


_as_written = json.JSONEncoder(ensure_ascii=False).encode


def commitment_document(commitment: Commitment, event_id: str, event: Event) -> str:
    """The JSON that is kept of a commitment: everything that is served but its id and addresses."""
    return with_event(commitment.model_dump_json(exclude={"id"}), event_brief(event_id, event))


def with_event(commitment: str, brief: str) -> str:
    """The JSON that is kept of a commitment, of its own JSON without the id and of that of its event."""
    return f'{commitment[:-1]},"event":{brief}}}'


@lru_cache(maxsize=64)
def _opened(address: str) -> bytes:
    """An address as a JSON string that an id of ours, which needs no escapes, is to end."""
    return json.dumps(address)[:-1].encode()


def _bytes(kept: Document) -> bytes:
    return kept.encode() if isinstance(kept, str) else kept


def served(kept: Document, event_id: str, base: str) -> bytes:
    """The JSON that is served of a kept document, under the server's address `base`."""
    return served_events(((event_id, kept),), base)[0]


def served_events(found: Iterable[tuple[str, Document]], base: str) -> list[bytes]:
    """The same of some, with their ids."""
    opened = _opened(f"{base}/events/")
    return [_LINKED % (id_ := one.encode(), at := opened + id_, at, at, _bytes(kept)[1:]) for one, kept in found]


_LINKED = b'{"id":"%b","url":%b","readouts_url":%b/readouts","revisions_url":%b/revisions",%b'


def served_commitment(kept: Document, commitment_id: str, base: str) -> bytes:
    """The JSON that is served of a kept commitment, under the server's address `base`."""
    # Quotes within texts are escaped, so that this stands nowhere else.
    commitment, _, event = _bytes(kept).rpartition(b'"event":{"id": "')
    id_, event_id = commitment_id.encode(), event.partition(b'"')[0]
    head = b'{"id":"%b","url":%b%b",' % (id_, _opened(f"{base}/commitments/"), id_)
    at = b'"event":{"url":%b%b","id":"' % (_opened(f"{base}/events/"), event_id)
    return b"".join((head, commitment[1:], at, event))
