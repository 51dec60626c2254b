"""Offices that nobody is named for are whoever held them on the day of the event."""

from __future__ import annotations

import pytest

from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article, Participant

KNOWLEDGE = load_knowledge()


def participants(told: str) -> list[Participant]:
    events = extract(Article(source="test", text=told), KNOWLEDGE).events
    return [one for event in events for one in event.participants]


@pytest.mark.parametrize(
    ("told", "actor", "words"),
    [
        (
            "On 12 November 2018 Foreign Minister Wang Yi met the Thai foreign minister in Bangkok.",
            "don-pramudwinai",
            "Thai foreign minister",
        ),
        (
            "On 12 November 2018 Prime Minister Nguyen Xuan Phuc met the German chancellor in Hanoi.",
            "angela-merkel",
            "German chancellor",
        ),
        ("2018年11月12日，王毅外长在曼谷会见泰国外长。", "don-pramudwinai", "泰国外长"),
        (
            "Ngày 12/11/2018, Ngoại trưởng Vương Nghị hội đàm với Thủ tướng Đức tại Berlin.",
            "angela-merkel",
            "Thủ tướng Đức",
        ),
        (
            "Ngày 2/3/2019, Thủ tướng Nguyễn Xuân Phúc tiếp Chủ tịch Triều Tiên tại Hà Nội.",
            "kim-jong-un",
            "Chủ tịch Triều Tiên",
        ),
        ("2019年3月1日，越南总理阮春福会见朝鲜委员长。", "kim-jong-un", "朝鲜委员长"),
        ("2018年11月12日，王毅外长在纽约会见联合国秘书长。", "antonio-guterres", "联合国秘书长"),
        (
            "On 12 November 2018 Prime Minister Nguyen Xuan Phuc met the UN secretary-general in New York.",
            "antonio-guterres",
            "UN secretary-general",
        ),
        (
            "Ngày 12/11/2017, Thủ tướng Nguyễn Xuân Phúc hội kiến Chủ tịch Trung Quốc tại Hà Nội.",
            "xi-jinping",
            "Chủ tịch Trung Quốc",
        ),
    ],
)
def test_the_office_is_its_holder_of_that_day(told: str, actor: str, words: str) -> None:
    found = {one.actor_id: one for one in participants(told)}
    assert actor in found
    assert found[actor].evidence[0].quote == words
    assert found[actor].name_as_written is None


@pytest.mark.parametrize(
    "told",
    [
        # The office changed hands in that year.
        "In 2017 the foreign minister of China met the French president in Paris.",
        # One of many, and one who held it before.
        "On 12 November 2018 Foreign Minister Wang Yi met the German ambassador in Beijing.",
        "On 12 November 2018 Foreign Minister Wang Yi met a former German chancellor in Beijing.",
        # Nothing tells the year.
        "Ngoại trưởng Trung Quốc gặp Thủ tướng Đức tại Berlin.",
        # No head of state is called so there.
        "Ngày 12/11/2018, Thủ tướng Nguyễn Xuân Phúc tiếp Chủ tịch Pháp tại Hà Nội.",
        "Ngày 12/11/2018, Thủ tướng Nguyễn Xuân Phúc tiếp Chủ tịch Ủy ban Olympic Trung Quốc tại Hà Nội.",
    ],
)
def test_where_it_may_be_several_nobody_is_named(told: str) -> None:
    named = {one.actor_id for one in participants(told) if one.name_as_written is None}
    assert not named & set(KNOWLEDGE.person)
