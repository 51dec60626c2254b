"""The day an article was published: as given, from its address, from the line that dates it, from its pictures; or the
stretch of time in which it must have appeared."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from app.extract.address_numbers import Window, number_window
from app.extract.addresses import latest_picture
from app.extract.dates_url import date_in_url, month_in_url
from app.extract.dates_words import whole_words
from app.extract.dating_context import DatingContext
from app.extract.model import DateExpression, Zone
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass

# A dateline stands at the very start of the body: "OSLO - 8 May 2016:", "新华社东京5月8日电".
_DATELINE = 60
_HEAD = 600
"""Behind a line or two that sum a report up, its dateline stands so far into the body."""
_PLACE_LINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:,|\s-|\s\u2013)\s?")
_PLACES = re.compile(r"(?:[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20}){0,2}, ?){1,2}")
"""A town, and perhaps its country, on a line of their own with the day."""
_FILED = re.compile("专?[电讯]|综合(?:外)?电")
"""Behind the day of a line that says when and where a report in Chinese was filed."""
_OLD_PICTURE = timedelta(days=3)
"""A picture this much older than the page's number allows was made for another article."""


@valueclass(frozen=True, slots=True)
class Anchor:
    """A day that "today" and "on Tuesday" count from."""

    day: date
    kind: str
    said: str
    sure: float
    """How sure it is that the article appeared then."""
    span: tuple[int, int] | None = None


def anchor_day(context: DatingContext) -> Anchor | None:
    """The day of publication, from the best source there is."""
    return context.once(anchor_day, lambda: _anchor(context))


def _anchor(context: DatingContext) -> Anchor | None:
    if context.published is not None:
        day = _filed(context, context.published)
        return Anchor(day, "publication", f"The article was published on {day}.", 0.95)
    day_in_url = date_in_url(context.url)
    if day_in_url is not None:
        return Anchor(day_in_url, "address", f"The address of the article carries the date {day_in_url}.", 0.93)
    line = dateline(context, full=True)
    if line is not None:
        first = line.first
        day = date(first.year or 1, first.month or 1, first.day or 1)
        return Anchor(day, "dateline", f"The article is dated {day}.", 0.9, (line.start, line.end))
    return _picture(context)


def _filed(context: DatingContext, published: date) -> date:
    """The day of publication; the one before it where the report was filed on that: "(中央社基辅19日专电)"."""
    before = published - timedelta(days=1)
    for expression in context.expressions:
        if expression.start > context.body_start + _DATELINE:
            break
        first = expression.first
        filed = first.day == before.day and first.month in (None, before.month) and first.year in (None, before.year)
        if filed and _FILED.match(context.text.plain, expression.end):
            return before
    return published


def _picture(context: DatingContext) -> Anchor | None:
    """The day its latest picture was stored, unless that was long before it can have appeared."""
    picture = latest_picture(context.addresses)
    if picture is None:
        return None
    window = window_of(context)
    if window is not None and not window.first - _OLD_PICTURE <= picture.day <= window.last:
        return None
    said = f"A picture of the article was stored on {picture.day}."
    return Anchor(picture.day, "picture", said, 0.9 if window is not None else 0.75, (picture.start, picture.end))


def window_of(context: DatingContext) -> Window | None:
    """When the article must have appeared, where only a stretch of time can be told: by its number or its month."""
    return context.once(window_of, lambda: _window(context))


def _window(context: DatingContext) -> Window | None:
    found = number_window(context.url, context.knowledge)
    month = month_in_url(context.url)
    if month is not None and (found is None or (found.last - found.first).days > 31):
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        said = f"The address of the article carries the month {month:%Y-%m}."
        return Window(month, month + timedelta(days=15), last, said)
    return found


def dateline(context: DatingContext, full: bool) -> DateExpression | None:
    """The date in the line before or at the start of the body; with its year where `full`."""
    limit = context.body_start + _HEAD
    for expression in context.expressions:
        if expression.start > limit:
            return None
        day = expression.first
        ready = day.month is not None and day.day is not None and (day.year is not None or not full)
        if ready and _stands_alone(expression, context):
            return expression
    return None


def _stands_alone(expression: DateExpression, context: DatingContext) -> bool:
    """Whether it dates the article and not something told about: before the body, or at its very start."""
    if expression.start < context.body_start:
        return context.zone_at(expression.start) is not Zone.headline or _is_whole_line(expression, context)
    return expression.start - context.body_start <= _DATELINE or _dates_report(expression, context)


def _is_whole_line(expression: DateExpression, context: DatingContext) -> bool:
    """Whether a line says nothing else but when it was put out: "Published : Jan. 4, 2018 - 19:44"."""
    line = context.text.sentence_at(expression.start)
    if line is None:
        return False
    rest = context.text.low[line.start : expression.start] + context.text.low[expression.end : line.end]
    if line.end - expression.end <= 1 and _PLACES.fullmatch(context.text.plain, line.start, expression.start):
        return True
    words = _words(context.pack, "publishing_line")
    return not any(c.isalpha() for c in (words.sub("", rest) if words is not None else rest))


def _dates_report(expression: DateExpression, context: DatingContext) -> bool:
    """Whether it stands behind a place in capitals that opens one of the first lines, or words for publishing."""
    sentence = context.text.sentence_at(expression.start)
    if sentence is None or sentence.zone is not Zone.body or expression.start - context.body_start > _HEAD:
        return False
    start, end = sentence.start, expression.start
    if _PLACE_LINE.fullmatch(context.text.plain, start, end):
        return True
    words = _words(context.pack, "publishing")
    return words is not None and words.search(context.text.low, max(start, end - _DATELINE * 2), end) is not None


@lru_cache
def _words(pack: Pack, name: str) -> re.Pattern[str] | None:
    """Words of a language for the publishing of a text."""
    return whole_words([lower(fold_phrase(w, pack)) for w in pack.data("dates").get(name, [])])
