"""Names of the knowledge base and words of a language pack as two lexicons that say what each phrase may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import chain
from typing import Any

from app.extract.lexicon import Lexicon, spaced
from app.extract.numerals import numeral_forms
from app.extract.pack import Pack, compiled
from app.extract.text import fold_phrase, fold_phrases, lower
from app.extract.titles import Title, titles_of
from app.knowledge.lookup import Knowledge, fill, forms, full_forms
from app.records import Level


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


# Where one form is several things, the first of these wins; the place is kept beside for the venue.
RANK = {
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
    if plain.isascii():
        return plain
    return "".join([c for c in unicodedata.normalize("NFKD", plain) if c.isascii() or not unicodedata.combining(c)])


def _variants(form: str) -> Iterator[str]:
    yield form
    if form.isascii():
        return
    bare = _ascii(form)
    if bare != form and bare.isascii():
        yield bare


_IN_SYLLABLES = re.compile("([A-Z][a-z]+ [A-Z][a-z]+)-([a-z]+)")
"""A Korean name, or an older Chinese one: Lee Myung-bak, which some papers write Lee Myung Bak."""


def _person_forms(
    knowledge: Knowledge, language: str, *, loose: bool = False
) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    """Full names; `loose`: also with spaces around their hyphens, Ban Ki - moon."""
    for person in knowledge.people:
        for form in dict.fromkeys(full_forms(person, language)):
            for variant in _variants(form):
                yield variant, (Kind.person, person.id)
                if korean := _IN_SYLLABLES.fullmatch(variant):
                    yield f"{korean[1]} {korean[2].capitalize()}", (Kind.person, person.id)
                if loose and "-" in variant:
                    yield variant.replace("-", " - "), (Kind.person, person.id)


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
        own = forms(place.names, "vi") if language == "en" and place.country == "VN" else ()  # HÀ NỘI
        for form in dict.fromkeys((place.name, *forms(place.names, language), *own)):
            for variant in (*_variants(form), form.upper()) if language == "en" else (form,):
                yield variant, (Kind.place, place.id)
            if place.city and " " in form:  # trụ sở Chính phủ, điện Kremlin: the common noun in lower case
                yield form[0].lower() + form[1:], (Kind.place, place.id)


def _occasion_forms(knowledge: Knowledge, language: str) -> Iterator[tuple[str, tuple[Kind, Any]]]:
    """Series by their plain names (no edition), editions by their numbered and own names."""
    for series in knowledge.occasions:
        for form in dict.fromkeys(forms(series.names, language)):
            yield form, (Kind.occasion, (series.id, None, None))
        for edition in series.editions:
            for template in dict.fromkeys(forms(series.numbered_names, language)):
                number = edition.number if "{n}" in template or "{ordinal}" in template else None  # two summits a year
                for variant in numeral_forms(template, edition.number):
                    yield fill(variant, edition), (Kind.occasion, (series.id, number, edition.year))
            for form in forms(edition.names, language):
                yield form, (Kind.occasion, (series.id, edition.number, edition.year))


Sense = tuple[Kind, tuple[Any, ...]]
"""What a phrase means: the likeliest kind, and all it may be of that kind."""


Plain = tuple[str, tuple[Any, ...]]
"""A sense in a form that can be kept: kind and titles by their names and fields. Of the tens of thousands that there
are an article has some hundreds: only those become a `Sense`."""


Senses = tuple[tuple[str, ...], tuple[tuple[Plain], ...]]
"""Phrases, and the sense of each."""


def _senses(entries: Iterable[tuple[str, tuple[Kind, Any]]]) -> Senses:
    """What each phrase means, said at once."""
    grouped: dict[str, list[tuple[Kind, Any]]] = {}
    for phrase, entry in entries:
        if phrase:
            grouped.setdefault(phrase, []).append(entry)
    senses = map(_sense, grouped.values())
    return tuple(grouped), tuple(
        [((kind.value, tuple([_fields(m) for m in meant]) if kind is Kind.title else meant),) for kind, meant in senses]
    )


def _fields(title: Title) -> tuple[str, str, str]:
    return title.office, title.title, title.level.value


_KINDS: dict[str, Kind] = {kind.value: kind for kind in Kind}


@lru_cache(maxsize=4096)
def _title(office: str, title: str, level: str) -> Title:
    return Title(office, title, Level(level))


def _sense_of(plain: Plain) -> Sense:
    """The sense that a lexicon holds in plain values."""
    kind, meant = _KINDS[plain[0]], plain[1]
    return kind, tuple([_title(*fields) for fields in meant]) if kind is Kind.title else meant


def _sense(entries: list[tuple[Kind, Any]]) -> Sense:
    kind = min((kind for kind, _ in entries), key=lambda k: RANK.get(k, 9))
    return kind, tuple(dict.fromkeys(meant for k, meant in entries if k is kind))


@lru_cache
def names_of(pack: Pack, knowledge: Knowledge) -> Lexicon[Sense]:
    """What the knowledge base knows by name, as this language writes it, in its own case."""
    words, senses = compiled(f"names-{pack.code}", (pack, knowledge), lambda: _names(pack, knowledge))
    return Lexicon.of(words, senses, _sense_of)


def _names(pack: Pack, knowledge: Knowledge) -> Senses:
    sources = (_country_forms, _other_forms, _occasion_forms)
    people = _person_forms(knowledge, pack.code, loose=bool(pack.data("names").get("hyphens_apart")))
    guards = ((word, (Kind.other, None)) for word in pack.data("names").get("begin_no_name", ()))
    entries = chain(people, guards, *(source(knowledge, pack.code) for source in sources))
    kept = [(form, entry) for form, entry in entries if len(form) > 1 or _is_word(form, entry[0])]
    folded = fold_phrases([form for form, _ in kept], pack)
    return _senses(zip(folded, (entry for _, entry in kept), strict=True))


def _is_word(form: str, kind: Kind) -> bool:
    """Whether one letter names a country: 越, and Ý for Italy."""
    return kind is Kind.short or (kind is Kind.country and spaced(form))


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
def words_of(pack: Pack, knowledge: Knowledge) -> Lexicon[Sense]:
    """Titles and small words of a pack, and long formal names, in lower case."""
    words, senses = compiled(f"words-{pack.code}", (pack, knowledge), lambda: _words(pack, knowledge))
    return Lexicon.of(words, senses, _sense_of)


def _words(pack: Pack, knowledge: Knowledge) -> Senses:
    entries: list[tuple[str, tuple[Kind, Any]]] = [
        (form, (Kind.title, title)) for form, title in titles_of(pack, knowledge)
    ]
    # Long formal names are written with capitals here and there: they are looked for in lower case too.
    for name, entry in (*_country_forms(knowledge, pack.code), *_other_forms(knowledge, pack.code)):
        if name.count(" ") > 1 and entry[0] in (Kind.country, Kind.organization):
            entries.append((lower(fold_phrase(name, pack)), entry))
    return _senses((*entries, *_word_entries(pack)))
