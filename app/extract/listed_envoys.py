"""Envoys who are listed with their states: "the ambassadors of Uruguay, A; Chile, B; and Brazil, C".

In: a text and its atoms. Out: a phrase for each of them, from the name of the state to the end of the person's; the
first begins with the word for their office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.extract.atoms import Atom, Kind
from app.extract.model import Text
from app.extract.pack import Pack
from app.extract.phrases import Phrase
from app.extract.titles import Title
from app.records import Level

_ENVOY = Title("ambassador", "Ambassador", Level.ambassador)
_WORD = r"[^\W\d_a-z][\w'’-]{0,30}"
_NAME = re.compile(rf", ({_WORD}\.?(?: (?:[a-z]{{1,3}} ){{0,2}}{_WORD}){{1,4}})(?=[;,.)]| and | who| to)")
"""Behind the state: a name of two to five words."""
_NEXT = re.compile(r"(?:; and |, and | and |; |, )(?:of |from )?(?:the )?")
_ARTICLE = re.compile("(?:the )?")
_MOST = 40
"""So many envoys of one list are read."""


def listed_envoys(text: Text, atoms: Sequence[Atom], pack: Pack) -> Iterator[Phrase]:
    """The envoys of all lists, in order; a list has two of them and more."""
    heads = tuple(f"{word} " for word in pack.data("names").get("envoys_of", ()))
    lands = {a.start: a for a in atoms if a.kind is Kind.country} if any(h in text.low for h in heads) else {}
    for head in heads if lands else ():
        at = text.low.find(head)
        while at >= 0:
            found = list(_listed(text, lands, at, at + len(head)))
            if len(found) > 1:
                yield from found
            at = text.low.find(head, at + 1)


def _listed(text: Text, lands: dict[int, Atom], start: int, position: int) -> Iterator[Phrase]:
    """The envoys from the first state on; the words before it belong to the first of them."""
    for _ in range(_MOST):
        article = _ARTICLE.match(text.plain, position)
        land = lands.get(article.end() if article else position)
        name = _NAME.match(text.plain, land.end) if land else None
        if land is None or name is None or name.start(1) in lands:
            return
        country = str(land.values[0])
        yield Phrase(start, name.end(1), name.span(1), (), (_ENVOY,), country, None, False)
        following = _NEXT.match(text.plain, name.end(1))
        if following is None:
            return
        start = position = following.end()
