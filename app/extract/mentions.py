"""Countries, people with their titles, bodies, places and occasions; and who "he" and "both sides" are.

Reads the text once from left to right. What names somebody in full comes first; then every later word for the same
actor (a family name, a bare title, a pronoun) is bound to whom it means at that point of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from itertools import islice

from app.extract.atoms import Atom, Kind, find_atoms
from app.extract.entities import (
    Entity,
    active,
    aliases_of,
    best_person,
    level_of,
    name_words,
    title_of,
    written_name,
)
from app.extract.lexicon import Lexicon, spaced
from app.extract.model import Mention, MentionKind, Reading, Sentence, Text, Zone
from app.extract.pack import Pack
from app.extract.people import Phrase, find_people
from app.extract.pronouns import find_pronouns
from app.extract.shortforms import folded, folded_forms, short_forms
from app.extract.spelling import spelt_alike
from app.extract.things import Taken, Things
from app.extract.titles import LEADER
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Organization
from app.records import Level

_LEADERS = {Level.head_of_state, Level.head_of_government, Level.party}
_GLOSS = re.compile(r" ?\(([A-Z][^()\n]{3,60})\)")
_MINISTER = "minister"
_AND = (" and ", ", and ")
_PARTNER = 60
"""Most characters between somebody's name and the country of the one named beside him."""
_REMEMBERED = 100
"""So many people last met may be meant by a part of a name."""
_CHAIRMEN = {"president", "parliament-chairman", "state-affairs-chairman", "party-chairman"}
"""Offices whose holders are called chairman for short."""
_ALIKE = 0.75
"""So much of two spellings is the same where they are one name: Joseph Borell and Josep Borrell have 0.92, the
brothers Raul and Fidel Castro 0.64."""
_SHORT_NAMES = frozenset({"VN", "CN", "TW", "HK", "KR", "KP", "LA", "KH", "MM", "JP"})
"""Countries where two different people may well share two parts of their names."""
_OTHER_NAMES = {Kind.place, Kind.organization, Kind.country, Kind.occasion}
_GENERIC = {
    "association-chairman",
    "company-head",
    "adviser",
    "party-secretary-local",
    "legislator",
    "minister",
    "governor",
    "mayor",
    "counselor",
}


def _is_envoy(phrase: Phrase) -> bool:
    return any(t.level is Level.ambassador for t in phrase.titles)


def _spelt_otherwise(written: str, entity: Entity) -> bool:
    """Whether a long foreign name is the same with a letter or a part of it changed: Figo Lopez, María Figa López."""
    if not spaced(written[0]) or entity.country in _SHORT_NAMES or entity.person is not None:
        return False
    one, other = set(folded(written).split()), set(folded(entity.written).split())
    return len(one & other) > 1 and 2 * len(one & other) >= max(len(one), len(other))


class Reader:
    """Reads one text. Holds the people met so far."""

    def __init__(self, text: Text, pack: Pack, knowledge: Knowledge, day: date | None) -> None:
        self.text, self.pack, self.knowledge, self.day = text, pack, knowledge, day
        self.atoms = find_atoms(text, pack, knowledge)
        self.starts = [a.start for a in self.atoms]
        self.entities: dict[str, Entity] = {}
        self.home: str | None = pack.data("names").get("home")
        posts = {a.end for a in self.atoms if a.kind is Kind.accredited}  # 驻希腊: where somebody is posted
        self.lands: list[tuple[int, str]] = [
            (a.start, a.values[0])
            for a in self.atoms
            if a.kind in (Kind.country, Kind.short) and a.values[0] != self.home and a.start not in posts
        ]
        self.named = {country for _, country in self.lands} | {self.home}
        self.dateline = self._dateline()

    def read(self) -> Reading:
        """Everything, in order."""
        phrases = find_people(self.text, self.atoms, self.pack, self.knowledge)
        named = [p for p in phrases if p.name is not None]
        bound = [(p, self._entity(p)) for p in named]
        known = self._known_by_form()
        actors = [(p, e if e.person else known.get(e.written, e)) for p, e in bound if e is not None]
        people = [self._mention(phrase, actor, pronoun=False) for phrase, actor in actors]
        taken = Taken((*((m.start, m.end) for m in people), *((p.start, p.end) for p in phrases if p.name is None)))
        people += list(self._again(taken))
        for mention in people:
            insort(self.entities[mention.key].positions, mention.start)
        people += [m for p in phrases if p.name is None for m in self._office(p)]
        people.sort(key=lambda m: m.start)
        spans = Taken((m.start, m.end) for m in people)
        things = Things(self.text, self.pack, self.knowledge, self.atoms, self.named, spans)
        mentions = [*people, *things.mentions(), *find_pronouns(self.text, self.atoms, people)]
        mentions.sort(key=lambda m: (m.start, -m.end))
        return Reading(tuple(mentions), tuple(things.places()), tuple(things.occasions()))

    def _dateline(self) -> str | None:
        """The country of the place that the report is filed from: "AMMAN — …", "新华社河内5月23日电"."""
        first = next((s for s in self.text.sentences if s.zone is Zone.body), None)
        if first is None:
            return None
        reach = first.start + (30 if spaced(self.text.plain[first.start]) else 16)
        for atom in self.atoms:
            if first.start <= atom.start < reach and atom.kind in (Kind.place, Kind.metonym):
                follows = self.text.plain[atom.end : atom.end + 20]
                if any(mark in follows for mark in ("—", "- ", "--", "电", "讯")):
                    return self.knowledge.place[atom.values[0]].country if atom.kind is Kind.place else atom.values[0]
        return None

    # --- people named in full -------------------------------------------------------------------------------------

    def _entity(self, phrase: Phrase) -> Entity | None:
        """The actor a named phrase means, made or found again; None where the name is too thin to be one."""
        person = self._known(phrase)
        written = written_name(phrase, self.text)
        same = None if person else self._same_name(written, phrase)
        if person is None and same is None and not self._credible(phrase, written):
            return None
        key = person or (same.key if same else f"name:{written}")
        entity = self.entities.get(key)
        if entity is None:
            known = self.knowledge.person[person] if person else None
            entity = self.entities[key] = Entity(key, known, written)
            entity.country, entity.organization = self._stands_for(phrase, known)
            entity.former = phrase.former
        entity.forms.add(written)
        if len(written) > len(entity.written):
            entity.written = written
        if phrase.country and entity.country is None and entity.organization is None:
            entity.country = phrase.country
        entity.titles += [t for t in phrase.titles if t not in entity.titles]
        return entity

    def _known(self, phrase: Phrase) -> str | None:
        if phrase.people:
            return best_person(self.knowledge, phrase.people, phrase, self.day)
        written = written_name(phrase, self.text)
        same = folded_forms(self.knowledge).get(folded(written), ())
        if same and phrase.country in (None, *(self.knowledge.person[i].country for i in same)):
            return best_person(self.knowledge, same, phrase, self.day)
        ids = (
            self._glossed(phrase)
            or self._without_middle(written)
            or short_forms(self.knowledge, self.pack.code).get(written, ())
        )
        met = [i for i in ids if i in self.entities]
        if met:
            return best_person(self.knowledge, met, phrase, self.day)
        offices = {t.office for t in phrase.titles}
        offices |= _CHAIRMEN if "association-chairman" in offices else set()
        fitting = [
            i for i in ids if phrase.country in (None, self.knowledge.person[i].country) and self._holds(i, offices)
        ]
        known = best_person(self.knowledge, fitting, phrase, self.day)
        return known or self._misspelt(written, phrase) or self._respelt(written, phrase)

    def _respelt(self, written: str, phrase: Phrase) -> str | None:
        """The one minister, president … whose name has other vowels in another romanisation: "Sameh Shukri"."""
        offices = {t.office for t in phrase.titles if t.office not in _GENERIC}
        if not offices or phrase.former or not spaced(written[0]) or self.pack.code == "vi":
            return None
        like = [
            i
            for i in spelt_alike(self.knowledge, written)
            if phrase.country in (None, self.knowledge.person[i].country)
            and offices & {t.term.office for t in active(self.knowledge, i, self.day)}
        ]
        return like[0] if len(like) == 1 else None

    def _holds(self, person: str, offices: set[str]) -> bool:
        """Whether somebody holds one of some offices; "Secretary" and "Minister" alone are any minister's."""
        held = {t.term.office for t in active(self.knowledge, person, self.day)}
        if offices & held:
            return True
        return _MINISTER in offices and any(self.knowledge.office[o].level is Level.minister for o in held)

    def _misspelt(self, written: str, phrase: Phrase) -> str | None:
        """Whoever alone held the office on the day, where the name is nearly theirs: "Joseph Borell"."""
        body = phrase.country or (phrase.organization if self._party(phrase.organization) else None)
        if self.day is None or body is None or not spaced(written[0]) or phrase.former:
            return None
        offices = [t.office for t in phrase.titles if t.office not in _GENERIC]
        holders = {t.person.id: t.person for o in offices for t in self.knowledge.holders(o, body, self.day)}
        wanted = folded(written)
        like = [i for i, p in holders.items() if SequenceMatcher(None, folded(p.name), wanted).ratio() >= _ALIKE]
        return like[0] if len(like) == 1 else None

    def _without_middle(self, written: str) -> tuple[str, ...]:
        """Those known by the first and the last of three or more names: "William Samoei Ruto"."""
        words = written.split()
        return folded_forms(self.knowledge).get(folded(f"{words[0]} {words[-1]}"), ()) if len(words) > 2 else ()

    def _known_by_form(self) -> dict[str, Entity]:
        """Those we know, by all the ways the article writes them: somebody known only by the bracket behind a later
        mention is the same person at the earlier ones."""
        known = [e for e in self.entities.values() if e.person is not None]
        return {form: e for e in reversed(known) for form in e.forms}

    def _glossed(self, phrase: Phrase) -> tuple[str, ...]:
        """Those whose name stands in brackets behind: 艾萨(Alex Azar)."""
        assert phrase.name is not None
        match = _GLOSS.match(self.text.plain, phrase.name[1])
        return folded_forms(self.knowledge).get(folded(match.group(1)), ()) if match else ()

    def _same_name(self, written: str, phrase: Phrase) -> Entity | None:
        """Somebody met before of whose name this is a part."""
        words = name_words(written)
        for entity in islice(reversed(self.entities.values()), _REMEMBERED):
            other = name_words(entity.written)
            if (words <= other or other <= words) and phrase.country in (None, entity.country):
                return entity
            if phrase.country is not None and phrase.country == entity.country and _spelt_otherwise(written, entity):
                return entity
        return None

    def _credible(self, phrase: Phrase, written: str) -> bool:
        """Whether an unknown name is one: a proper title beside it, or two words after a lesser one."""
        offices = {t.office for t in phrase.titles}
        if not offices:
            return False
        if LEADER in offices and len(offices) == 1:
            return " " in written or "·" in written
        if (
            self.home
            and " " not in written
            and spaced(written[0])
            and self._home_of(phrase) == self.home
            and phrase.country in (None, self.home)
        ):
            return False  # people of the article's own country are never named by one syllable alone
        return not offices <= _GENERIC or " " in written or not spaced(written[0])

    def _stands_for(self, phrase: Phrase, person: object) -> tuple[str | None, str | None]:
        """Country or organisation: that of the term that fits, else as written, else of the article's own country."""
        known = person if person is not None else None
        body = self._party(phrase.organization)
        if known is not None:
            now = active(self.knowledge, known.id, self.day)  # type: ignore[attr-defined]
            terms = now or list(self.knowledge.tenures[known.id])  # type: ignore[attr-defined]
            offices = {t.office for t in phrase.titles}
            titled = [t for t in terms if t.term.office in offices] or (terms if now or not offices else [])
            if titled and all(t.term.organization for t in titled):
                organization = titled[-1].term.organization
                return self._country_of_body(organization)
            return known.country, None  # type: ignore[attr-defined]
        if phrase.country:
            return phrase.country, None
        if body is not None:
            return None if body.party else body.country, body.id if body.party else None
        return self._home_of(phrase), None

    def _country_of_body(self, organization: str | None) -> tuple[str | None, str | None]:
        body = self._party(organization)
        if body is not None and not body.party:
            return body.country, None
        return None, organization

    def _party(self, organization: str | None) -> Organization | None:
        return self.knowledge.organization.get(organization) if organization else None

    def _home_of(self, phrase: Phrase) -> str | None:
        """The country of somebody for whom none is written: the article's own, else the last one named before."""
        written = written_name(phrase, self.text)
        if self.home is None and self.dateline is not None:
            return self.dateline
        surnames = self.pack.data("names").get("home_surnames", ())
        if self.home and (not surnames or written.split()[0] in surnames):
            return self.home
        last = bisect_left(self.lands, (phrase.start, "")) - 1
        if last >= 0:
            return self._other_side(phrase, last) or self.lands[last][1]
        posted = self.pack.data("names").get("posted_from") if _is_envoy(phrase) else None
        return posted or self._place_of(phrase)

    def _other_side(self, phrase: Phrase, last: int) -> str | None:
        """For the first of two, where the second is the one of the country named last: "Minister A and Minister of
        Foreign Affairs of B, C": the country named before that."""
        behind = self.lands[last + 1 : last + 2]
        if not behind or behind[0][1] != self.lands[last][1]:
            return None
        gap = self.text.low[phrase.end : behind[0][0]]
        if not gap.startswith(_AND) or len(gap) > _PARTNER:
            return None
        return next((land for _, land in reversed(self.lands[:last]) if land != self.lands[last][1]), None)

    def _place_of(self, phrase: Phrase) -> str | None:
        """The country of the first city that a sentence names: where none is named, its minister is that one's."""
        sentence = self.text.sentence_at(phrase.start)
        for atom in self._atoms_in(sentence) if sentence and not self.home else ():
            if atom.kind in (Kind.place, Kind.metonym):
                return self.knowledge.place[atom.values[0]].country if atom.kind is Kind.place else str(atom.values[0])
        return None

    def _atoms_in(self, sentence: Sentence) -> Sequence[Atom]:
        """The atoms that begin in a sentence."""
        return self.atoms[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]

    def _mention(self, phrase: Phrase, entity: Entity, *, pronoun: bool) -> Mention:
        titles = list(phrase.titles) or entity.titles
        return Mention(
            kind=MentionKind.person,
            start=phrase.start,
            end=phrase.end,
            sentence=self.text.sentence_number(phrase.start),
            key=entity.key,
            actor_id=entity.person.id if entity.person else None,
            name=entity.person.name if entity.person else entity.written,
            written=entity.written,
            country=entity.country,
            organization=entity.organization,
            office=titles[0].office if titles else None,
            title=title_of(entity, titles, self.knowledge),
            level=level_of(titles),
            pronoun=pronoun,
            former=phrase.former or entity.former,
        )

    # --- the same people again ------------------------------------------------------------------------------------

    def _again(self, taken: Taken) -> Iterator[Mention]:
        """Names without a title: of people named in full elsewhere in the article."""
        entries = [
            (alias, e.key) for e in self.entities.values() for alias in aliases_of(e, self.pack) if len(alias) > 1
        ]
        honorifics = {a.end: a.start for a in self.atoms if a.kind is Kind.honorific}
        for hit in Lexicon(entries).scan(self.text.plain):
            if taken.overlaps(hit.start, hit.end) or self._part_of_longer(hit.start, hit.end):
                continue
            entity = self._nearest([self.entities[k] for k in dict.fromkeys(hit.value)], hit.start)
            if self._needs_honorific(hit.start, hit.end, entity) and hit.start - 1 not in honorifics:
                continue
            start = honorifics.get(hit.start - 1, hit.start)
            phrase = Phrase(start, hit.end, (hit.start, hit.end), (), (), None, None, False)
            yield self._mention(phrase, entity, pronoun=False)

    def _part_of_longer(self, start: int, end: int) -> bool:
        """A family name inside another capitalised name (Macron's namesake, Biden Avenue) or another atom."""
        plain = self.text.plain
        # Atoms are in order and do not overlap: none before the last that begins earlier can reach this far.
        first = max(0, bisect_left(self.starts, start) - 1)
        here = [a for a in self.atoms[first : bisect_left(self.starts, end)] if start < a.end]
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

    def _nearest(self, entities: Sequence[Entity], position: int) -> Entity:
        def distance(entity: Entity) -> int:
            last = bisect_right(entity.positions, position) - 1
            return position - entity.positions[last] if last >= 0 else 10**9

        return min(entities, key=distance)

    # --- offices without a name -----------------------------------------------------------------------------------

    def _office(self, phrase: Phrase) -> Iterator[Mention]:
        """A bare title, bound to whom it means; else kept as an office of a country."""
        if self._plural(phrase) or not phrase.titles or self._open_to(phrase):
            return
        named = self._surname_before(phrase)
        if named is not None:
            entity, start = named
            yield self._mention(replace(phrase, start=start), entity, pronoun=False)
            return
        entity_or_none = self._holder(phrase)
        if entity_or_none is not None:
            yield self._mention(phrase, entity_or_none, pronoun=True)
        elif phrase.country and phrase.titles[0].office not in _GENERIC | {LEADER, "first-lady", "ambassador"}:
            yield self._unnamed(phrase)

    def _plural(self, phrase: Phrase) -> bool:
        before = self.text.low[max(0, phrase.start - 12) : phrase.start].rstrip()
        marks = tuple(self.pack.data("titles").get("plural_marks", ())) or ("\0",)
        return before.endswith(marks)

    def _open_to(self, phrase: Phrase) -> bool:
        """Whether an office is spoken of and nobody who holds it: "a candidate for Secretary-General"."""
        words = tuple(self.pack.data("names").get("not_held", ())) or ("\0",)
        before = self.text.low[max(0, phrase.start - 24) : phrase.start].rstrip().removesuffix(" the")
        return before.endswith(words)

    def _surname_before(self, phrase: Phrase) -> tuple[Entity, int] | None:
        """范总理: the family name right before the title."""
        before = self.text.plain[phrase.start - 1 : phrase.start]
        if not before or phrase.country or spaced(before) or self.pack.data("names").get("unknown") != "han":
            return None
        for entity in self.entities.values():
            if entity.written.startswith(before) and entity.offices & {t.office for t in phrase.titles}:
                return entity, phrase.start - 1
        return None

    def _matches(self, entity: Entity, phrase: Phrase) -> bool:
        if phrase.country is not None and entity.country != phrase.country:
            return False
        if phrase.organization is not None and phrase.country is None:
            body = self._party(phrase.organization)
            if body is not None and body.party and entity.organization != body.id:
                return False
        offices = {t.office for t in phrase.titles}
        if LEADER in offices:
            return phrase.country is not None and bool({t.level for t in entity.titles} & _LEADERS)
        if any(t.office in offices for t in entity.titles):
            return True
        held = active(self.knowledge, entity.person.id, self.day) if entity.person and self.day else ()
        return any(t.term.office in offices for t in held)

    def _holder(self, phrase: Phrase) -> Entity | None:
        fitting = [e for e in self.entities.values() if self._matches(e, phrase) and not e.former]
        if phrase.country is None and phrase.organization is None and len(fitting) > 1 and self.home:
            at_home = [e for e in fitting if e.country == self.home]
            fitting = at_home or fitting
        if fitting:
            return self._nearest(fitting, phrase.start)
        return self._by_term(phrase)

    def _by_term(self, phrase: Phrase) -> Entity | None:
        """Whoever held the office on the day, where exactly one did."""
        body = phrase.country or (phrase.organization if self._party(phrase.organization) else None)
        office = phrase.titles[0].office
        if self.day is None or body is None or office in _GENERIC:
            return None
        terms = self.knowledge.holders(office, body, self.day)
        # An ambassador is somebody's to a country: one that the article is about.
        holders = {t.person.id: t for t in terms if t.term.to is None or t.term.to in self.named}
        if len(holders) != 1:
            return None
        (tenure,) = holders.values()
        entity = Entity(tenure.person.id, tenure.person, tenure.person.name)
        entity.country, entity.organization = tenure.term.country, tenure.term.organization
        entity.titles = list(phrase.titles)
        return self.entities.setdefault(entity.key, entity)

    def _unnamed(self, phrase: Phrase) -> Mention:
        title = phrase.titles[0]
        return Mention(
            kind=MentionKind.office,
            start=phrase.start,
            end=phrase.end,
            sentence=self.text.sentence_number(phrase.start),
            key=f"office:{title.office}:{phrase.country}",
            country=phrase.country,
            office=title.office,
            title=title.title,
            level=title.level,
            pronoun=True,
            former=phrase.former,
        )


def find_mentions(text: Text, pack: Pack, knowledge: Knowledge, day: date | None) -> Reading:
    """All that a text names. `day` is the day of publication where it is known: it tells namesakes and terms apart."""
    return Reader(text, pack, knowledge, day).read()
