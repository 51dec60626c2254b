"""Puts records that belong to a record into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlmodel import Session

from app.knowledge.lookup import Knowledge
from app.routers.actors import actors_of
from app.routers.articles_list import listed_article
from app.routers.catalogue import rendered
from app.routers.display import Display
from app.store import accounts, articles, history, read
from app.store.documents import Document
from app.store.served import served

Documents = Sequence[tuple[str, Document]]
"""Ids and documents."""
Included = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Within:
    """What records are put into others with."""

    session: Session
    knowledge: Knowledge
    display: Display
    base: str
    at: str | None = None
    """The moment whose records these are, as the store writes it; None for the present."""

    def titles(self, ids: Iterable[str]) -> dict[str, str]:
        """The titles of events, as they are shown, by id."""
        if self.at is None:
            documents = read.event_documents(self.session, ids)
        else:
            documents = history.documents_as_of(self.session, ids, self.at)
        return {id_: self.display.fields(orjson.loads(document))["title"] for id_, document in documents.items()}

    def events(self, found: Documents, names: Sequence[str]) -> list[bytes]:
        """The JSON of events with what is asked for."""
        parsed = [orjson.loads(served(document, id_, self.base)) for id_, document in found]
        into: list[Included] = [{} for _ in parsed]
        if "readouts" in names:
            told = accounts.of_events(self.session, found)
            for one, event in zip(into, parsed, strict=True):
                said = [account.model_dump(mode="json") for account in told[event["id"]]]
                one["readouts"] = [account | {"event": self.display.fields(account["event"])} for account in said]
        if "actors" in names:
            for one, event in zip(into, parsed, strict=True):
                one["actors"] = self._actors(event)
        if "articles" in names:
            self._articles(parsed, into)
        made = (self.display.fields(event) | {"included": one} for event, one in zip(parsed, into, strict=True))
        return [orjson.dumps(one) for one in made]

    def _actors(self, event: dict[str, Any]) -> list[Any]:
        known = actors_of(self.knowledge)
        ids = dict.fromkeys(one["actor_id"] for one in event["participants"] if one["actor_id"])
        found = (known.find(id_) for id_ in ids)
        return [orjson.loads(rendered(self.display.record(one), self.base)) for one in found if one is not None]

    def _articles(self, parsed: Sequence[dict[str, Any]], into: Sequence[Included]) -> None:
        ids = dict.fromkeys(readout["article"]["id"] for event in parsed for readout in event["readouts"])
        listed = articles.by_ids(self.session, list(ids))
        shown = {one.values["id"]: listed_article(one, self.base).model_dump(mode="json") for one in listed}
        for one, event in zip(into, parsed, strict=True):
            own = dict.fromkeys(readout["article"]["id"] for readout in event["readouts"])
            one["articles"] = [shown[id_] for id_ in own if id_ in shown]

    def event_of(self, commitments: Sequence[bytes]) -> list[bytes]:
        """The JSON of commitments with the events they were made at."""
        parsed = [orjson.loads(one) for one in commitments]
        documents = read.event_documents(self.session, {one["event"]["id"] for one in parsed})
        events = {id_: orjson.loads(self.display.event(served(one, id_, self.base))) for id_, one in documents.items()}
        return [orjson.dumps(one | {"included": {"event": events.get(one["event"]["id"])}}) for one in parsed]
