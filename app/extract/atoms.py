"""The smallest pieces that carry meaning: names of the knowledge base and words of the language pack, as they stand.

Two automata read the text once each: names in their own case, words in lower case. What they find is sorted out into
one list without overlaps, which the grammar of people, places and parties then reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from app.extract.atom_lexicons import RANK, Kind, names_of, sense_of, words_of
from app.extract.lexicon import spaced
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.portfolios import compound_titles, with_ministry
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


@dataclass(frozen=True)
class _Shorts:
    """Where a short form means a country, and what breaks a name, as a pack has it."""

    suffixes: tuple[str, ...]
    prefixes: tuple[str, ...]
    joiners: tuple[str, ...]
    not_pairs: frozenset[str]
    broken_by: frozenset[str]


@lru_cache
def _shorts(pack: Pack) -> _Shorts:
    data = pack.data("names")
    return _Shorts(
        suffixes=tuple(data.get("side_suffixes", ())) or ("\0",),
        prefixes=tuple(data.get("side_prefixes", ())),
        joiners=tuple(data.get("short_pair_joiners", ())),
        not_pairs=frozenset(data.get("not_pairs", ())),
        broken_by=frozenset(data.get("broken_by", ())),
    )


def _inside_name(word: str, start: int, plain: str) -> bool:
    """A country of one short word that stands right after another capitalised word is part of a name: Trần Tuấn Anh."""
    if len(word) > 4 or " " in word or not spaced(word[0]):
        return False
    before = plain[max(0, start - 16) : start]
    if not before.endswith(" ") or before.endswith("  "):
        return False
    previous = before.split()[-1:] or [""]
    return previous[0][:1].isupper() and previous[0].isalpha()


_START = attrgetter("start")


def _merge(atoms: list[Atom]) -> list[Atom]:
    """One list without overlaps: the earlier and longer wins; a name wins over a word of the same stretch."""
    merged: list[Atom] = []
    begun = end = -1
    for atom in sorted(atoms, key=_START):
        if atom.start >= end:
            merged.append(atom)
        elif atom.start > begun or atom.end < end:
            continue
        elif atom.end > end or (merged[-1].kind not in RANK and atom.kind in RANK):
            merged[-1] = atom
        begun, end = atom.start, merged[-1].end
    return merged


_MONEY = re.compile("元(?![首老旦帅素])|镑|卢比|比索|克朗|法郎|先令|第纳尔|里亚尔|迪拉姆")
"""Behind a country in Chinese: its currency."""
_NAMED_IN_SHORT = (Kind.country, Kind.metonym)
_BEFORE_NAMES = (Kind.title, Kind.filler, Kind.honorific)


def _kept(atoms: list[Atom], plain: str, broken_by: frozenset[str]) -> Iterator[Atom]:
    """The atoms that are no part of something else."""
    titled_end = -1
    people = {edge for a in atoms if a.kind is Kind.person for edge in (a.start, a.end)}
    for atom in atoms:
        kind = atom.kind
        if kind in _BEFORE_NAMES:
            titled_end = atom.end
        elif kind is Kind.other:
            continue
        elif kind is Kind.person:
            if plain[atom.end - 1 : atom.end + 1] in broken_by or _half_a_name(atom, plain, people):
                continue
        elif kind in _NAMED_IN_SHORT:
            if kind is Kind.country and (plain[atom.start - 1 : atom.start] == "." or _MONEY.match(plain, atom.end)):
                continue  # the end of an address: VOV.VN; a currency: 斐济元
            if atom.start - 1 != titled_end and _inside_name(plain[atom.start : atom.end], atom.start, plain):
                continue
        yield atom


def _half_a_name(atom: Atom, plain: str, people: set[int]) -> bool:
    """Whether a name in Chinese is joined by a dash to what is nobody's name: half of a double name, 佩雷斯-托雷斯."""
    if not "\u4e00" <= plain[atom.start] <= "\u9fff":
        return False
    after, before = plain[atom.end : atom.end + 2], plain[max(0, atom.start - 2) : atom.start]
    for mark, letter, edge in ((after[:1], after[1:], atom.end + 1), (before[1:], before[:1], atom.start - 1)):
        if mark and mark in "-—" and "\u4e00" <= letter <= "\u9fff" and edge not in people:
            return True
    return False


def _found(text: Text, pack: Pack, knowledge: Knowledge) -> Iterator[Atom]:
    """Names, words and titles put together, each in order."""
    for start, end, (plain,) in names_of(pack, knowledge).scan(text.plain):
        kind, meant = sense_of(plain)
        yield Atom(kind, start, end, meant)
    for start, end, (plain,) in words_of(pack, knowledge).scan(text.low):
        kind, meant = sense_of(plain)
        yield Atom(kind, start, end if kind is not Kind.title else with_ministry(text, end, pack), meant)
    for start, end, title in compound_titles(text, pack):
        yield Atom(Kind.title, start, with_ministry(text, end, pack), (title,))


_SHORTENED = (Kind.organization, Kind.country)
_ABBREVIATED_BODY = re.compile(r" ?\(([A-Z][A-Za-z]{1,9})\)")


def _with_abbreviation(atoms: list[Atom], plain: str) -> Iterator[Atom]:
    """Bodies and countries together with their short name in brackets: "World Health Organization (WHO)"."""
    last = -1
    for atom in atoms:
        if atom.start < last:
            continue
        match = _ABBREVIATED_BODY.match(plain, atom.end) if atom.kind in _SHORTENED else None
        whole = atom if match is None else replace(atom, end=match.end())
        last = whole.end
        yield whole


def find_atoms(text: Text, pack: Pack, knowledge: Knowledge) -> tuple[Atom, ...]:
    """All atoms of a text, in order, without overlaps. Short forms of countries are kept only where they are ones."""
    shorts = _shorts(pack)
    kept = list(_kept(_merge(list(_found(text, pack, knowledge))), text.plain, shorts.broken_by))
    atoms = list(_with_abbreviation(kept, text.plain))
    named = {a.values[0] for a in atoms if a.kind in _NAMED_IN_SHORT}
    initials = _initials(atoms, text.plain)
    return tuple(
        [
            a if a.kind is not Kind.short else _meant(a, named, initials.get(text.plain[a.start]))
            for i, a in enumerate(atoms)
            if a.kind is not Kind.short or _is_short(i, atoms, text.plain, shorts)
        ]
    )


def _initials(atoms: list[Atom], plain: str) -> dict[str, Any]:
    """The countries that the text names in full, by the first character of their names in Chinese."""
    whole = [a for a in atoms if a.kind is Kind.country and not spaced(plain[a.start]) and a.end - a.start > 1]
    return {plain[a.start]: a.values[0] for a in reversed(whole)}


def _meant(atom: Atom, named: set[Any], begins_so: Any) -> Atom:
    """Of several countries of one short form the one that the text names in full: 巴方 may be Brazil, and 贝国 Belize
    where no other country is named that begins so."""
    if begins_so is not None and named.isdisjoint(atom.values) and atom.end - atom.start == 1:
        return replace(atom, values=(begins_so,))
    if len(atom.values) == 1:
        return atom
    return replace(atom, values=tuple(sorted(atom.values, key=lambda country: country not in named)))


_ABBREVIATED = (Kind.short, Kind.country)


def _is_short(index: int, atoms: list[Atom], plain: str, shorts: _Shorts) -> bool:
    """A short form means the country in a pair (越美, Việt - Mỹ), before a suffix (越方) or after a verb (访越)."""
    atom = atoms[index]
    if plain.startswith(shorts.suffixes, atom.end) or plain[atom.start - 1 : atom.start] in shorts.prefixes:
        return True
    for one in (index - 1, index):
        if one < 0 or one + 1 >= len(atoms):
            continue
        left, right = atoms[one], atoms[one + 1]
        if left.kind not in _ABBREVIATED or right.kind not in _ABBREVIATED:
            continue
        gap = plain[left.end : right.start]
        if gap in shorts.joiners and (gap or left.kind is right.kind):
            return plain[left.start : right.end] not in shorts.not_pairs
    return False
