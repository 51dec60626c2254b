"""Countries as people write them, in English, Vietnamese or Chinese, to their ISO codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.errors import Issue
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country
from app.store.fold import fold


class CountryNames:
    """All spellings of all countries.

    Spellings as written come before folded ones: Áo is Austria though AO is Angola, Mỹ the United States though
    MY is Malaysia. Nouns come before adjectives.
    """

    def __init__(self, countries: Iterable[Country]) -> None:
        self._codes: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._folded: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        known = list(countries)
        for country in known:
            self._codes |= {country.id: country.id, country.alpha3: country.id}
            self._shown[country.id] = country.name
        for country in known:
            self._add((country.name, *(form for forms in country.names.values() for form in forms)), country.id)
        for country in known:
            self._add((form for forms in country.adjectives.values() for form in forms), country.id)

    def _add(self, forms: Iterable[str], code: str) -> None:
        for form in forms:
            self._exact.setdefault(_plain(form), code)
            self._folded.setdefault(fold(form), code)

    def id(self, written: str) -> str | None:
        """The alpha-2 code of a country written as a code or a name; None for none that is known."""
        name = written.strip()
        return self._codes.get(name.upper()) or self._exact.get(_plain(name)) or self._folded.get(fold(name))

    def issue(self, written: str, parameter: str) -> Issue:
        """What to say of a country that is none: the nearest ones."""
        found = process.extract(fold(written), list(self._folded), scorer=fuzz.ratio, limit=8, score_cutoff=60)
        # The best and what is about as good.
        near = list(dict.fromkeys(self._folded[form] for form, score, _ in found if score > found[0][1] - 15))[:3]
        hint = "Write an ISO 3166-1 code or a name in English, Vietnamese or Chinese."
        if near:
            hint = f"Did you mean {' or '.join(f'{self._shown[code]} ({code})' for code in near)}?"
        return Issue(f"No country is known as {written!r}.", parameter=parameter, hint=hint)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


@lru_cache(maxsize=4)
def country_names(knowledge: Knowledge) -> CountryNames:
    """The spellings of a knowledge base's countries."""
    return CountryNames(knowledge.countries)
