"""Which language a text is in."""

from __future__ import annotations

import unicodedata

import pytest

from app.extract.language import detect


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Thủ tướng đã hội đàm với người đồng cấp tại Hà Nội.", "vi"),
        ("Hà Nội", "vi"),
        ("Hội đàm với John Kerry, Antony Blinken, Joe Biden, Donald Trump và Barack Obama", "vi"),
        ("https://example.org/the-and-of-to-in\nHai bên ký kết các văn kiện hợp tác.", "vi"),
        ("The two ministers met in Hanoi and agreed to work together.", "en"),
        ("Prime Minister Phạm Minh Chính met the President of the United States in Washington.", "en"),
        ("国家主席会见来访的总理。", "zh"),
        ("總統與外交部長舉行會談。", "zh"),
        ("会谈", "zh"),
        ("外长在北京会见了到访的 John Kerry 和 Antony Blinken 以及 ASEAN 代表", "zh"),
        ("El presidente recibió ayer al primer ministro de Vietnam.", "und"),
        ("Der Bundeskanzler traf gestern seinen Amtskollegen.", "und"),
        ("Президент встретился с премьер-министром.", "und"),
        ("대통령이 총리를 만났다.", "und"),
        ("الرئيس يستقبل رئيس الوزراء", "und"),
        ("", "und"),
        (" \n\t", "und"),
        ("12345 / 67-89", "und"),
        ("https://example.org/the/of/and", "und"),
        ("<p class='the of and to in'>", "und"),
    ],
)
def test_the_language_of_a_text(written: str, code: str) -> None:
    assert detect(written) == code


@pytest.mark.xfail(reason="Japanese is written with Chinese characters too; kana would tell it")
@pytest.mark.parametrize("written", ["岸田総理大臣はベトナムのチン首相と会談した。", "首脳会談が行われました。"])
def test_japanese_is_no_chinese(written: str) -> None:
    assert detect(written) == "und"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    vietnamese = "Tổng thống Mỹ nói trước các nhà báo tại thủ đô trong chuyến thăm của ông."
    assert detect(f"{vietnamese} “The best is yet to come” {vietnamese}") == "vi"
    assert detect(f"{vietnamese} (越南) {vietnamese}") == "vi"


def test_decomposed_vietnamese_is_vietnamese() -> None:
    written = "Bộ trưởng Ngoại giao hội đàm với Đại sứ Nhật Bản"
    assert detect(unicodedata.normalize("NFD", written)) == "vi"


def test_the_end_of_a_long_text_costs_nothing() -> None:
    assert detect("Hai bên đã ký các văn kiện. " + "the of and to in " * 100_000) != "und"
