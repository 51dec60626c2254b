"""The words of a language pack that open, close, split or colour commitments, compiled once a pack.

`commitments.yaml` says what each list means; here it becomes one automaton, so that a sentence is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from app.extract.lexicon import Lexicon
from app.extract.pack import Pack
from app.extract.text import fold_phrase
from app.extract.valueclass import valueclass
from app.records import CommitmentKind, Level


class Part:
    """What a word does in a sentence that may hold commitments; bits, since a word can be several things at once."""

    cue = 1
    report = 2
    closes = 4
    enumerators = 8
    verbs = 16
    adverbs = 32
    joints = 64
    negations = 128
    first_person = 256
    conditions = 512
    ignore = 1024
    plural = 2048
    strangers = 4096
    history = 8192
    purposes = 16384


_LISTS = (
    "report",
    "closes",
    "enumerators",
    "verbs",
    "adverbs",
    "joints",
    "negations",
    "first_person",
    "conditions",
    "ignore",
    "plural",
    "strangers",
    "history",
    "purposes",
)


_FLAGS = ("weak", "joint", "asks", "desire", "binds", "after", "final", "announces", "things", "joined", "impersonal")


@valueclass(frozen=True, slots=True)
class Cue:
    """What a word says about the commitment it opens; the flags are explained in the Vietnamese data file."""

    kind: CommitmentKind
    weak: bool = False
    joint: bool = False
    asks: bool = False
    desire: bool = False
    binds: bool = False
    after: bool = False
    final: bool = False
    announces: bool = False
    things: bool = False
    """Only of what somebody does: whoever is welcomed in person is a guest."""
    joined: bool = False
    """Begins with a conjunction, and tells one more thing of whoever speaks: "and their readiness to"."""
    impersonal: bool = False
    """Names nobody: what "was agreed" is the word of all sides."""
    not_before: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@valueclass(frozen=True, slots=True)
class Word:
    """All that one phrase can be: several parts, and its cue if it is one."""

    parts: int
    cue: Cue | None = None


@valueclass(frozen=True, slots=True)
class Token:
    """A word found in the text."""

    start: int
    end: int
    parts: int
    cue: Cue | None


class Cues:
    """The compiled words of one language."""

    def __init__(self, pack: Pack) -> None:
        data: dict[str, Any] = pack.data("commitments")
        words = _words(data, pack)
        self._lexicon: Lexicon[Word] = Lexicon(words.items())
        self.aims = tuple(word for word in _folded(data.get("aims", ()), pack) if word not in words)
        """At the head of a clause they say that it tells the aim, effect or detail of the one before."""
        self.prepositions = tuple(_folded(data.get("prepositions", ()), pack))
        """Before a mention they make it an object: with, of, to."""
        self.adverbs = frozenset(_folded(data.get("adverbs", ()), pack))
        """They may stand between a verb and what it governs: will also visit."""
        self.about = tuple(_folded(data.get("about", ()), pack))
        """They begin what a stance is about, where its verb comes last: 对…表示欢迎."""
        self.stances = tuple(_folded(data.get("stances", ()), pack))
        """The verbs that come last there."""
        self.copulas = tuple(_folded(data.get("copulas", ()), pack))
        """Between a subject and a word they make it a description."""
        self.affirms = frozenset(_folded(data.get("affirms", ()), pack))
        """Verbs of saying by which both sides bind themselves to what follows as a bare verb."""
        self.passives = tuple(_folded(data.get("passives", ()), pack))
        """Before the subject they make it the one by whom it is done."""
        self.wholes = tuple(_folded(data.get("wholes", ()), pack))
        """After a cue they make all that follows one matter: agreed about, on the importance of."""
        self.fillers = tuple(_folded(data.get("fillers", ()), pack))
        """After a cue they say nothing of what is undertaken: together with, on this occasion."""
        self.manners = tuple(_folded(data.get("manners", ()), pack))
        """What begins with these right after a cue says how and not what: in the spirit of."""
        self.done = frozenset(_folded(data.get("done", ()), pack))
        """Before a verb they make it the past."""
        self.least_after_comma = int(data.get("least_after_comma", 0))
        """Fewest characters of a clause behind a comma that counts as a further measure."""
        self.relatives = tuple(_folded(data.get("relatives", ()), pack))
        """Words of aim or detail that, right before a mention, begin a clause with a subject of its own."""
        self.papers = tuple(_folded(data.get("papers", ()), pack))
        """What speaks for both sides where nobody else is named: the joint statement."""
        self.absolutes = tuple(_folded(data.get("absolutes", ()), pack))
        """Right behind a mention they make it a subject, whatever stands before it: with the minister calling for."""
        self.speaks_for_itself = frozenset(word.strip() for word in _folded(data.get("first_person", ()), pack))
        self.articles = frozenset(_folded(data.get("articles", ()), pack))
        """They may stand between the head of a clause and its subject."""
        self.coordinators = frozenset(_folded(data.get("coordinators", ()), pack)) | {"", "、"}
        """Between two mentions they make one subject of both."""
        self.ranks = {word: Level(rank) for rank, words in _ranks(data, pack) for word in words}
        """The office that words for both sides name: the two prime ministers."""
        self.known = bool(data)
        """Whether the pack has such words at all."""

    def tokens(self, low: str) -> list[Token]:
        """The words of a text that matter, none overlapping, in order; read once, then cut into sentences."""
        return [
            Token(hit.start, hit.end, hit.value[0].parts, hit.value[0].cue)
            for hit in self._lexicon.scan(low)
            if not hit.value[0].parts & Part.ignore
        ]


def _ranks(data: dict[str, Any], pack: Pack) -> Iterator[tuple[str, list[str]]]:
    for rank, words in data.get("ranks", {}).items():
        yield rank, _folded(words, pack)


def _folded(phrases: Any, pack: Pack) -> list[str]:
    return [fold_phrase(str(phrase), pack).lower() for phrase in phrases]


def _expanded(phrases: Iterable[str], sets: dict[str, list[str]]) -> Iterator[str]:
    """The phrases with every word of the sets they name in braces: "expressed {poss} readiness"."""
    for phrase in phrases:
        name = phrase.partition("{")[2].partition("}")[0]
        if name:
            yield from _expanded((phrase.replace(f"{{{name}}}", word, 1) for word in sets[name]), sets)
        else:
            yield phrase


def _cues(data: dict[str, Any], pack: Pack) -> Iterator[tuple[str, Cue]]:
    for entry in data.get("cues", ()):
        flags = {name: bool(entry.get(name)) for name in _FLAGS}
        not_before = tuple(_folded(entry.get("not_before", ()), pack))
        not_with = tuple(_folded(entry.get("not_with", ()), pack))
        not_after = tuple(_folded(entry.get("not_after", ()), pack))
        needs = tuple(_folded(entry.get("needs", ()), pack))
        cue = Cue(
            CommitmentKind(entry["kind"]),
            **flags,
            not_before=not_before,
            not_with=not_with,
            not_after=not_after,
            needs=needs,
        )
        for word in _folded(_expanded(entry["words"], data.get("sets", {})), pack):
            yield word, cue


def _words(data: dict[str, Any], pack: Pack) -> dict[str, Word]:
    """Each phrase once, with everything it can be; of several cues the first counts."""
    parts: dict[str, int] = {}
    cues: dict[str, Cue] = {}
    for phrase, cue in _cues(data, pack):
        parts[phrase] = Part.cue
        cues.setdefault(phrase, cue)
    for name in _LISTS:
        for phrase in _folded(data.get(name, ()), pack):
            parts[phrase] = parts.get(phrase, 0) | int(getattr(Part, name))
    return {phrase: Word(found, cues.get(phrase)) for phrase, found in parts.items()}


@lru_cache
def cues_of(pack: Pack) -> Cues:
    """The words of a pack, compiled once."""
    return Cues(pack)
