"""Makes the members of enumerations as quick to get as any attribute, for the life of the process.

Python 3.11 gives `EnumType` a `__getattr__`, by which every `Kind.person` takes a slow road through the type: ten times
as long as an attribute takes, and an article is read by asking for thousands of them. Since 3.11 each member is an
attribute of its class as well, so that the method is never needed, and Python 3.12 has none.
"""

from __future__ import annotations

from enum import EnumType, StrEnum


class _Probe(StrEnum):
    """A member with a name of its own, and one with that of a method of strings."""

    own = "own"
    title = "title"  # type: ignore[assignment]  # hides str.title, as members of ours do


def quicken() -> None:
    """Takes the method away where members are found without it."""
    if "__getattr__" in vars(EnumType) and all(vars(_Probe).get(m.name) is m for m in _Probe):
        delattr(EnumType, "__getattr__")
