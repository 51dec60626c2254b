"""A reader of articles for tests: each line `EVENT {json}` of a text becomes an event. No rules, no knowledge base."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from app.knowledge.lookup import Knowledge
from app.knowledge.models import Country
from app.records import Article, Codes, Event, EventDate, Extraction, Participant, PloverCode, Span


def event_line(**fields: Any) -> str:
    """A line that the reader turns into an event: day, type, countries, names, topics, title."""
    return "EVENT " + json.dumps(fields, ensure_ascii=False)


def text_of(*events: dict[str, Any], words: str = "Some news.") -> str:
    """An article's text with these events in it."""
    return "\n".join([words, *(event_line(**one) for one in events)])


def on_day(number: int, events: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Dated events on a day of their own, far enough from those of other numbers that they are not taken for one."""
    day = (date(2019, 1, 1) + timedelta(3 * number)).isoformat()
    return [one | {"day": day} if "day" in one else one for one in events]


def _event(line: str, start: int) -> Event:
    given = json.loads(line.removeprefix("EVENT "))
    span = Span(start=start, end=start + len(line), quote=line)
    day = given.get("day") and date.fromisoformat(given["day"])
    last = date.fromisoformat(given["end"]) if given.get("end") else day
    when = day and EventDate(start=day, end=last, precision="day", basis="stated", confidence=1, evidence=(span,))
    return Event(
        type=given.get("type", "meeting"),
        title=given.get("title", "They met"),
        date=when,
        participants=tuple(
            Participant(kind="person", name=name, actor_id=given.get("actor"), evidence=(span,))
            for name in given.get("names", ())
        ),
        countries=tuple(given.get("countries", ())),
        topics=tuple(given.get("topics", ())),
        codes=Codes(plover=PloverCode(type="CONSULT"), cameo="040"),
        confidence=1,
        evidence=(span,),
    )


def extract(article: Article, knowledge: Knowledge | None = None, *, ignore_published: bool = False) -> Extraction:
    """What the lines of an article say."""
    events, start = [], 0
    for line in article.text.split("\n"):
        if line.startswith("EVENT "):
            events.append(_event(line, start))
        start += len(line) + 1
    return Extraction(
        source=article.source,
        language="zh" if "中" in article.text else "vi",
        headline=article.text.split("\n")[0],
        url=article.url,
        published=None if ignore_published else article.published,
        sha256=hashlib.sha256(article.text.encode()).hexdigest(),
        events=tuple(events),
    )


def _country(code: str, alpha3: str, *, name: str, vi: str, zh: str, adjective: str) -> Country:
    return Country(
        id=code,
        alpha3=alpha3,
        name=name,
        names={"en": (name,), "vi": (vi,), "zh": (zh,)},
        adjectives={"en": (adjective,)},
        source="test",
    )


KNOWLEDGE = Knowledge(
    countries=(
        _country("VN", "VNM", name="Vietnam", vi="Việt Nam", zh="越南", adjective="Vietnamese"),
        _country("US", "USA", name="United States", vi="Mỹ", zh="美国", adjective="American"),
        _country("JP", "JPN", name="Japan", vi="Nhật Bản", zh="日本", adjective="Japanese"),
        _country("AT", "AUT", name="Austria", vi="Áo", zh="奥地利", adjective="Austrian"),
        _country("AO", "AGO", name="Angola", vi="Ăng-gô-la", zh="安哥拉", adjective="Angolan"),
        _country("MY", "MYS", name="Malaysia", vi="Ma-lai-xi-a", zh="马来西亚", adjective="Malaysian"),
    ),
    offices=(),
    people=(),
    organizations=(),
    occasions=(),
    places=(),
    relations=(),
)
