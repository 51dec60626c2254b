"""Which part of a page is the article, and which is headline, caption, navigation or another story.

Works on lines, since pages lose everything but their line breaks on the way to us; the words that give a caption or
a list of related stories away are data of the language pack.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from app.extract.event_words import stands_in
from app.extract.lexicon import on_boundary
from app.extract.model import Sentence, Text, Zone
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass

_HEADLINE_MAX = 260
_CAPTION_MAX = 400
_CREDIT_MAX = 120
_LEAST_ARTICLE = 250
"""So much of a body must have been read before a list of other stories can begin: "Tags:" also stands at the top."""
_LEAST_IN_HAN = 120
"""The same in Chinese characters, half as many of which say as much."""
_TITLES, _TITLE = 4, 8
"""So many titles of so many characters in one line are those of other stories."""
_PARAGRAPH = 120
"""Characters of a line that is no title of a story, where it ends like a sentence."""
_GOES_ON = 4
"""In so many lines behind a link to another story the article goes on, or it has ended."""


@valueclass(frozen=True, slots=True)
class _Marks:
    captions: tuple[str, ...]
    credit_starts: tuple[str, ...]
    numbered: re.Pattern[str] | None
    numbers: tuple[str, ...]
    """What such a caption is numbered by: "photo 2"."""
    tails: frozenset[str]
    tail_starts: tuple[str, ...]
    link_starts: tuple[str, ...]
    """Before the title of another story: "READ MORE: …", between two paragraphs as well as at the end."""
    ends: tuple[str, ...]
    noise: tuple[str, ...]
    least: int


@lru_cache
def _marks(pack: Pack) -> _Marks:
    data = pack.data("clean")

    def phrases(name: str) -> tuple[str, ...]:
        return tuple(lower(fold_phrase(p, pack)) for p in data.get(name, ()))

    numbered = "|".join(re.escape(p) for p in phrases("numbered_captions"))
    return _Marks(
        captions=phrases("captions"),
        credit_starts=phrases("credit_starts"),
        numbered=re.compile(rf"(?<!\w)(?:{numbered})\s?\d{{1,2}}") if numbered else None,
        numbers=phrases("numbered_captions"),
        tails=frozenset(phrases("tails")),
        tail_starts=phrases("tail_starts"),
        link_starts=phrases("link_starts"),
        ends=phrases("ends"),
        noise=phrases("noise"),
        least=_LEAST_IN_HAN if pack.data("language").get("script") == "Han" else _LEAST_ARTICLE,
    )


@valueclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    low: str
    raw: str


def _lines_of(text: Text) -> dict[int, _Line]:
    """The lines that hold sentences, by paragraph number, with the text as given beside."""
    bounds: dict[int, tuple[int, int]] = {}
    for s in text.sentences:
        start, _ = bounds.get(s.paragraph, (s.start, s.end))
        bounds[s.paragraph] = (start, s.end)
    lines = {}
    for paragraph, (start, end) in bounds.items():
        begin = text.given.rfind("\n", 0, text.given_at(start)) + 1
        lines[paragraph] = _Line(start, end, text.low[start:end], text.given[begin : text.given_at(end)])
    return lines


def _is_link(line: _Line) -> bool:
    return "](" in line.raw and line.raw.lstrip().startswith("[")


def _is_row_of_titles(line: _Line, marks: _Marks) -> bool:
    """Whether a line holds the titles of several stories, one behind the other, where words have no spaces."""
    if marks.least != _LEAST_IN_HAN or any(mark in line.low for mark in ",。;!?"):
        return False
    return sum(len(title) >= _TITLE for title in line.low.split()) >= _TITLES


def _is_image(line: _Line) -> bool:
    return line.raw.lstrip().startswith("![")


def _is_caption(line: _Line, marks: _Marks) -> bool:
    if len(line.low) > _CAPTION_MAX:
        return False
    if _is_image(line):
        return True
    if _marked(line.low, marks) or line.low.startswith(marks.credit_starts or ("\0",)):
        return True
    numbered = marks.numbered.finditer(line.low) if marks.numbered else ()
    return any(on_boundary(line.low, m.start(), m.end()) for m in numbered)


def _marked(low: str, marks: _Marks) -> bool:
    """Whether a line has a word of captions, and not only its letters: "bối c|ảnh của"."""
    return bool(marks.captions) and stands_in(low, marks.captions)


def _standing_in(marks: _Marks, low: str) -> _Marks:
    """The marks of captions and credits, without those that the text does not have at all: mostly none is left."""
    told = any(word in low for word in marks.numbers) and marks.numbered is not None and marks.numbered.search(low)
    return replace(
        marks,
        captions=tuple([mark for mark in marks.captions if mark in low]),
        credit_starts=tuple([mark for mark in marks.credit_starts if mark in low]),
        numbered=marks.numbered if told else None,
    )


def _zones_of_lines(lines: dict[int, _Line], marks: _Marks) -> dict[int, Zone]:
    zones: dict[int, Zone] = {}
    ended, settled = False, 0
    seen: dict[str, int] = {}
    order = list(lines)
    headline = _headline(lines, marks)
    body, nothing = Zone.body, ("\0",)
    links, tails, noise, ends = (
        starts or nothing for starts in (marks.link_starts, marks.tail_starts, marks.noise, marks.ends)
    )
    for position, paragraph in enumerate(order):
        line = lines[paragraph]
        low = line.low
        bare = low.strip(" :.…>»*#-")
        # Only the line before can still turn out to be a teaser: those before it are counted once and for all.
        if position > 1 and zones[order[position - 2]] is body:
            settled += len(lines[order[position - 2]].low)
        read = settled + (len(lines[order[position - 1]].low) if position and zones[order[position - 1]] is body else 0)
        link = low.startswith(links)
        goes_on = link and _goes_on(order[position + 1 : position + 1 + _GOES_ON], lines)
        tail = link or bare in marks.tails or low.startswith(tails)
        ended = ended or (tail and not goes_on and read > marks.least)
        if ended or goes_on or (link and len(low) < _PARAGRAPH):
            zones[paragraph] = Zone.other
            continue
        if paragraph == headline:
            zones[paragraph] = Zone.headline
        elif _is_caption(line, marks):
            zones[paragraph] = Zone.caption
        elif _is_link(line) or low.startswith(noise) or _is_row_of_titles(line, marks):
            zones[paragraph] = Zone.other
        else:
            zones[paragraph] = body
        _mark_teaser(order, position, lines, seen, zones, headline)
        if position > 1 and low.rstrip().endswith(ends):
            ended = True
    return zones


def _goes_on(following: Sequence[int], lines: dict[int, _Line]) -> bool:
    """Whether an article goes on behind a link to another story: with a paragraph, not with more titles."""
    return any(
        len(low) >= _PARAGRAPH and low.endswith((".", "”", '"')) for low in (lines[p].low.strip() for p in following)
    )


def _mark_teaser(
    order: Sequence[int],
    position: int,
    lines: dict[int, _Line],
    seen: dict[str, int],
    zones: dict[int, Zone],
    headline: int | None,
) -> None:
    """A line that stands twice in a row is the title of another story, and what trails off after it its teaser."""
    paragraph = order[position]
    low = _spaced_alike(lines[paragraph].low)
    previous = seen.get(low)
    if previous is not None and position - previous == 1 and order[previous] != headline and len(low) < _HEADLINE_MAX:
        zones[order[previous]] = zones[paragraph] = Zone.other
    elif position >= 1 and low.rstrip().endswith(("...", "…")):
        before = _spaced_alike(lines[order[position - 1]].low)
        if zones.get(order[position - 1]) is Zone.other and seen.get(before) is not None:
            zones[paragraph] = Zone.other
    seen[low] = position


def _spaced_alike(low: str) -> str:
    """A line with one space between its words, as nearly all have it."""
    return low if "  " not in low and low.isprintable() else " ".join(low.split())


def _headline(lines: dict[int, _Line], marks: _Marks) -> int | None:
    """The first short line that does not end like a sentence, if more follows."""
    for paragraph, line in list(lines.items())[:3]:
        low = line.low.strip()
        if len(low) < 8 or _is_image(line) or _marked(low, marks) or _is_row_of_titles(line, marks):
            continue
        short = (len(low) <= _HEADLINE_MAX and not low.endswith((".", "。", "!", ":"))) or low.endswith("...")
        return paragraph if short and len(lines) > 1 else None
    return None


def _zone_of_sentence(text: Text, sentence: Sentence, following: Sentence | None, starts: tuple[str, ...]) -> Zone:
    """Inside a body line: a photo credit, and the caption right before it."""
    if text.low[sentence.start : sentence.end].startswith(starts) and sentence.end - sentence.start < _CREDIT_MAX:
        return Zone.caption
    if following and following.paragraph == sentence.paragraph:
        credit = text.low[following.start : following.end]
        if credit.startswith(starts) and len(credit) < _CREDIT_MAX:
            return Zone.caption
    return Zone.body


def sort_zones(text: Text, pack: Pack) -> Text:
    """The same text with the zone of every sentence set."""
    marks = _standing_in(_marks(pack), text.low)
    zones = _zones_of_lines(_lines_of(text), marks)
    sentences = []
    credits, body = marks.credit_starts, Zone.body
    for i, sentence in enumerate(text.sentences):
        zone = zones[sentence.paragraph]
        if credits and zone is body:
            following = text.sentences[i + 1] if i + 1 < len(text.sentences) else None
            zone = _zone_of_sentence(text, sentence, following, credits)
        if zone is not sentence.zone:
            sentence = Sentence(sentence.index, sentence.start, sentence.end, sentence.paragraph, zone)  # noqa: PLW2901
        sentences.append(sentence)
    return Text(text.given, text.plain, text.low, text.offsets, tuple(sentences))
