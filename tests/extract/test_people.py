"""People and offices as the press writes them: the examples of every language, and what must hold for any text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract.clean import sort_zones
from app.extract.mentions import find_mentions
from app.extract.model import Mention, MentionKind, Reading, Text
from app.extract.pack import LANGUAGES, codes, load_pack
from app.extract.text import read
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge

FILES = {path.parent.name: path for path in sorted(LANGUAGES.glob("*/examples_names.yaml"))}
PEOPLE = {MentionKind.person, MentionKind.office}


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


@cache
def data(code: str) -> dict[str, Any]:
    parsed: dict[str, Any] = yaml.safe_load(FILES[code].read_text(encoding="utf-8"))
    return parsed


def mentions_in(code: str, written: str) -> tuple[Text, Reading]:
    pack = load_pack(code)
    text = sort_zones(read(written, pack), pack)
    return text, find_mentions(text, pack, knowledge(), None)


def cases(section: str, name: str) -> Iterator[Any]:
    for code in FILES:
        for number, case in enumerate(data(code).get(section, ())):
            marks = [pytest.mark.xfail(strict=False, reason="known gap")] if section == "gaps" else []
            yield pytest.param(code, case, marks=marks, id=f"{code}-{name}-{number}")


def people_of(reading: Reading) -> dict[str, Mention]:
    """Each person once, as named first."""
    found: dict[str, Mention] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.person:
            found.setdefault(mention.key, mention)
    return found


def shown(mention: Mention, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A person in the words of an example: only what the example asks."""
    found = {
        "written": mention.written,
        "name": mention.name,
        "id": mention.actor_id,
        "country": mention.country,
        "organization": mention.organization,
        "title": mention.title,
    }
    return {key: found[key] for key in wanted}


def test_the_languages_of_the_knowledge_have_enough_examples() -> None:
    assert {code: len(data(code)["examples"]) for code in ("vi", "zh") if len(data(code)["examples"]) < 60} == {}
    assert [code for code in FILES if not data(code)["none"]] == []


@pytest.mark.parametrize(("code", "case"), [*cases("examples", "names"), *cases("gaps", "gap")])
def test_names_of_the_examples(code: str, case: Mapping[str, Any]) -> None:
    text, reading = mentions_in(code, case["text"])
    found = list(people_of(reading).values())
    wanted = [{"name": p["written"], **p} if p.get("id", "") is None else p for p in case["people"]]
    assert [shown(m, w) for m, w in zip(found, wanted, strict=False)] == wanted
    assert [m.written for m in found[len(wanted) :]] == []
    for written, later in case.get("again", {}).items():
        keys = {m.key for m in found if m.written == written}
        stretches = [m for m in reading.mentions if m.key in keys][1:]
        assert [text.plain[m.start : m.end] for m in stretches] == later


@pytest.mark.parametrize(("code", "written"), list(cases("none", "none")))
def test_nobody_is_named(code: str, written: str) -> None:
    _, reading = mentions_in(code, written)
    assert [m.written for m in reading.mentions if m.kind is MentionKind.person] == []


@pytest.mark.parametrize(("code", "written"), list(cases("not_titles", "not")))
def test_what_only_looks_like_a_title(code: str, written: str) -> None:
    text, reading = mentions_in(code, written)
    assert [text.plain[m.start : m.end] for m in reading.mentions if m.kind in PEOPLE] == []


@pytest.mark.parametrize("code", list(FILES))
def test_decomposed_text_names_the_same_people(code: str) -> None:
    for case in data(code)["examples"][:20]:
        _, given = mentions_in(code, case["text"])
        text, decomposed = mentions_in(code, unicodedata.normalize("NFD", case["text"]))
        assert [m.key for m in decomposed.mentions] == [m.key for m in given.mentions]
        for mention in decomposed.mentions:
            assert text.span(mention.start, mention.end).quote in text.given


def test_a_short_form_at_the_end_of_a_text_ends_there() -> None:
    text, reading = mentions_in("zh", "总统克里")
    assert [m.written for m in reading.mentions] == ["克里"]
    assert all(m.end <= len(text.plain) for m in reading.mentions)


WORDS = [
    "Thủ tướng ",
    "Đại sứ ",
    "ông ",
    "Nhật Bản ",
    "tại ",
    "Tô Lâm",
    "John Kerry",
    "Kerry",
    ", ",
    ". ",
    "总统",
    "美国",
    "克里",
    "李强",
    "主席",
]
MORE = [
    "President ",
    "Mr ",
    "'s ",
    "Xi Jinping",
    "of ",
    "the ",
    "Biden",
    "驻",
    "、",
    "的",
    "nguyên ",
    "前",
    "\n",
    "A",
    "·",
    "(",
]
TEXTS = st.lists(st.one_of(st.sampled_from([*WORDS, *MORE]), st.text(max_size=4)), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(codes()), TEXTS)
def test_any_text_gives_mentions_in_order_inside_it(code: str, written: str) -> None:
    text, reading = mentions_in(code, written)
    previous = 0
    for mention in reading.mentions:
        assert previous <= mention.start < mention.end <= len(text.plain)
        previous = mention.start
        span = text.span(mention.start, mention.end)
        assert written[span.start : span.end] == span.quote
        assert mention.kind is not MentionKind.person or mention.name
