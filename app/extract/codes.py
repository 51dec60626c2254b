"""Events in the coding schemes of the field: PLOVER event types and modes, and CAMEO codes.

CAMEO codes follow the codebook of Gerner, Schrodt and Yilmaz (version 1.1b3). PLOVER types and modes follow the
conversion table `CAMEO2PLOVER-2021.txt` and the manual (draft 0.8) of the Open Event Data Alliance, with three
rules of that manual: meetings, visits and signings still to come are `AGREE`; a protest by diplomatic means is
`ACCUSE disapprove`, since `PROTEST` is for demonstrations; mere statements are no PLOVER event (`NONE` here).
"""

from __future__ import annotations

from app.extract.valueclass import valueclass
from app.records import Codes, EventStatus, EventType, PloverCode


@valueclass(frozen=True, slots=True)
class _Code:
    plover: str
    mode: str | None
    cameo: str


_OCCURRED: dict[EventType, _Code] = {
    EventType.meeting: _Code("CONSULT", None, "040"),  # consult
    EventType.phone_call: _Code("CONSULT", "phone", "041"),  # discuss by telephone
    EventType.video_call: _Code("CONSULT", "phone", "041"),  # `phone` is any remote medium
    EventType.visit: _Code("CONSULT", "visit", "042"),  # make a visit
    EventType.conference: _Code("CONSULT", "multilateral", "040"),
    EventType.negotiation: _Code("CONSULT", None, "046"),  # engage in negotiation
    EventType.mediation: _Code("CONSULT", None, "045"),  # engage in mediation
    EventType.signing: _Code("SUPPORT", None, "057"),  # sign formal agreement
    EventType.statement: _Code("NONE", None, "010"),  # make statement
    EventType.message: _Code("SUPPORT", None, "051"),  # praise or endorse: congratulations, condolences
    EventType.credentials: _Code("SUPPORT", None, "050"),  # engage in diplomatic cooperation
    EventType.recognition: _Code("SUPPORT", None, "054"),  # grant diplomatic recognition
    EventType.aid: _Code("AID", None, "070"),  # provide aid
    EventType.protest: _Code("ACCUSE", "disapprove", "114"),  # complain officially
    EventType.sanction: _Code("COERCE", "restrict", "163"),  # impose embargo, boycott or sanctions
    EventType.expulsion: _Code("SANCTION", "expel", "166"),  # expel or withdraw
    EventType.recall: _Code("SANCTION", "withdraw", "161"),  # reduce or break diplomatic relations
    EventType.severance: _Code("SANCTION", "withdraw", "161"),
    EventType.rejection: _Code("REJECT", None, "120"),  # reject
}

_HOSTED = _Code("CONSULT", "visit", "043")  # host a visit: one side receives the other
_MULTILATERAL = _Code("CONSULT", "multilateral", "044")  # meet at a third location, typically a summit
_INTENDED_MEETING = _Code("AGREE", None, "036")  # express intent to meet or negotiate
_CALLED_OFF_MEETING = _Code("REJECT", "meet", "125")  # reject proposal to meet, discuss or negotiate
_CALLED_OFF = _Code("REJECT", None, "120")

_THREATENED = _Code("THREATEN", "relations", "1313")  # threaten to reduce or break relations
_INTENDED: dict[EventType, _Code] = {
    EventType.mediation: _Code("AGREE", None, "039"),  # express intent to mediate
    EventType.signing: _Code("AGREE", None, "030"),  # express intent to cooperate
    EventType.recognition: _Code("AGREE", None, "032"),  # express intent to engage in diplomatic cooperation
    EventType.message: _Code("AGREE", None, "032"),
    EventType.credentials: _Code("AGREE", None, "032"),
    EventType.aid: _Code("AGREE", None, "033"),  # express intent to provide material aid
    EventType.sanction: _Code("THREATEN", "restrict", "1312"),  # threaten to boycott, embargo or sanction
    EventType.expulsion: _Code("THREATEN", "expel", "136"),  # threaten to expel
    EventType.recall: _THREATENED,
    EventType.severance: _THREATENED,
}

TALKS = frozenset(
    {
        EventType.meeting,
        EventType.phone_call,
        EventType.video_call,
        EventType.visit,
        EventType.conference,
        EventType.negotiation,
    }
)
"""The types in which the parties speak with each other: CONSULT in PLOVER."""


def _code(event_type: EventType, status: EventStatus, hosted: bool, multilateral: bool) -> _Code:
    if status is EventStatus.planned:
        return _INTENDED.get(event_type, _INTENDED_MEETING if event_type in TALKS else _OCCURRED[event_type])
    if status is EventStatus.cancelled:
        return _CALLED_OFF_MEETING if event_type in TALKS else _CALLED_OFF
    if event_type is EventType.meeting and multilateral:
        return _MULTILATERAL
    if event_type is EventType.meeting and hosted:
        return _HOSTED
    return _OCCURRED[event_type]


def codes_of(event_type: EventType, status: EventStatus, hosted: bool, multilateral: bool) -> Codes:
    """The event in PLOVER and CAMEO.

    `hosted`: one party received another at home; `multilateral`: at a summit or conference, or among many parties.
    """
    code = _code(event_type, status, hosted, multilateral)
    return Codes(plover=PloverCode(type=code.plover, mode=code.mode), cameo=code.cameo)
