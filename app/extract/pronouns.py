"""Who "he" and "she" are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.extract.atoms import Atom, Kind
from app.extract.model import Mention, MentionKind, Text
from app.extract.things import Taken


def find_pronouns(text: Text, atoms: Sequence[Atom], people: Sequence[Mention]) -> list[Mention]:
    """He and she: whom this sentence, else the last one that speaks of somebody, begins with."""
    people = [m for m in people if m.kind is MentionKind.person]
    taken = Taken((m.start, m.end) for m in people)
    free = [a for a in atoms if a.kind is Kind.pronoun and not taken.overlaps(a.start, a.end)]
    found: list[Mention] = []
    subject: Mention | None = None
    both: list[Mention | Atom] = [*people, *free]
    for item in sorted(both, key=lambda one: one.start):
        if isinstance(item, Mention):
            mention = item
        elif subject is not None:
            sentence = text.sentence_number(item.start)
            mention = replace(subject, start=item.start, end=item.end, sentence=sentence, pronoun=True)
            found.append(mention)
        else:
            continue
        if subject is None or mention.sentence != subject.sentence:
            subject = mention
    return found
