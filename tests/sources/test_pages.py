"""Pages of HTML and texts in the encodings that news was and is written in."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from app.errors import SourceError
from app.records import Article, PublishedBasis
from app.sources import html
from app.sources.encoding import decoded
from app.sources.found import Page
from app.sources.read import articles

VI = (
    "Thủ tướng Phạm Minh Chính đã có cuộc gặp với Tổng thống Hoa Kỳ tại Glasgow. Hai bên nhất trí tăng cường hợp tác "
    "ứng phó với biến đổi khí hậu, thúc đẩy thương mại và đầu tư giữa hai nước trong thời gian tới."
)
# The same as editors of today show it, who take it for windows-1252.
VI_AS_WESTERN = {
    "tcvn3": "Thñ t\xadíng Ph¹m Minh ChÝnh ®· cã cuéc gÆp víi Tæng thèng Hoa Kú t¹i Glasgow. Hai bªn nhÊt trÝ t¨ng "
    "c\xadêng hîp t¸c øng phã víi biÕn ®æi khÝ hËu, thóc ®Èy "
    "th\xad¬ng m¹i vµ ®Çu t\xad gi÷a hai n\xadíc trong thêi gian tíi.",
    "vni": "Thuû töôùng Phaïm Minh Chính ñaõ coù cuoäc gaëp vôùi Toång thoáng Hoa Kyø taïi Glasgow. Hai beân nhaát "
    "trí taêng cöôøng hôïp taùc öùng phoù vôùi bieán ñoåi khí haäu, thuùc ñaåy "
    "thöông maïi vaø ñaàu tö giöõa hai nöôùc trong thôøi gian tôùi.",
}
ZH = (
    "国务院总理在北京会见了来访的越南外交部长。双方就进一步发展两国关系、加强经贸合作以及共同关心的国际和地区问题交换了意见。"
    "总理表示,中方愿同越方一道,落实好两党两国领导人达成的重要共识,推动全面战略合作伙伴关系不断向前发展。"
)
TW = (
    "外交部長今天在臺北會見來訪的日本國會議員,雙方就進一步發展兩國關係、加強經貿合作以及共同關心的國際問題交換了意見。"
    "部長表示,期盼雙方在既有的良好基礎上,繼續深化各領域的交流與合作,共同維護區域的和平與穩定。"
)
EN = (
    "The Prime Minister met the President in Glasgow on Monday. Both sides agreed to “work together” on climate — café."
)


def cp1258(text: str) -> bytes:
    """Vietnamese as Windows wrote it: the tone is a character of its own behind the letter."""
    out = bytearray()
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)).encode("cp1258")
        out += tones.encode("cp1258")
    return bytes(out)


def encoded(text: str, encoding: str) -> bytes:
    if encoding in VI_AS_WESTERN:
        return VI_AS_WESTERN[encoding].encode("cp1252")
    return cp1258(text) if encoding == "cp1258" else text.encode(encoding)


ZOO = [(VI, "utf-8"), (VI, "utf-8-sig"), (VI, "utf-16"), (VI, "utf-16-le"), (VI, "utf-16-be"), (VI, "cp1258"),
       (VI, "tcvn3"), (VI, "vni"),
       (ZH, "utf-8"), (ZH, "gb18030"), (ZH, "utf-16"), (ZH, "utf-16-le"), (TW, "utf-16-be"), (TW, "big5"),
       (TW, "gb18030"), (TW, "utf-8"),
       (EN, "cp1252"), (EN, "utf-8")]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), ZOO)
def test_texts_in_any_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(encoded(text, encoding))
    (read,) = articles([str(tmp_path / "a.txt")])
    assert isinstance(read, Article)
    assert unicodedata.normalize("NFC", read.text) == text


def test_capitals_of_old_fonts_and_western_words_with_marks() -> None:
    head, rest = "CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", VI_AS_WESTERN["tcvn3"]
    assert decoded(f"{head}\n{rest}".encode("cp1252")) == (f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{VI}", "tcvn3")
    french = "Le président français a reçu à l'Élysée le ministre ; ils ont évoqué la sécurité régionale, l'été."
    german = "Außenminister Müller erklärte, größere Änderungen würden später geprüft; die Gespräche hätten geführt."
    for text in (french, german):
        assert decoded(text.encode("cp1252")) == (text, "cp1252")


def test_of_utf8_no_other_encoding_is_thought_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.sources.encoding._share", None)
    assert decoded(f"{VI}\n".encode(), "gb18030") == (f"{VI}\n", "utf-8")


@pytest.mark.parametrize("declared", [None, "utf-8", "latin1", "gb2312", "big5", "cp1258", "no-such", "utf-16"])
@pytest.mark.parametrize(("text", "encoding"), ZOO)
def test_a_page_is_read_right_whatever_it_declares(text: str, encoding: str, declared: str | None) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    data = (
        f"<!DOCTYPE html><html><head>{meta}<title>T</title></head><body><article><p>{text}</p></article></body></html>"
    )
    read = html.article(Page("a.html", encoded(data, encoding)))
    assert text in unicodedata.normalize("NFC", read.text)


def page(head: str = "", body: str = f"<h1>Hội đàm cấp cao</h1><p>{VI}</p>", attributes: str = "") -> bytes:
    return f"<!doctype html><html{attributes}><head>{head}</head><body><article>{body}</article></body></html>".encode()


def read(data: bytes, url: str | None = None) -> Article:
    return html.article(Page("a.html", data, url))


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "body", "day", "basis"),
    [
        (LD.format('{"@graph": [{"@type": "WebSite", "datePublished": "2009-05-05"},'
                   ' {"@type": "NewsArticle", "datePublished": "2021-11-02T08:15:00+07:00"}]}'), "",
         (2021, 11, 2), "metadata"),
        (LD.format("{broken") + '<meta property="article:published_time" content="2021-11-02T08:15:00Z">', "",
         (2021, 11, 2), "metadata"),
        ('<meta name="pubdate" content="Tue, 02 Nov 2021 08:15:00 +0700">', "", (2021, 11, 2), "metadata"),
        ("", '<time itemprop="datePublished" datetime="2021-11-02">hôm qua</time>', (2021, 11, 2), "metadata"),
        ("", '<span class="date">02/11/2021 08:15</span>', (2021, 11, 2), "text"),
        ('<meta name="date" content="2021">', "", None, None),
    ],
)  # fmt: skip
def test_the_day_a_page_appeared(head: str, body: str, day: tuple[int, int, int] | None, basis: str | None) -> None:
    found = read(page(head, f"<h1>Hội đàm</h1>{body}<p>{VI}</p>"))
    assert found.published == (day and date(*day))
    assert found.published_basis == (basis and PublishedBasis(basis))


def test_a_day_in_the_address_goes_before_one_in_the_words() -> None:
    data = page(body=f'<h1>Hội đàm</h1><span class="date">05/11/2021</span><p>{VI}</p>')
    assert read(data, "https://a.example/hoi-dam-20211102081500123.htm").published is None


def test_the_headline_stands_above_the_text_once() -> None:
    head = '<meta property="og:title" content="Hội đàm cấp cao - Báo Ví Dụ"><title>Báo Ví Dụ</title>'
    text = read(page(head)).text
    assert text.startswith("Hội đàm cấp cao\n")
    assert text.count("Hội đàm cấp cao") == 1
    assert "Báo Ví Dụ" not in text


@pytest.mark.parametrize(
    ("head", "attributes", "given", "expected"),
    [
        ('<link rel="canonical" href="https://a.example/x">', "", None, "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/x">', "", "https://a.example/x?y=1", "https://a.example/x?y=1"),
        ('<link rel="canonical" href="https://a.example/x">', " amp", "https://a.example/amp/x", "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/x">', " ⚡", "https://a.example/amp/x", "https://a.example/x"),
        ('<link rel="canonical" href="javascript:x()">', "", None, None),
        ("<!-- saved from url=(0024)https://a.example/saved -->", "", None, "https://a.example/saved"),
    ],
)
def test_where_a_page_stands(head: str, attributes: str, given: str | None, expected: str | None) -> None:
    assert read(page(head, attributes=attributes), given).url == expected


def test_navigation_and_scripts_are_no_text() -> None:
    body = f"<nav><a href=/>Trang chủ</a></nav><h1>Tin</h1><script>alert(1)</script><p>{VI}</p><footer>Liên hệ</footer>"
    assert "alert" not in read(page(body=body)).text


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"<html><body></body></html>", b"<p>\0\0", b"<div>" * 20_000,
             b"<!doctype html><script>" + b"x" * 9999],
)  # fmt: skip
def test_what_holds_no_article_is_told(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"^a\.html: "):
        read(data)


def test_a_page_of_50_megabytes_is_left_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.write(page())
        file.truncate(50 << 20)
    assert [str(one) for one in articles([str(path)])] == [
        f"{path}: longer than 16777216 bytes (--max-size allows more)"
    ]


def test_what_a_file_holds_is_told_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "index.php").write_bytes(page())
    (tmp_path / "noname").write_bytes(page())
    (tmp_path / "wrong.txt").write_bytes(page())
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\0")
    found = list(articles([str(tmp_path)]))
    assert [Path(one.source).name for one in found if isinstance(one, Article)] == ["index.php", "noname", "wrong.txt"]
    assert len(found) == 3
