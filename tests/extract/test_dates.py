"""Date expressions and durations: the examples of every language, and what must hold for any text."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract.dates import find_dates
from app.extract.dates_durations import Duration, find_durations
from app.extract.dates_url import date_in_url
from app.extract.dating_tense import closes, is_recent
from app.extract.model import DateExpression, PartialDate, Text
from app.extract.pack import LANGUAGES, Pack, codes, load_pack
from app.extract.text import lower, unify
from tests.growth import grows_with_size

CODES = codes()


def as_text(written: str, pack: Pack) -> Text:
    plain = pack.fold(unify(written))
    return Text(written, plain, lower(plain), None)


def partial(date: PartialDate) -> str:
    year = f"{date.year:04d}" if date.year else "XXXX"
    month = f"{date.month:02d}" if date.month else "XX"
    if date.day:
        return f"{year}-{month}-{date.day:02d}"
    return f"{year}-{month}" if date.month else year if date.year else ""


def signed(unit: str, number: int | None) -> list[str]:
    return [] if number is None else [f"{unit}{number:+d}"]


def reading(found: DateExpression) -> set[str]:
    """The notation of the example files, its parts in any order."""
    first, last = partial(found.first), partial(found.last)
    said = [first if first == last else f"{first}/{last}"] if first else []
    if found.weekday is not None:
        said.append(f"weekday={found.weekday}")
    if found.precision is None:
        said += signed("week", (found.shift_days or 0) // 7)
    else:
        said += signed("event" if found.shift_from_event else "day", found.shift_days)
    said += signed("month", found.shift_months) + signed("year", found.shift_years)
    if found.same_day:
        said.append("same-day")
    if found.part_of_day:
        said.append(found.part_of_day.value)
    if found.other:
        said += ["or", partial(found.other)]
    return set(said)


def duration_reading(found: Duration) -> set[str]:
    said = {str(found.years), found.level}
    said |= {name for name in ("anniversary", "approaching", "approximate") if getattr(found, name)}
    return said | {f"{n}={v}" for n, v in (("founded", found.founded), ("falls", found.falls)) if v}


def examples(code: str) -> dict[str, Any]:
    path = LANGUAGES / code / "examples_dates.yaml"
    parsed: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return parsed


POSITIVE = [
    pytest.param(code, rule, sentence, readings, id=f"{code}-{rule}-{number}")
    for code in CODES
    for rule, rows in examples(code)["dates"].items()
    for number, (sentence, *readings) in enumerate(rows)
]
NEGATIVE = [(code, sentence) for code in CODES for sentence in examples(code)["not_dates"]]
DURATIONS = [(code, *row) for code in CODES for row in examples(code)["durations"]]
NOT_DURATIONS = [(code, sentence) for code in CODES for sentence in examples(code)["not_durations"]]


@pytest.mark.parametrize(("code", "rule", "sentence", "readings"), POSITIVE)
def test_reads_the_examples(code: str, rule: str, sentence: str, readings: list[str]) -> None:
    pack = load_pack(code)
    found = find_dates(as_text(sentence, pack), pack)
    assert [reading(e) for e in found] == [set(r.split()) for r in readings]
    assert {e.rule for e in found} == {rule}


@pytest.mark.parametrize(("code", "sentence"), NEGATIVE)
def test_what_is_no_date_gives_none(code: str, sentence: str) -> None:
    pack = load_pack(code)
    assert find_dates(as_text(sentence, pack), pack) == ()


@pytest.mark.parametrize("code", CODES)
def test_every_rule_has_three_examples(code: str) -> None:
    assert {rule: len(rows) for rule, rows in examples(code)["dates"].items() if len(rows) < 3} == {}


@pytest.mark.parametrize(("code", "sentence", "expected"), DURATIONS)
def test_reads_the_durations(code: str, sentence: str, expected: str) -> None:
    pack = load_pack(code)
    found = find_durations(as_text(sentence, pack), pack)
    assert [duration_reading(d) for d in found] == [set(expected.split())]


@pytest.mark.parametrize(("code", "sentence"), NOT_DURATIONS)
def test_what_counts_from_no_relation_gives_none(code: str, sentence: str) -> None:
    pack = load_pack(code)
    assert find_durations(as_text(sentence, pack), pack) == ()


RECENT = [
    (code, *row, expected)
    for code in CODES
    for name, expected in (("recent", True), ("not_recent", False))
    for row in examples(code).get(name, ())
]
CLOSING = [
    (code, sentence, expected)
    for code in CODES
    for name, expected in (("closing", True), ("not_closing", False))
    for sentence in examples(code).get(name, ())
]


@pytest.mark.parametrize(("code", "sentence", "word", "expected"), RECENT)
def test_tells_what_is_called_recent(code: str, sentence: str, word: str, expected: bool) -> None:
    pack = load_pack(code)
    text = as_text(sentence, pack)
    start = text.plain.index(word)
    assert is_recent(text, (start, start + len(word)), pack) is expected


@pytest.mark.parametrize(("code", "sentence", "expected"), CLOSING)
def test_tells_the_end_of_a_journey(code: str, sentence: str, expected: bool) -> None:
    pack = load_pack(code)
    assert closes(as_text(sentence, pack), 0, len(sentence), pack) is expected


def test_the_span_takes_in_the_words_that_belong_to_the_date() -> None:
    pack = load_pack("vi")
    text = as_text("Theo đó, rạng sáng thứ Tư (29/3), máy bay hạ cánh.", pack)
    (found,) = find_dates(text, pack)
    assert text.span(found.start, found.end).quote == "rạng sáng thứ Tư (29/3)"


def test_dates_come_in_order_and_the_longest_wins() -> None:
    pack = load_pack("en")
    text = as_text("On Monday they met; on July 5, 2021 they had spoken, and yesterday they wrote.", pack)
    assert [text.plain[e.start : e.end] for e in find_dates(text, pack)] == ["Monday", "July 5, 2021", "yesterday"]


MARKS = [*"0123456789/-.,():~& \n年月日号周一十上"]
WORDS = [" và ", " đến ", "ngày ", "tháng ", "năm ", "tối ", "thứ Ba", "kỷ niệm ", " quan hệ", "March ", "May", " to "]
MORE = ["Tuesday", "last ", "next year", "th ", "2023", "29/3", "民国", "今年", "至", "周年", "建交"]
PIECES = st.sampled_from([*MARKS, *WORDS, *MORE])


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CODES), st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join)))
def test_any_text_gives_sorted_spans_inside_it(code: str, written: str) -> None:
    pack = load_pack(code)
    text = as_text(written, pack)
    dates = find_dates(text, pack)
    end = 0
    for found in dates:
        assert end <= found.start < found.end <= len(text.plain)
        end = found.end
        for day in (found.first, found.last):
            assert day.month is None or 1 <= day.month <= 12
            assert day.day is None or 1 <= day.day <= 31
    for duration in find_durations(text, pack):
        assert 0 <= duration.start < duration.end <= len(text.plain)


@pytest.mark.parametrize(
    "unit", ["1/2-", "ngày 1 ", "(", "1.1.", "今天(", "Mon, ", "1, ", "年1月", "10 năm ", "Monday "]
)
def test_time_is_linear_in_hostile_texts(unit: str) -> None:
    pack = load_pack("vi" if "n" in unit and "M" not in unit else "zh" if "天" in unit or "年" in unit else "en")

    def dated(size: int) -> None:
        text = as_text(unit * (size // len(unit)), pack)
        find_dates(text, pack)
        find_durations(text, pack)

    # Eight times the text; four for the noise of a busy machine.
    assert grows_with_size(lambda: dated(20_000), lambda: dated(160_000), 8 * 4)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/tin-tuc-20211102081500123.htm", "2021-11-02"),
        ("https://example.org/2023/02/27/gap-go.html", "2023-02-27"),
        ("https://example.org/20230227-tiep-dai-su", "2023-02-27"),
        ("https://example.org/2023-02-27-readout", "2023-02-27"),
        ("https://example.org/a-post1274658.html", None),
        ("https://example.org/2023/02/30/x", None),
        ("https://example.org/id/99999999", None),
        (None, None),
    ],
)
def test_the_date_in_an_address(url: str | None, expected: str | None) -> None:
    found = date_in_url(url)
    assert (found.isoformat() if found else None) == expected
