"""The cookbook: each question has one request, and its answer from the samples is true."""

from __future__ import annotations

from pathlib import Path

from tests import cookbook


async def test_the_answers_are_those_of_the_samples(tmp_path: Path) -> None:
    page = cookbook.PAGE.read_text(encoding="utf-8")
    assert page.count("\n## ") == len(cookbook.RECIPE.findall(page)) >= 10
    found = await cookbook.answers(tmp_path)
    assert "[]" not in found.values()
    assert cookbook.rewritten(page, found) == page, "run `python -m tests.cookbook` and read what changed"
