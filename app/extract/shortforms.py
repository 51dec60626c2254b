"""Short forms of people in the knowledge base: what they are called once it is clear who is meant."""

from __future__ import annotations

from functools import lru_cache

from app.knowledge.lookup import Knowledge, forms


@lru_cache
def short_forms(knowledge: Knowledge, language: str) -> dict[str, tuple[str, ...]]:
    """Short forms (Biden, 克里) to the ids of all who go by them; the last word of a Latin name is one too."""
    index: dict[str, dict[str, None]] = {}
    for person in knowledge.people:
        last = person.name.split()[-1]
        extra = (last,) if person.country != "VN" and len(last) > 2 else ()
        for form in (*forms(person.short, language), *extra):
            index.setdefault(form, {})[person.id] = None
    return {form: tuple(ids) for form, ids in index.items()}
