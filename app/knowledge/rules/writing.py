"""How names are written: NFC, simplified, no form twice."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from app.knowledge.rules.facts import Facts, Problem

_RARE = frozenset(
    "伋伕佺倣偭偯偺勗吋呎啗堉塭塽墦奭妳姅姪屘崁帟彊徬惇慇抆揹昤晅晞晍暱暸杗枓栘梂梡棻楛榣橾櫂汍沍沘沬泜洸浥涊湣湩湲潟澠澴濬炤焜煆煖煜燄燸玆玥玨珪珮"
    "琍琯瑯璘璟瓖甦痲瘉砠砲硿祇祐箄篛籐糢耑芣蔆裯詨豭跦踡踫迺郃釆釭隄霤鶸"
)
"""Common in Big5 and absent from GB 2312, yet no traditional forms of anything: names use them (璟, 玥, 新潟)."""


def _strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string inside a record, keys too, with the way to it."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield path, key
            yield from _strings(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, path)


def traditional(text: str) -> str:
    """The characters that only traditional text uses: common in Big5, absent from GB 2312."""

    def only(char: str) -> bool:
        if char in "後於徵":  # GB 2312 has them for classical texts
            return True
        try:
            return char not in _RARE and 0xA4 <= char.encode("big5")[0] <= 0xC6 and not char.encode("gb2312")
        except UnicodeEncodeError as error:
            return error.encoding == "gb2312"

    return "".join(char for char in text if not char.isascii() and only(char))


def well_written(facts: Facts) -> Iterator[Problem]:
    """Text is NFC, without blanks around it and without invisible characters."""
    for entry in facts.entries:
        for path, text in _strings(entry.row):
            if not unicodedata.is_normalized("NFC", text):
                yield entry.problem(f"{path}: {text!r} is not NFC")
            if text != text.strip() or not text:
                yield entry.problem(f"{path}: {text!r} is empty or has blanks around it")
            if any(unicodedata.category(char) in {"Cc", "Cf"} for char in text):
                yield entry.problem(f"{path}: {text!r} holds an invisible character")


def names(facts: Facts) -> Iterator[Problem]:
    """Languages are BCP 47 tags, no list is empty or repeats a form, Chinese is simplified."""
    for entry in facts.entries:
        for field in ("names", "short", "adjectives", "metonyms", "numbered_names"):
            value = entry.row.get(field)
            for language, listed in value.items() if isinstance(value, dict) else ():
                where = f"{field}.{language}"
                if not (isinstance(language, str) and language.isascii() and language.islower()):
                    yield entry.problem(f"{where}: {language!r} is no language tag")
                if not listed:
                    yield entry.problem(f"{where}: no name in it")
                for form, times in Counter(map(str, listed or ())).items():
                    if times > 1:
                        yield entry.problem(f"{where}: {form!r} stands {times} times", warning=True)
                    if language == "zh" and (odd := traditional(form)):
                        yield entry.problem(f"{where}: {form!r} has traditional {odd!r}", warning=True)
