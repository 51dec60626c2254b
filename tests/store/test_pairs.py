"""Which of two reports are of the same occurrence, on labelled pairs; the figures are printed with `pytest -s`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.merging import voices
from app.merging.blocks import blocks
from app.merging.cluster import clusters
from app.merging.likeness import likeness
from app.merging.points import points
from app.merging.report import Traits, traits
from tests.store.reports import report

DATA = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"))
FLOOR = 0.95


def pair(given: list[Any]) -> tuple[bool, Traits, Traits, str]:
    label, base, one, other, what = given
    known = DATA["bases"][base]
    return label == "same", traits(report("ro_1", **known | one)), traits(report("ro_2", **known | other)), what


PAIRS = [pair(given) for given in DATA["pairs"]]


def merged(one: Traits, other: Traits) -> bool:
    """As in the store: only what shares a block is compared."""
    return bool(set(blocks(one)) & set(blocks(other))) and len(clusters(voices.members([one, other]))) == 1


def test_pairs_are_told_apart() -> None:
    count: Counter[tuple[bool, bool]] = Counter()
    for same, one, other, what in PAIRS:
        found = merged(one, other)
        count[same, found] += 1
        if same is not found:
            reasons = likeness(one, other)
            print(f"{what}: {'missed' if same else 'taken for one'} at {reasons.score}: {reasons.reasons}")
    precision = count[True, True] / (count[True, True] + count[False, True])
    recall = count[True, True] / (count[True, True] + count[True, False])
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(PAIRS)} pairs: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert len(PAIRS) >= 60
    assert min(Counter(same for same, *_ in PAIRS).values()) >= 30
    assert f1 >= FLOOR


@pytest.mark.parametrize("given", PAIRS, ids=[what for *_, what in PAIRS])
def test_likeness_is_the_same_both_ways_round_and_has_reasons(given: tuple[bool, Traits, Traits, str]) -> None:
    _, one, other, _ = given
    assert likeness(one, other) == likeness(other, one)
    assert all(reason.words.endswith(".") for reason in likeness(one, other).reasons)


def test_what_many_say_is_compared_as_often_as_what_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    known = DATA["bases"][next(iter(DATA["bases"]))]
    said = [known, known | {"part": "morning"}, known | {"part": "evening"}]
    asked = Counter[str]()

    def counted(*given: Any) -> int | None:
        asked["pairs"] += 1
        return points(*given)

    monkeypatch.setattr(voices, "points", counted)
    many = [traits(report(f"ro_{number:04}", **said[number % 3])) for number in range(600)]
    found = clusters(voices.members(many))
    # Each with itself as it comes in, then those that say something else.
    assert asked["pairs"] == 600 + 3
    # What may be in the morning goes with those of the least id.
    assert sorted(map(len, found)) == [200, 400]
