"""Whether a state is no party but only says what kind of thing, or whose people, are meant.

In: a country or body where a text names it. Out: yes for "EU-mediated talks", "a Kenyan runner", "scientists from
|China", 韩国|艺术团; the words for what states do not act through are data of the language.
"""

from __future__ import annotations

from app.extract.event_words import Cues
from app.extract.model import Mention, MentionKind, Text

_NEAR = 40
"""So far behind a country the thing that it only tells the kind of may be named."""
_BEFORE = 32
_WORDS = 3
"""Most words of "Kenyan long-distance runner", less one."""
_JOINED = 10
"""So far behind a country stands the noun of a list of two: 法国、日本|导演."""
_FIRM = 8
"""Most characters of the name of a firm between 的 and the word for it: 日本的|新日铁|公司."""


def is_of_a_thing(text: Text, mention: Mention, cues: Cues, *, sanctioning: bool) -> bool:
    """Whether a country only says what kind of thing it is; those whose firms are under sanctions are meant by them."""
    follows = text.plain[mention.end : mention.end + 2]
    if follows[:1] == "-" and follows[1:].isascii() and follows[1:].islower():
        return True
    if sanctioning:
        return False
    if cues["private_before"] and cues.ends(
        text.low[max(0, mention.start - _BEFORE) : mention.start], "private_before"
    ):
        return True
    return _has_people(text.low, mention, cues) if cues["private_after"] else _names_thing(text.low, mention, cues)


def _names_thing(low: str, mention: Mention, cues: Cues) -> bool:
    """ "the Chinese company", where words have spaces."""
    private = cues["private"]
    if not private or low[mention.end : mention.end + 1] != " ":
        return False
    for word in low[mention.end : mention.end + _NEAR].replace(",", " ,").split()[:_WORDS]:
        if word.rstrip(".;:!?") in private:
            return True
        if word in cues["phrase_ends"]:
            return False
    return False


def _has_people(low: str, mention: Mention, cues: Cues) -> bool:
    """Where words have none: 越南|游客, 美国|一民间|机构, 日本的|新日铁|公司; and the first of two: 法国|、日本导演."""
    if mention.kind is not MentionKind.country:
        return False
    nouns, window = cues["private_after"], low[mention.end : mention.end + _JOINED + _FIRM]
    if not any(noun in window for noun in nouns):
        return False
    if any(window.startswith(joiner) and window.startswith(nouns, len(joiner)) for joiner in cues["private_joiners"]):
        return True
    if window.startswith("的"):
        return any(0 < window.find(firm) <= _FIRM and window[1 : window.find(firm)].isalpha() for firm in cues["firms"])
    return window.startswith("、") and any(window.startswith(nouns, 1 + size) for size in (2, 3, 4))
