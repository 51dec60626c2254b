"""Files, folders and lines to articles."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.errors import SourceError
from app.records import Article, PublishedBasis
from app.sources.read import articles


def write(path: Path, data: bytes | str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def read(*paths: str) -> list[Article | str]:
    return [one.detail if isinstance(one, SourceError) else one for one in articles(paths)]


def test_the_text_stays_as_given(tmp_path: Path) -> None:
    text = "https://a.example/x \r\nTin\r\n\tdòng\u2028e\u0302\r"
    path = write(tmp_path / "a.txt", text)
    assert read(path) == [Article(source=path, text=text, url="https://a.example/x")]


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"\xef\xbb\xbfhttps://a.example/x\nTin")
    assert read(path) == [Article(source=path, text="https://a.example/x\nTin", url="https://a.example/x")]


@pytest.mark.parametrize("text", ["Tin https://a.example/x", "https://a.example/x và tin", "Tin\nhttps://a.example/x"])
def test_only_a_first_line_that_is_an_address_is_the_url(tmp_path: Path, text: str) -> None:
    assert [one.url for one in articles([write(tmp_path / "a.txt", text)]) if isinstance(one, Article)] == [None]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"id": "one", "url": "https://a.example/x", "published": "2021-11-01", "text": "Tin\u2028một"},
        {"id": 2, "text": "hai", "published": "2021-11-01T23:00:00+07:00", "more": 1},
        {"text": "ba", "url": "https://a.example/y", "id": None, "published": ""},
        {"text": "bốn"},
    ]
    data = "\n\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    path = write(tmp_path / "a.jsonl", data)
    given = {"published": date(2021, 11, 1), "published_basis": PublishedBasis.given}
    assert read(path) == [
        Article(source="one", text="Tin\u2028một", url="https://a.example/x", **given),
        Article(source="2", text="hai", **given),
        Article(source="https://a.example/y", text="ba", url="https://a.example/y"),
        Article(source=f"{path}:7", text="bốn"),
    ]


def test_bad_lines_are_told_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    bad = [b"{", b"[]", b'{"id": "x"}', b'{"text": " "}', b'{"text": 5}', b'{"text": "a", "published": "soon"}']
    bad += [b'{"text": "\xff"}', b'{"text": "a\\u0000"}', b'{"text": "a\\ud800"}', b'{"text": "a", "published": 0}']
    path = write(tmp_path / "a.jsonl", b"\n".join([*bad, b'{"text": "good", "id": "g"}']))
    *told, last = read(path)
    assert last == Article(source="g", text="good")
    assert len(told) == len(bad)
    assert all(isinstance(one, str) and one.startswith(f"{path}:{n}: ") for n, one in enumerate(told, 1))


def test_folders_are_read_with_all_below(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "b")
    write(tmp_path / "a/deep/a.TXT", "a")
    write(tmp_path / "a/c.jsonl", '{"id": "c", "text": "c"}')
    write(tmp_path / "README.md", "no article")
    assert [one.text for one in articles([str(tmp_path)]) if isinstance(one, Article)] == ["c", "a", "b"]


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    names = ("missing.txt", "empty", "page.html", "report.pdf", "broken.txt", "blank.txt")
    write(tmp_path / "page.html", "<p>")
    write(tmp_path / "report.pdf", b"%PDF-1.7\n\0")
    write(tmp_path / "broken.txt", "Hội".encode() + b"\xff\x81\x8d")
    write(tmp_path / "blank.txt", "\n")
    good = write(tmp_path / "good.txt", "good")
    found = read(*(str(tmp_path / name) for name in names), good)
    assert [isinstance(one, str) and one.partition(":")[0] for one in found[:-1]] == [str(tmp_path / n) for n in names]
    assert found[-1] == Article(source=good, text="good")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Tin\r\n", [Article(source="-", text="Tin\r\n")]),
        ('{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}\n', [Article(source=s, text=t) for s, t in ("ax", "by")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, given: str, expected: list[Article]) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given.encode())))
    assert read("-") == expected
