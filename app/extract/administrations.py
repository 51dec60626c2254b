"""States that are told by who leads them: "the Biden administration", 拜登政府, "chính quyền Trump".

In: the text, its atoms and the day of publication where it is known. Out: the atoms, with the country of the leader in
place of the name: what a government does its leader did not do himself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from app.extract.atoms import Atom, Kind
from app.extract.entities import active
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.surnames import leaders_by_surname
from app.extract.text import fold_phrase
from app.knowledge.lookup import Knowledge
from app.records import Level

_CHIEFS = frozenset({Level.head_of_state, Level.head_of_government})
_SURNAME = r"(?<!\w)[^\W\d_a-z][^\W\d_]{1,30}"


@lru_cache
def _patterns(pack: Pack) -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """Words for a government, and what finds each with the name beside it: in front of the word, or behind it."""
    told = pack.data("names").get("administrations", {})
    behind, ahead = (
        sorted((fold_phrase(w, pack) for w in told.get(side, ())), key=len, reverse=True)
        for side in ("behind", "ahead")
    )
    spaced = pack.data("language").get("script") != "Han"
    patterns = []
    if behind:
        name, end = (rf"(?P<name>{_SURNAME})", r"(?!\w)") if spaced else ("(?P<name>)", "")
        patterns.append(re.compile(rf"{name}(?i:{'|'.join(map(re.escape, behind))}){end}"))
    if ahead:
        patterns.append(re.compile(rf"(?i:{'|'.join(map(re.escape, ahead))}) (?P<name>{_SURNAME})"))
    return tuple(w.strip().lower() for w in (*behind, *ahead)), tuple(patterns)


def with_administrations(
    text: Text, atoms: Sequence[Atom], pack: Pack, knowledge: Knowledge, day: date | None
) -> tuple[Atom, ...]:
    """The atoms, with a country for each leader who is named only to tell a government."""
    words, _ = _patterns(pack)
    if not any(word in text.low for word in words):
        return tuple(atoms)
    found = list(_found(text, atoms, pack, knowledge, day))
    if not found:
        return tuple(atoms)
    spans = [(a.start, a.end) for a in found]
    kept = [a for a in atoms if not any(a.start < end and start < a.end for start, end in spans)]
    return tuple(sorted([*kept, *found], key=lambda a: a.start))


def _found(text: Text, atoms: Sequence[Atom], pack: Pack, knowledge: Knowledge, day: date | None) -> Iterator[Atom]:
    people = {end: a for a in atoms if a.kind is Kind.person for end in (a.start, a.end)}
    titles = {a.end: a for a in atoms if a.kind is Kind.title}
    for pattern in _patterns(pack)[1]:
        for match in pattern.finditer(text.plain):
            start, end = match.span()
            person = people.get(match.end("name")) or people.get(match.start("name"))
            if person is not None:
                ids: Iterable[str] = person.values
                start, end = min(start, person.start), max(end, person.end)
            else:
                ids = leaders_by_surname(knowledge, pack).get(match["name"], ())
            if land := _land(ids, knowledge, day):
                title = titles.get(start - 1)  # "President Trump's administration"
                yield Atom(Kind.country, title.start if title else start, end, (land,))


def _land(ids: Iterable[str], knowledge: Knowledge, day: date | None) -> str | None:
    """The country that those of a name lead on the day, or ever led; None where that is no one country."""
    lands = {
        t.term.country
        for i in ids
        for t in active(knowledge, i, day)
        if knowledge.office[t.term.office].level in _CHIEFS and t.term.country
    }
    return lands.pop() if len(lands) == 1 else None
