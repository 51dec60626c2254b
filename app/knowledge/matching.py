"""When a record from elsewhere means one of ours: names whatever their order and marks, offices in common words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.knowledge.lookup import Knowledge
from app.knowledge.models import Person
from app.records import Level

_D = str.maketrans("đĐ", "dD")
"""The one letter of Vietnamese that does not come apart into a letter and a mark."""

LEADER = "leader"
"""The office in lists of who really rules: the head of state, of government or of the party, one of them a country."""

_HEADS = {"head of state": Level.head_of_state, "head of government": Level.head_of_government}
_STYLES = {
    "premier": "prime-minister",
    "chancellor": "prime-minister",
    "taoiseach": "prime-minister",
    "president of the government": "prime-minister",
    "monarch": "king",
    "secretary of state": "foreign-minister",
    "minister for foreign affairs": "foreign-minister",
    "minister of foreign affairs": "foreign-minister",
    "external affairs minister": "foreign-minister",
    "minister of external affairs": "foreign-minister",
    "foreign secretary": "foreign-minister",
    "secretary of defense": "defence-minister",
    "secretary of defence": "defence-minister",
    "minister for defence": "defence-minister",
    "minister of defence": "defence-minister",
    "minister of defense": "defence-minister",
    "minister of national defense": "defence-minister",
    "defense minister": "defence-minister",
    "minister for trade": "trade-minister",
    "minister of commerce": "commerce-minister",
    "minister for finance": "finance-minister",
    "secretary of the treasury": "finance-minister",
    "chancellor of the exchequer": "finance-minister",
    "vice premier": "deputy-prime-minister",
}
"""Styles that lists use -> our office."""

_MONARCHS = frozenset({"king", "queen", "emperor", "sultan", "emir", "grand-duke", "prince"})


@lru_cache(maxsize=65536)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without marks: `Tô Lâm` -> (to, lam)."""
    apart = unicodedata.normalize("NFKD", name.translate(_D).casefold())
    return tuple("".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c)).split())


def same_name(one: str, other: str) -> bool:
    """`Kim Boo-kyum` is `Boo-kyum Kim`, `Ma Ying-jeou` is `Ma Yingjeou`, `George W. Bush` is `George Bush`."""
    a, b = words_of(one), words_of(other)
    if not a or not b:
        return False
    if "".join(a) == "".join(b) or sorted(a) == sorted(b):
        return True
    # Middle names and initials come and go; two full words must stay.
    short, long = sorted(({w for w in words if len(w) > 1} for words in (a, b)), key=len)
    return len(short) > 1 and short <= long


def surname(written: str, form: str) -> bool:
    """Whether a name of one word, initials aside, is a word of a full one: `G.W. Bush` and `George W. Bush`."""
    words = [word for word in words_of(written) if len(word) > 1]
    return len(words) == 1 and words[0] in words_of(form)


def names_of(person: Person) -> Iterator[str]:
    """Every form under which we know somebody."""
    yield person.name
    for listed in (*person.names.values(), *person.short.values()):
        yield from listed


@dataclass(frozen=True)
class Matcher:
    """Countries and offices as others write them, in terms of the knowledge base."""

    knowledge: Knowledge

    def country(self, written: str) -> str | None:
        """ISO code, or id of an organisation: of `VN`, `VNM`, `Vietnam`, `Viet Nam`, `ASEAN`."""
        return self._countries.get(" ".join(words_of(written)))

    def forms(self, country: str) -> tuple[str, ...]:
        """The English names and adjectives of a country."""
        known = self.knowledge.country.get(country)
        return (known.name, *known.names.get("en", ()), *known.adjectives.get("en", ())) if known else ()

    @cached_property
    def _countries(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for body in self.knowledge.organizations:
            for form in (body.id, body.name):
                found.setdefault(" ".join(words_of(form)), body.id)
        for country in self.knowledge.countries:
            for listed in (*country.names.values(), (country.name, country.alpha3)):
                found |= {" ".join(words_of(form)): country.id for form in listed}
        # A code is a code, whatever else it may be the short form of.
        return found | {c.id.lower(): c.id for c in self.knowledge.countries}

    def offices(self, written: str, country: str) -> frozenset[str]:
        """Our offices that the words mean in a country; none where they are not understood."""
        words = " ".join(words_of(written))
        if words == LEADER:
            levels = (Level.head_of_state, Level.head_of_government, Level.party)
            return frozenset(o.id for o in self.knowledge.offices if o.level in levels)
        if level := _HEADS.get(words):
            return self._heads(level, country)
        if words in ("king", "queen", "monarch", "emperor"):
            return _MONARCHS
        office = _STYLES.get(words) or written.strip().lower().replace(" ", "-")
        if office in self.knowledge.office:
            return frozenset({office})
        return frozenset(o.id for o in self.knowledge.offices if " ".join(words_of(o.title)) == words)

    def _heads(self, level: Level, country: str) -> frozenset[str]:
        """A country without a head of government is governed by its head of state."""
        ranked = [o.id for o in self.knowledge.offices if o.level is level]
        held = frozenset(office for office in ranked if self.knowledge.holders(office, country))
        if held or level is Level.head_of_state:
            return held or frozenset(ranked)
        return self._heads(Level.head_of_state, country)
