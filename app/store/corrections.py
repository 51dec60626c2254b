"""What people change: as it is asked for, as it is kept, and as it is laid over the event that the readouts make.

A correction holds on to content and not to places: a participant by id or name, a commitment by kind and words, the
event by what its articles say (`app/store/anchors.py`). So it outlives reading the articles anew and merging.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field, ValidationError
from pydantic_core import ErrorDetails

from app.errors import InvalidBodyError, Issue
from app.records import Record
from app.store.documents import Corrected, KeptEvent, ReportedCommitment, StoredParticipant

FIELDS = ("type", "status", "mode", "title", "date", "venue", "occasion", "countries", "organizations", "topics")
"""What can be set of an event as a whole."""
_PARTS = frozenset({"participants", "commitments"})
"""What can be set or hidden of it one by one."""
_TOLD = 5
"""So many of the things that are wrong with a value are told."""


class Action(StrEnum):
    """What is done."""

    set = "set"
    hide = "hide"
    merge = "merge"
    split_off = "split"


class Correction(Record):
    """What is to be changed of an event, and why."""

    action: Action
    """`set` a value, `hide` the event or a part of it, `merge` it with others, `split` readouts off."""
    pointer: Annotated[str, Field(max_length=100, examples=["/date", "/participants/0", "/commitments/2"])] = ""
    """JSON pointer into the event: what to set or to hide; empty for the event itself. `/participants/-` adds one."""
    value: Any = None
    """For `set`: the new value; of an object only what changes, null takes a member out (RFC 7396)."""
    events: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """For `merge`: ids of the events that are the same."""
    readouts: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    """For `split`: ids of the readouts that are of another occurrence."""
    why: Annotated[str, Field(min_length=1, max_length=1000)]
    """The reason, for everybody to read."""


class CorrectionChange(Record):
    """A correction as it is kept: what it is about is named by content."""

    action: Action
    """What is done."""
    field: str = ""
    """Of the event: a field that can be set, `participants`, `commitments`, or empty for the whole."""
    of: dict[str, str | None] | None = None
    """Which participant or commitment; none for a new one."""
    value: Any = None
    """For `set`: the new value, or of an object what changes."""


def kept(asked: Correction, event: KeptEvent) -> CorrectionChange:
    """A correction of an event, with its pointer turned into what stands there. Raises InvalidBodyError."""
    if asked.action in (Action.merge, Action.split_off):
        return CorrectionChange(action=asked.action)
    steps = asked.pointer.split("/")[1:]
    if not steps and asked.action is Action.hide:
        return CorrectionChange(action=asked.action)
    if len(steps) == 1 and steps[0] in FIELDS and asked.action is Action.set:
        return CorrectionChange(action=asked.action, field=steps[0], value=asked.value)
    if len(steps) == 2 and steps[0] in ("participants", "commitments"):
        parts = getattr(event, steps[0])
        if steps == ["participants", "-"] and asked.action is Action.set:
            return CorrectionChange(action=asked.action, field=steps[0], value=asked.value)
        if steps[1].isdigit() and len(steps[1]) < 5 and int(steps[1]) < len(parts):
            return CorrectionChange(
                action=asked.action, field=steps[0], of=_identity(parts[int(steps[1])]), value=asked.value
            )
    hint = f"Set one of {', '.join(f'/{name}' for name in FIELDS)}, or set or hide /participants/N or /commitments/N."
    detail = f"There is nothing to {asked.action.value} at {asked.pointer!r}."
    raise InvalidBodyError(detail, (Issue(detail, pointer="/pointer", hint=hint),))


def _identity(part: StoredParticipant | ReportedCommitment) -> dict[str, str | None]:
    if isinstance(part, StoredParticipant):
        return {"actor_id": part.actor_id, "name": part.name, "country": part.country}
    return {"id": part.id, "kind": part.kind.value, "text": part.text}


def _is(part: dict[str, Any], of: dict[str, str | None]) -> bool:
    if "text" in of:
        return part["id"] == of["id"] or (part["kind"], part["text"]) == (of["kind"], of["text"])
    if of["actor_id"]:
        return bool(part["actor_id"] == of["actor_id"])
    return (part["name"], part["country"]) == (of["name"], of["country"])


def hides(found: Iterable[tuple[CorrectionChange, Corrected]]) -> str | None:
    """Why an event is hidden as a whole, where it is."""
    reasons = [note for one, note in found if one.action is Action.hide and not one.field]
    return f"Hidden by {reasons[-1].by}: {reasons[-1].why}" if reasons else None


def applied(event: KeptEvent, found: Iterable[tuple[CorrectionChange, Corrected]]) -> KeptEvent:
    """An event with corrections laid over it, in their order. Raises ValidationError for values that cannot be."""
    document = json.loads(event.model_dump_json())
    notes = []
    for one, note in found:
        if one.action in (Action.merge, Action.split_off) or _change(document, one):
            notes.append(note.model_dump(mode="json"))
    return KeptEvent.model_validate({**document, "corrections": notes})


def checked(event: KeptEvent, one: CorrectionChange, note: Corrected) -> KeptEvent:
    """The event as it would be. Raises InvalidBodyError."""
    try:
        return applied(event, [(one, note)])
    except ValidationError as error:
        # The value of a part has the field and its number in front, any other the field.
        depth = 2 if one.field in _PARTS else 1
        issues = tuple(_issue(wrong, depth) for wrong in error.errors()[:_TOLD])
        detail = " ".join(f"{issue.pointer}: {issue.detail}" for issue in issues)
        raise InvalidBodyError(detail, issues) from None


def _issue(wrong: ErrorDetails, depth: int) -> Issue:
    pointer = "".join(f"/{part}" for part in ("value", *wrong["loc"][depth:]))
    if wrong["type"] == "enum":
        written = str(wrong["input"])[:100].encode(errors="replace").decode()
        choices = wrong["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return Issue(f"Not a value that it can have: {written!r}.", pointer=pointer, hint=f"One of: {choices}.")
    if wrong["type"] == "string_pattern_mismatch" and wrong["ctx"]["pattern"] == "^[A-Z]{2}$":
        return Issue(
            "Not the code of a country.", pointer=pointer, hint="Write an ISO 3166-1 alpha-2 code, such as VN."
        )
    return Issue(f"{wrong['msg']}.", pointer=pointer)


def _change(document: dict[str, Any], one: CorrectionChange) -> bool:
    """Whether there was something to change."""
    if one.field not in _PARTS:
        document[one.field] = _patched(document.get(one.field), one.value)
        return True
    parts = document[one.field]
    if one.of is None:
        parts.append({"evidence": [], **one.value} if isinstance(one.value, dict) else one.value)
        return True
    places = [place for place, part in enumerate(parts) if _is(part, one.of)]
    for place in reversed(places):
        if one.action is Action.hide:
            del parts[place]
        else:
            parts[place] = _patched(parts[place], one.value)
    return bool(places)


def _patched(old: Any, value: Any) -> Any:
    """RFC 7396."""
    if not isinstance(value, dict):
        return value
    base = dict(old) if isinstance(old, dict) else {}
    for name, one in value.items():
        if one is None:
            base.pop(name, None)
        else:
            base[name] = _patched(base.get(name), one)
    return base
