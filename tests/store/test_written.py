"""Events written in parts are what the records themselves would be written as."""

from __future__ import annotations

from typing import Any

import pytest

from app.records import Event
from app.store import merged, written
from app.store.documents import ArticleSummary
from app.store.ids import readout_id
from app.store.readouts import Readout
from app.store.served import commitment_document, event_brief, with_event
from tests.store.reports import SPAN, event

PROMISE = {"kind": "pledge", "force": "undertaking", "actors": ["VN"], "evidence": [SPAN]}
AMOUNT = {"value": 1.5, "unit": "USD", "evidence": [SPAN]}
TRICKY = '"commitments":[],"id":"cm_x" \\ "event":{"id": "'
EVENTS = [
    {"people": ["pham-minh-chinh@VN", "joe-biden@US:head_of_state"], "day": "2021-11-02", "city": "Glasgow"},
    {"countries": ["VN"], "title": TRICKY, "occasion": "cop-26"},
    {
        "people": ["=A@VN"],
        "commitments": [{**PROMISE, "text": TRICKY}, {**PROMISE, "text": "Two", "amounts": [AMOUNT]}],
    },
    {"countries": ["VN", "US"], "commitments": [{**PROMISE, "text": "Same"}] * 2},
]


def readout(given: Event, number: int = 1) -> Readout:
    brief = ArticleSummary(id=f"ar_{number}", source='a "b".txt', language="vi", headline=TRICKY)
    return Readout(number, readout_id(f"{number}", 0), number, 0, given, brief)


@pytest.mark.parametrize("given", EVENTS)
def test_an_event_of_one_readout(given: dict[str, Any]) -> None:
    one = readout(event(**given))
    parts, whole = written.parts(one.event), merged.single(one)
    assert parts.whole() == one.event.model_dump_json()
    for made in (written.single(one.id, one.event, one.brief, parts), written.kept(whole)):
        assert made.document == whole.model_dump_json()
        brief = event_brief("ev_x", one.event)
        assert [with_event(promise.json, brief) for promise in made.promises] == [
            commitment_document(promise, "ev_x", whole) for promise in whole.commitments
        ]
        assert [promise.id for promise in made.promises] == [promise.id for promise in whole.commitments]


def test_an_event_of_two_readouts() -> None:
    both = [readout(event(**EVENTS[2]), number) for number in (1, 2)]
    whole = merged.kept(both, {one.id: one.id for one in both})
    made = written.kept(whole)
    assert made.document == whole.model_dump_json()
    assert all('"readouts":[' in promise.json and '"id":"cm_' not in promise.json for promise in made.promises)
