"""Whose surname stands right before a title, in a script without spaces: 范总理, 习主席, 岸田首相.

In: a title without a name, and those whom the article names in full. Out: where the surname begins, and somebody met
who bears it and the title; else the term of office of the one known holder who does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.extract.entities import Entity
from app.extract.model import Text
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.extract.titles import OF_SOMEBODY
from app.knowledge.lookup import Tenure, forms
from app.records import Level

_CALLED_SO = ("CN", "TW", "HK", "JP", "KR", "KP", "VN", "SG")
"""Where people are called by a surname of one or two characters."""


def surname_before(
    phrase: Phrase, context: ReadingContext, met: Sequence[Entity]
) -> tuple[int, Entity | Tenure] | None:
    """Where the surname before a bare title begins, and who bears it; None where none is sure to be meant."""
    if phrase.country or context.pack.data("names").get("unknown") != "han":
        return None
    for start, surname in _surnames(phrase, context):
        known = next((e for e in met if e.written.startswith(surname) and _titled(e, phrase, context.text)), None)
        meant = known or _holder(phrase, surname, context)
        if meant is not None:
            return start, meant
    return None


def _surnames(phrase: Phrase, context: ReadingContext) -> Iterator[tuple[int, str]]:
    """What may be the surname: two characters that are known as one, else the last, if it ends no longer name."""
    plain, start, names = context.text.plain, phrase.start, context.pack.data("names")
    double = plain[max(0, start - 2) : start]
    if double in names.get("surnames_japanese", ()) or double in names.get("surnames_double", ()):
        yield start - 2, double
        return
    before = plain[max(0, start - 2) : start - 1] if start > 1 else ""
    borders = any(atom.end == start - 1 for atom in context.atoms_over(start - 2, start - 1)) if start > 1 else True
    if start and "\u4e00" <= plain[start - 1] <= "\u9fff" and (borders or before not in names["transliteration"]):
        yield start - 1, plain[start - 1]


def _titled(entity: Entity, phrase: Phrase, text: Text) -> bool:
    """Whether somebody has one of the titles, or bears the word for it as the end of a longer one: 政协|主席李瑞环;
    部长 alone is any minister's: 吴部长."""
    offices = {t.office for t in phrase.titles}
    if entity.offices & offices or text.plain[phrase.start : phrase.end] + entity.written in text.plain:
        return True
    return "minister" in offices and any(t.level is Level.minister for t in entity.titles)


def _holder(phrase: Phrase, surname: str, context: ReadingContext) -> Tenure | None:
    """Who of that surname held the office on the day, or ever where no day is known: in the article's own country,
    else in any, else in one that the article names."""
    if phrase.titles[0].office in OF_SOMEBODY:
        return None
    at_home = _bearers(phrase, surname, context, [context.voice] if context.voice and context.day else [])
    found = at_home or _bearers(phrase, surname, context, _CALLED_SO)
    if len(found) > 1:
        found = [t for t in found if t.term.country in context.named]
    return found[0] if len(found) == 1 else None


def _bearers(phrase: Phrase, surname: str, context: ReadingContext, states: Sequence[str]) -> list[Tenure]:
    """The holders of an office in some states whose name begins with a surname, each once."""
    office, code = phrase.titles[0].office, context.pack.code
    held = {t.person.id: t for state in states for t in context.knowledge.holders(office, state, context.day)}
    return [t for t in held.values() if any(_begins(form, surname) for form in forms(t.person.names, code))]


def _begins(form: str, surname: str) -> bool:
    """Whether a surname begins a full name, and not a longer surname: 石 is not 石破茂's."""
    return form.startswith(surname) and len(form) > len(surname)
