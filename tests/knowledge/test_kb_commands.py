"""`dragoman kb`: a list compared with the terms of office, and a Wikidata result merged into the files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from app.cli import app
from app.errors import KnowledgeError, SourceError
from app.knowledge.check import check
from app.knowledge.compare import Finding, Outcome, compare, read_list
from app.knowledge.load import data_folder, load_knowledge
from app.knowledge.matching import Matcher, same_name
from app.knowledge.wikidata import partial, people_of, query, read_result, slug

RESULT = Path(__file__).with_name("wikidata_result.json")
HEADER = "note,country,office,name,start,end\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["kb", *map(str, arguments)])


def listed(folder: Path, *lines: str) -> Path:
    path = folder / "list.csv"
    path.write_text(HEADER + "".join(f"x,{line}\n" for line in lines), encoding="utf-8")
    return path


def findings(folder: Path, *lines: str, days: int = 31) -> list[Finding]:
    return compare(read_list(listed(folder, *lines)), load_knowledge(), days=days)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tô Lâm", "To Lam"),
        ("Kim Boo-kyum", "Boo-kyum Kim"),
        ("Nguyễn Tấn Dũng", "NGUYEN TAN DUNG"),
        ("Đỗ Mười", "Do Muoi"),
        ("Ma Ying-jeou", "Ma Yingjeou"),
        ("George W. Bush", "George Bush"),
    ],
)
def test_a_name_is_the_same_in_any_order_and_without_marks(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), [("Phạm Minh Chính", "Phạm Bình Minh"), ("Bush", "George Bush"), ("", "")])
def test_other_people_have_other_names(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("words", "country", "offices"),
    [
        ("prime-minister", "VN", {"prime-minister"}),
        ("Premier", "CN", {"prime-minister"}),
        ("head of government", "JP", {"prime-minister"}),
        ("head of government", "US", {"president"}),
        ("Secretary of State", "US", {"foreign-minister"}),
        ("minister of national defence", "VN", {"defence-minister"}),
        ("king of the road", "US", set()),
    ],
)
def test_offices_in_common_words(words: str, country: str, offices: set[str]) -> None:
    assert Matcher(load_knowledge()).offices(words, country) == offices


@pytest.mark.parametrize("written", ["VN", "VNM", "Vietnam", "Viet Nam", "Việt Nam"])
def test_countries_by_code_or_name(written: str) -> None:
    assert Matcher(load_knowledge()).country(written) == "VN"


def test_a_list_that_says_the_same_agrees(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        "Japan,prime minister,Abe Shinzo,2012-12-26,2020-09-16",
        "JP,head of government,Suga Yoshihide,2020,2021",  # years alone
        "JPN,Prime Minister,Fumio Kishida,2021-10-04,2023-11-13",  # the same cabinet twice: one term
        "JPN,Prime Minister,Fumio Kishida,2023-11-13,2024-10-01",
    )
    assert [(f.outcome, f.days) for f in found] == [(Outcome.agrees, 0)] * 3


def test_each_kind_of_difference_is_told(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        "JP,prime minister,Shinzo Abe,2013-12-26,2020-09-16",
        "JP,prime minister,Nobody At All,2020-09-16,2021-10-04",
        "JP,prime minister,Fumio Kishida,2021-10-04,2024-10-01",
        "Atlantis,president,Somebody,2000,2001",
        "JP,doge,Somebody,2000,2001",
    )
    assert sorted((f.outcome.value, f.name, f.days) for f in found) == [
        ("agrees", "Fumio Kishida", 0),
        ("differs", "Shinzo Abe", 365),
        ("missing here", "Nobody At All", 0),
        ("missing there", "Yoshihide Suga", 0),
        ("not understood", "Somebody", 0),
        ("not understood", "Somebody", 0),
    ]


def test_what_began_after_the_list_was_made_is_not_expected_in_it(tmp_path: Path) -> None:
    found = findings(tmp_path, "JP,prime minister,Shinzo Abe,2012-12-26,", "JP,prime minister,Yoshihiko Noda,2011,2012")
    assert {f.outcome for f in found} == {Outcome.agrees}


def test_the_tolerance_can_be_set(tmp_path: Path) -> None:
    line = "JP,prime minister,Fumio Kishida,2021-10-14,2024-10-01"
    assert findings(tmp_path, line, days=10)[0].outcome is Outcome.agrees
    assert findings(tmp_path, line, days=9)[0].outcome is Outcome.differs


def test_compare_prints_and_fails_where_something_differs(tmp_path: Path) -> None:
    good = listed(tmp_path, "JP,prime minister,Fumio Kishida,2021-10-04,2024-10-01")
    done = run("compare", good)
    assert (done.exit_code, done.stdout) == (
        0,
        "1 agrees, 0 differs, 0 missing here, 0 missing there, 0 not understood\n",
    )
    bad = listed(tmp_path, "JP,prime minister,Fumio Kishida,2020-10-04,2024-10-01")
    done = run("compare", bad, "--format", "jsonl")
    assert done.exit_code == 1
    row = json.loads(done.stdout.splitlines()[0])
    assert (row["outcome"], row["days"]) == ("differs", 365)
    assert "differs" in run("compare", bad).stdout


def test_a_list_of_surnames_tells_who_ruled(tmp_path: Path) -> None:
    found = findings(
        tmp_path,
        "US,leader,G.W. Bush,2001-01-20,2009-01",
        "FR,leader,Chirac,1995-05-17,2007-05",
        "RU,leader,Putin,2008-05-08,2012-05",  # as prime minister, between two presidencies
        "FR,leader,Mister Nobody,2002-05-17,2003-05",
    )
    assert [f.name for f in found if f.outcome is Outcome.agrees] == ["G.W. Bush", "Chirac", "Putin"]
    assert [f.name for f in found if f.outcome is not Outcome.agrees] == ["Mister Nobody"]


def test_a_wikidata_id_counts_more_than_a_name_and_a_row_is_as_old_as_it_was_seen(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "country,office,name,start,end,wikidata,seen\n"
        "GB,prime minister,Alexander Johnson,2019-07-24,,Q180589,2022-07-30\n"
        "GB,prime minister,Boris Johnson,2019-07-24,,Q999999999,2022-07-30\n"
    )
    found = {(f.name, f.outcome) for f in compare(read_list(path), load_knowledge())}
    assert {("Alexander Johnson", Outcome.agrees), ("Boris Johnson", Outcome.missing_here)} <= found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,name\nJP,x\n", "no column office, start, end"),
        (HEADER + "x,JP,president,A,last year,\n", "line 2: 'last year'"),
        (HEADER + "x,JP,president,A,,2001\n", "line 2: no start"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "bad.csv").write_text(text)
    with pytest.raises(SourceError, match=words):
        read_list(tmp_path / "bad.csv")


# --- Wikidata -----------------------------------------------------------------------------------------------------


def test_the_query_holds_what_was_asked_for() -> None:
    text = query("defence-minister", ["vn", "JP"], 2001)
    for part in ('{ "VN" "JP" }', "wd:Q83307", "P580", "P582", "P1001", "P17", ">= 2001", "defen[cs]e", '"zh-hant"'):
        assert part in text
    assert text.count("{") == text.count("}")
    assert "VALUES" not in query()


@pytest.mark.parametrize(("office", "country"), [("doge", "VN"), ("president", "Vietnam"), ("president", '"}')])
def test_what_cannot_be_asked_for_is_refused(office: str, country: str) -> None:
    with pytest.raises(KnowledgeError):
        query(office, [country])


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("2021-04-05T00:00:00Z", "11", "2021-04-05"),
        ("2021-04-01T00:00:00Z", "10", "2021-04"),
        ("2021-01-01T00:00:00Z", "9", "2021"),
        ("2000-01-01T00:00:00Z", "8", None),  # a decade
        ("t1234", "11", None),  # an unknown value
    ],
)
def test_a_time_is_taken_as_far_as_it_is_known(time: str, precision: str, expected: str | None) -> None:
    assert partial(time, precision) == expected


def test_ids_are_made_of_names() -> None:
    assert [slug(n) for n in ("Phạm Minh Chính", "Đỗ Mười", "Kim Boo-kyum", "习近平")] == [
        "pham-minh-chinh",
        "do-muoi",
        "kim-boo-kyum",
        "",
    ]


def test_a_result_becomes_people() -> None:
    people, odd = people_of(read_result(RESULT), load_knowledge())
    assert odd == []
    abe = next(p for p in people if p.row["id"] == "shinzo-abe")
    assert abe.row["terms"] == [
        {"office": "prime-minister", "start": "2006-09-26", "end": "2007-09-26"},
        {"office": "prime-minister", "start": "2012-12-26", "end": "2020-09-16"},
    ]
    assert abe.row["names"] == {"vi": ["Abe Shinzō"], "zh": ["安倍晋三"]}
    assert any("安倍晉三" in note for note in abe.notes)  # traditional: folded before matching, so not listed
    trump = next(p for p in people if p.row["wikidata"] == "Q22686")
    assert trump.row["names"]["zh"] == ["唐纳德·特朗普", "川普"]


def test_a_row_that_cannot_be_taken_over_is_told() -> None:
    row = read_result(RESULT)[0]
    spoilt = [row | {"officeLabel": "Grand Poobah of Japan"}, row | {"iso": "XX"}, row | {"startPrecision": "7"}]
    people, odd = people_of(spoilt, load_knowledge())
    assert people == []
    assert ["office" in odd[0], "country" in odd[1], "start" in odd[2]] == [True] * 3


def test_what_is_no_result_is_refused(tmp_path: Path) -> None:
    for text in ("{}", "[]", "no json", '{"results": {"bindings": [1]}}'):
        (tmp_path / "bad.json").write_text(text)
        with pytest.raises(SourceError):
            read_result(tmp_path / "bad.json")


JP = """\
# Japan.
- id: junichiro-koizumi
  name: Junichiro Koizumi
  source: "made up for this test"
  terms:
  # The start is to be looked up.
  - {office: prime-minister, start: "2001"}
- id: shinzo-abe
  name: Shinzo Abe
  names: {zh: [安倍]}
  source: "made up for this test"   # stays as it is written
  terms:
  - {office: prime-minister, start: 2006-09-26, end: 2007-09-26}
  - {office: prime-minister, start: 2012-12-26, end: 2019-09-16}
- {id: taro-aso, name: Taro Aso, source: x, terms: [{office: prime-minister, start: 2008-09-24, end: 2009-09-16}]} # odd
"""


COUNTRIES = """\
- {id: DE, alpha3: DEU, name: Germany, names: {en: [Germany]}, source: made up}
- {id: JP, alpha3: JPN, name: Japan, names: {en: [Japan]}, source: made up}
- {id: US, alpha3: USA, name: United States, names: {en: [the United States]}, source: made up}
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A knowledge base of three countries, this project's offices and the people above."""
    folder = tmp_path / "kb"
    (folder / "people").mkdir(parents=True)
    shutil.copy(data_folder("kb") / "offices.yaml", folder)
    (folder / "countries.yaml").write_text(COUNTRIES, encoding="utf-8")
    (folder / "people/JP.yaml").write_text(JP, encoding="utf-8")
    return folder


def test_an_import_adds_and_completes_and_overwrites_nothing(base: Path) -> None:
    done = run("import", RESULT, "--write", "--folder", base)
    assert done.exit_code == 0, done.output
    text = (base / "people/JP.yaml").read_text(encoding="utf-8")
    rows = {row["id"]: row for row in yaml.safe_load(text)}
    koizumi = rows["junichiro-koizumi"]
    assert [{k: str(v) for k, v in t.items()} for t in koizumi["terms"]] == [
        {"office": "prime-minister", "start": "2001-04-26", "end": "2006-09-26"}
    ]
    assert (koizumi["wikidata"], koizumi["source"]) == ("Q130852", "made up for this test")
    assert rows["shinzo-abe"]["names"] == {"zh": ["安倍"], "vi": ["Abe Shinzō"]}
    assert str(rows["shinzo-abe"]["terms"][1]["end"]) == "2019-09-16"
    assert "differs, left as it is: shinzo-abe: prime-minister of JP: end 2019-09-16 here, 2020-09-16" in done.stderr
    for kept in ("# Japan.\n", "# The start is to be looked up.\n", JP.splitlines()[-1]):
        assert kept in text
    assert [row["id"] for row in yaml.safe_load((base / "people/DE.yaml").read_text())] == [
        "angela-merkel",
        "olaf-scholz",
    ]
    assert [str(problem) for problem in check(base) if not problem.warning] == []


def test_a_second_import_changes_nothing(base: Path) -> None:
    run("import", RESULT, "--write", "--folder", base)
    before = {path.name: path.read_bytes() for path in (base / "people").iterdir()}
    done = run("import", RESULT, "--write", "--folder", base)
    assert done.stdout.startswith("0 changes in 0 files")
    assert {path.name: path.read_bytes() for path in (base / "people").iterdir()} == before


def test_an_import_without_write_only_prints(base: Path) -> None:
    done = run("import", RESULT, "--folder", base)
    assert done.exit_code == 0
    assert (base / "people/JP.yaml").read_text(encoding="utf-8") == JP
    assert {row["id"] for row in yaml.safe_load(done.stdout)} >= {"barack-obama", "olaf-scholz", "shinzo-abe"}


def test_two_people_of_one_name_are_not_guessed_between(base: Path) -> None:
    path = base / "people/JP.yaml"
    twin = (
        '- {id: abe-two, name: Abe Shinzo, source: made up, terms: [{office: minister, start: "1999", end: "2000"}]}\n'
    )
    path.write_text(JP + twin, encoding="utf-8")
    done = run("import", RESULT, "--folder", base)
    assert "may be any of shinzo-abe, abe-two" in done.stderr
    assert "shinzo-abe" not in {row["id"] for row in yaml.safe_load(done.stdout)}


def test_check_is_the_check(base: Path) -> None:
    path = base / "people/JP.yaml"
    path.write_text(JP.replace('"2001"}', '"2001", end: "2006"}'), encoding="utf-8")
    assert run("check", "--folder", base).exit_code == 0
    path.write_text(JP.replace("2019-09-16", "2011-09-16"), encoding="utf-8")
    done = run("check", "--folder", base)
    assert done.exit_code == 1
    assert "ends 2011-09-16 before it starts" in done.stdout


def test_the_docs_name_every_command_and_office() -> None:
    from app.commands.kb import app as kb
    from app.knowledge.wikidata import CLASSES

    text = (Path(__file__).parents[2] / "docs/knowledge.md").read_text(encoding="utf-8")
    for command in kb.registered_commands:
        name = command.name or command.callback.__name__  # type: ignore[union-attr]
        assert f"dragoman kb {name}" in text
    for office in CLASSES:
        assert f"`{office}`" in text
