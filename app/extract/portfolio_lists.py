"""Titles of ministers in charge of several things, where each is a phrase: "Bộ trưởng Thông tin, Văn hóa và Du lịch".

In: a text, and the portfolios of its pack (`portfolios`, and `portfolio_parts`: those without an office of their own).
Out: where such titles stand, and what they mean. Packs without `portfolio_parts` have none; English: `portfolios.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.text import fold_phrases, lower
from app.extract.titles import Title, deputy_title, office_title
from app.knowledge.lookup import Knowledge

_MOST = 6
"""So many things a minister may be in charge of."""
_FOREIGN = "foreign-minister"
_ALONE = (_FOREIGN, "defence-minister")
"""Offices that are named side by side where two ministers are meant: "Bộ trưởng Ngoại giao và Quốc phòng hai nước"."""


@dataclass(frozen=True)
class _Words:
    titles: re.Pattern[str] | None
    part: re.Pattern[str] | None
    offices: dict[str, str]
    """Portfolios that have an office of their own."""
    ranks: dict[str, str]
    foreign: tuple[str, ...]
    """Of these the first of a list may be: a minister of foreign affairs and trade is the foreign minister."""


@lru_cache
def _words(pack: Pack) -> _Words:
    data = pack.data("titles")
    if not (more := data.get("portfolio_parts", ())):
        return _Words(None, None, {}, {}, ())
    own = {form: office for office, forms in data["portfolios"].items() for form in forms}
    offices = {lower(form): office for form, office in zip(fold_phrases([*own], pack), own.values(), strict=True)}
    ranks = {lower(head.removesuffix(" {}")): rank for rank, heads in data["ministry_heads"].items() for head in heads}
    known = {form for form, office in offices.items() if office not in _ALONE}
    parts = sorted({*known, *map(lower, fold_phrases([*more], pack))}, key=len, reverse=True)
    heads = "|".join(re.escape(head) for head in sorted(ranks, key=len, reverse=True))
    foreign = tuple(form for form, office in offices.items() if office == _FOREIGN)
    part = _one_of(parts)
    joined = rf"{_one_of((*foreign, *parts))}(?:(?:,? và |, | - | ){part}){{0,{_MOST}}}"
    return _Words(re.compile(rf"\b({heads}) ({joined})"), re.compile(part), offices, ranks, foreign)


def _one_of(phrases: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, phrases)) + r")(?!\w)"


def listed_portfolios(text: Text, pack: Pack, knowledge: Knowledge) -> Iterator[tuple[int, int, Title]]:
    """Start, end and meaning of each such title; those with an office of their own word for word are left out."""
    words = _words(pack)
    if words.titles is None or words.part is None or not any(head in text.low for head in words.ranks):
        return
    for match in words.titles.finditer(text.low):
        rank, portfolio = words.ranks[match.group(1)], match.group(2)
        if portfolio in words.offices:
            continue
        named = (words.offices.get(part.group()) for part in words.part.finditer(portfolio))
        office = _FOREIGN if portfolio.startswith(words.foreign) else next(filter(None, named), "minister")
        title = office_title if rank == "minister" else deputy_title
        yield match.start(), match.end(), title(office, knowledge)
