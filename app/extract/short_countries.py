"""Short forms of countries (越, Việt, Sino-): where one means a country, and which of those that share it.

What a pack says of them is in its `names`; the atoms are those of `atoms.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from app.extract.atom_lexicons import Kind
from app.extract.lexicon import spaced
from app.extract.pack import Pack

if TYPE_CHECKING:
    from app.extract.atoms import Atom


@dataclass(frozen=True)
class Shorts:
    """Where a short form means a country, and what breaks a name, as a pack has it."""

    suffixes: tuple[str, ...]
    prefixes: frozenset[str]
    joiners: tuple[str, ...]
    reach: int
    """Characters of the longest of these."""
    not_pairs: frozenset[str]
    broken_by: frozenset[str]
    named_after: frozenset[str]
    """What bears the name of somebody in front of it: the Kim Il Sung |Stadium."""
    bare_pairs: tuple[frozenset[str], frozenset[str]]
    """Words that stand for both sides only before a verb, and those verbs: "the two |met"."""
    sounds: frozenset[str]
    of_sounds: frozenset[str]
    """Words of characters that stand for sounds elsewhere: 明日."""
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


@lru_cache
def shorts_of(pack: Pack) -> Shorts:
    """What the `names` of a pack say of them."""
    data = pack.data("names")
    return Shorts(
        suffixes=tuple(data.get("side_suffixes", ())) or ("\0",),
        prefixes=frozenset(data.get("side_prefixes", ())),
        joiners=tuple(data.get("short_pair_joiners", ())),
        reach=max(map(len, data.get("short_pair_joiners", ())), default=0),
        not_pairs=frozenset(data.get("not_pairs", ())),
        broken_by=frozenset(data.get("broken_by", ())),
        named_after=frozenset(data.get("named_after", ())),
        bare_pairs=(frozenset(data.get("bare_pairs", ())), frozenset(data.get("bare_pair_verbs", ()))),
        sounds=frozenset(data.get("transliteration", "")),
        of_sounds=frozenset(data.get("words_of_sounds", ())),
        torn_by=tuple(data.get("torn_by", ())) or ("\0",),
        given=frozenset(data["countries_as_names"]) if "countries_as_names" in data else None,
        openers=frozenset(data.get("openers", ())),
        likeliest={code: rank for rank, code in enumerate(data.get("likeliest", ()))},
        both=tuple(data.get("pairs_for_sure", ())) or ("\0",),
        pairs=dict(data.get("pairs", {})),
    )


def inside_name(word: str, start: int, plain: str, shorts: Shorts) -> bool:
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


def goes_on(atom: Atom, plain: str, shorts: Shorts) -> bool:
    """Whether a known name in Chinese only begins a longer one: 议长|拉特纳|亚克, 司令|古斯塔夫|·哈格隆德."""
    end = atom.end
    behind = plain[end : end + _SOUNDS]
    if not behind or not "\u4e00" <= plain[end - 1] <= "\u9fff":
        return False
    if behind[0] == "·":
        return behind[1:] in shorts.sounds
    return len(behind) == _SOUNDS and behind not in shorts.of_sounds and shorts.sounds.issuperset(behind)


def initials_of(atoms: list[Atom], plain: str) -> dict[str, Any]:
    """The countries that the text names in full, by the first character of their names in Chinese."""
    country = Kind.country
    whole = [a for a in atoms if a.kind is country and not spaced(plain[a.start]) and a.end - a.start > 1]
    return {plain[a.start]: a.values[0] for a in reversed(whole)}


def meant_by(atom: Atom, named: set[Any], initials: dict[str, Any], shorts: Shorts, plain: str) -> Atom:
    """Of several countries of one form (巴方, Congolese) the one that the text names in full, and 贝国 is Belize where
    no other country is named that begins so. Else the one meant in such a pair (以巴), else the likeliest."""
    start, end = atom.start, atom.end
    begins_so = initials.get(plain[start]) if atom.kind is Kind.short and end - start == 1 else None
    if begins_so is not None and named.isdisjoint(atom.values):
        return type(atom)(atom.kind, start, end, (begins_so,))
    if len(atom.values) == 1:
        return atom
    pair = shorts.pairs.get(plain[start - 1 : end]) or shorts.pairs.get(plain[start : end + 1])
    rank, last = shorts.likeliest, len(shorts.likeliest)
    order = sorted(atom.values, key=lambda code: (code not in named, code != pair, rank.get(code, last)))
    return type(atom)(atom.kind, start, end, tuple(order))


_ABBREVIATED = (Kind.short, Kind.country)
_DAY = re.compile("[0-9一二三四五六七八九十]日")
"""A day of the month, and not Japan: 26日|总统普京…."""
_SOUNDS = 2
"""So many characters for sounds before a short form make a name."""
_AS = re.compile("以[^,。;、]{2,14}身[份分]")
"""In what capacity somebody comes, and not Israel: 以总统特使身份."""


def _inside_long_name(index: int, atoms: list[Atom], left: Atom, right: Atom, plain: str, shorts: Shorts) -> bool:
    """Whether a pair only stands in a name written by sounds, right behind its title: 外长雷|伊|纳."""
    title = next((a for a in reversed(atoms[max(0, index - 2) : index + 1]) if a.end < left.start), None)
    between = plain[title.end : left.start] if title is not None and title.kind is Kind.title else ""
    return bool(between) and left.end == right.start and shorts.sounds.issuperset(between)


def is_short(index: int, atoms: list[Atom], plain: str, shorts: Shorts) -> bool:
    """A short form means the country in a pair (越美, Việt - Mỹ), before a suffix (越方) or after a verb (访越)."""
    start, end = atoms[index].start, atoms[index].end
    if end == start + 1 and _ends_name(index, atoms, plain, shorts):
        return False
    meant = plain.startswith(shorts.suffixes, end) or plain[start - 1 : start] in shorts.prefixes
    if not meant and not _is_paired(index, atoms, plain, shorts):
        return False
    return not (_DAY.match(plain, start - 1) or _AS.match(plain, start))


def _ends_name(index: int, atoms: list[Atom], plain: str, shorts: Shorts) -> bool:
    """Whether short forms end a name written by sounds: 德拉米|尼|大使, 斯卡尔|法|罗|总统."""
    first = index
    while index - first < _SOUNDS and first and atoms[first - 1].end == atoms[first].start:
        if atoms[first - 1].kind is not Kind.short:
            break
        first -= 1
    begin = atoms[first].start
    before = plain[max(0, begin - _SOUNDS) : begin]
    named = first and atoms[first - 1].kind is not Kind.short and atoms[first - 1].end > begin - _SOUNDS
    if len(before) < _SOUNDS or named or before in shorts.of_sounds:
        return False
    return shorts.sounds.issuperset(plain[begin - _SOUNDS : atoms[index].end])


def _is_paired(index: int, atoms: list[Atom], plain: str, shorts: Shorts) -> bool:
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
