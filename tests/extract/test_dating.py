"""The year of a date that leaves it open, and days counted from other days."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract.dates import find_dates
from app.extract.dates_durations import find_durations
from app.extract.dating import Attendance, DatingContext, date_event
from app.extract.model import OccasionHit
from app.extract.pack import load_pack
from app.extract.text import read
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country, Edition, Office, Person, Relation, Series, Term, Upgrade
from app.records import DateBasis, EventDate, EventStatus, Level, PartOfDay, Precision

SOURCE = "made for the test"


def person(name: str, country: str, *terms: tuple[str, str, str | None]) -> Person:
    held = tuple(Term(office=o, country=country, start=s, end=e) for o, s, e in terms)
    return Person(id=name.lower().replace(" ", "-"), name=name, country=country, terms=held, source=SOURCE)


def relation(one: str, other: str, **steps: str) -> Relation:
    return Relation(
        parties=(one, other),
        steps=tuple(Upgrade(level=level, date=day, source=SOURCE) for level, day in steps.items()),
        source=SOURCE,
    )


KNOWLEDGE = Knowledge(
    countries=tuple(
        Country(id=code, alpha3=code + "X", name=name, names={}, source=SOURCE)
        for code, name in (("VN", "Vietnam"), ("US", "United States"), ("JP", "Japan"), ("KR", "South Korea"))
    ),
    offices=(
        Office(id="president", title="President", level=Level.head_of_state, source=SOURCE),
        Office(id="prime-minister", title="Prime Minister", level=Level.head_of_government, source=SOURCE),
    ),
    people=(
        person("Ann Long", "US", ("president", "2009-01-20", "2017-01-20")),
        person("Bo Short", "VN", ("prime-minister", "2014-04-05", "2015-06-30")),
        person("Cy Open", "JP", ("prime-minister", "2012-12-26", None)),
        person("Di Late", "KR", ("president", "2022-05-10", None)),
        person("Eve Prior", "KR", ("president", "2017-05-10", "2022-05-09")),
        person(
            "Ed Both", "US", ("vice-president", "2009-01-20", "2017-01-20"), ("president", "2021-01-20", "2025-01-20")
        ),
    ),
    organizations=(),
    occasions=(
        Series(
            id="cop",
            name="COP{n}",
            names={},
            numbered=True,
            editions=tuple(
                Edition(number=n, year=y, start=a, end=b, source=SOURCE)
                for n, y, a, b in ((20, 2014, "2014-12-01", "2014-12-14"), (21, 2015, "2015-11-30", "2015-12-12"))
            ),
            source=SOURCE,
        ),
    ),
    places=(),
    relations=(
        relation("US", "VN", normalization="1995-07-12", comprehensive_partnership="2013-07-25"),
        relation("JP", "VN", diplomatic_relations="1973-09-21"),
        relation("KR", "VN", diplomatic_relations="1992-12-22"),
    ),
)

LONG = Attendance("ann-long", "president", "US")
SHORT = Attendance("bo-short", "prime-minister", "VN")
OPEN = Attendance("cy-open", "prime-minister", "JP")
LATE = Attendance("di-late", "president", "KR")


def case(
    language: str,
    written: str,
    *participants: Attendance,
    parties: tuple[str, ...] = (),
    occasions: tuple[tuple[str, str, int | None], ...] = (),
    status: EventStatus = EventStatus.occurred,
    published: str | None = None,
    url: str | None = None,
    which: int = 0,
) -> DatingContext:
    """A context whose event has the article's `which`-th date expression."""
    pack = load_pack(language)
    text = read(written, pack)
    found = find_dates(text, pack)
    hits = tuple(
        OccasionHit(text.plain.index(words), text.plain.index(words) + len(words), series, number)
        for words, series, number in occasions
    )
    return DatingContext(
        text=text,
        pack=pack,
        knowledge=KNOWLEDGE,
        expression=found[which] if found else None,
        expressions=found,
        durations=find_durations(text, pack),
        participants=participants,
        parties=parties,
        occasions=hits,
        status=status,
        published=date.fromisoformat(published) if published else None,
        url=url,
        lead=True,
    )


def answer(context: DatingContext) -> EventDate:
    found = date_event(context)
    assert found is not None
    for span in found.evidence:
        assert context.text.given[span.start : span.end] == span.quote
    assert found.explanation
    return found


def test_a_full_date_is_stated() -> None:
    found = answer(case("en", "They met on Tuesday, July 26, 2022 in Paris."))
    assert (found.start, found.end, found.basis) == (date(2022, 7, 26), date(2022, 7, 26), DateBasis.stated)
    assert found.confidence >= 0.95


def test_a_weekday_that_contradicts_a_stated_date_lowers_its_confidence() -> None:
    found = answer(case("en", "They met on Monday, July 26, 2022 in Paris."))
    assert found.start == date(2022, 7, 26)
    assert found.confidence < 0.9


def test_two_terms_of_office_leave_one_year() -> None:
    found = answer(case("vi", "Tối 29/3, hai nhà lãnh đạo điện đàm.", LONG, SHORT))
    assert (found.start, found.basis, found.part_of_day) == (date(2015, 3, 29), DateBasis.inferred, PartOfDay.evening)
    assert "Bo Short was Prime Minister of Vietnam from 2014-04-05 to 2015-06-30: only 2015 fits." in found.explanation
    assert found.evidence[0].quote == "Tối 29/3"


def test_one_piece_of_evidence_is_not_enough_to_be_sure() -> None:
    found = answer(case("vi", "Tối 29/3, hai nhà lãnh đạo điện đàm.", SHORT))
    assert found.start.year == 2015
    assert found.confidence < 0.9


@pytest.mark.parametrize("participants", [(), (LONG,), (OPEN,)])
def test_years_that_fit_equally_give_no_date(participants: tuple[Attendance, ...]) -> None:
    assert date_event(case("vi", "Ngày 12/9, hai bên hội đàm.", *participants)) is None


def test_the_office_as_titled_counts_and_not_the_career() -> None:
    vice = answer(case("vi", "Ngày 1/3, hai bên gặp nhau.", Attendance("ed-both", "vice-president", "US"), SHORT))
    assert vice.start == date(2015, 3, 1)
    president = Attendance("ed-both", "president", "US")
    assert date_event(case("vi", "Ngày 1/3, hai bên gặp nhau.", president, SHORT)) is None


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("vi", "Ngày 27/2, hai bên gặp nhau nhân kỷ niệm 50 năm thiết lập quan hệ ngoại giao."),
        ("zh", "2月27日,两国外长举行会谈,庆祝建交50周年。"),
        ("en", "They met on 27 February to mark the 50th anniversary of diplomatic relations."),
    ],
)
def test_an_anniversary_gives_the_year(language: str, written: str) -> None:
    found = answer(case(language, written, OPEN, parties=("VN", "JP")))
    assert found.start == date(2023, 2, 27)
    assert "50 years after the diplomatic relations of Vietnam and Japan (1973-09-21) is 2023." in found.explanation
    assert len(found.evidence) == 2


def test_an_anniversary_ahead_means_the_year_before() -> None:
    written = "Ngày 22/7, hai thủ tướng điện đàm, hướng tới kỷ niệm 30 năm thiết lập quan hệ ngoại giao (1992-2022)."
    prior = Attendance("eve-prior", "president", "KR")
    assert answer(case("vi", written, prior, parties=("VN", "KR"))).start == date(2021, 7, 22)


def test_countries_named_beside_the_number_count_before_the_parties() -> None:
    written = "Ngày 22/7, hai bên gặp nhau nhân kỷ niệm 10 năm thiết lập Đối tác toàn diện Việt Nam - Hoa Kỳ."
    context = case("vi", written, LONG, parties=("JP", "KR"))
    named = tuple((context.text.plain.index(word), code) for word, code in (("Việt Nam", "VN"), ("Hoa Kỳ", "US")))
    assert answer(replace(context, participants=(OPEN,), named=named)).start == date(2023, 7, 22)


def test_the_days_of_the_summit_decide() -> None:
    context = case("vi", "Tối 1/12, bên lề COP21, hai bên gặp nhau.", LONG, occasions=(("COP21", "cop", 21),))
    found = answer(replace(context, occasion=context.occasions[0]))
    assert found.start == date(2015, 12, 1)
    assert found.confidence >= 0.9
    assert "COP21 was held from 2015-11-30 to 2015-12-12." in found.explanation


def test_a_summit_ahead_is_after_the_event() -> None:
    written = "10月8日,两国领导人通电话。双方期待即将举行的COP21取得成功。"
    found = answer(case("zh", written, LONG, occasions=(("COP21", "cop", 21),)))
    assert found.start == date(2015, 10, 8)
    assert any("as still ahead" in said for said in found.explanation)


def test_the_weekday_picks_the_year() -> None:
    found = answer(case("en", "The leaders spoke on Tuesday, March 29.", LONG, OPEN))
    assert found.start == date(2016, 3, 29)
    assert date_event(case("en", "The leaders spoke on Tuesday, March 29.", LONG, SHORT)) is None  # a contradiction


def test_29_february_is_in_leap_years_only() -> None:
    found = answer(case("vi", "Ngày 29/2, hai bên gặp nhau.", LONG, OPEN))
    assert found.start == date(2016, 2, 29)


@pytest.mark.parametrize(
    ("status", "published", "expected"),
    [
        (EventStatus.occurred, "2021-01-02", "2020-12-30"),
        (EventStatus.occurred, "2021-12-31", "2021-12-30"),
        (EventStatus.planned, "2021-01-02", "2021-12-30"),
        (EventStatus.planned, "2021-12-10", "2021-12-30"),
    ],
)
def test_publication_decides_the_year(status: EventStatus, published: str, expected: str) -> None:
    found = answer(case("vi", "Ngày 30/12, hai bên gặp nhau.", status=status, published=published))
    assert found.start.isoformat() == expected
    assert found.basis is DateBasis.inferred


def test_the_date_in_the_address_serves_as_publication() -> None:
    url = "https://example.org/gap-go-20211102081500123.htm"
    found = answer(case("vi", "Tối 1/11, hai bên gặp nhau.", url=url))
    assert found.start == date(2021, 11, 1)
    assert found.confidence >= 0.9
    assert "The address of the article carries the date 2021-11-02." in found.explanation


@pytest.mark.parametrize(
    ("language", "written", "published", "status", "expected"),
    [
        ("en", "The ministers met on Monday.", "2022-07-26", EventStatus.occurred, "2022-07-25"),
        ("en", "The ministers met on Tuesday.", "2022-07-26", EventStatus.occurred, "2022-07-26"),
        ("en", "The ministers will meet on Monday.", "2022-07-26", EventStatus.planned, "2022-08-01"),
        ("en", "The ministers met last Tuesday.", "2022-07-26", EventStatus.occurred, "2022-07-19"),
        ("en", "The ministers meet next Tuesday.", "2022-07-26", EventStatus.planned, "2022-08-02"),
        ("vi", "Họ gặp nhau thứ Sáu tuần trước.", "2022-07-26", EventStatus.occurred, "2022-07-22"),
        ("vi", "Hôm qua, hai bên gặp nhau.", "2022-03-01", EventStatus.occurred, "2022-02-28"),
        ("vi", "Ngày mai, hai bên gặp nhau.", "2022-12-31", EventStatus.planned, "2023-01-01"),
        ("zh", "外长29日会见来宾。", "2022-03-01", EventStatus.occurred, "2022-01-29"),
        ("zh", "外长28日会见来宾。", "2022-03-01", EventStatus.occurred, "2022-02-28"),
        ("zh", "外长5日将会见来宾。", "2022-12-28", EventStatus.planned, "2023-01-05"),
        ("zh", "总理今天(26日)发表讲话。", "2022-07-26", EventStatus.occurred, "2022-07-26"),
        ("zh", "他去年12月12日访问该国。", "2022-07-26", EventStatus.occurred, "2021-12-12"),
        ("zh", "会谈本月5日举行。", "2022-07-26", EventStatus.occurred, "2022-07-05"),
        ("zh", "上周二,双方举行会谈。", "2022-07-28", EventStatus.occurred, "2022-07-19"),
    ],
)
def test_counts_from_publication(
    language: str, written: str, published: str, status: EventStatus, expected: str
) -> None:
    found = answer(case(language, written, status=status, published=published))
    assert (found.start.isoformat(), found.end) == (expected, found.start)
    assert found.precision is Precision.day


@pytest.mark.parametrize(
    ("written", "start", "end", "precision"),
    [
        ("They agreed last month.", "2022-06-01", "2022-06-30", Precision.month),
        ("They agreed last year.", "2021-01-01", "2021-12-31", Precision.year),
        ("They agreed last week.", "2022-07-18", "2022-07-24", Precision.day),
        ("They agreed this week.", "2022-07-25", "2022-07-26", Precision.day),
        ("They agreed in March this year.", "2022-03-01", "2022-03-31", Precision.month),
        ("They agreed in November 2021.", "2021-11-01", "2021-11-30", Precision.month),
        ("They agreed last November.", "2021-11-01", "2021-11-30", Precision.month),
        ("They agreed last May.", "2022-05-01", "2022-05-31", Precision.month),
        ("They agreed last July.", "2021-07-01", "2021-07-31", Precision.month),
        ("They will agree next July.", "2023-07-01", "2023-07-31", Precision.month),
    ],
)
def test_coarser_dates_are_ranges(written: str, start: str, end: str, precision: Precision) -> None:
    found = answer(case("en", written, published="2022-07-26"))
    assert (found.start.isoformat(), found.end.isoformat(), found.precision) == (start, end, precision)
    assert found.basis is DateBasis.inferred


def test_a_range_over_new_year() -> None:
    found = answer(case("vi", "Chuyến thăm từ ngày 30/12 đến 2/1.", published="2022-01-03"))
    assert (found.start, found.end) == (date(2021, 12, 30), date(2022, 1, 2))


def test_a_day_without_month_is_counted_from_the_dateline() -> None:
    context = case("zh", "新华社河内3月29日电 两国总理28日举行会谈。", LONG, SHORT, which=1)
    found = answer(context)
    assert found.start == date(2015, 3, 28)
    assert [s.quote for s in found.evidence] == ["28日", "3月29日"]


def test_a_full_dateline_serves_as_publication() -> None:
    context = case("en", "OSLO - 8 May 2016: The envoys dined together on Sunday evening.", which=1)
    found = answer(context)
    assert (found.start, found.part_of_day) == (date(2016, 5, 8), PartOfDay.evening)


def test_weekdays_without_any_day_to_count_from_give_none() -> None:
    assert date_event(case("en", "The ministers met on Monday.")) is None


TWO_DAYS = "Tối 29/3/2015, hai bên gặp nhau. Cùng ngày, ông gặp bà. Ngày hôm sau, ông về nước."


def test_the_same_day_and_the_day_after_the_event_before() -> None:
    first = answer(case("vi", TWO_DAYS))
    same = answer(replace(case("vi", TWO_DAYS, which=1), previous=first))
    after = answer(replace(case("vi", TWO_DAYS, which=2), previous=first))
    assert (same.start, same.basis) == (date(2015, 3, 29), DateBasis.stated)
    assert (after.start, after.basis) == (date(2015, 3, 30), DateBasis.inferred)


def test_the_same_day_without_an_event_before_is_the_day_named_before() -> None:
    found = answer(case("vi", "Ngày 29/3/2015, ông đến Huế. Chiều cùng ngày, ông gặp bà.", which=1))
    assert (found.start, found.part_of_day) == (date(2015, 3, 29), PartOfDay.afternoon)


def test_without_a_date_the_lead_event_has_the_day_of_publication() -> None:
    found = answer(case("en", "The two leaders spoke by phone.", published="2022-07-26"))
    assert (found.start, found.basis) == (date(2022, 7, 26), DateBasis.publication)
    assert found.confidence < 0.9


@pytest.mark.parametrize("change", [{"lead": False}, {"status": EventStatus.planned}, {"published": None}])
def test_other_events_without_a_date_have_none(change: dict[str, object]) -> None:
    context = case("en", "The two leaders spoke by phone.", published="2022-07-26")
    assert date_event(replace(context, **change)) is None  # type: ignore[arg-type]


def test_an_event_told_with_another_has_its_day_with_less_confidence() -> None:
    context = case("vi", TWO_DAYS)
    first = answer(context)
    found = answer(replace(context, expression=None, previous=first, lead=False))
    assert (found.start, found.basis) == (date(2015, 3, 29), DateBasis.inferred)
    assert found.confidence < first.confidence


def test_without_publication_the_edition_named_gives_its_days() -> None:
    context = case("en", "They met at COP21.", occasions=(("COP21", "cop", 21),))
    found = answer(replace(context, occasion=context.occasions[0]))
    assert (found.start, found.end) == (date(2015, 11, 30), date(2015, 12, 12))
    assert found.confidence <= 0.6


def test_numbers_of_open_order_are_read_by_the_day_of_publication() -> None:
    usual = answer(case("en", "Released 07/08/2022."))
    assert usual.start == date(2022, 7, 8)
    assert [a.start for a in usual.alternatives] == [date(2022, 8, 7)]
    assert answer(case("en", "Released 07/08/2022.", published="2022-08-08")).start == date(2022, 8, 7)


def test_alternatives_come_with_what_speaks_against_them() -> None:
    found = answer(case("vi", "Ngày 1/5, hai bên gặp nhau và sẽ ký hiệp định cuối năm 2014.", SHORT))
    assert found.start.year == 2014
    assert all(a.confidence < found.confidence and a.explanation for a in found.alternatives)
    assert [a.start.year for a in found.alternatives] == [2015]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["Tối {}", "Ngày {}", "Sáng {}, tại Hà Nội"]),
    st.dates(date(2000, 1, 1), date(2030, 12, 31)),
    st.integers(0, 250),
    st.booleans(),
)
def test_a_day_and_month_come_back_whatever_the_publication(form: str, day: date, distance: int, planned: bool) -> None:
    published = day + timedelta(days=-distance if planned else distance)
    status = EventStatus.planned if planned else EventStatus.occurred
    written = form.format(f"{day.day}/{day.month}") + ", hai bên gặp nhau."
    found = date_event(case("vi", written, status=status, published=published.isoformat()))
    assert found is not None
    assert found.start == day


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["vi", "zh", "en"]),
    st.text(alphabet="0123456789/-年月日至 上周二昨天ngàytháMondyJul ,.", max_size=80),
)
def test_any_text_dates_without_exception(language: str, written: str) -> None:
    for which in range(3):
        pack = load_pack(language)
        if which < len(find_dates(read(written, pack), pack)):
            for published in (None, "2022-02-28"):
                found = date_event(case(language, written, LONG, published=published, which=which))
                assert found is None or found.start <= found.end


def test_explanations_name_the_terms_the_way_people_say_them() -> None:
    found = answer(case("vi", "Tối 29/3, hai nhà lãnh đạo điện đàm.", LONG, SHORT))
    said = "Ann Long was President of the United States from 2009-01-20 to 2017-01-20: 2009 to 2016 fit."
    assert said in found.explanation


def test_the_shipped_knowledge_tells_the_year_of_a_call() -> None:
    shipped = load_knowledge()
    chinh = Attendance("pham-minh-chinh", "prime-minister", "VN")
    kim = Attendance("kim-boo-kyum", "prime-minister", "KR")
    context = case("vi", "Ngày 19/8, hai thủ tướng trao đổi qua điện thoại.", chinh, kim, parties=("VN", "KR"))
    assert answer(replace(context, knowledge=shipped)).start == date(2021, 8, 19)


def test_offsets_of_the_evidence_hold_in_decomposed_text() -> None:
    written = unicodedata.normalize("NFD", "Đại sứ nói: tối 29/3/2015, hai bên gặp nhau.")
    context = case("vi", written)
    assert unicodedata.normalize("NFC", answer(context).evidence[0].quote) == "tối 29/3/2015"
