"""Units of amounts as people write them: a code, a sign, or a word in any of the languages that are read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from app.extract.pack import codes, load_pack

_SMALL = frozenset({"hkd", "sgd", "idr", "twd", "cad", "aud", "chf", "thb"})
"""Codes of currencies that not all of the languages' words have."""


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """All spellings, each with the unit of the records; English ones come first."""
    found: dict[str, str] = {"%": "percent"}
    for code in sorted(codes(), key=lambda one: one != "en"):
        data: dict[str, Any] = load_pack(code).data("amounts")
        for table in (data.get("units", {}), data.get("prefixes", {})):
            rows: Iterable[tuple[str, list[Any]]] = table.items()
            for unit, words in rows:
                for word in (unit, *words, *_singular(unit, words)):
                    found.setdefault(str(word).casefold(), unit)
    return found


def _singular(unit: str, words: list[Any]) -> list[str]:
    """`dollar` for `dollars`, of currencies."""
    return [str(word).removesuffix("s") for word in words] if unit.isupper() else []


def unit_of(written: str) -> str:
    """The unit of the records that is meant; what is not known stays as it is, since units are open."""
    plain = " ".join(written.split()).casefold()
    if plain in _SMALL:
        return plain.upper()
    return _known().get(plain, written)
