"""Enumerations without the slow road to their members that Python 3.11 has."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, EnumType

import app.main  # noqa: F401  with all the enumerations that it loads


def enumerations(of: type[Enum] = Enum) -> Iterator[type[Enum]]:
    for one in of.__subclasses__():
        yield one
        yield from enumerations(one)


def test_every_member_is_found_by_its_name_without_the_slow_road() -> None:
    assert "__getattr__" not in vars(EnumType)
    for one in enumerations():
        for name, member in one.__members__.items():
            assert getattr(one, name) is member
        assert getattr(one, "no such member", None) is None
