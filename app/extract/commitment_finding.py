"""A commitment as the reader finds it, before it is given to an event and becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.extract.commitment_cues import Cue
from app.extract.model import Mention, MentionKind
from app.records import CommitmentKind, Level

GROUP = "*"
"""Stands for all parties of the event being told."""

UNKNOWN = "?"
"""Stands for somebody whose country the article does not tell."""

STRANGER = "-"
"""Stands for the press, experts and others who take no part: what they say binds nobody."""

Actors = tuple[str, ...]


@dataclass(slots=True, eq=False)
class Finding:
    """A commitment as found: whose, of what kind, and where it stands."""

    kind: CommitmentKind
    actors: Actors
    sentence: int
    start: int
    """Of the clause, subject included."""
    content: int
    """End of the cue: what is undertaken begins here."""
    end: int
    cue: Cue
    final: bool = False
    """What it is about stands before the cue."""
    member: bool = False
    """Whether it is a further member of a list."""
    whole: bool = False
    """Whether it is about one matter, however it is spelt out: "agreed about …"."""
    speaker: Actors = ()
    """Who reports it in the same sentence."""
    conditions: list[tuple[int, int]] = field(default_factory=list)
    rank: Level | None = None
    """The office of both sides, where it is named: "the two prime ministers"."""


def actors_of(mention: Mention) -> Actors:
    """Whose word it is when this mention speaks."""
    if mention.kind is MentionKind.group:
        return (GROUP,)
    return (mention.country or mention.organization or UNKNOWN,)
