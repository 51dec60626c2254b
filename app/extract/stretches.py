"""Which sentences tell about which event."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.model import (
    Mention,
    Text,
    Zone,
)
from app.extract.occurrences import TALKS, Occurrence
from app.records import EventStatus, EventType


def stretches_of(text: Text, found: Sequence[Occurrence], mentions: Sequence[Mention]) -> list[tuple[int, ...]]:
    """For each occurrence the sentences that tell about it."""
    carriers = [i for i, o in enumerate(found) if not _told_at_talks(o, found)] or list(range(len(found)))
    told = sorted(carriers, key=lambda i: (_aside(found[i]), i), reverse=True)
    own = {f.sentence: i for i in told for f in found[i].frames}
    unique = _unique_people(found, carriers)
    by_sentence: dict[int, set[str]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, set()).add(mention.key)
    stretch: dict[int, set[int]] = {i: {f.sentence for f in o.frames} for i, o in enumerate(found)}
    # What both sides are said to want before anybody is named belongs to talks, not to what one of them attended.
    current = next((i for i in carriers if len(found[i].sides) > 1), carriers[0] if carriers else None)
    for sentence in text.sentences:
        if sentence.zone is not Zone.body or current is None:
            continue
        keys = by_sentence.get(sentence.index)
        named = [i for i in carriers if not keys.isdisjoint(unique[i])] if keys else []
        if sentence.index in own:
            teller = own[sentence.index]
            if found[teller].status is found[current].status or not _both_at(found[teller], found[current]):
                current = teller
            else:  # "they agreed to meet again in May": talks go on after what they arranged
                stretch[teller].add(sentence.index)
        elif len(named) == 1:
            current = named[0]
        stretch[current].add(sentence.index)
    return [tuple(sorted(stretch[i])) for i in range(len(found))]


def _aside(occurrence: Occurrence) -> bool:
    """Whether it only sets the scene for talks told in the same sentence: somebody attends it, or it is to come."""
    return len(occurrence.sides) < 2 or occurrence.status is EventStatus.planned


def _both_at(arranged: Occurrence, talks: Occurrence) -> bool:
    """Whether something planned is what those who talked arranged: it is told of nobody else."""
    return arranged.status is EventStatus.planned and talks.type in TALKS and arranged.sides <= talks.sides


def _told_at_talks(occurrence: Occurrence, found: Sequence[Occurrence]) -> bool:
    """Whether what is said belongs elsewhere: to the talks at which aid was promised, and never to a visit."""
    if occurrence.type is not EventType.aid:
        return occurrence.type is EventType.visit
    return any(o.type in TALKS and occurrence.sides <= o.sides and len(occurrence.sides) > 1 for o in found)


def _unique_people(found: Sequence[Occurrence], carriers: Sequence[int]) -> dict[int, set[str]]:
    """Those who take part in one occurrence only, by which a sentence can be told to belong to it."""
    counts: dict[str, int] = {}
    keys = {i: {*found[i].people, *_stop(found[i])} for i in carriers}
    for key in (k for i in carriers for k in keys[i]):
        counts[key] = counts.get(key, 0) + 1
    return {i: {k for k in keys[i] if counts[k] == 1} for i in carriers}


def _stop(occurrence: Occurrence) -> tuple[str, ...]:
    """The country visited, by which the stops of a tour are told apart."""
    return (f"country:{occurrence.destination}",) if occurrence.type is EventType.visit else ()
