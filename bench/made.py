"""Articles that are made up, with what extraction would say of them: the same ones every time, and cheap to make.

`reports(events)` gives articles about that many events. Parties, people, topics and words are as uneven as in the
news: the United States are a party to 15 % of the events, most words are rare. Every fifth event is told by a second
outlet in another language. A document has about 2.7 kB, a page of 50 about 135 kB.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, islice
from typing import Any

from app.records import FORCE_OF_KIND, Article, CommitmentKind, EventType, Extraction, Level, Topic
from app.store.ids import sha256_of

FIRST_DAY = date(1995, 1, 1)
DAYS = 11_500
"""Somewhat more than thirty years."""
UNDATED = 0.02
LATE = 0.1
"""How many events come in out of order; the others are told in the order of their days, give or take some."""
TWICE = 0.2
"""How many events are told by a second outlet."""
BODY_WORDS = 70
"""Words of an article that say nothing, on average."""

US_SHARE = 0.15
_CODES = (
    "VNCNJPKRRUINFRDEGBAUIDTHSGMYPHLAKHMMBNCAITESNLBESENODKFIPLCZHUATCHGRTRUABYKZ"
    "UZMNKPIRIQILSAAEQAEGZANGKEETDZMABRARCLPEMXCUVENZPKBDLKNP"
)
OTHERS = [_CODES[at : at + 2] for at in range(0, len(_CODES), 2)]
CITIES = {
    "Hanoi": (21.03, 105.85), "Beijing": (39.9, 116.4), "Washington": (38.9, -77.04), "Tokyo": (35.68, 139.69),
    "Seoul": (37.57, 126.98), "Moscow": (55.76, 37.62), "Paris": (48.86, 2.35), "Geneva": (46.2, 6.15),
    "New York": (40.71, -74.01), "Bangkok": (13.76, 100.5),
}  # fmt: skip
"""With their latitudes and longitudes."""
UNITS = ("USD", "VND", "CNY", "percent", "doses", "MW")
PROMISED = 0.25
"""How many commitments say how much, and how many by when."""
PEOPLE_OF_A_COUNTRY = 150
CYCLE = 4096
"""Draws that are made once and then met again and again: weights are dear, a list is not."""

_ONSETS = (
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "h",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
)
_RHYMES = (
    "a",
    "á",
    "à",
    "ả",
    "ạ",
    "an",
    "ân",
    "ấn",
    "ê",
    "ế",
    "inh",
    "ính",
    "ô",
    "ối",
    "ơn",
    "ưng",
    "ướng",
    "uyên",
    "iệt",
    "ong",
)
_ENGLISH = ("ber", "con", "dal", "est", "for", "gan", "hol", "ist", "jor", "ket", "lin", "mor", "nel", "ont", "per")


def _zipf(values: list[str], chance: random.Random, number: int) -> list[str]:
    """Values drawn as often as words are: the n-th one n times rarer than the first."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(values))))
    return chance.choices(values, cum_weights=weights, k=number)


def _vocabulary(language: str) -> list[str]:
    if language == "zh":
        return [chr(0x4E00 + number * 7) for number in range(2_900)]
    if language == "vi":
        return [onset + rhyme for rhyme in _RHYMES for onset in _ONSETS]
    return [a + b + c for a in ("", *_ENGLISH) for b in _ENGLISH for c in _ENGLISH]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone made up."""

    actor: str
    name: str
    chinese: str
    country: str
    title: str
    level: Level


_OFFICES = (
    ("President", Level.head_of_state), ("Prime Minister", Level.head_of_government),
    ("Minister of Foreign Affairs", Level.minister), ("Minister of Defence", Level.minister),
    ("Ambassador", Level.ambassador), ("Special Envoy", Level.envoy), ("Speaker of Parliament", Level.legislature),
)  # fmt: skip


class World:
    """Countries, people and words to choose from."""

    def __init__(self) -> None:
        chance = random.Random(1995)
        vietnamese, chinese = _vocabulary("vi"), _vocabulary("zh")
        self.people = {
            country: [
                Person(
                    f"{country.lower()}-{number}",
                    " ".join(chance.choice(vietnamese).capitalize() for _ in range(3)),
                    "".join(chance.choice(chinese) for _ in range(3)),
                    country,
                    *_OFFICES[min(number // 4, 6)],
                )
                for number in range(PEOPLE_OF_A_COUNTRY)
            ]
            for country in ("US", *OTHERS)
        }
        self.words = {
            language: _zipf(chance.sample(known := _vocabulary(language), len(known)), chance, 300_000)
            for language in ("vi", "zh", "en")
        }
        self.countries = _zipf(OTHERS, chance, CYCLE)
        self.ranks = [min(int(chance.paretovariate(0.6)) - 1, PEOPLE_OF_A_COUNTRY - 1) for _ in range(CYCLE)]
        self.topics = [Topic(one) for one in _zipf([topic.value for topic in Topic], chance, CYCLE)]
        self.types = [EventType(one) for one in _zipf([kind.value for kind in EventType], chance, CYCLE)]
        self.kinds = [CommitmentKind(one) for one in _zipf([kind.value for kind in CommitmentKind], chance, CYCLE)]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, whoever tells it."""

    number: int
    day: date | None
    type: EventType
    people: tuple[Person, ...]
    topics: tuple[Topic, ...]
    kinds: tuple[CommitmentKind, ...]
    city: str


def happening(number: int, of: int, world: World) -> Happening:
    """What happened as the n-th of so many."""
    chance = random.Random(number)
    place = int(chance.random() * CYCLE)
    late = chance.random() < LATE
    day = chance.randrange(DAYS) if late else min(DAYS - 1, number * DAYS // of + chance.randrange(-3, 4))
    first = "US" if chance.random() < US_SHARE else world.countries[place]
    second = world.countries[(place * 7 + number) % CYCLE]
    third = world.countries[(place + 1) % CYCLE] if chance.random() < 0.15 else second
    people = {
        (one := world.people[country][world.ranks[(place * (3 + at) + number) % CYCLE]]).actor: one
        for at, country in enumerate(dict.fromkeys((first, second, third)))
    }
    topics = dict.fromkeys(world.topics[(place + at) % CYCLE] for at in range(1 + place % 3))
    return Happening(
        number,
        None if chance.random() < UNDATED else FIRST_DAY + timedelta(days=max(0, day)),
        world.types[(place * 5) % CYCLE],
        tuple(people.values()),
        tuple(topics),
        tuple(world.kinds[(place + at) % CYCLE] for at in range(place % 3)),
        list(CITIES)[place % len(CITIES)],
    )


class _Text:
    """A text that grows, and where in it things were said."""

    def __init__(self, separator: str) -> None:
        self.parts: list[str] = []
        self._length = 0
        self._separator = separator

    def add(self, words: str) -> tuple[dict[str, Any]]:
        """Adds words. The evidence that they are."""
        start = self._length
        self.parts += (words, self._separator)
        self._length += len(words) + len(self._separator)
        return ({"start": start, "end": start + len(words), "quote": words},)


def report(told: Happening, language: str, world: World) -> tuple[Article, Extraction]:
    """An article about something that happened, and what extraction says of it."""
    chance = random.Random(told.number * 3 + len(language))
    words, separator = world.words[language], "" if language == "zh" else " "

    def some(number: int) -> str:
        begin = int(chance.random() * (len(words) - number))
        return separator.join(words[begin : begin + number])

    text = _Text(separator or "。")
    url = f"https://{language}.example/{told.number}"
    found: dict[str, Any] = {"source": url, "language": language, "url": url, "publisher": f"The {language} agency"}
    found |= {"published": told.day, "headline": some(8)}
    text.add(found["headline"])
    event = _event(told, language, text)
    text.add(some(int(BODY_WORDS * chance.random())))
    for commitment in event["commitments"]:
        commitment["text"] = some(14)
        commitment["evidence"] = text.add(commitment["text"])
    text.add(some(int(BODY_WORDS * chance.random())))
    text.add(f"{told.number}{language}.")
    whole = "".join(text.parts)
    found |= {"sha256": sha256_of(whole), "events": (event,)}
    return Article(source=url, text=whole, url=url, published=told.day), Extraction.model_validate(found)


_SAID = {"vi": "hội đàm", "zh": "会谈", "en": "held talks"}


def _event(told: Happening, language: str, text: _Text) -> dict[str, Any]:
    place, chance = text.add(told.city), random.Random(told.number)
    latitude, longitude = CITIES[told.city]
    countries = tuple(dict.fromkeys(one.country for one in told.people))
    return {
        "type": told.type,
        "title": f"{' and '.join(one.name for one in told.people)}: {told.type.value} in {told.city}",
        "date": _date(told.day, text) if told.day else None,
        "venue": {"city": told.city, "country": "VN", "latitude": latitude, "longitude": longitude, "evidence": place},
        "occasion": None if told.number % 20 else {"id": "cop-26", "name": "COP26", "evidence": place},
        "participants": tuple(_participant(one, language, text) for one in told.people),
        "countries": countries,
        "topics": told.topics,
        "commitments": tuple(
            {
                "kind": kind,
                "force": FORCE_OF_KIND[kind],
                "actors": countries[:1],
                "recipients": countries[1:],
                "topics": told.topics[:1],
                "amounts": ({"value": 10.0 ** chance.randrange(10), "unit": chance.choice(UNITS)},)
                if chance.random() < PROMISED
                else (),
                "deadline": {"date": _due(told.day, chance), "precision": "year"}
                if chance.random() < PROMISED and told.day
                else None,
            }
            for kind in told.kinds
        ),
        "codes": {"plover": {"type": "CONSULT", "mode": "visit"}, "cameo": "042"},
        "confidence": round(1 - 0.5 * chance.random() ** 3, 2),
        "evidence": text.add(_SAID[language]),
    }


def _due(day: date, chance: random.Random) -> date:
    return date(day.year + min(30, int(chance.paretovariate(0.8))), 12, 31)


def _date(day: date, text: _Text) -> dict[str, Any]:
    return {
        "start": day,
        "end": day,
        "precision": "day",
        "basis": "stated",
        "confidence": 0.98,
        "explanation": ("Day, month and year stand in the text.",),
        "evidence": text.add(day.strftime("%d/%m/%Y")),
    }


def _participant(one: Person, language: str, text: _Text) -> dict[str, Any]:
    written = one.chinese if language == "zh" else one.name
    return {
        "kind": "person",
        "actor_id": one.actor,
        "name": one.name,
        "name_as_written": written,
        "aliases": (one.chinese,),
        "country": one.country,
        "title": one.title,
        "level": one.level,
        "evidence": text.add(written),
    }


def reports(events: int) -> Iterator[tuple[Article, Extraction]]:
    """Articles about so many events, with what extraction says of each."""
    world = World()
    for number in range(events):
        told = happening(number, events, world)
        first, second = (("vi", "zh"), ("zh", "en"), ("vi", "en"), ("en", "vi"))[number % 4]
        yield report(told, first, world)
        if number % round(1 / TWICE) == 0:
            yield report(told, second, world)


def extractor(number: int) -> Callable[[Article], Extraction]:
    """What gives out what is known of each article of so many, in the process that asks for it."""
    found = {article.text: extraction for article, extraction in islice(reports(number), number)}
    return lambda article: found[article.text]
