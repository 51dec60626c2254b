"""Where a visit goes: the countries listed behind the word, or the one that a preposition marks before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter

from app.extract.clauses import NEXT, PERSONAL, REACH, Clause, Parts
from app.extract.event_words import Trigger
from app.extract.model import Mention, MentionKind, Reading

_Hit = tuple[int, int, str]
_PLACE_START = attrgetter("start")


def destinations_of(clause: Clause, reading: Reading, parts: Parts, trigger: Trigger) -> tuple[str, ...]:
    """The countries that an event leads to, in order: the word's own, those visited, or where a ceremony was."""
    if trigger.destination:
        return (trigger.destination,)
    found: tuple[str, ...] = ()
    if trigger.layout == "visits":
        near = (12 if trigger.arrival else 30) // (1 if clause.cues.spaced else 2)
        found = _right_behind(clause, reading, near) if trigger.arrival and clause.cues.spaced else ()
        found = found or _of_visit(clause, reading, parts, near) or _homes_of_inviters(clause, parts)
    if trigger.ceremony and not found:
        guests = {m.country for m in parts.first}
        near_by = [m.country for m in clause.right if m.country and m.start - clause.end < clause.reach]
        found = tuple([c for c in near_by if c not in guests][:1])
    guests = {m.country for m in parts.first}
    abroad = tuple([c for c in found if c not in guests]) if len(guests) == 1 else ()
    return abroad or found  # on a tour nobody visits his own country


def _of_visit(clause: Clause, reading: Reading, parts: Parts, near: int) -> tuple[str, ...]:
    """The countries visited: those listed right after the word, or the one that a preposition marks before it."""
    spans = [(m.start, m.end) for m in (*parts.first, *parts.second, *parts.inviter) if m.kind in PERSONAL]
    opening = clause.opening(clause.start)
    before = [h for h in _countries(clause, reading, spans, opening, clause.start) if h[1] <= clause.start]
    if clause.cues.has(clause.text.low[opening : clause.start], "inviters_land"):
        return _lands_of_inviters(clause)
    for start, end, land in reversed(before):
        window = clause.text.low[max(opening, start - 10) : start]
        if end == clause.start and clause.cues.ends(window, "destination_in"):
            return (land,)
        if clause.cues.ends(window, "destination_before"):
            return _listed_from(clause, before, start)
    behind = max([clause.end, *(m.end for m in parts.first)])  # "the visit of X to Y"
    for last in (clause.end, behind):
        if stops := _stops(clause, _countries(clause, reading, spans, last, clause.sentence.end), last, near):
            return stops
    return _host_land(clause, parts) or _of_host(clause, parts)


def _right_behind(clause: Clause, reading: Reading, near: int) -> tuple[str, ...]:
    """The country right behind a "to", whatever stands before it: "a visit to A from 11 to 13 May and to B"."""
    hits = _countries(clause, reading, (), clause.end, clause.sentence.end)
    return _stops(clause, hits, clause.end, near)


def _of_host(clause: Clause, parts: Parts) -> tuple[str, ...]:
    """ "paid a visit to the President of B": the country of whoever is named right behind the word."""
    guests = {m.country for m in parts.first}
    behind = clause.right[0] if clause.right else None
    word = clause.text.low[clause.start : clause.end]
    if behind is None or behind.kind not in PERSONAL or not clause.cues.ends(word, "visit_of"):
        return ()
    if behind.start - clause.end > NEXT:
        return ()
    return (behind.country,) if behind.country and guests and behind.country not in guests else ()


def _lands_of_inviters(clause: Clause) -> tuple[str, ...]:
    """The countries of all who invited: 应甲国外长、乙国外长邀请,将对上述国家进行访问."""
    low, begin = clause.text.low, clause.sentence.start
    end = max((low.rfind(word, begin, clause.start) for word in clause.cues["inviter_after"]), default=-1)
    return tuple(dict.fromkeys(m.country for m in clause.left if m.kind in PERSONAL and m.end <= end and m.country))


def _listed_from(clause: Clause, hits: Sequence[_Hit], first: int) -> tuple[str, ...]:
    """The countries of a list that begins at a position: 对澳大利亚和新西兰进行访问."""
    found: list[str] = []
    last = first
    for start, end, country in hits:
        if start < first or (found and clause.text.low[last:start] not in clause.cues["coordination"]):
            continue
        found.append(country)
        last = end
    return tuple(dict.fromkeys(found))


def _countries(
    clause: Clause, reading: Reading, spans: Sequence[tuple[int, int]], start: int, end: int | None = None
) -> Iterator[_Hit]:
    """Where a country or a place in it is named from a position on, in order; not inside somebody's title."""
    first = bisect_left(reading.places, start, key=_PLACE_START)
    places = ((p.start, p.end, p.country) for p in islice(reading.places, first, None) if p.country)
    named = (
        (m.start, m.end, m.country)
        for m in (*clause.left, *clause.right)
        if m.kind is MentionKind.country and m.country and m.start >= start
    )
    for hit in merge(places, named):
        if end is not None and hit[0] >= end:
            return
        if not any(a <= hit[0] < b for a, b in spans):
            yield hit


def _stops(clause: Clause, hits: Iterable[_Hit], last: int, near: int) -> tuple[str, ...]:
    """The countries listed right behind a position."""
    found: list[str] = []
    for start, end, country in hits:
        if start < last:
            continue
        gap = clause.text.low[last:start]
        # "a tour of three countries of the region, namely A, B and C"
        listed = len(gap) < REACH and clause.cues.ends(gap, "such_as")
        if not (_next_stop(clause, gap) if found else listed or _leads_there(clause, gap, near)):
            break
        found.append(country)
        last = end
    return tuple(dict.fromkeys(found))


def _leads_there(clause: Clause, gap: str, near: int) -> bool:
    """Whether what stands between a journey and a country leads there: not "a visit, after talks with A"."""
    return len(gap) <= near and not clause.cues.has(gap, "not_toward")


def _next_stop(clause: Clause, gap: str) -> bool:
    """Whether a list of countries visited goes on: ", B and C", ", followed by B and then ending the trip in C"."""
    words = gap.replace(",", " ").split()
    then = clause.cues["tour_then"]
    return gap in clause.cues["coordination"] or (
        bool(words and then and words[0] in then) and all(w in then or w in clause.cues["tour_words"] for w in words)
    )


def _host_land(clause: Clause, parts: Parts) -> tuple[str, ...]:
    """ "on a visit to the Kingdom": the country of whoever else the sentence names before it."""
    if not clause.text.low.startswith(clause.cues["host_land"] or ("\0",), clause.end):
        return ()
    guests = {m.country for m in parts.first}
    others = [m.country for m in clause.left if m.country and m.country not in guests]
    return (others[0],) if others else ()


def _homes_of_inviters(clause: Clause, parts: Parts) -> tuple[str, ...]:
    """ "The journey of A takes place on 2 May at the invitation of B and C": where they come from is where it goes."""
    if not clause.cues["inviter_lands"] or not parts.first:
        return ()
    guests = {m.country for m in parts.first}
    return tuple(dict.fromkeys(m.country for m in parts.inviter if m.country and m.country not in guests))


def at_their_post(first: Sequence[Mention], destinations: Sequence[str]) -> bool:
    """Whether those who go somewhere are ambassadors who live there: the envoy to Vietnam visits a school in Hanoi."""
    return bool(first) and bool(destinations) and all(m.posted in destinations for m in first)
