"""A day that a page shows is doubted where somebody held the office at another time."""

from __future__ import annotations

from datetime import date

import pytest

from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article, EventDate

KNOWLEDGE = load_knowledge()


def dated(told: str, published: date | None) -> EventDate:
    (event,) = extract(Article(source="test", text=told, published=published), KNOWLEDGE).events
    assert event.date is not None
    return event.date


@pytest.mark.parametrize(
    ("told", "against"),
    [
        ("President Paul Kagame and Kenyan President Uhuru Kenyatta met today in Nairobi.", "Uhuru Kenyatta"),
        ("德国总理默克尔今天在柏林会见法国总统马克龙。", "Angela Merkel"),
        ("Hôm nay, Thủ tướng Nguyễn Xuân Phúc tiếp Tổng thống Hàn Quốc tại Hà Nội.", "Nguyễn Xuân Phúc"),
    ],
)  # fmt: skip
def test_a_day_outside_an_office_is_doubted_and_says_why(told: str, against: str) -> None:
    when = dated(told, date(2026, 2, 17))
    assert when.start == date(2026, 2, 17)
    assert when.confidence == 0.5
    assert against in when.explanation[-1]
    assert when.explanation[-1].endswith("this day does not fit.")


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ("President Paul Kagame and Kenyan President Uhuru Kenyatta met today in Nairobi.", date(2018, 2, 17)),
        # What is stated is stated.
        ("President Paul Kagame met Kenyan President Uhuru Kenyatta in Nairobi on 17 February 2026.", None),
        # No office of his is told.
        ("Kagame held talks today with Kenya's Uhuru Kenyatta in Nairobi.", date(2026, 2, 17)),
    ],
)
def test_what_fits_or_is_stated_is_not(told: str, published: date | None) -> None:
    when = dated(told, published)
    assert when.confidence > 0.8
    assert not [said for said in when.explanation if "does not fit" in said]
