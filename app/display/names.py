"""Names of what the knowledge base knows, in a language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.display.language import DisplayLanguage, Words, words_of
from app.knowledge.lookup import EditionOf, Knowledge, fill


@dataclass(frozen=True)
class Namer:
    """Says what things are called in one language other than English; None where it does not know."""

    language: DisplayLanguage
    knowledge: Knowledge
    words: Words

    def usual(self, names: Mapping[str, Sequence[str]]) -> str | None:
        """The usual one of the names of something."""
        return next(iter(names.get(self.language.value, ())), None)

    def country(self, code: str | None) -> str | None:
        """A country by its code."""
        known = self.knowledge.country.get(code or "")
        return self.usual(known.names) if known else None

    def actor(self, actor_id: str | None) -> str | None:
        """A person, body or country by its id."""
        id_ = actor_id or ""
        if (person := self.knowledge.person.get(id_)) is not None:
            own = not self.words.read_names or person.country in self.words.read_names
            return self.usual(person.names) if own else None
        if (body := self.knowledge.organization.get(id_)) is not None:
            return self.usual(body.names)
        return self.country(id_.upper())

    def title(self, title: str | None, country: str | None) -> str | None:
        """An office by its English title, as it is called in a country; two with "and" between are two."""
        if not title:
            return None
        found = self.words.titles.get(title)
        if isinstance(found, dict):
            return found.get(country or "") or found.get("")
        if found is not None:
            return found
        first, both, second = title.partition(" and ")
        parts = [self.title(part, country) for part in (first, second)] if both else []
        one, two = parts or (None, None)
        return f"{one}{self.words.list['last']}{two}" if one and two else None

    def place(self, place_id: str | None) -> str | None:
        """A place by its id."""
        known = self.knowledge.place.get(place_id or "")
        return self.usual(known.names) if known else None

    def city(self, name: str | None, country: str | None) -> str | None:
        """A city by its English name."""
        return self.place(_cities(self.knowledge).get((name or "", country)))

    def occasion(self, occasion_id: str | None) -> str | None:
        """An edition of a summit or conference by its id."""
        edition = _editions(self.knowledge).get(occasion_id or "")
        if edition is None:
            return None
        numbered = edition.series.numbered_names.get(self.language.value, ())[:1]
        own = edition.edition.names.get(self.language.value, ())
        return next(iter((*(fill(form, edition.edition) for form in numbered), *own)), None)


@lru_cache(maxsize=4)
def _cities(knowledge: Knowledge) -> Mapping[tuple[str, str | None], str]:
    found: dict[tuple[str, str | None], str] = {}
    for place in knowledge.places:
        found.setdefault((place.name, place.country), place.id)
    return found


@lru_cache(maxsize=4)
def _editions(knowledge: Knowledge) -> Mapping[str, EditionOf]:
    return {one.id: one for found in knowledge.editions.values() for one in found}


@lru_cache(maxsize=8)
def namer(language: DisplayLanguage, knowledge: Knowledge) -> Namer:
    """The names of one language in one knowledge base."""
    return Namer(language, knowledge, words_of(language))
