"""`dragoman eval` on the sample articles: the figures, the baseline, the exit code."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.errors import SourceError
from app.evaluate import grouped, run, score
from app.evaluation import baseline, sets
from app.ingest import default_extractor
from app.knowledge.load import load_knowledge
from app.records import Article, Extraction

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "data" / "samples"
REFERENCE = ROOT.parent / "shared" / "score" / "score.py"
STEMS = ("en-02-knapper-credentials", "vi-06-vo-dich-asean-cup", "zh-03-xijinping-makelong")


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three samples in a folder of their own."""
    folder = tmp_path / "three" / "gold"
    folder.mkdir(parents=True)
    for stem in STEMS:
        shutil.copy(SAMPLES / f"{stem}.txt", folder.parent)
        shutil.copy(SAMPLES / "gold" / f"{stem}.json", folder)
    return folder


@cache
def samples() -> tuple[sets.GoldSet, dict[str, Extraction]]:
    measured = sets.load(SAMPLES / "gold")
    extract = default_extractor(load_knowledge())
    return measured, {one.gold.stem: extract(one.article) for one in measured.labelled if one.article}


def test_all_samples_have_articles() -> None:
    measured, found = samples()
    assert measured.name == "samples"
    assert len(found) == len(measured.labelled) == len(list(SAMPLES.glob("*.txt")))


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the reference scorer is not beside the checkout")
def test_figures_are_those_of_the_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    measured, found = samples()

    def extract(article: Article) -> Extraction:
        return found[Path(article.source).stem]

    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(one.model_dump_json() for one in found.values()), encoding="utf-8")
    arguments = [str(SAMPLES / "gold"), str(predictions), "--articles", str(SAMPLES), "--json"]
    monkeypatch.setattr(sys, "argv", [str(REFERENCE), *arguments])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location("reference", REFERENCE)
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    capsys.readouterr()
    assert reference.main() == 0
    theirs = json.loads(capsys.readouterr().out)
    groups = {name: tally.figures() for name, tally in grouped(score(measured, extract)).items()}
    ours = {
        name: {"articles": one.articles, "score": one.score}
        | one.right
        | {figure: {"p": f.precision, "r": f.recall, "f1": f.f1} for figure, f in one.found.items()}
        for name, one in groups.items()
    }
    assert ours == theirs


def test_without_a_baseline_nothing_is_compared(gold: Path, tmp_path: Path, capsys: Any) -> None:
    assert run(gold, baseline=tmp_path / "none.json") == 0
    shown = capsys.readouterr().out
    assert "has no baseline of three: nothing is compared" in shown
    assert "worst of" in shown
    assert sets.load(gold).fingerprint[:16] in shown
    assert not (tmp_path / "none.json").exists()


def test_a_figure_that_fell_is_named_and_fails(gold: Path, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "baseline.json"
    assert run(gold, baseline=path, update=True) == 0
    assert run(gold, baseline=path) == 0
    assert "No figure is below the baseline." in capsys.readouterr().out
    written = json.loads(path.read_text())
    figures = written["three"]["figures"]
    assert set(figures) == {"all", "en", "vi", "zh"}
    figures["zh"]["language"], figures["en"]["title"] = 1.006, 1.004
    path.write_text(json.dumps(written))
    assert run(gold, baseline=path) == 1
    shown = capsys.readouterr().out
    assert "Below the baseline: zh language 1.000, baseline 1.006" in shown
    assert "en title" not in shown
    assert "-0.006" in shown
    assert "-0.004" in shown


def test_better_figures_tell_how_to_raise_the_baseline(gold: Path, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "baseline.json"
    floor = baseline.Floor(fingerprint=sets.load(gold).fingerprint, figures={"all": {"language": 0.5}})
    baseline.write(path, "three", floor)
    assert run(gold, baseline=path) == 0
    shown = capsys.readouterr().out
    assert "+0.500" in shown
    assert "--update-baseline" in shown
    assert baseline.read(path) == {"three": floor}
    run(gold, baseline=path, update=True)
    assert baseline.read(path)["three"].figures["all"]["language"] == 1


def test_the_baseline_of_another_set_is_not_compared(gold: Path, tmp_path: Path, capsys: Any) -> None:
    path = tmp_path / "baseline.json"
    other = baseline.Floor(fingerprint="0" * 64, figures={"all": {"language": 2.0}})
    baseline.write(path, "three", other)
    baseline.write(path, "other", other)
    assert run(gold, baseline=path) == 0
    # Where a line is folded hangs on the length of the path before it.
    assert "the baseline of three is of another set" in " ".join(capsys.readouterr().out.split())
    run(gold, baseline=path, update=True)
    assert baseline.read(path)["other"] == other
    assert baseline.read(path)["three"] != other


def test_without_publication_dates_is_a_set_of_its_own(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    run(gold, baseline=path, update=True, ignore_published=True)
    assert set(baseline.read(path)) == {"three without publication dates"}


def test_the_fingerprint_is_of_records_and_texts_and_not_of_their_place(gold: Path, tmp_path: Path) -> None:
    before = sets.load(gold).fingerprint
    moved = shutil.copytree(gold.parent, tmp_path / "elsewhere" / "three")
    assert sets.load(moved / "gold").fingerprint == before
    (moved / "unlabelled.txt").write_text("Another article.")
    assert sets.load(moved / "gold").fingerprint == before
    article = moved / f"{STEMS[0]}.txt"
    article.write_text(article.read_text(encoding="utf-8") + "More.", encoding="utf-8")
    changed = sets.load(moved / "gold").fingerprint
    assert changed != before
    (moved / "gold" / f"{STEMS[0]}.json").unlink()
    assert sets.load(moved / "gold").fingerprint not in (before, changed)


def test_articles_are_found_beside_the_gold_and_in_json_lines(tmp_path: Path) -> None:
    record = {"article": "x-1", "language": "en", "events": []}
    for folder in ("gold/dev/en", "articles/dev"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "gold/dev/en/x-1.json").write_text(json.dumps(record))
    line = {"id": "x-1", "url": "https://a.example/", "published": "2022-05-01", "text": "Text\r\nhere"}
    (tmp_path / "articles/dev/en.jsonl").write_text(json.dumps(line))
    measured = sets.load(tmp_path / "gold/dev")
    (one,) = measured.labelled
    assert measured.name == "dev"
    assert one.article
    assert one.article.text == "Text\r\nhere"
    assert one.article.published


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"article": "a", "language": "en"}', "events"),
        ('{"article": "a", "language": "en", "events": [{"type": "party"}]}', r"events\.0\.type"),
        ("[", "json"),
    ],
)
def test_a_gold_record_that_is_none_is_told(content: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(SourceError, match=rf"a\.json: .*(?i:{words})"):
        sets.load(tmp_path)


def test_folders_without_what_is_needed_are_told(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "others").mkdir()
    (tmp_path / "others/b.txt").write_text("Another article.")
    with pytest.raises(SourceError, match="no gold records"):
        sets.load(tmp_path / "empty")
    with pytest.raises(SourceError, match="no such folder"):
        sets.load(tmp_path / "missing")
    with pytest.raises(SourceError, match="none of the articles"):
        sets.load(gold, tmp_path / "others")


def test_a_baseline_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text('{"dev": {"figures": {}}}')
    with pytest.raises(SourceError, match="not a baseline"):
        baseline.read(path)
