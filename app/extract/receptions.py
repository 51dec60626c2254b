"""Who received whom, whichever of the two is named first.

In: a clause around a word for receiving, and both sides as they stand. Out: the host and the guest.
"""

from __future__ import annotations

from app.extract.clauses import CORPORATE, PERSONAL, Clause, Parts
from app.extract.event_words import Cues
from app.extract.frame_model import Frame
from app.extract.model import Mention


def received(clause: Clause, sides: Parts) -> tuple[list[Mention], list[Mention]]:
    """Host and guest of a reception, whichever of them stands first."""
    first, second = sides.first, sides.second
    if not first and second and "," in clause.text.low[clause.end : second[0].start]:
        return _received_body(clause, second)  # "After the ceremony, A …"
    if not first and (hosts := _hosts_behind(clause)):
        return hosts, [m for m in second if m not in hosts]
    if not first and len(second) > 1 and _goes_on(clause, second[-1]):
        return second[-1:], second[:-1]
    return (second, first) if is_passive(clause) or sides.agent else (first, second)  # was welcomed by


def _received_body(clause: Clause, behind: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "Receiving a delegation of the ministry of B, A said": the state of the delegation, and who received it."""
    guests = [m for m in clause.right if m.kind in CORPORATE and m.end < behind[0].start]
    told = clause.text.low[clause.start : guests[0].start] if guests else ""
    foreign = {m.country for m in guests[:1]}.isdisjoint(m.country for m in behind)
    return (behind[:1], guests[:1]) if foreign and clause.cues.has(told, "delegations") else ([], [])


def _hosts_behind(clause: Clause) -> list[Mention]:
    """Who received, where the guest comes first: "Tiếp Đại sứ A có đồng chí B"."""
    groups = clause.groups(clause.right, PERSONAL) if clause.cues["receivers"] else []
    return next((g for g in groups if clause.cues.ends(clause.before(g), "receivers")), [])


def _goes_on(clause: Clause, last: Mention) -> bool:
    """ "Receiving A, B said": whether only a comma stands before the last of those named."""
    return clause.text.low[clause.end : last.start].endswith(", ")


def is_passive(clause: Clause) -> bool:
    """Whether the event word is in the passive: "A was received by B"."""
    return clause.cues.ends(clause.text.low[max(0, clause.start - 12) : clause.start], "passive")


def of_guests(before: Frame, frame: Frame) -> bool:
    """What the guests came for is the reception itself: "received the ambassadors A and B, who paid farewell calls"."""
    if before.sentence != frame.sentence or before.trigger.layout != "receives":
        return False
    return frame.trigger.layout in ("with", "received") and {m.key for m in frame.mentions} <= {
        m.key for m in before.second
    }


def came_to_present(before: Frame, frame: Frame, told: str, cues: Cues) -> bool:
    """ "received the ambassadors A and B, who presented their credentials": that is what they were received for.

    `told` is what stands behind the reception, up to the credentials: "会见|前来递交国书的甲".
    """
    if before.sentence != frame.sentence or (before.trigger.layout, frame.trigger.layout) != ("receives", "presents"):
        return False
    same = {m.key for m in before.mentions} == {m.key for m in frame.mentions}
    return same and bool(cues["who_came"]) and cues.has(told, "who_came")
