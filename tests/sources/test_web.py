"""Addresses and feeds, from a server on this machine; and what may not be fetched from this machine."""

from __future__ import annotations

import gzip
import ipaddress
import json
import socket
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.errors import SourceError
from app.records import Article, PublishedBasis
from app.sources import addresses, html
from app.sources.found import Note, Page
from app.sources.limits import Options
from app.sources.read import articles, documents
from app.sources.web import Web
from tests.sources.test_pages import VI, page

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Tin</title>
<item><title>Đủ</title><link>{0}/full</link><guid>1</guid><pubDate>Tue, 02 Nov 2021 08:15:00 +0700</pubDate>
<content:encoded><![CDATA[<p>{1}</p><p>{1}</p><p>{1}</p><p>{1}</p>]]></content:encoded></item>
<item><title>Ngắn</title><link>{0}/page</link><guid>2</guid><description>Tóm tắt</description></item>
<item><title>Mất</title><link>{0}/gone</link><guid>3</guid><description>Tóm tắt</description></item>
</channel></rss>"""


class Site(ThreadingHTTPServer):
    """A news site with its feed; it remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.gone = True


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))
        getattr(self, f"_{self.path.strip('/').partition('.')[0] or 'missing'}", self._missing)()

    def _send(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _missing(self) -> None:
        self._send(b"no", 404)

    def _page(self) -> None:
        self._send(page())

    def _gone(self) -> None:
        self._send(b"no", 410) if self.server.gone else self._send(page(body=f"<p>Trở lại. {VI}</p>"))

    def _packed(self) -> None:
        self._send(gzip.compress(page()), Content_Encoding="gzip")

    def _bomb(self) -> None:
        self._send(gzip.compress(b" " * (30 << 20)), Content_Encoding="gzip")

    def _long(self) -> None:
        self._send(b"<html>" + b"x" * (20 << 20))

    def _loop(self) -> None:
        self._send(b"", 302, Location="/loop")

    def _away(self) -> None:
        self._send(b"", 302, Location="http://169.254.169.254/latest/meta-data")

    def _moved(self) -> None:
        self._send(b"", 301, Location="/page")

    def _file(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def _secret(self) -> None:
        self._send(page())

    def _busy(self) -> None:
        self._send(b"later", 503, Retry_After="3600")

    def _robots(self) -> None:
        self._send(b"User-agent: *\nDisallow: /secret\n")

    def _feed(self) -> None:
        if self.headers.get("If-None-Match") == '"1"':
            self._send(b"", 304)
        else:
            self._send(FEED.format(self.server.url, VI).encode(), ETag='"1"', Content_Type="application/rss+xml")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    server = Site()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def read(url: str, *, allow_private: bool = True) -> Article | str:
    (found,) = articles([url], Options(allow_private=allow_private, pause=0))
    return str(found) if isinstance(found, SourceError) else found


@pytest.mark.parametrize("path", ["page", "moved", "packed"])
def test_a_page(site: Site, path: str) -> None:
    found = read(f"{site.url}/{path}")
    assert isinstance(found, Article)
    assert VI in found.text
    assert found.url == f"{site.url}/{'packed' if path == 'packed' else 'page'}"
    assert site.asked[-1][1]["User-Agent"].startswith("dragoman/")


@pytest.mark.parametrize(
    ("path", "words"),
    [("gone", "answers 410"), ("none", "answers 404"), ("loop", "more than 5 redirects"), ("long", "longer than"),
     ("bomb", "longer than"), ("file", "only http and https"), ("secret", "robots.txt"), ("busy", "3600 seconds")],
)  # fmt: skip
def test_what_cannot_be_had_is_told(site: Site, path: str, words: str) -> None:
    found = read(f"{site.url}/{path}")
    assert isinstance(found, str)
    assert found.startswith(f"{site.url}/{path}: ")
    assert words in found


def test_this_machine_is_not_asked(site: Site) -> None:
    told = read(f"{site.url}/page", allow_private=False)
    assert told == f"{site.url}/page: 127.0.0.1 is at 127.0.0.1, inside a private or reserved network: not fetched"
    assert site.asked == []


def test_a_redirect_into_our_network_is_not_followed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda one: one.is_loopback or real(one))
    told = read(f"{site.url}/away", allow_private=False)
    assert "169.254.169.254, inside a private or reserved network" in str(told)


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["127.0.0.1", "10.0.0.1"])
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, *more: Any, **named: Any) -> Any:
        if host == "news.example":
            asked.append(host)
            host = next(answers)
        return real(host, *more, **named)

    monkeypatch.setattr(addresses.socket, "getaddrinfo", resolve)
    web = Web(allow_private=True, pause=0, robots=False)
    answer = web.get(f"http://news.example:{site.server_port}/page")
    assert (answer.url, asked) == (f"http://news.example:{site.server_port}/page", ["news.example"])
    assert site.asked[0][1]["Host"] == f"news.example:{site.server_port}"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "2001:db8::1", "240.0.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not addresses.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_that_are(address: str) -> None:
    assert addresses.is_public(ipaddress.ip_address(address))


def test_a_feed_is_read_once(site: Site) -> None:
    url, memory = f"{site.url}/feed", {}

    def poll() -> list[Page | str]:
        found = []
        for one in documents([url], Options(allow_private=True, pause=0, remembered=memory.get)):
            if isinstance(one.found, Note):
                memory[one.found.key] = one.found.value
            else:
                found.append(str(one.found) if isinstance(one.found, SourceError) else one.found)
        return found

    full, short, told = poll()
    assert isinstance(full, Page)
    read = html.article(full)
    assert (read.url, read.published, read.published_basis) == (
        f"{site.url}/full", date(2021, 11, 2), PublishedBasis.metadata,
    )  # fmt: skip
    assert read.text.startswith("Đủ\n\nThủ tướng")
    assert isinstance(short, Page)
    assert VI in html.article(short).text
    assert told == f"{site.url}/gone: the server answers 410 Gone"
    # What could not be had is asked for again; then nothing is new, and the server says so.
    site.gone = False
    assert [one.source for one in poll() if isinstance(one, Page)] == [f"{site.url}/gone"]
    assert poll() == []
    assert json.loads(memory[f"feed:{url}"])["since"] == {"If-None-Match": '"1"'}
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert sum(path == "/page" for path, _ in site.asked) == 1


def test_a_feed_in_a_file_gives_what_it_carries(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.xml"
    path.write_text(FEED.format("https://a.example", VI))
    first, *told = articles([str(path)])
    assert isinstance(first, Article)
    assert first.url == "https://a.example/full"
    assert all("only a teaser" in str(one) for one in told)
