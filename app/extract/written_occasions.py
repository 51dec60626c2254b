"""Summits, conferences and ceremonies that the knowledge base does not hold: their names as the text writes them.

`occasions.yaml` of a pack says how: the words such names are built on (Summit, Hội nghị, 峰会), on which side of them
the name stands, where it ends, and what alone is no name ("the annual summit").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.extract.event_words import Cues
from app.extract.lexicon import on_boundary
from app.extract.model import Mention, MentionKind, OccasionHit, Sentence, Text
from app.extract.pack import Pack

_LONGEST = 120
"""Most characters of a name on one side of its head word; of a script without spaces a quarter of it."""
_WORDS = 14
_WORD = re.compile(r"\S+")
_NUMBERED = re.compile(r"\d")
"""An edition by its number: a name, although nothing in it has a capital (hội nghị phụ nữ toàn cầu lần thứ 29)."""
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|e|er|ème)?|[IVXL]+")
_MARKS = ',.;:!?()"“”‘«»[]{}<>|/\n，。；：！？（）「」『』、《》'
_FRONT = 40
"""A sentence begins with a ceremony that starts so far from its first character at most."""
_BESIDE = 24
"""Most characters between the word for a ceremony and whose it is: inauguration of President-elect …"""


@dataclass(frozen=True)
class _Words:
    """How the names of occasions are written in one language."""

    heads: tuple[str, ...]
    behind: bool
    """The name stands behind its head: Hội nghị …; else before it: … Summit."""
    capitals: bool
    """Names go as far as words begin with a capital or are `joiners`; else as far as one of `stops`."""
    joiners: frozenset[str]
    further: tuple[str, ...]
    """What leads from the head to more of the name: Summit of the Americas."""
    stops: tuple[str, ...]
    leads: frozenset[str]
    """What has a capital before a name only because a sentence begins with it, in lower case."""
    no_names: frozenset[str]
    """What alone makes no name, in lower case."""
    ceremonies: tuple[str, ...]
    of_before: bool
    """Whose ceremony it is stands before the word for it: 某某就职典礼."""
    asides: tuple[str, ...]
    """Behind a ceremony they make it a circumstance of what follows: 期间, or a comma."""


@lru_cache
def _words(pack: Pack) -> _Words | None:
    data = pack.data("occasions")
    if not data:
        return None
    return _Words(
        heads=tuple(data["heads"]),
        behind=data["name"] == "behind",
        capitals=bool(data.get("capitals")),
        joiners=frozenset(data.get("joiners", ())),
        further=tuple(data.get("further", ())),
        stops=tuple(data.get("stops", ())),
        leads=frozenset(data.get("leads", ())),
        no_names=frozenset(data.get("no_names", ())),
        ceremonies=tuple(data.get("ceremonies", ())),
        of_before=bool(data.get("of_before")),
        asides=tuple(data.get("asides", ())),
    )


def written_occasion(
    text: Text, sentence: Sentence, people: Sequence[Mention], cues: Cues, pack: Pack, *, told: bool
) -> OccasionHit | None:
    """The first occasion that a sentence names behind "at", "attended" or the like.

    `told`: the sentence tells the gathering itself, so that its name stands anywhere in it. `people` are the persons
    the text names.
    """
    words = _words(pack)
    if words is None:
        return None
    owned = ((start, end) for start, end, _ in _ceremonies(text, sentence, people, words))
    for start, end in sorted(
        (*_named(text, sentence, words, cues.spaced), *owned), key=lambda name: (name[0], -name[1])
    ):
        before = text.low[max(sentence.start, start - 40) : start]
        if cues.ends(before, "occasion_of_other"):
            continue
        if told or cues.ends(before, "occasion_before"):
            return OccasionHit(start, end, None)
    return None


def _found(low: str, forms: tuple[str, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where one of these words stands."""
    for form in forms:
        at = low.find(form, start, end)
        while at >= 0:
            if on_boundary(low, at, at + len(form)):
                yield at, at + len(form)
            at = low.find(form, at + 1, end)


def _named(text: Text, sentence: Sentence, words: _Words, spaced: bool) -> Iterator[tuple[int, int]]:
    plain, no_names = text.plain, words.no_names
    for start, end in _found(text.low, words.heads, sentence.start, sentence.end):
        first, last = start, end
        if not words.behind:
            first = (_capitals_before if words.capitals else _before)(plain, sentence.start, start, words)
        if words.behind or words.further:
            last = _behind(text, end, sentence.end, words)
        name = plain[first:start] + plain[end:last]
        own = [w for w in name.lower().split() if w not in no_names and not _NUMBER.fullmatch(w)]
        told = not spaced or any(w[0].isupper() for w in name.split()) or (len(own) > 1 and _NUMBERED.search(name))
        if own and told and name not in no_names:
            yield first, last


def _capitals_before(plain: str, first: int, head: int, words: _Words) -> int:
    """Where the words with a capital begin that end with a head: the Jeddah Security and Development |Summit."""
    start = head
    for word in reversed(list(_WORD.finditer(plain, max(first, head - _LONGEST), head))[-_WORDS:]):
        written = word[0]
        if written[-1] in _MARKS or written[0] in _MARKS:
            break
        if written.lower() in words.leads:
            break
        if written[0].isupper() or written[0].isdigit():
            start = word.start()
        elif written not in words.joiners:
            break
    return start


def _before(plain: str, first: int, head: int, words: _Words) -> int:
    """Where a name without spaces begins: behind the last mark, or the last word that ends a name."""
    low = max(first, head - _LONGEST // 4)
    for at in range(head - 1, low - 1, -1):
        if plain[at] in _MARKS:
            low = at + 1
            break
    ends = [at + len(stop) for stop in words.stops if (at := plain.rfind(stop, low, head)) >= 0]
    return max(ends, default=low)


def _behind(text: Text, head: int, last: int, words: _Words) -> int:
    """Where a name ends of which the head comes first: before a mark, or a word that is no part of names."""
    plain, low = text.plain, text.low
    end, found = head, list(_WORD.finditer(plain, head, min(last, head + _LONGEST)))[:_WORDS]
    if words.further and not (found and found[0][0] in words.further):
        return head
    for word in found:
        written, at = word[0].rstrip(_MARKS), word.start()
        if not written or written[0] in _MARKS:
            break
        capital = written[0].isupper() or (low[:at].rstrip().endswith(" of") and written.isdigit())
        if words.capitals:
            if not capital and written not in words.joiners and written not in words.further:
                break
            end = at + len(written) if capital else end
        elif any(on_boundary(low, at, at + len(stop)) for stop in words.stops if low.startswith(stop, at)):
            break
        else:
            end = at + len(written)
        if len(written) < len(word[0]):
            break
    return end


def _ceremonies(
    text: Text, sentence: Sentence, people: Sequence[Mention], words: _Words
) -> Iterator[tuple[int, int, Mention]]:
    """Where an inauguration, a coronation or a state funeral is named with the person whose it is."""
    for start, end in _found(text.low, words.ceremonies, sentence.start, sentence.end):
        for person in people:
            if words.of_before and 0 <= start - person.end <= _BESIDE // 4:
                yield person.start, end, person
            elif not words.of_before and 0 <= person.start - end <= _BESIDE:
                yield start, person.end, person


def ceremonies_aside(text: Text, mentions: Sequence[Mention], pack: Pack) -> Iterator[tuple[OccasionHit, Mention]]:
    """The ceremonies that are only where others met, with the person who is named for nothing else there.

    "在普京总统就职仪式期间会见…", "On the sidelines of the inauguration of President Putin, …": neither tells of Putin.
    """
    words = _words(pack)
    if words is None or not any(word in text.low for word in words.ceremonies):
        return
    people = [m for m in mentions if m.kind is MentionKind.person and not m.pronoun]
    for sentence in text.sentences:
        for start, end, person in _ceremonies(text, sentence, people, words):
            near = words.of_before or start - sentence.start <= _FRONT
            if near and text.low.startswith(words.asides, end):
                yield OccasionHit(start, end, None), person
