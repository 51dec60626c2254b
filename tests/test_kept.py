"""What is kept between two runs: read where it is whole, made again where it is not, and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import kept as module
from app.kept import kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "_folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


class Maker:
    """Counts how often it is asked."""

    def __init__(self, value: object) -> None:
        self.value, self.asked = value, 0

    def __call__(self) -> object:
        self.asked += 1
        return self.value


PLAIN = {"Việt Nam": ("country", ["VN", None, 1.5]), "越": [("a", 1)]}


def test_a_value_is_made_once_and_again_when_what_it_was_made_from_changes(folder: Path) -> None:
    make = Maker(PLAIN)
    assert [kept("x", [b"1"], make) for _ in range(3)] == [PLAIN] * 3
    assert make.asked == 1
    kept("x", [b"1", b""], make)
    kept("y", [b"1"], make)
    assert make.asked == 3
    assert len(list(folder.iterdir())) == 3


@pytest.mark.parametrize(
    "damage", [lambda c: b"", lambda c: c[:-1], lambda c: c[:40] + b"\xff" + c[41:], lambda c: c * 2]
)
def test_a_damaged_file_is_made_again(folder: Path, damage: object) -> None:
    make = Maker(PLAIN)
    kept("x", [], make)
    (file,) = folder.iterdir()
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert kept("x", [], make) == PLAIN
    assert make.asked == 2
    assert file.read_bytes() == whole


def test_without_a_folder_to_write_to_it_is_made_each_time(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    make = Maker(PLAIN)
    assert [kept("x", [], make) for _ in range(2)] == [PLAIN] * 2
    assert make.asked == 2


def test_what_is_not_plain_is_made_each_time(folder: Path) -> None:
    make = Maker([object()])
    assert kept("x", [], make) is make.value
    assert kept("x", [], make) is make.value
    assert not list(folder.glob("x-*"))


def test_files_of_old_are_dropped(folder: Path) -> None:
    for number in range(30):
        kept("x", [bytes([number])], Maker(number))
    assert len(list(folder.iterdir())) == 20
