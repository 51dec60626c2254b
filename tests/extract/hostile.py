"""Texts meant to do harm: each grows to any length and looks for one thing that may take more than its share."""

from __future__ import annotations

from collections.abc import Callable

EN = "President Joe Biden met with Prime Minister Narendra Modi in Delhi on June 22, 2023. Both sides agreed to act. "
VI = "Ngày 10/9, tại Hà Nội, Tổng Bí thư Nguyễn Phú Trọng hội đàm với Tổng thống Joe Biden. Hai bên nhất trí hợp tác. "
ZH = "新华社北京5月23日电 国家主席习近平23日在北京人民大会堂同法国总统马克龙举行会谈。双方一致同意加强合作。"

# So that the language is known before the noise begins.
_OPENING = {
    "en": "The president of the country and the minister of the other met with a number of people. ",
    "vi": "Thủ tướng đã có cuộc gặp với các bộ trưởng của hai nước và trao đổi về những vấn đề này. ",
    "zh": "双方领导人举行会谈，就两国关系交换意见。",
}

Text = Callable[[int], str]


def _repeat(language: str, unit: str) -> Text:
    opening = _OPENING[language]
    return lambda size: (opening + unit * (size // len(unit) + 1))[:size]


def _nested(left: str, right: str) -> Text:
    def text(size: int) -> str:
        half = size // 2
        return (_OPENING["en"] + left * (half // len(left)) + right * (half // len(right)))[:size]

    return text


def _names(index: int) -> str:
    """A name that no other index has."""
    letters = "".join(chr(97 + index // 26**power % 26) for power in range(3))
    return f"Ab{letters}"


def _strangers(size: int) -> str:
    lines = (
        f"President {_names(i)} Cde met with Premier {_names(i)} Fgh in Paris on {1 + i % 28} June {1990 + i % 40}."
        for i in range(size // 60 + 1)
    )
    return " ".join(lines)[:size]


def _strangers_zh(size: int) -> str:
    lines = (
        f"总统王{chr(0x4E00 + i % 5000)}{chr(0x4E00 + i * 7 % 5000)}{1 + i % 12}月{1 + i % 28}日会见法国总统马克龙。"
        for i in range(size // 16 + 1)
    )
    return "".join(lines)[:size]


TEXTS: dict[str, Text] = {
    "one huge line, English": _repeat("en", EN),
    "one huge line, Vietnamese": _repeat("vi", VI),
    "one huge line, Chinese": _repeat("zh", ZH),
    "the same event in every paragraph": _repeat("en", EN + "\n\n"),
    "the same event in every line": _repeat("vi", VI + "\n"),
    "another event in every sentence": _strangers,
    "another event in every sentence, Chinese": _strangers_zh,
    "one endless word": _repeat("en", "a"),
    "one endless character": _repeat("zh", "中"),
    "opening brackets": _repeat("en", "("),
    "nested brackets": _nested("([", "])"),
    "Chinese brackets": _repeat("zh", "（《"),
    "alternating quotes": _repeat("en", "\"' "),
    "curly quotes": _repeat("en", "“”‘’"),
    "dates, English": _repeat("en", "12 June 2023, "),
    "dates, Vietnamese": _repeat("vi", "ngày 12/6/2023, "),
    "dates, Chinese": _repeat("zh", "2023年6月12日"),
    "numbers like dates": _repeat("en", "12-13/6-"),
    "names, English": _repeat("en", "Joe Biden, "),
    "names, Vietnamese": _repeat("vi", "Phạm Minh Chính và "),
    "names, Chinese": _repeat("zh", "习近平、"),
    "country names, English": _repeat("en", "the United States, China, "),
    "country names, Vietnamese": _repeat("vi", "Việt Nam, Mỹ, "),
    "country names, Chinese": _repeat("zh", "越南中国"),
    "titles, English": _repeat("en", "the Prime Minister President "),
    "titles, Vietnamese": _repeat("vi", "Thủ tướng Chủ tịch nước "),
    "titles, Chinese": _repeat("zh", "国家主席总理"),
    "and, Vietnamese": _repeat("vi", "và "),
    "and, English": _repeat("en", "and "),
    "and, Chinese": _repeat("zh", "和"),
    "event words, English": _repeat("en", "the president met with "),
    "event words, Vietnamese": _repeat("vi", "hội đàm gặp thăm "),
    "event words, Chinese": _repeat("zh", "会谈会见访问"),
    "commitments, English": _repeat("en", "the two sides agreed to "),
    "commitments, Vietnamese": _repeat("vi", "hai bên nhất trí cam kết "),
    "commitments, Chinese": _repeat("zh", "双方一致同意"),
    "semicolons": _repeat("en", "the two sides agreed to work; "),
    "amounts": _repeat("en", "the 12.5 billion USD and "),
    "summits": _repeat("en", "the G20 summit, COP26 and APEC "),
    "markdown and tags": _repeat("en", '[the](http://a.example/c) ![and](x) <div class="a"><p> **of** # '),
    "open tags": _repeat("en", "<div "),
    "angle brackets": _repeat("en", "<"),
    "an endless address": _repeat("en", "https://a.example/"),
    "marks of direction": _repeat("en", "\u202ethe \u200fand \u202dof "),
    "combining marks alone": _repeat("en", "\u0301"),
    "letters taken apart": _repeat("vi", "e\u0323\u0302"),
    "NULs": _repeat("en", "\0"),
    "lone surrogates": _repeat("en", "\ud800the "),
    "mixed scripts": _repeat("vi", "the 习近平 và Путин of مصر met 会谈 hội đàm "),
    "empty lines": _repeat("en", "\n"),
    "spaces": _repeat("en", " "),
    "short lines": _repeat("en", "the of\n"),
    "wrapped lines": _repeat("en", "the of and to with of the for president met some other president and\n"),
    "full stops": _repeat("en", "."),
    "spaced full stops": _repeat("en", ". "),
    "abbreviations": _repeat("en", "the U.S. "),
    "capitals": _repeat("en", "The Alpha Beta Gamma "),
    "digits": _repeat("en", "1"),
    "Chinese digits": _repeat("zh", "二"),
}
"""Name -> a text of so many characters."""
