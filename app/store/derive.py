"""Events out of readouts: which belong together is found anew wherever something changed, and only the difference to
what is stored is written, with a revision of what it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlmodel import Session

from app.store import ids, readouts, write
from app.store.documents import ReadoutSummary, document
from app.store.fold import fold
from app.store.readouts import Readout
from app.store.tables import EventRow, ReadoutRow, core
from app.store.write import Draft, Moment, Stored

_event, _readout = core(EventRow), core(ReadoutRow)

_Cluster = tuple[Readout, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the readouts."""

    moment: Moment
    added: Sequence[Readout] = ()
    """New ones, not stored yet."""
    loose: Sequence[Readout] = ()
    """Stored ones that are no part of an event."""
    touched: frozenset[int] = frozenset()
    """Keys of events that lost a readout."""
    texts: Mapping[int, str] = field(default_factory=dict)
    """Texts of articles that are at hand anyway."""


def derive(session: Session, change: Change) -> None:
    """Brings the events in step with the readouts."""
    new = {one.key: one for one in (*change.added, *change.loose)}
    known = readouts.load(session, _readout.c.event_key.in_(change.touched)) if change.touched else {}
    homes = _homes(session, known)
    old = _stored(session, change.touched | set(homes.values()))
    clusters: list[_Cluster] = [(one,) for one in (new | known).values()]
    events = {ids.event_of(one.id for one in cluster): cluster for cluster in clusters}
    placed = write.events(session, old, _drafts(session, events, old, change.texts), change.moment)
    to = {one.key: placed[id_] for id_, cluster in events.items() for one in cluster}
    added = {one.key for one in change.added}
    write.readouts(session, [(one, to[one.key]) for one in change.added])
    write.homes(session, {key: home for key, home in to.items() if key not in added and homes.get(key) != home})
    write.gone(session, old, placed, _followers(homes, to, placed), change.moment)


def _homes(session: Session, known: Iterable[int]) -> dict[int, int]:
    """The event that each of some stored readouts is part of."""
    keys = list(known)
    if not keys:
        return {}
    chosen = select(_readout.c.key, _readout.c.event_key).where(_readout.c.key.in_(keys))
    return {row.key: row.event_key for row in session.execute(chosen)}


def _stored(session: Session, keys: Iterable[int]) -> dict[str, Stored]:
    """Events by id."""
    wanted = list(keys)
    if not wanted:
        return {}
    columns = (_event.c.key, _event.c.id, _event.c.revision, _event.c.at, _event.c.document)
    return {row.id: Stored(*row) for row in session.execute(select(*columns).where(_event.c.key.in_(wanted)))}


def _drafts(
    session: Session, events: Mapping[str, _Cluster], old: Mapping[str, Stored], texts: Mapping[int, str]
) -> list[Draft]:
    """The events that are new or have changed, and those that stay, by id."""
    documents = {id_: _document(cluster) for id_, cluster in events.items()}
    changed = {id_ for id_, made in documents.items() if id_ not in old or old[id_].document != made}
    articles = {one.article_key for id_ in changed for one in events[id_]}
    missing = articles - texts.keys()
    given = {**texts, **(readouts.texts(session, missing) if missing else {})}
    folded = {key: fold(given[key]) for key in articles}
    drafts = []
    for id_, cluster in events.items():
        words = tuple(dict.fromkeys(folded[one.article_key] for one in cluster)) if id_ in changed else ()
        briefs = tuple(one.brief for one in cluster)
        commitments = tuple(_commitments(cluster))
        drafts.append(Draft(id_, cluster[0].event, documents[id_], briefs, words, commitments, id_ in changed))
    return drafts


def _document(cluster: _Cluster) -> str:
    first = cluster[0]
    return document(first.event, first.brief, [ReadoutSummary(id=one.id, article=one.brief) for one in cluster])


def _commitments(cluster: _Cluster) -> Iterable[str]:
    """The ids of the commitments of an event."""
    seen: Counter[tuple[str, str]] = Counter()
    for commitment in cluster[0].event.commitments:
        said = (commitment.kind.value, commitment.text)
        yield ids.commitment_id(cluster[0].id, *said, seen[said])
        seen[said] += 1


def _followers(homes: Mapping[int, int], to: Mapping[int, int], placed: Mapping[str, int]) -> dict[int, str]:
    """For each former event the one that most of its readouts are part of now."""
    ids_of = {key: id_ for id_, key in placed.items()}
    votes: dict[int, Counter[str]] = {}
    for readout, home in homes.items():
        votes.setdefault(home, Counter())[ids_of[to[readout]]] += 1
    return {home: min(count, key=lambda id_: (-count[id_], id_)) for home, count in votes.items()}
