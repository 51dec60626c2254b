"""Countries and pairs of them: events, levels, topics, commitments over time, last contact, next planned."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import Any

import httpx
import pytest

from app.routers.activity import today
from app.routers.countries import CountryProfile
from app.routers.dyads import DyadPage, DyadProfile
from tests import whole
from tests.api.test_filters import empty, listed, post, served  # noqa: F401  fixtures

pytestmark = pytest.mark.both


async def test_all_pairs_are_listed_those_with_the_most_events_first(served: httpx.AsyncClient) -> None:  # noqa: F811
    events = await listed(served, "/events", {"topic": "climate"})
    expected = Counter("-".join(pair) for one in events for pair in combinations(sorted(one["countries"]), 2))
    found = await listed(served, "/dyads", {"topic": "climate"}, limit=2)
    assert {one["id"]: one["events"] for one in found} == expected
    assert [one["events"] for one in found] == sorted(expected.values(), reverse=True)
    for one in found:
        list_ = (await served.get(one["events_url"] + "&count=exact")).json()
        assert list_["count"] == one["events"]
        assert list_["data"][0]["id"] == one["newest"]["id"]
    DyadPage.model_validate_json((await served.get("/dyads")).content)
    with_vn = await listed(served, "/dyads", {"country": "Việt Nam", "sort": "id"})
    assert [one["id"] for one in with_vn] == ["AT-VN", "JP-VN", "US-VN"]


async def test_two_countries_over_time(served: httpx.AsyncClient) -> None:  # noqa: F811
    events = await listed(served, "/events", {"country": ["US", "VN"]})
    commitments = await listed(served, "/commitments", {"between": ["US", "VN"]})
    answer = await served.get("/dyads/Mỹ-Việt Nam", params={"period": "month"})
    profile = DyadProfile.model_validate_json(answer.content)
    done = profile.activity
    assert (profile.id, done.events, done.commitments) == ("US-VN", len(events), len(commitments))
    months = Counter(one["date"]["start"][:7] for one in events if one["date"])
    assert {one.period: one.events for one in done.periods if one.events} == months
    topics = Counter((topic, one["date"]["start"][:7]) for one in events if one["date"] for topic in one["topics"])
    assert {(one.topic, one.period): one.events for one in done.topics if one.events} == topics
    kinds = Counter(one["kind"] for one in commitments if one["event"]["date"])
    assert sum((Counter({one.kind: one.commitments}) for one in done.commitment_kinds), Counter()) == kinds
    talks = [one for one in events if one["status"] == "occurred" and one["date"]]
    assert done.last_contact
    assert done.last_contact.id == talks[0]["id"]
    assert done.next_planned is None
    november = (await served.get("/dyads/US-VN", params={"date": "2021-11"})).json()["activity"]
    assert november["events"] == len(await listed(served, "/events", {"country": ["US", "VN"], "date": "2021-11"}))


async def test_a_country_over_time(served: httpx.AsyncClient) -> None:  # noqa: F811
    events = await listed(served, "/events", {"country": "VN"})
    profile = CountryProfile.model_validate_json((await served.get("/countries/越南")).content)
    assert profile.activity.events == len(events)
    assert [one.period for one in profile.activity.periods] == sorted(
        {one["date"]["start"][:4] for one in events if one["date"]}
    )
    for url in (profile.events_url, profile.dyads_url, profile.commitments_url, profile.actors_url):
        assert (await served.get(url)).json()["data"], url


def planned(days: int, **fields: Any) -> dict[str, Any]:
    day = str(today() + timedelta(days))
    when = {"start": day, "end": day, "precision": "day", "basis": "stated", "confidence": 1}
    return {"status": "planned", "countries": ["US", "VN"], "date": when, "title": str(days), **fields}


async def test_the_next_planned_event_is_the_first_from_today_on(empty: httpx.AsyncClient) -> None:  # noqa: F811
    first = planned(3, type="phone_call")
    cancelled = planned(1, status="cancelled", type="signing")
    occurred = planned(-1, status="occurred", type="visit")
    # Whatever it is called, what lies ahead has not occurred.
    odd = planned(9, status="occurred", type="conference")
    await post(empty, whole.text_of(planned(30), first, planned(-5, type="negotiation"), cancelled, occurred, odd))
    done = (await empty.get("/dyads/VN-US")).json()["activity"]
    assert done["next_planned"]["title"] == "3"
    assert done["last_contact"]["title"] == "-1"


@pytest.mark.parametrize("path", ["/dyads/US", "/dyads/US-US", "/dyads/US-Vietnan", "/dyads/-", "/dyads/US-VN-JP"])
async def test_what_is_no_pair_is_not_found(empty: httpx.AsyncClient, path: str) -> None:  # noqa: F811
    answer = await empty.get(path)
    assert answer.status_code == 404
    assert "US" in answer.json()["detail"] or "Vietnam" in answer.text
