"""The smallest pieces that carry meaning: names of the knowledge base and words of the language pack, as they stand.

Two automata read the text once each: names in their own case, words in lower case. What they find is sorted out into
one list without overlaps, which the grammar of people, places and parties then reads.
"""

from __future__ import annotations

import re
from dataclasses import replace
from operator import attrgetter
from typing import Any

from app.extract.atom_lexicons import RANK, Kind, names_of, words_of
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.portfolio_lists import listed_portfolios
from app.extract.portfolios import compound_titles, with_ministry
from app.extract.short_countries import Shorts, goes_on, initials_of, inside_name, is_short, meant_by, shorts_of
from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge

__all__ = ["Atom", "Kind", "find_atoms"]


@valueclass(frozen=True, slots=True)
class Atom:
    """A piece of text with all it may mean (ids, or a Title), the likeliest first."""

    kind: Kind
    start: int
    end: int
    values: tuple[Any, ...]


_WORD = re.compile(r"[^\W\d_]*")


_START = attrgetter("start")


def _merge(atoms: list[Atom]) -> list[Atom]:
    """One list without overlaps: the earlier and longer wins; a name wins over a word of the same stretch."""
    merged: list[Atom] = []
    begun = end = -1
    atoms.sort(key=_START)
    for atom in atoms:
        start = atom.start
        if start >= end:
            merged.append(atom)
        elif start > begun or atom.end < end:
            continue
        elif atom.end > end or (merged[-1].kind not in RANK and atom.kind in RANK):
            merged[-1] = atom
        begun, end = start, merged[-1].end
    return merged


_MONEY = re.compile(
    "元(?![首老旦帅素])|镑|卢比|比索|克朗|法郎|先令|第纳尔|里亚尔|迪拉姆"
    r"|\$|[- ](?:[Dd]ollars?|[Yy]en|[Yy]uan|[Ff]rancs?|[Rr]upees?|[Pp]ounds?|[Pp]esos?|[Rr]ubles?)\b"
)
"""Behind a country: its currency."""
_NAMED_IN_SHORT = (Kind.country, Kind.metonym)
_BEFORE_NAMES = (Kind.title, Kind.filler, Kind.honorific)


def _word_behind(plain: str, end: int) -> str:
    """The letters behind a space."""
    return _WORD.match(plain, end + 1).group()  # type: ignore[union-attr]


def _counted(atom: Atom, plain: str, shorts: Shorts) -> bool:
    """Whether words such as "the two" only count what follows: "the two ships"."""
    words, verbs = shorts.bare_pairs
    if plain[atom.start : atom.end].lower() not in words:
        return False
    return _word_behind(plain, atom.end) not in verbs


def _kept(atoms: list[Atom], plain: str, shorts: Shorts) -> list[Atom]:
    """The atoms that are no part of something else."""
    kept: list[Atom] = []
    titled_end = -1
    person, country, short, other = Kind.person, Kind.country, Kind.short, Kind.other
    people = {edge for a in atoms if a.kind is person for edge in (a.start, a.end)}
    begun = {a.start for a in atoms if a.kind is not short}
    for atom in atoms:
        kind = atom.kind
        if kind is short:
            pass  # told apart at the end
        elif kind in _BEFORE_NAMES:
            titled_end = atom.end
        elif kind is other or (kind is Kind.group and _counted(atom, plain, shorts)):
            continue
        elif kind is person:
            if plain[atom.end - 1 : atom.end + 1] in shorts.broken_by or _half_a_name(atom, plain, people):
                continue
            if titled_end == atom.start and goes_on(atom, plain, shorts) and atom.end not in begun:
                continue
            if _prefixed(atom, plain, shorts):
                continue
            if plain[atom.end : atom.end + 1] == " " and _word_behind(plain, atom.end) in shorts.named_after:
                continue
        elif kind in _NAMED_IN_SHORT:
            start = atom.start
            if kind is country and (plain[start - 1 : start] == "." or _MONEY.match(plain, atom.end)):
                continue  # the end of an address: VOV.VN; a currency: 斐济元, U.S. dollars
            if start - 1 != titled_end and inside_name(plain[start : atom.end], start, plain, shorts):
                continue
        kept.append(atom)
    return kept


_DASHES = ("-", "—")
_PREFIXES = ("post-", "pre-", "anti-", "pro-")
"""What makes a word for an age or a side of somebody's name, in whatever language has it."""
_PREFIX = 5
"""Characters of the longest of these."""


def _half_a_name(atom: Atom, plain: str, people: set[int]) -> bool:
    """Whether a name in Chinese is joined by a dash to what is nobody's name: half of a double name, 佩雷斯-托雷斯."""
    if plain[atom.start] < "\u4e00" or plain[atom.start] > "\u9fff":
        return False
    if plain[atom.end : atom.end + 1] not in _DASHES and plain[max(0, atom.start - 1) : atom.start] not in _DASHES:
        return False
    after, before = plain[atom.end : atom.end + 2], plain[max(0, atom.start - 2) : atom.start]
    for mark, letter, edge in ((after[:1], after[1:], atom.end + 1), (before[1:], before[:1], atom.start - 1)):
        if mark in _DASHES and "\u4e00" <= letter <= "\u9fff" and edge not in people:
            return True
    return False


def _prefixed(atom: Atom, plain: str, shorts: Shorts) -> bool:
    """Whether a name is but the end of something else: post-|Saddam Hussein elections, 卡莱维·海|米莱."""
    before = plain[max(0, atom.start - _PREFIX) : atom.start]
    if before.endswith("-"):
        return before.lower().endswith(_PREFIXES)
    return before[-2:-1] == "·" and before[-1] in shorts.sounds and "\u4e00" <= plain[atom.start] <= "\u9fff"


def _office_end(start: int, end: int, lands: dict[int, int]) -> int:
    """Where a title ends without the country whose office it is: "Bộ trưởng Thương mại |Trung Quốc"."""
    land = lands.get(end, start)
    return land - 1 if land > start else end


def _found(text: Text, pack: Pack, knowledge: Knowledge) -> list[Atom]:
    """Names, words and titles put together, each in order."""
    titled = Kind.title
    names, words = names_of(pack, knowledge).scan(text.plain), words_of(pack, knowledge).scan(text.low)
    torn_by, plain = shorts_of(pack).torn_by, text.plain
    found = [
        Atom(kind, start, end - (kind is Kind.country and plain.startswith(torn_by, end - 1)), meant)
        for start, end, ((kind, meant),) in names
        if kind is not Kind.other
    ]
    lands = {end: start for start, end, ((kind, _),) in names if kind is Kind.country}
    found += [
        Atom(
            kind, start, end if kind is not titled else with_ministry(text, _office_end(start, end, lands), pack), meant
        )
        for start, end, ((kind, meant),) in words
    ]
    for start, end, title in compound_titles(text, pack):
        found.append(Atom(titled, start, with_ministry(text, end, pack), (title,)))
    found += [Atom(titled, start, end, (title,)) for start, end, title in listed_portfolios(text, pack, knowledge)]
    return found


_SHORTENED = (Kind.organization, Kind.country)
_ABBREVIATED_BODY = re.compile(r" ?\(([A-Z][A-Za-z]{1,9})\)")


def _with_abbreviation(atoms: list[Atom], plain: str) -> list[Atom]:
    """Bodies and countries together with their short name in brackets: "World Health Organization (WHO)"."""
    if "(" not in plain:
        return atoms
    found: list[Atom] = []
    last = -1
    for atom in atoms:
        if atom.start < last:
            continue
        last = atom.end
        if atom.kind in _SHORTENED and "(" in plain[last : last + 2]:
            match = _ABBREVIATED_BODY.match(plain, last)
            if match is not None:
                last = match.end()
                found.append(replace(atom, end=last))
                continue
        found.append(atom)
    return found


def find_atoms(text: Text, pack: Pack, knowledge: Knowledge) -> tuple[Atom, ...]:
    """All atoms of a text, in order, without overlaps. Short forms of countries are kept only where they are ones."""
    shorts = shorts_of(pack)
    plain, short, country = text.plain, Kind.short, Kind.country
    atoms = _with_abbreviation(_kept(_merge(_found(text, pack, knowledge)), plain, shorts), plain)
    named = {a.values[0] for a in atoms if a.kind in _NAMED_IN_SHORT and len(a.values) == 1}
    initials = initials_of(atoms, plain)

    def one_sense(atom: Atom) -> bool:
        return atom.kind is not short and (len(atom.values) == 1 or atom.kind is not country)

    return tuple(
        [
            a if one_sense(a) else meant_by(a, named, initials, shorts, plain)
            for i, a in enumerate(atoms)
            if a.kind is not short or is_short(i, atoms, plain, shorts)
        ]
    )
