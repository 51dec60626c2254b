"""Names that other alphabets leave to the ear: Shoukry and Shukri, Safadi and Safady are spelt by their consonants."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from app.extract.pack import compiled
from app.extract.shortforms import folded
from app.knowledge.lookup import Knowledge

_SOFT = re.compile(r"(?<=.)h|[aeiouyw]")
_SAME = str.maketrans({"c": "k", "q": "k", "z": "s", "g": "j"})
_DOUBLE = re.compile(r"(.)\1+")
_LEAST = 4
"""Fewest consonants that tell a name from others."""
_ALIKE = 0.75
"""Least likeness of the full spellings, so that no other vowels make another name."""


def consonants(name: str) -> str:
    """The consonants of each word of a name, by sound: Sameh Shoukry and Sameh Shukri are both "sm skr"."""
    words = (_DOUBLE.sub(r"\1", _SOFT.sub("", word).translate(_SAME)) for word in folded(name).split())
    return " ".join(word for word in words if word)


@lru_cache
def _by_consonants(knowledge: Knowledge) -> dict[str, tuple[tuple[str, str], ...]]:
    """Consonants of names of two words and more to those who bear them, each with the name."""
    return compiled("consonants", (knowledge,), lambda: _indexed(knowledge))


def _indexed(knowledge: Knowledge) -> dict[str, tuple[tuple[str, str], ...]]:
    index: dict[str, dict[tuple[str, str], None]] = {}
    for person in knowledge.people:
        for form in (person.name, *person.names.get("en", ())):
            if " " in form and form[0].isalpha() and form[0].upper() != form[0].lower():
                index.setdefault(consonants(form), {})[(person.id, folded(form))] = None
    return {key: tuple(found) for key, found in index.items()}


def spelt_alike(knowledge: Knowledge, name: str) -> tuple[str, ...]:
    """Ids of those whose name differs from this one by its vowels and double letters only."""
    key = consonants(name)
    if " " not in key or len(key) <= _LEAST:
        return ()
    bare = folded(name)
    found = _by_consonants(knowledge).get(key, ())
    return tuple(dict.fromkeys(p for p, form in found if SequenceMatcher(None, form, bare).ratio() >= _ALIKE))
