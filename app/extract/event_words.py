"""The words that name an event, and the small words around them, compiled from a language pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from app.extract.lexicon import Lexicon, WordSet, on_boundary
from app.extract.pack import Pack, compiled
from app.extract.text import fold_phrase, lower
from app.extract.valueclass import valueclass
from app.records import EventStatus, EventType, Mode


@valueclass(frozen=True, slots=True)
class Trigger:
    """An event word of a pack."""

    type: EventType
    mode: Mode | None
    layout: str
    weak: bool
    arrival: bool
    noun: bool
    """A noun that its doer owns: "Mr Blinken's call with …"."""
    status: EventStatus | None
    ceremony: bool = False
    """What was attended is the ceremony of somebody whose country is visited: "attended the inauguration of"."""
    topic: bool = False
    """What stands right behind it is what was talked about: "discussed Syria"."""
    doer_after: bool = False
    """Who did it stands behind it: "issued by A and B"."""
    object_before: bool = False
    """Whether whom it was done to stands right before it: "declared A's envoy persona non grata"."""
    destination: str | None = None
    """ISO code of the country that the word itself names: 访华."""
    figure: bool = False
    """Counts only with a figure in its sentence: aid without an amount is talk."""
    shared: bool = False
    """Names what both sides made, without naming them: "the joint statement said"."""
    circumstance: bool = False
    """Says when something was said, and so that both were there: 与某人会谈时,某人表示."""
    spoken: bool = False
    """Can be said face to face too: at talks of the same parties "congratulated" is no message of its own."""
    hosting: bool = False
    """Whether a state may do it with nobody named for it: "France will host a summit"."""
    next: str | None = None
    """What must stand right behind it: a `person` who is asked for nothing ("called on the President in Lima"), or a
    `country` ("recognised Kosovo")."""
    needs: tuple[str, ...] = ()
    """Counts only with one of these words close behind it: "rejected … the proposal", "announced … sanctions"."""
    unless: tuple[str, ...] = ()
    """Does not count with one of these words near: a "protest" of demonstrators, "cut ties" with a company."""
    not_object: tuple[str, ...] = ()
    """Does not count where one of these is what it is done to: "met a U.S. request", "was met with gunfire"."""


_SHORT = 2
"""Words of so few letters are not looked for in a whole text."""


class Cues(dict[str, tuple[str, ...]]):
    """The small words of a pack, folded, by the name of their list; a list that the pack does not have is empty."""

    def __init__(
        self,
        lexicon: Lexicon[Trigger | None],
        words: Mapping[str, tuple[str, ...]],
        spaced: bool,
        standing: set[str] | None = None,
    ) -> None:
        super().__init__(words)
        self.lexicon, self.spaced = lexicon, spaced
        self._articles = tuple(f" {word}" for word in self["articles"] if " " not in word)
        self._standing = standing
        """Those of the words that stand in the text which `has` is asked about, where it is always the same."""
        self._found: dict[str, tuple[str, ...]] = {}

    def __missing__(self, name: str) -> tuple[str, ...]:
        return ()

    def ends(self, before: str, name: str) -> bool:
        """Whether the text before something ends with one of the words."""
        words = self.get(name)
        if not words:
            return False
        bare = before.rstrip()
        while not (bare.endswith(words) and _ends_in(bare, words)):
            if not bare.endswith(self._articles):
                return False
            bare = bare.rpartition(" ")[0]
        return True

    def within(self, low: str) -> Cues:
        """The same words, ready to be looked for in parts of one text."""
        longer, short = self._all
        return Cues(self.lexicon, self, self.spaced, longer.standing_in(low) | short)

    @cached_property
    def _all(self) -> tuple[WordSet, frozenset[str]]:
        """All words but the shortest, and those: nearly every text has them, some in every line."""
        words = {word for words in self.values() for word in words}
        short = frozenset(word for word in words if len(word) <= (_SHORT if self.spaced else 1))
        return WordSet(sorted(words - short)), short

    def has(self, window: str, name: str, *, reflowed: bool = False) -> bool:
        """Whether one of the words stands in a stretch of text; `reflowed`: its spaces are not as the text has them."""
        standing = self._standing
        if reflowed or standing is None:
            return stands_in(window, self[name])
        here = self._found.get(name)
        if here is None:  # those that the text has at all: few, and each window is searched for them alone
            here = self._found[name] = tuple([word for word in self[name] if word in standing])
        return stands_in(window, here) if here else False


def _ends_in(bare: str, words: Sequence[str]) -> bool:
    """Whether a text ends with one of the words and not only with its letters."""
    end = len(bare)
    starts = [end - len(word) for word in words if bare.endswith(word)]
    return any(on_boundary(bare, start, end) for start in starts)


def stands_in(window: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a stretch of text."""
    for word in words:
        at = window.find(word)
        while at >= 0:
            if on_boundary(window, at, at + len(word)):
                return True
            at = window.find(word, at + 1)
    return False


def _trigger(row: dict[str, Any], fields: Mapping[str, tuple[str, ...]]) -> Trigger:
    return Trigger(
        type=EventType(row["type"]),
        mode=Mode(row["mode"]) if row.get("mode") else None,
        layout=row["layout"],
        weak=bool(row.get("weak")),
        arrival=bool(row.get("arrival")),
        noun=bool(row.get("noun") or row.get("weak")),
        status=EventStatus(row["status"]) if row.get("status") else None,
        destination=row.get("destination"),
        figure=bool(row.get("figure")),
        object_before=bool(row.get("object_before")),
        ceremony=bool(row.get("ceremony")),
        topic=bool(row.get("topic")),
        doer_after=bool(row.get("doer_after")),
        shared=bool(row.get("shared")),
        circumstance=bool(row.get("circumstance")),
        spoken=bool(row.get("spoken")),
        hosting=bool(row.get("hosting")),
        next=row.get("next"),
        **fields,
    )


def _filled(form: str, data: dict[str, Any], pack: Pack) -> Iterator[str]:
    """A form with each word of the lists that it names in braces."""
    before, _, rest = form.partition("{")
    name, _, after = rest.partition("}")
    if not rest:
        yield form
        return
    for word in data[name]:
        yield from _filled(f"{before}{lower(fold_phrase(word, pack))}{after}", data, pack)


@lru_cache(maxsize=4)
def cues_in(low: str, pack: Pack) -> Cues:
    """The words of a pack, to be looked for in parts of a text in lower case."""
    return cues_of(pack).within(low)


@lru_cache
def cues_of(pack: Pack) -> Cues:
    """The event words and small words of a pack, compiled once."""
    rows = pack.data("events").get("triggers", ())
    phrases, numbers, fields, words = compiled(f"events-{pack.code}", (pack,), lambda: _folded(pack))
    triggers = [None, *map(_trigger, rows, fields)]
    lexicon = Lexicon.of(phrases, numbers, triggers.__getitem__)
    return Cues(lexicon, words, pack.data("language").get("script") != "Han")


_Folded = tuple[
    tuple[str, ...],
    tuple[tuple[int, ...], ...],
    list[dict[str, tuple[str, ...]]],
    dict[str, tuple[str, ...]],
]
"""Event words, the numbers of their triggers (0: none), what each needs and bears not, the small words."""
_WORDS = ("needs", "unless", "not_object")
"""The fields of a trigger that are lists of words."""


def _folded(pack: Pack) -> _Folded:
    data = pack.data("events")

    def folded(words: Sequence[str]) -> Iterator[str]:
        return (lower(fold_phrase(w, pack)) for w in words)

    adverbs = tuple(folded(data.get("adverbs", ())))

    def spread(form: str) -> Iterator[str]:
        """ "met with", and "met today with"; "paid {visit_sort} visit to" with each word of the list `visit_sort`."""
        if "{" in form:
            yield from _filled(form, data, pack)
            return
        yield form
        head, space, rest = form.partition(" ")
        if space:
            yield from (f"{head} {adverb} {rest}" for adverb in adverbs)

    phrases = [(w, 0) for w in folded(data.get("not_triggers", ()))]
    for number, row in enumerate(data.get("triggers", ()), 1):
        phrases += [(w, number) for form in folded(row["forms"]) for w in spread(form)]
    fields = [{field: tuple(folded(row.get(field, ()))) for field in _WORDS} for row in data.get("triggers", ())]
    words = {
        k: tuple(folded(v)) for k, v in data.items() if isinstance(v, list) and k not in ("triggers", "not_triggers")
    }
    numbers: dict[str, tuple[int, ...]] = {}
    for phrase, number in phrases:
        if phrase:
            numbers[phrase] = (*numbers.get(phrase, ()), number)
    return tuple(numbers), tuple(numbers.values()), fields, words
