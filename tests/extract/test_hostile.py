"""The whole pipeline on texts that nobody would write: no failure, every span true, and time that grows with length."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.extract import pipeline
from app.extract.pipeline import extract
from app.extract.windows import WINDOW, windows
from app.knowledge.load import load_knowledge
from app.records import Article, Extraction
from tests.extract.hostile import EN, TEXTS, VI, ZH

SIZE = int(os.environ.get("DRAGOMAN_SOAK", "50_000"))
"""Characters of each hostile text; `make soak` asks for a million."""
SECONDS_A_MILLION = 5
SLACK = 1 if SIZE > 500_000 else 40
"""A short text on a busy machine may take much longer, and only growth out of hand shall fail; the soak measures."""

PIECES = st.sampled_from(
    [
        *(word + " " for word in (EN + VI).split()),
        *ZH,
        *"()[]<>{}“”\"'.,;:!?…。、，《》·—-/\\#*|\n\r\t\0\u200b\u202e\u0301\ud800",
        "\n\n",
        "23/5/2016",
        "5月23日",
        "May 23",
        "hôm qua",
        "习近平",
        "越南总理",
        "Joe Biden",
        "Thủ tướng",
        "COP26",
        "12 tỷ USD",
        "<p>",
        "](http://a.example)",
        "![",
        "🇻🇳",
        "ﷺ",
        "İ",
    ]
)
TEXT = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=120).map("".join))


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span inside a record."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "quote"} <= set(value) else []
        return own + [span for inner in value.values() for span in spans(inner)]
    return [span for inner in value for span in spans(inner)] if isinstance(value, list | tuple) else []


def read(text: str, **more: Any) -> Extraction:
    return extract(Article(source="x", text=text, **more), load_knowledge())


def grounded(found: Extraction, text: str) -> None:
    for span in spans(found.model_dump()["events"]):
        assert text[span["start"] : span["end"]] == span["quote"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT, st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31)))
def test_any_text_is_read_without_failure_and_with_true_spans(text: str, published: date | None) -> None:
    found = read(text, published=published)
    grounded(found, text)
    assert read(text, published=published) == found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([EN, VI, ZH]), st.lists(st.tuples(st.integers(0, 200), PIECES), max_size=8))
def test_noise_inside_an_article_does_no_harm(text: str, noise: list[tuple[int, str]]) -> None:
    for position, piece in noise:
        text = text[:position] + piece + text[position:]
    found = read(text)
    grounded(found, text)
    assert read(text) == found


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_read_in_time(name: str) -> None:
    text = TEXTS[name](SIZE)
    assert len(text) == SIZE
    # What a text is allowed counts its bytes: a million bytes of Chinese are a third as many characters.
    size = len(text.encode("utf-8", "surrogatepass"))
    begin = time.process_time()
    found = read(text)
    took = time.process_time() - begin
    grounded(found, text)
    assert took < SLACK * SECONDS_A_MILLION * size / 1e6 + 0.2, f"{took:.2f} s for {size} bytes"


@pytest.mark.parametrize("text", [EN, VI, ZH])
def test_a_long_text_keeps_all_its_events_and_spans(text: str) -> None:
    filler = {EN: "The weather was fine. ", VI: "Thời tiết của hai nước tốt. ", ZH: "天气很好。"}[text]
    long = text + "\n" + (filler * 40 + "\n") * (3 * WINDOW // (40 * len(filler))) + text
    found = read(long)
    grounded(found, long)
    starts = [span["start"] for event in found.events for span in spans(event.model_dump())]
    assert min(starts) < len(text)
    assert max(starts) > len(long) - len(text)


def test_a_text_is_read_until_it_has_too_many_event_words(monkeypatch: pytest.MonkeyPatch) -> None:
    filler = "The weather was fine. " * 40 + "\n"
    text = EN + "\n" + filler * (3 * WINDOW // len(filler)) + EN
    whole = read(text)
    monkeypatch.setattr(pipeline, "MOST_EVENT_WORDS", 1)  # the first window has as many
    assert read(text).events == whole.events[: len(read(EN).events)] != whole.events


def test_windows_are_cut_between_sentences_and_lose_nothing() -> None:
    from app.extract.pack import load_pack
    from app.extract.text import read as read_text

    text = read_text((EN * 3 + "\n") * 200 + EN * 600, load_pack("en"))
    parts = windows(text)
    assert len(parts) > 3
    assert all(len(part.plain) <= WINDOW for part in parts)
    told = [part.span(s.start, s.end) for part in parts for s in part.sentences]
    assert told == [text.span(s.start, s.end) for s in text.sentences]
    assert all([s.index for s in part.sentences] == list(range(len(part.sentences))) for part in parts)


def test_a_text_of_usual_length_is_one_window() -> None:
    from app.extract.pack import load_pack
    from app.extract.text import read as read_text

    text = read_text(EN * 100, load_pack("en"))
    assert windows(text) == [text]
