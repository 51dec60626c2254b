"""What to say of ids that lead to nothing."""

from __future__ import annotations

import re

from app.errors import Issue, NotFoundError

_PREFIXES = {"ev_": "event", "ar_": "article", "cm_": "commitment", "ro_": "readout", "co_": "correction"}
_LISTS = {"event": "/events", "article": "/articles", "commitment": "/commitments"}
_ID = re.compile(r"[a-z]{2}_[a-z0-9]{16}", re.ASCII)


def wrong_id(noun: str, written: str) -> str | None:
    """Why something cannot be the id of an event, article, commitment or correction; None where it can."""
    other = _PREFIXES.get(written[:3]) if _ID.fullmatch(written) else None
    if other == noun:
        return None
    if other is not None:
        return f"That is the id of {'an' if other[0] in 'ae' else 'a'} {other}" + (
            f", as in {_LISTS[other]}/{written}." if other in _LISTS else "."
        )
    prefix = next(prefix for prefix, one in _PREFIXES.items() if one == noun)
    of_list = f", as `id` in {_LISTS[noun]} gives it" if noun in _LISTS else ""
    return f"Ids of {noun}s are {prefix!r} and 16 small letters and digits{of_list}."


def not_there(noun: str, id_: str) -> NotFoundError:
    """The error for an id that nothing has; it says so where it cannot be one."""
    detail = f"There is no {noun} {id_!r}."
    hint = wrong_id(noun, id_)
    return NotFoundError(detail, (Issue(detail, hint=hint),) if hint else ())
