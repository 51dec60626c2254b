"""The example sentences of every language: each gives the events written beside it, and the others give none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.extract.pack import LANGUAGES
from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge
from app.records import Article, Event

FILES = sorted(LANGUAGES.glob("*/examples_events.yaml"))


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


def examples() -> Iterator[Any]:
    """One case a text with the events expected of it: none for the negative ones, not found yet for the gaps."""
    for path in FILES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        cases = [*data["examples"], *({"text": text, "events": []} for text in data["none"])]
        for number, case in enumerate(cases):
            yield pytest.param(case, id=f"{path.parent.name}-{number}-{case['text'][:40]}")
        gap = pytest.mark.xfail(strict=False, reason="known gap")
        for number, case in enumerate(data.get("gaps", ())):
            yield pytest.param(case, marks=[gap], id=f"{path.parent.name}-gap-{number}-{case['text'][:40]}")


@pytest.mark.parametrize("path", FILES, ids=[path.parent.name for path in FILES])
def test_each_list_of_examples_stands_once(path: Path) -> None:
    """Of two lists with one name YAML keeps the last, and says nothing: the examples of the first would go unread."""
    heads = [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]
    assert len(heads) == len(set(heads))


def events_of(case: Mapping[str, Any]) -> list[Event]:
    published = date.fromisoformat(str(case["published"])) if case.get("published") else None
    return list(extract(Article(source="example", text=case["text"], published=published), knowledge()).events)


def shown(event: Event, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """An event in the words of an example: only what the example asks about, in its order where order says nothing."""
    names = {p.name for p in event.participants if p.kind == "person"}
    found: dict[str, Any] = {
        "type": event.type.value,
        "status": event.status.value,
        "countries": sorted(event.countries),
        "organizations": sorted(event.organizations),
        "people": sorted(names),
        "titles": {p.name: p.title for p in event.participants if p.kind == "person"},
        "roles": {p.name: p.role.value for p in event.participants if p.kind == "person"},
        "date": event.date.start.isoformat() if event.date else None,
        "mode": event.mode and event.mode.value,
        "venue_country": event.venue.country if event.venue else None,
        "venue_city": event.venue.city if event.venue else None,
    }
    return {key: found[key] for key in wanted}


def plain(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """An expected event with its lists in order, and its date as text."""
    lists = {"countries", "organizations", "people"}
    return {
        key: sorted(value) if key in lists else str(value) if key == "date" and value is not None else value
        for key, value in wanted.items()
    }


def test_every_language_with_examples_has_both_kinds() -> None:
    assert FILES
    for path in FILES:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert len(data["examples"]) >= 3
        assert len(data["none"]) >= 3


@pytest.mark.parametrize("case", list(examples()))
def test_example(case: Mapping[str, Any]) -> None:
    found = events_of(case)
    wanted = [plain(w) for w in case["events"]]
    assert [shown(e, w) for e, w in zip(found, wanted, strict=False)] == wanted
    assert len(found) == len(wanted), [e.title for e in found]
