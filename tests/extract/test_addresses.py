"""What addresses say about the day an article appeared: dates, pictures, archived copies, and numbers that count up."""

from __future__ import annotations

from datetime import date

import pytest

from app.extract.address_numbers import number_window
from app.extract.addresses import AddressKind, dated_addresses, first_capture, latest_picture
from app.extract.dates_url import date_in_url, month_in_url, stored_on
from app.extract.pack import load_pack
from app.extract.pipeline import extract
from app.extract.text import read
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Numbered, Numbering
from app.records import Article, Precision

SITE = Numbering(
    id="daily",
    hosts=("daily.example",),
    paths=("/news/{n}", "/*/c/{n}.html"),
    points=(
        Numbered(number=1000, day="2019-01-01"),
        Numbered(number=2000, day="2019-12-27"),
        Numbered(number=3000, day="2020-12-21"),
    ),
    source="made for the test",
)
KNOWLEDGE = Knowledge(
    countries=(), offices=(), people=(), organizations=(), occasions=(), places=(), relations=(), numberings=(SITE,)
)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.example/2023/02/27/talks", date(2023, 2, 27)),
        ("https://a.example/talks-20211102081500123.htm", date(2021, 11, 2)),
        ("https://a.example/world/2022/jul/26/talks", date(2022, 7, 26)),
        ("https://a.example/hoi-dam-185240520161503277.htm", date(2024, 5, 20)),
        ("https://a.example/hoi-dam-1022411182025346.htm", date(2024, 11, 18)),
        ("https://a.example/talks-185249920161503277.htm", None),
        ("https://a.example/talks-4704860.html", None),
        ("https://a.example/2022/07/talks", None),
        ("https://a.example/item/20770203/talks", None),
    ],
)
def test_the_day_of_a_page(address: str, day: date | None) -> None:
    assert date_in_url(address) == day


def test_the_month_of_a_page() -> None:
    assert month_in_url("https://a.example/2022/07/talks") == date(2022, 7, 1)
    assert month_in_url("https://a.example/page/202207/1271234.shtml") == date(2022, 7, 1)
    assert month_in_url("https://a.example/2022/13/talks") is None


def test_the_day_a_picture_was_stored() -> None:
    assert stored_on("https://a.example/x-1731586495486.jpeg") == date(2024, 11, 14)
    assert stored_on("https://a.example/x.jpg?v=1728031140") == date(2024, 10, 4)
    assert stored_on("https://a.example/x-20200902075927_1a5c.jpg") == date(2020, 9, 2)
    assert stored_on("https://a.example/photo-1234.jpg") is None


def test_pictures_and_copies_are_told_apart() -> None:
    archived = "https://web.archive.org/web/20210919131356im_/https://a.example/x-20200902075927_1a5c.jpg"
    text = read(
        f'Talks\n![a](https://a.example/2020/09/01/y.png)\n<img src="{archived}">\nhttps://b.example/2019/01/01/z',
        load_pack("en"),
    )
    found = dated_addresses(text)
    assert [(a.kind, a.day) for a in found] == [
        (AddressKind.picture, date(2020, 9, 1)),
        (AddressKind.capture, date(2021, 9, 19)),
        (AddressKind.picture, date(2020, 9, 2)),
    ]
    picture, capture = latest_picture(found), first_capture(found)
    assert picture is not None
    assert picture.day == date(2020, 9, 2)
    assert capture is not None
    assert text.span(capture.start, capture.end).quote == archived


@pytest.mark.parametrize(
    ("number", "day"),
    [(1500, date(2019, 6, 30)), (1000, date(2019, 1, 1)), (3100, date(2021, 1, 26))],
)
def test_a_number_between_two_known_ones(number: int, day: date) -> None:
    for address in (f"https://www.daily.example/news/{number}", f"http://m.daily.example/x/c/{number}.html"):
        window = number_window(address, KNOWLEDGE)
        assert window is not None
        assert abs((window.likely - day).days) <= 1
        assert window.first < day < window.last


@pytest.mark.parametrize(
    "address",
    [
        "https://www.daily.example/news/5000",  # years after the last known number
        "https://www.daily.example/news/500",
        "https://www.daily.example/about/1500",
        "https://other.example/news/1500",
        "daily.example/news/1500",
        None,
    ],
)
def test_a_number_that_says_nothing(address: str | None) -> None:
    assert number_window(address, KNOWLEDGE) is None


def dated(text: str, **given: str) -> tuple[date, Precision, float]:
    article = Article.model_validate({"source": "test", "text": text, **given})
    (event,) = extract(article, load_knowledge()).events
    assert event.date is not None
    assert any("address" in said or "picture" in said for said in event.date.explanation)
    return event.date.start, event.date.precision, event.date.confidence


TALKS = "President Vladimir Putin met with Prime Minister of Japan Shinzo Abe"


def test_today_is_counted_from_a_picture() -> None:
    told = f"{TALKS} in Moscow on Tuesday.\n\n![Handshake](https://a.example/talks-20190122101500.jpg)"
    start, precision, confidence = dated(told)
    assert (start, precision) == (date(2019, 1, 22), Precision.day)
    assert confidence < 0.9


def test_a_number_gives_the_year_of_a_day() -> None:
    assert dated(f"{TALKS} in Moscow on 22 January.", url="http://en.kremlin.ru/events/president/news/59714")[:2] == (
        date(2019, 1, 22),
        Precision.day,
    )


def test_a_number_alone_gives_no_more_than_it_knows() -> None:
    start, precision, _ = dated(f"{TALKS} in Moscow.", url="http://en.kremlin.ru/events/president/news/60000")
    assert (start, precision) == (date(2019, 3, 1), Precision.month)
