"""What comes over the wire and is no request, or too long for one, is answered with a problem, and in its turn."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator

import httpx
import pytest

from app.main import create_app
from app.protocol import LONGEST
from app.settings import Settings
from tests import live, toy

_ANSWER = re.compile(rb"HTTP/1\.1 (\d+) [^\r]*\r\n(.*?)\r\n\r\n", re.DOTALL)
_BROKEN = b"\x16\x03\x01\r\n\r\n"
_WIDE = b"GET /health?q=" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n"
_H2C = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"


def _get(address: bytes, headers: bytes = b"", *, last: bool = True) -> bytes:
    return b"GET %b HTTP/1.1\r\nHost: x\r\n%b%b\r\n" % (address, b"Connection: close\r\n" if last else b"", headers)


def _long(length: int) -> bytes:
    start = b"/organizations?q="
    return _get(start + b"a" * (length - len(start)))


def _post(headers: bytes, body: bytes = b"") -> bytes:
    return b"POST /extract HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%b\r\n%b" % (headers, body)


# What is sent, and the status of each answer; the last one ends the connection.
CASES = {
    "address of 16 KB": (_long(16_384), [422]),
    "longest address": (_long(LONGEST), [422]),
    "address too long": (_long(LONGEST + 1), [400]),
    "address without an end": (b"GET /?q=" + b"a" * 1_000_000, [400]),
    "header without an end": (b"GET / HTTP/1.1\r\nX: " + b"a" * 1_000_000, [400]),
    "many headers": (_get(b"/health", b"X: a\r\n" * 1_000), [200]),
    "too many headers": (_get(b"/health", b"X-Y-Z: a b c\r\n" * 8_000), [400]),
    "invalid escapes": (_get(b"/organizations?q=%zz%"), [200]),
    "escapes that are no UTF-8": (_get(b"/organizations?q=%ff%fe"), [422]),
    "bytes that are no UTF-8": (_get(b"/organizations?q=\xff\xfe"), [422]),
    "letters as they are": (_get("/organizations?q=Đông+Nam".encode()), [200]),
    "path with letters": (_get("/events/việt".encode()), [404]),
    "space": (_get(b"/organizations?q=a b"), [400]),
    "NUL": (_get(b"/organizations?q=a\0b"), [400]),
    "TLS": (_BROKEN, [400]),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
    "header without a colon": (_get(b"/health", b"bad\r\n"), [400]),
    "two lengths": (_post(b"Content-Length: 3\r\nContent-Length: 4\r\n", b"abcd"), [400]),
    "broken chunk": (_post(b"Transfer-Encoding: chunked\r\n", b"zz\r\nabc\r\n"), [400]),
    "another protocol": (_get(b"/health", _H2C, last=False) + _get(b"/health"), [200, 200]),
    "body, another protocol": (
        _post(_H2C + b"Content-Length: 14\r\n", b'{"text": "Ab"}') + _get(b"/health"), [200, 200],
    ),
    "after a refusal": (_WIDE + _get(b"/health"), [400]),
    "after an error": (_get(b"/health?x=1", last=False) + _get(b"/health"), [422, 200]),
    "broken after a request": (_get(b"/events.ndjson", last=False) + _BROKEN, [200, 400]),
    "broken after two": (_get(b"/events.ndjson", last=False) * 2 + _BROKEN, [200, 200, 400]),
    "too long after a request": (_get(b"/events.csv", last=False) + _WIDE, [200, 400]),
    "broken body after a request": (
        _get(b"/events.ndjson", last=False) + _post(b"Transfer-Encoding: chunked\r\n", b"zz\r\n"), [200, 400],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('protocol')}/test.db")
    with live.running(create_app(settings, extractor=toy.extract, knowledge=toy.KNOWLEDGE)) as url:
        yield int(url.rpartition(":")[2])


def _answers(port: int, sent: bytes, packet: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(sent), packet):
            raw.sendall(sent[start : start + packet])
        return b"".join(iter(lambda: raw.recv(1 << 16), b""))


@pytest.mark.parametrize("case", CASES)
def test_each_request_has_its_answer_and_a_refusal_is_a_problem(port: int, case: str) -> None:
    sent, statuses = CASES[case]
    for packet in (len(sent), len(sent) // 3 + 1, len(sent) // 50 + 1):
        answers = _answers(port, sent, packet)
        found = list(_ANSWER.finditer(answers))
        assert [int(one[1]) for one in found] == statuses, packet
        for one in found:
            problem = b"content-type: application/problem+json" in one[2]
            assert problem == (one[1] >= b"400"), packet
        assert b"connection: close" in found[-1][2]
        if statuses[-1] == 400:
            told = json.loads(answers[found[-1].end() :])
            assert told["type"] == "urn:dragoman:problem:unreadable-request"


def test_the_answer_to_a_head_has_no_body(port: int) -> None:
    answer = _answers(port, _WIDE.replace(b"GET", b"HEAD"), 10_000)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.endswith(b"\r\n\r\n")


def test_who_has_the_whole_answer_may_send_the_request_again(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for number in range(5):
            key = {"idempotency-key": f"k{number}"}
            text = toy.text_of({"title": f"Event {number}"})
            first, again = (client.post("/articles", json={"text": text}, headers=key) for _ in range(2))
            assert (first.status_code, again.content) == (201, first.content)
            assert again.headers["idempotency-replayed"] == "true"
