"""Each figure on small records: what raises it, what lowers it, what it passes over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.evaluation.gold import GoldRecord
from app.evaluation.names import same_name
from app.evaluation.pairing import best_pairs
from app.evaluation.scoring import Scored, score_article
from app.evaluation.tally import SURE, Count, Figures, Found
from app.records import (
    FORCE_OF_KIND,
    Amount,
    Codes,
    Commitment,
    CommitmentKind,
    DateBasis,
    Deadline,
    Event,
    EventDate,
    EventStatus,
    EventType,
    Extraction,
    Mode,
    Occasion,
    Participant,
    ParticipantKind,
    PloverCode,
    Precision,
    Role,
    Span,
    Topic,
    Venue,
)

TEXT = "In Hanoi the two met. Japan pledged 5 million dollars by 2024. Vietnam agreed to buy rice."


def said(quote: str) -> tuple[Span, ...]:
    start = TEXT.index(quote)
    return (Span(start=start, end=start + len(quote), quote=quote),)


def person(name: str = "Fumio Kishida", **changes: Any) -> Participant:
    given = {"country": "JP", "role": Role.guest, "title": "Prime Minister", "aliases": ("岸田文雄",)} | changes
    return Participant(kind=ParticipantKind.person, name=name, **given)


HOST = person("Phạm Minh Chính", country="VN", role=Role.host, aliases=())
GUEST = person()


def pledge(**changes: Any) -> Commitment:
    kind = changes.pop("kind", CommitmentKind.pledge)
    quote = "Japan pledged 5 million dollars by 2024"
    given: dict[str, Any] = {
        "actors": ("JP",),
        "topics": (Topic.finance,),
        "amounts": (Amount(value=5e6, unit="USD"),),
        "deadline": Deadline(date=date(2024, 12, 31), precision=Precision.year),
        "text": quote,
        "evidence": said(quote),
    }
    return Commitment(kind=kind, force=FORCE_OF_KIND[kind], **(given | changes))


def on(day: str, confidence: float = 0.95) -> EventDate:
    start = date.fromisoformat(day)
    return EventDate(
        start=start, end=start, precision=Precision.day, basis=DateBasis.inferred, confidence=confidence
    )  # fmt: skip


def event(**changes: Any) -> Event:
    given: dict[str, Any] = {
        "type": EventType.meeting,
        "mode": Mode.in_person,
        "title": "Kishida met Chính",
        "date": on("2022-05-01"),
        "venue": Venue(country="VN", city="Ha Noi"),
        "occasion": Occasion(id="asean-2022", name="ASEAN Summit"),
        "participants": (HOST, GUEST),
        "countries": ("VN", "JP"),
        "topics": (Topic.trade, Topic.finance),
        "commitments": (pledge(),),
        "codes": Codes(plover=PloverCode(type="CONSULT"), cameo="040"),
        "confidence": 0.9,
        "evidence": said("the two met"),
    }
    return Event(**(given | changes))


GOLD: dict[str, Any] = {
    "type": "meeting",
    "mode": "in_person",
    "date": {"start": "2022-05-01", "end": "2022-05-01", "precision": "day", "stated": False},
    "venue": {"country": "VN", "city": ["Hà Nội", "Hanoi"]},
    "occasion": ["ASEAN summit", "东盟峰会"],
    "countries": ["JP", "VN"],
    "participants": [
        {"name": ["Phạm Minh Chính"], "country": "VN", "role": "host", "title": ["Prime Minister", "Thủ tướng"]},
        {"name": ["Kishida Fumio"], "country": "JP", "role": "guest", "title": ["Prime Minister"]},
    ],
    "topics": ["trade", "finance"],
    "commitments": [
        {
            "kind": "pledge",
            "actors": ["JP"],
            "topics": ["finance"],
            "anchor": "pledged 5 million",
            "amounts": [{"value": 5000000, "unit": "USD"}],
            "deadline": "2024-12-31",
        }
    ],
}


def score(*events: Event, gold: list[dict[str, Any]] | None = None, language: str = "en", text: str = TEXT) -> Scored:
    record = GoldRecord.model_validate(
        {"article": "a.txt", "language": "en", "events": [GOLD] if gold is None else gold}
    )
    extraction = Extraction(source="a.txt", language=language, sha256="", events=events)
    return score_article(record, extraction, text)


def figures(*events: Event, **given: Any) -> Figures:
    return score(*events, **given).tally.figures()


def test_all_is_perfect_where_all_is_found() -> None:
    scored = score(event())
    assert scored.faults == ()
    assert set(scored.tally.figures().values().values()) == {1.0}


PUT_WRONG: dict[str, Event] = {
    "type": event(type=EventType.visit),
    "country": event(participants=(HOST, person(country="CN"))),
    "role": event(participants=(HOST, person(role=Role.host))),
    "title": event(participants=(HOST, person(title="Foreign Minister"))),
    "date": event(date=on("2022-05-02")),
    "mode": event(mode=Mode.video),
    "venue_country": event(venue=Venue(country="JP", city="Hanoi")),
    "venue_city": event(venue=Venue(country="VN", city="Huế")),
    "occasion": event(occasion=None),
    "commit_actor": event(commitments=(pledge(actors=("JP", "VN")),)),
    "commit_kind": event(commitments=(pledge(kind=CommitmentKind.offer),)),
    "commit_topic": event(commitments=(pledge(topics=(Topic.space,)),)),
    "amount": event(commitments=(pledge(amounts=(Amount(value=5e6, unit="JPY"),)),)),
    "deadline": event(commitments=(pledge(deadline=None),)),
    "grounded": event(evidence=(Span(start=0, end=2, quote="No"),)),
}


@pytest.mark.parametrize("figure", PUT_WRONG)
def test_a_share_falls_for_what_is_wrong_and_for_nothing_else(figure: str) -> None:
    worse = {name for name, value in figures(PUT_WRONG[figure]).values().items() if value < 1}
    follows = {"date": {"article_perfect", "score"}, "venue_country": {"article_perfect", "score"}, "type": {"score"}}
    parties = {"parties"} if figure == "country" else set()
    assert worse == {figure} | follows.get(figure, set()) | parties


def test_year_and_language() -> None:
    assert figures(event(date=on("2021-05-01"))).right["year"] == 0
    assert figures(event(date=None)).right["year"] == 0
    assert figures(event(), language="vi").right["language"] == 0


def test_article_is_perfect_with_the_right_events_days_countries_and_people() -> None:
    assert figures(event(topics=(), commitments=(), mode=None)).right["article_perfect"] == 1
    assert figures(event(participants=(HOST,))).right["article_perfect"] == 0
    assert figures(event(), event(type=EventType.aid, participants=(), date=None)).right["article_perfect"] == 0
    assert figures().right["article_perfect"] == 0


def test_what_is_found_has_precision_and_recall() -> None:
    extra = event(type=EventType.aid, participants=(person("Xi Jinping", country="CN"),), countries=("CN",), date=None)
    found = figures(event(), extra).found
    assert found["event"] == Found(0.5, 1.0, 0.667)
    third = person("Tô Lâm", country="VN")
    assert figures(event(participants=(HOST, GUEST, third))).found["people"] == Found(0.667, 1.0, 0.8)
    assert figures(event(participants=(HOST,))).found["people"] == Found(1.0, 0.5, 0.667)
    assert figures(event(countries=("VN", "JP", "CN"))).found["parties"] == Found(0.667, 1.0, 0.8)
    assert figures(event(topics=(Topic.trade, Topic.space))).found["topics"] == Found(0.5, 0.5, 0.5)
    rice = pledge(kind=CommitmentKind.agreement, actors=("VN",), evidence=said("Vietnam agreed to buy rice"))
    assert figures(event(commitments=(pledge(), rice))).found["commit"] == Found(0.5, 1.0, 0.667)


def test_a_missed_event_takes_its_people_and_commitments_with_it() -> None:
    found = figures().found
    assert [found[name].recall for name in ("event", "people", "commit")] == [0, 0, 0]
    assert found["event"].precision == 0
    assert score().faults == ("missed event meeting JP+VN 2022-05-01",)


def test_nothing_asked_and_nothing_found_is_perfect() -> None:
    nothing = figures(gold=[])
    assert nothing.found["event"] == Found(1, 1, 1)
    assert nothing.right["date"] is None
    assert nothing.score == 1


def test_what_is_optional_is_right_if_found_and_no_miss_if_not() -> None:
    optional = GOLD | {"optional": True}
    assert score(gold=[optional]).faults == ()
    assert score(event(), gold=[optional]).tally.counts["event"] == Count(hit=1)
    watcher = {"name": ["Tô Lâm"], "country": "LA", "role": "participant", "optional": True}
    watched = GOLD | {"participants": [*GOLD["participants"], watcher]}
    assert score(event(), gold=[watched]).faults == ()
    came = event(participants=(HOST, GUEST, person("To Lam", country="LA", role=Role.participant)))
    assert figures(came, gold=[watched]).found["people"] == Found(1, 1, 1)
    loose = GOLD | {"commitments": [GOLD["commitments"][0] | {"optional": True}]}
    assert score(event(commitments=()), gold=[loose]).faults == ()


def test_what_is_right_too_is_neither_asked_for_nor_wrong() -> None:
    also = GOLD | {
        "type_also": ["negotiation"], "start_also": ["2022-05-03"], "topics_also": ["space"], "countries_also": ["LA"],
    }  # fmt: skip
    other = event(
        type=EventType.negotiation, date=on("2022-05-03"), countries=("VN", "JP", "LA"),
        topics=(Topic.trade, Topic.finance, Topic.space),
    )  # fmt: skip
    assert score(other, gold=[also]).faults == ()
    assert set(figures(other, gold=[also]).values().values()) == {1.0}
    kind = GOLD | {"commitments": [GOLD["commitments"][0] | {"kind_also": ["offer"]}]}
    assert figures(PUT_WRONG["commit_kind"], gold=[kind]).right["commit_kind"] == 1


def test_commitments_that_were_not_labelled_are_not_scored() -> None:
    unlabelled = GOLD | {"commitments": [], "commitments_labelled": False}
    assert figures(event(), gold=[unlabelled]).found["commit"] == Found(1, 1, 1)
    assert figures(event(), gold=[GOLD | {"commitments": []}]).found["commit"].precision == 0


def test_a_commitment_is_found_where_its_evidence_touches_the_anchor() -> None:
    beside = pledge(evidence=said("Vietnam agreed to buy rice"))
    assert figures(event(commitments=(beside,))).found["commit"] == Found(0, 0, 0)
    joined = GOLD | {
        "commitments": [GOLD["commitments"][0] | {"anchor": "Japan pledged 5 million dollars by 2024 now"}]
    }
    assert figures(event(), gold=[joined]).found["commit"] == Found(1, 1, 1)


def test_events_called_off_are_none() -> None:
    assert score(event(status=EventStatus.cancelled), gold=[]).faults == ()
    assert len(score(event(status=EventStatus.planned), gold=[]).faults) == 1


def test_only_dates_that_claim_to_be_sure_are_held_to_it() -> None:
    assert score(event(date=on("2022-05-01", 0.9))).tally.counts[SURE] == Count(hit=1)
    assert score(event(date=on("2022-05-02", 0.9))).tally.counts[SURE] == Count(missed=1)
    assert score(event(date=on("2022-05-02", 0.89))).tally.counts[SURE] == Count()


def test_an_article_that_is_not_there_is_missed() -> None:
    record = GoldRecord.model_validate({"article": "x/a.txt", "language": "en", "events": [GOLD]})
    scored = score_article(record, None, "")
    assert scored.stem == "a"
    assert scored.faults == ("there is no such article", "missed event meeting JP+VN 2022-05-01")
    assert scored.tally.figures().right["language"] is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kim Boo-kyum", "Boo-kyum Kim", True),
        ("Hà Nội", "HANOI", True),
        ("Đắk Lắk", "dak lak", True),
        ("习近平", "习近平", True),
        ("习近平", "近平", False),
        ("Joe Biden", "Biden", False),
    ],
)
def test_same_name(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same


def test_pairs_have_the_greatest_sum() -> None:
    assert best_pairs([[0.9, 0.8], [0.8, 0.0]], 0.5) == [(0, 1), (1, 0)]
    assert best_pairs([[0.4], [0.5]], 0.5) == [(1, 0)]
    assert best_pairs([], 0.5) == []
    assert best_pairs([[]], 0.5) == []


def test_long_lists_are_paired_by_the_heaviest() -> None:
    size = 20
    weights = [[1.0 if row == column else 0.6 for column in range(size)] for row in range(size)]
    assert best_pairs(weights, 0.5) == [(n, n) for n in range(size)]
