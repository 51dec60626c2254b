"""Whose envoy somebody is: who sent them is named beside, and takes no part himself.

"Đặc phái viên của Tổng thống Nga Putin, ông Kirill Dmitriev", 习近平主席特使蔡达峰. In: the phrases for people of a
text, in order. Out: the same without those who only send; the envoy has their country.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.entities import active
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.extract.shortforms import folded, folded_forms, short_forms
from app.knowledge.lookup import Knowledge
from app.records import Level

_SENT = frozenset(
    {
        "special-envoy",
        "climate-envoy",
        "special-representative",
        "special-adviser",
        "adviser",
        "national-security-adviser",
        "spokesperson",
    }
)
"""Offices that somebody else gives."""
_CHIEFS = frozenset({Level.head_of_state, Level.head_of_government})
_PARTY_CHIEFS = frozenset({"general-secretary", "party-chairman"})
_BEHIND = ("", "的", "'s ", " ")
"""Between whoever sends and the envoy's title."""
_BESIDE = (", ", " ")
"""Between whoever sent the envoy and the envoy's name."""
_LISTED = re.compile("、[^,。;]{0,60}")
"""Between an envoy's title and further ones: 特使、中共中央政治局委员、副委员长王晨."""
_OF = (" of ", " của ")


def without_masters(phrases: Sequence[Phrase], context: ReadingContext) -> list[Phrase]:
    """The phrases without those who only say whose envoy somebody is."""
    if not any(_sent(phrase) for phrase in phrases):
        return list(phrases)
    return list(_kept(phrases, context))


def _kept(phrases: Sequence[Phrase], context: ReadingContext) -> Iterator[Phrase]:
    sender: Phrase | None = None
    for i, phrase in enumerate(phrases):
        following = phrases[i + 1] if i + 1 < len(phrases) else None
        if sender is not None and phrase.name is None and _sent(phrase):
            sender = replace(phrase, country=_country(sender, context))  # 习近平主席|特使、|中央政法委书记孟建柱
            continue
        if following is not None and _sends(phrase, following, phrases[i + 2 : i + 3], context):
            sender = phrase
            continue
        if sender is not None:
            yield _sent_by(sender, phrase, context)
            sender = None
            continue
        if phrase.name is not None and _sent(phrase) and _masters(phrase, context):
            if following is not None and _named_beside(phrase, following, context):
                sender = phrase
            else:
                yield replace(phrase, name=None, people=())
            continue
        yield phrase


def _sent(phrase: Phrase) -> bool:
    return bool(phrase.titles) and phrase.titles[0].office in _SENT


def _sends(phrase: Phrase, following: Phrase, behind: Sequence[Phrase], context: ReadingContext) -> bool:
    """Whether the leader whom a phrase names stands right before the title of an envoy who is named there or behind."""
    plain = context.text.plain
    if phrase.name is None or not _sent(following) or plain[phrase.end : following.start] not in _BEHIND:
        return False
    named = following.name is not None and following.start < following.name[0]
    listed = following.name is None and any(p.name and _LISTED.fullmatch(plain, following.end, p.start) for p in behind)
    return (named or listed) and not _sent(phrase) and bool(_masters(phrase, context))


def _named_beside(phrase: Phrase, following: Phrase, context: ReadingContext) -> bool:
    """Whether the envoy's own name follows that of whoever sent him."""
    gap = context.text.plain[phrase.end : following.start]
    return gap in _BESIDE and following.name is not None and not following.titles and following.country is None


def _sent_by(sender: Phrase, envoy: Phrase, context: ReadingContext) -> Phrase:
    """The envoy, with the country, and the envoy's title where it stands apart from the name."""
    before = sender.titles if _sent(sender) else ()
    return replace(envoy, titles=(*before, *envoy.titles), country=envoy.country or _country(sender, context))


def _country(sender: Phrase, context: ReadingContext) -> str | None:
    return sender.country or next((context.knowledge.person[i].country for i in sender.people), None)


def _masters(phrase: Phrase, context: ReadingContext) -> list[str]:
    """The leaders in office whom the name of a phrase may mean; without a day, those who ever were, if "of" says so."""
    assert phrase.name is not None
    knowledge, day, plain = context.knowledge, context.day, context.text.plain
    written = plain[phrase.name[0] : phrase.name[1]]
    told = any(word in context.text.low[phrase.start : phrase.name[0]] for word in _OF)
    if day is None and _sent(phrase) and not told:
        return []
    ids = (
        phrase.people
        or folded_forms(knowledge).get(folded(written), ())
        or short_forms(knowledge, context.pack.code).get(written, ())
    )
    return [
        i
        for i in ids
        if phrase.country in (None, knowledge.person[i].country)
        and any(_sends_envoys(t.term.office, knowledge) for t in active(knowledge, i, day))
    ]


def _sends_envoys(office: str, knowledge: Knowledge) -> bool:
    return office in _PARTY_CHIEFS or knowledge.office[office].level in _CHIEFS
