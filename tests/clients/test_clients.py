"""Clients that are generated from openapi.json: they compile, and they work against a server."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import live

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS = ROOT / ".venv" / "clients"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", autouse=True)
def tools() -> None:
    run("sh", "tools/clients.sh", cwd=ROOT)


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with live.server(tmp_path) as address:
        yield address


def test_typescript(tmp_path: Path, url: str) -> None:
    work = tmp_path / "typescript"
    work.mkdir()
    (work / "node_modules").symlink_to(TOOLS / "typescript" / "node_modules")
    for name in ("package.json", "tsconfig.json", "client.ts"):
        shutil.copy(HERE / name, work / name)
    run("node_modules/.bin/openapi-typescript", ROOT / "openapi.json", "-o", "schema.d.ts", cwd=work)
    run("node_modules/.bin/tsc", "--strict", "-p", ".", cwd=work)
    assert run("node", "build/client.js", url, cwd=work) == f"typescript ok: {len(live.SAMPLES)} events\n"


def test_python(tmp_path: Path, url: str) -> None:
    tools = TOOLS / "python" / "bin"
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    options = ("--meta", "none", "--path", ROOT / "openapi.json", "--output-path", tmp_path / "dragoman_client")
    run(tools / "openapi-python-client", "generate", *options, cwd=tmp_path, PATH=path)
    said = run(tools / "python", HERE / "client.py", url, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert said == f"python ok: {len(live.SAMPLES)} events\n"
