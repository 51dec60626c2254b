"""The parts of a page: headline, body, captions, other stories."""

from __future__ import annotations

import pytest

from app.extract.clean import sort_zones
from app.extract.model import Zone
from app.extract.pack import load_pack
from app.extract.text import read

BODY_VI = (
    "Sáng nay, Thủ tướng đã tiếp Đại sứ và hai bên trao đổi về nhiều vấn đề mà hai nước cùng quan tâm thời gian qua."
)
BODIES_VI = [
    f"{thu}, {BODY_VI}" for thu in ("Thứ nhất", "Thứ hai", "Thứ ba", "Thứ tư")
]  # no line stands twice in a row
BODY_ZH = "国家主席当天会见了来访的客人,双方就两国关系和共同关心的国际与地区问题深入交换了意见,达成了许多重要的共识。"


def zones(written: str, code: str = "vi") -> list[tuple[str, str]]:
    """Zone and text of every sentence."""
    pack = load_pack(code)
    text = sort_zones(read(written, pack), pack)
    return [(s.zone.value, text.plain[s.start : s.end]) for s in text.sentences]


def zone_of(written: str, part: str, code: str = "vi") -> str:
    (found,) = {zone for zone, sentence in zones(written, code) if part in sentence}
    return found


def test_headline_and_body() -> None:
    assert zones(f"Thủ tướng tiếp Đại sứ\n{BODY_VI}") == [("headline", "Thủ tướng tiếp Đại sứ"), ("body", BODY_VI)]


def test_a_single_line_is_no_headline() -> None:
    assert zones("Thủ tướng tiếp Đại sứ") == [("body", "Thủ tướng tiếp Đại sứ")]


def test_a_first_line_that_is_a_sentence_is_no_headline() -> None:
    assert next(zone for zone, _ in zones(f"{BODY_VI}\n{BODY_VI} Hết.")) == "body"


def test_the_headline_may_stand_behind_an_address() -> None:
    written = f"https://example.org/a/b.html\nThủ tướng tiếp Đại sứ\n\n{BODY_VI}"
    assert zone_of(written, "Thủ tướng tiếp") == "headline"


def test_captions() -> None:
    written = f"Thủ tướng tiếp Đại sứ\n{BODY_VI}\nHai bên tại buổi tiếp. Ảnh: Minh Hoàng\n{BODY_VI} Hết."
    assert zone_of(written, "Hai bên tại buổi tiếp") == "caption"


def test_a_caption_inside_a_paragraph() -> None:
    written = f"Tiêu đề của bài\n{' '.join(BODIES_VI)} Quang cảnh buổi tiếp. Ảnh: Minh Hoàng"
    assert zone_of(written, "Quang cảnh") == "caption"
    assert zone_of(written, "Sáng nay") == "body"


def test_images_of_markdown() -> None:
    assert zone_of(f"Tiêu đề của bài\n{BODY_VI}\n![Lễ đón](https://example.org/a.jpg)", "Lễ đón") == "caption"


@pytest.mark.xfail(strict=False, reason="the target of a link is blanked before the line is looked at")
def test_a_line_that_is_a_link() -> None:
    assert zone_of(f"Tiêu đề của bài\n{BODY_VI}\n[Tin khác nữa](https://example.org/b)", "Tin khác nữa") == "other"


@pytest.mark.xfail(strict=False, reason="a line that begins with a link is taken for a list of links")
def test_a_sentence_that_begins_with_a_link() -> None:
    written = f"Tiêu đề của bài\n[Thủ tướng](https://example.org/a) tiếp Đại sứ. {BODY_VI}"
    assert zone_of(written, "tiếp Đại sứ.") == "body"


def test_a_link_inside_the_body_stays_body() -> None:
    assert zone_of(f"Tiêu đề của bài\nHai bên [hội đàm](https://example.org/a). {BODY_VI}", "hội đàm") == "body"


def test_what_follows_a_list_of_other_stories_is_none_of_the_article() -> None:
    written = "\n".join(["Tiêu đề của bài", *BODIES_VI, "Tin liên quan", "Tổng thống thăm Pháp", f"{BODY_VI} Nữa."])
    assert zone_of(written, "Tổng thống thăm Pháp") == "other"
    assert zones(written)[-1][0] == "other"


def test_tags_at_the_top_do_not_end_the_article() -> None:
    written = f"Tiêu đề của bài\nTags: ngoại giao\n{BODY_VI}"
    assert zone_of(written, "Sáng nay") == "body"


def test_a_repeated_title_and_its_teaser_are_another_story() -> None:
    title = "Tổng thống thăm Pháp"
    written = "\n".join(["Tiêu đề của bài", BODY_VI, title, title, "Chuyến thăm bắt đầu...", f"{BODY_VI} Hết."])
    assert zone_of(written, "Tổng thống thăm Pháp") == "other"
    assert zone_of(written, "Chuyến thăm bắt đầu") == "other"
    assert zone_of(written, "Hết.") == "body"


def test_chinese_pages() -> None:
    lines = [
        "主席会见来访总理",
        "来源:新华网",
        BODY_ZH,
        "图为会见现场。",
        *(f"{day}{BODY_ZH}" for day in "一二三四五六"),
        "相关新闻",
        "总统访问法国",
    ]
    written = "\n".join(lines)
    assert zone_of(written, "主席会见来访总理", "zh") == "headline"
    assert zone_of(written, "来源", "zh") == "other"
    assert zone_of(written, "图为", "zh") == "caption"
    assert zone_of(written, "总统访问法国", "zh") == "other"
    assert zone_of(written, "国家主席当天", "zh") == "body"


def test_nothing_and_next_to_nothing() -> None:
    assert zones("") == []
    assert zones("\n\n \n") == []
    assert zones("x") == [("body", "x")]


def test_zones_do_not_depend_on_line_ends() -> None:
    written = f"Thủ tướng tiếp Đại sứ\n{BODY_VI}\nẢnh: Minh Hoàng\n{BODY_VI} Hết."
    assert [z for z, _ in zones(written)] == [z for z, _ in zones(written.replace("\n", "\r\n"))]
    assert Zone.caption.value in [z for z, _ in zones(written)]


BODIES_EN = [
    f"{day}, the foreign minister received the ambassador and both sides spoke about trade, the border and the visit "
    "of the prime minister that is planned for autumn."
    for day in ("On Monday", "On Tuesday", "On Wednesday", "On Thursday")
]


@pytest.mark.parametrize(
    ("code", "link", "bodies"),
    [
        ("en", "READ MORE: Minister meets envoys of the neighbours", BODIES_EN),
        ("en", "Also Read | Minister meets envoys of the neighbours", BODIES_EN),
        ("vi", "Xem thêm: Bộ trưởng tiếp đại sứ các nước láng giềng", BODIES_VI),
        ("vi", ">> Bộ trưởng tiếp đại sứ các nước láng giềng", BODIES_VI),
    ],
)
def test_a_link_between_two_paragraphs_is_no_end(code: str, link: str, bodies: list[str]) -> None:
    written = "\n".join([*bodies[:3], link, bodies[3] + " " + bodies[0]])
    assert zone_of(written, link[5:20], code) == "other"
    assert zone_of(written, bodies[3], code) == "body"


@pytest.mark.parametrize(
    ("code", "link", "bodies"),
    [
        ("en", "READ MORE: Minister meets envoys of the neighbours", BODIES_EN),
        ("vi", "Xem thêm: Bộ trưởng tiếp đại sứ các nước láng giềng", BODIES_VI),
    ],
)
def test_links_with_only_titles_behind_them_end_the_article(code: str, link: str, bodies: list[str]) -> None:
    titles = ["Tổng thống gặp Thủ tướng", "President meets the prime minister"]
    written = "\n".join([*bodies[:3], link, *titles])
    assert {zone_of(written, title, code) for title in titles} == {"other"}
