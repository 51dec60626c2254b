"""Events as JSON: what a readout, its event and its commitments share is written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.merging.unchecked import changed
from app.records import Commitment, Event
from app.store.commitment_ids import commitment_ids
from app.store.documents import ArticleSummary, KeptEvent

_NONE = '"commitments":[]'
_WITHOUT = {"commitments": ()}


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment of an event."""

    id: str
    commitment: Commitment
    json: str
    """Without its id."""


@dataclass(frozen=True, slots=True)
class Written:
    """An event with its JSON, and with what else its rows are made of."""

    event: Event
    briefs: tuple[ArticleSummary, ...]
    """The articles that report it, the leading one first."""
    promises: tuple[Promise, ...]
    document: str


@dataclass(frozen=True, slots=True)
class Parts:
    """The JSON of an event, and of its commitments apart."""

    bare: str
    """With no commitments."""
    commitments: tuple[str, ...]

    def whole(self) -> str:
        """The JSON of the whole event."""
        return _with(self.bare, self.commitments)


def _with(bare: str, commitments: Sequence[str]) -> str:
    # Quotes within texts are escaped, so that this stands nowhere else.
    return bare.replace(_NONE, f'"commitments":[{",".join(commitments)}]', 1) if commitments else bare


def parts(event: Event) -> Parts:
    """Writes an event."""
    bare = changed(event, _WITHOUT) if event.commitments else event
    return Parts(bare.model_dump_json(), tuple([one.model_dump_json() for one in event.commitments]))


def kept(event: KeptEvent) -> Written:
    """Writes the event that some readouts make together, or that people corrected."""
    made = parts(event)
    promises = tuple(
        Promise(one.id, one, text.replace(f',"id":"{one.id}"', "", 1))
        for one, text in zip(event.commitments, made.commitments, strict=True)
    )
    return Written(event, tuple(one.article for one in event.readouts), promises, made.whole())


def single(readout: str, event: Event, brief: ArticleSummary, made: Parts) -> Written:
    """Writes the event of one readout, given by its id, whose parts are at hand: as `kept` would write
    `merged.single`."""
    article = brief.model_dump_json()
    ids = commitment_ids(readout, event.commitments)
    named = [f'{text[:-1]},"id":"{id_}"}}' for id_, text in zip(ids, made.commitments, strict=True)]
    reported = f'{{"id":"{readout}","article":{article},"copy_of":null}}'
    document = f'{_with(made.bare, named)[:-1]},"article":{article},"readouts":[{reported}]}}'
    promises = tuple(map(Promise, ids, event.commitments, made.commitments))
    return Written(event, (brief,), promises, document)
