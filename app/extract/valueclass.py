"""Value classes that are cheap to make: an article is read by making thousands of them.

`@valueclass(frozen=True, slots=True)` is `@dataclass(frozen=True, slots=True)` to the type checker, which keeps
everybody from assigning to a field. At run time the class is not frozen: that would make each instance three times as
dear, and guard against nothing that `mypy --strict` lets through. Only the constructor is compiled for each class: to
compile the rest too makes the import of the extraction a quarter longer. Comparing goes through a getter of all fields.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as valueclass
else:

    def valueclass(*, frozen: bool, slots: bool):
        """The class as a dataclass with equality and hash by its fields."""
        return lambda cls: _comparable(dataclass(slots=slots, eq=False, repr=False)(cls), frozen)

    def _comparable(cls, hashable):
        compared = attrgetter(*[f.name for f in fields(cls) if f.compare])
        shown = [f.name for f in fields(cls) if f.repr]

        def equal(self, other):
            return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

        def digest(self):
            return hash(compared(self))

        def display(self):
            return f"{cls.__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

        cls.__eq__, cls.__repr__, cls.__hash__ = equal, display, digest if hashable else None
        return cls


__all__ = ["valueclass"]
