"""Which edition of a series an event took place at, also where there are two in one year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml

from app.extract.pack import LANGUAGES
from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article

SPRING_AND_AUTUMN = (
    "Ngày {day}, tại Manila, Thủ tướng Nguyễn Xuân Phúc gặp Thủ tướng Nhật Bản Shinzo Abe nhân dịp dự {summit}.",
    "Prime Minister Nguyen Xuan Phuc met with Japanese Prime Minister Shinzo Abe in Manila on {day} "
    "on the sidelines of the {summit}.",
)


@pytest.mark.parametrize(
    ("sentence", "day", "summit", "edition"),
    [
        (0, "13/11/2017", "Hội nghị Cấp cao ASEAN lần thứ 31", "asean-summit-31"),
        (0, "13/11/2017", "Hội nghị Cấp cao ASEAN 31", "asean-summit-31"),
        (0, "29/4/2017", "Hội nghị Cấp cao ASEAN lần thứ 30", "asean-summit-30"),
        (0, "13/11/2017", "Hội nghị Cấp cao ASEAN", "asean-summit-31"),
        (1, "November 13, 2017", "31st ASEAN Summit", "asean-summit-31"),
        (1, "April 29, 2017", "ASEAN Summit", "asean-summit-30"),
    ],
)
def test_of_two_summits_a_year_the_one_that_is_named(sentence: int, day: str, summit: str, edition: str) -> None:
    written = SPRING_AND_AUTUMN[sentence].format(day=day, summit=summit)
    events = extract(Article(source="test", text=written), load_knowledge()).events
    assert {e.occasion.id for e in events if e.occasion} == {edition}


def test_the_number_alone_gives_the_days() -> None:
    written = "Nhân dịp dự Hội nghị Cấp cao ASEAN lần thứ 31, Thủ tướng Nguyễn Xuân Phúc gặp Thủ tướng Shinzo Abe."
    event = extract(Article(source="test", text=written), load_knowledge()).events[0]
    assert event.date is not None
    assert (event.date.start, event.date.end) == (date(2017, 11, 13), date(2017, 11, 14))


def examples() -> Iterator[Any]:
    for path in sorted(LANGUAGES.glob("*/examples_occasions.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["examples"]):
            yield pytest.param(case, id=f"{path.parent.name}-{number}-{case['text'][:40]}")


@pytest.mark.parametrize("case", list(examples()))
def test_the_occasion_of_an_event_is_one_that_is_known_or_as_written(case: dict[str, Any]) -> None:
    written = case["text"]
    event = extract(Article(source="test", text=written), load_knowledge()).events[0]
    found = event.occasion
    assert (found and (found.id or found.name)) == case["occasion"]
    assert found is None or all(written[one.start : one.end] == one.quote for one in found.evidence)
    assert "people" not in case or [p.name for p in event.participants if p.kind == "person"] == case["people"]
