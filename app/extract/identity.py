"""Who a written name is: somebody of the knowledge base, or somebody whom the article named before.

In: a phrase with a name, and those met so far. Out: the id of a person, or an actor of the article; None where nobody
is sure to be meant. The ways go from the sure to the likely: the name as known, its parts and short forms, then other
spellings, which count only for whoever holds the office that the phrase tells.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import islice

from app.extract.allegiance import body_of
from app.extract.entities import Entity, active, best_person, glossed_later, name_words, written_name
from app.extract.lexicon import spaced
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.extract.shortforms import folded, folded_forms, short_forms
from app.extract.spelling import spelt_alike
from app.extract.titles import GENERIC
from app.records import Level

_GLOSS = re.compile(r" ?\(([A-Z][^()\n]{3,60})\)")
_MINISTER = "minister"
REMEMBERED = 100
"""So many people last met may be meant by a part of a name."""
_CHAIRMEN = {"president", "parliament-chairman", "state-affairs-chairman", "party-chairman"}
"""Offices whose holders are called chairman for short."""
_ALIKE = 0.75
"""So much of two spellings is the same where they are one name: Joseph Borell and Josep Borrell have 0.92, the
brothers Raul and Fidel Castro 0.64."""
_ALIKE_IN_WORDS = 0.6
"""So much of each word: Raeisi and Raisi have 0.91, Salman and Nayef 0.18, Borell and Borrell 0.92."""
_NEARLY = 0.85
_LETTER = 2
_SHORT_NAMES = frozenset({"VN", "CN", "TW", "HK", "KR", "KP", "LA", "KH", "MM", "JP"})
"""Countries where two different people may well share two parts of their names."""
_SYLLABLES = _SHORT_NAMES - {"LA", "JP"}


def known_person(context: ReadingContext, phrase: Phrase, met: dict[str, Entity]) -> str | None:
    """The id of whom the knowledge base knows by a name, those `met` before others; None for strangers."""
    knowledge, day = context.knowledge, context.day
    if phrase.people:
        return best_person(knowledge, phrase.people, phrase, day)
    written = written_name(phrase, context.text)
    same = folded_forms(knowledge).get(folded(written), ())
    if same and phrase.country in (None, *(knowledge.person[i].country for i in same)):
        return best_person(knowledge, same, phrase, day)
    ids = (
        _glossed(context, phrase)
        or _without_middle(context, written)
        or short_forms(knowledge, context.pack.code).get(written, ())
    )
    again = [i for i in ids if i in met]
    if again:
        return best_person(knowledge, again, phrase, day)
    offices = {t.office for t in phrase.titles}
    if not offices - GENERIC and _named_here(met, written, phrase):
        return None
    offices |= _CHAIRMEN if "association-chairman" in offices else set()
    fitting = [i for i in ids if phrase.country in (None, knowledge.person[i].country) and _holds(context, i, offices)]
    known = best_person(knowledge, fitting, phrase, day)
    return known or _misspelt(context, written, phrase) or _respelt(context, written, phrase)


def _named_here(met: dict[str, Entity], written: str, phrase: Phrase) -> bool:
    """Whether a surname is that of a stranger whom the article named in full: "Pedro Robles … Minister Robles"."""
    return " " not in written and any(
        entity.person is None and written in entity.written.split()[1:] and phrase.country in (None, entity.country)
        for entity in islice(reversed(met.values()), REMEMBERED)
    )


def met_before(met: dict[str, Entity], written: str, phrase: Phrase) -> Entity | None:
    """Somebody met before of whose name this is a part, or another spelling."""
    words = name_words(written)
    for entity in islice(reversed(met.values()), REMEMBERED):
        other = name_words(entity.written)
        if (words <= other or other <= words) and phrase.country in (None, entity.country):
            return entity
        if phrase.country in (None, entity.country) and _of_same_office(written, phrase, entity):
            return entity
        if phrase.country is None or phrase.country != entity.country:
            continue
        if _spelt_otherwise(written, entity) or _initialled(written, entity.written):
            return entity
    return None


def _spelt_otherwise(written: str, entity: Entity) -> bool:
    """Whether a long foreign name is the same with a letter or a part of it changed: Figo Lopez, María Figa López."""
    if not spaced(written[0]) or entity.country in _SHORT_NAMES or entity.person is not None:
        return False
    one, other = set(folded(written).split()), set(folded(entity.written).split())
    return len(one & other) > 1 and 2 * len(one & other) >= max(len(one), len(other))


def _of_same_office(written: str, phrase: Phrase, entity: Entity) -> bool:
    """Whether a name is nearly that of somebody met with the same office: "Thủ tướng Thongloun Sisoulith … Thủ tướng
    Thonglun Sisulith". Where names are of three syllables that others have too, another person may be meant."""
    if entity.country in _SYLLABLES or len(written.split()) < _LETTER or not spaced(written[0]):
        return False
    if not ({t.office for t in phrase.titles} - GENERIC) & entity.offices:
        return False
    return SequenceMatcher(None, folded(written), folded(entity.written)).ratio() >= _NEARLY


def _initialled(one: str, other: str) -> bool:
    """Whether of two names with the same last word one gives the first by its letter alone: "L. V. Darii"."""
    words, others = one.split(), other.split()
    if len(words) < _LETTER or len(others) < _LETTER or words[-1] != others[-1] or words[0][:1] != others[0][:1]:
        return False
    return words[0].endswith(".") != others[0].endswith(".") and len(words[-1]) > _LETTER


def _glossed(context: ReadingContext, phrase: Phrase) -> tuple[str, ...]:
    """Those whose name stands in brackets behind: 艾萨(Alex Azar)."""
    assert phrase.name is not None
    plain = context.text.plain
    match = _GLOSS.match(plain, phrase.name[1])
    if match is None and not spaced(plain[phrase.name[0]]):
        match = glossed_later(plain, phrase.name, _GLOSS)
    return folded_forms(context.knowledge).get(folded(match.group(1)), ()) if match else ()


def _without_middle(context: ReadingContext, written: str) -> tuple[str, ...]:
    """Those known by the first and the last of three or more names: "William Samoei Ruto"."""
    words = written.split()
    return folded_forms(context.knowledge).get(folded(f"{words[0]} {words[-1]}"), ()) if len(words) > 2 else ()


def _holds(context: ReadingContext, person: str, offices: set[str]) -> bool:
    """Whether somebody holds one of some offices; "Secretary" and "Minister" alone are any minister's."""
    held = {t.term.office for t in active(context.knowledge, person, context.day)}
    if offices & held:
        return True
    return _MINISTER in offices and any(context.knowledge.office[o].level is Level.minister for o in held)


def _misspelt(context: ReadingContext, written: str, phrase: Phrase) -> str | None:
    """Whoever alone held the office on the day, where the name is nearly theirs: "Joseph Borell"."""
    body = body_of(context, phrase)
    if context.day is None or body is None or not spaced(written[0]) or phrase.former:
        return None
    offices = [t.office for t in phrase.titles if t.office not in GENERIC]
    holders = {t.person.id: t.person for o in offices for t in context.knowledge.holders(o, body, context.day)}
    wanted = folded(written)
    like = [i for i, p in holders.items() if _nearly_named(folded(p.name), wanted)]
    return like[0] if len(like) == 1 else None


def _nearly_named(known: str, written: str) -> bool:
    """Whether two folded names differ in some letters, but not in a whole word: Mohammed bin Nayef is somebody else
    than Mohammed bin Salman, and one syllable makes another Vietnamese."""
    if SequenceMatcher(None, known, written).ratio() < _ALIKE:
        return False
    words, others = known.split(), written.split()
    if len(words) != len(others):
        return True
    return all(SequenceMatcher(None, a, b).ratio() >= _ALIKE_IN_WORDS for a, b in zip(words, others, strict=True))


def _respelt(context: ReadingContext, written: str, phrase: Phrase) -> str | None:
    """The one minister, president … whose name has other vowels in another romanisation: "Sameh Shukri"."""
    offices = {t.office for t in phrase.titles if t.office not in GENERIC}
    if not offices or phrase.former or not spaced(written[0]) or context.pack.code == "vi":
        return None
    like = [
        i
        for i in spelt_alike(context.knowledge, written)
        if phrase.country in (None, context.knowledge.person[i].country)
        and offices & {t.term.office for t in active(context.knowledge, i, context.day)}
    ]
    return like[0] if len(like) == 1 else None
