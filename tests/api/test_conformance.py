"""The API does what its description says: requests made from the description by Schemathesis, with all its checks: the
examples, here; made-up ones, with `make test-schema`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from app.knowledge.load import load_knowledge
from tests import live

ROOT = Path(__file__).parents[2]


def test_answers_are_as_described(tmp_path: Path) -> None:
    with live.server(tmp_path, load_knowledge(), stream_seconds=0) as url:
        httpx.get(f"{url}/openapi.json", timeout=60)  # made now: the program does not wait as long
        done = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")), "run", f"{url}/openapi.json", "--checks", "all",
                "--request-timeout", "60",
                "--generation-deterministic", "--continue-on-failure", "--no-color", "--phases", "examples",
            ],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout[-20000:]
