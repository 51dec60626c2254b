"""People and offices as written: chains of titles, countries and bodies that end in a name, or in nothing.

`Đại sứ Nhật Bản tại Việt Nam Yamada Takio`, `美国总统气候特使约翰·克里`, `Egypt's President El-Sisi`. The grammar is
one for all languages: here a chain (`chains`) and a name become one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from app.extract.atoms import Atom, Kind
from app.extract.chains import (
    CHAIN,
    COUNTRIES,
    OPENERS,
    SHORT_FORM,
    Glue,
    collect,
    country_and_body,
    glue_of,
    is_joined,
    named_apart,
    stands_apart,
    styled,
    without_lead,
)
from app.extract.described import state_of_office
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.phrases import Phrase, phrase_of, possessed
from app.extract.titles import LEADER
from app.extract.unknown import apposed_name, is_tail, unknown_name, unknown_name_before
from app.knowledge.lookup import Knowledge

_ALSO = ("兼", "、兼")
"""Between two titles of one person that stand behind the name."""
_STYLE = re.compile(r"(?: [A-Z][a-z]{2,10}){1,5} ")
"""Styles that stand between a title and a name: Sheikh, Samdech Preah Karuna."""


def _following_titles(
    text: Text, atoms: Sequence[Atom], index: int, end: int, glue: Glue, *, untitled: bool = False
) -> list[Atom]:
    """Titles after a name: 范明政总理; "Wang Yi, China's foreign minister".

    `untitled`: no title stands before the name, so that one behind a comma is its own, whatever follows.
    """
    if index >= len(atoms):
        return []
    gap = text.plain[end : atoms[index].start]
    if glue.after_comma and text.plain.startswith(" of ", end):  # "Vladimir Putin of Russia"
        land = (
            at
            for at, a in enumerate(atoms[index : index + 3], index + 1)
            if a.kind is Kind.country and text.plain[end : a.start] in (" of ", " of the ")
        )
        return list(atoms[index : next(land, index)])
    if gap == "" and atoms[index].kind is Kind.title:
        chain = [atoms[index]]
        for further in atoms[index + 1 : index + 3]:  # 王毅国务委员兼|外长
            if further.kind is not Kind.title or text.plain[chain[-1].end : further.start] not in _ALSO:
                break
            chain.append(further)
    elif (
        (glue.after_comma or glue.apposition_end)
        and (gap in (", ", ", the ") or (glue.dash and gap == " - "))
        and atoms[index].kind in CHAIN - {Kind.honorific}
    ):
        chain = collect(text, atoms, index, glue)
    else:
        return []
    last = index + len(chain)
    if not any(a.kind is Kind.title and a.values[0].office != LEADER for a in chain):
        return []
    bare = untitled and not text.plain[chain[-1].end + 1 : chain[-1].end + 2].isupper()
    if glue.apposition_end and not bare and not text.plain.startswith(glue.apposition_end, chain[-1].end):
        return []
    followed = (
        last < len(atoms) and atoms[last].kind is Kind.person and is_joined(text.plain, chain[-1], atoms[last], glue)
    )
    return [] if followed or (gap and _unknown_follows(text, chain[-1].end)) else chain


def _own(titles: list[Atom], countries: Collection[str | None]) -> list[Atom]:
    """The titles behind a name, or none where they are of another state: "with Srettha of Thailand, the Chinese foreign
    minister said"."""
    land = country_and_body(titles)[0] if any(a.kind is Kind.title for a in titles) else None
    return titles if land is None or None in countries or land in countries else []


def _unknown_follows(text: Text, position: int) -> bool:
    """Whether a capitalised word follows after a space: then a title belongs to it and not to the name before."""
    return text.plain[position : position + 1] == " " and text.plain[position + 1 : position + 2].isupper()


def find_people(text: Text, atoms: Sequence[Atom], pack: Pack, knowledge: Knowledge) -> list[Phrase]:
    """All phrases that stand for a person or an office, in order, without overlaps."""
    glue = glue_of(pack)
    found: list[Phrase] = []
    person, openers = Kind.person, glue.openers
    i, last = 0, len(atoms)
    while i < last:
        atom = atoms[i]
        kind = atom.kind
        if kind is person and is_tail(text, atom.start, atom.end, pack):
            i += 1
        elif kind is person:
            after = _following_titles(text, atoms, i + 1, atom.end, glue, untitled=True)
            after = _own(after, {knowledge.person[p].country for p in atom.values})
            end = after[-1].end if after else atom.end
            found.append(phrase_of(after, atom.start, end, (atom.start, atom.end), atom.values))
            i += 1 + len(after)
        elif kind not in openers:
            i += 1
        elif kind not in OPENERS and stands_apart(atoms, i, glue):
            phrase, used = possessed(text, atoms, i, glue, pack, knowledge)
            if phrase is not None:
                found.append(phrase)
            i += used
        else:
            # 驻希腊大使: to Greece, not of it
            chain = collect(text, atoms, i, glue)
            posted = _posting(atoms[i - 1 : i] if i else (), chain)
            if posted:
                chain = collect(text, atoms, i + posted, glue)
            phrase, used = _from_chain(text, atoms, i + posted, chain, glue, pack, knowledge)
            i += posted
            if phrase is not None:
                found.append(phrase)
            i += used
    return found


def _from_chain(
    text: Text, atoms: Sequence[Atom], first: int, chain: list[Atom], glue: Glue, pack: Pack, knowledge: Knowledge
) -> tuple[Phrase | None, int]:
    """The phrase that begins with the chain from an atom on, and how many atoms it used up (one where it is none)."""
    chain = _of_one(text, atoms, first, chain, knowledge)
    kinds = {a.kind for a in chain}
    if OPENERS.isdisjoint(kinds):
        # Nor does any chain that begins inside this one hold an opener: only its last atom is looked at again.
        return possessed(text, atoms, first, glue, pack, knowledge) if len(chain) == 1 else (None, len(chain) - 1)
    # The chain ends at its last title, country or body; what was dropped is looked at again.
    chain = [*chain, *styled(text, atoms, first + len(chain), chain, glue)]
    used = len(chain)
    following = atoms[first + used] if first + used < len(atoms) else None
    lead = without_lead(chain)
    untitled = Kind.title not in kinds
    named = following is not None and following.kind is Kind.person and _joined_name(text, chain[-1], following, glue)
    if named and following is not None and _of_another_state(text, chain, following, knowledge):
        named, following = False, None
    if following is not None and named and not _of_longer_name(text, chain, following, knowledge):
        after = _following_titles(text, atoms, first + used + 1, following.end, glue, untitled=untitled)
        after = _own(after, {country_and_body(lead)[0], *(knowledge.person[p].country for p in following.values)})
        end = after[-1].end if after else following.end
        known = (following.start, following.end)
        return phrase_of([*lead, *after], lead[0].start, end, known, following.values), used + 1 + len(after)
    limit = None if named else following
    name = unknown_name(text, chain[0].start, chain[-1].end, limit, country_and_body(chain)[0], pack, knowledge)
    next_to_it = following is not None and following.start == chain[-1].end + 2
    if name is None and glue.after_comma and Kind.title in kinds and not next_to_it:
        name = apposed_name(text, chain[-1].end, pack, subject=_opens_sentence(text, chain[0].start))
    if name is not None:
        return _named(text, atoms, first + used, first, lead, name, glue, untitled=untitled)
    if Kind.title not in kinds:
        return None, 1
    before = None
    if glue.after_comma:  # "A, minister", "A, state minister"
        before = unknown_name_before(text, lead[0].start, pack) or unknown_name_before(text, chain[0].start, pack)
    known_before = first > 0 and atoms[first - 1].kind is Kind.person
    if before is not None and not (known_before and atoms[first - 1].end == before[1]):
        before = _without_place(text, atoms, first, before)
        return phrase_of(lead, before[0], chain[-1].end, before, ()), used
    return phrase_of(lead, lead[0].start, chain[-1].end, None, ()), used


def _named(
    text: Text,
    atoms: Sequence[Atom],
    behind: int,
    first: int,
    lead: list[Atom],
    name: tuple[int, int],
    glue: Glue,
    *,
    untitled: bool,
) -> tuple[Phrase, int]:
    """A name that the knowledge base does not have, with what stands behind it, from the atom `behind` on."""
    behind += sum(1 for a in atoms[behind : behind + 4] if a.start < name[1])
    after = _following_titles(text, atoms, behind, name[1], glue, untitled=untitled)
    land = state_of_office(text, atoms, behind, name[1], glue) if untitled and not after else None
    if land is not None:
        told = replace(phrase_of([*lead, land], lead[0].start, land.end, name, ()), described=True)
        return told, atoms.index(land, behind) + 1 - first
    after = _own(after, {country_and_body(lead)[0]})
    end = after[-1].end if after else name[1]
    return phrase_of([*lead, *after], lead[0].start, end, name, ()), behind - first + len(after)


def _of_one(text: Text, atoms: Sequence[Atom], first: int, chain: list[Atom], knowledge: Knowledge) -> list[Atom]:
    """The chain, or its first part where the rest is the title of somebody known from another state."""
    behind = atoms[first + len(chain)] if first + len(chain) < len(atoms) else None
    if behind is None or behind.kind is not Kind.person:
        return chain
    countries = {knowledge.person[i].country for i in behind.values}
    comma = 0 if None in countries else named_apart(text.plain, chain, countries)
    return chain[:comma] if comma else chain


def _of_another_state(text: Text, chain: Sequence[Atom], name: Atom, knowledge: Knowledge) -> bool:
    """Whether a comma parts a title of one state from a name of another: "At the invitation of the Thai prime minister,
    Xi Jinping will visit the country"."""
    if text.plain[chain[-1].end : name.start] != ", ":
        return False
    country = country_and_body(chain)[0]
    return country is not None and all(knowledge.person[i].country not in (None, country) for i in name.values)


def _of_longer_name(text: Text, chain: Sequence[Atom], name: Atom, knowledge: Knowledge) -> bool:
    """Whether a known name behind a title only begins that of somebody from another state: "the French ambassador
    Philippe Robles" is not the King of the Belgians."""
    following = text.plain[name.end : name.end + 3]
    if following[:1] != " " or not following[1:2].isupper() or not following[2:].islower():
        return False
    country = country_and_body(chain)[0]
    return country is not None and all(knowledge.person[i].country not in (None, country) for i in name.values)


def _without_place(text: Text, atoms: Sequence[Atom], first: int, name: tuple[int, int]) -> tuple[int, int]:
    """A name read backwards without the place it follows: "received in Cotonou Ana Robles, special envoy"."""
    place = next((a for a in atoms[max(0, first - 4) : first] if a.start == name[0]), None)
    if place is None or place.kind not in (Kind.place, Kind.metonym) or text.plain[place.end : place.end + 1] != " ":
        return name
    return (place.end + 1, name[1]) if " " in text.plain[place.end + 1 : name[1]] else name


_BEFORE_SUBJECT = re.compile(r"(?:(?:the|also|meanwhile,?|new|newly|appointed|outgoing|visiting|his excellency) )*")


def _opens_sentence(text: Text, start: int) -> bool:
    """Whether nothing but an article or the like stands before a title in its sentence: then it is the subject."""
    sentence = text.sentence_at(start)
    return sentence is not None and _BEFORE_SUBJECT.fullmatch(text.low, sentence.start, start) is not None


_POSTED = 3
"""So many atoms tell where somebody is posted: 驻|希腊|大使."""


def _posting(before: Sequence[Atom], chain: Sequence[Atom]) -> int:
    """How many atoms of a chain tell only where somebody is posted, by a word that sticks to it: (新任)驻希腊."""
    told = [*before, *chain]
    if len(told) < _POSTED or Kind.accredited not in {atom.kind for atom in told}:
        return 0
    at = next((i for i, a in enumerate(told[:-2]) if a.kind is not Kind.filler), None)
    if at is None or told[at].kind is not Kind.accredited:
        return 0
    country, title = told[at + 1], told[at + 2]
    sticks = told[at].end == country.start and country.kind in COUNTRIES and title.kind is Kind.title
    return at + 2 - len(before) if sticks else 0


def _joined_name(text: Text, left: Atom, right: Atom, glue: Glue) -> bool:
    gap = text.plain[left.end : right.start]
    if (
        _STYLE.fullmatch(gap)
        or SHORT_FORM.fullmatch(gap)
        or (glue.after_comma and gap == ", " and left.kind is not Kind.honorific)
    ):
        return True
    return gap in ("", " ", "  ") or (
        gap in glue.any and "," not in gap and "、" not in gap and gap.strip() in ("", "-", ":", "」")
    )
