"""Offices that are told without a name: "the Prime Minister", 范总理, "the foreign minister of Chile".

In: a phrase of titles alone, and those whom the article names in full. Out: a mention of whom the office means:
somebody met in the article, else whoever alone held it on the day, else nobody but the office of a country.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from app.extract.allegiance import body_of
from app.extract.atoms import Kind
from app.extract.entities import Entity, active, mention_of, nearest
from app.extract.event_words import stands_in
from app.extract.identity import REMEMBERED
from app.extract.joined_offices import offices_apart
from app.extract.model import Mention, MentionKind
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.extract.surname_titles import surname_before
from app.extract.titles import GENERIC, LEADER, OF_A_MATTER, OF_SOMEBODY
from app.knowledge.lookup import Tenure
from app.records import Level

_LEADERS = {Level.head_of_state, Level.head_of_government, Level.party}
_SHARED = 4
"""Most states behind the one whose office is told, that share the words for it."""


class BareOffices:
    """Binds the bare titles of one text to `entities`; who is found by a term of office is added to them."""

    def __init__(self, context: ReadingContext, entities: dict[str, Entity]) -> None:
        self.context, self.entities = context, entities
        self.text, self.pack = context.text, context.pack

    def mentions(self, phrase: Phrase) -> Iterator[Mention]:
        """The mention that a bare title is, or nothing where it means nobody."""
        if self._plural(phrase) or not phrase.titles or self._open_to(phrase):
            return
        phrase = self._of_party(phrase)
        named = surname_before(phrase, self.context, self._met())
        if named is not None:
            start, who = named
            entity = who if isinstance(who, Entity) else self._entity_of(who, phrase)
            yield self._mention(replace(phrase, start=start), entity, pronoun=False)
            return
        for one in (*offices_apart(phrase, self.context), *self._shared(phrase)):
            holder = self._holder(one)
            if holder is not None:
                yield self._mention(one, holder, pronoun=True)
            elif self._is_anybodys(one):
                yield self._unnamed(one)

    def _of_party(self, phrase: Phrase) -> Phrase:
        """ "General Secretary of the Cuban Communist Party": whoever leads the party of a state is of that state."""
        body = None if phrase.country else self.context.organization(phrase.organization)
        ours = body is not None and body.kind == "party" and not body.party
        return replace(phrase, country=body.country) if body is not None and ours else phrase

    def _shared(self, phrase: Phrase) -> Iterator[Phrase]:
        """ "Tổng thống Nga và Mỹ": the same office of the further states that the words for it are followed by."""
        joiners = tuple(self.pack.data("titles").get("shared_joiners", ()))
        if not joiners or phrase.country is None or phrase.posted:
            return
        last, behind = phrase.end, self.context.atoms[bisect_left(self.context.starts, phrase.end) :]
        lands = [*takewhile(lambda a: a.kind is Kind.country, behind[:_SHARED])]
        gaps = [self.text.plain[a : b.start] for a, b in zip((last, *(x.end for x in lands)), lands, strict=False)]
        joined = [*takewhile(lambda gap: gap in (*joiners, ", "), gaps)]
        while joined and joined[-1] == ", ":
            joined.pop()
        for land in lands[: len(joined)]:
            yield replace(phrase, start=land.start, end=land.end, country=land.values[0])

    def _is_anybodys(self, phrase: Phrase) -> bool:
        """Whether an office of a state, or one that a body has, means whoever holds it, though nobody knows who that
        is: the G7 has no foreign minister, but several."""
        office = phrase.titles[0].office
        if phrase.country:
            told = self._is_posted(phrase) or self._is_counterpart(phrase) or self._received(phrase)
            return office not in OF_SOMEBODY or told
        body = phrase.organization
        return body is not None and office not in OF_SOMEBODY and bool(self.context.knowledge.holders(office, body))

    def _is_posted(self, phrase: Phrase) -> bool:
        """Whether it says where an ambassador is posted; not in a list, where states share a title: 甲、乙驻华大使."""
        before = self.text.plain[max(0, phrase.start - 2) : phrase.start].rstrip()
        return phrase.posted is not None and not before.endswith(("、", ",", "和"))

    def _is_counterpart(self, phrase: Phrase) -> bool:
        """Whether the words are "his Thai counterpart": whoever holds the same office there."""
        words = tuple(self.pack.data("dates").get("counterparts", ()))
        return phrase.titles[0].office == LEADER and any(w in self.text.low[phrase.start : phrase.end] for w in words)

    def _mention(self, phrase: Phrase, entity: Entity, *, pronoun: bool) -> Mention:
        return mention_of(phrase, entity, self.text, self.context.knowledge, pronoun=pronoun)

    def _plural(self, phrase: Phrase) -> bool:
        before = self.text.low[max(0, phrase.start - 12) : phrase.start].rstrip()
        marks = tuple(self.pack.data("titles").get("plural_marks", ())) or ("\0",)
        behind = tuple(self.pack.data("titles").get("plural_behind", ())) or ("\0",)
        if self._of_pair(phrase):
            return True
        return before.endswith(marks) or self.text.low.startswith(behind, phrase.end)

    def _of_pair(self, phrase: Phrase) -> bool:
        """美日防长: whether a title is told of several countries, by their short forms one behind the other."""
        inside = self.context.atoms[bisect_left(self.context.starts, phrase.start) :]
        shorts = [a for a in takewhile(lambda a: a.end <= phrase.end, inside) if a.kind is Kind.short]
        return len(shorts) > 1 and all(b.start == a.end for a, b in pairwise(shorts))

    def _received(self, phrase: Phrase) -> bool:
        """Whether the words beside an office say that its holder was met, or did something that only its holder does,
        though nobody is named: "tiếp Đại sứ Chile", "Cuba's ambassador presented his credentials"."""
        acts = tuple(self.pack.data("titles").get("acts_behind", ())) or ("\0",)
        if self.text.low.startswith(acts, phrase.end + 1):
            return True
        words = tuple(self.pack.data("titles").get("received_before", ())) or ("\0",)
        before = self.text.low[max(0, phrase.start - 24) : phrase.start].rstrip().removesuffix(" the")
        return before.endswith(words)

    def _open_to(self, phrase: Phrase) -> bool:
        """Whether an office is spoken of and nobody who holds it: "a candidate for Secretary-General"."""
        words = tuple(self.pack.data("names").get("not_held", ())) or ("\0",)
        before = self.text.low[max(0, phrase.start - 24) : phrase.start].rstrip().removesuffix(" the")
        return before.endswith(words)

    def _met(self) -> list[Entity]:
        """Those whom an office may mean: no article names so many people that the first are left out."""
        return list(self.entities.values())[-REMEMBERED:]

    def _matches(self, entity: Entity, phrase: Phrase, offices: set[str]) -> bool:
        if phrase.organization is not None and phrase.country is None:
            body = self.context.organization(phrase.organization)
            if body is not None and body.party and entity.organization != body.id:
                return False
        if LEADER in offices:
            return phrase.country is not None and bool({t.level for t in entity.titles} & _LEADERS)
        if any(t.office in offices for t in entity.titles):
            return True
        day = self.context.day
        held = active(self.context.knowledge, entity.person.id, day) if entity.person and day else ()
        return any(t.term.office in offices for t in held)

    def _of_rank(self, known: list[Entity], phrase: Phrase) -> list[Entity]:
        """ "The Secretary", "the minister": whoever was named with an office of that rank, deputies aside."""
        words = tuple(self.pack.data("titles").get("ranks_alone", ()))
        if not words or phrase.country or self.text.low[phrase.start : phrase.end].split()[-1:] != [words[0]]:
            return []
        return [e for e in known if any(t.level is Level.minister and "deputy" not in t.office for t in e.titles)]

    def _holder(self, phrase: Phrase) -> Entity | None:
        """Whom of those met the office means, the article's own people first; else who held it."""
        home = self.context.home or self.context.dateline or self.context.filed_from
        known = [e for e in self._met() if not e.former]
        offices = {t.office for t in phrase.titles}
        there = known if phrase.country is None else [e for e in known if e.country == phrase.country]
        fitting = [e for e in there if self._matches(e, phrase, offices)] or self._of_rank(known, phrase)
        if phrase.country is None and phrase.organization is None and len(fitting) > 1 and home:
            at_home = [e for e in fitting if e.country == home]
            fitting = at_home or fitting
        if len(fitting) > 1 and self.context.day is not None:
            fitting = self._in_office(fitting, offices) or fitting
        return nearest(fitting, phrase.start) if fitting else self._by_term(phrase)

    def _in_office(self, entities: list[Entity], offices: set[str]) -> list[Entity]:
        """Those who held one of some offices on the day: the President is not his predecessor, who is named too."""
        knowledge, day = self.context.knowledge, self.context.day
        return [
            e
            for e in entities
            if e.person and any(t.term.office in offices for t in active(knowledge, e.person.id, day))
        ]

    def _by_term(self, phrase: Phrase) -> Entity | None:
        """Whoever held the office on the day, where exactly one did."""
        context = self.context
        office = phrase.titles[0].office
        body = body_of(context, phrase) or self._body_told(phrase)
        body = body or (context.voice if office not in OF_SOMEBODY else None)
        if context.day is None or body is None or office in GENERIC or office in OF_A_MATTER:
            return None
        if office == LEADER:
            office = self._leading(phrase)
        terms = context.knowledge.holders(office, body, context.day)
        # An ambassador is somebody's to a country: one that the article is about.
        holders = {t.person.id: t for t in terms if t.term.to is None or t.term.to in context.named}
        if len(holders) != 1:
            return None
        (tenure,) = holders.values()
        return self._entity_of(tenure, phrase)

    def _body_told(self, phrase: Phrase) -> str | None:
        """The body that the words of a title name: "the President of the European Council"."""
        words, bodies = self.text.low[phrase.start : phrase.end], self.pack.data("titles").get("bodies_told", {})
        return next((body for told, body in bodies.items() if told in words), None)

    def _leading(self, phrase: Phrase) -> str:
        """The office of whoever leads a state: "the Turkish leader" is its President, "the Indian leader" is not."""
        words = tuple(self.pack.data("titles").get("leader_words", ())) or ("\0",)
        country = self.context.knowledge.country.get(phrase.country or "")
        said = self.text.low[phrase.start : phrase.end]
        if country is None or country.leader is None or not said.endswith(words) or not self._beside_talks(phrase):
            return LEADER
        return country.leader

    def _beside_talks(self, phrase: Phrase) -> bool:
        """Whether the sentence tells of talks: who only says something is told by name further up."""
        sentence, words = self.text.sentence_at(phrase.start), self.pack.data("titles").get("leader_met", ())
        return sentence is not None and stands_in(self.text.low[sentence.start : sentence.end], tuple(words))

    def _entity_of(self, tenure: Tenure, phrase: Phrase) -> Entity:
        """The actor whom a term of office tells, met from now on."""
        entity = Entity(tenure.person.id, tenure.person, tenure.person.name)
        entity.country, entity.organization = tenure.term.country, tenure.term.organization
        entity.titles = list(phrase.titles)
        return self.entities.setdefault(entity.key, entity)

    def _unnamed(self, phrase: Phrase) -> Mention:
        """The office of a country or body, whoever holds it."""
        title = phrase.titles[0]
        leading = title.office == LEADER
        return Mention(
            kind=MentionKind.office,
            start=phrase.start,
            end=phrase.end,
            sentence=self.text.sentence_number(phrase.start),
            key=f"office:{title.office}:{phrase.country or phrase.organization}",
            country=phrase.country,
            organization=None if phrase.country else phrase.organization,
            office=title.office,
            title=None if leading else title.title,
            level=None if leading else title.level,
            pronoun=True,
            former=phrase.former,
            posted=phrase.posted,
        )
