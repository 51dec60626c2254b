"""What an article speaks of, and how it calls a relation, tell when it was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from app.extract import languages
from app.extract.dates import find_dates
from app.extract.dating import DatingContext, date_event
from app.extract.dating_context import Named
from app.extract.pack import load_pack
from app.extract.pipeline import extract
from app.extract.text import read
from app.extract.year_careers import stages_said
from app.extract.year_evidence import year_evidence
from app.extract.year_model import Candidate, YearEvidence
from app.knowledge.load import load_knowledge
from app.records import Article, Precision

LANGUAGES = Path(languages.__file__).parent
SAID = [
    (code, *row)
    for code in ("en", "vi", "zh")
    for row in yaml.safe_load((LANGUAGES / code / "examples_dates.yaml").read_text(encoding="utf-8"))["careers"]
]
WHEN = [
    row
    for code in ("en", "vi", "zh")
    for row in yaml.safe_load((LANGUAGES / code / "examples_dates.yaml").read_text(encoding="utf-8"))["years"]
]
YEARS = tuple(range(2010, 2027))


def context(language: str, written: str, *parties: str) -> DatingContext:
    pack = load_pack(language)
    text = read(written, pack)
    found = find_dates(text, pack)
    return DatingContext(
        text=text, pack=pack, knowledge=load_knowledge(), expression=found[0] if found else None, expressions=found,
        parties=parties, lead=True,
    )  # fmt: skip


def evidence(case: DatingContext, kind: str) -> dict[int, float]:
    assert case.expression is not None
    days = [Candidate(date(year, 6, 1), date(year, 6, 1)) for year in YEARS]
    pieces: list[YearEvidence] = [p for p in year_evidence(case, days, case.expression) if p.kind.startswith(kind)]
    assert len(pieces) <= 1
    return dict(zip(YEARS, pieces[0].weights, strict=True)) if pieces else {}


@pytest.mark.parametrize(
    ("language", "written", "first"),
    [
        ("en", "On June 1 the ministers spoke of AUKUS.", 2022),
        ("en", "On June 1 they discussed the Belt and Road.", 2014),
        ("vi", "Ngày 1/6, hai bên bàn về Sáng kiến Phát triển toàn cầu.", 2022),
        ("vi", "Ngày 1/6, hai bên bàn về CPTPP.", 2018),
        ("zh", "6月1日，双方谈到全球安全倡议。", 2022),
        ("zh", "6月1日，双方谈到“一带一路”合作。", 2014),
    ],
)
def test_nothing_is_named_before_it_exists(language: str, written: str, first: int) -> None:
    weights = evidence(context(language, written), "news")
    assert min(year for year, weight in weights.items() if weight == 0.0) == first
    assert weights[first - 1] < -3


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "On June 1 they discussed COVID-19."),
        ("vi", "Ngày 1/6, hai bên bàn về đại dịch COVID."),
        ("zh", "6月1日，双方就新冠疫情交换意见。"),
    ],
)
def test_what_is_news_is_named_while_it_is_news(language: str, written: str) -> None:
    weights = evidence(context(language, written), "news")
    assert weights[2019] < 0 < weights[2021] < weights[2020]
    assert weights[2026] < weights[2024] < 0


@pytest.mark.parametrize("said", ["the ministers spoke of trade", "they met in Covidale", "a quad was built"])
def test_other_words_say_nothing(said: str) -> None:
    assert evidence(context("en", f"On June 1 {said}."), "news") == {}


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "On June 1 they praised the U.S.-Vietnam Comprehensive Partnership."),
        ("vi", "Ngày 1/6, hai bên đánh giá cao quan hệ Đối tác toàn diện."),
        ("zh", "6月1日，双方积极评价全面伙伴关系。"),
    ],
)
def test_a_relation_is_called_what_it_is(language: str, written: str) -> None:
    weights = evidence(context(language, written, "US", "VN"), "level")
    assert [year for year in YEARS if weights[year] == 0.0] == list(range(2014, 2024))  # July 2013 to September 2023


@pytest.mark.parametrize(
    ("language", "written", "where", "code", "years"),
    [
        ("en", "On June 1 Indonesia, the ASEAN Chair, called for calm.", "Indonesia", "ID", [2011, 2023]),
        ("en", "On June 1 he wished Vietnam a good ASEAN chairmanship.", "Vietnam", "VN", [2010, 2020]),
        ("en", "On June 1 they spoke of India's G20 Presidency.", "India", "IN", [2023]),
        ("vi", "Ngày 1/6, Lào, nước Chủ tịch ASEAN, mời hai bên.", "Lào", "LA", [2016, 2024]),
        ("vi", "Ngày 1/6, hai bên bàn về việc Peru là nước chủ nhà APEC.", "Peru", "PE", [2016, 2024]),
        ("zh", "6月1日，作为二十国集团轮值主席国的巴西提出倡议。", "巴西", "BR", [2024]),
        ("zh", "6月1日，匈牙利担任欧盟轮值主席国。", "匈牙利", "HU", [2011]),  # in 2024 only from July on
        ("en", "On June 1 Mongolia spoke to the ASEAN Chair.", "Mongolia", "MN", []),
    ],
)
def test_a_chair_tells_of_its_turn(language: str, written: str, where: str, code: str, years: list[int]) -> None:
    case = replace(context(language, written), named=((written.index(where), code),))
    weights = evidence(case, "chair")
    assert [year for year, weight in weights.items() if weight > 1] == years
    assert all(weight <= 0.2 for year, weight in weights.items() if year not in years)


def test_the_highest_level_named_counts() -> None:
    written = "On June 1 they raised the Comprehensive Partnership to a Comprehensive Strategic Partnership."
    weights = evidence(context("en", written, "US", "VN"), "level")
    assert [year for year in YEARS if weights[year] == 0.0] == [2024, 2025, 2026]


def test_a_relation_of_others_says_nothing() -> None:
    assert evidence(context("en", "On June 1 they praised their Comprehensive Partnership.", "US", "FR"), "level") == {}


def test_a_month_told_as_past_comes_before() -> None:
    weights = evidence(context("en", "On June 1 they recalled her visit of August 2021."), "month")
    assert weights[2021] < 0 < weights[2023] < weights[2022]


def test_the_year_alone_where_two_kinds_of_evidence_agree() -> None:
    written = "The ministers spoke today of COVID-19, the 13th National Party Congress and the coup in Myanmar."
    found = date_event(context("en", written, "US", "VN"))
    assert found is not None
    assert (found.start, found.precision) == (date(2021, 1, 1), Precision.year)
    assert found.confidence <= 0.7
    assert found.alternatives
    assert date_event(context("en", "The ministers spoke today of AUKUS.", "US", "VN")) is None


def test_a_page_whose_days_are_all_one_is_of_that_day() -> None:
    told = "The leaders signed the accord that gives them a council of their own, and then they dined together."
    written = f"{told}\n\nSee also\nDeclaration May 28, 2002\nSpeech May 28, 2002"
    found = date_event(replace(context("en", written), expression=None))
    assert found is not None
    assert found.start == date(2002, 5, 28)
    other = f"{told}\n\nSee also\nDeclaration May 28, 2002\nSpeech May 30, 2002"
    assert date_event(replace(context("en", other), expression=None)) is None


@pytest.mark.parametrize(("language", "words", "stage"), SAID)
def test_what_is_said_beside_a_title(language: str, words: str, stage: str) -> None:
    case = context(language, words)
    said = stages_said(case.text.low, 0, len(words), case.pack)
    assert (stage in said) if stage != "-" else not said


def career(written: str, actor: str) -> dict[int, float]:
    case = context("en", written)
    at = case.text.plain.index("President")
    return evidence(replace(case, people=(Named(actor, "president", at, len(case.text.plain)),)), "career")


def test_a_new_president_is_in_the_first_year() -> None:
    weights = career("On June 1 he met the new President Moon Jae-in.", "moon-jae-in")
    assert [year for year in YEARS if weights[year] > 0] == [2017]


def test_who_is_mourned_has_died() -> None:
    weights = career("On June 1 he sent condolences on the passing of President Ebrahim Raisi.", "ebrahim-raisi")
    assert [year for year in YEARS if weights[year] > 0] == [2024]
    assert weights[2023] < 0 == weights[2025]
    assert career("On June 1 he met President Ebrahim Raisi.", "ebrahim-raisi") == {}


@pytest.mark.parametrize(("written", "when"), WHEN)
def test_when_an_undated_text_was_written(written: str, when: str) -> None:
    events = extract(Article(source="-", text=written), load_knowledge()).events
    told = events[0].date.start.isoformat() if events and events[0].date else "-"
    assert told.startswith(when), events[0].date if events else events
