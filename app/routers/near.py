"""What was probably meant: the nearest right word, and what other interfaces call the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

_LIKE = 72
"""Least likeness, of 100, at which a word is offered: `meet` is as like `meeting`, `eu` less like `peru`."""
_AS_GOOD = 8
"""How much less like than the best the others may be."""
_WHOLE = 90
"""Likeness of a choice that is one of the words written, as `climate` of "climate change"."""
_SLIP = 85
"""Least likeness of what differs by one letter, or by two that changed places: `cvs` and `csv`."""
_WORTH = 60
"""Least likeness, letter by letter, of what is looked at."""
_MANY = 300
"""So many choices are names."""

_PARAMETERS = {
    "cursor": "page page_token offset skip start after next",
    "limit": "per_page perpage page_size pagesize size rows count max maxrecords num top n",
    "q": "query search text keyword keywords term terms words find",
    "sort": "order order_by orderby ordering sort_by sortby sort_order",
    "date": "year month day when event_date datetime time",
    "date_from": "from since start start_date startdate begin after date_after min_date date_min startdatetime",
    "date_to": "to until end end_date enddate before date_before max_date date_max enddatetime",
    "published_from": "published_after published_since",
    "published_to": "published_before published_until",
    "updated_since": "modified_since updated_after updated_from changed_since",
    "country": "countries nation state country_code iso party parties",
    "participant": "participants person people name who",
    "actor": "actors actor_id by speaker",
    "recipient": "recipients to target",
    "kind": "type commitment_type",
    "type": "types event_type kind category",
    "topic": "topics theme subject about",
    "venue_city": "city place location venue where",
    "organization": "organisation organizations org body",
    "publisher": "source outlet publishers newspaper",
    "language": "languages sourcelang",
    "deadline_to": "deadline due",
    "amount_min": "amount min_amount",
    "amount_max": "max_amount",
    "amount_unit": "currency unit",
    "occasion": "occasions summit conference",
    "fields": "select columns field only",
    "include": "expand embed with includes",
    "format": "fmt output mime",
    "count": "total total_count",
    "text": "body content article",
    "published": "date pubdate published_at publication_date",
    "pointer": "field path",
    "action": "kind type op",
}
"""Names of parameters and fields, each with what else they are called, here and there."""

_VALUES = {
    "negotiation": "talks negotiations",
    "conference": "summit",
    "phone_call": "call phonecall telephone_call phone",
    "pledge": "promise commitment",
    "head_of_state": "president king queen monarch",
    "head_of_government": "prime_minister premier chancellor pm",
    "minister": "foreign_minister",
    "video": "online virtual",
    "in_person": "personal face_to_face",
    "phone": "telephone call",
    "occurred": "done happened past held",
    "planned": "upcoming future scheduled",
    "cancelled": "canceled",
    "-date": "desc newest date_desc descending latest",
    "date": "asc oldest date_asc ascending",
    "-published": "desc newest -date date_desc",
    "published": "asc oldest date date_asc",
    "capped": "true 1 yes",
    "defence": "defense military",
    "labour": "labor",
    "vi": "vn vietnamese",
    "zh": "cn chinese zh_cn",
    "en": "english us gb",
    "icews": "tab cameo tsv",
    "ics": "ical calendar icalendar",
}
"""Values, each with what people write for it."""


def _turned(table: dict[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for ours, others in table.items():
        for other in others.split():
            found.setdefault(other, []).append(ours)
    return found


_ALSO = {"parameter": _turned(_PARAMETERS), "field": _turned(_PARAMETERS), "value": _turned(_VALUES)}


def _likeness(word: str, choice: str) -> float:
    """How like two words are, of 100; letters that changed places and one that is wrong are a slip of the hand."""
    return max(fuzz.ratio(word, choice), _SLIP if len(choice) > 2 and OSA.distance(word, choice) == 1 else 0)


def _plain(word: str) -> str:
    return re.sub(r"[\s.-]+", "_", word.strip().casefold().removesuffix("[]"))


def near(word: str, choices: Iterable[str], most: int = 1) -> list[str]:
    """The choices that are like a word, the best first; none where nothing is really like it. Of many choices, which
    are names as they are folded, only those are looked at that share most of the letters in their order."""
    listed, wanted = list(choices), word[:100]
    plain, whole = listed, set()
    if len(listed) < _MANY:
        plain, wanted = [_plain(one) for one in listed], _plain(wanted)
        whole = {one for one in wanted.split("_") if len(one) > 3}
    found = process.extract(wanted, plain, scorer=fuzz.ratio, limit=12, score_cutoff=_WORTH)
    rated = [(_likeness(wanted, choice), listed[place]) for choice, _, place in found]
    rated += [(_WHOLE, one) for one, choice in zip(listed, plain, strict=True) if choice in whole]
    best = max((score for score, _ in rated), default=0)
    ordered = sorted(rated, key=lambda pair: -pair[0])
    return [choice for score, choice in ordered if score >= max(_LIKE, best - _AS_GOOD)][:most]


def meant(word: str, choices: Sequence[str], what: str = "value") -> str | None:
    """The choice that is meant by a word: what it is called elsewhere, or the nearest. `what` it is: a parameter, a
    field or a value."""
    also = [ours for ours in _ALSO[what].get(_plain(word), ()) if ours in choices]
    return next(iter(also or near(word, choices)), None)


def did_you_mean(word: object, choices: Iterable[str], what: str = "value") -> str:
    """The choice that is meant as a question, or all of them."""
    allowed = list(choices)
    if not allowed:
        return "None is taken here."
    found = meant(str(word), allowed, what)
    return f"Did you mean {found!r}?" if found else f"One of: {', '.join(allowed)}."


def one_by_one(parameter: str, written: str, known: Sequence[object]) -> str | None:
    """How to write several values that came as one with commas, where each of them is known."""
    parts = parts_of(written)
    if len(parts) < 2 or not all(known):
        return None
    return f"Give each by itself: {'&'.join(f'{parameter}={part}' for part in parts)}."


def parts_of(written: str) -> list[str]:
    """Several values in one, with commas between them."""
    return [part.strip() for part in re.split(r"[,;|、，]", written) if part.strip()]
