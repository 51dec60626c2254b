"""From an article to its event records: the only file that knows the order of the steps.

Pure: the same article and knowledge give the same records, byte for byte; no clock, network, database or settings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.extract.article_context import ArticleContext
from app.extract.assemble import assemble
from app.extract.clean import sort_zones
from app.extract.commitments import find_commitments
from app.extract.dates import find_dates
from app.extract.dates_url import date_in_url
from app.extract.draft_dating import date_drafts, told_day, without_background
from app.extract.event_record import event_of
from app.extract.frame_model import Frame
from app.extract.frames import find_frames
from app.extract.language import detect
from app.extract.mentions import find_mentions
from app.extract.model import DateExpression, Draft, MentionKind, Reading, Rejection, Text, Zone
from app.extract.pack import Pack, load_pack
from app.extract.published import head_of, published_in
from app.extract.requirements import EventWord, event_words
from app.extract.sufficiency import may_be_event
from app.extract.text import read
from app.extract.things import Taken
from app.extract.windows import windows
from app.knowledge.lookup import Knowledge
from app.records import Article, Event, Extraction, Precision, PublishedBasis

MOST_EVENT_WORDS = 3_000
"""A text is read until it has so many words that may tell an event, as 750,000 characters of agency reports have (an
article has some ten). What comes behind is left out: only texts that are meant to do harm have so many."""

_FIRST_LINE_URL = re.compile(r"\ufeff?\s{0,20}(https?://\S{1,2000})[ \t\r]*(?:\n|$)")
_HOST = re.compile(r"https?://(?:[^/@\s]{0,200}@)?(?:www\.)?([^/:?#\s]{1,253})", re.IGNORECASE)


@dataclass(frozen=True)
class Steps:
    """What the steps made of one text, for those who ask why."""

    text: Text
    pack: Pack
    reading: Reading
    dates: tuple[DateExpression, ...]
    frames: tuple[Frame, ...]
    drafts: tuple[Draft, ...]
    """Those that became events, in the same order."""
    events: tuple[Event, ...]
    rejected: tuple[Rejection, ...]


def extract(article: Article, knowledge: Knowledge, *, ignore_published: bool = False) -> Extraction:
    """The events that one article reports.

    `ignore_published` dates the events as if nobody had told when the article came out.
    """
    return _read(article, knowledge, ignore_published, whole=False)[0]


def trace(article: Article, knowledge: Knowledge, *, ignore_published: bool = False) -> tuple[Extraction, Steps | None]:
    """What `extract` gives, and the steps to it: of a long text those of its first window, in no language none."""
    return _read(article, knowledge, ignore_published, whole=True)


def _read(
    article: Article, knowledge: Knowledge, ignore_published: bool, *, whole: bool
) -> tuple[Extraction, Steps | None]:
    """The records, and the steps of the first window; unless they are wanted `whole`, only where an event may be."""
    language = detect(article.text)
    url = article.url or _url_of(article.text)
    published = None if ignore_published else article.published
    basis = (article.published_basis or PublishedBasis.given) if article.published else None
    if published is None and (published := date_in_url(url)):
        basis = basis or PublishedBasis.address
    headline: str | None = None
    steps: Steps | None = None
    events: tuple[Event, ...] = ()
    if language != "und":
        pack = load_pack(language)
        text = sort_zones(read(article.text, pack), pack)
        headline = _headline(text)
        parts = windows(text)
        telling = list(_telling(parts, pack, whole=whole))
        if published is None:
            head = head_of(parts[0])
            if (published := published_in(parts[0], find_dates(parts[0], pack, until=head))) is not None:
                basis = basis or PublishedBasis.text
        told = [_steps(part, words, pack, knowledge, published, url, whole=whole) for part, words in telling]
        steps, events = told[0] if told else None, tuple(event for one in told for event in one.events)
    extraction = Extraction(
        source=article.source,
        language=language,
        headline=headline,
        url=url,
        publisher=_publisher(url),
        published=article.published or published,
        published_basis=basis,
        sha256=hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
        events=events,
    )
    return extraction, steps


def _telling(parts: Sequence[Text], pack: Pack, *, whole: bool) -> Iterator[tuple[Text, tuple[EventWord, ...]]]:
    """The windows that have event words, with those, until there are too many; `whole`: the first in any case."""
    seen = 0
    for number, part in enumerate(parts):
        words = tuple(event_words(part, pack))
        if words or (whole and number == 0):
            yield part, words
        seen += len(words)
        if seen >= MOST_EVENT_WORDS:
            return


def _url_of(text: str) -> str | None:
    match = _FIRST_LINE_URL.match(text)
    return match.group(1) if match else None


def _publisher(url: str | None) -> str | None:
    """The host of the address, without www."""
    match = _HOST.match(url or "")
    return match.group(1).lower() if match else None


def _headline(text: Text) -> str | None:
    found = [s for s in text.sentences if s.zone is Zone.headline]
    return text.quote(found[0].start, found[-1].end) if found else None


def _steps(
    text: Text,
    words: tuple[EventWord, ...],
    pack: Pack,
    knowledge: Knowledge,
    published: date | None,
    url: str | None,
    *,
    whole: bool,
) -> Steps:
    """What the steps make of one window; unless they are wanted `whole`, they end where no event can come any more."""
    rejected: list[Rejection] = []
    reading = find_mentions(text, pack, knowledge, published)
    if not whole and not may_be_event(text, words, reading):
        return Steps(text, pack, reading, (), (), (), (), ())
    dates = _outside_names(text, find_dates(text, pack), reading)
    frames = find_frames(text, reading, dates, pack, rejected, words)
    drafts = assemble(text, frames, reading, dates, pack, published, rejected)
    if not drafts:
        return Steps(text, pack, reading, dates, frames, (), (), tuple(rejected))
    context = ArticleContext(text, pack, knowledge, reading, dates, published, url)
    kept, background = without_background(date_drafts(drafts, context), published)
    drafts = tuple(d for d, _ in kept)
    commitments = find_commitments(text, reading.mentions, drafts, dates, pack, published or told_day(kept))
    events = tuple(event_of(d, when, said, context) for (d, when), said in zip(kept, commitments, strict=True))
    return Steps(text, pack, reading, dates, frames, drafts, events, (*rejected, *background))


def _outside_names(text: Text, dates: tuple[DateExpression, ...], reading: Reading) -> tuple[DateExpression, ...]:
    """The dates that are no part of somebody's name: neither Theresa May nor, once she is named, May's office."""
    people = [m for m in reading.mentions if m.kind is MentionKind.person]
    taken = Taken((m.start, m.end) for m in people)
    surnames = {word for m in people if m.written for word in m.written.split()[1:]}

    def is_name(date_: DateExpression) -> bool:
        bare = date_.precision is Precision.month and date_.first.year is None and date_.shift_months is None
        inside = taken.overlaps(date_.start, date_.start + 1)
        return inside or (bare and text.plain[date_.start : date_.end] in surnames)

    return tuple(d for d in dates if not is_name(d))
