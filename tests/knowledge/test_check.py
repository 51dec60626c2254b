"""The check of the knowledge base: one small base that is right, and each way of spoiling it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.knowledge.check import check, main

Base = dict[str, list[dict[str, Any]]]

SOURCE = "made up for this test"


def person(id: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "name": id.title(), "source": SOURCE, **fields}


RIGHT: Base = {
    "countries.yaml": [
        {
            "id": "VN",
            "alpha3": "VNM",
            "name": "Vietnam",
            "names": {"zh": ["越南"]},
            "capital": "hanoi",
            "source": SOURCE,
        },
        {"id": "BA", "alpha3": "BIH", "name": "Bosnia and Herzegovina", "names": {"zh": ["波黑"]}, "source": SOURCE},
    ],
    "offices.yaml": [{"id": "president", "title": "President", "level": "head_of_state", "source": SOURCE}],
    "organizations.yaml": [
        {
            "id": "asean",
            "name": "ASEAN",
            "names": {"zh": ["东盟"]},
            "kind": "regional",
            "members": ["VN"],
            "source": SOURCE,
        }
    ],
    "occasions.yaml": [
        {
            "id": "asean-summit",
            "name": "{ordinal} ASEAN Summit",
            "names": {},
            "numbered": True,
            "organization": "asean",
            "editions": [{"number": 37, "year": 2020, "start": "2020-11-12", "end": "2020-11-15", "source": SOURCE}],
            "source": SOURCE,
        }
    ],
    "places.yaml": [{"id": "hanoi", "kind": "city", "name": "Hanoi", "country": "VN", "source": SOURCE}],
    "relations.yaml": [
        {
            "parties": ["VN", "asean"],
            "steps": [{"level": "treaty", "date": "1995-07-28", "source": SOURCE}],
            "source": SOURCE,
        }
    ],
    "people/VN.yaml": [
        person("first", terms=[{"office": "president", "start": "2011-07-25", "end": "2016-04-02"}]),
        person("second", terms=[{"office": "president", "start": "2016-04", "end": "2018-09-21"}]),
    ],
    "people/BA.yaml": [
        person("one", terms=[{"office": "president", "start": "2018-11-20"}]),
        person("two", terms=[{"office": "president", "start": "2018-11-20"}]),
    ],
}


def write(folder: Path, base: Base) -> Path:
    for name, rows in base.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return folder


def lines(folder: Path) -> list[str]:
    return [str(problem) for problem in check(folder)]


def test_a_right_base_has_no_problem(tmp_path: Path) -> None:
    assert lines(write(tmp_path, RIGHT)) == []


def change(file: str, index: int, **fields: Any) -> Callable[[Base], None]:
    return lambda base: base[file][index].update(fields)


def term(**fields: Any) -> Callable[[Base], None]:
    return lambda base: base["people/VN.yaml"][1]["terms"][0].update(fields)


SPOILT = {
    "unknown field": (change("places.yaml", 0, colour="red"), "places.yaml: hanoi: colour: Extra inputs"),
    "unquoted Norway": (change("people/VN.yaml", 0, country=False), "people/VN.yaml: first: country: Input should be"),
    "id twice": (
        lambda base: base["people/BA.yaml"].append(person("first")),
        "people/VN.yaml: first: the id is already in people/BA.yaml",
    ),
    "person and body of one id": (
        lambda base: base["people/BA.yaml"].append(person("asean")),
        "asean: the id is already in",
    ),
    "edition twice": (
        lambda base: base["occasions.yaml"][0]["editions"].append(base["occasions.yaml"][0]["editions"][0]),
        "edition asean-summit-37 stands 2 times",
    ),
    "edition without number": (
        lambda base: base["occasions.yaml"][0]["editions"][0].pop("number"),
        "an edition of a numbered series has no number",
    ),
    "no such place": (change("countries.yaml", 0, capital="atlantis"), "VN: capital: there is no 'atlantis' in places"),
    "no such member": (change("organizations.yaml", 0, members=["XX"]), "members: there is no 'XX' in countries"),
    "no such office": (term(office="doge"), "second: terms.office: there is no 'doge' in offices"),
    "no such party": (change("relations.yaml", 0, parties=["VN", "eu"]), "no 'eu' in countries or organizations"),
    "no such body": (change("occasions.yaml", 0, organization="eu"), "organization: there is no 'eu' in organizations"),
    "no such day": (term(end="2018-02-30"), "second: term president: 2016-04 to 2018-02-30 is not in the calendar"),
    "no such month": (term(start="2016-13"), "2016-13 to 2018-09-21 is not in the calendar"),
    "ends too early": (term(end="2015"), "second: term president: ends 2015 before it starts 2016-04"),
    "not NFC": (change("places.yaml", 0, name="Ha\u0300 Nội"), "is not NFC"),
    "empty name": (change("places.yaml", 0, names={"vi": [""]}), "places.yaml: hanoi: names.vi: '' is empty"),
    "blank in front": (
        change("places.yaml", 0, names={"vi": [" Hà Nội"]}),
        "' Hà Nội' is empty or has blanks around it",
    ),
    "zero width": (change("places.yaml", 0, names={"vi": ["Hà\u200bNội"]}), "holds an invisible character"),
    "no names": (change("places.yaml", 0, names={"vi": []}), "names.vi: no name in it"),
    "odd language": (change("places.yaml", 0, names={"Tiếng Việt": ["Hà Nội"]}), "'Tiếng Việt' is no language tag"),
    "two presidents": (
        term(start="2016-02-01"),
        "people/VN.yaml: first: president of VN from 2011-07-25 and second from 2016-02-01 overlap by 61 days",
    ),
    "one office twice": (
        lambda base: base["people/VN.yaml"][1]["terms"].append({"office": "president", "start": "2017"}),
        "second: two terms as president overlap, from 2016-04 and from 2017",
    ),
}


@pytest.mark.parametrize("way", SPOILT)
def test_each_problem_is_named_and_fails(way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil, expected = SPOILT[way]
    base = copy.deepcopy(RIGHT)
    spoil(base)
    assert main([str(write(tmp_path, base))]) == 1
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"names": {"zh": ["越南國會"]}}, "warning: places.yaml: hanoi: names.zh: '越南國會' has traditional '國會'"),
        ({"names": {"vi": ["Hà Nội", "Hà Nội"]}}, "warning: places.yaml: hanoi: names.vi: 'Hà Nội' stands 2 times"),
    ],
)
def test_warnings_do_not_fail(
    fields: dict[str, Any], expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = copy.deepcopy(RIGHT)
    base["places.yaml"][0].update(fields)
    assert main([str(write(tmp_path, base))]) == 0
    assert expected in capsys.readouterr().out


@pytest.mark.parametrize("name", ["川普", "河内", "马里奥·德拉吉", "李璟", "彭佩奥"])
def test_simplified_names_and_rare_characters_pass(name: str, tmp_path: Path) -> None:
    base = copy.deepcopy(RIGHT)
    base["places.yaml"][0]["names"] = {"zh": [name]}
    assert lines(write(tmp_path, base)) == []


def test_an_acting_holder_may_stand_beside_the_suspended_one(tmp_path: Path) -> None:
    base = copy.deepcopy(RIGHT)
    term(start="2016-02-01", title="Acting President")(base)
    assert lines(write(tmp_path, base)) == []


def test_broken_yaml_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    (tmp_path / "places.yaml").write_text("- {id: [hanoi}", encoding="utf-8")
    (problem,) = lines(tmp_path)
    assert problem.startswith("YAML: not readable: places.yaml:")
    assert "\n" not in problem


def test_a_day_that_yaml_cannot_read_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    (tmp_path / "places.yaml").write_text("- {id: hanoi, start: 2021-02-30}", encoding="utf-8")
    (problem,) = lines(tmp_path)
    assert "places.yaml: day is out of range for month" in problem
