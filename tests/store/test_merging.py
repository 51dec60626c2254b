"""One event for all that report it: in any order and language, undone with the article, copies counted once."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import GoneError
from app.ingest import default_extractor, ingest, ingest_one
from app.knowledge.load import load_knowledge
from app.merging import copies
from app.merging.blocks import blocks
from app.merging.report import traits
from app.records import Article, Extraction, Span
from app.store import read, save
from app.store.engine import Store
from app.store.rebuild import rebuild
from tests.store import reports

pytestmark = pytest.mark.both

SAMPLES = Path(__file__).parents[2] / "data/samples"
HANOI = ("vi-01-biden-ha-noi", "zh-01-baideng-fang-yue", "en-01-biden-hanoi")

TALKS = {"day": "2023-09-10", "people": ["joe-biden@US", "nguyen-phu-trong@VN"], "city": "Hanoi", "at": "VN"}
AGREED = {"kind": "agreement", "force": "undertaking", "actors": ["US", "VN"], "evidence": [reports.SPAN]}

# Articles whose events overlap in every way: each is a language and its events.
REPORTS: list[tuple[str, list[dict[str, Any]]]] = [
    ("vi", [TALKS]),
    ("zh", [TALKS | {"city": None}, TALKS | {"type": "visit", "end": "2023-09-11"}]),
    ("en", [TALKS | {"people": ["joe-biden@US", "=Nguyen Phu Trong@VN"]}, {"people": ["joe-biden@US", "a@VN"]}]),
    ("vi", [TALKS | {"day": "2022-09-10", "conf": 0.5, "basis": "inferred", "others": [("2023-09-10", 0.4)]}]),
    ("vi", [TALKS | {"part": "morning"}, TALKS | {"part": "evening"}]),
    ("en", [TALKS | {"status": "planned"}, TALKS | {"type": "visit"}]),
    ("zh", [TALKS | {"day": None}, {"day": "2023-09-11", "people": ["joe-biden@US", "a@VN"]}]),
    ("en", [TALKS | {"day": "2023-09-11", "basis": "publication", "conf": 0.4}]),
]


def texts(given: list[tuple[str, list[dict[str, Any]]]]) -> list[Article]:
    return [Article(source="a", text=f"News {place} " + json.dumps(one)) for place, one in enumerate(given)]


def extract(article: Article) -> Extraction:
    language, events = json.loads(article.text.split(" ", 2)[2])
    return reports.extraction(article.text, events, lang=language)


def events(store: Store) -> dict[str, dict[str, Any]]:
    """All events by id."""
    with store.read() as session:
        rows = session.connection().execute(text("SELECT id, document FROM event"))
        return {row.id: json.loads(row.document) for row in rows}


def clear(store: Store) -> None:
    with store.read() as session:
        ids = session.connection().execute(text("SELECT id FROM article")).scalars().all()
    with store.write() as session:
        assert all(save.remove(session, id_, "A test is over.") for id_ in ids)
    assert events(store) == {}


def test_three_languages_make_one_event_with_three_readouts(store: Store) -> None:
    articles = [Article(source=name, text=(SAMPLES / f"{name}.txt").read_bytes().decode()) for name in HANOI]
    list(ingest(store, default_extractor(load_knowledge()), articles))
    [talks] = [one for one in events(store).values() if one["type"] == "meeting" and one["status"] == "occurred"]
    assert sorted(one["article"]["language"] for one in talks["readouts"]) == ["en", "vi", "zh"]
    assert talks["date"]["start"] == "2023-09-10"
    assert {one["actor_id"] for one in talks["participants"]} == {"joe-biden", "nguyen-phu-trong"}
    assert all(len(one["readouts"]) == 3 for one in talks["participants"])
    shared = [one for one in talks["commitments"] if len(one["readouts"]) == 3]
    alone = [one for one in talks["commitments"] if one.get("only_in")]
    assert len(shared) >= 3
    assert any("二恶英" in one["text"] or "dioxin" in one["text"] for one in talks["commitments"])
    assert any(one["only_in"] == "en" and one["amounts"] for one in alone)
    by_id = {save.ids.article_id(save.ids.sha256_of(one.text)): one.text for one in articles}
    spans = [
        span for value in (talks["date"], *talks["participants"], *talks["commitments"]) for span in value["evidence"]
    ]
    assert {span.get("article", talks["article"]["id"]) for span in spans} == by_id.keys()
    for span in spans:
        assert by_id[span.get("article", talks["article"]["id"])][span["start"] : span["end"]] == span["quote"]


def test_the_outcome_does_not_depend_on_the_order(store: Store) -> None:
    articles = texts(REPORTS)
    chance = random.Random(3)
    list(ingest(store, extract, articles))
    expected = events(store)
    assert 1 < len(expected) < sum(len(given) for _, given in REPORTS)
    for _ in range(5):
        clear(store)
        chance.shuffle(articles)
        for article in articles:
            ingest_one(store, extract, article)
        assert events(store) == expected
    with store.write() as session:
        rebuild(session)
    assert events(store) == expected


def test_what_an_article_added_goes_with_it(store: Store) -> None:
    articles = texts(REPORTS)
    list(ingest(store, extract, articles[:-3]))
    before = events(store)
    for article in articles[-3:]:
        ingest_one(store, extract, article)
    assert events(store) != before
    with store.write() as session:
        for article in articles[-3:]:
            save.remove(session, save.ids.article_id(save.ids.sha256_of(article.text)), "It was withdrawn.")
    assert events(store) == before


def test_the_newest_article_with_another_text_stays_in_its_event(store: Store) -> None:
    given = texts([("vi", [TALKS]), ("en", [TALKS]), ("zh", [TALKS])])
    first, old, new = (one.model_copy(update={"url": url}) for one, url in zip(given, ("a", "b", "b"), strict=True))
    list(ingest(store, extract, [first, old]))
    list(ingest(store, extract, [new]))
    [talks] = events(store).values()
    assert sorted(one["article"]["language"] for one in talks["readouts"]) == ["vi", "zh"]


def test_what_came_and_went_in_between_leaves_no_trace(store: Store) -> None:
    articles = texts(REPORTS)
    chance = random.Random(11)
    list(ingest(store, extract, articles))
    expected = events(store)
    for _ in range(8):
        article = chance.choice(articles)
        with store.write() as session:
            save.remove(session, save.ids.article_id(save.ids.sha256_of(article.text)), "It was withdrawn.")
            if chance.random() < 0.5:
                save.save(session, article, extract(article))
    for article in chance.sample(articles, len(articles)):
        ingest_one(store, extract, article)
    assert events(store) == expected


def signature(numbers: Iterable[int]) -> bytes:
    return b"".join(number.to_bytes(4, "big") for number in numbers)


def test_copies_are_found_however_their_signatures_differ() -> None:
    chance = random.Random(7)
    stories = [[chance.randrange(1 << 32) for _ in range(64)] for _ in range(4)]
    known = {}
    for place in range(60):
        given = list(chance.choice(stories))
        # From 26 numbers on that are others, 64 are no copies any more.
        for at in chance.sample(range(64), chance.choice((0, 3, 12, 13, 24, 25, 26))):
            given[at] = chance.randrange(1 << 32)
        known[f"ro_{place:02}"] = signature(given)
    first = {id_: id_ for id_ in known}
    for one, other in combinations(known, 2):
        if copies.are_copies(known[one], known[other]) and first[one] != first[other]:
            low, high = sorted((first[one], first[other]))
            first = {id_: low if top == high else top for id_, top in first.items()}
    assert len(set(first.values())) > 4
    assert copies.originals(list(known), known) == first
    assert copies.are_copies(signature(range(64)), signature([*range(39), *range(100, 125)]))
    assert not copies.are_copies(signature(range(64)), signature([*range(38), *range(100, 126)]))


PAIR = {"people": ["joe-biden@US", "nguyen-phu-trong@VN"]}


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        (PAIR, PAIR, True),
        (PAIR, {"people": ["joe-biden@US", "to-lam@VN"]}, False),
        ({"people": ["=Abe Roe@US", "to-lam@VN"]}, {"people": ["=Roe Abe@US", "to-lam@VN"]}, True),
        ({"countries": ["US", "VN"]}, {"countries": ["US", "VN"]}, False),
        ({"countries": ["US", "VN"]}, {"countries": ["US", "VN"], "told": "Elsewhere"}, True),
        (PAIR | {"occasion": "cop-26"}, {"countries": ["US", "VN"], "occasion": "cop-26"}, True),
        (PAIR | {"day": "2023-09-10"}, {"day": "2023-09-10", "countries": ["US", "VN"]}, True),
        (PAIR, PAIR | {"type": "visit"}, False),
    ],
)
def test_of_two_sides_without_a_date_more_is_the_same_than_the_sides(one: Any, other: Any, compared: bool) -> None:
    found = []
    for place, given in enumerate((one, other)):
        told = reports.report(str(place), **given)
        quote = "Elsewhere" if "told" in other else f"Told {place}"
        span = Span(start=100 * place, end=100 * place + len(quote), quote=quote)
        found.append(set(blocks(traits(told._replace(event=told.event.model_copy(update={"evidence": (span,)}))))))
    assert bool(found[0] & found[1]) is compared


def test_an_id_leads_to_the_event_after_merging_and_is_gone_with_the_last_article(store: Store) -> None:
    articles = texts([("vi", [TALKS]), ("zh", [TALKS])])
    single = []
    for article in articles:
        ingest_one(store, extract, article)
        single += events(store)
        with store.write() as session:
            save.remove(session, save.ids.article_id(save.ids.sha256_of(article.text)), "It was withdrawn.")
    list(ingest(store, extract, articles))
    [merged] = events(store)
    assert merged == min(single)
    with store.read() as session:
        with pytest.raises(read.MovedError) as moved:
            read.event(session, max(single), "http://a")
        assert moved.value.event_id == merged
    clear(store)
    with store.read() as session, pytest.raises(GoneError, match="A test is over"):
        read.event(session, max(single), "http://a")


def test_copies_of_one_text_count_once(store: Store) -> None:
    story = " ".join(f"word{number} of the story that was sent to all papers {number % 7}" for number in range(40))
    given = [
        ("en", [TALKS | {"city": "Hanoi"}]),
        ("en", [TALKS | {"city": "Hanoi"}]),
        ("en", [TALKS | {"city": "Ha Long"}]),
    ]
    made = {}

    def read_(article: Article) -> Extraction:
        return reports.extraction(article.text, made[article.text][1], publisher=article.source)

    for place, one in enumerate([*given[:2], ("en", [TALKS]), ("vi", [TALKS])]):
        body = story if place < 2 else story.replace("word", f"own{place}").replace(" of the ", f" by {place} ")
        made[f"Paper {place}\n{body}\nTail {place}"] = one
    for source, body in enumerate(made):
        ingest_one(store, read_, Article(source=str(source), text=body))
    [event] = events(store).values()
    copies = [one for one in event["readouts"] if one["copy_of"]]
    assert len(event["readouts"]) == 4
    assert len(copies) == 1
    assert copies[0]["copy_of"] == min(one["id"] for one in event["readouts"] if one["article"]["publisher"] in "01")
    assert event["date"]["explanation"][-1] == "3 independent reports agree on it."


def test_what_reports_do_not_agree_on_is_kept_with_who_says_it(store: Store) -> None:
    given = [
        ("vi", [TALKS]),
        ("zh", [TALKS | {"type": "negotiation"}]),
        ("en", [TALKS | {"status": "planned", "city": None}]),
    ]
    list(ingest(store, extract, texts(given)))
    [event] = events(store).values()
    assert (event["status"], event["venue"]["city"]) == ("occurred", "Hanoi")
    claims = {(one["field"], str(one["value"])): len(one["readouts"]) for one in event["claims"]}
    assert claims["status", "occurred"] == 2
    assert claims["status", "planned"] == 1
    assert claims["type", "negotiation"] == 1


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        (
            {"text": "tăng cường hợp tác thương mại", "topics": ["trade"]},
            {"text": "加强贸易合作", "topics": ["trade"]},
            True,
        ),
        ({"text": "a", "topics": ["trade"]}, {"text": "b", "topics": ["health"]}, False),
        (
            {"text": "a", "topics": ["finance"], "amounts": [{"value": 2e6, "unit": "USD"}]},
            {"text": "b", "topics": [], "amounts": [{"value": 2.01e6, "unit": "USD"}]},
            True,
        ),
        (
            {"text": "a", "topics": ["finance"], "amounts": [{"value": 2e6, "unit": "USD"}]},
            {"text": "b", "topics": ["finance"], "amounts": [{"value": 5e6, "unit": "USD"}]},
            False,
        ),
        ({"text": "a", "topics": ["trade"]}, {"text": "b", "topics": ["trade"], "actors": ["JP"]}, False),
    ],
)
def test_commitments_are_linked_across_languages(store: Store, one: Any, other: Any, linked: bool) -> None:
    given = [("vi", [TALKS | {"commitments": [AGREED | one]}]), ("zh", [TALKS | {"commitments": [AGREED | other]}])]
    list(ingest(store, extract, texts(given)))
    [event] = events(store).values()
    assert [len(found["readouts"]) for found in event["commitments"]] == ([2] if linked else [1, 1])
    assert {found.get("only_in") for found in event["commitments"]} == ({None} if linked else {"vi", "zh"})
