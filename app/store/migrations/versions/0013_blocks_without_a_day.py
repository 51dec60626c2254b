"""Readouts without any date are looked for by people, occasion and words, and not only by their parties."""

from __future__ import annotations

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Nothing here: `readout_block` is made anew, with all that is derived, by whoever opens the database."""


def downgrade() -> None:
    """Nothing: what was merged stays so."""
