"""Merging as a property: whatever the order, the batches, and what came and went in between, the events are those of
the articles that are there, as if all of them had come at once. Among them are many that say the same, some of them
copies of one text, and articles with several events."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.records import Article
from app.store import save
from app.store.engine import Store, open_store
from app.store.ready import Ready, ready
from app.store.rebuild import rebuild
from tests.store import reports

_TALKS = {"day": "2023-09-10", "people": ["joe-biden@US", "nguyen-phu-trong@VN"]}
_VARIED: list[dict[str, Any]] = [
    {}, {"city": "Hanoi", "at": "VN"}, {"city": "Hue", "at": "VN"}, {"day": None}, {"day": None, "city": "Hue"},
    {"part": "morning"}, {"part": "evening"}, {"type": "negotiation"}, {"status": "planned"},
    {"day": "2023-09-11", "basis": "publication", "conf": 0.4}, {"people": ["joe-biden@US", "=Nguyen Phu Trong@VN"]},
    {"people": ["joe-biden@US", "a@VN"]}, {"people": [], "countries": ["US", "VN"]},
    {"people": [], "countries": ["US", "VN"], "day": None},
]  # fmt: skip
_AGREED = {"kind": "agreement", "force": "undertaking", "actors": ["US", "VN"], "evidence": [reports.SPAN]}
_PLEDGES = [_AGREED | {"text": words, "topics": ["trade"]} for words in ("More trade", "More trade in rice", "Peace")]
_STORIES = [" ".join(f"{word}{n} is told of the talks {n % 7}" for n in range(30)) for word in ("one", "two")]


class Told(NamedTuple):
    """An article in a few words."""

    language: str
    story: int
    """Which of the stories it is a copy of; none of them from 2 on."""
    events: list[dict[str, Any]]

    def ready(self, number: int) -> Ready:
        """The article, as it is stored."""
        body = _STORIES[self.story] if self.story < len(_STORIES) else f"Nobody else tells it so {number}"
        article = Article(source="a", text=f"News of {number}\n{body}\nEnd of {number}")
        return ready(article, reports.extraction(article.text, self.events, lang=self.language))


_event = st.builds(
    lambda varied, pledges: _TALKS | varied | {"commitments": pledges},
    st.sampled_from(_VARIED),
    st.lists(st.sampled_from(_PLEDGES), max_size=3),
)
_told = st.builds(Told, st.sampled_from(["en", "vi"]), st.integers(0, 4), st.lists(_event, min_size=1, max_size=3))


def _events(store: Store) -> list[tuple[Any, ...]]:
    with store.read() as session:
        rows = session.connection().execute(text("SELECT id, document FROM event ORDER BY id"))
        return [tuple(row) for row in rows]


def _save(store: Store, batch: Sequence[Ready]) -> None:
    with store.write() as session:
        save.save_all(session, batch)


@settings(max_examples=30, deadline=None)
@given(st.lists(_told, min_size=2, max_size=12), st.data())
def test_events_are_those_of_the_articles_however_they_came(
    migrated: Path, told: list[Told], data: st.DataObject
) -> None:
    articles = [one.ready(number) for number, one in enumerate(told)]
    left = data.draw(st.permutations(articles))
    with TemporaryDirectory() as folder:
        shutil.copy(migrated, f"{folder}/once.db")
        shutil.copy(migrated, f"{folder}/often.db")
        once, often = (open_store(f"sqlite:///{folder}/{name}.db") for name in ("once", "often"))
        gone: list[Ready] = []
        while left:
            size = data.draw(st.integers(1, len(left)))
            _save(often, left[:size])
            there, left = left[:size], left[size:]
            if data.draw(st.booleans()):
                out = data.draw(st.sampled_from(there))
                with often.write() as session:
                    assert save.remove(session, out.brief.id, "It was withdrawn.")
                gone.append(out)
        back = data.draw(st.sets(st.sampled_from(range(len(gone))))) if gone else set()
        for place in back:
            _save(often, [gone[place]])
        lost = {one.brief.id for place, one in enumerate(gone) if place not in back}
        _save(once, [one for one in articles if one.brief.id not in lost])
        expected = _events(once)
        assert _events(often) == expected
        with often.write() as session:
            rebuild(session)
        assert _events(often) == expected
        once.close()
        often.close()
