"""Lists of actors, countries, organisations, occasions, places, topics, types: found, filtered, sorted, paged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from app.routers.actors import Actor, ActorPage
from app.routers.countries import CountryPage, CountryProfile
from app.routers.occasions import KnownOccasion, OccasionPage
from app.routers.organizations import Organization, OrganizationPage
from app.routers.places import Place, PlacePage
from app.routers.quality import Quality
from app.routers.topics import EventTypePage, TopicPage
from tests import toy
from tests.apis import api_on, client_of

PAGES: dict[str, type[Any]] = {
    "actors": ActorPage,
    "countries": CountryPage,
    "organizations": OrganizationPage,
    "occasions": OccasionPage,
    "places": PlacePage,
    "topics": TopicPage,
    "event-types": EventTypePage,
}
RECORDS: dict[str, type[Any]] = {
    "actors": Actor,
    "countries": CountryProfile,
    "organizations": Organization,
    "occasions": KnownOccasion,
    "places": Place,
}


@pytest.fixture
async def known(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """The API on the shipped knowledge base."""
    api = api_on(monkeypatch, database, toy.extract, None)
    async with api.router.lifespan_context(api), client_of(api) as opened:
        yield opened


async def ids(client: httpx.AsyncClient, path: str, **params: Any) -> list[str]:
    answer = await client.get(path, params={"fields": "id", "limit": 200, **params})
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["data"]]


FOUND: list[tuple[str, dict[str, Any], str]] = [
    ("/actors", {"q": "Phạm Minh Chính"}, "pham-minh-chinh"),
    ("/actors", {"q": "pham minh ch"}, "pham-minh-chinh"),
    ("/actors", {"q": "范明政"}, "pham-minh-chinh"),
    ("/actors", {"q": "拜登"}, "joe-biden"),
    ("/actors", {"q": "biden", "country": "Mỹ"}, "joe-biden"),
    ("/actors", {"country": "越南", "office": "prime-minister", "on": "2021-11-01"}, "pham-minh-chinh"),
    ("/actors", {"country": "VN", "office": "Prime Minister", "on": "2021-11-01"}, "pham-minh-chinh"),
    ("/actors", {"country": "US", "level": "head_of_state", "on": "2021-11-01"}, "joe-biden"),
    ("/actors", {"organization": "LHQ", "office": "secretary-general", "on": "2020-01-01"}, "antonio-guterres"),
    ("/actors", {"q": "asean", "kind": "organization"}, "asean"),
    ("/actors", {"q": "Việt Nam", "kind": "country"}, "vn"),
    ("/countries", {"q": "Việt Nam"}, "VN"),
    ("/countries", {"q": "韓國"}, "KR"),
    ("/countries", {"q": "singapo", "organization": "Hiệp hội các quốc gia Đông Nam Á"}, "SG"),
    ("/organizations", {"q": "东盟"}, "asean"),
    ("/organizations", {"kind": "regional", "member": ["VN", "Brunei"], "q": "southeast"}, "asean"),
    ("/organizations", {"country": "Việt Nam", "q": "communist"}, "cpv"),
    ("/occasions", {"q": "COP26"}, "cop-26"),
    ("/occasions", {"organization": "东盟", "q": "ASEAN summit", "kind": "series"}, "asean-summit"),
    ("/occasions", {"series": "cop", "country": "Anh", "kind": "edition"}, "cop-26"),
    ("/occasions", {"kind": "series", "q": "UN climate summit"}, "cop"),
    ("/occasions", {"series": "cop", "date_from": "2021-11-05", "date_to": "2021-11-06"}, "cop-26"),
    ("/places", {"q": "ha noi", "kind": "city"}, "hanoi"),
    ("/places", {"q": "河内", "country": "VN", "kind": "city"}, "hanoi"),
    ("/places", {"city": "hanoi", "q": "Phủ Chủ tịch"}, "presidential-palace-hanoi"),
    ("/places", {"bbox": "105.7,20.9,105.9,21.1", "kind": "city"}, "hanoi"),
    ("/topics", {"q": "khi hau"}, "climate"),
    ("/event-types", {"q": "điện đàm"}, "phone_call"),
]


@pytest.mark.parametrize(("path", "params", "expected"), FOUND)
async def test_what_is_asked_for_comes_first(
    known: httpx.AsyncClient, path: str, params: dict[str, Any], expected: str
) -> None:
    assert (await ids(known, path, **params))[0] == expected


NOT_FOUND: list[tuple[str, dict[str, Any], str]] = [
    ("/actors", {"q": "biden", "country": "VN"}, "joe-biden"),
    ("/actors", {"country": "VN", "office": "prime-minister", "on": "2020-11-01"}, "pham-minh-chinh"),
    # He held both, but never the one with the other's rank.
    ("/actors", {"country": "VN", "office": "prime-minister", "level": "party"}, "pham-minh-chinh"),
    ("/actors", {"q": "asean", "kind": "person"}, "asean"),
    ("/countries", {"organization": ["asean", "eu"]}, "VN"),
    ("/organizations", {"country": "CN"}, "cpv"),
    ("/occasions", {"organization": "asean"}, "cop-26"),
    ("/occasions", {"series": "cop", "date_from": "2021-11-16"}, "cop-26"),
    ("/places", {"bbox": "106,20,107,22"}, "hanoi"),
    ("/places", {"bbox": "170,-20,-170,60"}, "hanoi"),
]


@pytest.mark.parametrize(("path", "params", "other"), NOT_FOUND)
async def test_what_does_not_fit_is_left_out(
    known: httpx.AsyncClient, path: str, params: dict[str, Any], other: str
) -> None:
    assert other not in await ids(known, path, **params)


async def test_paging_gives_each_record_exactly_once_in_every_order(known: httpx.AsyncClient) -> None:
    for path, page in PAGES.items():
        for sort in ("relevance", "name", "-name", "id", "-id"):
            found: list[str] = []
            params: dict[str, Any] = {"sort": sort, "limit": 200, "count": "exact", "q": "a"}
            url: str | None = str(httpx.URL(f"http://api/{path}", params=params))
            while url:
                answer = await known.get(url)
                page.model_validate_json(answer.content)
                body = answer.json()
                found += [one["id"] for one in body["data"]]
                assert ("link" in answer.headers) == bool(body["next"])
                url = body["next"]
            assert len(found) == len(set(found)) == body["count"], (path, sort)
            if sort in ("id", "-id"):
                assert found == sorted(found, reverse=sort == "-id")


async def test_every_record_has_an_address_and_its_links_lead_somewhere(known: httpx.AsyncClient) -> None:
    for path, record in RECORDS.items():
        for one in (await known.get(f"/{path}", params={"limit": 5, "sort": "-name"})).json()["data"]:
            for name, url in one.items():
                if name.endswith("url") and url is not None:
                    assert (await known.get(url)).status_code == 200, url
            TypeAdapter(record).validate_json((await known.get(one["url"])).content)


async def test_a_country_is_found_under_any_of_its_names(known: httpx.AsyncClient) -> None:
    for written in ("VN", "vnm", "Việt Nam", "越南"):
        assert (await known.get(f"/countries/{written}")).json()["id"] == "VN"
    with_us = next(one for one in (await known.get("/countries/VN")).json()["relations"] if one["party"] == "US")
    assert {"level": "comprehensive_strategic_partnership", "date": "2023-09-10"} in [
        {"level": step["level"], "date": step["date"]} for step in with_us["steps"]
    ]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/actors/jo-biden", "joe-biden"),
        ("/countries/Vietnan", "Vietnam"),
        ("/organizations/asan", "asean"),
        ("/occasions/copp-26", "cop-26"),
        ("/places/hanoy", "hanoi"),
        ("/actors?contry=VN", "country"),
        ("/actors?country=Vietnan", "Vietnam (VN)"),
        ("/actors?office=prime-ministr", "prime-minister"),
        ("/actors?level=ministr", "minister"),
        ("/organizations?kind=regionl", "regional"),
        ("/occasions?series=copp", "cop"),
        ("/places?city=hanoy", "hanoi"),
        ("/places?bbox=1,2,3", "102.1,8.4,109.5,23.4"),
        ("/places?fields=nam", "name"),
        ("/actors?fields=offices.titel", "offices.title"),
        ("/actors?sort=names", "'name'"),
    ],
)
async def test_an_error_names_the_nearest(known: httpx.AsyncClient, path: str, hint: str) -> None:
    answer = await known.get(path)
    assert answer.status_code in (404, 422)
    assert hint in answer.json()["errors"][0]["hint"]


async def test_a_cursor_belongs_to_one_list(known: httpx.AsyncClient) -> None:
    cursor = httpx.URL((await known.get("/places", params={"limit": 1})).json()["next"]).params["cursor"]
    for path in ("/actors", "/places?country=VN"):
        answer = await known.get(path, params={**httpx.URL(path).params, "cursor": cursor})
        assert answer.json()["type"] == "urn:dragoman:problem:invalid-cursor"


async def test_fields_choose_parts_of_a_record(known: httpx.AsyncClient) -> None:
    params = {"q": "pham-minh-chinh", "fields": ["id,offices.office", "country"], "limit": 1}
    answer = await known.get("/actors", params=params)
    assert answer.headers["content-type"] == "application/vnd.dragoman.selection+json"
    (found,) = answer.json()["data"]
    assert found["id"] == "pham-minh-chinh"
    assert found["country"] == "VN"
    assert {"office": "prime-minister"} in found["offices"]
    assert set(found) == {"id", "country", "offices"}


async def test_types_have_the_codes_of_the_field(known: httpx.AsyncClient) -> None:
    (call,) = (await known.get("/event-types", params={"q": "phone_call"})).json()["data"]
    first = call["codes"][0]
    assert first["status"] == "occurred"
    assert first["codes"] == {"plover": {"type": "CONSULT", "mode": "phone"}, "cameo": "041"}


async def test_quality_is_what_was_committed(known: httpx.AsyncClient) -> None:
    quality = Quality.model_validate_json((await known.get("/quality")).content)
    assert {"samples", "dev"} <= {one.name for one in quality.sets}
    for one in quality.sets:
        assert one.languages[0].language == "all"
        assert {"event", "commit", "date"} <= {figure.name for figure in one.languages[0].figures}
