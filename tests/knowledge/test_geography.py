"""Countries, bodies and their relations: what the lookups rely on and a reader cannot see at a glance."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pytest

from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge, last_day
from app.knowledge.models import Names

LANGUAGES = ("en", "vi", "zh")
# Adjectives that two countries share in English; a text says by its capital or its people which one is meant.
SHARED_ADJECTIVES = {"Dominican", "Dominicans", "Congolese"}
LEVELS = {
    "diplomatic_relations",
    "charge_daffaires_relations",
    "normalization",
    "severance",
    "restoration",
    "partnership",
    "comprehensive_partnership",
    "strategic_partnership",
    "extensive_strategic_partnership",
    "comprehensive_strategic_partnership",
    "friendship_treaty",
    "alliance_treaty",
    "peace_treaty",
    "treaty_of_amity",
    "free_trade_agreement",
    "strategic_partnership_agreement",
    "dialogue_relations",
    "membership",
    "withdrawal",
}


@pytest.fixture(scope="module")
def kb() -> Knowledge:
    return load_knowledge()


def shared(named: Iterable[tuple[str, Names]], language: str) -> dict[str, set[str]]:
    """Forms that more than one id has in a language."""
    owners: dict[str, set[str]] = defaultdict(set)
    for owner, names in named:
        for form in names.get(language, ()):
            owners[form].add(owner)
    return {form: ids for form, ids in owners.items() if len(ids) > 1}


def test_ids_are_unique(kb: Knowledge) -> None:
    assert len(kb.country) == len(kb.countries)
    assert len({c.alpha3 for c in kb.countries}) == len(kb.countries)
    assert len(kb.organization) == len(kb.organizations)
    assert len({r.parties for r in kb.relations}) == len(kb.relations)


def test_every_country_is_named_in_the_three_languages(kb: Knowledge) -> None:
    for country in kb.countries:
        assert country.names["en"], country.id
        assert country.names["zh"], country.id
        assert country.name in country.names["en"], country.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_parties_share_a_name(kb: Knowledge, language: str) -> None:
    named = [(c.id, c.names) for c in kb.countries] + [(o.id, o.names) for o in kb.organizations]
    assert shared(named, language) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_adjectives_and_metonyms_point_at_one_country(kb: Knowledge, language: str) -> None:
    # a metonym may equal no other country's name either: Panama City is not Panama
    named = [(c.id, names) for c in kb.countries for names in (c.names, c.adjectives, c.metonyms)]
    assert set(shared(named, language)) <= SHARED_ADJECTIVES


def test_chinese_pair_forms_are_short_and_no_names(kb: Knowledge) -> None:
    names = {form for c in kb.countries for form in c.names.get("zh", ())}
    for country in kb.countries:
        for form in country.short.get("zh", ()):
            assert len(form) <= 2 or form in names, (country.id, form)


def test_forms_are_composed_and_trimmed(kb: Knowledge) -> None:
    tables = [t for c in kb.countries for t in (c.names, c.adjectives, c.short, c.metonyms)]
    tables += [o.names for o in kb.organizations]
    for table in tables:
        assert set(table) <= {*LANGUAGES, "fr"}
        for forms in table.values():
            assert len(set(forms)) == len(forms), forms
            for form in forms:
                assert form == unicodedata.normalize("NFC", form).strip(), form
                assert form, forms


def test_capitals_are_places_of_their_country(kb: Knowledge) -> None:
    for country in kb.countries:
        if country.capital is not None:
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", country.capital), country.id
            assert kb.place[country.capital].country == country.id


def test_bodies_have_known_members_and_homes(kb: Knowledge) -> None:
    for body in kb.organizations:
        assert set(body.members) <= kb.country.keys(), body.id
        assert len(set(body.members)) == len(body.members), body.id
        assert body.country is None or body.country in kb.country, body.id
    assert "VN" in kb.organization["asean"].members
    assert "GB" not in kb.organization["eu"].members


def test_relations_join_known_parties_in_order_of_time(kb: Knowledge) -> None:
    known = kb.country.keys() | kb.organization.keys()
    for relation in kb.relations:
        assert set(relation.parties) <= known, relation.parties
        assert relation.parties == tuple(sorted(relation.parties)), relation.parties
        levels = [s.level for s in relation.steps]
        assert len(set(levels)) == len(levels), relation.parties
        assert set(levels) <= LEVELS, relation.parties
        days = [last_day(s.date) for s in relation.steps]
        assert days == sorted(days), relation.parties


@pytest.mark.parametrize(
    ("one", "other", "level", "day"),
    [
        ("VN", "US", "diplomatic_relations", date(1995, 7, 12)),
        ("US", "VN", "comprehensive_strategic_partnership", date(2023, 9, 10)),
        ("VN", "JP", "diplomatic_relations", date(1973, 9, 21)),
        ("VN", "CN", "diplomatic_relations", date(1950, 1, 18)),
        ("CN", "US", "diplomatic_relations", date(1979, 1, 1)),
        ("CN", "JP", "diplomatic_relations", date(1972, 9, 29)),
        ("VN", "asean", "membership", date(1995, 7, 28)),
    ],
)
def test_days_that_the_parties_commemorate(kb: Knowledge, one: str, other: str, level: str, day: date) -> None:
    assert kb.steps(one, other)[level] == day
