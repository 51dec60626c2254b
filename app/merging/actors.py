"""Who took part, according to several reports: one participant for one actor, with those who name them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.merging.likeness import ALIKE
from app.merging.report import Report, plain
from app.merging.unchecked import changed
from app.records import Participant, ParticipantKind, Role


@dataclass(frozen=True, slots=True)
class Present:
    """A participant with the readouts that name them."""

    participant: Participant
    readouts: tuple[str, ...]


class _Actor:
    """One actor as several reports have them."""

    def __init__(self, report: Report, one: Participant) -> None:
        self.seen: list[tuple[Report, Participant]] = []
        self.by: set[str] = set()
        """Ids of the reports that have them."""
        self._spelled: dict[Hashable, Participant] = {}
        """One participant for each way in which they are written."""
        self.add(report, one)

    def add(self, report: Report, one: Participant) -> None:
        self.seen.append((report, one))
        self.by.add(report.id)
        spelled = (one.kind, one.actor_id, one.country, one.organization, one.name, one.name_as_written, one.aliases)
        self._spelled.setdefault(spelled, one)

    def is_same(self, one: Participant, report: Report) -> bool:
        return report.id not in self.by and any(_same(known, one) for known in self._spelled.values())


def _same(one: Participant, other: Participant) -> bool:
    if one.kind is not other.kind:
        return False
    if one.actor_id and other.actor_id:
        return one.actor_id == other.actor_id
    if (one.country, one.organization) != (other.country, other.organization):
        return False
    if one.kind is not ParticipantKind.person:
        return one.kind is ParticipantKind.country or one.name.casefold() == other.name.casefold()
    mine, theirs = ({plain(name) for name in _names(each)} for each in (one, other))
    return bool(mine & theirs) or fuzz.token_sort_ratio(plain(one.name), plain(other.name)) >= ALIKE


def _names(one: Participant) -> list[str]:
    return [name for name in (one.name, one.name_as_written, *one.aliases) if name]


def present(reports: Sequence[Report], originals: Mapping[str, str], lead: Report) -> tuple[Present, ...]:
    """The participants of an event: those of the leading report first, then who only others name.

    A person whom no knowledge base knows has another name in each script: where each of two reports names one such
    person of the same country and title and nobody else does, they are one.
    """
    actors: list[_Actor] = []
    for report in (lead, *(one for one in reports if one is not lead)):
        for one in report.event.participants:
            known = next((actor for actor in actors if actor.is_same(one, report)), None)
            known = known or _only_one(actors, one, report)
            if known:
                known.add(report, one)
            else:
                actors.append(_Actor(report, one))
    stood_for = {p.country for actor in actors for _, p in actor.seen if p.kind is not ParticipantKind.country}
    return tuple(
        _present(actor, originals, lead)
        for actor in actors
        if not (actor.seen[0][1].kind is ParticipantKind.country and actor.seen[0][1].country in stood_for)
    )


def _only_one(actors: Sequence[_Actor], one: Participant, report: Report) -> _Actor | None:
    """The one unknown person of the same country and title that another report names, in another script."""
    if one.kind is not ParticipantKind.person or not one.title:
        return None

    def fits(actor: _Actor) -> bool:
        by, known = actor.seen[0]
        other_script = known.name.isascii() != one.name.isascii() or by.language != report.language
        office = (known.country, known.organization, known.title) == (one.country, one.organization, one.title)
        unknown = known.actor_id is None or one.actor_id is None
        return office and unknown and other_script and report.id not in actor.by

    found = [actor for actor in actors if fits(actor)]
    rivals = [p for p in report.event.participants if (p.country, p.title) == (one.country, one.title)]
    return found[0] if len(found) == 1 and len(rivals) == 1 else None


def _present(actor: _Actor, originals: Mapping[str, str], lead: Report) -> Present:
    best = min(actor.seen, key=lambda seen: (seen[1].actor_id is None, seen[0] is not lead, seen[0].id))[1]
    ordered = sorted(actor.seen, key=lambda seen: (seen[0] is not lead, seen[0].id))
    names = dict.fromkeys(name for _, one in ordered for name in _names(one))
    role = _most(actor, originals, "role", without=Role.participant)
    update = {
        "aliases": tuple(name for name in names if name not in (best.name, best.name_as_written)),
        "title": _most(actor, originals, "title"),
        "level": _most(actor, originals, "level"),
        "role": role or Role.participant,
        "evidence": tuple(span for _, one in ordered for span in one.evidence),
    }
    return Present(changed(best, update), tuple(by.id for by, _ in ordered))


def _most(actor: _Actor, originals: Mapping[str, str], name: str, without: object = None) -> object:
    """The value that most independent reports have."""
    votes: dict[object, set[str]] = {}
    for by, one in actor.seen:
        value = getattr(one, name)
        if value is not None and value != without:
            votes.setdefault(value, set()).add(originals[by.id])
    if len(votes) < 2:
        return next(iter(votes), None)
    return min(votes, key=lambda value: (-len(votes[value]), str(value)))
