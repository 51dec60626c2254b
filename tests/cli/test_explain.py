"""`dragoman extract --explain`: the article, the events, and why these and no others."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from app.extract.explain import Reasons, explain
from app.extract.pipeline import extract
from app.knowledge.load import load_knowledge
from app.records import Article

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
STEMS = sorted(path.stem for path in SAMPLES.glob("*.txt"))
TEXT = (
    "Leaders meet in Hanoi\n\n"
    "Prime Minister Pham Minh Chinh met Japanese Prime Minister Fumio Kishida in Hanoi on May 1, 2022.\n\n"
    "They did not meet reporters. In 2015, Barack Obama visited Vietnam.\n\n"
    "Nguyen Phu Trong will not receive Joe Biden.\n"
)


def article(stem: str) -> Article:
    return Article(source=f"{stem}.txt", text=(SAMPLES / f"{stem}.txt").read_bytes().decode())


def reasons_of(text: str) -> Reasons:
    reasons = explain(Article(source="a", text=text), load_knowledge()).reasons
    assert reasons
    return reasons


def shown(folder: Path, given: str = TEXT, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "a.txt").write_text(given, encoding="utf-8")
    hidden = ("NO_COLOR", "FORCE_COLOR", "COLUMNS")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "app.cli", "extract", "--explain", str(folder / "a.txt")],
        cwd=ROOT, env=inherited | {"PYTHONUTF8": "1"} | environment, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


@pytest.mark.parametrize("stem", STEMS)
def test_an_explanation_is_of_what_is_extracted(stem: str) -> None:
    found = explain(article(stem), load_knowledge())
    assert found.extraction == extract(article(stem), load_knowledge())
    assert found.reasons
    assert tuple(told.event for told in found.reasons.events) == found.extraction.events
    for told in found.reasons.events:
        words = [found.reasons.text.span(frame.start, frame.end) for frame in told.frames]
        assert set(words) == set(told.event.evidence)
        assert tuple(said.commitment for said in told.said) == told.event.commitments


@pytest.mark.parametrize("stem", STEMS)
def test_each_event_word_makes_an_event_or_has_a_reason(stem: str) -> None:
    reasons = explain(article(stem), load_knowledge()).reasons
    assert reasons
    rejected = {(one.start, one.end) for one in reasons.rejected}
    told = {(frame.start, frame.end) for event in reasons.events for frame in event.frames}
    assert not rejected & told
    assert {(frame.start, frame.end) for frame in reasons.frames} <= rejected | told
    assert all(one.reason for one in reasons.rejected)


def test_commitments_have_their_cues() -> None:
    cues = [
        said.cue
        for stem in STEMS
        for told in (explain(article(stem), load_knowledge()).reasons or reasons_of("")).events
        for said in told.said
    ]
    assert sum(cue is not None for cue in cues) > 0.8 * len(cues)


def test_why_words_make_no_event() -> None:
    reasons = reasons_of(TEXT)
    said = {reasons.text.span(one.start, one.end).quote: one.reason for one in reasons.rejected}
    assert said["visited"] == "history: a year and no day"
    assert said["receive"].startswith("denied")


def test_an_event_long_before_the_rest_is_background() -> None:
    given = Article.model_validate({"source": "a", "text": TEXT, "published": "2024-02-01"})
    reasons = explain(given, load_knowledge()).reasons
    assert reasons
    assert reasons.events == ()
    assert any("history: dated well before" in one.reason for one in reasons.rejected)


def test_positions_are_those_of_the_text_as_given() -> None:
    decomposed = unicodedata.normalize("NFD", TEXT.replace("Hanoi", "Hà Nội"))
    decomposed = decomposed.replace("They did", "Kishida pledged to provide 5 million dollars. They did")
    (told,) = reasons_of(decomposed).events
    said = next(one for one in told.said if one.commitment.amounts)
    assert said.cue
    assert decomposed[said.cue.start : said.cue.end] == said.cue.quote
    assert said.cue.quote.startswith("pledged")


def test_a_pipe_gets_plain_text(tmp_path: Path) -> None:
    done = shown(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    lines = [line.strip() for line in done.stdout.splitlines()]
    (first, *_) = [line for line in lines if line.startswith("1 ")]
    assert "[Prime Minister Pham Minh Chinh|pham-minh-chinh] {met|meeting:with} [Japanese" in first
    assert any(line.startswith("Event 1  ") for line in lines)
    for label in ("kind", "told by", "stretch", "date", "venue"):
        assert any(line.startswith(f"{label}  ") for line in lines), label
    assert 'The text says "May 1, 2022".' in lines
    assert '"visited" in sentence 3 (barack-obama): history: a year and no day' in lines
    assert all(line == line.rstrip() and len(line) <= 120 for line in done.stdout.splitlines())


def test_a_terminal_gets_colour_unless_it_asks_for_none(tmp_path: Path) -> None:
    colour = shown(tmp_path, FORCE_COLOR="1", COLUMNS="100")
    assert "\x1b[36mPrime Minister Pham Minh Chinh" in colour.stdout
    plain = shown(tmp_path, FORCE_COLOR="1", COLUMNS="100", NO_COLOR="1")
    assert "\x1b" not in plain.stdout
    assert "Event 1" in plain.stdout


def test_an_article_does_nothing_to_the_terminal(tmp_path: Path) -> None:
    done = shown(tmp_path, TEXT.replace("reporters", "rep\x1b]0;title\x07orters [bold]"))
    assert done.returncode == 0
    assert not set(done.stdout) & {"\x1b", "\x07"}
    assert "[bold]" in done.stdout


def test_no_event_and_no_language(tmp_path: Path) -> None:
    assert "No event" in shown(tmp_path, "The committee discussed the weather in the afternoon.").stdout
    assert "none that is read" in shown(tmp_path, "12345 67890").stdout
