"""Whether two spellings name the same: case, marks, punctuation, spaces and the order of words do not matter."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_D = str.maketrans("đĐ", "dD")
"""The one letter of Vietnamese that does not come apart into a letter and a mark."""


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFKD", name.translate(_D).casefold())
    return tuple("".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c)).split())


def same_name(one: str, other: str) -> bool:
    """`Kim Boo-kyum` is `Boo-kyum Kim`, and `Ha Noi` is `Hà Nội` and `Hanoi`."""
    a, b = _words(one), _words(other)
    return "".join(a) == "".join(b) or sorted(a) == sorted(b)


def any_same(spellings: Iterable[str], found: Iterable[str | None]) -> bool:
    """Whether one of the names found is one of the spellings."""
    names = [name for name in found if name]
    return any(same_name(spelling, name) for spelling in spellings for name in names)
