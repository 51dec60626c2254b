"""Who held which office in East and South-East Asia on a day: facts anybody can look up."""

from __future__ import annotations

from datetime import date

import pytest

from app.knowledge.load import load_knowledge

HOLDERS = [
    ("general-secretary", "VN", "2024-03-01", "nguyen-phu-trong"),
    ("general-secretary", "VN", "2025-01-01", "to-lam"),
    ("president", "VN", "2016-05-23", "tran-dai-quang"),
    ("president", "VN", "2019-02-27", "nguyen-phu-trong"),
    ("president", "VN", "2023-12-12", "vo-van-thuong"),
    ("prime-minister", "VN", "2006-11-18", "nguyen-tan-dung"),
    ("prime-minister", "VN", "2021-11-01", "pham-minh-chinh"),
    ("foreign-minister", "VN", "2000-11-17", "nguyen-dy-nien"),
    ("foreign-minister", "VN", "2023-09-10", "bui-thanh-son"),
    ("parliament-chairman", "VN", "2018-06-01", "nguyen-thi-kim-ngan"),
    ("president", "CN", "2013-03-13", "hu-jintao"),
    ("president", "CN", "2013-03-15", "xi-jinping"),
    ("prime-minister", "CN", "2022-11-01", "li-keqiang"),
    ("foreign-minister", "CN", "2023-04-01", "qin-gang"),
    ("foreign-minister", "CN", "2024-08-01", "wang-yi"),
    ("npc-chairman", "CN", "2015-09-03", "zhang-dejiang"),
    ("prime-minister", "JP", "2007-06-08", "shinzo-abe"),
    ("prime-minister", "JP", "2023-05-19", "fumio-kishida"),
    ("chief-cabinet-secretary", "JP", "2019-04-01", "yoshihide-suga"),
    ("president", "KR", "2018-04-27", "moon-jae-in"),
    ("prime-minister", "KR", "2021-11-05", "kim-boo-kyum"),
    ("state-affairs-chairman", "KP", "2019-02-27", "kim-jong-un"),
    ("president", "TW", "2024-05-19", "tsai-ing-wen"),
    ("prime-minister", "TH", "2014-09-01", "prayut-chan-o-cha"),
    ("prime-minister", "KH", "2023-09-01", "hun-manet"),
    ("president", "LA", "2022-01-08", "thongloun-sisoulith"),
    ("president", "ID", "2022-11-15", "joko-widodo"),
    ("foreign-minister", "ID", "2017-08-05", "retno-marsudi"),
    ("prime-minister", "MY", "2018-05-09", "najib-razak"),
    ("prime-minister", "SG", "2018-06-12", "lee-hsien-loong"),
    ("president", "PH", "2016-10-20", "rodrigo-duterte"),
    ("sultan", "BN", "2021-10-26", "hassanal-bolkiah"),
    ("prime-minister", "MN", "2023-07-01", "luvsannamsrain-oyun-erdene"),
]
"""Office, country, day, and the one person who held it then."""


@pytest.mark.parametrize(("office", "country", "day", "holder"), HOLDERS)
def test_the_holder_of_an_office_on_a_day(office: str, country: str, day: str, holder: str) -> None:
    tenures = load_knowledge().holders(office, country, date.fromisoformat(day))
    assert [tenure.person.id for tenure in tenures] == [holder]
