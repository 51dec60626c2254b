"""The shipped places and occasions: coordinates, venues in their cities, editions in order, and a few known facts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from math import hypot

import pytest

from app.knowledge.load import load_knowledge
from app.knowledge.lookup import EditionOf, Knowledge, fill
from app.knowledge.models import Place, Series

PLACEHOLDERS = ("{n}", "{ordinal}", "{year}")
FIRST_YEAR, LAST_YEAR = 1995, 2027
LONGEST = timedelta(days=45)
"""A session of the Human Rights Council lasts six weeks; nothing in the file is longer."""

NEAR = 0.75
"""Degrees from the middle of a city to its airports and the residences outside it."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def _position(place: Place) -> tuple[float, float]:
    assert place.latitude is not None, place.id
    assert place.longitude is not None, place.id
    return place.latitude, place.longitude


def _all_forms(record: Place | Series) -> list[str]:
    return [form for forms in record.names.values() for form in forms]


def _named(knowledge: Knowledge, language: str, form: str) -> set[str]:
    return {p.id for p in knowledge.places if form == p.name or form in p.names.get(language, ())}


def test_ids_are_unique(knowledge: Knowledge) -> None:
    for records in (knowledge.places, knowledge.occasions):
        assert [i for i, times in Counter(r.id for r in records).items() if times > 1] == []


def test_the_capital_of_every_country_is_a_place_in_it(knowledge: Knowledge) -> None:
    capitals = {c.id: knowledge.place[c.capital] for c in knowledge.countries if c.capital}
    assert len(capitals) > 190
    strangers = {id: p.id for id, p in capitals.items() if p.country not in (id, None)}
    assert strangers == {}


def test_coordinates_are_on_the_globe(knowledge: Knowledge) -> None:
    for place in knowledge.places:
        latitude, longitude = _position(place)
        assert -90 <= latitude <= 90, place.id
        assert -180 <= longitude <= 180, place.id
        assert (latitude, longitude) != (0, 0), place.id


def test_a_venue_has_a_country_and_lies_in_its_city(knowledge: Knowledge) -> None:
    venues = [p for p in knowledge.places if p.kind in ("venue", "airport")]
    assert len(venues) > 250
    for venue in venues:
        assert venue.country, venue.id
        if venue.city is None:
            continue
        city = knowledge.place[venue.city]
        assert city.kind == "city", venue.id
        (north, east), (city_north, city_east) = _position(venue), _position(city)
        assert hypot(north - city_north, east - city_east) < NEAR, venue.id


def test_cities_have_a_country_and_no_city(knowledge: Knowledge) -> None:
    for place in knowledge.places:
        if place.kind == "city":
            assert place.country, place.id
            assert place.city is None, place.id


def test_one_form_means_one_city(knowledge: Knowledge) -> None:
    """Two cities of one name would be told apart by luck: list the lesser one under a longer name."""
    owners: dict[tuple[str, str], set[str]] = {}
    for place in knowledge.places:
        if place.kind == "city":
            for language in ("en", "vi", "zh"):
                for form in {place.name, *place.names.get("en", ()), *place.names.get(language, ())}:
                    owners.setdefault((language, form), set()).add(place.id)
    assert {form: ids for form, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("language", "form", "id"),
    [
        ("vi", "Bắc Kinh", "beijing"),
        ("vi", "Mát-xcơ-va", "moscow"),
        ("vi", "Giơ-ne-vơ", "geneva"),
        ("vi", "Viêng Chăn", "vientiane"),
        ("vi", "TP.HCM", "ho-chi-minh-city"),
        ("vi", "Phủ Chủ tịch", "presidential-palace-hanoi"),
        ("vi", "Biển Đông", "south-china-sea"),
        ("zh", "格拉斯哥", "glasgow"),
        ("zh", "雪梨", "sydney"),
        ("zh", "人民大会堂", "great-hall-of-the-people"),
        ("zh", "海参崴", "vladivostok"),
        ("en", "Kiev", "kyiv"),
        ("en", "Ha Noi", "hanoi"),
        ("en", "Kantei", "kantei"),
    ],
)
def test_the_press_names_a_place_so(knowledge: Knowledge, language: str, form: str, id: str) -> None:
    assert _named(knowledge, language, form) == {id}


def test_editions_lie_in_order_and_end_after_they_start(knowledge: Knowledge) -> None:
    for series in knowledge.occasions:
        assert series.editions, series.id
        starts = [e.start for e in series.editions]
        assert starts == sorted(starts), series.id
        for edition in knowledge.editions[series.id]:
            assert edition.start <= edition.end <= edition.start + LONGEST, edition.id
            assert edition.start.year == edition.edition.year, edition.id
            assert FIRST_YEAR <= edition.edition.year <= LAST_YEAR, edition.id


def test_numbers_grow_with_time(knowledge: Knowledge) -> None:
    for series in knowledge.occasions:
        numbers = [e.number for e in series.editions if e.number is not None]
        assert all(one < other for one, other in pairwise(numbers)), series.id


def test_ids_of_editions_are_unique(knowledge: Knowledge) -> None:
    ids = Counter(e.id for editions in knowledge.editions.values() for e in editions)
    assert len(ids) > 1000
    assert [id for id, times in ids.items() if times > 1] == []


def test_an_edition_takes_place_where_its_country_is(knowledge: Knowledge) -> None:
    for series in knowledge.occasions:
        for edition in series.editions:
            if edition.place:
                assert edition.country == knowledge.place[edition.place].country, (series.id, edition.year)


def test_only_numbered_names_have_placeholders(knowledge: Knowledge) -> None:
    for series in knowledge.occasions:
        assert not [f for f in _all_forms(series) if "{" in f], series.id
        for forms in series.numbered_names.values():
            assert not [f for f in forms if not any(p in f for p in PLACEHOLDERS)], series.id
        first = series.editions[0]
        assert "{" not in fill(series.name, first), series.id


def test_a_name_by_number_needs_numbers(knowledge: Knowledge) -> None:
    """Where a name counts editions, at least one edition is counted."""
    for series in knowledge.occasions:
        templates = [f for forms in series.numbered_names.values() for f in forms]
        if any("{n}" in t or "{ordinal}" in t for t in templates):
            assert any(e.number is not None for e in series.editions), series.id


def _edition(knowledge: Knowledge, id: str) -> EditionOf:
    return next(e for editions in knowledge.editions.values() for e in editions if e.id == id)


@pytest.mark.parametrize(
    ("id", "name", "days", "place"),
    [
        ("cop-26", "COP26", "2021-10-31/2021-11-13", "glasgow"),
        ("apec-2023", "APEC 2023", "2023-11-15/2023-11-17", "san-francisco"),
        ("unga-76", "UNGA 76", "2021-09-21/2021-09-27", "new-york"),
        ("asean-summit-37", "37th ASEAN Summit", "2020-11-12/2020-11-15", None),
        ("us-dprk-summit-2", "2nd US-DPRK Summit", "2019-02-27/2019-02-28", "hanoi"),
        ("g7-2023", "G7 2023", "2023-05-19/2023-05-21", "hiroshima"),
    ],
)
def test_known_editions(knowledge: Knowledge, id: str, name: str, days: str, place: str | None) -> None:
    edition = _edition(knowledge, id)
    assert edition.name == name
    assert f"{edition.start}/{edition.end}" == days
    assert edition.edition.place == place
