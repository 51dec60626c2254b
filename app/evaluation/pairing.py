"""Which of two lists belong together: the pairs whose summed weight is the greatest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

Pairs = list[tuple[int, int]]

_MOST = 14
"""Longest lists that are paired exactly: every subset of the columns is looked at, 2 to the 14th at most."""


def best_pairs(weights: Sequence[Sequence[float]], floor: float) -> Pairs:
    """Pairs of row and column, each used once, none lighter than `floor`, in the order of the rows."""
    columns = len(weights[0]) if weights else 0
    if not columns:
        return []
    return _greedy(weights, floor) if max(len(weights), columns) > _MOST else _exact(weights, floor, columns)


def _exact(weights: Sequence[Sequence[float]], floor: float, columns: int) -> Pairs:
    @cache
    def best(row: int, used: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if row == len(weights):
            return 0.0, ()
        top = best(row + 1, used)  # the row stays alone
        for column in range(columns):
            weight = weights[row][column]
            if weight >= floor and not used & 1 << column:
                rest, pairs = best(row + 1, used | 1 << column)
                if rest + weight > top[0]:
                    top = rest + weight, ((row, column), *pairs)
        return top

    return list(best(0, 0)[1])


def _greedy(weights: Sequence[Sequence[float]], floor: float) -> Pairs:
    """The heaviest pair first; of equals the last."""
    ranked = sorted(((w, r, c) for r, row in enumerate(weights) for c, w in enumerate(row) if w >= floor), reverse=True)
    chosen: dict[int, int] = {}
    for _, row, column in ranked:
        if row not in chosen and column not in chosen.values():
            chosen[row] = column
    return sorted(chosen.items())
