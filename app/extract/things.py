"""What a text names that is no person: countries, bodies, groups such as "both sides", places and occasions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from app.extract.atoms import Atom, Kind
from app.extract.model import Mention, MentionKind, OccasionHit, PlaceHit, Text
from app.extract.pack import Pack
from app.knowledge.lookup import Knowledge


class Taken:
    """Stretches of text that are spoken for; they do not overlap each other."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._spans = sorted(spans)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a stretch touches one of them."""
        at = bisect_left(self._spans, (end, 0)) - 1
        return at >= 0 and self._spans[at][1] > start


class Things:
    """Reads the atoms of one text that name no person. `named` are the countries that the text names, and its own."""

    def __init__(
        self, text: Text, pack: Pack, knowledge: Knowledge, atoms: Sequence[Atom], named: set[str | None]
    ) -> None:
        self._text, self._pack, self._knowledge, self._atoms, self._named = text, pack, knowledge, atoms, named
        self._place_prepositions = tuple(pack.data("names").get("place_prepositions", ())) or ("\0",)

    def mentions(self, taken: Taken) -> Iterator[Mention]:
        """Countries, bodies and groups, outside what is spoken for."""
        for index, atom in enumerate(self._atoms):
            if taken.overlaps(atom.start, atom.end):
                continue
            named = atom.kind in (Kind.country, Kind.short) and not self._modifier(index)
            if named or (atom.kind is Kind.metonym and self._stands_alone(atom)):
                yield self._plain(atom, MentionKind.country, f"country:{atom.values[0]}", country=atom.values[0])
            elif atom.kind is Kind.organization:
                yield from self._body(atom)
            elif atom.kind is Kind.group:
                yield self._plain(atom, MentionKind.group, "group")

    def _stands_alone(self, atom: Atom) -> bool:
        """A capital or a palace means its government where a clause begins with it: "Beijing said", "…, 华盛顿表示"."""
        sentence = self._text.sentence_at(atom.start)
        before = self._text.plain[sentence.start if sentence else 0 : atom.start].rstrip(" \"“'(「")
        after = self._text.plain[atom.end : atom.end + 1]
        return (not before or before[-1] in ",;:、") and after not in (",", ":", "-", "—")

    def _body(self, atom: Atom) -> Iterator[Mention]:
        body = self._knowledge.organization[atom.values[0]]
        if body.party:
            yield self._plain(atom, MentionKind.organization, f"org:{body.id}", organization=body.id)
        elif body.country:
            yield self._plain(atom, MentionKind.country, f"country:{body.country}", country=body.country)

    def _modifier(self, index: int) -> bool:
        """Both halves of a pair (Việt - Mỹ, 越美), and what a word such as "relations" takes as its own."""
        atom = self._atoms[index]
        joiners = {"-", " - ", "–", " – ", "·", "—"} | ({""} if atom.kind is Kind.short else set())
        for other in (index - 1, index + 1):
            if 0 <= other < len(self._atoms) and self._atoms[other].kind in (Kind.country, Kind.short):
                left, right = sorted((atom, self._atoms[other]), key=lambda a: a.start)
                if self._text.plain[left.end : right.start] in joiners and left.values[0] != right.values[0]:
                    return True
        before = self._text.low[max(0, atom.start - 14) : atom.start].rstrip()
        names = self._pack.data("names")
        if before.endswith(tuple(names.get("no_modifier_before", ())) or ("\0",)):
            return False
        return before.endswith(tuple(names.get("modifier_before", ())) or ("\0",))

    def _plain(
        self, atom: Atom, kind: MentionKind, key: str, country: str | None = None, organization: str | None = None
    ) -> Mention:
        name = None
        if country:
            name = self._knowledge.country[country].name
        elif organization:
            name = self._knowledge.organization[organization].name
        return Mention(
            kind=kind,
            start=atom.start,
            end=atom.end,
            sentence=self._text.sentence_number(atom.start),
            key=key,
            name=name,
            written=self._text.plain[atom.start : atom.end] if name else None,
            country=country,
            organization=organization,
            pronoun=kind is MentionKind.group,
        )

    def places(self, taken: Taken) -> Iterator[PlaceHit]:
        """Cities and venues, and the capitals that also stand for governments."""
        for atom in self._atoms:
            if taken.overlaps(atom.start, atom.end):
                continue
            if atom.kind is Kind.place:
                place = self._knowledge.place[self._likeliest(atom)]
                yield PlaceHit(
                    atom.start, atom.end, place.id, place.country, place.city is not None or place.kind == "venue"
                )
            elif atom.kind is Kind.metonym:
                capital = self._knowledge.country[atom.values[0]].capital
                word = self._text.plain[atom.start : atom.end]
                here = self._before(atom.start).endswith(self._place_prepositions)
                if capital in self._knowledge.place and (here or word in self._names_of(capital or "")):
                    yield PlaceHit(atom.start, atom.end, capital, atom.values[0])
            elif atom.kind is Kind.country:
                yield PlaceHit(atom.start, atom.end, None, atom.values[0])

    def _before(self, position: int) -> str:
        return self._text.low[max(0, position - 10) : position].rstrip()

    def _names_of(self, place_id: str) -> set[str]:
        place = self._knowledge.place[place_id]
        return {place.name, *(f for names in place.names.values() for f in names)}

    def _likeliest(self, atom: Atom) -> str:
        """Of several places of one name, the one in a country that the text names, else in the home country."""
        if len(atom.values) == 1:
            return str(atom.values[0])
        return str(next((p for p in atom.values if self._knowledge.place[p].country in self._named), atom.values[0]))

    def occasions(self) -> Iterator[OccasionHit]:
        """Summits and other occasions of a series."""
        for atom in self._atoms:
            if atom.kind is Kind.occasion:
                series, year = atom.values[0]
                yield OccasionHit(atom.start, atom.end, series, year=year)
