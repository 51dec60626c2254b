"""Whether a frame tells enough to make an event of its own, and the reason where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from app.extract.clauses import parties_of
from app.extract.dates_of_others import DATELINE
from app.extract.event_words import Cues, cues_in
from app.extract.frame_model import Frame
from app.extract.model import (
    DateExpression,
    Mention,
    MentionKind,
    PartialDate,
    PlaceHit,
    Reading,
    Text,
    Zone,
)
from app.extract.occurrences import ONE_SIDED, PERSONAL, SAID, TALKS
from app.extract.pack import Pack
from app.extract.requirements import EventWord
from app.records import EventStatus, EventType, Level, Precision

_ACTS = frozenset({EventType.sanction, EventType.rejection, EventType.protest})
"""Acts of one side, often only spoken of in talks (lift the sanctions): an event where they are the news."""


_ENVOYS = (Level.ambassador, Level.envoy)

_BY_ONE = ONE_SIDED | SAID | {EventType.conference}
"""What one party may do alone."""


_TOP = 8
"""So many sentences of an article hold its headline, captions and lead."""
_PAIR_BEFORE, _PAIR_BEHIND, _ACT_BEFORE, _LIST_BEHIND = 2, 5, 4, 25
"""So many sentences before, and behind the lead, may name the two who met; so many before, whose act a protest is of;
so many behind may list the ambassadors who presented their credentials (`pairs`, `targets`, `delegates`)."""


def may_be_event(text: Text, words: Sequence[EventWord], reading: Reading) -> bool:
    """Whether some event may be told where these event words stand and these parties and places are named.

    Most articles of a newspaper are told here to have none, before anybody asks who did what with whom: where they
    speak of a meeting or a journey they name one state, and an event has two parties (`is_event`), unless one side acts
    alone or a body stands for its members.
    """
    reach = _reach(words, reading)
    near = [m for m in reading.mentions if m.sentence in reach]
    if any(m.organization for m in near):
        return True
    visits = any(trigger.layout == "visits" for _, _, trigger in words)
    lands = chain(
        (m.country for m in near),
        (m.posted for m in near),
        (trigger.destination for _, _, trigger in words),
        (p.country for p in reading.places if _is_near(text, p, reach, visits)),
    )
    named = filter(None, lands)
    first = next(named, None)
    if any(land != first for land in named):
        return True
    return any(trigger.type in _BY_ONE for _, _, trigger in words) and bool(near)


def _reach(words: Sequence[EventWord], reading: Reading) -> set[int]:
    """The sentences that may name who takes part: those of the event words, and those that such words point to."""
    both = {m.sentence for m in reading.mentions if m.kind is MentionKind.group}
    reach: set[int] = set()
    for _, sentence, trigger in words:
        at = sentence.index
        reach.add(at)
        if trigger.shared or at in both:
            reach.update(range(at - _PAIR_BEFORE, at + (_PAIR_BEHIND if at <= _TOP else 0) + 1))
        if trigger.type is EventType.protest:
            reach.update(range(at - _ACT_BEFORE, at))
        if trigger.layout == "presents":
            reach.update(range(at, at + _LIST_BEHIND))
    return reach


def _is_near(text: Text, place: PlaceHit, reach: set[int], visits: bool) -> bool:
    """Whether a place is one of those sentences, or may be where the report of a visit is filed from."""
    number = text.sentence_number(place.start)
    return number in reach or (visits and number >= 0 and place.start - text.starts[number] < DATELINE)


def what_is_lacking(frame: Frame, dated: bool, repeated: bool) -> str | None:
    """What a frame lacks to make an event of its own; None where it names enough.

    `dated`: its sentence gives a day, so that "earlier, on the evening of the 12th" is told as news; `repeated`: the
    headline already says that this kind of event is what the article is about.
    """
    if frame.group:
        return "says only that both sides did it, and no event it could belong to is told"
    if frame.history or (frame.background and not dated):
        return "background, by the words before it" + (", and without a day" if not frame.history else "")
    if frame.trigger.type in _ACTS and not (frame.lead or dated):
        return "an act of one side, neither in the lead nor with a day"
    if frame.trigger.layout == "visiting":
        return "says who was visiting, not that a visit took place"
    if frame.trigger.weak and not (frame.members and frame.lead) and not _told_by_noun(frame, dated, repeated):
        return "a noun, neither in the lead nor with a day and people on both sides"
    return (
        None if _names_enough(frame, dated and not frame.background) else f"names too few for `{frame.trigger.layout}`"
    )


def _names_enough(frame: Frame, dated: bool) -> bool:
    """Whether those are named whom the layout of the event word asks for; states alone will do in the lead or with a
    day."""
    people = [m for m in frame.mentions if m.kind in PERSONAL]
    counterpart = frame.delegates or any(m.kind in PERSONAL for m in frame.second)
    match frame.trigger.layout:
        case "visits":
            enough = bool(
                frame.destinations and frame.first and (people or frame.delegates or not frame.trigger.arrival)
            )
        case "states":
            enough = frame.lead and any(_speaks_for_many(m) for m in frame.first)
        case "gives":
            enough = frame.lead and bool(frame.first and frame.second)  # further down it is a commitment of the talks
        case "mediates":
            enough = bool(frame.first and frame.second)
        case "joint" | "against" | "signs":
            enough = bool(frame.first)
        case "receives" | "received" if not counterpart:
            enough = False
        case "attends":
            host = people or (frame.trigger.hosting and frame.first) or parties_of(frame.first) > 2
            enough = bool((frame.lead or (dated and frame.numbered)) and frame.gathering and host)
        case "held":
            several = frame.members or parties_of(frame.first) > 1 or any(m.organization for m in frame.first)
            enough = frame.lead and frame.gathering and (bool(people) or several)
            enough = enough or (dated and frame.gathering and bool(frame.second) and parties_of(people) > 1)
        case "presents":
            enough = any(m.level in _ENVOYS for m in people) or (frame.delegates and bool(people))
        case "sends":
            enough = bool(people)
        case _:
            told = people or frame.lead or (dated and (frame.trigger.type is EventType.negotiation or frame.numbered))
            enough = bool(frame.first and frame.second and told) or (frame.members and frame.lead)
    return enough


def _speaks_for_many(mention: Mention) -> bool:
    """Whether what somebody says is said by a state or a body: a spokesperson, the head of the UN, and not a leader."""
    return mention.kind not in PERSONAL or mention.office == "spokesperson" or bool(mention.organization)


def _told_by_noun(frame: Frame, dated: bool, repeated: bool) -> bool:
    """Whether a bare noun ("in the talks with B, A said") tells an event of its own: in the lead, or with a day."""
    if frame.trigger.type is EventType.recognition:
        return frame.lead and bool(frame.first) and parties_of(frame.mentions) > 1
    if frame.trigger.type is EventType.statement:  # the paper itself, by its title
        return frame.zone is Zone.headline and parties_of(frame.first) > 1
    if frame.trigger.layout == "sends" and frame.lead and frame.first and frame.second:
        return all(m.kind is MentionKind.person for m in frame.mentions)
    if frame.trigger.type not in TALKS:
        return repeated or (frame.lead and frame.trigger.type is EventType.visit)
    sides = [{m.kind in PERSONAL for m in side} for side in (frame.first, frame.second)]
    told = dated or repeated or frame.trigger.circumstance
    return sides[0] == sides[1] and (frame.lead or (told and sides[0] == {True}))


def why_ruled_out(
    frame: Frame, expression: DateExpression | None, signed: set[int], past: set[int], reference: PartialDate | None
) -> str | None:
    """Why a frame tells neither an event of its own nor more about another; None where it may."""
    if frame.trigger.layout == "signs" and frame.start not in signed:
        return "does not say what was signed"
    if frame.trigger.shared:
        return None
    received = frame.delegates or any(m.kind in PERSONAL for m in frame.second)
    if frame.trigger.layout in ("receives", "received") and not received:
        return "does not say who was received"
    if frame.start in past:
        return "history: a year and no day"
    if _only_a_month(frame, expression):
        return "history: a month and no day"
    return "history: dated well before the article" if long_ago(expression, reference) else None


def _only_a_month(frame: Frame, expression: DateExpression | None) -> bool:
    """ "In June, he visited Delhi", further down: news tells on which day it was."""
    if frame.lead or frame.group or expression is None or frame.status is not EventStatus.occurred:
        return False
    month = expression.precision is Precision.month
    return month and expression.weekday is None and expression.shift_days is None


def long_ago(expression: DateExpression | None, reference: PartialDate | None) -> bool:
    """Whether an expression is dated in full, and to a month well before the article's own."""
    if expression is None or reference is None or expression.last.year is None or reference.year is None:
        return False
    months = (reference.year - expression.last.year) * 12 + (reference.month or 12) - (expression.last.month or 12)
    return months > 1


def signing_frames(text: Text, frames: Sequence[Frame], pack: Pack) -> set[int]:
    """Starts of the signing frames that say what was signed."""
    cues = cues_in(text.low, pack)
    return {f.start for f in frames if f.trigger.layout == "signs" and cues.has(_signed(text, f, cues), "documents")}


def _signed(text: Text, frame: Frame, cues: Cues) -> str:
    """Where what was signed stands: behind the word, or before it ("the agreement was signed by A and B", "Hiệp định
    đã được A và B ký")."""
    start = text.sentences[frame.sentence].start
    by = min((m.start for m in frame.mentions if start <= m.start < frame.start), default=start)
    if not frame.trigger.doer_after and not (cues["done_by"] and cues.ends(text.low[start:by], "done_by")):
        start = frame.start
    return text.low[start : frame.end + 60]
