"""The API on a socket, for clients that are programs of their own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from app.knowledge.lookup import Knowledge
from app.main import create_app
from app.settings import Settings
from tests import toy

SAMPLES = [
    {"title": "They met in Hanoi", "day": "2023-09-10", "countries": ["VN", "US"], "names": ["Joe Biden"],
     "topics": ["climate"]},
    {"title": "They spoke", "day": "2021-11-01", "type": "phone_call", "countries": ["VN", "JP"], "actor": "someone",
     "names": ["Kishida Fumio"]},
    {"title": "No day is known", "countries": ["AT"]},
]  # fmt: skip


@contextmanager
def server(folder: Path, knowledge: Knowledge = toy.KNOWLEDGE) -> Iterator[str]:
    """Serves some articles until it is left. The address of the server."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    settings = Settings(database_url=f"sqlite:///{folder}/live.db")
    app = create_app(settings, extractor=toy.extract, knowledge=knowledge)
    running = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="on"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not running.started:
        assert time.monotonic() < deadline, "the server does not start"
        time.sleep(0.05)
    for sample in SAMPLES:
        httpx.post(f"{url}/articles", json={"text": toy.text_of(sample)}).raise_for_status()
    try:
        yield url
    finally:
        running.should_exit = True
        thread.join(10)
        listener.close()
