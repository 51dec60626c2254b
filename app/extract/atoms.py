"""The smallest pieces that carry meaning: names of the knowledge base and words of the language pack, as they stand.

Two automata read the text once each: names in their own case, words in lower case. What they find is sorted out into
one list without overlaps, which the grammar of people, places and parties then reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any

from app.extract.lexicon import Hit, Lexicon, spaced
from app.extract.model import Text
from app.extract.numerals import numeral_forms
from app.extract.pack import Pack
from app.extract.portfolios import compound_titles, with_ministry
from app.extract.text import fold_phrase, lower
from app.extract.titles import titles_of
from app.knowledge.lookup import Knowledge, fill, forms, full_forms


class Kind(StrEnum):
    """What an atom is."""

    country = "country"
    short = "short"
    metonym = "metonym"
    person = "person"
    organization = "organization"
    place = "place"
    occasion = "occasion"
    title = "title"  # type: ignore[assignment]  # the word of the field; str.title is not used on kinds
    filler = "filler"
    honorific = "honorific"
    former = "former"
    group = "group"
    pronoun = "pronoun"
    accredited = "accredited"
    possessive = "possessive"
    other = "other"
    """What only looks like a word of the other kinds."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text with all it may mean (ids, or a Title), the likeliest first."""

    kind: Kind
    start: int
    end: int
    values: tuple[Any, ...]


# Where one form is several things, the first of these wins; the place is kept beside for the venue.
_RANK = {
    Kind.person: 0,
    Kind.occasion: 1,
    Kind.organization: 2,
    Kind.country: 3,
    Kind.metonym: 4,
    Kind.place: 5,
    Kind.short: 6,
}


def _ascii(name: str) -> str:
    """A name without diacritics, as wire services write it."""
    plain = name.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


def _variants(form: str) -> Iterator[str]:
    yield form
    bare = _ascii(form)
    if bare != form and bare.isascii():
        yield bare


def _person_forms(knowledge: Knowledge, language: str) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    for person in knowledge.people:
        for form in dict.fromkeys(full_forms(person, language)):
            for variant in _variants(form):
                yield variant, (Kind.person, person.id)


def _country_forms(knowledge: Knowledge, language: str) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    for country in knowledge.countries:
        for form in dict.fromkeys(
            (country.name, *forms(country.names, language), *country.adjectives.get(language, ()))
        ):
            yield form, (Kind.country, country.id)
        for form in dict.fromkeys(forms(country.metonyms, language)):
            yield form, (Kind.metonym, country.id)
        for form in country.short.get(language, ()):
            yield form, (Kind.short, country.id)


def _other_forms(knowledge: Knowledge, language: str) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    for body in knowledge.organizations:
        for form in dict.fromkeys((body.name, *forms(body.names, language))):
            yield form, (Kind.organization, body.id)
    for place in knowledge.places:
        for form in dict.fromkeys((place.name, *forms(place.names, language))):
            for variant in (*_variants(form), form.upper()) if language == "en" else (form,):
                yield variant, (Kind.place, place.id)
            if place.city and " " in form:  # trụ sở Chính phủ, điện Kremlin: the common noun in lower case
                yield form[0].lower() + form[1:], (Kind.place, place.id)


def _occasion_forms(knowledge: Knowledge, language: str) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    """Series by their plain names (no edition), editions by their numbered and own names."""
    for series in knowledge.occasions:
        for form in dict.fromkeys(forms(series.names, language)):
            yield form, (Kind.occasion, (series.id, None))
        for edition in series.editions:
            for template in dict.fromkeys(forms(series.numbered_names, language)):
                for variant in numeral_forms(template, edition.number):
                    yield fill(variant, edition), (Kind.occasion, (series.id, edition.year))
            for form in forms(edition.names, language):
                yield form, (Kind.occasion, (series.id, edition.year))


@lru_cache
def _names(pack: Pack, knowledge: Knowledge) -> Lexicon[tuple[Kind, Any]]:
    sources = (_person_forms, _country_forms, _other_forms, _occasion_forms)
    entries = (entry for source in sources for entry in source(knowledge, pack.code))
    return Lexicon(
        (fold_phrase(form, pack), value) for form, value in entries if len(form) > 1 or value[0] is Kind.short
    )


def _word_entries(pack: Pack) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    titles, names = pack.data("titles"), pack.data("names")
    tables: Iterable[tuple[Kind, Iterable[str]]] = (
        (Kind.possessive, titles.get("possessives", ())),
        (Kind.filler, titles.get("fillers", ())),
        (Kind.honorific, titles.get("honorifics", ())),
        (Kind.former, titles.get("former", ())),
        (Kind.accredited, titles.get("accredited", ())),
        (Kind.group, names.get("groups", ())),
        (Kind.pronoun, names.get("pronouns", ())),
        (Kind.other, names.get("not_words", ())),
    )
    for kind, words in tables:
        for word in words:
            yield lower(fold_phrase(word, pack)), (kind, None)


@lru_cache
def _words(pack: Pack, knowledge: Knowledge) -> Lexicon[tuple[Kind, Any]]:
    entries: list[tuple[str, tuple[Kind, Any]]] = [
        (form, (Kind.title, title)) for form, title in titles_of(pack, knowledge)
    ]
    # Long formal names are written with capitals here and there: they are looked for in lower case too.
    for name, value in (*_country_forms(knowledge, pack.code), *_other_forms(knowledge, pack.code)):
        if name.count(" ") > 1 and value[0] in (Kind.country, Kind.organization):
            entries.append((lower(fold_phrase(name, pack)), value))
    return Lexicon((*entries, *_word_entries(pack)))


def _atom(hit: Hit[tuple[tuple[Kind, Any], ...]]) -> Atom:
    if len(hit.value) == 1:
        ((kind, value),) = hit.value
        return Atom(kind, hit.start, hit.end, (value,))
    kind = min((kind for kind, _ in hit.value), key=lambda k: _RANK.get(k, 9))
    return Atom(kind, hit.start, hit.end, tuple(dict.fromkeys(value for k, value in hit.value if k is kind)))


def _inside_name(atom: Atom, text: Text) -> bool:
    """A country of one short word that stands right after another capitalised word is part of a name: Trần Tuấn Anh."""
    word = text.plain[atom.start : atom.end]
    if atom.kind not in (Kind.country, Kind.metonym) or " " in word or len(word) > 4 or not spaced(word[0]):
        return False
    before = text.plain[max(0, atom.start - 16) : atom.start]
    if not before.endswith(" ") or before.endswith("  "):
        return False
    previous = before.split()[-1:] or [""]
    return previous[0][:1].isupper() and previous[0].isalpha()


def _torn(atom: Atom, text: Text, broken_by: frozenset[str]) -> bool:
    return atom.kind is Kind.person and text.plain[atom.end - 1 : atom.end + 1] in broken_by


def _domain(atom: Atom, text: Text) -> bool:
    """The end of an address (VOV.VN) is no country."""
    return atom.kind is Kind.country and text.plain[atom.start - 1 : atom.start] == "."


def _merge(names: list[Atom], words: list[Atom]) -> list[Atom]:
    """One list without overlaps: the earlier and longer wins; a name wins over a word of the same stretch."""
    merged: list[Atom] = []
    for atom in sorted((*names, *words), key=lambda a: (a.start, -a.end, a.kind not in _RANK)):
        if not merged or atom.start >= merged[-1].end:
            merged.append(atom)
    return merged


def _kept(atoms: list[Atom], text: Text, pack: Pack) -> Iterator[Atom]:
    data = pack.data("names")
    broken_by = frozenset(data.get("broken_by", ()))
    titled_ends = {a.end for a in atoms if a.kind in (Kind.title, Kind.filler, Kind.honorific)}
    for atom in atoms:
        if _torn(atom, text, broken_by) or atom.kind is Kind.other or _domain(atom, text):
            continue
        if _inside_name(atom, text) and atom.start - 1 not in titled_ends:
            continue
        yield atom


def find_atoms(text: Text, pack: Pack, knowledge: Knowledge) -> tuple[Atom, ...]:
    """All atoms of a text, in order, without overlaps. Short forms of countries are kept only where they are ones."""
    names = [_atom(hit) for hit in _names(pack, knowledge).scan(text.plain)]
    words = [_atom(hit) for hit in _words(pack, knowledge).scan(text.low)]
    words += [Atom(Kind.title, start, end, (title,)) for start, end, title in compound_titles(text, pack)]
    words = [replace(a, end=with_ministry(text, a.end, pack)) if a.kind is Kind.title else a for a in words]
    atoms = list(_kept(_merge(names, words), text, pack))
    named = {a.values[0] for a in atoms if a.kind in (Kind.country, Kind.metonym)}
    return tuple(
        _meant(a, named) for i, a in enumerate(atoms) if a.kind is not Kind.short or _is_short(i, atoms, text, pack)
    )


def _meant(atom: Atom, named: set[Any]) -> Atom:
    """Of several countries of one short form the one that the text names in full: 巴方 may be Brazil."""
    if atom.kind is not Kind.short or len(atom.values) == 1:
        return atom
    return replace(atom, values=tuple(sorted(atom.values, key=lambda country: country not in named)))


def _is_short(index: int, atoms: list[Atom], text: Text, pack: Pack) -> bool:
    """A short form means the country in a pair (越美, Việt - Mỹ), before a suffix (越方) or after a verb (访越)."""
    data = pack.data("names")
    atom, plain = atoms[index], text.plain
    if plain[atom.end : atom.end + 2].startswith(tuple(data.get("side_suffixes", ())) or ("\0",)):
        return True
    if plain[atom.start - 1 : atom.start] in data.get("side_prefixes", ()):
        return True
    joiners = data.get("short_pair_joiners", ())
    for one, other in ((index - 1, index), (index, index + 1)):
        if one >= 0 and other < len(atoms):
            left, right = atoms[one], atoms[other]
            tight = plain[left.end : right.start] == ""
            both = Kind.short in (left.kind, right.kind) and {left.kind, right.kind} <= {Kind.short, Kind.country}
            if both and plain[left.end : right.start] in joiners and (not tight or left.kind is right.kind):
                return plain[left.start : right.end] not in data.get("not_pairs", ())
    return False
