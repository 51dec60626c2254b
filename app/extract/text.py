"""From an article as given to a text that the steps can read, without losing a single offset.

Three things happen, none of which moves a character out of reach: line ends are made one and the text is brought to
NFC (with a map back to the given offsets), marks that mean the same are made one (full-width forms, dashes, dots,
spaces), and what is markup is blanked out (tags, link targets, addresses). Then it is cut into sentences.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.extract.model import Sentence, Text, Zone
from app.extract.pack import Pack
from app.knowledge.script import OneForOne

# A character with the marks that may fuse with it: Latin accents, kana voicing, Hangul vowels and finals.
_MARKED = re.compile(r".[\u0300-\u036f\u3099\u309a\u1160-\u11ff]+", re.DOTALL)

# No text of any language: without end it would take time that grows faster than its length to put marks in order.
_ENDLESS = re.compile(r"[^\x00-\x7f\u3000-\u3098\u309b-\u9fff\uac00-\ud7af\uff00-\uffef]{500,}")

# One character for one: full-width ASCII, odd spaces, hyphens, apostrophes, the dots inside foreign names.
_SAME: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME |= dict.fromkeys(map(ord, "\u00a0\u1680\u2000\u2001\u2002\u2003\u2007\u2009\u202f\u3000\u200b\ufeff\t\x00"), " ")
_SAME |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")  # halves of characters, which no automaton takes
_SAME |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_SAME |= dict.fromkeys(map(ord, "\u2019\u02bc\u2018"), "'")
_SAME |= dict.fromkeys(map(ord, "\u2022\u2027\u30fb\uff65\ufe52\u22c5"), "\u00b7")

_unify = OneForOne(_SAME)

# Markup: tags, the target of a link, a bare address. Each alternative is bounded, so time is linear.
_MARKUP = re.compile(
    r"<[/!a-zA-Z][^<>\n]{0,500}>|\]\([^()\s]{0,2000}\)|https?://[^\s<>()\[\]]{1,2000}|!\[(?=[^\n])|\[(?=[^\n])"
)


def to_lines(given: str) -> tuple[str, tuple[int, ...] | None]:
    """The text with one character at the end of each line, whatever system wrote it, and the offsets as of `to_nfc`."""
    if "\r" not in given:
        return given, None
    kept = [at for at, c in enumerate(given) if c != "\n" or given[at - 1 : at] != "\r"]
    return given.replace("\r\n", "\n").replace("\r", "\n"), (*kept, len(given))


def to_nfc(given: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC, and for each of its characters (and the end) the offset in the given text; None if equal."""
    if unicodedata.is_normalized("NFC", given):
        return given, None
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in _clusters(given):
        composed = unicodedata.normalize("NFC", given[start:end])
        pieces.append(composed)
        if composed == given[start:end]:
            offsets += range(start, end)
        else:
            offsets += [min(start + i, end - 1) for i in range(len(composed))]
    offsets.append(len(given))
    return "".join(pieces), tuple(offsets)


def _clusters(given: str) -> Iterator[tuple[int, int]]:
    """What is composed for itself: each cluster with marks, each other character, or many that stay as they are."""
    last = 0
    for cluster in _MARKED.finditer(given):
        yield from _single(given, last, cluster.start())
        yield cluster.span()
        last = cluster.end()
    yield from _single(given, last, len(given))


def _single(given: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if unicodedata.is_normalized("NFC", given[start:end]):
        if start < end:
            yield start, end
    else:
        yield from ((at, at + 1) for at in range(start, end))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def lower(text: str) -> str:
    """Lower case of the same length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def unify(nfc: str) -> str:
    """Equal marks made one and markup blanked out; same length."""
    same = _unify(nfc)
    # To look for the marks first takes a tenth of the time of the pattern, which begins with four characters.
    return _MARKUP.sub(_blank, same) if "<" in same or "[" in same or "](" in same or "://" in same else same


def fold_phrase(phrase: str, pack: Pack) -> str:
    """A phrase of a pack or of the knowledge base, folded as the text is."""
    return pack.fold(_unify(unicodedata.normalize("NFC", phrase)))


def fold_phrases(phrases: Sequence[str], pack: Pack) -> list[str]:
    """Many phrases folded at once, which is much quicker than one by one; none may hold a line break."""
    return fold_phrase("\n".join(phrases), pack).split("\n") if phrases else []


@dataclass(frozen=True)
class _Stops:
    """What ends a sentence in a language, and what only looks like it."""

    abbreviations: frozenset[str]


@lru_cache
def _stops(pack: Pack) -> _Stops:
    return _Stops(frozenset(lower(a) for a in pack.data("text").get("abbreviations", ())))


_GAP = 40
"""So much is looked at behind a full stop for the character that a sentence begins with."""
_LONGEST_SENTENCE = 1000
"""No sentence is longer: what has no full stop for so long is cut between words, or anywhere."""
_CLOSERS = "\"'”’)]»」』"
# A set of characters stands first by itself: the search is fast for patterns that begin with one.
_TERMINAL = re.compile(r"[.!?…。！？][.!?…。！？]*[\"'”’)\]»」』]*(?: \.)*")
_LONGEST_WORD = 24
"""So much of the word before a full stop is looked at: no abbreviation is longer."""


def _glued(plain: str, end: int) -> bool:
    """Whether a new sentence starts right after a full stop without a space: "hơn nữa.Thủ tướng"."""
    return plain[end].isupper() and end + 1 < len(plain) and (plain[end + 1].islower() or plain[end + 1] == " ")


def _last_word(plain: str, end: int) -> str:
    """The letters and digits right before a position, with the dots inside: "U.S"."""
    floor = max(0, end - _LONGEST_WORD)
    begin = plain.rfind(" ", floor, end) + 1
    if begin and (word := plain[begin:end]).isalnum():
        return word  # as mostly: nothing but letters up to a space
    if plain[floor:end].endswith("\n"):
        end -= 1
    at = end
    while at > floor and plain[at - 1].isalnum():
        at -= 1
        if at - 1 > floor and plain[at - 1] == "." and plain[at - 2].isalnum():
            at -= 1
    return plain[at:end]


def _is_initials(word: str) -> bool:
    """Whether a word is what a name begins with: V. Putin, A.K. Antony."""
    return word.isupper() and word[1:2] in ("", ".")


def _ends_sentence(plain: str, match: re.Match[str], line_end: int, stops: _Stops) -> bool:
    mark, end = match.group(), match.end()
    if end >= line_end or mark[0] in "。！？":
        return True
    if mark[0] in "!?" or mark.startswith(("...", "…")):
        unspaced = mark[0] in "!?" and plain[end] >= "\u2e80"  # a full-width mark, now like the ASCII one
        return unspaced or (
            plain[end] == " " and not plain[end : min(line_end, end + _GAP)].lstrip(" " + _CLOSERS)[:1].islower()
        )
    word = _last_word(plain, match.start())
    if lower(word) in stops.abbreviations:
        return False
    if plain[end] != " ":
        closed = plain[match.start() - 1 : match.start()] in ')]”"'
        whole = word.isdigit() or (len(word) > 1 and not (word.isupper() and len(word) < 3))  # "hồi tháng 8.Hai bên"
        return (closed or whole) and _glued(plain, end)
    following = plain[end : min(line_end, end + _GAP)].lstrip(" \"'“‘([«")[:1]
    if len(word) in (1, 3) and _is_initials(word):
        return False
    return not following.islower()


_WRAP_SHORTEST, _WRAP_LONGEST = 48, 100
_WRAPPED_BLOCKS = 3
"""So many wrapped paragraphs make a text that was wrapped at a fixed width; fewer may be lists or captions."""
_WRAPPED_LINES = 6
"""So many lines of one paragraph, some of which go on in lower case, show by themselves that it was wrapped."""


def _wrapped(block: str) -> bool:
    """Whether a block of lines is one paragraph, each line but the last broken off at about the same width."""
    full = [line for line in block.split("\n")[:-1] if line.strip()]
    wide = all(_WRAP_SHORTEST <= len(line) <= _WRAP_LONGEST for line in full)
    running = sum(line.rstrip()[-1:] not in ".!?…。:" for line in full)
    return bool(full) and wide and running >= 0.6 * len(full)


def _blocks(plain: str) -> Iterator[tuple[int, int]]:
    """Stretches of two lines and more without an empty line between."""
    start = 0
    for block in plain.split("\n\n"):
        left = start + len(block) - len(block.lstrip("\n"))
        right = start + len(block.rstrip("\n"))
        if "\n" in plain[left:right]:
            yield left, right
        start += len(block) + 2


def unwrap(plain: str) -> str:
    """The text with hard wraps undone; same length."""
    wrapped = [(start, end) for start, end in _blocks(plain) if _wrapped(plain[start:end])]
    if len(wrapped) < _WRAPPED_BLOCKS and not any(_long_wrap(plain[start:end]) for start, end in wrapped):
        return _rejoined(_goes_on(plain))
    pieces, last = [], 0
    for start, end in wrapped:
        pieces += [plain[last:start], plain[start:end].replace("\n", " ")]
        last = end
    return "".join([*pieces, plain[last:]])


def _long_wrap(block: str) -> bool:
    """Whether a wrapped block is long enough, and goes on in the middle of sentences often enough, to be no list."""
    following = block.split("\n")[1:]
    return len(following) >= _WRAPPED_LINES and 3 * sum(line[:1].islower() for line in following) >= len(following)


# The line breaks come first: the search is fast for patterns that begin with a character.
_EMPTY_LINE = re.compile(r"\n\n\n?(?=[a-z]{2,}[ ,.])")


def _rejoined(plain: str) -> str:
    """The text with the empty lines inside its sentences undone: a long line, and one that goes on in lower case."""
    pieces, last = [], 0
    for gap in _EMPTY_LINE.finditer(plain):
        start = gap.start() - (plain[gap.start() - 1 : gap.start()] == " ")
        if not ("a" <= plain[start - 1 : start] <= "z" or plain[start - 1 : start] == ","):
            continue
        if start - plain.rfind("\n", 0, start) > _WRAP_SHORTEST:
            pieces += [plain[last:start], " " * (gap.end() - start)]
            last = gap.end()
    return "".join([*pieces, plain[last:]])


def _goes_on(plain: str) -> str:
    """The text with the breaks of lines that `_lines` joins as spaces, so that words broken between two are found."""
    return "\n".join([plain[start:end].replace("\n", " ") for start, end in _lines(plain)])


_LINE_ENDS = '.!?…。:;"”'
_WRAP_LEAST = 40
"""A line that is no longer was not broken off in the middle of a sentence."""


def _lines(plain: str) -> Iterator[tuple[int, int]]:
    """Start and end of each line; a line that was wrapped in the middle of a sentence is joined with the next."""
    start = 0
    for end in (*[gap.start() for gap in re.finditer("\n", plain)], len(plain)):
        wrapped = end - start > _WRAP_LEAST and plain[end + 1 : end + 2].islower()
        if not wrapped or plain[end - 1] in _LINE_ENDS:
            yield start, end
            start = end + 1


def _short_enough(plain: str, start: int, cuts: list[int]) -> Iterator[int]:
    """The ends of sentences, with further ones inside those that are too long to be one."""
    for end in cuts:
        while end - start > _LONGEST_SENTENCE:
            limit = start + _LONGEST_SENTENCE
            between = max(plain.rfind(mark, start + _LONGEST_SENTENCE // 2, limit) for mark in " ,;、")
            start = between + 1 if between >= 0 else limit
            yield start
        start = end
        yield end


def split_sentences(plain: str, pack: Pack) -> tuple[Sentence, ...]:
    """Sentences in order, each within one paragraph (line); zones are set by the next step."""
    stops = _stops(pack)
    found: list[Sentence] = []
    body = Zone.body
    marks = _TERMINAL.finditer(plain)
    mark = next(marks, None)
    for paragraph, (line_start, line_end) in enumerate(_lines(plain)):
        cuts = []
        while mark is not None and mark.start() < line_end:  # none goes on beyond its line
            # In Chinese nearly every mark is this one, which needs no further look.
            if plain[mark.start()] == "。" or _ends_sentence(plain, mark, line_end, stops):
                cuts.append(mark.end())
            mark = next(marks, None)
        cuts.append(line_end)
        start = line_start
        if line_end - line_start > _LONGEST_SENTENCE:
            cuts = list(_short_enough(plain, line_start, cuts))
        for end in cuts:
            stretch = plain[start:end].rstrip()
            if stretch:
                right = start + len(stretch)
                left = start if not stretch[0].isspace() else right - len(stretch.lstrip())
                found.append(Sentence(len(found), left, right, paragraph, body))
            start = end
    return tuple(found)


def read(given: str, pack: Pack) -> Text:
    """The text, folded and cut into sentences (all of them `body` until they are sorted)."""
    lines, starts = to_lines(given)
    nfc, offsets = to_nfc(_ENDLESS.sub(_blank, lines))
    if starts is not None:
        offsets = starts if offsets is None else tuple([starts[at] for at in offsets])
    plain = unwrap(pack.fold(unify(nfc)))
    return Text(given, plain, lower(plain), offsets, split_sentences(plain, pack))
