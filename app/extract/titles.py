"""Titles of a language pack, each with the office it names, its English form and its rank."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass
from app.knowledge.lookup import Knowledge
from app.records import Level

LEADER = "leader"
"""Pseudo-office of words such as "the Russian leader": any head of state or government of the country."""

GENERIC = frozenset(
    {
        "association-chairman",
        "company-head",
        "adviser",
        "party-secretary-local",
        "legislator",
        "minister",
        "governor",
        "mayor",
        "counselor",
    }
)
"""Offices that many hold at one time: alone they neither vouch for a name nor tell whose it is."""

OF_SOMEBODY = GENERIC | {LEADER, "first-lady", "ambassador"}
"""Offices that a country has many of, or that no country has: alone they tell nobody."""
OF_A_MATTER = frozenset({"special-envoy", "special-representative", "special-adviser", "adviser"})
"""Offices given for one matter each: of which state does not tell who it is."""


@valueclass(frozen=True, slots=True)
class Title:
    """One title as a text writes it."""

    office: str
    title: str
    level: Level


def office_title(office: str, knowledge: Knowledge) -> Title:
    """The title of an office, as the knowledge base has it."""
    known = knowledge.office.get(office)
    if known is None:
        return Title(office, office.replace("-", " ").title(), Level.other)
    return Title(office, known.title, known.level)


def deputy_title(office: str, knowledge: Knowledge) -> Title:
    """The deputy of a minister: an office of its own where the knowledge base has one."""
    if f"deputy-{office}" in knowledge.office:
        return office_title(f"deputy-{office}", knowledge)
    return Title("deputy-minister", "Deputy " + office_title(office, knowledge).title, Level.minister)


def _ministers(pack: Pack, knowledge: Knowledge) -> Iterator[tuple[str, Title]]:
    data = pack.data("titles")
    heads = data.get("ministry_heads", {})
    for office, portfolios in data.get("portfolios", {}).items():
        for portfolio in portfolios:
            for head in heads.get("minister", ()):
                yield head.format(portfolio), office_title(office, knowledge)
            for head in heads.get("deputy", ()):
                yield head.format(portfolio), deputy_title(office, knowledge)


@lru_cache
def titles_of(pack: Pack, knowledge: Knowledge) -> tuple[tuple[str, Title], ...]:
    """All forms of all titles, folded and in lower case, with what they mean."""
    plain = (
        (form, office_title(office, knowledge))
        for office, forms in pack.data("titles").get("titles", {}).items()
        for form in forms
    )
    return tuple((lower(fold_phrase(form, pack)), title) for form, title in (*plain, *_ministers(pack, knowledge)))
