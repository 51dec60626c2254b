"""Who held which office on a day, outside East and Southeast Asia: facts anyone can look up."""

from __future__ import annotations

from datetime import date

import pytest

from app.knowledge.load import load_knowledge

# office, country or body, day, ids of all who held it that day
HELD = [
    ("president", "US", "1995-07-11", {"bill-clinton"}),
    ("president", "US", "2016-05-23", {"barack-obama"}),
    ("president", "US", "2019-02-27", {"donald-trump"}),
    ("president", "US", "2023-09-10", {"joe-biden"}),
    ("vice-president", "US", "2021-08-25", {"kamala-harris"}),
    ("foreign-minister", "US", "2010-10-30", {"hillary-clinton"}),
    ("foreign-minister", "US", "2018-07-08", {"mike-pompeo"}),
    ("foreign-minister", "US", "2023-04-15", {"antony-blinken"}),
    ("climate-envoy", "US", "2021-11-01", {"john-kerry"}),
    ("defence-minister", "US", "2021-07-29", {"lloyd-austin"}),
    ("trade-representative", "US", "2020-12-28", {"robert-lighthizer"}),
    ("speaker", "US", "2022-08-02", {"nancy-pelosi"}),
    ("president", "RU", "2010-10-31", {"dmitry-medvedev"}),
    ("president", "RU", "2024-06-20", {"vladimir-putin"}),
    ("foreign-minister", "RU", "2022-07-06", {"sergei-lavrov"}),
    ("prime-minister", "IN", "2016-09-03", {"narendra-modi"}),
    ("prime-minister", "AU", "2010-01-01", {"kevin-rudd"}),
    ("foreign-minister", "AU", "2023-08-22", {"penny-wong"}),
    ("prime-minister", "NZ", "2022-11-14", {"jacinda-ardern"}),
    ("prime-minister", "GB", "2022-10-01", {"liz-truss"}),
    ("king", "GB", "2023-05-06", {"charles-iii"}),
    ("president", "FR", "2021-11-03", {"emmanuel-macron"}),
    ("prime-minister", "DE", "2015-09-01", {"angela-merkel"}),
    ("prime-minister", "DE", "2022-11-13", {"olaf-scholz"}),
    ("president", "UA", "2022-02-24", {"volodymyr-zelenskyy"}),
    ("president", "IR", "2023-02-14", {"ebrahim-raisi"}),
    ("president", "BR", "2005-01-01", {"luiz-inacio-lula-da-silva"}),
    ("president", "CU", "2021-09-18", {"miguel-diaz-canel"}),
    ("secretary-general", "un", "2022-10-21", {"antonio-guterres"}),
    ("secretary-general", "un", "2010-10-29", {"ban-ki-moon"}),
    ("secretary-general", "nato", "2023-07-11", {"jens-stoltenberg"}),
    ("commission-president", "eu", "2022-12-14", {"ursula-von-der-leyen"}),
    ("high-representative", "eu", "2012-07-12", {"catherine-ashton"}),
    ("director-general", "who", "2020-01-28", {"tedros-adhanom-ghebreyesus"}),
    ("director-general", "wto", "2022-06-12", {"ngozi-okonjo-iweala"}),
    ("finance-minister", "IT", "2010-01-15", {"giulio-tremonti"}),
    ("finance-minister", "UA", "2015-06-15", {"natalie-jaresko"}),
    ("speaker", "RO", "2010-06-15", {"roberta-anastase"}),
    ("senate-president", "JP", "2011-01-15", {"takeo-nishioka"}),
]


@pytest.mark.parametrize(("office", "body", "day", "ids"), HELD)
def test_held_office_on_day(office: str, body: str, day: str, ids: set[str]) -> None:
    held = load_knowledge().holders(office, body, date.fromisoformat(day))
    assert {tenure.person.id for tenure in held} == ids
