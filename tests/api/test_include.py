"""`include`: what belongs to a record, within it, is what its own address gives."""

from __future__ import annotations

import httpx
import pytest

from app.routers.actors import ActorWithEvents
from app.routers.commitments import CommitmentPage
from app.routers.events import EventPage
from tests.api.test_filters import empty as empty  # noqa: PLC0414
from tests.api.test_filters import served as served  # noqa: PLC0414

pytestmark = pytest.mark.both


async def test_what_belongs_to_events(served: httpx.AsyncClient) -> None:
    names = "readouts,actors,articles"
    answer = await served.get("/events", params={"include": names, "limit": 9, "country": "US"})
    EventPage.model_validate_json(answer.content)
    plain = (await served.get("/events", params={"limit": 9, "country": "US"})).json()["data"]
    assert [{name: one[name] for name in one if name != "included"} for one in answer.json()["data"]] == plain
    for one in answer.json()["data"][:4]:
        included = one["included"]
        told = (await served.get(f"/events/{one['id']}/readouts")).json()["data"]
        assert included["readouts"] == told
        ids = list(dict.fromkeys(person["actor_id"] for person in one["participants"] if person["actor_id"]))
        assert [actor["id"] for actor in included["actors"]] == ids
        assert all([(await served.get(actor["url"])).json() == actor for actor in included["actors"]])
        listed = (await served.get("/articles", params={"article": told[0]["article"]["id"]})).json()["data"]
        assert included["articles"][0] in listed
        single = await served.get(f"/events/{one['id']}", params={"include": names.split(",")})
        assert single.json() == one
    short = await served.get("/events", params={"include": "actors", "fields": "title", "limit": 2, "lang": "zh"})
    assert [set(one) for one in short.json()["data"]] == [{"title", "included"}] * 2
    lines = (await served.get("/events.ndjson", params={"include": "actors"})).text.splitlines()
    assert len(lines) == (await served.get("/events", params={"count": "exact"})).json()["count"]
    assert all('"included":{"actors"' in line for line in lines)


async def test_what_belongs_to_commitments_and_actors(served: httpx.AsyncClient) -> None:
    answer = await served.get("/commitments", params={"include": "event", "limit": 5, "lang": "vi"})
    CommitmentPage.model_validate_json(answer.content)
    for one in answer.json()["data"]:
        assert (await served.get(one["event"]["url"], params={"lang": "vi"})).json() == one["included"]["event"]
        assert (await served.get(one["url"], params={"include": "event", "lang": "vi"})).json() == one
    actor = await served.get("/actors/joe-biden", params={"include": "events"})
    ActorWithEvents.model_validate_json(actor.content)
    events = (await served.get("/events", params={"actor": "joe-biden", "limit": 20})).json()["data"]
    assert actor.json()["included"]["events"] == events != []


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/events?include=actor", "Did you mean 'actors'?"),
        ("/events?include=readouts,artikles", "Did you mean 'articles'?"),
        ("/events?include=actors&limit=51", "Take 50."),
        ("/events/ev_none?include=text", "One of: readouts, actors, articles."),
        ("/events/ev_none?include=actors&as_of=2026-01-01", "Leave out include or as_of."),
        ("/commitments?include=events", "Did you mean 'event'?"),
        ("/actors/joe-biden?include=event", "Did you mean 'events'?"),
        ("/countries?include=events", "None"),
    ],
)
async def test_what_cannot_be_included(empty: httpx.AsyncClient, path: str, hint: str) -> None:
    answer = await empty.get(path)
    assert answer.status_code == 422, answer.text
    if hint != "None":
        assert hint in [one.get("hint") for one in answer.json()["errors"]]
