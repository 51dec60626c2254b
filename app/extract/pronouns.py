"""Who "he" and "she" are."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from app.extract.atoms import Atom, Kind
from app.extract.model import Mention, MentionKind, Text, Zone
from app.extract.things import Taken

_TOLD = (Zone.headline, Zone.body)
"""Nobody named only under a picture is meant."""


def find_pronouns(
    text: Text,
    atoms: Sequence[Atom],
    people: Sequence[Mention],
    feminine: Container[str] = (),
    aside: tuple[str, ...] = (),
) -> list[Mention]:
    """He and she: whom this sentence, else the last one that speaks of somebody, begins with.

    `feminine`: the words for "she"; somebody called so is not meant by "he" in the same sentence. `aside`: what stands
    before somebody who is left aside ("apart from A, he also met …").
    """
    people = [m for m in people if m.kind is MentionKind.person and text.sentences[m.sentence].zone in _TOLD]
    taken = Taken((m.start, m.end) for m in people)
    pronoun = Kind.pronoun
    free = [a for a in atoms if a.kind is pronoun and not taken.overlaps(a.start, a.end)]
    if not free:
        return []
    found: list[Mention] = []
    subject: Mention | None = None
    other: Mention | None = None
    called: dict[tuple[int, str], bool] = {}
    both: list[Mention | Atom] = [*people, *free]
    for item in sorted(both, key=lambda one: one.start):
        if isinstance(item, Mention):
            mention = item
            if aside and text.low[max(0, mention.start - 4) : mention.start].endswith(aside):
                continue
        elif subject is not None:
            sentence = text.sentence_number(item.start)
            she = text.low[item.start : item.end] in feminine
            meant = subject if called.setdefault((sentence, subject.key), she) == she else other or subject
            mention = replace(meant, start=item.start, end=item.end, sentence=sentence, pronoun=True)
            found.append(mention)
        else:
            continue
        if subject is not None and mention.key != subject.key:
            other = mention
        if subject is None or mention.sentence != subject.sentence:
            subject = mention
    return found
