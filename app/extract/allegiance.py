"""Whom somebody stands for: a country, or an organisation that is a party of its own.

In: a phrase, and who it is where that is known. Out: an ISO 3166 code and the id of an organisation, at most one of
the two. What a term of office says comes before what is written, and that before what the article lets one guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from app.extract.atoms import Kind
from app.extract.entities import active, latin_behind, written_name
from app.extract.lexicon import spaced
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.knowledge.models import Person
from app.records import Level

_AND = (" and ", ", and ")
_ENDS_LINE = (", ", ", the ")
_DELEGATION = 110
"""Most characters between a delegation and its country, or between who leads it and that."""
_PARTNER = 60
"""Most characters between somebody's name and the country of the one named beside him."""


def stands_for(context: ReadingContext, phrase: Phrase, known: Person | None) -> tuple[str | None, str | None]:
    """Country or organisation: that of the term that fits, else as written, else of the article's own country."""
    if known is not None:
        return _by_term(context, phrase, known)
    if phrase.country:
        return phrase.country, None
    body = context.organization(phrase.organization)
    if body is not None:
        return None if body.party else body.country, body.id if body.party else None
    return _of_line(context, phrase) or _of_delegation(context, phrase) or home_of(context, phrase), None


def body_of(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country or the organisation whose office a phrase tells, as it is written."""
    return phrase.country or (phrase.organization if context.organization(phrase.organization) else None)


def home_of(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country of somebody for whom none is written: the article's own, else the last one named before."""
    written = written_name(phrase, context.text)
    foreign = not spaced(written[0]) and ("·" in written or latin_behind(context.text, phrase) is not None)
    if context.home is None and context.dateline is not None and not (foreign and context.lands):
        return context.dateline
    names = context.pack.data("names")
    surnames = names.get("home_surnames", ())
    if context.home and (not surnames or written.split()[0] in surnames):
        return context.home
    if land := _by_title(context, phrase, foreign):
        return land
    last = bisect_left(context.lands, (phrase.start, "")) - 1
    sent = last >= 0 and context.text.plain.endswith(tuple(names.get("sent_by", ())) or ("\0",), 0, phrase.start)
    if context.voice is not None and not foreign and not sent and written[0] in names.get("surnames", ""):
        return context.voice
    if last >= 0:
        return _other_side(context, phrase, last) or context.lands[last][1]
    return _unplaced(context, phrase, foreign)


def _of_line(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country at the end of a line of a list: "Ambassador A, State of B"."""
    sentence = context.text.sentence_at(phrase.start)
    behind = context.atoms_in(sentence)[-1:] if sentence is not None else ()
    if sentence is None or not behind or behind[0].kind is not Kind.country or behind[0].end != sentence.end:
        return None
    gap, before = context.text.plain[phrase.end : behind[0].start], context.text.plain[sentence.start : phrase.start]
    alone = not any(c.isalnum() for c in before) and gap in _ENDS_LINE
    return context.country_of(behind[0]) if alone else None


def _of_delegation(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country of a delegation that somebody leads: "Đoàn đại biểu Đảng Cộng sản Cuba do | ông A", "A | dẫn đầu đoàn
    đại biểu Mozambique"."""
    names, low = context.pack.data("names"), context.text.low
    if low.endswith(tuple(names.get("led_by", ())) or ("\0",), 0, phrase.start):
        begin = max(0, phrase.start - _DELEGATION)
        head = low[begin : phrase.start].rpartition(".")[2]
        named = list(_lands_in(context, phrase.start - len(head), phrase.start))
        if named and any(word in head for word in names["delegation"]):
            return named[-1]
    behind = low[phrase.end : phrase.end + _DELEGATION].partition(".")[0]
    led = [behind.find(word) for word in names.get("leads_delegation", ()) if word in behind]
    within = phrase.end + min(led, default=0), phrase.end + len(behind)
    return next(_lands_in(context, *within), None) if led else None


def _lands_in(context: ReadingContext, begin: int, end: int) -> Iterator[str]:
    """The countries that a stretch of text names, parties and ministries of theirs too."""
    first, last = (bisect_left(context.starts, at) for at in (begin, end))
    for atom in context.atoms[first:last]:
        body = context.organization(str(atom.values[0])) if atom.kind is Kind.organization else None
        land = context.country_of(atom) if atom.kind is Kind.country else body.country if body is not None else None
        if land is not None:
            yield land


def _by_title(context: ReadingContext, phrase: Phrase, foreign: bool) -> str | None:
    """What the title itself tells: an envoy's country is not where he is posted, a provincial secretary is at home."""
    if _is_envoy(phrase) and (posted_to := _posting(context, phrase)):
        return _other_land(context, phrase, posted_to)
    names = context.pack.data("names")
    domestic = any(word in context.text.plain[phrase.start : phrase.end] for word in names.get("domestic", ()))
    if land := _of_city(context, phrase):
        return land
    home: str | None = names.get("posted_from")
    return home if domestic and not foreign else None


_OF_CITIES = frozenset({"mayor", "governor"})
"""Offices of a city or a province."""


def _of_city(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country of the city that somebody is the mayor of: "Thị trưởng thành phố New York"."""
    if not any(t.office in _OF_CITIES for t in phrase.titles):
        return None
    begin, end = (bisect_left(context.starts, at) for at in (phrase.start, phrase.end))
    cities = (a for a in context.atoms[begin:end] if a.kind in (Kind.place, Kind.metonym))
    return next((context.country_of(a) for a in cities), None)


def _unplaced(context: ReadingContext, phrase: Phrase, foreign: bool) -> str | None:
    """For whom no country is named before: an envoy's is the one that posts them, others' that of the place told, else
    the one where most who write so are at home."""
    usual: str | None = context.pack.data("names").get("posted_from")
    if _is_envoy(phrase) and usual:
        return usual
    return _place_of(context, phrase) or (None if foreign else usual)


def _by_term(context: ReadingContext, phrase: Phrase, known: Person) -> tuple[str | None, str | None]:
    """What the terms of a known person say: those that run on the day, of the offices that the phrase tells."""
    now = active(context.knowledge, known.id, context.day)
    terms = now or list(context.knowledge.tenures[known.id])
    offices = {t.office for t in phrase.titles}
    titled = [t for t in terms if t.term.office in offices] or (terms if now or not offices else [])
    if not titled or not all(t.term.organization for t in titled):
        return known.country or next((t.term.country for t in reversed(titled) if t.term.country), None), None
    organization = titled[-1].term.organization
    body = context.organization(organization)
    return (None, organization) if body is None or body.party else (body.country, None)


def _posting(context: ReadingContext, phrase: Phrase) -> set[str]:
    """The countries named within the title of an envoy whose own is not: where he is posted."""
    first = bisect_left(context.lands, (phrase.start, ""))
    return {land for _, land in context.lands[first : bisect_left(context.lands, (phrase.end, ""))]}


def _other_land(context: ReadingContext, phrase: Phrase, posted_to: set[str]) -> str | None:
    """The country of an envoy: the last one named before that is not where he is posted, else the next."""
    at = bisect_left(context.lands, (phrase.start, ""))
    near = (*reversed(context.lands[:at]), *context.lands[at:])
    return next((land for _, land in near if land not in posted_to), None)


def _is_envoy(phrase: Phrase) -> bool:
    return any(t.level is Level.ambassador for t in phrase.titles)


def _other_side(context: ReadingContext, phrase: Phrase, last: int) -> str | None:
    """For the first of two, where the second is the one of the country named last: "Minister A and Minister of
    Foreign Affairs of B, C": the country named before that."""
    lands = context.lands
    behind = lands[last + 1 : last + 2]
    if not behind or behind[0][1] != lands[last][1]:
        return None
    gap = context.text.low[phrase.end : behind[0][0]]
    if not gap.startswith(_AND) or len(gap) > _PARTNER:
        return None
    return next((land for _, land in reversed(lands[:last]) if land != lands[last][1]), None)


def _place_of(context: ReadingContext, phrase: Phrase) -> str | None:
    """The country of the first city that a sentence names: where none is named, its minister is that one's."""
    sentence = context.text.sentence_at(phrase.start)
    for atom in context.atoms_in(sentence) if sentence and not context.home else ():
        if atom.kind in (Kind.place, Kind.metonym):
            return context.country_of(atom)
    return None
