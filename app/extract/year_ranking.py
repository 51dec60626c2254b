"""Candidates in the order of how likely the evidence makes them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.extract.valueclass import valueclass
from app.extract.year_model import Candidate, YearEvidence


@valueclass(frozen=True, slots=True)
class Ranking:
    """Candidates by share, with the evidence."""

    candidates: Sequence[Candidate]
    shares: tuple[float, ...]
    evidence: Sequence[YearEvidence]
    order: tuple[int, ...]
    """Positions of the candidates, the likeliest first."""

    def supporting(self, at: int) -> list[YearEvidence]:
        """The pieces that single out a candidate from the average of the others."""
        rest = max(1, len(self.candidates) - 1)
        return [
            piece
            for piece in self.evidence
            if piece.weights[at] >= max(piece.weights) - 0.6
            and piece.weights[at] - (sum(piece.weights) - piece.weights[at]) / rest >= 0.5
        ]


def rank(candidates: Sequence[Candidate], evidence: Sequence[YearEvidence]) -> Ranking:
    """Adds up the weights and turns them into shares of 1."""
    totals = [sum(each) for each in zip(*(p.weights for p in evidence), strict=True)] or [0.0] * len(candidates)
    top = max(totals)
    odds = [math.exp(t - top) for t in totals]
    whole = sum(odds)
    shares = tuple([o / whole for o in odds])
    # A stable sort of the shares the other way round keeps the order of those that are alike.
    order = sorted(range(len(shares)), key=shares.__getitem__, reverse=True)
    return Ranking(candidates, shares, evidence, tuple(order))
