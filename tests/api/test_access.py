"""Who may do what: this machine, other machines, keys, scopes, quotas."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest

from app.main import create_app
from app.routers import access
from app.routers.client import client_of
from app.routers.conditional import Conditional
from app.routers.rates import Rates
from app.settings import Settings
from app.store import keys
from app.store.engine import Store
from app.store.keys import KeyScope
from tests import toy

ARTICLE = {"text": toy.text_of({"title": "they met"})}
ELSEWHERE = ("203.0.113.9", 40000)


@asynccontextmanager
async def opened(
    database: str, *, client: tuple[str, int] = ELSEWHERE, base: str = "http://api.example", **settings: object
) -> AsyncIterator[tuple[httpx.AsyncClient, Store]]:
    chosen = Settings(database_url=database, **settings)
    app = create_app(chosen, extractor=toy.extract, knowledge=toy.KNOWLEDGE)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=client)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url=base) as asking:
        yield asking, app.state.store


def key(store: Store, *scopes: KeyScope) -> dict[str, str]:
    with store.write() as session:
        return {"authorization": f"Bearer {keys.create(session, '-'.join(scopes), set(scopes))}"}


async def test_everybody_may_read_and_only_this_machine_may_write_without_a_key(database: str) -> None:
    async with opened(database) as (client, _):
        assert (await client.get("/events")).status_code == 200
        assert (await client.post("/extract", json=ARTICLE)).status_code == 200
        refused = await client.post("/articles", json=ARTICLE)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert "dragoman keys create" in refused.json()["errors"][0]["hint"]
        assert refused.headers["content-type"] == "application/problem+json"
    async with opened(database, client=("127.0.0.1", 1), base="http://127.0.0.1:8000") as (client, _):
        assert (await client.post("/articles", json=ARTICLE)).status_code == 201


@pytest.mark.both
async def test_a_key_opens_what_its_scopes_say(database: str) -> None:
    async with opened(database) as (client, store):
        reader, writer, admin = (key(store, scope) for scope in KeyScope)
        assert (await client.post("/articles", json=ARTICLE, headers=reader)).status_code == 403
        stored = await client.post("/articles", json=ARTICLE, headers=writer)
        assert stored.status_code == 201
        path = f"/articles/{stored.json()['id']}"
        event = f"/events/{stored.json()['events'][0]['id']}/corrections"
        who = {"by": "Desk", "why": "So it was"}
        change = {"action": "set", "pointer": "/title", "value": "Corrected", **who}
        made = (await client.post(event, json=change, headers=writer)).json()
        assert (await client.delete(f"{event}/{made['id']}", params=who, headers=reader)).status_code == 403
        assert (await client.delete(f"{event}/{made['id']}", params=who, headers=writer)).status_code == 204
        assert (await client.delete(path, headers=writer)).status_code == 403
        assert (await client.delete(path, headers=admin)).status_code == 204
        with store.write() as session:
            keys.revoke(session, "write")
        assert (await client.post("/articles", json=ARTICLE, headers=writer)).status_code == 401


@pytest.mark.parametrize(
    "written",
    ["Bearer drg_00000000_x", "Bearer nonsense", "Bearer", "Basic dXNlcjpwYXNz", "Bearer drg_é_é", "drg_a_b_c"],
)
async def test_a_key_that_is_none_is_no_reader_either(database: str, written: str) -> None:
    async with opened(database) as (client, _):
        answer = await client.get("/events", headers={"authorization": written.encode()})
        assert answer.status_code == 401


async def test_reading_can_be_closed(database: str) -> None:
    async with opened(database, reading="key") as (client, store):
        assert (await client.get("/events")).status_code == 401
        assert (await client.get("/health")).status_code == 200
        assert (await client.get("/events", headers=key(store, KeyScope.read))).status_code == 200


def test_a_stored_key_cannot_be_read_back(store: Store) -> None:
    with store.write() as session:
        token = keys.create(session, "press", {KeyScope.write})
    with store.read() as session:
        (stored,) = keys.keys(session)
        rows = session.connection().exec_driver_sql("SELECT * FROM api_key").all()
        assert keys.find(session, token) == stored
        assert keys.find(session, token[:-1]) is None
    assert token.split("_", 2)[2] not in str(rows)
    assert stored.allows(KeyScope.read)
    assert not stored.allows(KeyScope.admin)


@pytest.mark.parametrize(
    ("peer", "headers", "trusted", "address", "local"),
    [
        ("127.0.0.1", {"host": "localhost:8000"}, (), "127.0.0.1", True),
        ("::1", {"host": "[::1]:8000"}, (), "::1", True),
        ("::ffff:127.0.0.1", {"host": "127.0.0.1"}, (), "127.0.0.1", True),
        # A page of another site, through a name of its own or from a browser here.
        ("127.0.0.1", {"host": "evil.example"}, (), "127.0.0.1", False),
        ("127.0.0.1", {"host": "localhost", "origin": "https://evil.example"}, (), "127.0.0.1", False),
        ("127.0.0.1", {"host": "localhost", "origin": "null"}, (), "127.0.0.1", False),
        ("127.0.0.1", {"host": "localhost", "origin": "http://localhost:5173"}, (), "127.0.0.1", True),
        # A proxy on this machine that nobody told us of.
        ("127.0.0.1", {"host": "localhost", "x-forwarded-for": "127.0.0.1"}, (), "127.0.0.1", False),
        ("203.0.113.9", {"host": "localhost", "x-forwarded-for": "127.0.0.1"}, (), "203.0.113.9", False),
        # Proxies that are trusted: the last address that is none of theirs.
        ("10.0.0.1", {"x-forwarded-for": "203.0.113.9"}, ("10.0.0.0/8",), "203.0.113.9", False),
        ("10.0.0.1", {"x-forwarded-for": "1.1.1.1, 203.0.113.9, 10.2.0.1"}, ("10.0.0.0/8",), "203.0.113.9", False),
        ("10.0.0.1", {"x-forwarded-for": "127.0.0.1"}, ("10.0.0.0/8",), "127.0.0.1", False),
        ("10.0.0.1", {"x-forwarded-for": "nonsense"}, ("10.0.0.0/8",), "10.0.0.1", False),
        ("unix", {"host": "localhost"}, (), "", False),
        ("127.0.0.1", {}, (), "127.0.0.1", False),
    ],
)
def test_who_asks(peer: str, headers: dict[str, str], trusted: tuple[str, ...], address: str, local: bool) -> None:
    scope = {"client": (peer, 1), "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    found = client_of(scope, trusted)
    assert (found.address, found.local) == (address, local)


async def test_a_client_of_another_machine_has_a_quota(database: str) -> None:
    async with opened(database, rate_limit=3) as (client, _):
        answers = [await client.get("/topics") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[0].headers["ratelimit-policy"] == '"requests";q=3;w=60'
        assert [answer.headers["ratelimit"].split(";")[1] for answer in answers[:3]] == ["r=2", "r=1", "r=0"]
        assert 1 <= int(answers[3].headers["retry-after"]) <= 20
        assert answers[3].json()["type"] == "urn:dragoman:problem:too-many-requests"
    async with opened(database, rate_limit=1, client=("127.0.0.1", 1), base="http://localhost") as (client, _):
        answers = [await client.get("/topics") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 200]
        assert "ratelimit" not in answers[0].headers


async def test_what_is_answered_at_the_door_counts_too(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    long_ago = datetime(2021, 11, 1, tzinfo=UTC)
    monkeypatch.setattr(Conditional, "_since", lambda *_: long_ago)  # within a second of a change nothing is remembered
    passed: list[str] = []
    find = access.client_of
    monkeypatch.setattr(access, "client_of", lambda *given: passed.append("in") or find(*given))
    async with opened(database, rate_limit=4) as (client, _):
        tag = (await client.get("/topics")).headers["etag"]
        answers = [await client.get("/topics", headers={"if-none-match": tag}) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [304, 304, 304, 429]
        assert [answer.headers["ratelimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
        assert [len(answer.headers.get_list("ratelimit-policy")) for answer in answers] == [1, 1, 1, 1]
        assert len(passed) == 3, "the first, the one that is remembered, and the one that is refused"


async def test_writing_has_a_quota_of_its_own(database: str) -> None:
    async with opened(database, write_limit=1) as (client, _):
        assert (await client.post("/extract", json=ARTICLE)).status_code == 200
        assert (await client.post("/extract", json=ARTICLE)).status_code == 429
        assert (await client.get("/topics")).status_code == 200


def test_a_quota_fills_up_evenly() -> None:
    rates = Rates("requests", 60)
    assert [rates.take("a", 0.0).left for _ in range(60)] == list(range(59, -1, -1))
    assert rates.take("a", 0.5).wait == 1
    assert rates.take("a", 1.0).wait == 0
    assert rates.take("a", 1.0).wait == 1
    assert rates.take("b", 1.0).left == 59
    assert rates.take("a", 1000.0).left == 59
    assert Rates("requests", 0).take("a", 0.0) is None


@pytest.mark.parametrize(
    ("origin", "settings", "allowed"),
    [
        ("http://localhost:5173", {}, "http://localhost:5173"),
        ("https://evil.example", {}, None),
        ("https://localhost.evil.example", {}, None),
        ("https://front.example", {"cors_origins": ("https://front.example",)}, "https://front.example"),
        ("https://any.example", {"cors_origins": ("*",)}, "*"),
    ],
)
async def test_pages_of_other_origins(
    database: str, origin: str, settings: dict[str, object], allowed: str | None
) -> None:
    async with opened(database, **settings) as (client, _):
        answer = await client.get("/topics", headers={"origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed
        asked = {"origin": origin, "access-control-request-method": "PUT"}
        preflight = await client.options("/articles", headers=asked)
        assert preflight.status_code == (200 if allowed else 400)
