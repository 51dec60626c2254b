"""Offices that nobody is named for, by the day of their event: "the Thai foreign minister" is whoever was it then.

What the article's own day tells is bound where the text is read; most articles have none, and their events are dated
only when all is read.
"""

from __future__ import annotations

from dataclasses import replace

from app.extract.entities import styled
from app.extract.model import Argument, Draft, Mention, MentionKind
from app.extract.titles import OF_A_MATTER, OF_SOMEBODY
from app.knowledge.lookup import Knowledge
from app.records import EventDate

_MANY = OF_SOMEBODY | OF_A_MATTER
"""Offices that several hold."""
_SURE = 0.8
"""How sure the date must be: who is named for a wrong year is a wrong person."""


def by_term(draft: Draft, when: EventDate | None, knowledge: Knowledge) -> Draft:
    """The draft with those who alone held the offices on all days that the event may have been on."""
    if when is None or when.confidence < _SURE:
        return draft
    known = {a.mention.actor_id for a in draft.arguments}
    found: list[Argument] = []
    for argument in draft.arguments:
        mention = _holder(argument.mention, when, knowledge)
        if mention is argument.mention:
            found.append(argument)
        elif mention.actor_id not in known:
            found.append(replace(argument, mention=mention))
            known.add(mention.actor_id)
    return replace(draft, arguments=tuple(found))


def _holder(mention: Mention, when: EventDate, knowledge: Knowledge) -> Mention:
    office, body = mention.office, mention.country or mention.organization
    if mention.kind is not MentionKind.office or not office or not body or office in _MANY or mention.former:
        return mention
    terms = [t for t in knowledge.holders(office, body) if t.start <= when.end and when.start <= t.end]
    if len(terms) != 1 or not (terms[0].start <= when.start and when.end <= terms[0].end):
        return mention
    (term,) = terms
    who, title = term.person, styled(term, mention.title or "")
    return replace(mention, kind=MentionKind.person, actor_id=who.id, name=who.name, key=who.id, title=title)
