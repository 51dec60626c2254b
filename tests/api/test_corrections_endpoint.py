"""Readouts, revisions and corrections over HTTP."""

from __future__ import annotations

import httpx
import pytest

from tests import toy

pytestmark = pytest.mark.both

EVENT = {"day": "2021-11-01", "countries": ["US", "VN"], "names": ["Joe Biden"], "topics": ["trade"]}
WHO = {"by": "Desk editor", "why": "The ministry said so"}


@pytest.fixture
async def event(client: httpx.AsyncClient) -> str:
    answer = await client.post("/articles", json={"text": toy.text_of(EVENT)})
    return f"/events/{answer.json()['events'][0]['id']}"


async def test_a_correction_is_made_seen_and_taken_back(client: httpx.AsyncClient, event: str) -> None:
    change = {"action": "set", "pointer": "/title", "value": "Corrected", **WHO}
    answer = await client.post(f"{event}/corrections", json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 201
    made = answer.json()
    assert (await client.get(event)).json()["title"] == "Corrected"
    assert (await client.get(f"{event}/corrections")).json()["data"] == [made]
    stale = await client.post(f"{event}/corrections", json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["type"].rpartition(":")[2]) == (412, "changed-meanwhile")
    gone = await client.delete(f"{event}/corrections/{made['id']}", params=WHO)
    assert gone.status_code == 204
    assert (await client.get(event)).json()["title"] == "They met"
    assert (await client.delete(f"{event}/corrections/{made['id']}", params=WHO)).status_code == 404
    revisions = (await client.get(f"{event}/revisions")).json()["data"]
    assert [one["event"]["title"] for one in revisions] == ["They met", "Corrected", "They met"]


async def test_the_tag_of_an_event_is_what_a_correction_may_ask_for(client: httpx.AsyncClient, event: str) -> None:
    seen = await client.get(event)
    tag = seen.headers["etag"]
    assert tag.startswith('"1-')
    assert (await client.get(event, headers={"If-None-Match": tag})).status_code == 304
    other = (await client.get(event, params={"lang": "vi"})).headers["etag"]
    assert other != tag
    change = {"action": "set", "pointer": "/title", "value": "Corrected", **WHO}
    made = await client.post(f"{event}/corrections", json=change, headers={"If-Match": other})
    assert made.status_code == 201
    # Something else was written since, and the event is the same.
    now = (await client.get(event)).headers["etag"]
    assert now.startswith('"2-')
    await client.post("/articles", json={"text": "Nothing about it"})
    assert (await client.get(event, headers={"If-None-Match": now})).status_code == 304
    assert (await client.get(event, headers={"If-None-Match": tag})).status_code == 200
    for stale in (tag, '"1"'):
        refused = await client.post(f"{event}/corrections", json=change, headers={"If-Match": stale})
        assert refused.status_code == 412
        taking = await client.delete(
            f"{event}/corrections/{made.json()['id']}", params=WHO, headers={"If-Match": stale}
        )
        assert taking.status_code == 412
    wrong = await client.post(f"{event}/corrections", json=change, headers={"If-Match": "2"})
    assert wrong.status_code == 422
    taken = await client.delete(f"{event}/corrections/{made.json()['id']}", params=WHO, headers={"If-Match": now})
    assert taken.status_code == 204


async def test_readouts_stand_side_by_side_with_reasons(client: httpx.AsyncClient, event: str) -> None:
    people = {**EVENT, "day": "2021-12-01", "names": ["Joe Biden", "Pham Minh Chinh"], "actor": "one"}
    for words in ("Tin một", "中文 two"):
        await client.post("/articles", json={"text": toy.text_of(people, words=words)})
    listed = (await client.get("/events")).json()["data"]
    [merged] = [one for one in listed if len(one["readouts"]) == 2]
    found = (await client.get(f"/events/{merged['id']}/readouts")).json()
    assert {one["article"]["language"] for one in found["data"]} == {"vi", "zh"}
    [why] = found["why"]
    assert why["score"] >= 4
    assert "The same date: 2021-12-01." in [one["reason"] for one in why["grounds"]]


async def test_a_hidden_event_is_gone_and_says_why(client: httpx.AsyncClient, event: str) -> None:
    assert (await client.post(f"{event}/corrections", json={"action": "hide", **WHO})).status_code == 201
    answer = await client.get(event)
    assert answer.status_code == 410
    assert "The ministry said so" in answer.json()["detail"]


async def test_the_article_of_a_hidden_event_is_found_by_its_own_words(client: httpx.AsyncClient, event: str) -> None:
    async def found() -> list[str]:
        return [one["id"] for one in (await client.get("/articles", params={"q": "some news"})).json()["data"]]

    there = await found()
    assert len(there) == 1
    hidden = await client.post(f"{event}/corrections", json={"action": "hide", **WHO})
    assert await found() == there
    assert (await client.get(f"{event}")).status_code == 410
    shown = await client.delete(f"{event}/corrections/{hidden.json()['id']}", params=WHO)
    assert (shown.status_code, await found()) == (204, there)


@pytest.mark.parametrize("path", ["readouts", "revisions", "corrections"])
async def test_what_never_was_is_not_found(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(f"/events/ev_none/{path}")).status_code == 404


WRONG = [
    ("/type", "meting", "/value", "One of: meeting, phone_call"),
    ("/countries", ["VN", "Japan"], "/value/1", "VN"),
    ("/date", {"precision": "weekly"}, "/value/precision", "One of: day, month, year."),
    ("/participants/0", {"level": "boss"}, "/value/level", "head_of_state"),
]
"""What is set, where it is wrong, and what the hint holds."""


async def test_a_value_that_cannot_be_is_shown_where_it_is_wrong(client: httpx.AsyncClient, event: str) -> None:
    for pointer, value, place, hint in WRONG:
        change = {"action": "set", "pointer": pointer, "value": value, **WHO}
        answer = await client.post(f"{event}/corrections", json=change)
        assert answer.status_code == 422
        [wrong] = answer.json()["errors"]
        assert wrong["pointer"] == place
        assert hint in wrong["hint"]
