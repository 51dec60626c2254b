"""The examples of the API's description: one short article about a real meeting, and what is found in it.

Source of the facts: the meeting of Phạm Minh Chính and Joe Biden at COP26 in Glasgow on 1 November 2021.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from app.records import (
    Article,
    Codes,
    Commitment,
    CommitmentKind,
    DateBasis,
    Event,
    EventDate,
    EventType,
    Extraction,
    Force,
    Level,
    Mode,
    Occasion,
    Participant,
    ParticipantKind,
    PloverCode,
    Precision,
    PublishedBasis,
    Record,
    Span,
    Topic,
    Venue,
)
from app.store import ids
from app.store.documents import StoredArticle, StoredCommitment, StoredEvent, summary
from app.store.marks import marks
from app.store.merged import single
from app.store.readouts import Readout
from app.store.served import commitment_document, served_commitment

_HEADLINE = "Thủ tướng Việt Nam gặp Tổng thống Mỹ tại Glasgow"
_AGREED = "Hai bên nhất trí hợp tác ứng phó biến đổi khí hậu"
TEXT = f"""{_HEADLINE}
Ngày 1/11/2021, bên lề COP26 ở Glasgow, Thủ tướng Phạm Minh Chính gặp Tổng thống Mỹ Joe Biden. {_AGREED}."""
URL = "https://news.example/2021/11/glasgow"
BASE = "http://127.0.0.1:8000"

INPUT: dict[str, Any] = {"text": TEXT, "url": URL, "published": "2021-11-02"}


def _words(quote: str) -> tuple[Span, ...]:
    start = TEXT.rindex(quote)
    return (Span(start=start, end=start + len(quote), quote=quote),)


def _leader(actor: str, name: str, country: str, title: str, level: Level) -> Participant:
    return Participant(
        kind=ParticipantKind.person,
        actor_id=actor,
        name=name,
        name_as_written=name,
        country=country,
        title=title,
        level=level,
        evidence=_words(name),
    )


_EVENT = Event(
    type=EventType.meeting,
    mode=Mode.in_person,
    title="Phạm Minh Chính (VN) and Joe Biden (US) met in Glasgow",
    date=EventDate(
        start=date(2021, 11, 1),
        end=date(2021, 11, 1),
        precision=Precision.day,
        basis=DateBasis.stated,
        confidence=0.99,
        explanation=("day, month and year are in the text",),
        evidence=_words("1/11/2021"),
    ),
    venue=Venue(city="Glasgow", country="GB", latitude=55.86, longitude=-4.25, evidence=_words("Glasgow")),
    occasion=Occasion(id="cop-26", name="COP26", evidence=_words("COP26")),
    participants=(
        _leader("pham-minh-chinh", "Phạm Minh Chính", "VN", "Prime Minister", Level.head_of_government),
        _leader("joe-biden", "Joe Biden", "US", "President", Level.head_of_state),
    ),
    countries=("VN", "US"),
    topics=(Topic.climate,),
    commitments=(
        Commitment(
            kind=CommitmentKind.agreement,
            force=Force.undertaking,
            actors=("VN", "US"),
            text=_AGREED,
            topics=(Topic.climate,),
            evidence=_words(_AGREED),
        ),
    ),
    codes=Codes(plover=PloverCode(type="CONSULT", mode="third-party"), cameo="040"),
    confidence=0.95,
    evidence=_words("gặp"),
)

EXTRACTION = Extraction(
    source=URL,
    language="vi",
    headline=_HEADLINE,
    url=URL,
    published=date(2021, 11, 2),
    published_basis=PublishedBasis.given,
    sha256=ids.sha256_of(TEXT),
    events=(_EVENT,),
)
ARTICLE_ID = ids.article_id(EXTRACTION.sha256)
EVENT_ID = ids.event_id(EXTRACTION.sha256, 0)
_SUMMARY = summary(ARTICLE_ID, EXTRACTION, Article(source=URL, text=TEXT, url=URL))
EVENT = StoredEvent(
    **dict(single(Readout(1, ids.readout_of(EVENT_ID), 1, 0, _EVENT, _SUMMARY))),
    id=EVENT_ID,
    url=f"{BASE}/events/{EVENT_ID}",
    readouts_url=f"{BASE}/events/{EVENT_ID}/readouts",
    revisions_url=f"{BASE}/events/{EVENT_ID}/revisions",
)
SAMPLE_EVENT_ID = "ev_3db54djd6jl6zsjl"
"""Told by three of the sample articles: what is asked for by its id in the examples can be had from `make run`."""
SAMPLE_ARTICLE_ID = "ar_gxj7yqwzcncqvetx"
SAMPLE_COMMITMENT_ID = "cm_t4jydqx6zacipn5y"
CURSOR = "AQC0hLUAAAAAXQtZw1nC7wE8Jb4yZ3hE2aKq8vRt5mYwLg"
PAGE: dict[str, Any] = {
    "data": [EVENT.model_dump(mode="json")],
    "next": f"{BASE}/events?country=US&limit=1&cursor={CURSOR}",
}
COMMITMENT_ID = ids.commitment_id(ids.readout_of(EVENT_ID), CommitmentKind.agreement, _AGREED, 0)
COMMITMENT = StoredCommitment.model_validate_json(
    served_commitment(commitment_document(_EVENT.commitments[0], EVENT_ID, _EVENT), COMMITMENT_ID, BASE)
)
COMMITMENTS: dict[str, Any] = {
    "data": [COMMITMENT.model_dump(mode="json")],
    "next": f"{BASE}/commitments?actor=US&limit=1&cursor={CURSOR}",
}
ARTICLE = StoredArticle(
    **_SUMMARY.model_dump(), sha256=EXTRACTION.sha256, text=TEXT, evidence=marks((EVENT,), ARTICLE_ID), events=(EVENT,)
)


def shown(record: Record) -> dict[str, Any]:
    """A record as the example of a JSON answer."""
    return {"content": {"application/json": {"example": record.model_dump(mode="json")}}}
