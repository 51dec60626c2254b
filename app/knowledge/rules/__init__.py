"""What must hold in the knowledge base: each rule is a function from all the facts to what is wrong with them.

A problem fails the check (`app.knowledge.check`); a warning is shown and does not, because a rare character or a
repeated form may be right.
"""

from __future__ import annotations

from app.knowledge.rules.facts import Entry, Facts, Problem, Rule
from app.knowledge.rules.periods import dates, in_office, numberings, overlaps
from app.knowledge.rules.references import references, unique_ids
from app.knowledge.rules.writing import names, traditional, well_written

RULES: tuple[Rule, ...] = (well_written, names, unique_ids, references, dates, overlaps, numberings, in_office)

__all__ = ["RULES", "Entry", "Facts", "Problem", "traditional"]
