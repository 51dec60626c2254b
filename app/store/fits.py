"""Whether a record is one that is asked for, where the index cannot say: it is of the past, or was written just now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.records import Commitment, EventDate
from app.store import lexemes
from app.store.asked import CommitmentQuery, EventQuery
from app.store.documents import KeptEvent
from app.store.following import Held
from app.store.rows import commitment_found_by, found_by
from app.store.wanted import Promised, Wanted


def event(asked: EventQuery, one: KeptEvent, texts: Iterable[str] | None = None) -> bool:
    """Whether an event is asked for. `texts` are the folded texts of its articles; without them, words are not asked
    for, since they may stand there."""
    names, said, tags = found_by(one, texts or ())
    wanted = asked.wanted()
    spoken = texts is None or _spoken(wanted.phrases, names, said)
    return spoken and _holds(wanted, names, tags) and _compared(asked, one)


def held(asked: EventQuery, one: Held) -> bool:
    """Whether an event is asked for that is at hand with what it is found by."""
    wanted = asked.wanted()
    compares = asked.date_from or asked.date_to or asked.min_confidence or asked.box or asked.promised or asked.articles
    return (
        _holds(wanted, one.names, one.tags)
        and _spoken(wanted.phrases, one.names, one.words)
        and (not compares or _compared(asked, one.event))
    )


def commitment(asked: CommitmentQuery, one: Commitment, of: KeptEvent) -> bool:
    """Whether a commitment made at an event is asked for."""
    names, said, tags = commitment_found_by(one, of)
    wanted = asked.wanted()
    return (
        _spoken(wanted.phrases, names, said)
        and _holds(wanted, names, tags)
        and _promised(asked.promised, one)
        and _within(of.date, asked.date_from, asked.date_to)
        and (asked.event is None or event(asked.event, of))
    )


def stands(phrase: str, text: str) -> bool:
    """Whether a folded phrase is in a folded text."""
    return f" {phrase} " in f" {text} "


def _spoken(phrases: Iterable[str], names: str, said: str) -> bool:
    return all(stands(phrase, names) or stands(phrase, said) for phrase in phrases)


def _holds(wanted: Wanted, names: str, tags: str) -> bool:
    """The facets and names; some indexes fold the case of facets, and so is it done here."""
    held = set(tags.casefold().split())

    def has(token: str) -> bool:
        return token.casefold() in held

    named = (
        has(lexemes.facet("actor", one.actor)) or (bool(one.folded) and stands(one.folded, names))
        for one in wanted.names
    )
    return all(named) and all(any(map(has, group)) for group in wanted.facets) and not any(map(has, wanted.without))


def _within(when: EventDate | None, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    return when is not None and (first is None or when.end >= first) and (last is None or when.start <= last)


def _promised(asked: Promised, one: Commitment) -> bool:
    due = one.deadline.date if one.deadline else None
    return (
        (not asked.of_amount or any(asked.holds(amount.unit, amount.value) for amount in one.amounts))
        and (asked.deadline_from is None or (due is not None and due >= asked.deadline_from))
        and (asked.deadline_to is None or (due is not None and due <= asked.deadline_to))
    )


def _compared(asked: EventQuery, one: KeptEvent) -> bool:
    place = (one.venue.latitude, one.venue.longitude) if one.venue else (None, None)
    return (
        _within(one.date, asked.date_from, asked.date_to)
        and (not asked.min_confidence or one.confidence >= asked.min_confidence)
        and (asked.box is None or asked.box.holds(*place))
        and (not asked.promised or any(_promised(asked.promised, promise) for promise in one.commitments))
        and (not asked.articles or any(readout.article.id in asked.articles for readout in one.readouts))
    )
