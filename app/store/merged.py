"""Readouts of one occurrence to the event that is kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.merging.combine import Linked, Merged, combine
from app.merging.unchecked import made
from app.store.commitment_ids import commitment_ids
from app.store.documents import Claim, KeptEvent, ReadoutSummary, ReportedCommitment, StoredParticipant
from app.store.readouts import Readout


def kept(readouts: Sequence[Readout], originals: Mapping[str, str]) -> KeptEvent:
    """The event that some readouts make; `originals` says of which other each is a copy, if of any."""
    if len(readouts) == 1:
        return single(readouts[0])
    by_id = {one.id: one for one in readouts}
    reports = [one.told() for one in readouts]
    merged = combine(reports, originals, lambda one, leading: by_id[one.id].placed(one, leading=leading))
    names = {one.id: commitment_ids(one.id, one.event.commitments) for one in reports}
    reported = tuple(
        ReadoutSummary(
            id=one.id,
            article=by_id[one.id].brief,
            copy_of=originals[one.id] if originals[one.id] != one.id else None,
        )
        for one in merged.reports
    )
    event = dict(merged.event.__dict__)
    event["participants"] = tuple(
        made(StoredParticipant, {**one.participant.__dict__, "readouts": one.readouts}) for one in merged.participants
    )
    event["commitments"] = tuple(_commitment(one, merged, names) for one in merged.commitments)
    claims = tuple(Claim(field=one.field, value=one.value, readouts=one.readouts) for one in merged.claims)
    more = {"article": by_id[merged.lead.id].brief, "readouts": reported, "claims": claims, "corrections": ()}
    return made(KeptEvent, {**event, **more})


def single(readout: Readout) -> KeptEvent:
    """The event of one readout: what it says."""
    event, said = dict(readout.event.__dict__), readout.event.commitments
    event["participants"] = tuple(made(StoredParticipant, one.__dict__) for one in readout.event.participants)
    event["commitments"] = tuple(
        made(ReportedCommitment, {**one.__dict__, "id": id_})
        for id_, one in zip(commitment_ids(readout.id, said), said, strict=True)
    )
    reported = made(ReadoutSummary, {"id": readout.id, "article": readout.brief})
    return made(KeptEvent, {**event, "article": readout.brief, "readouts": (reported,)})


def _commitment(one: Linked, merged: Merged, names: Mapping[str, Sequence[str]]) -> ReportedCommitment:
    languages = {said.language for said in one.said}
    others = {report.language for report in merged.reports}
    only = next(iter(languages)) if len(languages) == 1 and len(others) > 1 else None
    more = {
        "id": min(names[said.readout][said.position] for said in one.said),
        "readouts": tuple(said.readout for said in one.said),
        "only_in": only,
    }
    return made(ReportedCommitment, {**one.commitment.__dict__, **more})
