"""A person, or an office nobody is named for, as one stretch of text; and those whom only their country introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.atoms import Atom, Kind
from app.extract.chains import Glue, country_and_body, posted_to
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.shortforms import short_forms
from app.extract.titles import Title
from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge
from app.records import Level

_OWN = "'s "
_ALONE = re.compile(r"[A-Z][\w’-]+(?![\w'’-]| ?[A-Z])")
"""A name of one word, and none behind it."""
_CHIEFS = frozenset({Level.head_of_state, Level.head_of_government})


@valueclass(frozen=True, slots=True)
class Phrase:
    """A person, or an office nobody is named for, as one stretch of text."""

    start: int
    end: int
    name: tuple[int, int] | None
    """Where the name itself stands."""
    people: tuple[str, ...]
    """Ids of those in the knowledge base who bear the name."""
    titles: tuple[Title, ...]
    country: str | None
    organization: str | None
    former: bool
    described: bool = False
    """Whether only an office that the pack has no word for is told, and its state."""
    posted: str | None = None
    """The country that an envoy is sent to, where the phrase tells it."""


def phrase_of(
    chain: Sequence[Atom], start: int, end: int, name: tuple[int, int] | None, people: tuple[str, ...]
) -> Phrase:
    """The phrase of a chain of titles, countries and bodies, and of a name where there is one."""
    if not chain:
        return Phrase(start, end, name, people, (), None, None, False)
    country, body = country_and_body(chain)
    former = Kind.former in {atom.kind for atom in chain}
    return Phrase(start, end, name, people, tuple(_titles(chain)), country, body, former, posted=posted_to(chain))


def _titles(chain: Sequence[Atom]) -> Iterator[Title]:
    """The titles of a chain; one behind "of" only says whose: the special envoy of the Prime Minister."""
    titled, possessive = Kind.title, Kind.possessive
    atoms = [a for a in chain if a.kind is titled or a.kind is possessive]
    for i, atom in enumerate(atoms):
        if atom.kind is possessive:
            continue
        title: Title = atom.values[0]
        if i > 1 and atoms[i - 1].kind is possessive and atoms[i - 2].kind is titled:
            continue
        if i + 2 < len(atoms) and atoms[i + 1].kind is possessive and atoms[i + 2].kind is titled:
            title = replace(title, title=f"{title.title} of the {atoms[i + 2].values[0].title}")
        yield title


def possessed(
    text: Text, atoms: Sequence[Atom], first: int, glue: Glue, pack: Pack, knowledge: Knowledge
) -> tuple[Phrase | None, int]:
    """ "Iran's Hassan Rouhani", "Turkey's Erdogan": a country and a name, no title."""
    atom = atoms[first]
    if not glue.after_comma or atom.kind is not Kind.country or not text.plain.startswith(_OWN, atom.end):
        return None, 1
    begin = atom.end + len(_OWN)
    behind = next((i for i in range(first + 1, min(first + 3, len(atoms))) if atoms[i].start >= begin), len(atoms))
    person = atoms[behind] if behind < len(atoms) else None
    if person is not None and person.kind is Kind.person and person.start == begin:
        return phrase_of([atom], atom.start, person.end, (begin, person.end), person.values), behind + 1 - first
    name = _ALONE.match(text.plain, begin)
    known = _chief(name.group(), atom.values[0], pack, knowledge) if name else None
    if name is None or known is None:
        return None, 1
    return phrase_of([atom], atom.start, name.end(), (begin, name.end()), (known,)), behind - first


def _chief(surname: str, country: str, pack: Pack, knowledge: Knowledge) -> str | None:
    """Who of a country goes by a surname alone, where it can be only one: of several the one that ever led it."""
    ids = [i for i in short_forms(knowledge, pack.code).get(surname, ()) if knowledge.person[i].country == country]
    chiefs = [i for i in ids if any(knowledge.office[t.term.office].level in _CHIEFS for t in knowledge.tenures[i])]
    return next((found[0] for found in (ids, chiefs) if len(found) == 1), None)
