"""The queries of the guides have answers among the sample articles."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.ingest import default_extractor, ingest
from app.knowledge.load import load_knowledge
from app.main import create_app
from app.serve import _new_samples
from app.settings import Settings
from app.store.engine import open_store

ROOT = Path(__file__).parents[1]
PAGES = ("docs/api.md", "docs/dates.md")
QUERIES = [
    (page, query)
    for page in PAGES
    for block in re.findall(r"^```\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for query in re.findall(r"^GET (\S+)$", block, re.MULTILINE)
]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('guide')}/guide.db"
    store = open_store(url)
    list(ingest(store, default_extractor(load_knowledge()), _new_samples(store)))
    store.close()
    return url


@pytest.fixture
async def guide(samples: str) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(Settings(database_url=samples))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client,
    ):
        yield client


async def test_each_query_has_an_answer(guide: httpx.AsyncClient) -> None:
    assert len(QUERIES) > 15
    for page, query in QUERIES:
        answer = await guide.get(query)
        assert answer.status_code == 200, (page, query, answer.text)
        if answer.headers["content-type"] == "application/json" and "data" in answer.json():
            assert answer.json()["data"], (page, query)
        assert len(answer.content) > 50, (page, query)


async def test_the_query_of_the_readme_has_the_answer_that_it_shows(guide: httpx.AsyncClient) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    query = re.search(r"^curl 'http://127.0.0.1:8000(\S+)'$", readme, re.MULTILINE)
    shown = re.search(r"^```json\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    assert query
    assert shown
    answers = (await guide.get(f"{query[1]}&limit=200")).json()["data"]
    assert f"of its {len(answers)} answers" in readme
    assert f'"id": "{answers[0]["id"]}"' in shown[1]
    assert f'"title": "{answers[0]["title"]}"' in shown[1]
    assert json.dumps(answers[0]["date"]["explanation"][0], ensure_ascii=False) in shown[1]


def example_paths(described: dict[str, Any]) -> list[str]:
    """What can be read by an id, with the ids of the description's examples."""
    found = []
    for path, operations in described["paths"].items():
        given = [p for p in operations.get("get", {}).get("parameters", ()) if p.get("in") == "path"]
        if given and all("examples" in p["schema"] for p in given):
            found.append(path.format(**{p["name"]: p["schema"]["examples"][0] for p in given}))
    return found


async def test_what_the_examples_ask_for_by_id_is_there(guide: httpx.AsyncClient) -> None:
    paths = example_paths((await guide.get("/openapi.json")).json())
    assert len(paths) > 10
    assert {path: (await guide.get(path)).status_code for path in paths} == dict.fromkeys(paths, 200)
