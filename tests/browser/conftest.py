"""A real server on the samples and a real browser. Every page must stay free of errors on its console."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.live import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERVES = re.compile(r"serves (http://\S+?)/events")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of `dragoman run` with the samples loaded."""
    folder: Path = tmp_path_factory.mktemp("server")
    environment = {**os.environ, "DRAGOMAN_DATABASE_URL": f"sqlite:///{folder}/samples.db", "DRAGOMAN_PORT": "0"}
    command = [sys.executable, "-m", "app.cli", "run"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        address = next((found[1] for line in process.stdout if (found := SERVES.search(line))), None)
        assert address, "the server did not start"
        yield address
        process.terminate()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or subprocess.check_output(["sh", "tools/browser.sh"], text=True).strip()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser, server: str) -> Iterator[BrowserContext]:
    opened = browser.new_context(
        base_url=server,
        locale="en-US",
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-write", "clipboard-read"],
    )
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, server: str) -> Iterator[Page]:
    """A page that may not write errors on its console, nor ask anyone but the server."""
    opened = context.new_page()
    troubles: list[str] = []
    opened.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on(
        "request",
        lambda asked: None if asked.url.startswith((server, "blob:", "data:")) else troubles.append(asked.url),
    )
    yield opened
    assert troubles == []
