"""Each format is read back by a library that had no part in writing it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import pytest
import vobject
from pyarrow.parquet import read_table as pyarrow_table

from app.formats.about import About
from app.formats.events import EVENTS
from app.formats.icews import COLUMNS, directions
from app.formats.registry import FORMATS, in_pieces
from app.formats.schema import table_of
from app.formats.table import Kind, safe
from app.records import Commitment
from app.routers.examples import EVENT, EVENT_ID

MEETING = EVENT.model_dump_json()
COUNTRIES = {"VN": "Vietnam", "US": "United States", "GB": "United Kingdom"}
ABOUT = About(
    title="Tin <ngoại giao> & more",
    url="https://api.example/events?a=1&b=2",
    country=lambda c: COUNTRIES[c],
    organization={"eu": "European Union", "asean": "ASEAN"}.__getitem__,
)

HOSTILE = (
    "=HYPERLINK(\"http://evil.example\")\x00\x0b\r\nBEGIN:VEVENT\n]]></title><script>alert('1')</script>\uffff 😀,;\\"
)


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(MEETING), **fields}, ensure_ascii=False)


UNDATED = changed(id="ev_undated", date=None, venue=None, occasion=None, participants=[], commitments=[], mode=None)
NASTY = changed(
    id="ev_nasty",
    title=HOSTILE,
    status="cancelled",
    participants=[{**json.loads(MEETING)["participants"][0], "name": HOSTILE}],
    venue={"name": HOSTILE, "city": "-2+3", "country": "GB", "latitude": -4.25, "longitude": -0.5},
    commitments=[{**json.loads(MEETING)["commitments"][0], "text": "@SUM(1+9)*cmd|' /C calc'!A0"}],
    article={**json.loads(MEETING)["article"], "publisher": HOSTILE},
)
RECORDS = [MEETING, UNDATED, NASTY]


def written(name: str, *records: str | bytes, about: About = ABOUT) -> bytes:
    return b"".join(FORMATS[name].write(records, about))


def test_json_is_one_object() -> None:
    assert json.loads(written("json", *RECORDS)) == {"data": [json.loads(one) for one in RECORDS], "next": None}
    assert json.loads(written("json")) == {"data": [], "next": None}


def test_ndjson_is_a_record_a_line() -> None:
    lines = written("ndjson", *RECORDS).decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [json.loads(one) for one in RECORDS]
    assert written("ndjson") == b""
    assert written("ndjson", MEETING.encode()) == written("ndjson", MEETING)


def test_csv_is_flat(tmp_path: Path) -> None:
    first, undated, _ = csv.DictReader(io.StringIO(written("csv", *RECORDS).decode(), newline=""))
    assert list(first) == [column.name for column in EVENTS.columns]
    assert first["id"] == EVENT_ID
    assert (first["date_start"], first["date_basis"], first["date_confidence"]) == ("2021-11-01", "stated", "0.99")
    assert first["participants"] == "Phạm Minh Chính; Joe Biden"
    assert first["countries"] == "VN; US"
    assert (first["latitude"], first["longitude"]) == ("55.86", "-4.25")
    assert first["cameo"] == "040"
    assert (undated["date_start"], undated["latitude"], undated["participants"]) == ("", "", "")
    path = tmp_path / "events.csv"
    path.write_bytes(written("csv", *RECORDS))
    found = duckdb.sql(f"SELECT id, date_start, cameo FROM read_csv('{path}', types={{'cameo': 'VARCHAR'}})").fetchall()
    assert found[0] == (EVENT_ID, date(2021, 11, 1), "040")
    assert [row[0] for row in found] == [EVENT_ID, "ev_undated", "ev_nasty"]


def test_no_cell_is_a_formula() -> None:
    for name in ("csv", "icews"):
        delimiter = "," if name == "csv" else "\t"
        for row in csv.reader(io.StringIO(written(name, NASTY).decode(), newline=""), delimiter=delimiter):
            for one in row:
                number = one.lstrip("-").replace(".", "").isdigit()
                assert number or not one.startswith(("=", "+", "-", "@", "\t", "\r")), one
                assert "\n" not in one
                assert "\x00" not in one
    assert safe("＝1+1") == "'＝1+1"
    assert safe("\t=1") == "'=1"
    assert safe("Việt Nam – Mỹ") == "Việt Nam – Mỹ"


def test_geojson_has_the_place_first_east_then_north(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    path.write_bytes(written("geojson", *RECORDS))
    collection = json.loads(path.read_bytes())
    assert collection["type"] == "FeatureCollection"
    glasgow, nowhere, _ = collection["features"]
    assert glasgow["geometry"] == {"type": "Point", "coordinates": [-4.25, 55.86]}
    assert glasgow["properties"]["participants"] == ["Phạm Minh Chính", "Joe Biden"]
    assert nowhere["geometry"] is None
    assert {feature["type"] for feature in collection["features"]} == {"Feature"}
    assert json.loads(written("geojson")) == {"type": "FeatureCollection", "features": []}
    rows = duckdb.sql(f"SELECT id, cameo, participants[2] FROM read_json('{path}')").fetchall()
    assert [str(one) for one in rows[0]][:1] == [EVENT_ID]
    assert rows[0][2] == "Joe Biden"


def test_parquet_has_types_and_the_whole_record(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    path.write_bytes(written("parquet", *RECORDS))
    table = duckdb.sql(f"SELECT * FROM '{path}'")
    kinds = {name: str(kind) for name, kind in zip(table.columns, table.types, strict=True)}
    assert (kinds["date_start"], kinds["latitude"], kinds["countries"]) == ("DATE", "DOUBLE", "VARCHAR[]")
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.fetchall()]
    assert rows[0]["date_start"] == date(2021, 11, 1)
    assert rows[0]["countries"] == ["VN", "US"]
    assert rows[1]["date_start"] is None
    assert [json.loads(row["record"]) for row in rows] == [json.loads(one) for one in RECORDS]
    path.write_bytes(written("parquet"))
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(0,)]


def test_the_calendar_has_all_dated_events() -> None:
    text = written("ics", *RECORDS).decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    calendar = vobject.readOne(text)
    meeting, nasty = calendar.vevent_list
    assert (meeting.dtstart.value, meeting.dtend.value) == (date(2021, 11, 1), date(2021, 11, 2))
    assert meeting.summary.value == EVENT.title
    assert meeting.uid.value == f"{EVENT_ID}@dragoman"
    assert (meeting.status.value, nasty.status.value) == ("CONFIRMED", "CANCELLED")
    assert "BEGIN:VEVENT" in nasty.summary.value
    assert "\n" not in nasty.summary.value
    assert list(vobject.readOne(written("ics").decode()).components()) == []


PARTIAL = [
    ("planned", "2025-04-27", "2025-04-29", "day", "2025-04-27 – 2025-04-29", "", "TENTATIVE"),
    ("occurred", "2018-05-01", "2018-05-31", "month", "2018-05", " (2018-05)", "CONFIRMED"),
    ("cancelled", "2018-05-01", "2018-07-31", "month", "2018-05 – 2018-07", " (2018-05 – 2018-07)", "CANCELLED"),
    ("planned", "2030-01-01", "2030-12-31", "year", "2030", " (2030)", "TENTATIVE"),
]


@pytest.mark.parametrize(("status", "start", "end", "precision", "said", "behind", "shown"), PARTIAL)
def test_a_date_is_told_as_far_as_it_is_known(
    status: str, start: str, end: str, precision: str, said: str, behind: str, shown: str, tmp_path: Path
) -> None:
    when = {**json.loads(MEETING)["date"], "start": start, "end": end, "precision": precision, "basis": "inferred"}
    record = changed(status=status, date=when)
    (entry,) = vobject.readOne(written("ics", record).decode()).vevent_list
    days = date.fromisoformat(start), date.fromisoformat(end)
    assert (entry.dtstart.value, entry.dtend.value - timedelta(days=1), entry.status.value) == (*days, shown)
    assert entry.summary.value == EVENT.title + behind
    assert entry.description.value.startswith(f"{said} (inferred, 0.99)")
    assert feedparser.parse(written("atom", record)).entries[0].summary.startswith(f"{said} (inferred")
    (row,) = csv.DictReader(io.StringIO(written("csv", record).decode()))
    flat = start, end, precision, status
    assert tuple(row[name] for name in ("date_start", "date_end", "date_precision", "status")) == flat
    place = json.loads(written("geojson", record))["features"][0]["properties"]
    assert (place["date_start"], place["date_end"], place["date_precision"], place["status"]) == flat
    table, _ = icews(record)
    assert (table["Event Date"], table["Date Precision"], table["Status"]) == (start, precision, status)
    path = tmp_path / "events.parquet"
    path.write_bytes(written("parquet", record))
    typed = pyarrow_table(path).to_pylist()[0]
    assert (typed["date_start"], typed["date_end"], typed["date_precision"], typed["status"]) == (*days, *flat[2:])


def test_the_last_day_there_is_has_none_after_it() -> None:
    far = changed(date={**json.loads(MEETING)["date"], "start": "9999-12-31", "end": "9999-12-31"})
    (event,) = vobject.readOne(written("ics", far).decode()).vevent_list
    assert event.dtstart.value == date(9999, 12, 31)


def test_the_feed_is_read_by_a_feed_reader() -> None:
    feed = feedparser.parse(written("atom", *RECORDS))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.feed.title_detail.value == ABOUT.title
    assert feed.feed.links[0].href == ABOUT.url
    meeting, _, nasty = feed.entries
    assert meeting.id == f"urn:dragoman:event:{EVENT_ID}"
    assert (meeting.title, meeting.updated) == (EVENT.title, "2021-11-02T00:00:00Z")
    assert [tag.term for tag in meeting.tags] == ["meeting", "climate"]
    assert "Hai bên nhất trí" in meeting.summary
    assert "<script>alert('1')</script>" in nasty.title_detail.value
    assert nasty.title_detail.type == "text/plain"
    assert not feedparser.parse(written("atom")).bozo


def icews(*records: str) -> list[dict[str, str]]:
    lines = [line.split("\t") for line in written("icews", *records).decode().splitlines()]
    assert {len(line) for line in lines} == {len(COLUMNS)}
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_what_is_done_together_has_a_row_in_each_direction(tmp_path: Path) -> None:
    there, back = icews(MEETING)
    assert (there["Source Name"], there["Target Name"]) == ("Phạm Minh Chính", "Joe Biden")
    assert (back["Source Country"], back["Target Country"]) == ("United States", "Vietnam")
    assert there["Event ID"] == back["Event ID"]
    assert 0 <= int(there["Event ID"]) < 2**31
    assert (there["CAMEO Code"], there["Event Text"], there["Intensity"]) == ("040", "Consult", "1.0")
    assert (there["City"], there["Country"], there["Event Date"]) == ("Glasgow", "United Kingdom", "2021-11-01")
    assert there["Record ID"] == EVENT_ID
    path = tmp_path / "events.tab"
    path.write_bytes(written("icews", *RECORDS))
    options = "delim='\t', quote='', escape='', header=true, types={'CAMEO Code': 'VARCHAR'}"
    rows = duckdb.sql(f'SELECT "Event Date", "CAMEO Code", "Longitude" FROM read_csv(\'{path}\', {options})').fetchall()
    assert rows[0] == (date(2021, 11, 1), "040", -4.25)
    assert len(rows) == 6


def test_a_body_has_its_name_and_no_country() -> None:
    speaker = {"kind": "person", "name": "Ursula von der Leyen", "organization": "eu", "role": "participant"}
    people = [*json.loads(MEETING)["participants"][:1], speaker]
    rows = icews(changed(countries=["VN"], organizations=["eu", "asean"], participants=people))
    told = {(row["Source Name"], row["Source Sectors"], row["Source Country"]) for row in rows}
    of_states = "International Government Organization"
    assert told >= {("Ursula von der Leyen", of_states, ""), ("ASEAN", of_states, "")}
    assert {country for _, _, country in told} == {"Vietnam", ""}


def person(country: str, role: str) -> dict[str, Any]:
    return {"kind": "person", "name": country, "country": country, "role": role, "level": "minister"}


@pytest.mark.parametrize(
    ("cameo", "countries", "roles", "expected"),
    [
        ("042", ["VN", "US"], {"US": "guest"}, [("US", "VN", "042"), ("VN", "US", "043")]),
        ("043", ["VN", "US"], {"VN": "host", "US": "guest"}, [("US", "VN", "042"), ("VN", "US", "043")]),
        ("114", ["VN", "US"], {"US": "sender", "VN": "target"}, [("US", "VN", "114")]),
        ("114", ["VN", "US"], {"VN": "target"}, [("US", "VN", "114")]),
        ("163", ["VN", "US", "GB"], {}, [("VN", "US", "163"), ("VN", "GB", "163")]),
        ("010", ["VN"], {}, [("VN", None, "010")]),
        ("057", ["VN", "US"], {}, [("VN", "US", "057"), ("US", "VN", "057")]),
        ("010", [], {}, [("", None, "010")]),
    ],
)
def test_who_does_what_to_whom(
    cameo: str, countries: list[str], roles: dict[str, str], expected: list[tuple[str, str | None, str]]
) -> None:
    people = [person(country, role) for country, role in roles.items()]
    event = {"countries": countries, "participants": people, "codes": {"cameo": cameo}}
    assert directions(event) == expected


def test_every_code_that_extraction_gives_has_a_meaning() -> None:
    from app.extract import codes
    from app.formats.icews import _MEANINGS
    from app.records import EventStatus, EventType

    given = {
        codes.codes_of(kind, status, hosted, many).cameo
        for kind in EventType
        for status in EventStatus
        for hosted in (False, True)
        for many in (False, True)
    }
    assert given <= set(_MEANINGS)


def test_any_model_has_a_table() -> None:
    columns = {column.name: column for column in table_of("commitment", Commitment).columns}
    assert "evidence" not in columns
    assert columns["deadline_date"].kind is Kind.day
    assert columns["amounts"].kind is Kind.texts
    record = {"kind": "pledge", "amounts": [{"value": 5.0, "unit": "USD"}], "deadline": None, "actors": ["VN"]}
    assert columns["deadline_date"].of(record) is None
    assert columns["amounts"].of(record) == ["5.0"]
    assert columns["actors"].of(record) == ["VN"]
    assert all(column.description for column in columns.values())
    about = About(table=table_of("commitment", Commitment))
    text = EVENT.commitments[0].model_dump_json()
    (row,) = csv.DictReader(io.StringIO(written("csv", text, about=about).decode()))
    assert row["kind"] == "agreement"
    assert row["actors"] == "VN; US"
    assert written("parquet", text, about=about).startswith(b"PAR1")


def test_pieces_are_the_same_bytes() -> None:
    chunks = [bytes([number]) * number for number in range(200)]
    pieces = list(in_pieces(chunks, 1000))
    assert b"".join(pieces) == b"".join(chunks)
    assert all(1000 <= len(piece) < 1200 for piece in pieces[:-1])


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"parquet"}))
def test_a_record_is_written_before_the_next_is_read(name: str) -> None:
    read = 0

    def records() -> Iterator[str]:
        nonlocal read
        for _ in range(20):
            read += 1
            yield MEETING

    given = 0
    for chunk in FORMATS[name].write(records(), ABOUT):
        given += chunk.count(EVENT_ID.encode()) > 0
        assert read <= given + 1
        assert len(chunk) < 2 * len(MEETING)
    assert given == 20


def test_parquet_holds_one_group_of_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.formats import parquet

    monkeypatch.setattr(parquet, "_ROWS", 5)
    chunks = list(FORMATS["parquet"].write(iter([MEETING] * 20), ABOUT))
    assert len(chunks) == 5
    assert b"".join(chunks).endswith(b"PAR1")
