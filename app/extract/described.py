"""People who are named with a mere "Mr" and told apart by what they are: "ngài A, Thư ký Bộ Quốc phòng Ấn Độ"."""

from __future__ import annotations

from collections.abc import Sequence

from app.extract.atoms import Atom, Kind
from app.extract.chains import COUNTRIES, Glue
from app.extract.model import Text

_LONGEST = 90
"""Most characters between a name and the state at the end of what its bearer is said to be."""
_ATOMS = 8
_STOPS = ",.;:\n"


def state_of_office(text: Text, atoms: Sequence[Atom], index: int, end: int, glue: Glue) -> Atom | None:
    """The state at the end of an office behind a comma, from the atom `index` on, for a name that ends at `end`.

    The office itself needs no name in the pack; a state behind "at" is where it is posted to.
    """
    plain = text.plain
    if not glue.dash or plain[end : end + 2] != ", " or not plain[end + 2 : end + 3].isupper():
        return None
    land: Atom | None = None
    last: Atom | None = None
    for atom in atoms[index : index + _ATOMS]:
        between = plain[end + 2 : atom.start]
        if atom.kind is Kind.person or len(between) > _LONGEST or any(c in _STOPS for c in between):
            break
        goes_on = atom.kind is Kind.accredited and atom.start - 1 == (land.end if land else 0)
        if land is not None and land is last and not goes_on:
            break
        posted = last is not None and last.kind is Kind.accredited and last.end + 1 == atom.start
        if atom.kind in COUNTRIES and between and not posted:
            land = atom
        last = atom
    return land
