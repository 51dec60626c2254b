"""Dates in an event's sentence that are the day of something else: a report, a deadline, an earthquake, a dateline.

In: a text and a date expression of it, with what tells the event where that matters. Out: whether it is such a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.extract.event_words import cues_in
from app.extract.frame_model import Frame
from app.extract.model import DateExpression, Sentence, Text
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.year_firsts import of_office
from app.records import EventType

DATELINE = 30
"""So far into the first sentence the place it is filed from may stand."""
_FILED = re.compile(r"\.? ?(?:\([^()\n]{2,40}\)|, ?[A-Z][A-Za-z]{1,12}) ?(?:-|–|—)")
"""The agency behind the date of the line that a report begins with: " (Reuters) -", ", GNA –"."""
_BRACKETED = re.compile(r"[A-Z][A-Z./, -]{2,40}\([A-Z][^()\n]{2,60}[-,–] ?$")
"""What stands before a day in brackets behind the place that a report is filed from: "MOSCOW (Agency - |11 June)"."""
_FILED_REACH = 100
"""So far into the first sentence such a day may stand."""
_WORD = 24
"""Characters before a date in which the word stands that says what it is the day of."""
_WEEKDAY = 10
"""Most letters that the day of the week has, or "GMT" behind the hour."""
_CLOCK = re.compile(r"\d\d?[:h]\d\d")
NEAR_YEAR = 60
"""So many characters between an event word and a year that belongs to it."""


def of_other(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """Whether a date is that of a report or of an office taken, or the day by which something is to be done."""
    return any(of(text, expression, pack) for of in (is_due, _reported, of_office))


def is_due(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """Whether a date is the day by which something is to be done: 要求其13日前离境."""
    cues = cues_in(text.low, pack)
    due = text.low.startswith(cues["deadline_after"] or ("\0",), expression.end)
    return due and not text.low.startswith(cues["no_deadline_after"] or ("\0",), expression.end)


def _reported(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """The day a report came out, not the day it tells of: "Bloomberg đưa tin ngày 17/11", "据新华社20日报道"."""
    cues = cues_in(text.low, pack)
    before = text.low[max(0, expression.start - 20) : expression.start]
    after = text.low[expression.end : expression.end + 8].lstrip()
    return cues.ends(before, "reporting_before") or after.startswith(cues["reporting_after"] or ("\0",))


def of_paper(text: Text, expression: DateExpression, frame: Frame, frames: Sequence[Frame], pack: Pack) -> bool:
    """Whether a date is that of a paper which is only named: "lễ ký nghị định thư của hiệp định | ký ngày 9/7".

    Then the sentence has told of an event before the word for signing that the date stands behind.
    """
    near = max(0, expression.start - _WORD)
    if not cues_in(text.low, pack).ends(text.low[near : expression.start], "signed_on"):
        return False
    return any(f.sentence == frame.sentence and f.end < near for f in frames)


def is_issued(text: Text, expression: DateExpression, frame: Frame, pack: Pack) -> bool:
    """Whether a date tells when something was said of an event: "tuyên bố về chuyến thăm được đưa ra | tối 17/6"."""
    if frame.trigger.type is EventType.statement or expression.start < frame.end:
        return False
    near = text.low[max(frame.end, expression.start - _WORD) : expression.start]
    return cues_in(text.low, pack).ends(near, "issued_on")


def is_quoted(text: Text, expression: DateExpression, frame: Frame) -> bool:
    """Whether a date stands in what somebody says behind an event word: "told B: 'We shall see on the 12th'"."""
    words = text.plain[frame.end : expression.start]
    straight = words.count('"') % 2 == 1 and text.plain[frame.start - _WORD : frame.start].count('"') == 0
    return straight or words.rfind("“") > words.rfind("”")


def of_thing(text: Text, expression: DateExpression, frame: Frame, pack: Pack) -> bool:
    """Whether a date behind an event word is part of what was spoken of: "talked about the |18 December| meeting"."""
    if expression.start < frame.end or not text.low.endswith(" the ", 0, expression.start):
        return False
    things = cues_in(text.low, pack)["dated_things"]
    return text.low[expression.end : expression.end + _WORD].lstrip().startswith(things or ("\0",))


def of_effect(text: Text, expression: DateExpression, frame: Frame, pack: Pack) -> bool:
    """Whether a date behind a signing tells from when or until when what was signed holds: "effective 1 January"."""
    if frame.trigger.type is not EventType.signing or expression.start < frame.end:
        return False
    near = text.low[max(frame.end, expression.start - _WORD) : expression.start]
    return cues_in(text.low, pack).ends(near, "in_force_from")


def of_report(text: Text, expression: DateExpression, end: int, pack: Pack) -> bool:
    """Whether a date tells when what is planned was made known: "the ministry said on Friday that A will visit B"."""
    between = text.low[expression.end : min(end, expression.end + NEAR_YEAR)]
    return cues_in(text.low, pack).has(between, "reports")


def of_saying(text: Text, expression: DateExpression, frame: Frame, pack: Pack) -> bool:
    """Whether a date behind what is planned tells when it was said: "… will visit Oslo, the ministry said Tuesday"."""
    if expression.start < frame.end:
        return False
    return cues_in(text.low, pack).ends(text.low[frame.end : expression.start], "saying")


def of_incident(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """Whether a date tells when the earthquake or the election was on which a message is sent."""
    sentence = text.sentence_at(expression.start)
    if sentence is None:
        return False
    clause = max(text.low.rfind(mark, sentence.start, expression.start) for mark in ",;:") + 1
    before = text.low[max(clause, sentence.start) : expression.start]
    return cues_in(text.low, pack).has(before, "incidents")


def of_dateline(text: Text, expression: DateExpression) -> bool:
    """Whether a date is that of the line a report begins with: "CAIRO - 26 July 2022: …", "(Hanoi, 4 May) - …"."""
    sentence = text.sentence_at(expression.start)
    if sentence is None or expression.start - sentence.start > _FILED_REACH:
        return False
    if _BRACKETED.match(text.plain, sentence.start, expression.start) and text.plain.startswith(")", expression.end):
        return True
    if expression.start - sentence.start > DATELINE:
        return False
    if _FILED.match(text.plain, expression.end):
        return True
    follows = text.plain[expression.end : expression.end + 14].lstrip(" )")
    return (
        follows.startswith((":", "-", "—", "电", "讯", "专电", "综合"))
        or " --" in follows
        or ") -" in follows
        or ") —" in follows
    )


def is_captioned(text: Text, expression: DateExpression, pack: Pack) -> bool:
    """Whether a photo credit stands right behind the sentence of a date: "… ở Seoul ngày 11/5. Ảnh: AFP"."""
    credits_ = tuple(lower(fold_phrase(w, pack)) for w in pack.data("clean").get("credit_starts", ()))
    sentence = text.sentence_at(expression.start)
    behind = text.low[sentence.end : sentence.end + 20].lstrip() if sentence is not None else ""
    return bool(credits_) and behind.startswith(credits_)


def stands_behind(text: Text, expression: DateExpression, words: tuple[str, ...]) -> bool:
    """Whether a date stands right behind one of some words."""
    return bool(words) and text.low[max(0, expression.start - _WORD) : expression.start].rstrip(" :").endswith(words)


def is_bare_line(text: Text, sentence: Sentence, expression: DateExpression) -> bool:
    """Whether a line is only the day and hour when something was put out: "2016-09-06 18:01", "Thứ năm 3/5 11:07"."""
    rest = text.low[sentence.start : expression.start] + text.low[expression.end : sentence.end]
    letters = sum(c.isalpha() for c in rest)
    return not letters or (letters <= _WEEKDAY and bool(_CLOCK.search(rest)))


def not_added(
    text: Text, frame: Frame, here: Sequence[DateExpression], relatives: tuple[str, ...]
) -> Sequence[DateExpression]:
    """Without a day of what is only added about somebody, where another is told: "A, who arrived on Monday, will"."""

    def is_added(expression: DateExpression) -> bool:
        clause = text.low[: expression.start].rpartition(", ")[2] if expression.end <= frame.start else ""
        return clause.startswith(relatives) and text.low.startswith(",", expression.end)

    return [d for d in here if not is_added(d)] or here if relatives else here
