"""Value classes that are cheap to make: an article is read by making thousands of them.

`@valueclass(frozen=True, slots=True)` is `@dataclass(frozen=True, slots=True)` to the type checker, which keeps
everybody from assigning to a field. At run time the class is not frozen: that would make each instance three times as
dear, and guard against nothing that `mypy --strict` lets through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as valueclass
else:

    def valueclass(*, frozen: bool, slots: bool):
        """The class as a dataclass with equality and hash by its fields."""
        return dataclass(slots=slots, unsafe_hash=frozen)


__all__ = ["valueclass"]
