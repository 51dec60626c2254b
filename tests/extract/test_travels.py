"""Journeys on record date what was told without a year or without a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.extract.dates import find_dates
from app.extract.dating import Attendance, DatingContext, date_event
from app.extract.pack import load_pack
from app.extract.pipeline import extract
from app.extract.text import read
from app.knowledge.load import load_knowledge
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country, Office, Person, Stop, Term, Travels
from app.records import Article, EventDate, EventStatus, Level, Precision

SOURCE = "made for the test"


def leader(name: str, country: str, start: str, end: str | None) -> Person:
    term = Term(office="president", country=country, start=start, end=end)
    return Person(id=name.lower(), name=name, country=country, terms=(term,), source=SOURCE)


KNOWLEDGE = Knowledge(
    countries=tuple(
        Country(id=code, alpha3=code + "X", name=name, names={}, source=SOURCE)
        for code, name in (("FR", "France"), ("JP", "Japan"), ("FI", "Finland"), ("IN", "India"))
    ),
    offices=(Office(id="president", title="President", level=Level.head_of_state, source=SOURCE),),
    people=(leader("Ana", "FR", "2012-05-01", "2022-04-30"), leader("Bo", "JP", "2015-01-01", "2019-12-31")),
    organizations=(),
    occasions=(),
    places=(),
    relations=(),
    travels=(
        Travels(
            id="ana",
            stops=(
                Stop(to="JP", start="2014-03-03", end="2014-03-05"),
                Stop(to="FI", start="2016-06-06", end="2016-06-08"),
                Stop(to="JP", start="2018-10-10", end="2018-10-12"),
                Stop(to="IN", start="2019-01-07", end="2019-01-09"),
            ),
            source=SOURCE,
        ),
        Travels(id="bo", stops=(Stop(to="FI", start="2016-06-08", end="2016-06-09"),), source=SOURCE),
    ),
)
ANA, BO = Attendance("ana", "president", "FR"), Attendance("bo", "president", "JP")


def context(written: str, *people: Attendance, which: int = 0, **given: object) -> DatingContext:
    pack = load_pack("en")
    text = read(written, pack)
    found = find_dates(text, pack)
    plain = DatingContext(
        text=text, pack=pack, knowledge=KNOWLEDGE, expression=found[which] if found else None, expressions=found,
        participants=people, parties=("FR", "JP"), lead=True,
    )  # fmt: skip
    return replace(plain, **given)  # type: ignore[arg-type]


def answer(case: DatingContext) -> EventDate:
    found = date_event(case)
    assert found is not None
    assert any(" was in " in said for said in found.explanation)
    return found


def test_the_year_of_a_day_is_that_of_the_journey() -> None:
    found = answer(context("On 11 October the two presidents met in Tokyo.", ANA, BO))
    assert found.start == date(2018, 10, 11)


def test_the_terms_of_the_others_choose_among_journeys() -> None:
    found = answer(context("The two presidents met in Tokyo.", ANA, BO))  # Bo was not in office in 2014
    assert (found.start, found.end, found.precision) == (date(2018, 10, 10), date(2018, 10, 12), Precision.day)
    assert found.confidence < 0.9


def test_a_weekday_is_looked_for_within_the_journey() -> None:
    assert answer(context("The two presidents met on Thursday.", ANA, BO)).start == date(2018, 10, 11)


def test_a_visit_to_come_may_be_told_by_the_weekday_of_the_departure() -> None:
    ahead = context("She will leave for Tokyo on Monday.", ANA, BO, visit=True, status=EventStatus.planned)
    assert answer(ahead).start == date(2018, 10, 10)


def test_travellers_who_met_elsewhere_were_there_together() -> None:
    found = answer(context("The two presidents met in Helsinki.", ANA, BO, venue="FI"))
    assert (found.start, found.end) == (date(2016, 6, 8), date(2016, 6, 8))


def test_what_is_told_as_the_end_of_a_journey_was_on_its_last_day() -> None:
    said = "At the end of the visit a statement was issued."
    assert answer(context(said, ANA, BO, closing=True)).start == date(2018, 10, 12)


def test_news_right_after_a_journey_tells_its_last_day() -> None:
    found = answer(context("The two presidents met in Tokyo.", ANA, BO, published=date(2018, 10, 13)))
    assert found.start == date(2018, 10, 12)


@pytest.mark.parametrize(
    "case",
    [
        context("The two presidents met.", ANA),  # 2014 or 2018
        context("The two presidents met on Monday.", ANA, BO),  # no journey had a Monday
        context("The two presidents spoke by phone.", ANA, BO, in_person=False),
        context("The two presidents met.", BO),
        context("The two presidents met.", ANA, BO, lead=False),
        context("She will leave on Saturday.", ANA, BO, visit=True, status=EventStatus.planned),
        # states alone meet in one of them: not in India, which the text names too
        context("The two states signed.", contemporaries=(ANA,), parties=("FR", "KR"), places=frozenset({"IN"})),
    ],
)
def test_journeys_that_leave_it_open_give_no_date(case: DatingContext) -> None:
    assert date_event(case) is None


def test_states_alone_meet_in_one_of_them() -> None:
    case = context("The two states signed.", contemporaries=(ANA,), parties=("FR", "FI"), places=frozenset({"IN"}))
    assert answer(case).start == date(2016, 6, 6)


def test_at_a_summit_of_other_days_nobody_is_on_a_journey() -> None:
    told = "US President Donald Trump met Chinese President Xi Jinping on the sidelines of the G20 summit in Osaka."
    [event] = extract(Article(source="test", text=told), load_knowledge()).events
    assert event.date is None or event.date.start.year == 2019


@pytest.mark.parametrize(
    "told",
    [
        "Russian President Vladimir Putin expelled three US diplomats. President Donald Trump regretted it.",
        "Russia expelled two US diplomats, President Vladimir Putin said. President Donald Trump regretted it.",
        "US President Donald Trump imposed sanctions on Russia and on President Vladimir Putin.",
    ],
)
def test_nobody_travels_for_what_is_done_at_home(told: str) -> None:
    events = extract(Article(source="test", text=told), load_knowledge()).events
    assert events
    assert not [said for event in events if event.date for said in event.date.explanation if " was in " in said]


def test_news_of_another_time_is_not_of_the_journey() -> None:
    found = date_event(context("The two presidents met in Tokyo.", ANA, BO, published=date(2019, 5, 5)))
    assert found is not None
    assert found.start == date(2019, 5, 5)


def test_recent_is_the_month_before() -> None:
    found = date_event(context("During their recent meeting they agreed.", recent=True, published=date(2019, 7, 25)))
    assert found is not None
    assert (found.start, found.precision) == (date(2019, 7, 1), Precision.month)


def test_the_shipped_journeys_date_a_summit() -> None:
    known = replace(
        context("The presidents met on Tuesday.", Attendance("vladimir-putin", "president", "RU")),
        knowledge=load_knowledge(), parties=("IR", "RU", "TR"), venue="IR",
        participants=(
            Attendance("vladimir-putin", "president", "RU"),
            Attendance("recep-tayyip-erdogan", "president", "TR"),
            Attendance("ebrahim-raisi", "president", "IR"),
        ),
    )  # fmt: skip
    assert answer(known).start == date(2022, 7, 19)
