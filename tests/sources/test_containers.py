"""JSON, tables, WARC, and archives, good and hostile."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from app.errors import SourceError
from app.records import Article
from app.sources.limits import Limits, Options
from app.sources.read import articles, documents
from tests.sources.test_pages import VI, page

ROOT = Path(__file__).parents[2]


def read(path: Path, options: Options | None = None, **fields: str) -> list[Article | str]:
    found = articles([str(path)], options or Options(fields=fields))
    return [str(one) if isinstance(one, SourceError) else one for one in found]


def texts(path: Path, **fields: str) -> list[str]:
    return [one.text if isinstance(one, Article) else one for one in read(path, **fields)]


def test_fields_are_mapped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = {"content": {"body": "Tin."}, "head": "Hội đàm", "link": "https://a.example/x", "day": "20211102"}
    path.write_text(json.dumps(line))
    mapping = {"text": "content.body", "title": "head", "url": "link", "published": "day"}
    (found,) = read(path, **mapping)
    assert isinstance(found, Article)
    assert (found.text, found.url, found.published) == ("Hội đàm\n\nTin.", "https://a.example/x", date(2021, 11, 2))
    assert read(path) == [
        f"{path}:1: text: missing; there is content, day, head, link. Say which one with --map text=NAME"
    ]


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ""])
def test_an_array_of_objects(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text(json.dumps([{"text": "một" * 100_000}, 5, {"text": "hai"}], indent=1, ensure_ascii=False))
    assert texts(path) == ["một" * 100_000, f"{path}[1]: a JSON object is expected", "hai"]
    path.write_text('[{"text": "một"}, {"text": "hai"} {"text": "ba"}]')
    *good, told = texts(path)
    assert good == ["một", "hai"]
    assert told.startswith(f"{path}[2]: no JSON from here on: ")


@pytest.mark.parametrize("dialect", [",utf-8-sig", "\tutf-8", ";utf-16", ",gb18030"])
def test_tables(tmp_path: Path, dialect: str) -> None:
    delimiter, encoding = dialect[0], dialect[1:]
    path = tmp_path / "a.csv"
    one = ["https://a.example/1", '"双方"一致同意,加强合作。\n第二段。', "2021-11-02"]
    two, three = ["https://a.example/2", "", ""], ["https://a.example/3", "两国关系不断发展,合作日益加强。", "x"]
    rows = [["url", "text", "published"], one, two, three]
    cells = [['"{}"'.format(cell.replace('"', '""')) for cell in row] for row in rows]
    quoted = "\r\n".join(delimiter.join(row) for row in cells)
    path.write_bytes(quoted.encode(encoding))
    first, second, third = read(path)
    assert isinstance(first, Article)
    assert (first.text, first.published) == ('"双方"一致同意,加强合作。\n第二段。', date(2021, 11, 2))
    assert second == f"{path}:3: no text"
    assert third == f"{path}:4: published: 'x' is no date like 2021-11-01"


def test_a_quote_that_never_ends_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,good\n2,"' + "x\n" * 5000 + "\n3,lost")
    good, *told, found_again = read(path, Options(limits=Limits(document=1000)))
    assert isinstance(good, Article)
    assert told[0] == f"{path}:3: field larger than field limit (1000)"
    assert isinstance(found_again, Article)


def record(writer: WARCWriter, url: str, data: bytes, media_type: str, status: str = "200 OK", kind: str = "response",
           **headers: str) -> None:  # fmt: skip
    fields = [("Content-Type", media_type), *headers.items()]
    http = StatusAndHeaders(status, fields, protocol="HTTP/1.1") if kind == "response" else None
    writer.write_record(
        writer.create_warc_record(url, kind, payload=io.BytesIO(data), http_headers=http, warc_content_type=media_type)
    )


@pytest.mark.parametrize("packed", [True, False])
def test_a_warc(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("CC-NEWS.warc.gz" if packed else "odd-name")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("x", {"software": "test"}))
        record(writer, "https://a.example/1", page(), "text/html; charset=utf-8")
        record(writer, "https://a.example/logo", b"\x89PNG", "image/png")
        record(writer, "https://a.example/gone", page(), "text/html", "404 Not Found")
        record(writer, "https://a.example/2", gzip.compress(page()), "text/html", **{"Content-Encoding": "gzip"})
        record(writer, "https://a.example/huge", b"<html>" + b"x" * 200_000, "text/html")
        record(writer, "https://a.example/4", VI.encode(), "text/plain", kind="conversion")
    found = read(path, Options(limits=Limits(document=100_000)))
    assert [one if isinstance(one, str) else one.url for one in found] == [
        "https://a.example/1", "https://a.example/2", "https://a.example/huge: longer than 100000 bytes",
        "https://a.example/4",
    ]  # fmt: skip
    assert isinstance(found[0], Article)
    assert VI in found[0].text


def test_a_warc_that_breaks_off(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for number in range(5):
        record(writer, f"https://a.example/{number}", page(), "text/html")
    path = tmp_path / "a.warc.gz"
    path.write_bytes(out.getvalue()[:-300])
    *good, told = read(path)
    assert len(good) >= 3
    assert "damaged" in str(told) or "no article" in str(told)


def files(**more: bytes) -> Mapping[str, bytes]:
    return {"a/tin.txt": VI.encode(), "b.jsonl": b'{"text": "x", "id": "x"}\n{', "c/page.html": page(), **more}


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [zipped(files()), tarred(files()), gzip.compress(tarred(files())), bz2.compress(tarred(files())),
             lzma.compress(tarred(files())), zipped({"in.tar.gz": gzip.compress(tarred(files()))}),
             tarred({"in.zip": zipped(files())})],
    ids=["zip", "tar", "tar.gz", "tar.bz2", "tar.xz", "tar in zip", "zip in tar"],
)  # fmt: skip
def test_archives_whatever_they_are_called(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "backup"
    path.write_bytes(data)
    first, second, third, fourth = read(path)
    assert isinstance(first, Article)
    assert first.text == VI
    assert isinstance(second, Article)
    assert isinstance(third, str)
    assert "b.jsonl:2: no JSON" in third
    assert isinstance(fourth, Article)
    assert VI in fourth.text


def test_a_compressed_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n'))
    assert texts(tmp_path / "a.jsonl.gz") == ["a", "b"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({f"{n}.txt": b"a" * (8 << 20) for n in range(12)}), "left, as an attack"),
        (gzip.compress((b'{"text": "' + b"a" * (1 << 20) + b'"}\n') * 90), "left, as an attack"),
        (zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": zipped(files())})})}), "more than 3 deep"),
        (zipped(files())[:-40], "damaged"),
        (b"PK\x03\x04" + b"\0" * 100, "damaged"),
        (gzip.compress(VI.encode())[:-12] + b"\0" * 12, "damaged"),
        (gzip.compress(b'{"text": "a"}\n' * 9)[:30], "damaged"),
    ],
    ids=["zip bomb", "gzip bomb", "nested", "cut zip", "no zip", "wrong sum", "cut gzip"],
)
def test_hostile_archives(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    told = [one for one in read(path) if isinstance(one, str)]
    assert any(words in one for one in told), told
    assert str(path) in told[-1]


def test_many_files_in_an_archive_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({f"{n}.txt": b"x" for n in range(20)}))
    found = read(path, Options(limits=Limits(members=10)))
    assert found[-1] == f"{path}: 20 files in a zip, with a table of {20 * 46 + 10 * 5 + 10 * 6} bytes"


MEASURE = """
import resource, sys
from app.sources.read import articles
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for one in articles([sys.argv[1]]):
    print(str(one)[:300].replace(chr(10), " "))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".txt"])
def test_a_line_of_two_gigabytes_costs_no_memory(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    start = b'[{"text": "' if suffix == ".json" else b'{"text": "'
    with path.open("wb") as file:
        file.write(start)
        file.truncate(2 << 30)
        file.seek(0, io.SEEK_END)
        if suffix == ".jsonl":
            file.write(b'\n{"text": "good"}\n')
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=100, check=True
    )
    *told, grown = done.stdout.splitlines()
    assert int(grown) < 300_000, "kilobytes"
    assert any(words in told[0] for words in ("longer than", "no JSON", "no text")), told
    assert suffix != ".jsonl" or "good" in told[-1]


def test_each_document_knows_its_place_in_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped(files()))
    (tmp_path / "b.txt").write_text("x")
    found = documents([str(tmp_path)], Options())
    assert [(Path(one.file).name, one.number) for one in found] == [*(("a.zip", n) for n in (1, 2, 3, 4)), ("b.txt", 1)]
