"""The ids of what a readout says was promised."""

from __future__ import annotations

from collections.abc import Iterable

from app.records import Commitment
from app.store import ids


def commitment_ids(readout: str, commitments: Iterable[Commitment]) -> list[str]:
    """The ids of a readout's commitments, in order."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for commitment in commitments:
        said = (commitment.kind._value_, commitment.text)
        number = seen.get(said, 0)
        found.append(ids.commitment_id(readout, *said, number))
        seen[said] = number + 1
    return found
