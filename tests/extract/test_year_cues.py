"""Cues for the year in sentences of our own, with the shipped knowledge and without a day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from app.extract.editions import between_editions
from app.extract.model import OccasionHit
from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article, EventDate

SERIES = "china-japan-strategic-dialogue"


def first_date(text: str) -> EventDate | None:
    """When the first event of a text was."""
    events = extract(Article(source="made", text=text), load_knowledge()).events
    assert events
    return events[0].date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # "counterpart": the office of the one met
        ("Defence Minister Peter Dutton met his Indonesian counterpart Prabowo Subianto in Sydney on 9 July.", 2021),
        ("Defence Minister Richard Marles met his New Zealand counterpart Peeni Henare in Darwin on 3 October.", 2022),
        ("美国战争部长赫格塞思11月2日在河内同越南国防部长潘文江举行会谈。", 2025),
        # not the body of the party but the office, not the errand but the office
        ("Chiều 2/11, Đại tướng Phan Văn Giang, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Quốc phòng đã hội đàm với Bộ trưởng "
         "Bộ Chiến tranh Hoa Kỳ Pete Hegseth tại Hà Nội.", 2025),
        # soon to lead the country
        ("Defence Minister Prabowo Subianto, who is set to become Indonesia's next leader, met Prime Minister Anthony "
         "Albanese in Canberra on 20 August.", 2024),
        # first days in office
        ("Chiều 25/1, tại Phủ Chủ tịch, Chủ tịch nước Trần Đại Quang tiếp Bộ trưởng Quốc phòng Mỹ James Mattis.", 2018),
        # an anniversary next year is ahead by one year, and no more
        ("Foreign Minister Sihasak Phuangketkeow met Vietnamese counterpart Lê Hoài Trung on Sunday. Thailand and "
         "Vietnam will mark the 50th anniversary of diplomatic relations next year.", 2025),
        # the day somebody came into office
        ("President Donald Trump and Prime Minister Shinzo Abe held talks in Washington on Friday. It was the longest "
         "meeting with a foreign leader since he became president on January 20.", 2017),
        # what two leaders agreed on in a place, by its name
        ("外交部副部长谢锋12月11日在廊坊同美国助理国务卿康达举行会谈，就落实两国元首巴厘岛会晤共识交换意见。", 2022),
        # numbered meetings
        ("外交部副部长乐玉成14日在西安同日本外务事务次官秋叶刚男举行第十五轮中日战略对话。新华社西安1月14日电", 2020),
        ("Sáng 3/12, Thủ tướng Phạm Minh Chính và Thủ tướng Lào Sonexay Siphandone đồng chủ trì Kỳ họp 48 Ủy ban liên "
         "Chính phủ Việt Nam – Lào tại Vientiane.", 2025),
    ],
)  # fmt: skip
def test_the_year(text: str, expected: int) -> None:
    found = first_date(text)
    assert found is not None, text
    assert found.start.year == found.end.year == expected


def test_a_journey_to_a_successor_is_not_meant() -> None:
    text = (
        "India and Australia decided to soon hold the next round of negotiations on trade. Prime Minister Malcolm "
        "Turnbull said that he was glad, and Prime Minister Narendra Modi that he was too."
    )
    found = first_date(text)
    assert found is None or 2015 <= found.start.year <= 2018


@pytest.mark.parametrize(
    "text",
    [
        # the first since November is not the first of all
        "Foreign Minister Sergei Lavrov met Foreign Minister Marko Duric. It was their first meeting since November.",
        # at home, whatever journey to the guest's country is on record
        "Prime Minister Shinzo Abe met Vice President Wang Qishan of China. They spoke at a guesthouse in Tokyo.",
    ],
)
def test_what_leaves_the_year_open(text: str) -> None:
    assert first_date(text) is None


def test_a_journey_is_dated_by_where_it_went() -> None:
    text = "President Donald Trump arrived in Saudi Arabia on Tuesday, with the war in Gaza on his mind."
    found = first_date(text)
    assert found is not None
    assert found.start == date(2025, 5, 13)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (9, date(2007, 1, 27), date(2011, 2, 28)),
        (3, date(2003, 1, 1), date(2006, 2, 10)),
        (16, date(2020, 1, 14), date(2022, 12, 31)),
    ],
)
def test_an_edition_not_on_record_lies_between_its_neighbours(number: int, first: date, last: date) -> None:
    between = between_editions(OccasionHit(0, 1, SERIES, number), load_knowledge())
    assert between is not None
    assert first <= between.first < between.last <= last
    assert "China-Japan Strategic Dialogue was held from" in between.said


@pytest.mark.parametrize("number", [40, None])
def test_the_pace_of_a_series_reaches_only_so_far(number: int | None) -> None:
    assert between_editions(OccasionHit(0, 1, SERIES, number), load_knowledge()) is None
