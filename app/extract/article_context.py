"""What all events of one article share: its text and what was read in it, its address, and the day it appeared.

In: what the first steps found. Out: one object that dates the drafts and makes the records of them; what only the
dating asks for (durations, addresses of pictures, who is named with an office) is read here, once.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from app.extract.addresses import DatedAddress, dated_addresses
from app.extract.dates_durations import Duration, find_durations
from app.extract.dating_context import Attendance, Named
from app.extract.model import DateExpression, Reading, Text, Zone
from app.extract.pack import Pack
from app.knowledge.lookup import Knowledge


@dataclass(frozen=True)
class ArticleContext:
    """One article, or one window of a long one, as its drafts are dated."""

    text: Text
    pack: Pack
    knowledge: Knowledge
    reading: Reading
    dates: tuple[DateExpression, ...]
    published: date | None
    url: str | None
    shared: dict[Hashable, Any] = field(default_factory=dict)
    """What the dating of one event leaves for that of the next."""

    @cached_property
    def durations(self) -> tuple[Duration, ...]:
        """How long the article says that something lasts."""
        return find_durations(self.text, self.pack)

    @cached_property
    def addresses(self) -> tuple[DatedAddress, ...]:
        """The addresses inside the text that carry a day."""
        return dated_addresses(self.text)

    @cached_property
    def contemporaries(self) -> tuple[Attendance, ...]:
        """Everybody whom the article itself names with an office, former holders aside."""
        named = (m for m in self.reading.mentions if m.actor_id and m.office and not m.former and m.sentence >= 0)
        told = (m for m in named if self.text.sentences[m.sentence].zone is not Zone.other)
        if then := tuple(self.pack.data("dates").get("then_holding", ())):
            told = (m for m in told if not any(w in self._sentence(m.sentence) for w in then))
        return tuple(dict.fromkeys(Attendance(m.actor_id, m.office, m.organization or m.country) for m in told))

    def _sentence(self, index: int) -> str:
        sentence = self.text.sentences[index]
        return self.text.plain[sentence.start : sentence.end]

    @cached_property
    def people(self) -> tuple[Named, ...]:
        """All whom the article names with an office."""
        return tuple(
            Named(m.actor_id, m.office, m.start, m.end)
            for m in self.reading.mentions
            if m.actor_id and m.office and not m.pronoun
        )

    @cached_property
    def named(self) -> tuple[tuple[int, str], ...]:
        """Where the article names a country or body."""
        mentions = self.reading.mentions
        return tuple([(m.start, m.country or m.organization or "") for m in mentions if m.country or m.organization])

    @cached_property
    def spots(self) -> tuple[tuple[int, str], ...]:
        """Where the article names a place, and the country it is in."""
        return tuple([(p.start, p.country) for p in self.reading.places if p.country])

    @cached_property
    def placed(self) -> tuple[tuple[int, str], ...]:
        """The countries of the places that the article names, each with its sentence."""
        places = self.reading.places
        return tuple([(self.text.sentence_number(p.start), p.country) for p in places if p.country])
