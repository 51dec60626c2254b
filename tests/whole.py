"""A reader of articles for tests that takes whole records: a text `RECORDS [json, …]` says what is found in it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from app.knowledge.lookup import Knowledge
from app.knowledge.models import Edition, Office, Organization, Person, Place, Series, Term
from app.records import Article, Event, Extraction
from tests import toy

MARK = "RECORDS "


def text_of(*events: dict[str, Any], language: str = "vi", publisher: str | None = None, words: str = "News") -> str:
    """An article's text with these events in it."""
    said = {"language": language, "publisher": publisher, "events": events}
    return f"{words}\n{MARK}{json.dumps(said, ensure_ascii=False)}"


def _event(given: dict[str, Any], evidence: list[dict[str, Any]]) -> Event:
    made: dict[str, Any] = {
        "type": "meeting",
        "title": "They met",
        "codes": {"plover": {"type": "CONSULT"}, "cameo": "040"},
        "confidence": 1,
        **given,
        "evidence": evidence,
    }
    made["commitments"] = [{**one, "evidence": evidence} for one in given.get("commitments", ())]
    return Event.model_validate(made)


def extract(article: Article, knowledge: Knowledge | None = None) -> Extraction:
    """What the text says."""
    headline, _, found = article.text.partition("\n" + MARK)
    said = json.loads(found)
    evidence = [{"start": 0, "end": 1, "quote": article.text[:1]}]
    return Extraction(
        source=article.source,
        language=said["language"],
        headline=headline,
        url=article.url,
        publisher=said["publisher"],
        published=article.published,
        sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        events=tuple(_event(one, evidence) for one in said["events"]),
    )


def person(id_: str, name: str, country: str | None, **names: tuple[str, ...]) -> Person:
    """Someone, as head of government for a year."""
    term = Term(office="prime-minister", country=country, start="2021", end="2021")
    return Person(id=id_, name=name, names=names, country=country, terms=(term,), source="test")


def _place(id_: str, name: str, country: str, at: tuple[float, float], **names: tuple[str, ...]) -> Place:
    return Place(
        id=id_, kind="city", name=name, names=names, country=country, latitude=at[0], longitude=at[1], source="test"
    )


KNOWLEDGE = Knowledge(
    countries=toy.KNOWLEDGE.countries,
    offices=(Office(id="prime-minister", title="Prime Minister", level="head_of_government", source="test"),),
    people=(
        person("pham-minh-chinh", "Phạm Minh Chính", "VN", zh=("范明政",)),
        person("joe-biden", "Joe Biden", "US", zh=("拜登",)),
    ),
    organizations=(
        Organization(
            id="asean", name="ASEAN", names={"zh": ("东盟",)}, kind="regional", members=("VN",), source="test"
        ),
        Organization(id="eu", name="European Union", names={"vi": ("EU",)}, kind="regional", source="test"),
    ),
    occasions=(
        Series(
            id="cop",
            name="COP{n}",
            names={"en": ("UN climate summit",)},
            numbered=True,
            editions=(
                Edition(number=26, year=2021, start="2021-10-31", end="2021-11-12", source="test"),
                Edition(number=27, year=2022, start="2022-11-06", end="2022-11-18", source="test"),
            ),
            source="test",
        ),
    ),
    places=(
        _place("hanoi", "Hanoi", "VN", (21.02, 105.84), vi=("Hà Nội",), zh=("河内",)),
        _place("tokyo", "Tokyo", "JP", (35.68, 139.69)),
        _place("apia", "Apia", "WS", (-13.83, -171.77)),
    ),
    relations=(),
)
