"""The commitments of an event against the labelled ones: found where the evidence touches the labelled words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.evaluation.gold import GoldCommitment
from app.evaluation.pairing import best_pairs
from app.evaluation.tally import Count, Tally
from app.records import Commitment

_SHOWN = 60
"""So much of a commitment's words is shown."""


def _touches(gold: GoldCommitment, found: Commitment, text: str) -> bool:
    """Whether the evidence overlaps the labelled words, at their first place in the text."""
    start = text.find(gold.anchor)
    if start < 0:  # joined by hand from several lines
        quotes = [span.quote for span in found.evidence]
        return any(gold.anchor in quote or (quote and quote in gold.anchor) for quote in quotes)
    end = start + len(gold.anchor)
    return any(span.start < end and start < span.end for span in found.evidence)


def _right_kind(gold: GoldCommitment, found: Commitment) -> bool:
    return found.kind is gold.kind or found.kind in gold.kind_also


def _weight(gold: GoldCommitment, found: Commitment, text: str) -> float:
    if not _touches(gold, found, text):
        return 0.0
    return 1.0 + 0.5 * bool(gold.actors & set(found.actors)) + 0.25 * _right_kind(gold, found)


def _compare(gold: GoldCommitment, found: Commitment, tally: Tally) -> Iterator[str]:
    """Counts what a commitment that was found says; yields what it says wrong."""
    if not tally.check("commit_actor", gold.actors == set(found.actors)):
        yield f"{'+'.join(found.actors)} for {'+'.join(sorted(gold.actors))}: {gold.anchor[:_SHOWN]}"
    if not tally.check("commit_kind", _right_kind(gold, found)):
        yield f"{found.kind} for {gold.kind}: {gold.anchor[:_SHOWN]}"
    if gold.topics:
        tally.check("commit_topic", bool(gold.topics & set(found.topics)))
    amounts = {(one.value, one.unit) for one in found.amounts}
    for amount in gold.amounts:
        if not tally.check("amount", (amount.value, amount.unit) in amounts):
            yield f"missed amount {amount.value:g} {amount.unit}"
    if gold.deadline:
        said = found.deadline.date.isoformat() if found.deadline else None
        if not tally.check("deadline", said == gold.deadline):
            yield f"deadline {said} should be {gold.deadline}"


def score_commitments(
    gold: Sequence[GoldCommitment], found: Sequence[Commitment], text: str, tally: Tally
) -> Iterator[str]:
    """Counts the commitments of one event; yields what is wrong with them."""
    pairs = best_pairs([[_weight(one, other, text) for other in found] for one in gold], 1.0)
    for row, column in pairs:
        tally.counts["commit"] += Count(hit=1)
        yield from _compare(gold[row], found[column], tally)
    rows, columns = {row for row, _ in pairs}, {column for _, column in pairs}
    for row, one in enumerate(gold):
        if row not in rows and not one.optional:
            tally.counts["commit"] += Count(missed=1)
            yield f"missed {one.kind} by {'+'.join(sorted(one.actors))}: {one.anchor[:_SHOWN]}"
    for column, other in enumerate(found):
        if column not in columns:
            tally.counts["commit"] += Count(extra=1)
            yield f"extra {other.kind} by {'+'.join(other.actors)}: {other.text[:_SHOWN]}"
