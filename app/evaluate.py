"""`dragoman eval`: extracts the articles of gold records, scores what is found, and holds it against a baseline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app import terminal
from app.evaluation import baseline as floors
from app.evaluation import report, sets
from app.evaluation.scoring import Scored, score_article
from app.evaluation.tally import Figures, Tally
from app.ingest import Extractor, default_extractor
from app.knowledge.load import load_knowledge

BASELINE = Path("tests/eval_baseline.json")
"""Where the floors are, seen from the folder of the project."""


def run(
    gold: Path,
    articles: Path | None = None,
    baseline: Path | None = None,
    *,
    update: bool = False,
    ignore_published: bool = False,
    worst: int = 10,
) -> int:
    """Measures, prints, and gives the exit code: 1 where a figure fell below the baseline of the same set.

    `articles` is searched with all below it; `update` writes what is measured into the baseline file.
    """
    measured = sets.load(gold, articles)
    extract = default_extractor(load_knowledge(), ignore_published=ignore_published)
    scored = list(terminal.counted(score(measured, extract), "Reading articles", len(measured.labelled)))
    tallies = grouped(scored)
    groups = {name: tally.figures() for name, tally in tallies.items()}
    out = report.console()
    path = baseline or BASELINE
    # Without publication dates the same articles are another task, with floors of its own.
    name = f"{measured.name} without publication dates" if ignore_published else measured.name
    floor = floors.read(path).get(name)
    same = floor is not None and floor.fingerprint == measured.fingerprint
    report.show_worst(out, scored, worst)
    report.show_figures(out, measured, groups, floor if same else None)
    report.show_sure(out, tallies[report.ALL])
    if update:
        floors.write(path, name, floors.Floor(fingerprint=measured.fingerprint, figures=_values(groups)))
        out.print(f"{path}: the baseline of {name} is what was measured now.", soft_wrap=True)
        return 0
    if floor is None:
        out.print(f"{path} has no baseline of {name}: nothing is compared.", soft_wrap=True)
        return 0
    if not same:
        out.print(f"{path}: the baseline of {name} is of another set ({floor.fingerprint[:16]}): nothing is compared.")
        return 0
    return 0 if report.show_changes(out, list(floors.changes(floor.figures, _values(groups)))) else 1


def score(measured: sets.GoldSet, extract: Extractor) -> Iterable[Scored]:
    """Reads and scores one article after the other."""
    for one in measured.labelled:
        found = extract(one.article) if one.article else None
        yield score_article(one.gold, found, one.article.text if one.article else "")


def grouped(scored: Iterable[Scored]) -> dict[str, Tally]:
    """The counts of all articles together, and of each language."""
    groups = {report.ALL: Tally()}
    for one in sorted(scored, key=lambda one: one.language):
        for name in (report.ALL, one.language):
            groups.setdefault(name, Tally()).add(one.tally)
    return groups


def _values(groups: dict[str, Figures]) -> dict[str, dict[str, float]]:
    return {name: figures.values() for name, figures in groups.items()}
