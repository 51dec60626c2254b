"""Leaders whom nothing but a surname introduces: "Putin and Erdogan met in Tehran".

In: the text, its day where it is known, and those whom the article names in full. Out: where such a surname stands, and
who is meant: the one head of state, head of government or foreign minister who bears it, of several the one who held
office on the day. The article has to name the state too, or another leader in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from app.extract.atoms import Kind
from app.extract.entities import active
from app.extract.lexicon import on_boundary
from app.extract.model import Mention
from app.extract.pack import Pack, compiled
from app.extract.shortforms import short_forms
from app.extract.things import Taken
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Person
from app.records import Level

if TYPE_CHECKING:
    from app.extract.reading_context import ReadingContext

_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]+")
_CHIEFS = frozenset({Level.head_of_state, Level.head_of_government})
_DIPLOMAT = "foreign-minister"
_SHORTEST = 4
"""Fewest letters of a surname that is only the last word of a name; known short forms may be shorter."""
_SURNAME_FIRST = frozenset({"VN", "CN", "TW", "HK", "KR", "KP", "MM", "KH", "LA", "TH", "ID", "HU", "IS", "MN", "BT"})
"""States where the last word of a name is no surname, or nobody is called by it alone."""
_LANDS = 2
"""A name that is borne in more states than this by people of the knowledge base is too common to tell anybody."""

Surname = tuple[int, int, str]
"""Where a surname stands, and the id of whom it means."""


@lru_cache
def leaders_by_surname(knowledge: Knowledge, pack: Pack) -> dict[str, tuple[str, ...]]:
    """Surnames to the ids of all those who ever led a state or its diplomacy; none for a language without them."""
    if not pack.data("names").get("leaders_by_surname"):
        return {}
    return compiled(f"leaders-{pack.code}", (pack, knowledge), lambda: _leaders(knowledge, pack))


def _leaders(knowledge: Knowledge, pack: Pack) -> dict[str, tuple[str, ...]]:
    names = pack.data("names")
    also_words = {*names.get("also_words", ()), *names.get("not_surnames", ())}
    alone = frozenset(names.get("surnames_alone", ()))
    given: dict[str, set[str]] = {}
    for person in knowledge.people:
        given.setdefault(person.name.split()[0], set()).add(person.id)
    found: dict[str, tuple[str, ...]] = {}
    for form, ids in short_forms(knowledge, pack.code).items():
        lands = {knowledge.person[i].country for i in ids}
        common = len(lands) > _LANDS or given.get(form, set()) - set(ids)
        if not form.isalpha() or form in also_words or (common and form not in alone):
            continue
        led = tuple(i for i in ids if _leads(knowledge, i) and _called(knowledge.person[i], form))
        if led:
            found[form] = led
    return found


@lru_cache
def _begun(knowledge: Knowledge, pack: Pack) -> re.Pattern[str]:
    """Words that begin as one of these names does: small letters with a mark, of which Vietnamese is full, do not."""
    begin = {name[0] for name in leaders_by_surname(knowledge, pack) if name[0].isupper()}
    return re.compile(f"[{''.join(sorted(begin))}]" + r"[^\W\d_]+")


def _leads(knowledge: Knowledge, person: str) -> bool:
    terms = knowledge.tenures[person]
    return any(t.term.office == _DIPLOMAT or knowledge.office[t.term.office].level in _CHIEFS for t in terms)


def _called(person: Person, form: str) -> bool:
    """Whether a form is a surname, and no given name that happens to stand last."""
    if person.country != "VN" and any(form in forms for forms in person.short.values()):
        return True
    return len(form) >= _SHORTEST and person.country not in _SURNAME_FIRST


@lru_cache
def _around(pack: Pack) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words with a capital beside a surname that are no part of the name, and what makes a government of it."""
    names = pack.data("names")
    beside = frozenset((*names.get("not_names", ()), *names.get("openers", ())))
    return beside, tuple(f" {word}" for word in names.get("governments", ())) or ("\0",)


class Surnames:
    """Finds the bare surnames of one text."""

    def __init__(self, context: ReadingContext) -> None:
        self.context = context
        self.text, self.knowledge = context.text, context.knowledge
        self.leaders = leaders_by_surname(context.knowledge, context.pack)
        self.beside, self.governments = _around(context.pack)

    def find(self, people: Sequence[Mention], met: Container[str]) -> Iterator[Surname]:
        """The surnames of leaders that stand outside the mentions of `people`; `met` are known by their full names."""
        if not self.leaders:
            return
        spans = [(m.start, m.end) for m in people]
        found = [one for one in self._alone(spans) if one[2] not in met]
        if found:
            lands = self._lands()
            sentences = [(self.text.sentence_number(m.start), m.actor_id) for m in people if m.actor_id]
            sentences += [(self.text.sentence_number(start), person) for start, _, person in found]
            for start, end, person in found:
                here = self.text.sentence_number(start)
                beside = any(at == here and other != person for at, other in sentences)
                if beside or self.knowledge.person[person].country in lands:
                    yield start, end, person

    def _alone(self, spans: Iterable[tuple[int, int]]) -> Iterator[Surname]:
        """Surnames that are no part of a longer name, each with the one it means."""
        plain = self.text.plain
        told = self.leaders.keys() & set(_begun(self.knowledge, self.context.pack).findall(plain))
        if not told:
            return
        inside = Taken(spans)
        for match in re.finditer("|".join(sorted(told, key=len, reverse=True)), plain):
            start, end = match.span()
            if inside.overlaps(start, start + 1) or not (
                on_boundary(plain, start, end) and self._stands_alone(start, end)
            ):
                continue
            person = self._meant(self.leaders[match.group()])
            if person is not None:
                yield start, end, person

    def _stands_alone(self, start: int, end: int) -> bool:
        """Whether no other word of a name, no place and no "administration" stands beside it."""
        plain = self.text.plain
        if plain[end : end + 1] == "-" or plain[max(0, start - 1) : start] in ("-", "’", "'", "@", "#"):
            return False
        if plain.startswith(self.governments, end) or any(
            a.start <= start < a.end and a.kind is not Kind.person for a in self.context.atoms_over(start, end)
        ):
            return False
        before, after = _last_word(plain, start), _WORD.match(plain, end + 1) if plain[end : end + 1] == " " else None
        if after is not None and after.group()[0].isupper() and after.group() not in self.beside:
            return False
        return before is None or before in self.beside

    def _meant(self, ids: tuple[str, ...]) -> str | None:
        """The one of several that was in office on the day; without a day the only one."""
        if self.context.day is not None:
            ids = tuple(i for i in ids if active(self.knowledge, i, self.context.day))
        return ids[0] if len(ids) == 1 else None

    def _lands(self) -> set[str | None]:
        """The countries that the text names, by their capitals and other cities too."""
        cities = (a for a in self.context.atoms if a.kind in (Kind.place, Kind.metonym))
        return self.context.named | {self.context.country_of(a) for a in cities}


_BEFORE = re.compile(r"([^\W\d_]+) $")


def _last_word(plain: str, start: int) -> str | None:
    """The capitalised word right before a position, if there is one."""
    match = _BEFORE.search(plain, max(0, start - 24), start)
    return match.group(1) if match and match.group(1)[0].isupper() else None
