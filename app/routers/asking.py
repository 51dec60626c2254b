"""From filters as people write them to what they ask of the store, with all that is wrong in them at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.errors import InvalidParameterError, Issue
from app.knowledge.lookup import Knowledge
from app.routers import resolve
from app.routers.country_names import CountryNames
from app.routers.filters import Circumstances, Dated, EventFilters, Promises, days_of, since
from app.routers.units import unit_of
from app.store.asked import EventQuery
from app.store.fold import fold, phrases
from app.store.missing import wrong_id
from app.store.wanted import Name, Promised


@dataclass(slots=True)
class Resolver:
    """Turns what people write into ids, and gathers what is wrong with it."""

    countries: CountryNames
    knowledge: Knowledge
    wrong: list[Issue] = field(default_factory=list)

    def tried(self, found: tuple[tuple[str, ...], list[Issue]]) -> tuple[str, ...]:
        """What was found; what is wrong is kept for later."""
        ids, wrong = found
        self.wrong += wrong
        return ids

    def codes(self, given: list[str], parameter: str) -> tuple[str, ...]:
        """Codes of countries."""
        return self.tried(resolve.tried(given, parameter, self.countries))

    def ids(self, given: list[str], parameter: str, known: resolve.Ids) -> tuple[str, ...]:
        """Ids of things known."""
        return self.tried(resolve.tried(given, parameter, known)) if given else ()

    def ordered(self, low: Any, high: Any, names: tuple[str, str]) -> None:
        """Sees that a lower bound is not above the upper one."""
        if low is not None and high is not None and low > high:
            detail = f"{names[0]} is after {names[1]}."
            self.wrong.append(Issue(detail, parameter=names[0], hint="Exchange them."))

    def days(self, dated: Dated) -> tuple[date | None, date | None]:
        """The span that all filters by date leave."""
        self.ordered(
            dated.date_from.first if dated.date_from else None,
            dated.date_to.last if dated.date_to else None,
            ("date_from", "date_to"),
        )
        return days_of(dated)

    def promised(self, given: Promises) -> Promised:
        """What is asked of amount and deadline."""
        unit = given.amount_unit
        found = Promised(
            unit_of(unit) if unit else None,
            given.amount_min,
            given.amount_max,
            given.deadline_from.first if given.deadline_from else None,
            given.deadline_to.last if given.deadline_to else None,
        )
        self.ordered(found.amount_min, found.amount_max, ("amount_min", "amount_max"))
        self.ordered(found.deadline_from, found.deadline_to, ("deadline_from", "deadline_to"))
        return found

    def done(self) -> None:
        """Raises InvalidParameterError with all that is wrong."""
        if self.wrong:
            raise InvalidParameterError(" ".join(issue.detail for issue in self.wrong), tuple(self.wrong))

    def articles(self, given: list[str]) -> tuple[str, ...]:
        """Ids of articles, known or not: those that can be none are wrong."""
        for written in given:
            if hint := wrong_id("article", written):
                self.wrong.append(Issue(f"No article has the id {written!r}.", parameter="article", hint=hint))
        return tuple(given)

    def occasions(self, given: list[str]) -> tuple[str, ...]:
        """Ids of editions; a series stands for all of its own."""
        found = self.ids(given, "occasion", resolve.occasions_of(self.knowledge))
        editions = self.knowledge.editions
        return tuple(one for id_ in found for one in (id_, *(edition.id for edition in editions.get(id_, ()))))

    def cities(self, given: list[str]) -> tuple[str, ...]:
        """English names of cities."""
        found = self.ids(given, "venue_city", resolve.places_of(self.knowledge))
        return tuple(self.knowledge.place[id_].name for id_ in found)


def names(given: Iterable[str]) -> tuple[Name, ...]:
    """Participants asked for."""
    return tuple(Name(fold(name), name) for name in given)


def _around(given: Circumstances, known: Resolver) -> dict[str, Any]:
    """What the filters by circumstances ask of events, as fields of an `EventQuery`."""
    return {
        "countries_exact": known.codes(given.country_exact, "country_exact"),
        "levels": tuple(given.level),
        "organizations": known.ids(given.organization, "organization", resolve.organizations_of(known.knowledge)),
        "modes": tuple(given.mode),
        "publishers": tuple(given.publisher),
        "occasions": known.occasions(given.occasion),
        "venue_countries": known.codes(given.venue_country, "venue_country"),
        "venue_cities": known.cities(given.venue_city),
        "box": given.bbox,
        "bases": tuple(given.date_basis),
        "min_confidence": given.min_confidence,
        "articles": known.articles(given.article),
    }


def circumstances(given: Circumstances, known: Resolver) -> EventQuery | None:
    """What the filters by circumstances ask of events; None where they ask nothing."""
    asked = EventQuery(**_around(given, known))
    return None if asked == EventQuery() else asked


def event_query(
    given: EventFilters, countries: CountryNames, knowledge: Knowledge, *, ascending: bool = False
) -> EventQuery:
    """What the filters ask of the store. Raises InvalidParameterError with all that is wrong."""
    known = Resolver(countries, knowledge)
    date_from, date_to = known.days(given)
    asked = EventQuery(
        **_around(given, known),
        countries=known.codes(given.country, "country"),
        countries_any=known.codes(given.country_any, "country_any"),
        countries_not=known.codes(given.country_not, "country_not"),
        types=tuple(given.type),
        statuses=tuple(given.status),
        participants=names(given.participant),
        actors=known.ids(given.actor, "actor", resolve.actors_of(knowledge)),
        topics=tuple(given.topic),
        topics_any=tuple(given.topic_any),
        languages=tuple(given.language),
        kinds=tuple(given.commitment_kind),
        promised=known.promised(given),
        date_from=date_from,
        date_to=date_to,
        phrases=phrases(given.q) if given.q else (),
        updated_since=since(given),
        ascending=ascending,
    )
    known.done()
    return asked
