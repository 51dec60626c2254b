"""`dragoman run`: takes the port, prepares the database, loads the samples the first time, serves."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI

from app import terminal
from app.errors import SourceError, StartError
from app.ingest import default_extractor, ingest
from app.knowledge.load import data_folder, load_knowledge
from app.main import create_app
from app.records import Article
from app.settings import Settings
from app.sources.read import articles
from app.store import read
from app.store.engine import Store, open_store
from app.store.save import known
from app.version import VERSION

_REASONS = {
    errno.EADDRINUSE: "Port {port} on {host} is taken; choose another with --port.",
    errno.EACCES: "Port {port} may not be used by this user; choose one above 1023 with --port.",
    errno.EADDRNOTAVAIL: "This machine has no address {host}; choose another with --host.",
}


def run(settings: Settings, *, samples: bool) -> None:
    """Serves until it is told to stop. Raises DragomanError where it cannot start."""
    with _listening(settings.host, settings.port) as listener:
        knowledge = load_knowledge()
        store = open_store(settings.database_url)
        if samples and (new := _new_samples(store)):
            _load(store, new)
        store.close()
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        app = create_app(settings, knowledge=knowledge)
        try:
            _Server(app, configured(app, settings.trusted_proxies), settings).run(sockets=[listener])
        except KeyboardInterrupt:
            return


def configured(app: FastAPI, proxies: Sequence[str] = ()) -> uvicorn.Config:
    """How an application is served, behind trusted proxies of these addresses."""
    return uvicorn.Config(
        app,
        http=_protocol(),
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=list(proxies),
    )


def _protocol() -> Any:
    """How HTTP is read: by the fast parser where there is one (CPython), else by what uvicorn has."""
    if find_spec("httptools") is None:
        return "auto"
    from app.protocol import Protocol  # noqa: PLC0415  needs the parser

    return Protocol


class _Server(uvicorn.Server):
    """Says where it is once it answers, and ends what would not end by itself."""

    def __init__(self, app: FastAPI, config: uvicorn.Config, settings: Settings) -> None:
        super().__init__(config)
        self._app = app
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        self._url = f"http://{host}:{settings.port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to answer."""
        await super().startup(sockets)
        print(f"Dragoman {VERSION} serves {self._url}/events, described at {self._url}/docs (Ctrl-C stops)", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops to answer: streams first, for which it would wait."""
        self._app.state.log.close()
        await super().shutdown(sockets)


def _listening(host: str, port: int) -> socket.socket:
    """A socket on the port: taken before anything else is done, so that a taken port costs nothing."""
    listener = None
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
        return listener
    except OSError as error:
        if listener:
            listener.close()
        reason = _REASONS.get(error.errno or 0, "{host}:{port} cannot be listened on: {error}.")
        raise StartError(reason.format(host=host, port=port, error=error.strerror)) from None


def _new_samples(store: Store) -> list[Article]:
    """The samples that are missing, as long as the database holds nothing else: a user's own stays his own."""
    folder = data_folder("samples")
    found = [
        # Where this machine keeps them is nobody's business who asks the API.
        one.model_copy(update={"source": f"data/samples/{Path(one.source).name}"})
        for one in articles([str(folder)])
        if not isinstance(one, SourceError)
    ]
    with store.read() as session:
        missing = [article for article in found if known(session, article.text) is None]
        held = read.counts(session).articles
    return missing if held == len(found) - len(missing) else []


def _load(store: Store, samples: list[Article]) -> None:
    done = terminal.counted(
        ingest(store, default_extractor(load_knowledge()), samples), "Loading samples", len(samples)
    )
    terminal.show_events(event for one in list(done) if one.extraction for event in one.extraction.events)
