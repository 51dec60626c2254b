"""Fixed phrases: leftmost, longest, never inside a word."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract import lexicon
from app.extract.lexicon import Lexicon, on_boundary, spaced


def found(phrases: dict[str, str], text: str) -> list[str]:
    return [text[h.start : h.end] for h in Lexicon(phrases.items()).scan(text)]


@pytest.mark.parametrize(
    ("phrases", "text", "expected"),
    [
        (["thủ tướng", "phó thủ tướng"], "phó thủ tướng gặp thủ tướng", ["phó thủ tướng", "thủ tướng"]),
        (["an", "ban an"], "ban an", ["ban an"]),
        (["mỹ"], "thẩm mỹ mỹ mỹx xmỹ (mỹ)", ["mỹ", "mỹ", "mỹ"]),
        (["ký"], "kýkết ký-kết ký.", ["ký", "ký"]),
        (["总理", "副总理", "理"], "副总理和总理", ["副总理", "总理"]),
        (["会见"], "主席会见会见会见厅", ["会见"] * 3),
        (["a b"], "a b a b", ["a b", "a b"]),
        (["u.s."], "the u.s. and u.s.a", ["u.s.", "u.s."]),
        (["apec"], "apec2023 apec 2023", ["apec"]),
        (["美国"], "us美国us", ["美国"]),
        ([""], "x", []),
        ([], "x", []),
        (["x"], "", []),
    ],
)
def test_scan(phrases: list[str], text: str, expected: list[str]) -> None:
    assert found({p: p for p in phrases}, text) == expected


def test_values_of_one_phrase_are_kept_in_order() -> None:
    (hit,) = Lexicon([("x", 2), ("y", 0), ("x", 1)]).scan("x")
    assert hit.value == (2, 1)


def test_many_phrases_are_found_as_few_are() -> None:
    few = {p: p for p in ("a b", "a", "b", "a b c", "中国", "国")}
    many = few | {f"filler {number}": "" for number in range(200)}
    text = "a b c a b 中国国 ab"
    assert found(many, text) == found(few, text) == ["a b c", "a b", "中国", "国"]


@settings(deadline=None)
@given(st.sets(st.text(alphabet="ab 中", min_size=1, max_size=20), max_size=12), st.text(alphabet="ab 中", max_size=60))
def test_very_many_phrases_are_found_by_how_they_begin(phrases: set[str], text: str) -> None:
    filler = [f"filler {number}" for number in range(200)]
    words = [*sorted(phrases), *filler, *(f"{phrase}{text[:9]}" for phrase in sorted(phrases))]
    text += "".join(sorted(phrases))
    by_all, by_beginnings = Lexicon((w, w) for w in words), Lexicon((w, w) for w in words)
    by_all.scan("x" * 20_000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "_MANY", 100)
        by_beginnings.scan("x" * 20_000)
    assert by_beginnings.scan(text) == by_all.scan(text)


def test_what_is_written_with_spaces() -> None:
    assert [spaced(c) for c in "aế9Đ中がカ한 ,"] == [True, True, True, True, False, False, False, False, False, False]


def test_boundaries_at_the_ends_of_the_text() -> None:
    assert on_boundary("mỹ", 0, 2)
    assert not on_boundary("mỹa", 0, 2)
    assert not on_boundary("amỹ", 1, 3)


WORDS = st.lists(st.text(alphabet="ab 中国", min_size=1, max_size=4), max_size=8)


@settings(max_examples=300, deadline=None)
@given(WORDS, st.text(alphabet="ab 中国.", max_size=40), st.sampled_from([0, 100]))
def test_scan_against_the_plain_definition(phrases: list[str], text: str, fillers: int) -> None:
    phrases += [f"filler {number}" for number in range(fillers)]
    expected, at = [], 0
    while at < len(text):
        fitting = [p for p in phrases if text.startswith(p, at) and on_boundary(text, at, at + len(p))]
        if fitting:
            longest = max(fitting, key=len)
            expected.append((at, at + len(longest)))
            at += len(longest)
        else:
            at += 1
    assert [(h.start, h.end) for h in Lexicon((p, p) for p in phrases).scan(text)] == expected
