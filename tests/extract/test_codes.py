from __future__ import annotations

from itertools import product

import pytest

from app.extract.codes import TALKS, codes_of
from app.records import EventStatus, EventType

OCCURRED, PLANNED, CANCELLED = EventStatus.occurred, EventStatus.planned, EventStatus.cancelled

CASES = [
    (EventType.meeting, OCCURRED, False, False, ("CONSULT", None, "040")),
    (EventType.meeting, OCCURRED, True, False, ("CONSULT", "visit", "043")),
    (EventType.meeting, OCCURRED, False, True, ("CONSULT", "multilateral", "044")),
    (EventType.meeting, PLANNED, True, False, ("AGREE", None, "036")),
    (EventType.meeting, CANCELLED, False, False, ("REJECT", "meet", "125")),
    (EventType.phone_call, OCCURRED, False, False, ("CONSULT", "phone", "041")),
    (EventType.visit, OCCURRED, True, False, ("CONSULT", "visit", "042")),
    (EventType.signing, OCCURRED, False, False, ("SUPPORT", None, "057")),
    (EventType.signing, CANCELLED, False, False, ("REJECT", None, "120")),
    (EventType.protest, OCCURRED, False, False, ("ACCUSE", "disapprove", "114")),
    (EventType.severance, OCCURRED, False, False, ("SANCTION", "withdraw", "161")),
    (EventType.severance, PLANNED, False, False, ("THREATEN", "relations", "1313")),
    (EventType.statement, OCCURRED, False, False, ("NONE", None, "010")),
    (EventType.statement, PLANNED, False, False, ("NONE", None, "010")),
]


@pytest.mark.parametrize(("event_type", "status", "hosted", "multilateral", "wanted"), CASES)
def test_codes(event_type, status, hosted, multilateral, wanted):
    codes = codes_of(event_type, status, hosted, multilateral)
    assert (codes.plover.type, codes.plover.mode, codes.cameo) == wanted


@pytest.mark.parametrize("event_type", EventType)
@pytest.mark.parametrize("status", EventStatus)
def test_every_type_and_status_has_codes(event_type, status):
    codes = codes_of(event_type, status, False, False)
    assert codes.plover.type.isupper()
    assert codes.cameo.isdigit()
    assert len(codes.cameo) in (3, 4)


# Of the manual of PLOVER (draft 0.8) and its conversion table of 2021: the modes of the types that are given here.
MODES = {
    "AGREE": set(), "AID": set(), "SUPPORT": set(), "NONE": set(),
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "ACCUSE": {"disapprove", "allege"},
    "REJECT": {"meet"},
    "THREATEN": {"restrict", "relations", "expel"},
    "SANCTION": {"expel", "withdraw"},
    "COERCE": {"restrict"},
}  # fmt: skip


@pytest.mark.parametrize("status", EventStatus)
def test_types_and_modes_are_those_of_plover(status: EventStatus) -> None:
    for kind, hosted, many in product(EventType, (False, True), (False, True)):
        plover = codes_of(kind, status, hosted, many).plover
        assert plover.mode is None or plover.mode in MODES[plover.type], (kind, plover)
        assert plover.type in MODES


def test_talks_are_consultations():
    for event_type in TALKS:
        assert codes_of(event_type, OCCURRED, False, False).plover.type == "CONSULT"
