"""Text with offsets: what is normalised, blanked and cut, and that nothing of it moves a character out of reach."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract.clean import sort_zones
from app.extract.language import detect
from app.extract.model import Text
from app.extract.pack import codes, load_pack
from app.extract.text import lower, read, to_nfc, unify
from app.knowledge.script import OneForOne
from tests.growth import grows_with_size

# Pieces that normalisation, markup and sentence ends are made of, so that random texts hit them.
MARKS = [
    "a\u0302\u0301",
    "\u0301",
    "\u1100\u1161\u11a8",
    "か\u3099",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
    "，",
    "Ａ",
    "😀",
    "İ",
    "ß",
]
MARKUP = ["[", "](", ")", "<b>", "<", "http://", "https://x.y/", ". ", ".", "。", "!", "...", "”", " "]
WORDS = ["e", "TP.", "V. ", "Hà Nội", "hòa", "hoà", "美國", "会谈", "x" * 50]
PIECES = st.sampled_from([*MARKS, *MARKUP, *WORDS])
TEXTS = st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=50).map("".join))
CODES = st.sampled_from(codes())


def sentences(written: str, code: str = "vi") -> list[str]:
    text = read(written, load_pack(code))
    return [text.span(s.start, s.end).quote for s in text.sentences]


def quote_of(text: Text, phrase: str) -> str:
    """The evidence for a phrase of the plain text, after checking that it is cut from the given text."""
    start = text.plain.index(phrase)
    span = text.span(start, start + len(phrase))
    assert text.given[span.start : span.end] == span.quote
    return span.quote


# --- normal form ----------------------------------------------------------------------------------------------------


def test_composed_text_needs_no_map() -> None:
    assert to_nfc("Thủ tướng 总理 Ấn Độ") == ("Thủ tướng 总理 Ấn Độ", None)


@pytest.mark.parametrize(
    "phrase",
    ["Thủ tướng", "Phạm Minh Chính", "điện đàm", "Ấn Độ", "hữu nghị"],
)
def test_evidence_in_decomposed_vietnamese_is_the_given_text(phrase: str) -> None:
    composed = "Chiều qua, Thủ tướng Phạm Minh Chính điện đàm với người đồng cấp Ấn Độ về quan hệ hữu nghị."
    given = unicodedata.normalize("NFD", composed)
    text = read(given, load_pack("vi"))
    assert text.plain == composed
    assert quote_of(text, phrase) == unicodedata.normalize("NFD", phrase)


@pytest.mark.parametrize("phrase", ["한국", "대통령", "각"])
def test_evidence_in_decomposed_hangul_is_the_given_text(phrase: str) -> None:
    given = unicodedata.normalize("NFD", "서울 한국 대통령 회담 각")
    assert quote_of(read(given, load_pack("en")), phrase) == unicodedata.normalize("NFD", phrase)


def test_decomposed_kana_is_composed() -> None:
    assert quote_of(read("か\u3099く", load_pack("zh")), "が") == "か\u3099"


def test_marks_at_the_start_and_alone_do_no_harm() -> None:
    text = read("\u0301\u0302 Hà Nội a\u0300", load_pack("vi"))
    assert quote_of(text, "Hà Nội") == "Hà Nội"
    assert quote_of(text, "à").endswith(("à", "a\u0300"))


def test_marks_in_another_order_are_composed_as_a_whole() -> None:
    given = "Việt Nam".replace("ệ", "e\u0302\u0323")  # circumflex before the dot below: not the canonical order
    text = read(given, load_pack("vi"))
    assert quote_of(text, "Việt") == "Vie\u0302\u0323t"


def test_a_character_that_composition_excludes_keeps_the_offsets() -> None:
    text = read("क\u093cx Hà Nội", load_pack("vi"))
    assert quote_of(text, "x Hà Nội") == "x Hà Nội"
    singleton = read("100 \u212b Hà Nội", load_pack("vi"))  # ångström sign, which NFC replaces
    assert quote_of(singleton, "Hà Nội") == "Hà Nội"


@pytest.mark.parametrize("before", ["😀👨‍👩‍👧 ", "a\r\nb ", "\t\t", "\u00a0\u3000", "\ufeff", "Ａ１，", "İ ", "ß "])
def test_what_stands_before_does_not_move_the_evidence(before: str) -> None:
    given = before + unicodedata.normalize("NFD", "Hội đàm tại Hà Nội")
    text = read(given, load_pack("vi"))
    assert quote_of(text, "Hà Nội") == unicodedata.normalize("NFD", "Hà Nội")


def test_equal_marks_become_one() -> None:
    assert unify("ＡＢＣ，１２３（１）\u00a0x\u3000y\u2013z ’") == "ABC,123(1) x y-z '"
    assert unify("约翰•克里 约翰・克里") == "约翰·克里 约翰·克里"


def test_packs_fold_spelling_variants() -> None:
    assert (
        read("hoà bình, thuỷ điện, hoàn thành, quý vị", load_pack("vi")).plain
        == "hòa bình, thủy điện, hoàn thành, quý vị"
    )
    assert read("美國總統會見蘇林", load_pack("zh")).plain == "美国总统会见苏林"


def test_lower_case_keeps_the_length() -> None:
    assert lower("İSTANBUL Hà NỘI") == "İstanbul hà nội"


# --- markup ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("Hai bên [hội đàm](https://example.org/a/b) tại Huế", "Hai bên hội đàm tại Huế"),
        ("![lễ đón](https://example.org/a.jpg) Hai bên", "lễ đón Hai bên"),
        ("<p class='x'>Hai bên</p><br/>gặp nhau", "Hai bên gặp nhau"),
        ("Xem https://example.org/tin?x=1#y nữa", "Xem nữa"),
        ("3 < 5 và 7 > 6", "3 < 5 và 7 > 6"),
        ("<a href='javascript:x()'>Huế</a>", "Huế"),
    ],
)
def test_markup_is_blanked_in_place(written: str, left: str) -> None:
    plain = unify(written)
    assert len(plain) == len(written)
    assert plain.split() == left.split()


def test_evidence_behind_markup_is_right() -> None:
    text = read("[**Thủ tướng**](https://example.org/x) <b>thăm</b> Pháp.", load_pack("vi"))
    assert quote_of(text, "Pháp") == "Pháp"
    assert quote_of(text, "thăm") == "thăm"


# --- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "written", "expected"),
    [
        ("vi", "Hai bên hội đàm. Sau đó hai bên ký kết.", ["Hai bên hội đàm.", "Sau đó hai bên ký kết."]),
        ("vi", "Quan hệ sẽ tốt hơn.Thủ tướng cảm ơn.", ["Quan hệ sẽ tốt hơn.", "Thủ tướng cảm ơn."]),
        ("vi", "Họp tại TP. Hồ Chí Minh hôm qua.", ["Họp tại TP. Hồ Chí Minh hôm qua."]),
        ("vi", "TS. Lê Văn A gặp ông V. Putin tại Huế.", ["TS. Lê Văn A gặp ông V. Putin tại Huế."]),
        ("vi", "Ông Donald J. Trump phát biểu.", ["Ông Donald J. Trump phát biểu."]),
        ("vi", "Kim ngạch đạt 2.500 tỷ đồng. Hai bên vui mừng.", ["Kim ngạch đạt 2.500 tỷ đồng.", "Hai bên vui mừng."]),
        ("vi", "Tăng 3.5 lần. Hết.", ["Tăng 3.5 lần.", "Hết."]),
        ("vi", "“Chúng ta là bạn.” Thủ tướng nói.", ["“Chúng ta là bạn.”", "Thủ tướng nói."]),
        ("vi", "Sao lại thế? Vì hòa bình! Đúng vậy.", ["Sao lại thế?", "Vì hòa bình!", "Đúng vậy."]),
        ("vi", "Giáo dục, y tế... đều được bàn.", ["Giáo dục, y tế... đều được bàn."]),
        ("vi", "Giáo dục, y tế... Thủ tướng cảm ơn.", ["Giáo dục, y tế...", "Thủ tướng cảm ơn."]),
        ("vi", "Trang vov.vn đưa tin. Hết.", ["Trang vov.vn đưa tin.", "Hết."]),
        ("en", "U.S. Secretary A. Blinken met him. He left.", ["U.S. Secretary A. Blinken met him.", "He left."]),
        ("en", "Mr. Kim arrived. Dr. Lee left.", ["Mr. Kim arrived.", "Dr. Lee left."]),
        ("zh", "双方举行会谈。随后签署协议。", ["双方举行会谈。", "随后签署协议。"]),
        ("zh", "他说：“我们是朋友。”双方合影。", ["他说：“我们是朋友。”", "双方合影。"]),
        ("zh", "增长3.5%！为什么？因为合作。", ["增长3.5%！", "为什么？", "因为合作。"]),
        ("zh", "他会见了约翰·克里。", ["他会见了约翰·克里。"]),
        ("vi", "Không có dấu chấm", ["Không có dấu chấm"]),
        ("vi", "", []),
        ("vi", " \n\t\n ", []),
        ("vi", "...", ["..."]),
    ],
)
def test_sentences(code: str, written: str, expected: list[str]) -> None:
    assert sentences(written, code) == expected


def test_each_line_of_a_list_is_its_own_sentence() -> None:
    assert sentences("Hai bên gặp nhau\nKý ba văn kiện\n- Thương mại\n- Du lịch") == [
        "Hai bên gặp nhau",
        "Ký ba văn kiện",
        "- Thương mại",
        "- Du lịch",
    ]


def test_a_line_broken_inside_a_sentence_is_joined() -> None:
    written = "The two ministers discussed trade, investment and\nregional security in Hanoi on Monday.\nThey left."
    assert sentences(written, "en") == [
        "The two ministers discussed trade, investment and\nregional security in Hanoi on Monday.",
        "They left.",
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_phrase_broken_between_two_lines_is_found_whatever_ends_the_lines(ends: str) -> None:
    given = (
        f"Tin trong ngày{ends}Chiều ngày 1/11, Thủ tướng Phạm Minh Chính điện{ends}đàm với Thủ tướng Ấn Độ.{ends}Hết."
    )
    text = read(given, load_pack("vi"))
    assert quote_of(text, "điện đàm") == f"điện{ends}đàm"
    assert quote_of(text, "Ấn Độ") == "Ấn Độ"
    assert [s.paragraph for s in text.sentences] == [0, 1, 2]


def test_a_text_wrapped_at_a_fixed_width_is_unwrapped() -> None:
    paragraph = (
        "The Prime Minister of Viet Nam received the Foreign Minister of\n"
        "Japan in Hanoi on Monday and said that the two countries would\n"
        "Continue to work together on trade and on investment for years."
    )
    found = sentences("\n\n".join([paragraph] * 3), "en")
    assert [" ".join(s.split()) for s in found] == [" ".join(paragraph.split())] * 3


def test_line_ends_of_other_systems_part_paragraphs() -> None:
    text = read("Tiêu đề bài báo\r\nHai bên gặp nhau.\rHết.", load_pack("vi"))
    assert [s.paragraph for s in text.sentences] == [0, 1, 2]


def test_the_sentence_at_a_position() -> None:
    text = read("Một câu. Hai câu.\nBa câu.", load_pack("vi"))
    found = [getattr(text.sentence_at(p), "index", None) for p in (0, 7, 8, 9, 16, 17, 18, 99)]
    assert found == [0, 0, None, 1, 1, None, 2, None]


# --- what must hold for any text ------------------------------------------------------------------------------------


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_map_is_monotone_and_complete(given: str) -> None:
    nfc, offsets = to_nfc(given)
    assert unicodedata.is_normalized("NFC", nfc) or offsets is not None
    if offsets is not None:
        assert len(offsets) == len(nfc) + 1
        assert list(offsets) == sorted(offsets)
        assert offsets[-1] == len(given)
        assert not offsets or offsets[0] == 0


@settings(max_examples=300, deadline=None)
@given(CODES, TEXTS)
def test_nothing_changes_the_length(code: str, given: str) -> None:
    nfc, _ = to_nfc(given)
    assert len(unify(nfc)) == len(lower(nfc)) == len(load_pack(code).fold(nfc)) == len(nfc)


@settings(max_examples=300, deadline=None)
@given(CODES, TEXTS)
def test_sentences_are_in_order_inside_the_text_and_apart(code: str, given: str) -> None:
    text = sort_zones(read(given, load_pack(code)), load_pack(code))
    end = 0
    for index, sentence in enumerate(text.sentences):
        assert sentence.index == index
        assert end <= sentence.start < sentence.end <= len(text.plain)
        assert text.plain[sentence.start : sentence.end].strip() == text.plain[sentence.start : sentence.end]
        span = text.span(sentence.start, sentence.end)
        assert given[span.start : span.end] == span.quote
        end = sentence.end
    covered = {i for s in text.sentences for i in range(s.start, s.end)}
    assert all(i in covered for i, c in enumerate(text.plain) if not c.isspace())


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_the_language_is_one_of_the_packs_or_undetermined(given: str) -> None:
    assert detect(given) in (*codes(), "und")


HOSTILE = {
    "one line": "hai bên gặp ",
    "square brackets": "[",
    "angle brackets": "<",
    "open tags": "<a ",
    "parentheses": "(",
    "link middles": "](",
    "images": "![",
    "addresses": "http://",
    "dotted letters": "a.",
    "dotted capitals": "A.",
    "full stops": ".",
    "ideographic stops": "会见。",
    "quotes": '"',
    "empty lines": "\n\n",
    "letters and empty lines": "a\n\n",
    "spaces": " ",
    "short lines": "ab cd\n",
    "wrapped lines": "hai bên đã trao đổi nhiều vấn đề cùng quan tâm tại cuộc\n",
    "pictures": "Ảnh 1\n",
    "a mark": "\u0301",
    "letters with a mark": "a\u0301",
    "marks in another order": "\u0323\u0302",
    "marks in another order, many a letter": "e" + "\u0323\u0302" * 200,
    "Hangul in parts": "\u1100\u1161\u11a8",
}


def cut_and_sorted(given: str) -> Text:
    pack = load_pack("vi")
    return sort_zones(read(given, pack), pack)


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear_in_hostile_texts(unit: str) -> None:
    short = unit * (10_000 // len(unit))
    # Eight times the text; three for the noise of a busy machine.
    assert grows_with_size(lambda: cut_and_sorted(short), lambda: cut_and_sorted(short * 8), 8 * 3)


@settings(max_examples=60)
@given(st.text(alphabet="ab ，Ａ美國会\u2019é", max_size=80), st.sampled_from([2, 200]))
def test_characters_are_replaced_as_translate_does(text: str, many: int) -> None:
    table = {ord("，"): ",", ord("Ａ"): "A", ord("國"): "国", ord("\u2019"): "'"}
    table |= {0x4E00 + i: "x" for i in range(many)}  # more than are replaced one after the other
    everything = "".join(map(chr, table)) if many > 100 else ""
    assert OneForOne(table)(text + everything) == (text + everything).translate(table)
