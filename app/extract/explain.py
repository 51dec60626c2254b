"""Why an article gives the events it gives: what the steps handed to each other, put beside the events they made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from app.extract.commitment_cues import cues_of
from app.extract.frame_model import Frame
from app.extract.model import DateExpression, Draft, Mention, Rejection, Text
from app.extract.pack import Pack
from app.extract.pipeline import Steps, trace
from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge
from app.records import Article, Commitment, Event, Extraction, Span


@valueclass(frozen=True, slots=True)
class Said:
    """A commitment with the words that show its kind."""

    commitment: Commitment
    cue: Span | None
    """None where a list goes on, or the words before show it."""


@valueclass(frozen=True, slots=True)
class Told:
    """An event with the frames that tell it."""

    event: Event
    frames: tuple[Frame, ...]
    sentences: tuple[int, ...]
    """All sentences that tell about it."""
    said: tuple[Said, ...]


@valueclass(frozen=True, slots=True)
class Reasons:
    """What was read in a text on the way to its events."""

    text: Text
    mentions: tuple[Mention, ...]
    dates: tuple[DateExpression, ...]
    frames: tuple[Frame, ...]
    events: tuple[Told, ...]
    rejected: tuple[Rejection, ...]
    """Event words that made no event, in order."""


@valueclass(frozen=True, slots=True)
class Explanation:
    """An extraction with the reasons for it; none where the language is not known."""

    extraction: Extraction
    reasons: Reasons | None


def explain(article: Article, knowledge: Knowledge, *, ignore_published: bool = False) -> Explanation:
    """The same events as `extract` gives, and why these and no others."""
    extraction, steps = trace(article, knowledge, ignore_published=ignore_published)
    return Explanation(extraction, _reasons(steps) if steps else None)


def _reasons(steps: Steps) -> Reasons:
    pairs = zip(steps.events, steps.drafts, strict=True)
    return Reasons(
        text=steps.text,
        mentions=steps.reading.mentions,
        dates=steps.dates,
        frames=steps.frames,
        events=tuple(_told(event, draft, steps) for event, draft in pairs),
        rejected=tuple(_rejected(steps)),
    )


def _told(event: Event, draft: Draft, steps: Steps) -> Told:
    words = set(draft.triggers)
    return Told(
        event=event,
        frames=tuple(frame for frame in steps.frames if (frame.start, frame.end) in words),
        sentences=draft.sentences,
        said=tuple(Said(one, _cue(steps.text, one, steps.pack)) for one in event.commitments),
    )


def _rejected(steps: Steps) -> Iterator[Rejection]:
    """Each once, those aside whose word tells an event after all (one visit of a tour)."""
    told = {word for draft in steps.drafts for word in draft.triggers}
    for one in sorted(dict.fromkeys(steps.rejected), key=lambda r: (r.start, r.end)):
        if (one.start, one.end) not in told:
            yield one


def _cue(text: Text, commitment: Commitment, pack: Pack) -> Span | None:
    """The first word inside the evidence that shows a commitment of this kind."""
    for span in commitment.evidence:
        start, end = _plain(text, span.start), _plain(text, span.end)
        for token in cues_of(pack).tokens(text.low[start:end]):
            if token.cue is not None and token.cue.kind is commitment.kind:
                return text.span(start + token.start, start + token.end)
    return None


def _plain(text: Text, position: int) -> int:
    """A position of the given text in the text that the steps read."""
    return position if text.offsets is None else bisect_left(text.offsets, position)
