"""Countries, people with their titles, bodies, places and occasions; and who "he" and "both sides" are.

Reads the text once from left to right. What names somebody in full comes first; then every later word for the same
actor (a family name, a bare title, a pronoun) is bound to whom it means at that point of the text.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from app.extract.allegiance import home_of, stands_for
from app.extract.atoms import Kind
from app.extract.bare_offices import BareOffices
from app.extract.entities import Entity, aliases_of, latin_behind, mention_of, nearest, written_name
from app.extract.identity import known_person, met_before
from app.extract.lexicon import Lexicon, spaced
from app.extract.listed_envoys import listed_envoys
from app.extract.masters import without_masters
from app.extract.model import Mention, Reading, Text
from app.extract.pack import Pack
from app.extract.people import find_people
from app.extract.phrases import Phrase
from app.extract.pronouns import find_pronouns
from app.extract.reading_context import ReadingContext
from app.extract.state_heads import of_state
from app.extract.surnames import Surnames
from app.extract.things import Taken, Things
from app.extract.titles import GENERIC, LEADER
from app.extract.written_occasions import ceremonies_aside
from app.knowledge.lookup import Knowledge

_SHORTEST = 3
"""Fewest characters of a name that a country's short form may end: shorter ones are too often part of other words."""
_OTHER_NAMES = {Kind.place, Kind.organization, Kind.country, Kind.occasion}


class Reader:
    """Reads one text. Holds the people met so far."""

    def __init__(self, context: ReadingContext) -> None:
        self.context = context
        self.text, self.pack, self.knowledge = context.text, context.pack, context.knowledge
        self.entities: dict[str, Entity] = {}

    def read(self) -> Reading:
        """Everything, in order."""
        context = self.context
        listed = list(listed_envoys(self.text, context.atoms, self.pack))
        phrases = find_people(self.text, context.atoms, self.pack, self.knowledge)
        if listed:
            inside = Taken((p.start, p.end) for p in listed)
            phrases = sorted(
                (*listed, *(p for p in phrases if not inside.overlaps(p.start, p.end))), key=lambda p: p.start
            )
        there = without_masters(phrases, context)
        absent = {(p.start, p.end) for p in phrases} - {(p.start, p.end) for p in there}
        phrases = [of_state(p, context) for p in there]
        named = [p for p in phrases if p.name is not None]
        bare = [p for p in phrases if p.name is None]
        bound = [(p, self._entity(p)) for p in named]
        known = self._known_by_form()
        actors = [(p, e if e.person else known.get(e.written, e)) for p, e in bound if e is not None]
        people = [self._mention(phrase, actor) for phrase, actor in actors]
        bare = [self._off_name(p) for p in bare]
        taken = Taken((*((m.start, m.end) for m in people), *((p.start, p.end) for p in bare), *absent))
        people += list(self._again(taken))
        people += self._by_surname(people)
        for mention in people:
            insort(self.entities[mention.key].positions, mention.start)
        offices = BareOffices(context, self.entities)
        people += [m for p in bare for m in offices.mentions(p)]
        people.sort(key=lambda m: m.start)
        spans = Taken((m.start, m.end) for m in people)
        things = Things(self.text, self.pack, self.knowledge, context.atoms, context.named, spans)
        words = self.pack.data("names")
        mentions = [
            *people,
            *things.mentions(),
            *find_pronouns(self.text, context.atoms, people, words.get("feminine", ()), tuple(words.get("aside", ()))),
        ]
        mentions.sort(key=lambda m: (m.start, -m.end))
        aside = tuple(ceremonies_aside(self.text, mentions, self.pack))
        owners = {person for _, person in aside}
        told = tuple([m for m in mentions if m not in owners]) if owners else tuple(mentions)
        occasions = (*things.occasions(), *(hit for hit, _ in aside))
        return Reading(told, tuple(things.places()), occasions)

    def _mention(self, phrase: Phrase, entity: Entity) -> Mention:
        return mention_of(phrase, entity, self.text, self.knowledge, pronoun=False)

    # --- people named in full -------------------------------------------------------------------------------------

    def _entity(self, phrase: Phrase) -> Entity | None:
        """The actor a named phrase means, made or found again; None where the name is too thin to be one."""
        person = known_person(self.context, phrase, self.entities)
        written = written_name(phrase, self.text)
        same = None if person else met_before(self.entities, written, phrase)
        if person is None and same is None and not self._credible(phrase, written):
            return None
        key = person or (same.key if same else f"name:{written}")
        entity = self.entities.get(key)
        if entity is None:
            known = self.knowledge.person[person] if person else None
            entity = self.entities[key] = Entity(key, known, written)
            entity.country, entity.organization = stands_for(self.context, phrase, known)
            entity.former = phrase.former
        entity.forms.add(written)
        if entity.person is None and entity.latin is None:
            entity.latin = latin_behind(self.text, phrase)
        if len(written) > len(entity.written):
            entity.written = written
        if phrase.country and entity.country is None and entity.organization is None:
            entity.country = phrase.country
        entity.titles += [t for t in phrase.titles if t not in entity.titles]
        return entity

    def _known_by_form(self) -> dict[str, Entity]:
        """Those we know, by all the ways the article writes them: somebody known only by the bracket behind a later
        mention is the same person at the earlier ones."""
        known = [e for e in self.entities.values() if e.person is not None]
        return {form: e for e in reversed(known) for form in e.forms}

    def _credible(self, phrase: Phrase, written: str) -> bool:
        """Whether an unknown name is one: a proper title beside it, or two words after a lesser one."""
        offices = {t.office for t in phrase.titles}
        if not offices:
            return phrase.described and " " in written
        if LEADER in offices and len(offices) == 1:
            return " " in written or "·" in written
        if (
            self.context.home
            and " " not in written
            and spaced(written[0])
            and home_of(self.context, phrase) == self.context.home
            and phrase.country in (None, self.context.home)
        ):
            return False  # people of the article's own country are never named by one syllable alone
        return not offices <= GENERIC or " " in written or not spaced(written[0])

    # --- the same people again ------------------------------------------------------------------------------------

    def _again(self, taken: Taken) -> Iterator[Mention]:
        """Names without a title: of people named in full elsewhere in the article."""
        entries = [
            (alias, e.key) for e in self.entities.values() for alias in aliases_of(e, self.pack) if len(alias) > 1
        ]
        governments = tuple(f" {word}" for word in self.pack.data("names").get("governments", ()))
        honorifics = self._honorifics
        for hit in Lexicon(entries).scan(self.text.plain):
            if taken.overlaps(hit.start, hit.end) or self._part_of_longer(hit.start, hit.end):
                continue
            if governments and self.text.low.startswith(governments, hit.end):
                continue  # "the Trump administration"
            entity = nearest([self.entities[k] for k in dict.fromkeys(hit.value)], hit.start)
            if self._needs_honorific(hit.start, hit.end, entity) and hit.start - 1 not in honorifics:
                continue
            start = honorifics.get(hit.start - 1, hit.start)
            phrase = Phrase(start, hit.end, (hit.start, hit.end), (), (), None, None, False)
            yield self._mention(phrase, entity)

    @cached_property
    def _honorifics(self) -> dict[int, int]:
        """Where "Mr" and the like end, and where they begin."""
        return {a.end: a.start for a in self.context.atoms if a.kind is Kind.honorific}

    def _by_surname(self, people: Sequence[Mention]) -> list[Mention]:
        """Leaders whom nothing but their surname names."""
        met = {e.person.id for e in self.entities.values() if e.person is not None}
        honorifics = self._honorifics
        phrases = [
            Phrase(honorifics.get(start - 1, start), end, (start, end), (person,), (), None, None, False)
            for start, end, person in Surnames(self.context).find(people, met)
        ]
        bound = [(phrase, self._entity(phrase)) for phrase in phrases]
        return [self._mention(phrase, entity) for phrase, entity in bound if entity is not None]

    def _off_name(self, phrase: Phrase) -> Phrase:
        """An office without the last character of a name that was taken for a country's: 德拉米|尼大使."""
        plain, behind = self.text.plain, phrase.start + 1
        if phrase.country is None or phrase.end - phrase.start < _SHORTEST or spaced(plain[phrase.start]):
            return phrase
        forms = (f for e in self.entities.values() for f in e.forms if len(f) >= _SHORTEST)
        named = any(plain.startswith(f, behind - len(f)) and behind >= len(f) for f in forms)
        return replace(phrase, start=behind, country=None) if named else phrase

    def _part_of_longer(self, start: int, end: int) -> bool:
        """A family name inside another capitalised name (Macron's namesake, Biden Avenue) or another atom."""
        plain = self.text.plain
        here = self.context.atoms_over(start, end)
        if any(a.kind in _OTHER_NAMES for a in here):
            return True
        if not spaced(plain[start]):
            return any(
                a.start <= start and end <= a.end and a.kind is Kind.person and (a.start, a.end) != (start, end)
                for a in here
            )
        return start > 1 and plain[start - 1] == "-"

    def _needs_honorific(self, start: int, end: int, entity: Entity) -> bool:
        """A given name or a short family name stands alone only after Mr, Ms or the like: ông Chính, ông Tập."""
        word = self.text.plain[start:end]
        names = self.pack.data("names")
        called_so = entity.country == "VN" and not names.get("given_names_alone")
        short = len(word) < 4 and (not names.get("short_names_alone") or word in names.get("also_words", ()))
        return spaced(word[0]) and " " not in word and (short or called_so)


def find_mentions(text: Text, pack: Pack, knowledge: Knowledge, day: date | None) -> Reading:
    """All that a text names. `day` is the day of publication where it is known: it tells namesakes and terms apart."""
    return Reader(ReadingContext(text, pack, knowledge, day)).read()
