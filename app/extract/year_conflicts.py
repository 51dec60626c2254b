"""How long a war lasts as evidence: "the seven-year civil war" in Syria was said some seven years after it began.

In: the spans and ordinals of years or months that a text puts on a war ("18 months of fighting", "its third year"), and
the wars of the knowledge base (`periods.yaml`, `fought_in`). Out: one piece for each span beside a country of a war.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from app.extract.dates_words import ending_in
from app.extract.dating_context import DatingContext
from app.extract.lexicon import on_boundary
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_model import Candidates, YearEvidence
from app.knowledge.lookup import Knowledge, first_day
from app.knowledge.models import Period

_THERE, _BESIDE, _ELSEWHERE = 2.0, 0.3, -1.5
_DAYS = {"year": 365.25, "month": 30.4}
_SLACK = {"year": 0.5, "month": 1.5}
"""Units by which a round number may be off."""
_PLACE = re.compile(r"(\{\w+\})")
_AROUND = 160
"""Characters before and behind the words in which the country of the war stands; and so far from a word for war a span
of it may begin or end."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Days, from the start of the war, on which so much is said of it, and where."""

    first: float
    last: float
    near: float
    """So many days more before and behind it may be right."""
    wars: tuple[Period, ...]
    span: tuple[int, int]


def conflicts(context: DatingContext, candidates: Candidates) -> Iterator[YearEvidence]:
    """One piece for each length of a war that the article tells."""
    for told in context.once(conflicts, lambda: list(_told(context))):
        each = [_weights(candidates, told, first_day(war.start).toordinal()) for war in told.wars]
        weights = tuple(map(max, zip(*each, strict=True)))
        begun = ", ".join(war.start for war in told.wars)
        said = f'The text says "{context.text.quote(*told.span)}" of a war that began in {begun}.'
        yield YearEvidence(f"war:{told.wars[0].id}", weights, said, told.span)


def _weights(candidates: Candidates, told: _Told, start: int) -> list[float]:
    inner = candidates.overlapping(round(start + told.first), round(start + told.last))
    outer = candidates.overlapping(round(start + told.first - told.near), round(start + told.last + told.near))
    return [_THERE if i else _BESIDE if o else _ELSEWHERE for i, o in zip(inner, outer, strict=True)]


def _told(context: DatingContext) -> Iterator[_Told]:
    words, low = _words(context.pack), context.text.low
    if words is None or _wars(context.knowledge).keys().isdisjoint(code for _, code in _lands(context)):
        return
    seen: set[tuple[str, str]] = set()
    around = [part for part in _around(words.wars, low) if words.length is None or words.length.search(low, *part)]
    for hit in (
        hit for pattern in words.patterns for first, last in around for hit in pattern.finditer(low, first, last)
    ):
        start, end = hit.span()
        wars = _wars_near(context, start, end) if context.in_article(start) and on_boundary(low, start, end) else ()
        told = (hit["n"], unit := words.units[hit["unit"]])
        if wars and told not in seen:
            seen.add(told)
            ordinal, count = hit["n"] in words.ordinals, words.numbers[hit["n"]]
            under = words.under is not None and words.under.search(low, 0, start) is not None
            yield _Told(*_stretch(count, unit, ordinal, under), wars, (start, end))


def _around(wars: re.Pattern[str], low: str) -> list[tuple[int, int]]:
    """The stretches around words for war, in order and apart: what is said of one's length has such a word in it."""
    found: list[tuple[int, int]] = []
    for hit in wars.finditer(low):
        if not on_boundary(low, hit.start(), hit.end()):
            continue  # "toward"
        first, last = max(0, hit.start() - _AROUND), hit.end() + _AROUND
        if found and first <= found[-1][1]:
            first = found.pop()[0]
        found.append((first, last))
    return found


def _stretch(count: int, unit: str, ordinal: bool, under: bool) -> tuple[float, float, float]:
    """First and last day, and the slack: the third year is from two to three, nearly three from two and a half."""
    slack, day = _SLACK[unit], _DAYS[unit]
    first, last = (count - 1.0, count + 0.0) if ordinal else (count - slack, count + (0.1 if under else 2 * slack))
    return first * day, last * day, slack * day


def _lands(context: DatingContext) -> Iterator[tuple[int, str]]:
    """Where the text names a country, and a place in one."""
    return chain(context.named, context.spots)


def _wars_near(context: DatingContext, start: int, end: int) -> tuple[Period, ...]:
    """The wars of the country that is named nearest to some words."""
    wars = _wars(context.knowledge)
    near = [
        (min(abs(at - start), abs(at - end)), code)
        for at, code in _lands(context)
        if start - _AROUND <= at < end + _AROUND and code in wars
    ]
    return wars[min(near)[1]] if near else ()


@lru_cache
def _wars(knowledge: Knowledge) -> dict[str, tuple[Period, ...]]:
    """The wars of each country."""
    found: dict[str, tuple[Period, ...]] = {}
    for period in knowledge.periods:
        for country in period.fought_in:
            found[country] = (*found.get(country, ()), period)
    return found


@dataclass(frozen=True, eq=False)
class _Words:
    patterns: tuple[re.Pattern[str], ...]
    numbers: dict[str, int]
    ordinals: frozenset[str]
    units: dict[str, str]
    under: re.Pattern[str] | None
    wars: re.Pattern[str]
    """Words for war: only around them a text is searched."""
    length: re.Pattern[str] | None
    """So many years or months; None where a template has something between the number and the unit."""


@lru_cache
def _words(pack: Pack) -> _Words | None:
    """The templates of a language as patterns; None where it has none."""
    data = pack.data("dates").get("wars")
    if not data:
        return None

    def folded(word: str) -> str:
        return lower(fold_phrase(word, pack))

    numbers = {folded(str(w)): n for w, n in [*data["numbers"].items(), *((i, i) for i in range(2, 51))]}
    ordinals = {folded(w): n for w, n in data.get("ordinals", {}).items()}
    units = {folded(w): unit for unit, words in data["units"].items() for w in words}
    wars = [folded(w) for w in data["words"]]
    gap = r"(?:[^\W\d][\w'’-]*\s){0,3}?" if data.get("gap") else ""
    parts = {
        "{n}": f"(?P<n>{_choice(numbers)})",
        "{nth}": f"(?P<n>{_choice(ordinals)})",
        "{unit}": f"(?P<unit>{_choice(units)})",
        "{war}": f"{gap}(?:{_choice(wars)})",
    }

    def compiled(template: str) -> re.Pattern[str]:
        pieces = _PLACE.split(template)
        return re.compile("".join(parts.get(p) or re.escape(folded(p)).replace(r"\ ", r"[\s-]") for p in pieces))

    lengths = ("{n} {unit}", "{nth} {unit}")
    together = all(any(length in template for length in lengths) for template in data["templates"])
    length = "|".join(_choice(listed) for listed in (numbers, ordinals) if listed)
    under = ending_in([folded(w) for w in data.get("under", ())])
    return _Words(
        tuple(map(compiled, data["templates"])),
        {**numbers, **ordinals},
        frozenset(ordinals),
        units,
        under,
        re.compile(_choice(wars)),
        re.compile(rf"(?:{length})[\s-](?:{_choice(units)})") if together else None,
    )


def _choice(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
