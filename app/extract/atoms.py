"""The smallest pieces that carry meaning: names of the knowledge base and words of the language pack, as they stand.

Two automata read the text once each: names in their own case, words in lower case. What they find is sorted out into
one list without overlaps, which the grammar of people, places and parties then reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any

from app.extract.atom_lexicons import RANK, Kind, names_of, words_of
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
    prefixes: frozenset[str]
    joiners: tuple[str, ...]
    reach: int
    """Characters of the longest of these."""
    not_pairs: frozenset[str]
    broken_by: frozenset[str]
    bare_pairs: tuple[frozenset[str], frozenset[str]]
    """Words that stand for both sides only before a verb, and those verbs: "the two |met"."""
    sounds: frozenset[str]
    torn_by: tuple[str, ...]
    """Words of an office that begin with the last character of a country's name: 美|国务卿."""
    given: frozenset[str] | None
    """Short names of countries that people bear too: Anh, Nga, Chad. None: any may be one."""
    openers: frozenset[str]
    """Words that begin no name although a sentence may begin with them: Tại |Anh, But |Chad."""
    likeliest: dict[str, int]
    """Countries in the order in which they are meant where several share a short form: 印 is India first."""
    both: tuple[str, ...]
    """Behind what looks like another word these tell that it is a pair after all: 中意|两国."""
    pairs: dict[str, str]
    """Pairs in which the half that several countries share means a certain one: 以巴."""


_WORD = re.compile(r"[^\W\d_]*")


@lru_cache
def _shorts(pack: Pack) -> _Shorts:
    data = pack.data("names")
    return _Shorts(
        suffixes=tuple(data.get("side_suffixes", ())) or ("\0",),
        prefixes=frozenset(data.get("side_prefixes", ())),
        joiners=tuple(data.get("short_pair_joiners", ())),
        reach=max(map(len, data.get("short_pair_joiners", ())), default=0),
        not_pairs=frozenset(data.get("not_pairs", ())),
        broken_by=frozenset(data.get("broken_by", ())),
        bare_pairs=(frozenset(data.get("bare_pairs", ())), frozenset(data.get("bare_pair_verbs", ()))),
        sounds=frozenset(data.get("transliteration", "")),
        torn_by=tuple(data.get("torn_by", ())) or ("\0",),
        given=frozenset(data["countries_as_names"]) if "countries_as_names" in data else None,
        openers=frozenset(data.get("openers", ())),
        likeliest={code: rank for rank, code in enumerate(data.get("likeliest", ()))},
        both=tuple(data.get("pairs_for_sure", ())) or ("\0",),
        pairs=dict(data.get("pairs", {})),
    )


def _inside_name(word: str, start: int, plain: str, shorts: _Shorts) -> bool:
    """A country of one short word that stands right after another capitalised word is part of a name: Trần Tuấn Anh."""
    if len(word) > 4 or " " in word or not spaced(word[0]):
        return False
    if shorts.given is not None and word not in shorts.given:
        return False
    before = plain[max(0, start - 16) : start]
    if not before.endswith(" ") or before.endswith("  "):
        return False
    previous = before.split()[-1:] or [""]
    return previous[0][:1].isupper() and previous[0].isalpha() and previous[0] not in shorts.openers


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


_MONEY = re.compile("元(?![首老旦帅素])|镑|卢比|比索|克朗|法郎|先令|第纳尔|里亚尔|迪拉姆")
"""Behind a country in Chinese: its currency."""
_NAMED_IN_SHORT = (Kind.country, Kind.metonym)
_BEFORE_NAMES = (Kind.title, Kind.filler, Kind.honorific)


def _counted(atom: Atom, plain: str, shorts: _Shorts) -> bool:
    """Whether words such as "the two" only count what follows: "the two ships"."""
    words, verbs = shorts.bare_pairs
    if plain[atom.start : atom.end].lower() not in words:
        return False
    return _WORD.match(plain, atom.end + 1).group() not in verbs  # type: ignore[union-attr]


def _kept(atoms: list[Atom], plain: str, shorts: _Shorts) -> list[Atom]:
    """The atoms that are no part of something else."""
    kept: list[Atom] = []
    titled_end = -1
    person, country, short, other = Kind.person, Kind.country, Kind.short, Kind.other
    people = {edge for a in atoms if a.kind is person for edge in (a.start, a.end)}
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
        elif kind in _NAMED_IN_SHORT:
            start = atom.start
            if kind is country and (plain[start - 1 : start] == "." or _MONEY.match(plain, atom.end)):
                continue  # the end of an address: VOV.VN; a currency: 斐济元
            if start - 1 != titled_end and _inside_name(plain[start : atom.end], start, plain, shorts):
                continue
        kept.append(atom)
    return kept


_DASHES = ("-", "—")


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


def _found(text: Text, pack: Pack, knowledge: Knowledge) -> list[Atom]:
    """Names, words and titles put together, each in order."""
    titled = Kind.title
    names, words = names_of(pack, knowledge).scan(text.plain), words_of(pack, knowledge).scan(text.low)
    torn_by, plain = _shorts(pack).torn_by, text.plain
    found = [
        Atom(kind, start, end - (kind is Kind.country and plain.startswith(torn_by, end - 1)), meant)
        for start, end, ((kind, meant),) in names
    ]
    found += [
        Atom(kind, start, end if kind is not titled else with_ministry(text, end, pack), meant)
        for start, end, ((kind, meant),) in words
    ]
    for start, end, title in compound_titles(text, pack):
        found.append(Atom(titled, start, with_ministry(text, end, pack), (title,)))
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
    shorts = _shorts(pack)
    plain, short = text.plain, Kind.short
    atoms = _with_abbreviation(_kept(_merge(_found(text, pack, knowledge)), plain, shorts), plain)
    if short not in {a.kind for a in atoms}:
        return tuple(atoms)
    named = {a.values[0] for a in atoms if a.kind in _NAMED_IN_SHORT}
    initials = _initials(atoms, plain)
    return tuple(
        [
            a if a.kind is not short else _meant(a, named, initials.get(plain[a.start]), shorts, plain)
            for i, a in enumerate(atoms)
            if a.kind is not short or _is_short(i, atoms, plain, shorts)
        ]
    )


def _initials(atoms: list[Atom], plain: str) -> dict[str, Any]:
    """The countries that the text names in full, by the first character of their names in Chinese."""
    country = Kind.country
    whole = [a for a in atoms if a.kind is country and not spaced(plain[a.start]) and a.end - a.start > 1]
    return {plain[a.start]: a.values[0] for a in reversed(whole)}


def _meant(atom: Atom, named: set[Any], begins_so: Any, shorts: _Shorts, plain: str) -> Atom:
    """Of several countries of one short form the one that the text names in full: 巴方 may be Brazil, and 贝国 Belize
    where no other country is named that begins so. Else the one meant in such a pair (以巴), else the likeliest."""
    start, end = atom.start, atom.end
    if begins_so is not None and named.isdisjoint(atom.values) and end - start == 1:
        return replace(atom, values=(begins_so,))
    if len(atom.values) == 1:
        return atom
    pair = shorts.pairs.get(plain[start - 1 : end]) or shorts.pairs.get(plain[start : end + 1])
    rank, last = shorts.likeliest, len(shorts.likeliest)
    order = sorted(atom.values, key=lambda code: (code not in named, code != pair, rank.get(code, last)))
    return replace(atom, values=tuple(order))


_ABBREVIATED = (Kind.short, Kind.country)
_DAY = re.compile("[0-9一二三四五六七八九十]日")
"""A day of the month, and not Japan: 26日|总统普京…."""
_AS = re.compile("以[^,。;、]{2,14}身[份分]")
"""In what capacity somebody comes, and not Israel: 以总统特使身份."""


def _inside_long_name(index: int, atoms: list[Atom], left: Atom, right: Atom, plain: str, shorts: _Shorts) -> bool:
    """Whether a pair only stands in a name written by sounds, right behind its title: 外长雷|伊|纳."""
    title = next((a for a in reversed(atoms[max(0, index - 2) : index + 1]) if a.end < left.start), None)
    between = plain[title.end : left.start] if title is not None and title.kind is Kind.title else ""
    return bool(between) and left.end == right.start and shorts.sounds.issuperset(between)


def _is_short(index: int, atoms: list[Atom], plain: str, shorts: _Shorts) -> bool:
    """A short form means the country in a pair (越美, Việt - Mỹ), before a suffix (越方) or after a verb (访越)."""
    start, end = atoms[index].start, atoms[index].end
    meant = plain.startswith(shorts.suffixes, end) or plain[start - 1 : start] in shorts.prefixes
    if not meant and not _is_paired(index, atoms, plain, shorts):
        return False
    return not (_DAY.match(plain, start - 1) or _AS.match(plain, start))


def _is_paired(index: int, atoms: list[Atom], plain: str, shorts: _Shorts) -> bool:
    """Whether a short form makes a pair with the atom before it or the one behind it."""
    for at in (index - 1, index):
        if at < 0 or at + 1 == len(atoms):
            continue
        left, right = atoms[at], atoms[at + 1]
        if right.start - left.end > shorts.reach or right.kind not in _ABBREVIATED or left.kind not in _ABBREVIATED:
            continue
        if _DAY.match(plain, left.start - 1) or _inside_long_name(index, atoms, left, right, plain, shorts):
            continue
        gap = plain[left.end : right.start]
        if gap in shorts.joiners and (gap or left.kind is right.kind):
            return plain[left.start : right.end] not in shorts.not_pairs or plain.startswith(shorts.both, right.end)
    return False
