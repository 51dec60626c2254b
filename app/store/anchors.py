"""What corrections hold on to: articles, and what in them is meant, whatever its place and the rules that read it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session

from app.merging.cluster import Pair, Wishes
from app.merging.report import Traits, traits
from app.store import readouts
from app.store.columns import core
from app.store.corrections import Action, CorrectionChange
from app.store.documents import Corrected
from app.store.readouts import Readout
from app.store.tables import ArticleRow, CorrectionAnchor, CorrectionRow, ReadoutRow

_anchor, _correction = core(CorrectionAnchor), core(CorrectionRow)
_article, _readout = core(ArticleRow), core(ReadoutRow)


@dataclass(frozen=True, slots=True)
class Held:
    """A correction with the readouts it holds on to now."""

    number: int
    kept: CorrectionChange
    note: Corrected
    sides: tuple[frozenset[str], ...]
    """Ids of readouts: those of the event, and for merging and splitting those of the others."""

    @property
    def readouts(self) -> frozenset[str]:
        """All of them."""
        return frozenset().union(*self.sides)


def content(one: Readout) -> str:
    """What tells a readout from the others of its article."""
    seen = traits(one.report())
    return json.dumps(
        {
            "family": seen.family,
            "parties": sorted(seen.parties),
            "people": sorted(actor for found in seen.people.values() for actor in found),
            "day": seen.when.first.isoformat() if seen.when else None,
        }
    )


def _fit(seen: Traits, wanted: Mapping[str, Any]) -> float:
    people = {actor for found in seen.people.values() for actor in found}
    day = seen.when.first.isoformat() if seen.when else None
    return float(
        4 * (seen.family == wanted["family"])
        + 2 * len(people & set(wanted["people"]))
        + len(seen.parties & set(wanted["parties"]))
        + 2 * (day == wanted["day"])
    )


def rows(session: Session, sides: Sequence[Iterable[Readout]]) -> list[dict[str, Any]]:
    """Anchors of readouts, side by side."""
    given = [(side, one) for side, found in enumerate(sides) for one in found]
    keys = {one.article_key for _, one in given}
    addresses = {
        row.key: row.url_key
        for row in session.execute(select(_article.c.key, _article.c.url_key).where(_article.c.key.in_(keys)))
    }
    return [
        {
            "number": number,
            "side": side,
            "article_id": one.brief.id,
            "url_key": addresses[one.article_key],
            "content": content(one),
        }
        for number, (side, one) in enumerate(given)
    ]


def held(
    session: Session, members: Mapping[int, Readout], added: Sequence[Readout] = ()
) -> tuple[list[Held], dict[int, Readout]]:
    """The corrections in force that hold on to some of these readouts, in their order, and all readouts they hold on
    to; `added`: readouts that are not stored yet."""
    if session.scalar(select(_correction.c.id).limit(1)) is None or not members:
        return [], {}
    keys = {one.article_key for one in members.values()}
    places = session.execute(select(_article.c.id, _article.c.url_key).where(_article.c.key.in_(keys))).all()
    of_them = or_(
        _anchor.c.article_id.in_([row.id for row in places]),
        _anchor.c.url_key.in_([row.url_key for row in places if row.url_key]),
    )
    touching = select(_anchor.c.correction_id).where(of_them)
    chosen = select(_correction).where(_correction.c.id.in_(touching), _correction.c.reverted_at.is_(None))
    found = session.execute(chosen.order_by(_correction.c.number)).mappings().all()
    loaded = resolve(session, [row["id"] for row in found], added)
    known = {one.id: one for sides in loaded.values() for side in sides for one in side}
    corrections = [
        Held(
            row["number"],
            CorrectionChange.model_validate_json(row["document"]),
            Corrected(id=row["id"], by=row["by"], at=row["at"], why=row["why"]),
            tuple(frozenset(one.id for one in side) for side in loaded[row["id"]]),
        )
        for row in found
    ]
    return corrections, {one.key: one for one in known.values()}


def resolve(
    session: Session, correction_ids: Sequence[str], added: Sequence[Readout] = ()
) -> dict[str, tuple[list[Readout], ...]]:
    """The readouts that corrections hold on to, side by side: of each article the one that fits best."""
    found: dict[str, tuple[list[Readout], ...]] = {id_: ([], []) for id_ in correction_ids}
    if not correction_ids:
        return found
    anchors = (
        session.execute(
            select(_anchor)
            .where(_anchor.c.correction_id.in_(correction_ids))
            .order_by(_anchor.c.correction_id, _anchor.c.number)
        )
        .mappings()
        .all()
    )
    addresses = [row["url_key"] for row in anchors if row["url_key"]]
    here = or_(_article.c.id.in_([row["article_id"] for row in anchors]), _article.c.url_key.in_(addresses))
    articles = session.execute(select(_article.c.key, _article.c.id, _article.c.url_key).where(here)).all()
    by_id = {row.id: row.key for row in articles}
    by_address = {row.url_key: row.key for row in articles if row.url_key}
    said: dict[int, list[Readout]] = {}
    stored = readouts.load(session, _readout.c.article_key.in_([row.key for row in articles]))
    for one in (*added, *stored.values()):
        said.setdefault(one.article_key, []).append(one)
    for row in anchors:
        key = by_id.get(row["article_id"]) or by_address.get(row["url_key"])
        if key in said and (best := _best(said[key], json.loads(row["content"]))):
            found[row["correction_id"]][row["side"]].append(best)
    return found


def _best(given: Sequence[Readout], wanted: Mapping[str, Any]) -> Readout | None:
    scored = sorted(
        ((-_fit(traits(one.report()), wanted), one.position, one) for one in given), key=lambda row: row[:2]
    )
    # Less than the family and a party is another event.
    return scored[0][2] if scored and -scored[0][0] >= 5 else None


def wishes(corrections: Iterable[Held]) -> Wishes:
    """What people decided on which readouts belong together; later decisions win."""
    decided: dict[Pair, bool] = {}
    for one in corrections:
        if one.kept.action is Action.merge:
            first = min(one.readouts, default="")
            decided |= {(min(first, other), max(first, other)): True for other in one.readouts - {first}}
        elif one.kept.action is Action.split_off:
            for a, b in product(*one.sides):
                decided[min(a, b), max(a, b)] = False
    return Wishes((ids for ids, yes in decided.items() if yes), (ids for ids, yes in decided.items() if not yes))


def by_group(
    corrections: Iterable[Held], groups: Mapping[str, Sequence[Readout]]
) -> dict[str, list[tuple[CorrectionChange, Corrected]]]:
    """The corrections of each event: it has most of the readouts that a correction holds on to."""
    home = {one.id: id_ for id_, group in groups.items() for one in group}
    found: dict[str, list[tuple[CorrectionChange, Corrected]]] = {}
    for one in corrections:
        votes = Counter(home[id_] for id_ in one.sides[0] if id_ in home)
        if votes:
            event = min(votes, key=lambda id_: (-votes[id_], id_))
            found.setdefault(event, []).append((one.kept, one.note))
    return found
