"""The `dragoman` command as people start it: a process, its output, its exit code."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from app.records import Extraction
from app.version import VERSION
from tests import toy
from tests.command import ENVIRONMENT, ROOT, TOY, dragoman, started
from tests.live import HTTP, PATIENCE

TEXT = toy.text_of({"title": "Phạm Minh Chính met Joe Biden", "day": "2021-11-01", "countries": ["VN", "US"]})


def records(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def failed(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.fullmatch(rf"dragoman: .*{words}.*\n", done.stderr), done.stderr


def test_version(tmp_path: Path) -> None:
    done = started(tmp_path, "--version")
    assert (done.returncode, done.stdout) == (0, f"dragoman {VERSION}\n")
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()


@pytest.mark.parametrize("command", ["run", "ingest", "extract", "openapi", "eval"])
def test_help(tmp_path: Path, command: str) -> None:
    assert command in dragoman(tmp_path, "--help").stdout
    done = dragoman(tmp_path, command, "-h")
    assert done.returncode == 0
    assert "Usage" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["no-such"], ["extract"], ["extract", "--no-such", "x"], ["extract", "--format", "xml", "x"],
                  ["run", "--port", "99999"], ["ingest"]],
)  # fmt: skip
def test_wrong_usage_is_2(tmp_path: Path, arguments: list[str]) -> None:
    done = dragoman(tmp_path, *arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_extract_prints_a_line_an_article_under_the_name_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.txt").write_text(f"https://a.example/x\r\n{TEXT}", newline="")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "bee", "text": TEXT, "published": "2021-11-02"}) + "\n")
    done = dragoman(tmp_path, "extract", "./sub/a.txt", "b.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    found = records(done)
    assert [one["source"] for one in found] == ["./sub/a.txt", "bee"]
    assert [one["published"] for one in found] == [None, "2021-11-02"]
    for one in found:
        assert Extraction.model_validate(one).events[0].title == "Phạm Minh Chính met Joe Biden"
    assert not (tmp_path / "var").exists()


def test_extract_can_ignore_the_publication_date(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": TEXT, "published": "2021-11-02"})
    done = dragoman(tmp_path, "extract", "-", "--ignore-published", given=line)
    assert records(done)[0]["published"] is None


def test_extract_reads_standard_input(tmp_path: Path) -> None:
    done = dragoman(tmp_path, "extract", "-", given=TEXT)
    assert [one["source"] for one in records(done)] == ["-"]


def test_extract_goes_on_after_a_file_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    done = dragoman(tmp_path, "extract", "missing.txt", "a.txt")
    assert done.returncode == 1
    assert done.stderr == "dragoman: missing.txt: No such file or directory\n"
    assert [one["source"] for one in records(done)] == ["a.txt"]


def test_extract_as_a_table(tmp_path: Path) -> None:
    done = dragoman(tmp_path, "extract", "-", "--format", "table", given=TEXT)
    assert done.returncode == 0
    assert re.search(r"2021-11-01  meeting +VN US +Phạm Minh Chính met Joe Biden +0", done.stdout)


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    done = started(tmp_path, "extract", "-", given=TEXT, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert records(done)[0]["events"][0]["title"] == "Phạm Minh Chính met Joe Biden"


def test_a_reader_that_has_enough_is_no_failure_to_tell_of(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(2000))
    (tmp_path / "many.jsonl").write_text(lines)
    shell = f'{sys.executable} -c "$TOY" extract many.jsonl | head -1'
    done = subprocess.run(
        ["sh", "-c", shell], cwd=tmp_path, env=ENVIRONMENT | {"TOY": TOY}, capture_output=True, check=True
    )
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_ingest_twice_stores_once(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    for number in range(3):
        (tmp_path / f"news/{number}.txt").write_text(f"{TEXT}\n{number}")
    first = dragoman(tmp_path, "ingest", "news")
    again = dragoman(tmp_path, "ingest", "news", "missing.txt")
    assert first.returncode == 0
    assert first.stdout == "3 articles (3 added, 0 replaced, 0 unchanged), 3 new events\n"
    assert again.returncode == 1
    assert again.stdout == "3 articles (0 added, 0 replaced, 3 unchanged), 0 new events, 1 rejected\n"
    (rejected,) = (tmp_path / "var/rejects.ndjson").read_text().splitlines()
    assert json.loads(rejected).items() >= {"source": "missing.txt", "reason": "No such file or directory"}.items()
    assert again.stderr == "dragoman: missing.txt: No such file or directory\n"
    with closing(sqlite3.connect(tmp_path / "var/dragoman.db")) as connection:
        # Three copies of one story: each is kept as it was read, all of them make one event.
        assert connection.execute("SELECT count(*) FROM readout").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (1,)


def test_the_database_is_chosen_by_option_before_environment(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    environment = {"DRAGOMAN_DATABASE_URL": "sqlite:///env.db"}
    dragoman(tmp_path, "ingest", "a.txt", **environment)
    dragoman(tmp_path, "ingest", "a.txt", "--database", "option.db", **environment)
    dragoman(tmp_path, "ingest", "a.txt", "--database", "sqlite:///url.db", **environment)
    assert {path.name for path in tmp_path.glob("*.db")} == {"env.db", "option.db", "url.db"}


def test_openapi_is_the_committed_one(tmp_path: Path) -> None:
    committed = (ROOT / "openapi.json").read_text(encoding="utf-8")
    assert dragoman(tmp_path, "openapi").stdout == committed
    assert dragoman(tmp_path, "openapi", "--output", "o.json").returncode == 0
    assert (tmp_path / "o.json").read_text(encoding="utf-8") == committed
    failed(dragoman(tmp_path, "openapi", "--output", "no/o.json"), "No such file or directory")


@pytest.mark.parametrize("command", [["run", "--port", "0"], ["ingest", "a.txt"]])
@pytest.mark.parametrize(
    ("address", "words"),
    [("/proc/dragoman.db", "cannot be opened or created"), ("/proc/no/x.db", "cannot be created"),
     ("a.txt", "not a database"), ("mysql://a/b", "not supported"),
     ("postgresql+psycopg://me:secret@127.0.0.1:1/b", "No database server answers there")],
)  # fmt: skip
def test_a_database_that_cannot_be_used_is_one_line(
    tmp_path: Path, command: list[str], address: str, words: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT * 20)
    failed(dragoman(tmp_path, *command, "--database", address), words)


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    failed(dragoman(tmp_path, "run", "--port", "0"), "folder var cannot be created")


def test_a_taken_port_is_one_line_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        failed(dragoman(tmp_path, "run", "--port", str(taken.getsockname()[1])), "is taken; choose another with --port")
    assert not (tmp_path / "var").exists()


def test_a_strange_host_is_one_line(tmp_path: Path) -> None:
    failed(dragoman(tmp_path, "run", "--host", "no.such.host.invalid"), "cannot be listened on")
    failed(dragoman(tmp_path, "run", "--host", "192.0.2.1"), "no address 192.0.2.1")


def test_a_bad_setting_is_one_line(tmp_path: Path) -> None:
    failed(dragoman(tmp_path, "run", DRAGOMAN_PORT="eight"), "DRAGOMAN_PORT")


@contextmanager
def serving(folder: Path, *arguments: str, script: str = TOY) -> Iterator[tuple[str, str]]:
    """A running server: its address and what it printed up to there."""
    command = [sys.executable, "-c", script, "run", "--port", "0", *arguments]
    environment = ENVIRONMENT | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        printed, address = "", None
        assert server.stdout
        for line in server.stdout:
            printed += line
            if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                break
        assert address, printed
        try:
            yield address[0], printed
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(PATIENCE) == 0


def test_run_loads_the_samples_once_and_serves_them(tmp_path: Path) -> None:
    script = "from app.cli import main; main()"
    with serving(tmp_path, script=script) as (url, printed):
        first = HTTP.get(f"{url}/health").json()
        events = HTTP.get(f"{url}/events", params={"country": "US"}).json()
        assert HTTP.get(f"{url}/openapi.json").json() == json.loads((ROOT / "openapi.json").read_text())
    assert first["articles"] >= 12
    assert events["data"]
    assert "Commitments" in printed
    assert all({"US"} <= set(event["countries"]) for event in events["data"])
    with serving(tmp_path, script=script) as (url, printed):
        assert HTTP.get(f"{url}/health").json() == first
    assert "Commitments" not in printed


def test_run_without_samples_and_into_a_database_of_ones_own(tmp_path: Path) -> None:
    with ExitStack() as listening:
        with serving(tmp_path, "--no-samples") as (url, _):
            assert HTTP.get(f"{url}/health").json()["articles"] == 0
            with closing(HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE)) as raw:
                raw.request("GET", "/articles?q=" + "a" * 70_000)
                refused = raw.getresponse()
                assert (refused.status, refused.headers["content-type"]) == (400, "application/problem+json")
                assert json.loads(refused.read())["type"] == "urn:dragoman:problem:unreadable-request"
            # All of a body that comes in chunks and is too long is taken, so that its answer arrives.
            json_type = {"content-type": "application/json"}
            answer = HTTP.post(f"{url}/extract", content=(b" " * 100_000 for _ in range(40)), headers=json_type)
            assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
            lines = listening.enter_context(HTTP.stream("GET", f"{url}/events/stream")).iter_lines()
            assert next(lines) == "retry: 2000"
            assert HTTP.post(f"{url}/articles", json={"text": TEXT}).status_code == 201
        # The server stopped although somebody listens, and the end of the stream was sent.
        assert list(lines)
    with serving(tmp_path) as (url, _):
        assert HTTP.get(f"{url}/health").json()["articles"] == 1
