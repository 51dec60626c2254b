"""Blocks: numbers that readouts of the same occurrence share, so that only those are compared.

A block is a day above 40 bits of a hash of what else is shared: the family of types and two of the parties. A report is
in the blocks of each of its days and of the day after its last, so that two that are a day apart meet. In order of
days, what is loaded together lies together in the index.

Reports without any date share no day. There may be any number of them about two parties, so that
more than parties has to be shared: the people, the occasion, or the words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import combinations

from app.merging.report import Traits, stretches

_HASH_BITS = 40

_FEW = 4
"""Up to so many parties go in pairs; more go one by one."""

_MARKS = 16
"""People or pairs of people that are looked at: long lists have enough in common with any other report of them."""
_WORDS = 4
"""So many places of the text, those next to where it tells of the event: head and tail differ between copies."""

_ONE_SIDED = frozenset({"voice", "break", "sanction", "aid", "message", "recognition"})
"""Families that need no second party."""


def blocks(one: Traits) -> tuple[int, ...]:
    """The blocks of a report, in order."""
    parts = [f"{one.family}|{part}" for part in _shared(one)]
    if not has_day(one):
        parts = [f"{part}|{mark}" for part in parts for mark in _marks(one)]
    shared = [_hash(part) for part in parts]
    return tuple(sorted({day << _HASH_BITS | part for day in _days(one) for part in shared}))


def has_day(one: Traits) -> bool:
    """Whether any day is known of a report; where not, its words are looked at, beside what is compared."""
    return one.when is not None or bool(stretches(one))


@lru_cache(maxsize=20_000)
def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_HASH_BITS // 8).digest(), "big")


def _shared(one: Traits) -> Iterator[str]:
    parties = sorted(one.parties)
    if not parties:
        yield from (f"actor {actor}" for found in one.people.values() for actor in found)
    if len(parties) == 1 or one.family in _ONE_SIDED:
        yield from (f"alone {party}" for party in parties)
    if len(parties) <= _FEW:
        yield from (f"pair {first} {second}" for first, second in combinations(parties, 2))
    if len(parties) > 2:
        yield from (f"among {party}" for party in parties)


def _marks(one: Traits) -> list[str]:
    """What two reports without any date have in common if they are of the same occurrence: somebody of each side where
    two sides are named, the occasion, or, as copies of one text, the words that tell of it and how far apart they
    stand."""
    sides = [found for party in sorted(one.people.keys() | one.names.keys()) if (found := _people(one, party))]
    if len(sides) > 1:
        found = [f"{a} and {b}" for first, second in combinations(sides, 2) for a in first for b in second][:_MARKS]
    else:
        found = [somebody for side in sides for somebody in side][:_MARKS]
    if one.occasion:
        found.append(f"at {one.occasion}")
    event = one.report.event
    said = (event.evidence, *(somebody.evidence for somebody in event.participants))
    spans = {(span.start, span.quote) for evidence in said for span in evidence}
    first = min((span.start for span in event.evidence), default=0)
    told = sorted(((start - first, quote) for start, quote in spans), key=lambda one: (abs(one[0]), one))[:_WORDS]
    return [*found, f"told {told}"]


def _people(one: Traits, party: str) -> list[str]:
    """Who stands for a party, by id or by the words of the name."""
    unknown = (" ".join(sorted(name.split())) for name in one.names.get(party, ()))
    return sorted({*one.people.get(party, ()), *unknown})


def _days(one: Traits) -> set[int]:
    found = stretches(one)
    if not found:
        return {one.when.first.replace(month=1, day=1).toordinal() if one.when else 0}
    return {
        day
        for stretch in found
        for day in range(stretch.first.toordinal(), min(stretch.last.toordinal() + 1, date.max.toordinal()) + 1)
    }
