"""Countries as people write them, in English, Vietnamese or Chinese, to their ISO codes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

from app.errors import Issue
from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country
from app.routers import resolve
from app.routers.near import near
from app.store.fold import fold


class CountryNames:
    """All spellings of all countries.

    Spellings as written come before folded ones: Áo is Austria though AO is Angola, Mỹ the United States though
    MY is Malaysia. Nouns come before adjectives.
    """

    def __init__(self, countries: Iterable[Country], elsewhere: Callable[[str], str | None] = lambda _: None) -> None:
        """All countries; `elsewhere` tells what else than a country a name is."""
        self._elsewhere = elsewhere
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
        hint = "Write an ISO 3166-1 code or a name in English, Vietnamese or Chinese."
        like = list(dict.fromkeys(self._folded[form] for form in near(fold(written), self._folded, 8)))[:3]
        if other := self._elsewhere(written):
            hint = other
        elif like:
            hint = f"Did you mean {' or '.join(f'{self._shown[code]} ({code})' for code in like)}?"
        return Issue(f"No country is known as {written!r}.", parameter=parameter, hint=hint)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()


@lru_cache(maxsize=4)
def country_names(knowledge: Knowledge) -> CountryNames:
    """The spellings of a knowledge base's countries."""
    shown = {country.id: country.name for country in knowledge.countries}

    def elsewhere(written: str) -> str | None:
        if body := resolve.organizations_of(knowledge).id(written):
            return f"That is an organisation: organization={body}."
        if not (place := resolve.places_of(knowledge).id(written)):
            return None
        code = knowledge.place[place].country
        return f"That is a place in {shown[code]} ({code}); venue_city={place} asks for it." if code in shown else None

    return CountryNames(knowledge.countries, elsewhere)
