from __future__ import annotations

from functools import partial

import pytest

from app.extract.amounts import find_amounts, read_number
from app.extract.pack import load_pack
from app.extract.text import read
from tests.growth import grows_with_size

CASES = [
    ("vi", "nâng thương mại lên 100 tỷ USD", [(100e9, "USD", False)]),
    ("vi", "khoản vay 3,63 tỉ USD", [(3.63e9, "USD", False)]),
    ("vi", "tặng 1.5 triệu liều", [(1.5e6, "doses", False)]),
    ("vi", "tặng 1.500.000 liều vaccine", [(1.5e6, "doses", False)]),
    ("vi", "khoảng 2.000 tấn gạo", [(2000, "tonnes", True)]),
    ("vi", "giảm 2,3% và tăng hơn 5 phần trăm", [(2.3, "percent", False), (5, "percent", True)]),
    ("vi", "chi 500 tỷ đồng", [(500e9, "VND", False)]),
    ("vi", "góp 10 triệu đô la Mỹ", [(10e6, "USD", False)]),
    ("vi", "hội nghị lần thứ 7 với 3 người đồng chủ trì năm 2030", [(3, "people", False)]),
    ("vi", "giai đoạn 2026-2030", []),
    ("zh", "提供1000亿美元贷款", [(100e9, "USD", False)]),
    ("zh", "捐赠150万剂疫苗", [(1.5e6, "doses", False)]),
    ("zh", "近27.4万平方公里", [(274000, "km2", True)]),
    ("zh", "約三億美元", [(3e8, "USD", True)]),
    ("zh", "一千亿元", [(1e11, "CNY", False)]),
    ("zh", "投资20多亿欧元", [(2e9, "EUR", True)]),
    ("zh", "关税降低20%", [(20, "percent", False)]),
    ("zh", "建交50周年", []),
    ("en", "pledged $40 million for schools", [(40e6, "USD", False)]),
    ("en", "a loan of 1.2 billion euros", [(1.2e9, "EUR", False)]),
    ("en", "cut emissions by 20%", [(20, "percent", False)]),
    ("en", "ship nearly 5,000 tonnes of wheat", [(5000, "tonnes", True)]),
    ("en", "worth US$7.8 billion", [(7.8e9, "USD", False)]),
    ("en", "agreements worth SAR 14 billion", [(14e9, "SAR", False)]),
    ("en", "20 percent of exports", [(20, "percent", False)]),
    ("en", "on 26 July 2022 at 10 Downing Street", []),
]


@pytest.mark.parametrize(("code", "words", "wanted"), CASES)
def test_amounts(code, words, wanted):
    text = read(words, load_pack(code))
    found = find_amounts(text, 0, len(text.plain), load_pack(code))
    assert [(a.value, a.unit, a.approximate) for a in found] == wanted
    for amount in found:
        (span,) = amount.evidence
        assert words[span.start : span.end] == span.quote
        assert any(c.isdigit() or c in "一三亿億" for c in span.quote)


@pytest.mark.parametrize(
    ("written", "decimal", "value"),
    [
        ("100", ",", 100),
        ("3,63", ",", 3.63),
        ("1.500", ",", 1500),
        ("1.500.000", ",", 1500000),
        ("1.500,5", ",", 1500.5),
        ("1,500.5", ".", 1500.5),
        ("5,000", ".", 5000),
        ("0.125", ".", 0.125),
        ("0,125", ",", 0.125),
        ("12.345", ".", 12.345),
    ],
)
def test_numbers(written, decimal, value):
    assert read_number(written, decimal) == value


def test_only_the_stretch_asked_for_is_read():
    text = read("5 tấn gạo và 7 tấn than", load_pack("vi"))
    assert [a.value for a in find_amounts(text, 0, 9, load_pack("vi"))] == [5]


def test_digits_without_end_take_linear_time():
    pack = load_pack("en")
    short, long = (read("1" * 4 * n + ".," * n, pack) for n in (5_000, 50_000))
    found = (partial(find_amounts, text, 0, len(text.plain), pack) for text in (short, long))
    assert grows_with_size(*found, 10 * 4)
