"""Numbers as Chinese characters, for names such as 第二十六届."""

from __future__ import annotations

from collections.abc import Iterator

_DIGITS = "零一二三四五六七八九"


def chinese_numeral(number: int) -> str:
    """1 to 99 in Chinese characters, as written in ordinals: 26 -> 二十六."""
    if not 0 < number < 100:
        raise ValueError(f"1 to 99 is expected, not {number}")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def numeral_forms(template: str, number: int | None) -> Iterator[str]:
    """A template with its {n} open, and once more with the number in Chinese characters where it follows 第."""
    yield template
    if number is not None and 0 < number < 100 and "第{n}" in template:
        yield template.replace("{n}", chinese_numeral(number))
