"""What reading an article knows before it meets anybody: its words, its language, its day, the countries it is about.

In: the text, the pack of its language, the knowledge base and the day of publication where it is known. Out: the atoms
of the text, the country that the language is at home in, the countries named, and where the report was filed from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from app.extract.administrations import with_administrations
from app.extract.atoms import Atom, Kind, find_atoms
from app.extract.lexicon import spaced
from app.extract.model import Sentence, Text, Zone
from app.extract.pack import Pack
from app.extract.voices import voice_of, voice_of_titles, with_own_words
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Organization

_FILED = ("—", "- ", "--", "电", "讯")
"""What follows the place that a report is filed from."""
_FILED_LINE = re.compile(
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?,? ?(?:\([^()\n]{1,60}\) ?)?(?:--|[\u2014\u2013:-]) ?"
)
"""The same of a line that begins with the place: "ISLAMABAD, Mar 04 (APP): "."""
_CITIES = (Kind.place, Kind.metonym)


def _without_names(atoms: Sequence[Atom]) -> Iterator[Atom]:
    """The atoms without the short names of countries that a name behind a title begins with: 总统|卡斯|特罗."""
    end = -1
    for atom in atoms:
        if atom.kind is Kind.title or (atom.kind is Kind.short and atom.start == end):
            end = atom.end
        if atom.kind is not Kind.short or atom.end != end:
            yield atom


class ReadingContext:
    """What all steps that bind the names of one text share; nothing of it changes while the text is read."""

    def __init__(self, text: Text, pack: Pack, knowledge: Knowledge, day: date | None) -> None:
        self.text, self.pack, self.knowledge, self.day = text, pack, knowledge, day
        atoms = find_atoms(text, pack, knowledge)
        self.voice = voice_of(text, pack) or voice_of_titles(text, atoms, pack, knowledge)
        """The country that the article calls its own: 我國."""
        atoms = with_own_words(text, atoms, pack, self.voice)
        self.atoms = with_administrations(text, atoms, pack, knowledge, day)
        self.starts = [a.start for a in self.atoms]
        self.home: str | None = pack.data("names").get("home")
        posts = {a.end for a in self.atoms if a.kind is Kind.accredited}  # 驻希腊: where somebody is posted
        self.lands: list[tuple[int, str]] = [
            (a.start, a.values[0])
            for a in _without_names(self.atoms)
            if a.kind in (Kind.country, Kind.short) and a.values[0] != self.home and a.start not in posts
        ]
        """The other countries that the text names, and where."""
        self.named = {country for _, country in self.lands} | {self.home}
        self.dateline = self._dateline()

    def _dateline(self) -> str | None:
        """The country of the place that the report is filed from: "AMMAN — …", "新华社河内5月23日电"."""
        first = next((s for s in self.text.sentences if s.zone is Zone.body), None)
        if first is None:
            return None
        reach = first.start + (30 if spaced(self.text.plain[first.start]) else 16)
        for atom in self.atoms:
            if first.start <= atom.start < reach and atom.kind in (Kind.place, Kind.metonym):
                follows = self.text.plain[atom.end : atom.end + 20]
                if any(mark in follows for mark in _FILED):
                    return self.country_of(atom)
        return None

    @cached_property
    def filed_from(self) -> str | None:
        """The country of the place that the first line begins with: "ISLAMABAD, Mar 04 (APP): "."""
        first = next((s for s in self.text.sentences if s.zone is Zone.body), None)
        here = next((a for a in self.atoms_in(first) if a.kind in _CITIES), None) if first else None
        if first is None or here is None or here.start != first.start:
            return None
        return self.country_of(here) if _FILED_LINE.match(self.text.plain, here.end) else None

    def country_of(self, atom: Atom) -> str | None:
        """The country that a city lies in, or that its name stands for."""
        return self.knowledge.place[atom.values[0]].country if atom.kind is Kind.place else str(atom.values[0])

    def atoms_in(self, sentence: Sentence) -> Sequence[Atom]:
        """The atoms that begin in a sentence."""
        return self.atoms[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]

    def organization(self, key: str | None) -> Organization | None:
        """What the knowledge base has under the id of an organisation; None for others."""
        return self.knowledge.organization.get(key) if key else None

    def atoms_over(self, start: int, end: int) -> Sequence[Atom]:
        """The atoms that touch a stretch of text."""
        # Atoms are in order and do not overlap: none before the last that begins earlier can reach this far.
        first = max(0, bisect_left(self.starts, start) - 1)
        return [a for a in self.atoms[first : bisect_left(self.starts, end)] if start < a.end]
