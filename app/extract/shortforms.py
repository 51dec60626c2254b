"""Short forms of people in the knowledge base: what they are called once it is clear who is meant."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.extract.pack import compiled
from app.knowledge.lookup import Knowledge, forms

_NO_LETTER = re.compile(r"[\W_]")


@lru_cache
def short_forms(knowledge: Knowledge, language: str) -> dict[str, tuple[str, ...]]:
    """Short forms (Biden, 克里) to the ids of all who go by them; the last word of a Latin name is one too."""
    return compiled(f"short-{language}", (knowledge,), lambda: _short_forms(knowledge, language))


def _short_forms(knowledge: Knowledge, language: str) -> dict[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = {}
    for person in knowledge.people:
        last = person.name.split()[-1]
        extra = (last,) if person.country != "VN" and len(last) > 2 else ()
        for form in (*forms(person.short, language), *extra):
            index.setdefault(form, {})[person.id] = None
    return {form: tuple(ids) for form, ids in index.items()}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """A name without case, diacritics, hyphens and initials: El-Sisi is el-Sisi, Antony J. Blinken Antony Blinken."""
    bare = name.lower()
    if not name.isascii():
        bare = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D")).casefold()
        bare = "".join([c for c in bare if not unicodedata.combining(c)])
    letters = _NO_LETTER.sub(" ", bare)
    words = [w for w in letters.split() if len(w) > 1 and w not in ("jr", "sr", "al", "el")]
    return " ".join(words)


@lru_cache
def folded_forms(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Folded full names of more than one word to the ids of all who bear them, in whichever order the words stand."""
    return compiled("folded", (knowledge,), lambda: _folded_forms(knowledge))


def _folded_forms(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    index: dict[str, dict[str, None]] = {}
    for person in knowledge.people:
        for form in (person.name, *person.names.get("en", ()), *person.names.get("vi", ())):
            words = folded(form).split()
            if len(words) > 1:
                index.setdefault(" ".join(words), {})[person.id] = None
                if len(words) < 4:
                    index.setdefault(" ".join([*words[1:], words[0]]), {})[person.id] = None
    return {form: tuple(ids) for form, ids in index.items()}
