"""What a text names that is no person: countries, bodies, groups such as "both sides", places and occasions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.extract.atoms import Atom, Kind
from app.extract.model import Mention, MentionKind, OccasionHit, PlaceHit, Text
from app.extract.pack import Pack
from app.knowledge.lookup import Knowledge

_THINGS = frozenset({Kind.country, Kind.short, Kind.metonym, Kind.organization, Kind.group, Kind.place})
_HALF = re.compile(r"\w[-–—]$")
"""Before the name of a summit it makes it that of another: the Russia–|NATO summit."""
_ROUND = 120
"""So far before a pair the word for its talks may stand."""
_JOINER = 3
"""Most characters between the halves of a pair."""


class Taken:
    """Stretches of text that are spoken for; they do not overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a stretch touches one of them."""
        at = bisect_left(self._spans, (end, 0)) - 1
        return at >= 0 and self._spans[at][1] > start


_TIGHT_JOINERS = frozenset({"-", " - ", "–", " – ", "·", "—"})
_JOINERS = {Kind.country: _TIGHT_JOINERS, Kind.short: _TIGHT_JOINERS | {""}}
"""What joins the halves of a pair: Việt - Mỹ, 越美."""


@dataclass(frozen=True)
class _Words:
    """Words of a pack that stand right before a country or a place."""

    place_prepositions: tuple[str, ...]
    modifiers: tuple[str, ...]
    """Relations, people, language: what they take as their own is no party."""
    no_modifiers: tuple[str, ...]
    counted: tuple[str, ...]
    """Those of them that behind a figure mean people on whom something is done: 15 người."""
    firms: tuple[str, ...]
    punished: tuple[str, ...]
    """Behind these words firms stand for their state: trừng phạt các công ty |Nga."""
    metonym_before: tuple[str, ...]
    """Right behind these a capital means its government: với Moscow."""
    metonyms_joined: tuple[str, ...]
    """Between two capitals of which the first means its government."""
    pair_heads: tuple[str, ...]
    """Right behind a pair or right before it they make it those who act for it: 中俄两国元首, lãnh đạo Nga - Trung."""
    pair_heads_before: tuple[str, ...]
    pair_itself: tuple[str, ...]
    """Not between a pair and its talks: 中日|两国|有…磋商机制."""
    pair_talks: tuple[str, ...]
    """Talks, with what they are about between a pair and them: 韩美|防卫费|谈判."""
    articles: tuple[str, ...]
    pair_verbs: tuple[str, ...]
    """Right behind a pair that opens its clause: "Mỹ - Trung |đàm phán"."""
    rounds: tuple[str, ...]
    rounds_held: tuple[str, ...]
    """Talks that have a name, and the words that they took place: "đàm phán vòng 5 Việt - Trung … diễn ra"."""


@lru_cache
def _words(pack: Pack) -> _Words:
    names = pack.data("names")

    def listed(name: str) -> tuple[str, ...]:
        return tuple(names.get(name, ())) or ("\0",)

    keys = (
        "place_prepositions",
        "modifier_before",
        "no_modifier_before",
        "counted_before",
        "firms_before",
        "punished",
        "metonym_before",
        "metonyms_joined",
        "pair_heads",
        "pair_heads_before",
        "pair_itself",
        "pair_talks",
        "articles",
        "pair_verbs",
        "rounds",
        "rounds_held",
    )
    return _Words(*(listed(key) for key in keys))


_TOPIC = 12
"""So far behind a pair the word for its talks may end."""


@lru_cache
def _cities(knowledge: Knowledge) -> dict[tuple[str | None, str], str]:
    """Cities by country and name: a government may be called by a city that is not its capital, as by Tel Aviv."""
    cities = [p for p in knowledge.places if p.kind == "city"]
    names = [(p, form) for p in cities for form in (p.name, *(f for forms in p.names.values() for f in forms))]
    return {(p.country, form): p.id for p, form in names}


class Things:
    """Reads the atoms of one text that name no person. `named` are the countries that the text names, and its own."""

    def __init__(
        self,
        text: Text,
        pack: Pack,
        knowledge: Knowledge,
        atoms: Sequence[Atom],
        named: set[str | None],
        taken: Taken,
    ) -> None:
        self._text, self._knowledge, self._named = text, knowledge, named
        self._words, self._atoms = _words(pack), atoms
        self._free = [i for i, a in enumerate(atoms) if a.kind in _THINGS and not taken.overlaps(a.start, a.end)]
        """Positions of the atoms outside what is spoken for."""

    def mentions(self) -> Iterator[Mention]:
        """Countries, bodies and groups."""
        for index in self._free:
            atom = self._atoms[index]
            kind = atom.kind
            if kind in _JOINERS:
                if not self._modifier(index, atom):
                    yield self._country(atom, atom.values[0])
            elif kind is Kind.metonym:
                if self._stands_alone(atom) or self._joined(index):
                    yield self._country(atom, atom.values[0])
            elif kind is Kind.organization:
                yield from self._body(atom)
            elif kind is Kind.group:
                yield self._group(atom)

    def _stands_alone(self, atom: Atom) -> bool:
        """A capital or a palace means its government where a clause begins with it: "Beijing said", "…, 华盛顿表示"."""
        sentence = self._text.sentence_at(atom.start)
        before = self._text.plain[sentence.start if sentence else 0 : atom.start].rstrip(" \"“'(「")
        after = self._text.plain[atom.end : atom.end + 1]
        if before[-4:].lower().strip() in self._words.articles:
            before = before[:-4].rstrip()
        alone = not before or before[-1] in ",;:、" or before.lower().endswith(self._words.metonym_before)
        address = before.endswith(",") and after in (".", "")  # "at State House, Nairobi."
        return alone and not address and after not in (",", ":", "-", "—")

    def _joined(self, index: int) -> bool:
        """Whether a capital is joined to one that means its government: "Seoul and |Washington signed"."""
        before, atom = self._atoms[index - 1] if index else None, self._atoms[index]
        if before is None or before.kind is not Kind.metonym:
            return False
        return self._text.plain[before.end : atom.start] in self._words.metonyms_joined and self._stands_alone(before)

    def _body(self, atom: Atom) -> Iterator[Mention]:
        body = self._knowledge.organization[atom.values[0]]
        if body.party:
            yield Mention(
                kind=MentionKind.organization,
                start=atom.start,
                end=atom.end,
                sentence=self._text.sentence_number(atom.start),
                key=f"org:{body.id}",
                name=body.name,
                written=self._text.plain[atom.start : atom.end],
                organization=body.id,
            )
        elif body.country:
            yield self._country(atom, body.country)

    def _country(self, atom: Atom, country: str) -> Mention:
        return Mention(
            kind=MentionKind.country,
            start=atom.start,
            end=atom.end,
            sentence=self._text.sentence_number(atom.start),
            key=f"country:{country}",
            name=self._knowledge.country[country].name,
            written=self._text.plain[atom.start : atom.end],
            country=country,
        )

    def _group(self, atom: Atom) -> Mention:
        sentence = self._text.sentence_number(atom.start)
        return Mention(MentionKind.group, atom.start, atom.end, sentence, key="group", pronoun=True)

    def _modifier(self, index: int, atom: Atom) -> bool:
        """Both halves of a pair (Việt - Mỹ, 越美), and what a word such as "relations" takes as its own."""
        atoms, plain = self._atoms, self._text.plain
        joiners = _JOINERS[atom.kind]
        if index:
            before = atoms[index - 1]
            if (
                atom.start - before.end <= _JOINER
                and before.kind in _JOINERS
                and plain[before.end : atom.start] in joiners
                and before.values[0] != atom.values[0]
            ):
                return not self._of_both(index)
        if index + 1 < len(atoms):
            after = atoms[index + 1]
            if (
                after.start - atom.end <= _JOINER
                and after.kind in _JOINERS
                and plain[atom.end : after.start] in joiners
                and after.values[0] != atom.values[0]
            ):
                return not self._of_both(index)
        words = self._words
        ahead = self._text.low[max(0, atom.start - 14) : atom.start].rstrip()
        if not ahead.endswith(words.modifiers) or ahead.endswith(words.no_modifiers):
            return False
        if ahead.endswith(words.firms) and (sentence := self._text.sentence_at(atom.start)) is not None:
            told = self._text.low[sentence.start : atom.start]
            return not any(word in told for word in words.punished)
        head, _, last = ahead.rpartition(" ")
        return last not in words.counted or not head[-1:].isdigit()  # "trừng phạt 15 người |Nga"

    def _of_both(self, index: int) -> bool:
        """Whether a pair, or a row of three, stands for those who act for it."""
        atoms, first, last = self._atoms, index, index
        while last + 1 < len(atoms) and self._next_half(atoms[last], atoms[last + 1]):
            last += 1
        while first > 0 and self._next_half(atoms[first - 1], atoms[first]):
            first -= 1
        if self._text.low.startswith(self._words.pair_heads, atoms[last].end) or self._has_talks(atoms[last].end):
            return True
        ahead = self._text.low[max(0, atoms[first].start - 30) : atoms[first].start].rstrip()
        if ahead.endswith(self._words.pair_heads_before):
            return True
        return self._opens_clause(atoms[first].start, atoms[last].end) or self._of_round(atoms[first].start)

    def _has_talks(self, end: int) -> bool:
        """Whether what a pair talks about stands between it and the word for the talks: 中日|渔业|磋商."""
        near = self._text.low[end : end + _TOPIC]
        at = min((i for w in self._words.pair_talks if (i := near.find(w)) > 0), default=0)
        return at > 0 and near[:at].isalnum() and not any(w in near[:at] for w in self._words.pair_itself)

    def _opens_clause(self, start: int, end: int) -> bool:
        """Whether a pair is the subject of a verb: "Mỹ - Trung đàm phán", not "quan hệ Mỹ - Trung gặp trở ngại"."""
        sentence = self._text.sentence_at(start)
        ahead = self._text.low[sentence.start if sentence else 0 : start].rstrip()
        return (not ahead or ahead[-1] in ",;:") and self._text.low.startswith(self._words.pair_verbs, end)

    def _of_round(self, start: int) -> bool:
        """Whether a pair tells whose talks were held: "Đối thoại quốc phòng Việt - Nhật lần thứ 10 diễn ra tại"."""
        sentence = self._text.sentence_at(start)
        if sentence is None:
            return False
        ahead, whole = self._text.low[max(sentence.start, start - _ROUND) : start], (sentence.start, sentence.end)
        named = any(word in ahead for word in self._words.rounds)
        return named and any(self._text.low.find(word, *whole) >= 0 for word in self._words.rounds_held)

    @staticmethod
    def _next_half(left: Atom, right: Atom) -> bool:
        return left.kind in _JOINERS and right.kind in _JOINERS and right.start - left.end <= _JOINER

    def places(self) -> Iterator[PlaceHit]:
        """Cities and venues, and the capitals that also stand for governments."""
        for index in self._free:
            atom = self._atoms[index]
            if atom.kind is Kind.country:
                yield PlaceHit(atom.start, atom.end, None, atom.values[0])
            elif atom.kind is Kind.place:
                place = self._knowledge.place[self._likeliest(atom)]
                yield PlaceHit(
                    atom.start, atom.end, place.id, place.country, place.city is not None or place.kind == "venue"
                )
            elif atom.kind is Kind.metonym:
                named = _cities(self._knowledge).get((atom.values[0], self._text.plain[atom.start : atom.end]))
                capital = self._knowledge.country[atom.values[0]].capital
                here = self._before(atom.start).endswith(self._words.place_prepositions)
                city = named or (capital if here else None)
                if city in self._knowledge.place:
                    yield PlaceHit(atom.start, atom.end, city, atom.values[0])

    def _before(self, position: int) -> str:
        return self._text.low[max(0, position - 10) : position].rstrip()

    def _likeliest(self, atom: Atom) -> str:
        """Of several places of one name, the one in a country that the text names, else in the home country."""
        if len(atom.values) == 1:
            return str(atom.values[0])
        return str(next((p for p in atom.values if self._knowledge.place[p].country in self._named), atom.values[0]))

    def occasions(self) -> Iterator[OccasionHit]:
        """Summits and other occasions of a series."""
        for atom in self._atoms:
            if atom.kind is Kind.occasion and not _HALF.search(self._text.plain, max(0, atom.start - 2), atom.start):
                series, number, year = atom.values[0]
                yield OccasionHit(atom.start, atom.end, series, number, year)
