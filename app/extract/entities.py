"""Who the people of an article are: each name bound to one actor, known or unknown, and how it may be written again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from app.extract.lexicon import spaced
from app.extract.model import Mention, MentionKind, Text
from app.extract.pack import Pack
from app.extract.phrases import Phrase
from app.extract.titles import LEADER, Title
from app.knowledge.lookup import Knowledge, Tenure, forms, full_forms
from app.knowledge.models import Person
from app.records import Level

_LESSER = {"association-chairman", "party-secretary-local", "company-head", "adviser"}
"""Titles that go without saying beside a higher one."""
_WEAK_TITLES = {"politburo-member", LEADER}
_SHORT = 1
"""A name of so few characters is not looked for elsewhere with a bracket behind it."""
_LATIN = re.compile(r" ?\(([A-Z][\w.'’-]{1,30}(?: (?:[a-z]{1,3} ){0,2}[A-Z][\w.'’-]{0,30}){1,4})\)")
"""A name of two words and more in brackets; one word alone may be anything."""
_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass
class Entity:
    """A person of the article. Filled while the article is read, then left alone."""

    key: str
    person: Person | None
    written: str
    country: str | None = None
    organization: str | None = None
    titles: list[Title] = field(default_factory=list)
    former: bool = False
    positions: list[int] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    """All the ways the article writes the name."""
    latin: str | None = None
    """The name in Latin script, where the article gives it in brackets behind one in another script."""

    @property
    def offices(self) -> set[str]:
        """Ids of the offices that the article gives this person."""
        return {t.office for t in self.titles}


def active(knowledge: Knowledge, person: str, day: date | None) -> list[Tenure]:
    """Terms of a person that run on a day; all of them where no day is known."""
    return [t for t in knowledge.tenures.get(person, ()) if day is None or t.covers(day)]


def _fits(knowledge: Knowledge, person: str, phrase: Phrase, day: date | None) -> float:
    """How well somebody of that name fits what the phrase says."""
    known = knowledge.person[person]
    offices = {t.office for t in phrase.titles}
    held = {t.term.office for t in knowledge.tenures[person]}
    score = 2.0 * bool(offices & held) + 1.0 * bool(offices & {t.term.office for t in active(knowledge, person, day)})
    if phrase.country:
        score += 2.0 if phrase.country == known.country else -2.0
    if phrase.posted:
        score += 1.0 * any(t.term.to == phrase.posted for t in knowledge.tenures[person])
    return score + (0.5 if day and active(knowledge, person, day) else 0.0)


def best_person(knowledge: Knowledge, ids: Iterable[str], phrase: Phrase, day: date | None) -> str | None:
    """The one of several namesakes that the phrase means: by country, title and day, then by order of the ids."""
    namesakes = list(ids)
    if len(namesakes) < 2:
        return namesakes[0] if namesakes else None
    return min(namesakes, key=lambda p: (-_fits(knowledge, p, phrase, day), p))


def title_of(entity: Entity, titles: list[Title], knowledge: Knowledge) -> str | None:
    """The English style of the titles: as the holder's own term has it, joined where there are two."""
    if len(titles) == 1:  # as most have
        return _former(entity, None if titles[0].office == LEADER else _style(entity, titles[0], knowledge))
    named = [t for t in titles if t.office not in _WEAK_TITLES]
    strong = [t for t in named if t.office not in _LESSER] or named or [t for t in titles if t.office != LEADER]
    words = dict.fromkeys(_style(entity, t, knowledge) for t in strong[:2])
    return _former(entity, " and ".join(words) if words else None)


def _former(entity: Entity, title: str | None) -> str | None:
    return f"Former {title}" if title and entity.former else title


def _style(entity: Entity, title: Title, knowledge: Knowledge) -> str:
    return title.title if entity.person is None else _own_style(entity.person.id, title.office, title.title, knowledge)


@lru_cache(maxsize=4096)
def _own_style(person: str, office: str, usual: str, knowledge: Knowledge) -> str:
    """A title as the holder's own longest term has it. Kept: an article names the same few people again and again."""
    terms = [t for t in knowledge.tenures[person] if t.term.office == office]
    return styled(max(terms, key=lambda t: t.end - t.start), usual) if terms else usual


def styled(tenure: Tenure, usual: str) -> str:
    """The title of a term as its country has it; for a body the usual one, since the body is named beside it."""
    own = tenure.term.title
    return usual if own is None or (tenure.term.organization and own.startswith(usual)) else own


def level_of(titles: list[Title]) -> Level | None:
    """The rank of the titles: the highest."""
    ranked = [t.level for t in titles if t.office not in _WEAK_TITLES]
    return min(ranked, key=_RANKS.__getitem__) if ranked else None


def aliases_of(entity: Entity, pack: Pack) -> Iterator[str]:
    """The forms under which a person may come again without a title."""
    if entity.person is not None:
        yield from full_forms(entity.person, pack.code)
        yield from forms(entity.person.short, pack.code)
        if entity.person.country != "VN" and not entity.person.short:
            yield entity.person.name.split()[-1]
        yield from (form for form in sorted(entity.forms) if not spaced(form[0]))  # 帕度(David Perdue), then 帕度
    else:
        yield entity.written
    yield from _parts(entity)


def _parts(entity: Entity) -> Iterator[str]:
    """Family names: the last part of a foreign name. A Vietnamese given name alone is too common to be one."""
    parts = entity.written.replace("·", " ").split()
    if len(parts) < 2 or entity.country == "VN":
        return
    yield parts[-1]
    if spaced(entity.written[0]) and entity.country in ("CN", "KR", "KP", "TW", "HK", "SG"):
        yield parts[0]


@lru_cache(maxsize=4096)
def name_words(written: str) -> frozenset[str]:
    """The words of a name: 约翰·克里 has two."""
    return frozenset(written.replace("·", " ").split())


def written_name(phrase: Phrase, text: Text) -> str:
    """The name of a phrase as the text has it."""
    assert phrase.name is not None
    return text.plain[phrase.name[0] : phrase.name[1]].replace(" - ", "-")  # Choi Jong - kun


def glossed_later(plain: str, name: tuple[int, int], gloss: re.Pattern[str]) -> re.Match[str] | None:
    """A gloss in brackets behind the first mention of a name of two characters and more that has a bracket behind."""
    if name[1] - name[0] <= _SHORT or "(" not in plain:
        return None
    written = plain[name[0] : name[1]]
    at = plain.find(written + "(")
    return gloss.match(plain, at + len(written)) if at >= 0 else None


def latin_behind(text: Text, phrase: Phrase) -> str | None:
    """The whole name in Latin letters that stands in brackets behind one in another script: 欧帝兹(Oscar Ortiz)."""
    assert phrase.name is not None
    if spaced(text.plain[phrase.name[0]]):
        return None
    match = _LATIN.match(text.plain, phrase.name[1]) or glossed_later(text.plain, phrase.name, _LATIN)
    return match.group(1) if match else None


def nearest(entities: Sequence[Entity], position: int) -> Entity:
    """Who of several was named last before a position."""

    def distance(entity: Entity) -> int:
        last = bisect_right(entity.positions, position) - 1
        return position - entity.positions[last] if last >= 0 else 10**9

    return min(entities, key=distance)


def mention_of(phrase: Phrase, entity: Entity, text: Text, knowledge: Knowledge, *, pronoun: bool) -> Mention:
    """A phrase as a mention of the one whom it means; `pronoun` where its words do not name anybody."""
    titles = list(phrase.titles) or entity.titles
    return Mention(
        kind=MentionKind.person,
        start=phrase.start,
        end=phrase.end,
        sentence=text.sentence_number(phrase.start),
        key=entity.key,
        actor_id=entity.person.id if entity.person else None,
        name=entity.person.name if entity.person else entity.latin or entity.written,
        written=entity.written,
        country=entity.country,
        organization=entity.organization,
        office=_office_of(entity, titles, knowledge),
        title=title_of(entity, titles, knowledge),
        level=level_of(titles),
        pronoun=pronoun,
        former=phrase.former or entity.former,
        posted=phrase.posted,
    )


_TOP = frozenset({Level.party, Level.head_of_state, Level.head_of_government})


def _office_of(entity: Entity, titles: Sequence[Title], knowledge: Knowledge) -> str | None:
    """The office of the first title that tells one; of somebody known with several the one held for less time, which
    tells the year better: "Tổng Bí thư, Chủ tịch nước A", "Special Envoy and Vice Minister B"."""
    strong = [t for t in titles if t.office not in _WEAK_TITLES and t.office not in _LESSER]
    told = [t.office for t in strong or titles]
    top = [t.office for t in strong or titles if t.level in _TOP]
    several = top if top and top[0] == told[0] else told
    if entity.person is None or len(set(several)) < 2:
        return told[0] if told else None
    days = dict.fromkeys(several, 0)
    for tenure in knowledge.tenures[entity.person.id]:
        if tenure.term.office in days:
            days[tenure.term.office] += (tenure.end - tenure.start).days
    held = [office for office in several if days[office]]
    return min(held, key=lambda office: days[office], default=told[0])
