"""The API on a socket, for clients that are programs of their own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from app.knowledge.lookup import Knowledge
from app.main import create_app
from app.serve import configured
from app.settings import Settings
from tests import toy

PATIENCE = 120
"""Seconds after which something hangs, however busy the machine is. No test may need to wait so long."""
HTTP = httpx.Client(timeout=PATIENCE)

SAMPLES = [
    {"title": "They met in Hanoi", "day": "2023-09-10", "countries": ["VN", "US"], "names": ["Joe Biden"],
     "topics": ["climate"]},
    {"title": "They spoke", "day": "2021-11-01", "type": "phone_call", "countries": ["VN", "JP"], "actor": "someone",
     "names": ["Kishida Fumio"]},
    {"title": "No day is known", "countries": ["AT"]},
]  # fmt: skip


@contextmanager
def server(folder: Path, knowledge: Knowledge = toy.KNOWLEDGE, **settings: Any) -> Iterator[str]:
    """Serves some articles until it is left. The address of the server."""
    chosen = Settings(**{"database_url": f"sqlite:///{folder}/live.db", **settings})
    with running(create_app(chosen, extractor=toy.extract, knowledge=knowledge)) as url:
        for sample in SAMPLES:
            HTTP.post(f"{url}/articles", json={"text": toy.text_of(sample)}).raise_for_status()
        yield url


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serves as `dragoman run` does, until it is left. The address of the server."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    serving = uvicorn.Server(configured(app))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + PATIENCE
    while not serving.started:
        assert time.monotonic() < deadline, "the server does not start"
        time.sleep(0.05)
    try:
        yield url
    finally:
        serving.should_exit = True
        thread.join(10)
        listener.close()
