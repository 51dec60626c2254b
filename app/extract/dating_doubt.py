"""Doubt about a day that is counted from the article's own: who took part must have held the office then.

The day that a page shows may be that of the reader, and a report may be told again years later. In: a date and those
who took part. Out: the same date, less sure and with the reason, where somebody held the office at another time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.extract.dating_context import Attendance
from app.extract.year_evidence import HANDOVER, terms_of
from app.knowledge.lookup import Knowledge
from app.records import DateBasis, EventDate

_LEAST = 0.5
"""How sure such a date can be at most."""


def doubted(when: EventDate, people: Sequence[Attendance], knowledge: Knowledge) -> EventDate:
    """The date, less sure where an office held at another time speaks against it; a stated date is what it is."""
    if when.basis is DateBasis.stated or when.confidence <= _LEAST:
        return when
    reasons = [said for said in _against(when, people, knowledge) if said not in when.explanation]
    if not reasons:
        return when
    return when.model_copy(update={"confidence": _LEAST, "explanation": (*when.explanation, *reasons)})


def _against(when: EventDate, people: Sequence[Attendance], knowledge: Knowledge) -> Iterator[str]:
    """A sentence for each whose office was another time's."""
    first, last = (when.start - HANDOVER).toordinal(), (when.end + HANDOVER).toordinal()
    for one in dict.fromkeys(people):
        terms = terms_of(one, knowledge)
        if terms and not any(start <= last and first <= end for start, end, _ in terms):
            yield f"{'; '.join(said for *_, said in terms)}: this day does not fit."
