"""Labelled articles to compare an extraction with: plain comparison, one list of differences a question asked.

A gold file has the names of the records, with these differences: `name`, `title` and `city` are lists of
spellings of which any is right, `optional` marks what need not be found, `type_also` and `start_also` are
other right values, and a commitment has an `anchor` (words of the article) in place of evidence.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.records import Event, Extraction, ParticipantKind

Labelled = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A labelled event and the extracted one that tells the same, if any."""

    gold: Labelled
    found: Event | None


def load(path: Path) -> Labelled:
    """The labels of one article."""
    labels: Labelled = json.loads(path.read_text(encoding="utf-8"))
    return labels


def fold(name: str) -> tuple[str, ...]:
    """A name's words without marks and case, in alphabetical order: Suga Yoshihide is Yoshihide Suga."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    letters = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(sorted("".join(letters).split()))


def _spellings(event: Event) -> list[set[tuple[str, ...]]]:
    """What each person of an extracted event is called."""
    return [
        {fold(name) for name in (one.name, one.name_as_written, *one.aliases) if name}
        for one in event.participants
        if one.kind is ParticipantKind.person
    ]


def _people(gold: Labelled) -> list[tuple[set[tuple[str, ...]], bool]]:
    """The spellings of each labelled person, and whether it must be found."""
    return [
        ({fold(name) for name in one["name"]}, not one.get("optional"))
        for one in gold["participants"]
        if one.get("kind", "person") == "person"
    ]


def _start(event: Event) -> str | None:
    return event.date.start.isoformat() if event.date else None


def _starts(gold: Labelled) -> set[str]:
    return {gold["date"]["start"], *gold["date"].get("start_also", ())}


def likeness(gold: Labelled, event: Event) -> float:
    """How much an extracted event tells what a labelled one does; 0 where its type or all its parties differ."""
    parties, said = set(gold["countries"]), set(event.countries)
    if event.type not in {gold["type"], *gold.get("type_also", ())} or not parties & said:
        return 0.0
    people, called = _people(gold), _spellings(event)
    met = sum(any(names & other for other in called) for names, _ in people)
    same_people = 2 * met / (len(people) + len(called)) if people or called else 1.0
    same_parties = len(parties & said) / len(parties | said)
    return same_people + same_parties + 0.5 * (_start(event) in _starts(gold)) + 0.1 * (not gold.get("optional"))


def pair_up(labels: Labelled, extraction: Extraction) -> list[Pair]:
    """Each labelled event with the extracted event most like it; each extracted event is used once."""
    ranked = sorted(
        (
            (likeness(gold, event), i, j)
            for i, gold in enumerate(labels["events"])
            for j, event in enumerate(extraction.events)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    chosen: dict[int, int] = {}
    for score, i, j in ranked:
        if score > 0 and i not in chosen and j not in chosen.values():
            chosen[i] = j
    return [
        Pair(gold, extraction.events[chosen[i]] if i in chosen else None) for i, gold in enumerate(labels["events"])
    ]


def _label(gold: Labelled) -> str:
    return f"{gold['type']} {'+'.join(gold['countries'])} {gold['date']['start']}"


def missing(pairs: Sequence[Pair], extraction: Extraction) -> list[str]:
    """Required events that were not found."""
    return [_label(pair.gold) for pair in pairs if pair.found is None and not pair.gold.get("optional")]


def surplus(pairs: Sequence[Pair], extraction: Extraction) -> list[str]:
    """Extracted events that the labels do not have."""
    right = [pair.found for pair in pairs if pair.found]
    return [f"{event.type} {_start(event)}: {event.title}" for event in extraction.events if event not in right]


def wrong_dates(pairs: Sequence[Pair], extraction: Extraction) -> list[str]:
    """Required events that were found on another first day, or on none."""
    return [
        f"{_label(gold)}: {_start(found)}" for gold, found in _required(pairs) if _start(found) not in _starts(gold)
    ]


def wrong_people(pairs: Sequence[Pair], extraction: Extraction) -> list[str]:
    """People of required events that were not found, and people who did not take part."""
    differences: list[str] = []
    for gold, found in _required(pairs):
        called, people = _spellings(found), _people(gold)
        for names, needed in people:
            if needed and not any(names & other for other in called):
                differences.append(f"{_label(gold)}: without {' '.join(min(names))}")
        strangers = (other for other in called if not any(names & other for names, _ in people))
        differences.extend(f"{_label(gold)}: with {' '.join(min(other))}" for other in strangers)
    return differences


def wrong_venues(pairs: Sequence[Pair], extraction: Extraction) -> list[str]:
    """Required events that were found in another country, or in none."""
    return [
        f"{_label(gold)}: {found.venue and found.venue.country}"
        for gold, found in _required(pairs)
        if "venue" in gold and (found.venue is None or found.venue.country != gold["venue"]["country"])
    ]


def ungrounded(extraction: Extraction, text: str) -> list[str]:
    """Spans of evidence that are not the words at their place in the text."""
    return [
        f"{span['start']}-{span['end']}: {span['quote']}"
        for span in _spans(extraction.model_dump(mode="json"))
        if text[span["start"] : span["end"]] != span["quote"]
    ]


def _required(pairs: Sequence[Pair]) -> Iterator[tuple[Labelled, Event]]:
    for pair in pairs:
        if pair.found is not None and not pair.gold.get("optional"):
            yield pair.gold, pair.found


def _spans(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node
        for value in node.values():
            yield from _spans(value)
    elif isinstance(node, list):
        for value in node:
            yield from _spans(value)
