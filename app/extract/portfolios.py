"""Titles of ministers by what they are in charge of, where that is several things or has no office of its own.

"Minister of Interior and Municipalities", "Local Administration Minister", "undersecretary of Economic Affairs of the
Ministry of Foreign Affairs". The words are data of the pack (`portfolio_words`); packs without them have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.titles import Title
from app.records import Level

_WORD = re.compile(r"[a-z][a-z'-]*|&|,")
_BACK = re.compile(r"([a-z][a-z'-]*|&) $")
_WITHIN = r"(?:,| of| at| in| for)?"
_JOINERS = {"and", "&"}
# "Assistant Secretary of State for South and Central Asian Affairs".
_AFFAIRS = re.compile(
    r" (?:for|of) (?:(?:[A-Z][\w-]{1,20}|and|the|of),? ){1,8}(?:Affairs|Cooperation|Relations|Security)\b"
)
_SMALL = {"and", "of", "for", "the", "&"}
_LONGEST = 90


@dataclass(frozen=True)
class _Words:
    portfolio: frozenset[str]
    heads: re.Pattern[str] | None
    ministry: re.Pattern[str] | None
    offices: tuple[tuple[str, str], ...]
    """Portfolios that have an office of their own, the longest first."""
    ranks: dict[str, str]
    before: dict[str, str]
    """What stands before a portfolio, and tells the rank: "the |deputy railways minister"."""


@lru_cache
def _words(pack: Pack) -> _Words:
    data = pack.data("titles")
    ranks: dict[str, str] = data.get("portfolio_heads", {})
    known = ((form, office) for office, forms in data.get("portfolios", {}).items() for form in forms)
    heads = "|".join(re.escape(head) for head in sorted(ranks, key=len, reverse=True))
    bodies = "|".join(map(re.escape, data.get("portfolio_bodies", ())))
    return _Words(
        portfolio=frozenset(data.get("portfolio_words", ())),
        heads=re.compile(rf"\b(?:{heads})\b") if heads else None,
        ministry=re.compile(rf"{_WITHIN} (?:the )?(?:[a-z]+ )?(?:{bodies}) (?:of|for) ") if bodies else None,
        offices=tuple(sorted(known, key=lambda pair: -len(pair[0]))),
        ranks=ranks,
        before=data.get("portfolio_ranks", {}),
    )


def _rightward(low: str, start: int, words: _Words) -> int:
    """Where the portfolio ends that begins at a position; the position itself where there is none."""
    end = at = start
    limit = min(len(low), start + _LONGEST)
    while at < limit:
        match = _WORD.match(low, at)
        if match is None:
            break
        if match.group() in words.portfolio:
            end = match.end()
        elif match.group() not in _SMALL | {","}:
            break
        at = match.end() + (low[match.end() : match.end() + 1] == " ")
        if at == match.end() and low[at : at + 1] != ",":
            break
    return end


def _leftward(low: str, end: int, words: _Words) -> int:
    """Where the portfolio begins that stands right before a position."""
    begin = at = end
    while match := _BACK.search(low, max(0, at - 30), at):
        if match.group(1) in words.portfolio:
            begin = match.start()
        elif match.group(1) not in _JOINERS or begin == end:
            break
        at = match.start()
    return begin


def _styled(written: str) -> str:
    """A portfolio or title with capitals: "local administration" -> "Local Administration"."""
    return " ".join(w if w.lower() in _SMALL else w[:1].upper() + w[1:] for w in written.split())


def _office(portfolio: str, rank: str, words: _Words) -> str:
    """The office of a minister in charge of several things: that of the first one which has an office."""
    if rank != "minister":
        return rank
    padded = f" {portfolio.replace(',', ' ')} "
    return next((office for form, office in words.offices if f" {form} " in padded), "minister")


def _title(text: Text, start: int, end: int, portfolio: str, rank: str, words: _Words) -> Title:
    return Title(_office(portfolio, rank, words), _styled(text.plain[start:end]), Level.minister)


def compound_titles(text: Text, pack: Pack) -> Iterator[tuple[int, int, Title]]:
    """Start, end and meaning of each such title; those that have an office of their own word for word are left out."""
    words = _words(pack)
    if words.heads is None:
        return
    low = text.low
    if not any(head in low for head in words.ranks):
        return
    known = {form for form, _ in words.offices}
    for head in words.heads.finditer(low):
        rank = words.ranks[head.group()]
        opening = next((p for p in (" of the ", " for the ", " of ", " for ") if low.startswith(p, head.end())), "")
        end = _rightward(low, head.end() + len(opening), words) if opening else 0
        if end > head.end() + len(opening):
            portfolio = low[head.end() + len(opening) : end]
            if portfolio.startswith("state for "):
                rank = "minister-of-state"
            if portfolio != "state" and (portfolio not in known or rank != "minister"):
                yield head.start(), end, _title(text, head.start(), end, portfolio, rank, words)
            continue
        start = _leftward(low, head.start(), words)
        portfolio = low[start : head.start()].strip()
        begin, rank = _ranked(low, start, rank, words)
        if portfolio and (portfolio not in known or begin < start):
            yield begin, head.end(), _title(text, begin, head.end(), portfolio, rank, words)


def _ranked(low: str, start: int, rank: str, words: _Words) -> tuple[int, str]:
    """Where a title begins whose portfolio begins at a position, and its rank: "first deputy |railways minister"."""
    for before, told in words.before.items():
        begin = start - len(before) - 1
        if begin >= 0 and low.startswith(f"{before} ", begin) and not low[:begin][-1:].isalpha():
            return begin, told
    return start, rank


def with_ministry(text: Text, end: int, pack: Pack) -> int:
    """Where a title ends once the ministry it belongs to is counted in: "… of the Ministry of Foreign Affairs"."""
    words = _words(pack)
    if words.ministry is None:
        return end
    affairs = _AFFAIRS.match(text.plain, end)
    if affairs is not None:
        return affairs.end()
    match = words.ministry.match(text.low, end)
    if match is None:
        return end
    stop = _rightward(text.low, match.end(), words)
    return stop if stop > match.end() else end
