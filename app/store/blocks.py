"""Blocks: numbers that readouts of the same occurrence share, so that only those are compared."""

from __future__ import annotations

from app.store.readouts import Readout


def blocks(readout: Readout) -> tuple[int, ...]:  # noqa: ARG001
    """The blocks of a readout."""
    return ()
