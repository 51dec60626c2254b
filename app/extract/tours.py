"""Where a visit goes: the countries listed behind the word, or the one that a preposition marks before it."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.clauses import PERSONAL, Clause, Parts
from app.extract.model import MentionKind, Reading


def destinations_of(clause: Clause, reading: Reading, parts: Parts, near: int) -> tuple[str, ...]:
    """The countries visited: those listed right after the word, or the one that a preposition marks before it."""
    spans = [(m.start, m.end) for m in (*parts.first, *parts.second, *parts.inviter) if m.kind in PERSONAL]
    hits: list[tuple[int, int, str]] = [(p.start, p.end, p.country) for p in reading.places if p.country]
    hits += [
        (m.start, m.end, m.country)
        for m in (*clause.left, *clause.right)
        if m.kind is MentionKind.country and m.country
    ]
    hits = [h for h in hits if not any(a <= h[0] < b for a, b in spans)]
    opening = clause.opening(clause.start)
    for start, end, country in sorted(hits, reverse=True):
        if opening <= start and end <= clause.start:
            before = clause.text.low[max(opening, start - 10) : start]
            if clause.cues.ends(before, "destination_before"):
                return (country,)
    behind = max([clause.end, *(m.end for m in parts.first)])  # "the visit of X to Y"
    return _stops(clause, hits, clause.end, near) or _stops(clause, hits, behind, near) or _host_land(clause, parts)


def _stops(clause: Clause, hits: Sequence[tuple[int, int, str]], last: int, near: int) -> tuple[str, ...]:
    """The countries listed right behind a position."""
    found: list[str] = []
    for start, end, country in sorted(hits):
        gap = clause.text.low[last:start]
        if start < last or (start - last > near if not found else not _next_stop(clause, gap)):
            if start < last:
                continue
            break
        found.append(country)
        last = end
    return tuple(dict.fromkeys(found))


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
