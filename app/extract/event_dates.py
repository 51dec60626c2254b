"""Which date expression of the article belongs to which event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.extract.dates_of_others import (
    NEAR_YEAR,
    is_bare_line,
    is_captioned,
    is_due,
    is_issued,
    is_quoted,
    not_added,
    of_dateline,
    of_effect,
    of_incident,
    of_other,
    of_paper,
    of_report,
    of_saying,
    of_thing,
    stands_behind,
)
from app.extract.event_words import Cues, cues_in
from app.extract.frame_model import LEAD, Frame
from app.extract.model import (
    DateExpression,
    PartialDate,
    Text,
    Zone,
)
from app.extract.occurrences import Occurrence
from app.extract.pack import Pack
from app.records import EventStatus, EventType, Precision

_ON_NEWS = ("sends", "gives", "against")
"""Layouts of what is done upon news of something that has a day of its own."""
_PREPOSITIONS = 2
"""Most words before a month that are no clause of their own: "in late"."""
_CHRONICLE = 5
"""Months of so many years make a chronicle: "1972 … 1986 … 1997 … 2005 … 2013"."""
_SET_OFF = 24
"""So far before a noun the words stand that set another act off from it: "prior to the meeting, A arrived …"."""


def dates_of_frames(
    text: Text, frames: Sequence[Frame], dates: Sequence[DateExpression], pack: Pack
) -> dict[int, DateExpression | None]:
    """For each frame (by its start) the date expression of its sentence that belongs to it."""
    found: dict[int, DateExpression | None] = {}
    told = _by_sentence(text, dates)
    ahead: set[int] = set()
    for frame in frames:
        here = [d for d in told.get(frame.sentence, ()) if _useful(d) and not of_other(text, d, pack)]
        if frame.trigger.layout in _ON_NEWS:
            here = [d for d in here if not of_incident(text, d, pack)]
        cues = cues_in(text.low, pack)
        if cues.ends(text.low[max(0, frame.start - _SET_OFF) : frame.start], "sets_off"):
            here = [d for d in here if d.start >= frame.start and "," not in text.low[frame.end : d.start]]
        here = [d for d in here if not _of_what_follows(text, frame, d, cues)]
        here = [d for d in here if not (is_quoted(text, d, frame) or of_paper(text, d, frame, frames, pack))]
        here = [d for d in here if not any(of(text, d, frame, pack) for of in (is_issued, of_thing, of_effect))]
        if not cues.spaced:
            here = [d for d in here if not _ahead_of_next(text, frame, d, frames)]
        told_ahead = frame.status is EventStatus.planned
        if frame.trigger.layout == "visits" and not cues.spaced:
            here = [d for d in here if not of_dateline(text, d)]  # the days of the visit stand further down
        if told_ahead:
            here = [d for d in here if not (of_report(text, d, frame.start, pack) or of_dateline(text, d))]
            here = [d for d in here if not of_saying(text, d, frame, pack)]
        said = not_added(text, frame, _not_said(text, frame, here, pack), cues["added_about"])
        told_of = _own_dates(text, frame, said, cues["date_of_other"])
        own = _nearest_date(frame, _behind_verbs(text, frame, frames, told_of))
        if own and own.same_day:
            own = _meant(text, own, dates if told_ahead else [d for d in dates if d.start not in ahead], pack)
        if own and told_ahead:
            ahead.add(own.start)
        reported = own is not None and of_saying(text, own, frame, pack)
        found[frame.start] = replace(own, of_report=True) if own and reported else own
    return found


def _of_what_follows(text: Text, frame: Frame, expression: DateExpression, cues: Cues) -> bool:
    """Whether a date behind an event word is that of what comes next: 在和甲会晤后,…下周; 发表联合声明说,…明年.

    Only where the language has no spaces: others say "after" ahead of the word.
    """
    if cues.spaced or expression.start < frame.end or "," not in text.low[frame.end : expression.start]:
        return False
    says = frame.trigger.type is EventType.statement and text.low.startswith(cues["speech"] or ("\0",), frame.end)
    return says or text.low.startswith(cues["after_it"] or ("\0",), frame.end)


def _ahead_of_next(text: Text, frame: Frame, expression: DateExpression, frames: Sequence[Frame]) -> bool:
    """Whether a date behind a comma stands ahead of another event word, whose it is where a day comes before its verb:
    下午会晤甲,之后前往成都,并在周五与乙会谈."""
    if expression.start < frame.end or "," not in text.low[frame.end : expression.start]:
        return False
    return any(f.sentence == frame.sentence and f.start >= expression.end for f in frames)


def _by_sentence(text: Text, dates: Sequence[DateExpression]) -> dict[int, list[DateExpression]]:
    """The dates that begin in each sentence, by its index."""
    told: dict[int, list[DateExpression]] = {}
    for expression in dates:
        sentence = text.sentence_at(expression.start)
        if sentence is not None:
            told.setdefault(sentence.index, []).append(expression)
    return told


def _own_dates(
    text: Text, frame: Frame, here: Sequence[DateExpression], others: tuple[str, ...]
) -> list[DateExpression]:
    """The dates of a sentence that may be the frame's: not the one it is filed on where another stands near, nor what
    "since" or "after" sets it off from ("the first visit since the election in May")."""
    own = [d for d in here if not (d.start > frame.end and _set_off(text.low[frame.end : d.start], others))]
    own = [d for d in own if not _month_of_relative(text, frame, d)]
    if any(d.start >= frame.end for d in own):  # "…on June 27, and B is to meet him in July"
        own = [d for d in own if d.start >= frame.end or not _clause_ends(text.low[d.end : frame.start])]
    near = [d for d in own if not of_dateline(text, d) and d.start - frame.end < NEAR_YEAR]
    return near if len(near) < len(own) and near else own


def _month_of_relative(text: Text, frame: Frame, expression: DateExpression) -> bool:
    """Whether a month stands in a clause of its own behind: "met B, who was appointed in October 2019"."""
    if expression.precision is not Precision.month or expression.start < frame.end:
        return False
    _, comma, behind = text.low[frame.end : expression.start].rpartition(",")
    # but "recalled its ambassador, B, in late April"
    return bool(comma) and not 0 < len(behind.split()) <= _PREPOSITIONS


def _clause_ends(gap: str) -> bool:
    """Whether a clause of its own begins between a date and an event word."""
    return ", and " in gap or "; " in gap


def _set_off(gap: str, others: tuple[str, ...]) -> bool:
    """Whether a word such as "since" or "ahead of" stands between an event word and a date."""
    return any(w in others for w in gap.split()) or any(w in gap for w in others if " " in w)


def _meant(text: Text, same_day: DateExpression, dates: Sequence[DateExpression], pack: Pack) -> DateExpression | None:
    """The day that "the same day" points back to, where the body names one before it."""
    days = [d for d in dates if d.end <= same_day.start and d.precision is Precision.day and not d.same_day]
    days = [d for d in days if not is_due(text, d, pack)]
    before = [d for d in days if _told(text, d) and not is_captioned(text, d, pack)]
    single = [d for d in before if d.first == d.last]  # a day, rather than a visit of several
    return (single or before)[-1] if before else None


def _not_said(text: Text, frame: Frame, here: Sequence[DateExpression], pack: Pack) -> Sequence[DateExpression]:
    """Without the day on which somebody says so: where the sentence has another, or what is said is still to come."""
    said = cues_in(text.low, pack)["said_after"]
    if not said:
        return here
    others = [d for d in here if not text.low.startswith(said, d.end) and not of_dateline(text, d)]
    return others if others or frame.status is EventStatus.planned else here


def _of_years(expression: DateExpression) -> bool:
    """Whether a range spans years: (2/9/1945 - 2/9/2023) says what is remembered."""
    first, last = expression.first.year, expression.last.year
    return first is not None and last is not None and last - first > 1


def _useful(expression: DateExpression) -> bool:
    return not _of_years(expression) and (
        expression.precision is Precision.day
        or expression.shift_days is not None
        or expression.weekday is not None
        or (expression.precision is Precision.month and expression.first.month is not None)
    )


def _behind_verbs(
    text: Text, frame: Frame, frames: Sequence[Frame], here: Sequence[DateExpression]
) -> Sequence[DateExpression]:
    """Without the day of an earlier verb, where another follows: "called A on Tuesday and met B on Thursday"."""
    if not any(d.start >= frame.end for d in here):
        return here
    earlier = [f.end for f in frames if f.sentence == frame.sentence and f.end <= frame.start]
    if not earlier or " and " not in text.low[earlier[-1] : frame.start]:
        return here
    taken = [d for d in here if earlier[0] <= d.start and d.end <= frame.start]
    return [d for d in here if d not in taken or " and " not in text.low[d.end : frame.start]]


def _nearest_date(frame: Frame, here: Sequence[DateExpression]) -> DateExpression | None:
    """The last one before the event word, else the first behind it; a full day beats a month."""
    days = [d for d in here if d.precision is Precision.day] or list(here)
    if inside := [d for d in days if frame.start <= d.start < frame.end]:  # "was signed on Friday by"
        return inside[0]
    before = [d for d in days if d.end <= frame.start]
    before = [d for d in before if not d.same_day] or before
    after = [d for d in days if d.start >= frame.end]
    if before and after and frame.trigger.layout == "visits" and after[0].last != after[0].first:
        return after[0]
    return before[-1] if before else after[0] if after else None


def frames_of_the_past(text: Text, frames: Sequence[Frame], dates: Sequence[DateExpression]) -> set[int]:
    """Starts of the frames whose sentence gives no day but a year ("visited Washington in 2015"): they are history."""
    found = set()
    told = _by_sentence(text, dates)
    for frame in frames:
        here = told.get(frame.sentence, [])
        years = [
            d for d in here if d.precision is Precision.year and d.first.year and abs(d.start - frame.start) < NEAR_YEAR
        ]
        if years and not any(_useful(d) for d in here) and frame.zone is Zone.body:
            found.add(frame.start)
    return found


def month_of_article(
    text: Text, dates: Sequence[DateExpression], published: date | None, pack: Pack
) -> PartialDate | None:
    """The month the article is from: that of its publication, else the latest day it names in full; the latest month
    where it goes through the years."""
    if published is not None:
        return PartialDate(published.year, published.month, published.day)
    again = cues_in(text.low, pack)["put_out_again"]  # "Updated July 12, 2016" may be years later
    told = [
        d.last for d in dates if d.last.year and d.last.month and _told(text, d) and not stands_behind(text, d, again)
    ]
    chronicle = len({d.year for d in told}) >= _CHRONICLE
    full = [d for d in told if d.day or chronicle]
    return max(full, key=lambda d: (d.year or 0, d.month or 0, d.day or 0), default=None)


def _told(text: Text, expression: DateExpression) -> bool:
    sentence = text.sentence_at(expression.start)
    return sentence is not None and sentence.zone in (Zone.body, Zone.headline)


def lead_date(text: Text, occurrence: Occurrence, dates: Sequence[DateExpression], pack: Pack) -> DateExpression | None:
    """The day that the lead gives, for an event told right behind it without a day of its own."""
    if not (occurrence.main.lead or occurrence.sentence <= LEAD) or occurrence.status is EventStatus.planned:
        return None
    body = [s for s in text.sentences if s.zone is Zone.body][:LEAD]
    since = (cues := cues_in(text.low, pack))["begun_then"] + cues["put_out_again"] + cues["signed_on"]
    days = (d for d in dates if d.precision is Precision.day and not d.same_day and not _of_years(d))
    inside = [d for d in days if any(s.start <= d.start < s.end and not is_bare_line(text, s, d) for s in body)]
    inside = [d for d in inside if not (stands_behind(text, d, since) or of_effect(text, d, occurrence.main, pack))]
    if occurrence.main.trigger.layout in _ON_NEWS:
        inside = [d for d in inside if not of_incident(text, d, pack)]
    start = text.sentences[occurrence.sentence].start
    before = [d for d in inside if d.end <= start]
    return before[0] if before else inside[0] if inside else None
