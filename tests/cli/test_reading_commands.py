"""`dragoman ingest`, `watch`, `export` and `reextract` as people start them."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from app.errors import InvalidParameterError
from app.routers.written import query
from tests import toy
from tests.cli.test_command import failed
from tests.command import ENVIRONMENT, TOY, dragoman
from tests.sources.test_web import Site, site

__all__ = ["site"]


def text(number: int, **event: object) -> str:
    return toy.text_of({"title": "They met", "countries": ["VN", "US"], **event}, words=f"News {number}")


def loaded(folder: Path) -> None:
    lines = [text(1, day="2021-11-01"), text(2, day="2022-05-01", countries=["JP"]), text(3, countries=["MY"])]
    (folder / "a.jsonl").write_text("".join(json.dumps({"body": one}) + "\n" for one in lines))
    assert dragoman(folder, "ingest", "a.jsonl", "--map", "text=body").returncode == 0


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text(1))
    done = dragoman(tmp_path, "ingest", "--dry-run", "a.txt", "none.txt")
    assert (done.returncode, done.stdout) == (1, "1 articles (1 new, 0 known), 1 rejected; nothing was stored\n")
    assert not (tmp_path / "var").exists()
    dragoman(tmp_path, "ingest", "a.txt")
    done = dragoman(tmp_path, "ingest", "--dry-run", "a.txt")
    assert done.stdout == "1 articles (0 new, 1 known), 0 rejected; nothing was stored\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["--map", "body"], "--map body"), (["--map", "body=text"], "one of text, title"),
     (["--engine", "dask"], "needs the address of a scheduler"),
     (["--scheduler", "tcp://127.0.0.1:1"], "goes with --engine dask")],
)  # fmt: skip
def test_wrong_options_are_one_line(tmp_path: Path, arguments: list[str], words: str) -> None:
    failed(dragoman(tmp_path, "ingest", "a.txt", *arguments), words)


def stored(path: Path) -> int:
    """How many articles there are; none while there is no database."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (number,) = connection.execute("SELECT count(*) FROM article").fetchone()
    except sqlite3.OperationalError:
        return 0
    return int(number)


def test_control_c_ends_a_run_after_what_is_under_way(tmp_path: Path) -> None:
    lines = (json.dumps({"text": text(n, day=f"{1960 + n % 60}-01-01")}) + "\n" for n in range(20_000))
    (tmp_path / "a.jsonl").write_text("".join(lines))
    command = [sys.executable, "-c", TOY, "ingest", "a.jsonl", "--workers", "1"]
    with subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as process:
        while not stored(tmp_path / "var/dragoman.db") and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.stdout
        told = process.stdout.read()
    assert process.returncode == 130
    assert "The same command goes on from here." in told
    found = re.match(r"(\d+) articles", told)
    assert found
    assert 0 < int(found[1]) < 20_000


def test_watch_polls_a_feed_once(tmp_path: Path, site: Site) -> None:
    arguments = ("watch", f"{site.url}/feed", "--once", "--allow-private")
    first = dragoman(tmp_path, *arguments)
    assert first.returncode == 1
    assert "2 articles (2 added, 0 replaced, 0 unchanged), 0 new events, 1 rejected" in first.stdout
    site.gone = False
    again = dragoman(tmp_path, *arguments)
    assert (again.returncode, again.stdout[20:]) == (0, "1 articles (1 added, 0 replaced, 0 unchanged), 0 new events\n")
    last = dragoman(tmp_path, *arguments)
    assert (last.returncode, last.stdout) == (0, "")
    failed(dragoman(tmp_path, "watch", "x", "--every", "1s"), "--every 1s")


def test_export_in_every_format(tmp_path: Path) -> None:
    loaded(tmp_path)
    for name in ("ndjson", "json", "csv", "parquet", "geojson", "ics", "atom", "tab"):
        done = dragoman(tmp_path, "export", "-o", f"out/events.{name}")
        assert (done.returncode, done.stdout) == (0, f"out/events.{name}: 3 events\n"), done.stderr
    records = [json.loads(line) for line in (tmp_path / "out/events.ndjson").read_text().splitlines()]
    assert [one["date"] and one["date"]["start"] for one in records] == ["2022-05-01", "2021-11-01", None]
    assert all(one["url"] == f"http://127.0.0.1:8000/events/{one['id']}" for one in records)
    assert dragoman(tmp_path, "export").stdout == (tmp_path / "out/events.ndjson").read_text()
    assert [path.name for path in (tmp_path / "out").glob("*.part")] == []
    failed(dragoman(tmp_path, "export", "--format", "xml"), "no format 'xml'")
    some = dragoman(tmp_path, "export", "country=US", "country=越南", "date_from=2021", "type=meeting")
    assert [json.loads(line)["date"]["start"] for line in some.stdout.splitlines()] == ["2021-11-01"], some.stderr


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        (["contry=US"], "Did you mean 'country'?"),
        (["US"], "NAME=VALUE"),
        (["date=2021", "date=2022"], "Give it once."),
        (["type=meting"], "Did you mean 'meeting'?"),
    ],
)
def test_filters_that_are_none_are_explained(written: list[str], hint: str) -> None:
    with pytest.raises(InvalidParameterError) as raised:
        query(written, toy.KNOWLEDGE)
    assert hint in str([issue.hint for issue in raised.value.issues])


def test_export_by_year(tmp_path: Path) -> None:
    loaded(tmp_path)
    assert dragoman(tmp_path, "export", "--by-year", "-o", "years").stdout == "years: 3 events\n"
    found = duckdb.sql(
        f"SELECT year, count(*) FROM '{tmp_path}/years/*/*.parquet' GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    assert [(year and int(year), number) for year, number in found] == [(2021, 1), (2022, 1), (None, 1)]
    failed(dragoman(tmp_path, "export", "--by-year", "-o", "years"), "not an empty folder")


NEWER = """
import sys
rules = sys.modules["app.extract.pipeline"]
first = rules.extract
def newer(article, *more, **named):
    found = first(article, *more, **named)
    if "News 2" not in article.text:
        return found
    events = tuple(one.model_copy(update={"title": "They spoke"}) for one in found.events)
    return found.model_copy(update={"events": events})
rules.extract = newer
"""


def test_reextract_shows_what_changed_and_stores_it_when_told(tmp_path: Path) -> None:
    loaded(tmp_path)
    unchanged = dragoman(tmp_path, "reextract")
    assert (unchanged.returncode, unchanged.stdout) == (0, "3 articles, 0 would change (--apply stores it)\n")
    before = dragoman(tmp_path, "export").stdout

    def newer(*arguments: str) -> str:
        return dragoman(tmp_path, "reextract", *arguments, before=NEWER).stdout

    told = newer()
    assert re.fullmatch(
        r"ar_\w+ \S+a\.jsonl:2\n  ~ They spoke: title\n3 articles, 1 would change .*\n",
        told.replace("a.jsonl", "/a.jsonl"),
    )
    assert dragoman(tmp_path, "export").stdout == before
    assert newer("--apply").endswith("3 articles, 1 changed\n")
    titles = sorted(json.loads(line)["title"] for line in dragoman(tmp_path, "export").stdout.splitlines())
    assert titles == ["They met", "They met", "They spoke"]
    assert newer() == "3 articles, 0 would change (--apply stores it)\n"
