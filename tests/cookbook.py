"""The questions of `docs/cookbook.md`, asked of the samples. `python -m tests.cookbook` writes the answers anew."""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from pathlib import Path
from typing import Any

import httpx

from app.ingest import default_extractor, ingest
from app.knowledge.load import data_folder, load_knowledge
from app.main import create_app
from app.records import Article
from app.settings import Settings
from app.sources import read
from app.store.engine import open_store

PAGE = Path(__file__).parents[1] / "docs" / "cookbook.md"
RECIPE = re.compile(r"```http\nGET (?P<path>[^\n]+)\n```\n\n```json\n(?P<answer>.*?)\n```", re.DOTALL)


def shown(answer: Any) -> str:
    """An answer as the page has it: one record a line."""
    records = ",\n".join(f"  {json.dumps(one, ensure_ascii=False)}" for one in answer["data"])
    return f"[\n{records}\n]" if answer["data"] else "[]"


async def answers(folder: Path) -> dict[str, str]:
    """What each request of the page gives now."""
    settings = Settings(database_url=f"sqlite:///{folder}/samples.db")
    store = open_store(settings.database_url)
    articles = (one for one in read.articles([str(data_folder("samples"))]) if isinstance(one, Article))
    for _ in ingest(store, default_extractor(load_knowledge()), articles):
        pass
    store.close()
    api = create_app(settings)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(api), base_url="http://127.0.0.1:8000")
    found = {}
    async with api.router.lifespan_context(api), client:
        for recipe in RECIPE.finditer(PAGE.read_text(encoding="utf-8")):
            answer = await client.get(recipe["path"])
            assert answer.status_code == 200, answer.text
            found[recipe["path"]] = shown(answer.json())
    return found


def rewritten(page: str, found: dict[str, str]) -> str:
    """The page with these answers."""
    return RECIPE.sub(
        lambda recipe: f"```http\nGET {recipe['path']}\n```\n\n```json\n{found[recipe['path']]}\n```", page
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        now = asyncio.run(answers(Path(temporary)))
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8"), now), encoding="utf-8")
