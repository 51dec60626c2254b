"""Who did what with whom: words that name an event, and the people, bodies and countries in their place around them.

One grammar for all languages. A trigger has a layout (`with`, `receives`, `visits` …) that says who stands on which
side; the pack lists the triggers and the small words (with, at the invitation of, will, not) that mark a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.extract.lexicon import Lexicon, on_boundary
from app.extract.mentions import Reading
from app.extract.model import DateExpression, Mention, MentionKind, Rejection, Sentence, Text, Zone
from app.extract.pack import Pack
from app.extract.text import fold_phrase, lower
from app.records import EventStatus, EventType, Mode

LEAD = 3
"""So many sentences of the body make the lead, where even a bare noun may name the event."""

_MOST_WORDS = 30
"""So many event words of one sentence are looked at; more are no sentence but a word list."""
_REACH = 90  # characters between an event word and the one it concerns; a third of it where words have no spaces


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Frame:
    """An event word with its parts, as one sentence tells it."""

    trigger: Trigger
    start: int
    end: int
    sentence: int
    zone: Zone
    lead: bool
    status: EventStatus
    first: tuple[Mention, ...]
    """Those before the word: who met, received, visited, sent."""
    second: tuple[Mention, ...]
    """Those it was done with or to."""
    inviter: tuple[Mention, ...]
    destinations: tuple[str, ...]
    """Countries visited, in order."""
    group: bool
    """Both sides, the two leaders are the subject: the event is told elsewhere."""
    background: bool
    gathering: bool
    """A summit, conference or session is named behind the word."""
    split: bool
    """Each counterpart was met separately."""
    delegates: bool = False
    """The counterparts are named by country or body, as its leaders or ministers."""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All that take part, the inviter aside."""
        return self.first + self.second


@dataclass(frozen=True)
class Cues:
    """The small words of a pack, folded."""

    lexicon: Lexicon[Trigger | None]
    words: dict[str, tuple[str, ...]]
    spaced: bool

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.words.get(name, ())

    def ends(self, before: str, name: str) -> bool:
        """Whether the text before something ends with one of the words."""
        words = self[name]
        if not words:
            return False
        bare = before.rstrip()
        while True:
            if bare.endswith(words) and any(
                bare.endswith(w) and on_boundary(bare, len(bare) - len(w), len(bare)) for w in words
            ):
                return True
            bare, space, last = bare.rpartition(" ")
            if not space or last not in self["articles"]:
                return False

    def has(self, window: str, name: str) -> bool:
        """Whether one of the words stands in a stretch of text."""
        for word in self[name]:
            at = window.find(word)
            while at >= 0:
                if on_boundary(window, at, at + len(word)):
                    return True
                at = window.find(word, at + 1)
        return False


def _trigger(row: dict[str, Any]) -> Trigger:
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
    )


@lru_cache
def cues_of(pack: Pack) -> Cues:
    """The event words and small words of a pack, compiled once."""
    data = pack.data("events")

    def folded(words: Sequence[str]) -> Iterator[str]:
        return (lower(fold_phrase(w, pack)) for w in words)

    adverbs = tuple(folded(data.get("adverbs", ())))

    def spread(form: str) -> Iterator[str]:
        """ "met with", and "met today with"."""
        yield form
        head, space, rest = form.partition(" ")
        if space:
            yield from (f"{head} {adverb} {rest}" for adverb in adverbs)

    entries: list[tuple[str, Trigger | None]] = [(w, None) for w in folded(data.get("not_triggers", ()))]
    for row in data.get("triggers", ()):
        entries += [(w, _trigger(row)) for form in folded(row["forms"]) for w in spread(form)]
    words = {
        k: tuple(folded(v)) for k, v in data.items() if isinstance(v, list) and k not in ("triggers", "not_triggers")
    }
    return Cues(Lexicon(entries), words, pack.data("language").get("script") != "Han")


_FAR = 60
"""A country so far behind the event word belongs to another word, even after "with"."""
_CORPORATE = {MentionKind.country, MentionKind.organization}
_SENT = {"special-envoy", "special-representative", "climate-envoy", "adviser", "special-adviser"}
_PERSONAL = {MentionKind.person, MentionKind.office}


class _Clause:
    """One sentence with its mentions, around one event word."""

    def __init__(
        self, text: Text, sentence: Sentence, mentions: Sequence[Mention], start: int, end: int, cues: Cues
    ) -> None:
        self.text, self.sentence, self.cues = text, sentence, cues
        self.start, self.end = start, end
        self.reach = _REACH if cues.spaced else _REACH // 3
        self.signing = False
        self.left = [m for m in mentions if m.end <= start]
        self.right = [m for m in mentions if m.start >= end]

    def opening(self, position: int) -> int:
        """Where the clause that holds a position begins: after the last comma, but not one inside a mention."""
        begin = self.sentence.start
        low = self.text.low
        inside = [(m.start, m.end) for m in (*self.left, *self.right)]
        for mark in self.cues["clause"]:
            at = low.rfind(mark, self.sentence.start, position)
            while at > begin:
                if mark == "-" and low[at - 1] != " ":
                    at = low.rfind(mark, self.sentence.start, at)
                    continue
                if not any(a <= at < b for a, b in inside):
                    begin = max(begin, at + len(mark))
                    break
                at = low.rfind(mark, self.sentence.start, at)
        return begin

    def groups(self, mentions: Sequence[Mention], kinds: set[MentionKind]) -> list[list[Mention]]:
        """Mentions of a kind, those joined by "and" or a comma together."""
        found: list[list[Mention]] = []
        for mention in mentions:
            speaks = mention.office == "spokesperson"
            if mention.kind not in kinds or mention.former or speaks or self.compound(mention):
                continue  # who speaks for somebody takes no part
            gap = self.text.low[found[-1][-1].end : mention.start] if found else ""
            if found and gap in ("", "'s ", " của ") and mention.office in _SENT and mention.kind is MentionKind.person:
                found[-1][-1] = mention  # 习近平主席特使孟建柱: the envoy took part, not who sent him
                continue
            if found and (gap in self.cues["coordination"] or (gap.strip(" ()") == "")):
                found[-1].append(mention)
            else:
                found.append([mention])
        return found

    def compound(self, mention: Mention) -> bool:
        """A country that only says what kind of thing it is: "EU-mediated talks", "a Kenyan runner"."""
        if mention.kind in _PERSONAL:
            return False
        follows = self.text.plain[mention.end : mention.end + 2]
        if follows[:1] == "-" and follows[1:].isascii() and follows[1:].islower():
            return True
        private = self.cues["private"]
        if not private or follows[:1] != " ":
            return False
        for word in self.text.low[mention.end : mention.end + 40].replace(",", " ,").split()[:3]:
            if word in private:
                return True
            if word in self.cues["phrase_ends"]:
                return False
        return False

    def before(self, group: Sequence[Mention]) -> str:
        """What stands right before a group."""
        return self.text.low[max(self.sentence.start, group[0].start - 24) : group[0].start]

    def window(self) -> str:
        """The clause before the event word."""
        return self.text.low[self.opening(self.start) : self.start]


@dataclass
class _Parts:
    first: list[Mention]
    second: list[Mention]
    inviter: list[Mention]
    between: bool = False
    """ "talks between A and B": whoever stands before the word is not one of them."""


def _is_inviter(clause: _Clause, group: Sequence[Mention]) -> bool:
    cues = clause.cues
    after = clause.text.low[group[-1].end : group[-1].end + 6].lstrip()
    if not cues.ends(clause.before(group), "inviter"):
        return False
    return not cues["inviter_after"] or after.startswith(cues["inviter_after"])


def _accompanied(clause: _Clause, before: str) -> bool:
    """Whether "with" stands before a group, also with a relative clause between: 与到访的伊朗总统."""
    if before.rstrip().endswith(", and"):
        return False  # a new clause begins
    if clause.cues.ends(before, "comitative_before" if clause.cues["comitative_before"] else "comitative"):
        return True
    relative = clause.cues["relative_end"]
    if not relative or not before.rstrip().endswith(relative):
        return False
    tail = before[max(before.rfind(mark) for mark in clause.cues["clause"]) + 1 :]
    return any(word in tail for word in clause.cues["relative_with"])


def _left_parts(clause: _Clause, kinds: set[MentionKind], noun: bool = False, nearest: bool = False) -> _Parts:
    """Who stands before the event word: the subject, and in languages that say "A with B met" the counterpart too.

    `noun`: the event word is a noun that its doer owns. `nearest`: whoever stands nearest does it ("A met B, who visits").
    """
    parts = _Parts([], [], [])
    groups = clause.groups(clause.left, kinds)
    if len(groups) > 1 and kinds is _PERSONAL and not noun and _second_verb(clause, groups[-1]):
        groups.pop()
    for group in reversed(groups):
        before = clause.before(group)
        if kinds is _CORPORATE and clause.cues.ends(before, "venue_before"):
            continue  # "in Turkey": a place, no party
        if _is_inviter(clause, group):
            parts.inviter = parts.inviter or group[:1]
            if len(group) > 1:  # "At the invitation of A, B visited"
                parts.first = group[1:]
                break
        elif (clause.cues.ends(before, "passive") and not parts.second) or (
            _accompanied(clause, before) and not parts.second and not nearest
        ):
            parts.second = group
        elif kinds is _CORPORATE and clause.cues.ends(before, "plural_offices"):
            parts.first = group
            break
        elif clause.cues.ends(before, "of") or _escort(clause, group) or (_possessive(clause, group) and not noun):
            continue
        else:
            parts.first = group
            break
    return parts


def _second_verb(clause: _Clause, group: Sequence[Mention]) -> bool:
    """ "A met B and was received by C": B is only what the first verb took, the subject of both is A."""
    words = clause.text.low[group[-1].end : clause.start].replace(",", " ").split()
    return words[:1] == ["and"] and all(w in clause.cues["auxiliaries"] for w in words[1:])


def _escort(clause: _Clause, group: Sequence[Mention]) -> bool:
    """Those in whose company something was done: 在金与正陪同下."""
    return clause.text.low.startswith(clause.cues["escort_after"] or ("\0",), group[-1].end)


def _possessive(clause: _Clause, group: Sequence[Mention]) -> bool:
    """ "the Prime Minister's envoy met": the owner is no subject, unless it owns the event word itself."""
    after = clause.text.low[group[-1].end : clause.start]
    if after.startswith(("'s ", "' ")) and group[-1].kind is MentionKind.country:
        return not after.partition(" ")[2].startswith(clause.cues["own_bodies"] or ("\0",))
    return after.startswith(("'s ", "' ")) and after.strip(" '") != "s"


def _adjoins(clause: _Clause, group: Sequence[Mention]) -> bool:
    """Whether a group is what the event word itself takes: right behind it, or behind "with"."""
    gap = clause.text.low[clause.end : group[0].start]
    if len(gap.strip()) < 4 or clause.cues.ends(gap, "comitative") or not clause.cues.spaced:
        return True
    return bool(clause.cues["attributes"]) and all(w in clause.cues["attributes"] for w in gap.split())


def _of_several(clause: _Clause, before: str, kinds: set[MentionKind]) -> bool:
    """ "the defence ministers of A, B and C": states for whom people stand that are not named."""
    return kinds is _CORPORATE and clause.cues.ends(before, "plural_offices")


def _right_parts(clause: _Clause, kinds: set[MentionKind], loose: bool) -> _Parts:
    parts = _Parts([], [], [])
    last = clause.end
    for group in clause.groups(clause.right, kinds):
        before = clause.before(group)
        near = group[0].start - last <= clause.reach
        last = group[-1].end
        if _is_inviter(clause, group):
            parts.inviter = parts.inviter or group[:1]
        elif clause.cues.ends(before, "accompany"):
            break
        elif {m.key for m in group} & {m.key for m in parts.inviter}:
            continue
        elif clause.cues.ends(before, "between") and near:
            parts.between, parts.first, parts.second = True, group[:1], group[1:]
        elif near and not parts.second and (parts.between or _of_several(clause, before, kinds)):
            parts.second = group
        elif clause.cues.ends(before, "of") and not parts.first and near:
            parts.first = group
        elif not parts.second and near and (loose or _adjoins(clause, group)):
            parts.second = group
        elif not parts.first and near and before.rstrip().endswith(","):
            parts.first = group  # "After talks with B, A said": the subject comes behind
    return parts


def _parts(clause: _Clause, trigger: Trigger) -> _Parts:
    """Both sides of an event word: people first, countries and bodies where no person stands there."""
    left, right = (
        _left_parts(clause, _PERSONAL, trigger.noun, trigger.layout == "visits"),
        _right_parts(clause, _PERSONAL, trigger.layout != "with"),
    )
    if right.between and right.second:
        return right
    if trigger.doer_after and (doers := _doers_after(clause)):
        return _Parts(doers[:1], doers[1:], [])
    if trigger.layout == "with" and (states := _states_before(clause)):
        left = _Parts(states, [], left.inviter)
    if trigger.layout == "with" and not left.first and not left.second and _parties(right.second) > 1:
        left.first, right.second = _shared_out([], right.second)
    first, second = left.first, left.second or right.second
    if left.second and right.second and trigger.layout == "with":
        second = left.second
    if not first:
        first = right.first
    elif right.first and not second and not (trigger.layout == "with" and _parties(first) > 1):
        second = right.first
    if not first:
        side = _left_parts(clause, _CORPORATE)
        first, second = side.first, second or side.second
        if trigger.object_before:
            first, second = _doer_and_object(clause)
    if not second and trigger.layout not in ("visits", "attends", "states"):
        behind = _right_parts(clause, _CORPORATE, loose=True)
        if not first and behind.between and behind.second:
            return behind  # "the talks were held in A between B and C"
        among_themselves = trigger.layout == "with" and _parties(first) > 1
        second = _counterparts(clause, behind.second, trigger.topic or among_themselves)
    if trigger.layout == "with":
        first, second = _shared_out(first, second)
    if trigger.layout in ("against", "gives") and not second:
        first, second = _done_to(clause, first)
    if trigger.layout == "presents" and not second:
        second = [m for m in clause.left if m.kind is MentionKind.person and m.key not in {f.key for f in first}]
    if trigger.layout == "mediates":
        return _Parts(first, [m for m in (*right.first, *right.second, *second) if m not in first], [])
    if trigger.layout == "attends":
        second = left.second  # whoever is named behind is met there, or speaks there
    passive = clause.cues.ends(clause.text.low[max(0, clause.start - 12) : clause.start], "passive")
    swapped = trigger.layout == "receives" and passive  # was welcomed by
    return _Parts(*((second, first) if swapped else (first, second)), left.inviter or right.inviter)


def _done_to(clause: _Clause, first: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Doer and target of a one-sided act: whoever is named next behind the word, else the last named before it."""
    behind = clause.groups(clause.right, _CORPORATE | {MentionKind.office, MentionKind.person})
    if behind and behind[0][0].start - clause.end <= clause.reach:
        return first, behind[0]
    before = clause.groups(clause.left, _CORPORATE)
    if len(before) > 1 and before[0][0].country != before[-1][0].country:
        return before[0], before[-1]
    return first, []


def _counterparts(clause: _Clause, behind: list[Mention], doubtful: bool) -> list[Mention]:
    """Countries and bodies behind the event word that it was done with; where that is doubtful, only after "with"."""
    if not behind or _mere_place(clause, behind[0]):
        return []
    gap = clause.text.low[clause.start : behind[0].start]
    return [] if doubtful and not clause.cues.ends(gap, "counterpart_before") else behind


def _doers_after(clause: _Clause) -> list[Mention]:
    """ "a joint statement issued by A and B": whoever stands right behind the word did it."""
    groups = clause.groups(clause.right, _CORPORATE | _PERSONAL)
    return groups[0] if groups and len(clause.text.low[clause.end : groups[0][0].start].strip()) < 4 else []


def _states_before(clause: _Clause) -> list[Mention]:
    """States named right before the event word ("…, A, B and C will meet"), whoever is named before them."""
    groups = clause.groups(clause.left, _CORPORATE)
    if not groups or not clause.cues["auxiliaries"] or _parties(groups[-1]) < 2:
        return []
    gap = clause.text.low[groups[-1][-1].end : clause.start].replace(",", " ").replace("-", " ").split()
    before = clause.before(groups[-1])
    placed = clause.cues.ends(before, "venue_before") or clause.cues.ends(before, "of")
    return [] if placed or any(w not in clause.cues["auxiliaries"] for w in gap) else groups[-1]


def _doer_and_object(clause: _Clause) -> tuple[list[Mention], list[Mention]]:
    """ "Poland declared a Belarusian envoy persona non grata": the first group did it to the last one."""
    groups = clause.groups(clause.left, _CORPORATE)
    return (groups[0], groups[-1]) if len(groups) > 1 else ([], groups[0]) if groups else ([], [])


def _parties(mentions: Sequence[Mention]) -> int:
    return len({m.country or m.organization for m in mentions} - {None})


def _mere_place(clause: _Clause, mention: Mention) -> bool:
    """A country behind the event word is where it was, unless it is close by or "with" stands before it."""
    gap = clause.text.low[clause.end : mention.start]
    if len(gap) < 3 or clause.cues.ends(gap, "between"):
        return False
    if clause.cues.ends(gap, "plural_offices"):
        return False
    if clause.cues.has(gap, "aside"):
        return True
    if clause.cues.ends(gap, "comitative") and (len(gap) <= _FAR or not clause.cues.spaced):
        return False
    return len(gap) > 25 or not clause.cues.spaced or clause.cues.has(gap, "venue_before") or "," in gap


def _shared_out(first: list[Mention], second: list[Mention]) -> tuple[list[Mention], list[Mention]]:
    """ "A and B met", "After meeting A, B said": those on one side of the word are on both sides of the table."""
    if first and not second and _parties(first) > 1:
        return first[:1], [m for m in first[1:] if m.key != first[0].key]
    if second and not first and _parties(second) > 1:
        return [m for m in second[1:] if m.key != second[0].key], second[:1]
    return first, second


def _destinations(clause: _Clause, reading: Reading, parts: _Parts, near: int) -> tuple[str, ...]:
    """The countries visited: those listed right after the word, or the one that a preposition marks before it."""
    spans = [(m.start, m.end) for m in (*parts.first, *parts.second, *parts.inviter) if m.kind in _PERSONAL]
    hits: list[tuple[int, int, str]] = [(p.start, p.end, p.country) for p in reading.places if p.country]
    hits += [
        (m.start, m.end, m.country)
        for m in (*clause.left, *clause.right)
        if m.kind is MentionKind.country and m.country
    ]
    hits = [h for h in hits if not any(a <= h[0] < b for a, b in spans)]
    opening = clause.opening(clause.start)
    for start, end, country in sorted(hits, reverse=True):
        if opening <= start and end <= clause.start:
            before = clause.text.low[max(opening, start - 10) : start]
            if clause.cues.ends(before, "destination_before"):
                return (country,)
    behind = max([clause.end, *(m.end for m in parts.first)])  # "the visit of X to Y"
    return _stops(clause, hits, clause.end, near) or _stops(clause, hits, behind, near) or _host_land(clause, parts)


def _stops(clause: _Clause, hits: Sequence[tuple[int, int, str]], last: int, near: int) -> tuple[str, ...]:
    """The countries listed right behind a position."""
    found: list[str] = []
    for start, end, country in sorted(hits):
        gap = clause.text.low[last:start]
        if start < last or (start - last > near if not found else not _next_stop(clause, gap)):
            if start < last:
                continue
            break
        found.append(country)
        last = end
    return tuple(dict.fromkeys(found))


def _next_stop(clause: _Clause, gap: str) -> bool:
    """Whether a list of countries visited goes on: ", B and C", ", followed by B and then ending the trip in C"."""
    words = gap.replace(",", " ").split()
    then = clause.cues["tour_then"]
    return gap in clause.cues["coordination"] or (
        bool(words and then and words[0] in then) and all(w in then or w in clause.cues["tour_words"] for w in words)
    )


def _host_land(clause: _Clause, parts: _Parts) -> tuple[str, ...]:
    """ "on a visit to the Kingdom": the country of whoever else the sentence names before it."""
    if not clause.text.low.startswith(clause.cues["host_land"] or ("\0",), clause.end):
        return ()
    guests = {m.country for m in parts.first}
    others = [m.country for m in clause.left if m.country and m.country not in guests]
    return (others[0],) if others else ()


def _status(clause: _Clause, trigger: Trigger) -> EventStatus:
    window = clause.window()
    if clause.cues.has(window, "cancelled"):
        return EventStatus.cancelled
    if trigger.status is not None:
        return trigger.status
    return EventStatus.planned if clause.cues.has(window, "planned") else EventStatus.occurred


def _only_said(clause: _Clause, subject_end: int) -> bool:
    """A signing that the subject speaks about: "the President said the agreement signed …"."""
    between = clause.text.low[subject_end : clause.start]
    return clause.signing and clause.cues.has(between, "speech")


def _irrealis(clause: _Clause, parts: _Parts) -> bool:
    """Asked for, wished or denied: between the subject and the event word stands "invited", "hopes", "not"."""
    begin = clause.opening(clause.start)
    subject = [m.end for m in parts.first if m.end <= clause.start]
    if subject and clause.cues.ends(clause.before(parts.first), "irrealis"):
        return True  # "invited the President of Mexico to visit"
    follows = clause.text.low[clause.end : clause.end + 12]
    stop = min((at for mark in clause.cues["clause"] if (at := follows.find(mark)) >= 0), default=len(follows))
    if clause.cues.has(follows[:stop], "remembered"):
        return True
    behind = " ".join(clause.text.low[clause.end : min(clause.end + _REACH, clause.sentence.end)].split())
    if clause.cues.has(behind, "repeated"):
        return True  # "met with A on numerous occasions"
    if subject and clause.cues.has(clause.text.low[clause.sentence.start : min(m.start for m in parts.first)], "denied"):
        return True  # "the Kremlin denied that A had met B"
    if clause.cues.has(clause.text.low[clause.sentence.start : clause.sentence.end], "elsewhere"):
        return True
    if parts.first and subject and _only_said(clause, max(subject)):
        return True
    window = clause.text.low[max([begin, *subject]) : clause.start]
    return clause.cues.has(window, "irrealis") or clause.cues.has(window, "negated")


def _frame(
    text: Text,
    reading: Reading,
    sentence: Sentence,
    mentions: Sequence[Mention],
    start: int,
    end: int,
    trigger: Trigger,
    cues: Cues,
    lead: bool,
) -> Frame | None:
    clause = _Clause(text, sentence, mentions, start, end, cues)
    clause.signing = trigger.layout == "signs"
    parts = _parts(clause, trigger)
    if _irrealis(clause, parts):
        return None
    if trigger.figure and not any(c.isdigit() for c in text.low[sentence.start : sentence.end]):
        return None
    near = (12 if trigger.arrival else 30) // (1 if cues.spaced else 2)
    destinations = _destinations(clause, reading, parts, near) if trigger.layout == "visits" else ()
    if trigger.destination:
        destinations = (trigger.destination,)
    if trigger.ceremony and not destinations:
        guests = {m.country for m in parts.first}
        near_by = [m.country for m in clause.right if m.country and m.start - end < clause.reach]
        destinations = tuple([c for c in near_by if c not in guests][:1])
    window = text.low[sentence.start : start]
    group = any(m.kind is MentionKind.group and m.end <= start for m in mentions) and not parts.first
    return Frame(
        trigger=trigger,
        start=start,
        end=end,
        sentence=sentence.index,
        zone=sentence.zone,
        lead=lead,
        status=_status(clause, trigger),
        first=tuple(_unique(parts.first)),
        second=() if trigger.layout == "visits" else tuple(_unique(parts.second)),
        inviter=tuple(_unique(parts.inviter)),
        destinations=destinations,
        group=group,
        gathering=cues.has(text.low[start : sentence.end], "gatherings") and _international(clause),
        background=not lead and cues.has(window, "background"),
        split=cues.has(text.low[sentence.start : sentence.end], "separately")
        or cues.has(text.low[start:end], "plural_events"),
        delegates=_delegates(clause, parts),
    )


def _international(clause: _Clause) -> bool:
    """Whether a sentence about a gathering says or shows that it is one of states."""
    here = {m.country or m.organization for m in (*clause.left, *clause.right)} - {None}
    words = clause.text.low[clause.sentence.start : clause.sentence.end]
    return not clause.cues["international"] or len(here) > 1 or clause.cues.has(words, "international")


def _delegates(clause: _Clause, parts: _Parts) -> bool:
    """ "hosted the leaders of ASEAN": countries or bodies behind words for several offices."""
    behind = [m for m in parts.second if m.kind not in _PERSONAL and m.start >= clause.end]
    return bool(behind) and clause.cues.ends(clause.before(behind), "plural_offices")


def _unique(mentions: Sequence[Mention]) -> list[Mention]:
    return list({m.key: m for m in mentions}.values())


def _within(mention: Mention, start: int, end: int) -> bool:
    """Whether an event word holds a country or a group whole: 访|华, 三方|会晤."""
    whole = start <= mention.start and mention.end <= end and (mention.start, mention.end) != (start, end)
    return whole and mention.kind in (MentionKind.country, MentionKind.group)


def find_frames(
    text: Text,
    reading: Reading,
    dates: Sequence[DateExpression],
    pack: Pack,
    rejected: list[Rejection] | None = None,
) -> tuple[Frame, ...]:
    """All frames of headline and body, in order; words inside a date ("from the 24th to the 26th") name no event.

    Event words that make no frame are added to `rejected`, with the reason.
    """
    cues = cues_of(pack)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in reading.mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    body = [s.index for s in text.sentences if s.zone is Zone.body]
    lead = set(body[:LEAD])
    frames: list[Frame] = []
    told: dict[int, int] = {}
    for hit in cues.lexicon.scan(text.low):
        trigger = hit.value[0]
        sentence = text.sentence_at(hit.start)
        if trigger is None or sentence is None or sentence.zone not in (Zone.body, Zone.headline):
            continue
        in_lead = sentence.index in lead or sentence.zone is Zone.headline
        mentions = by_sentence.get(sentence.index, [])
        if any(m.start < hit.end and hit.start < m.end and not _within(m, hit.start, hit.end) for m in mentions):
            continue  # inside a title or a name
        if any(d.start <= hit.start < d.end for d in dates):
            continue  # "from the 24th to the 26th"
        told[sentence.index] = told.get(sentence.index, 0) + 1
        if told[sentence.index] > _MOST_WORDS:
            continue
        frame = _frame(text, reading, sentence, mentions, hit.start, hit.end, trigger, cues, in_lead)
        if frame is not None:
            frames.append(frame)
        elif rejected is not None:
            rejected.append(Rejection(hit.start, hit.end, "denied, wished or asked for, or only spoken of"))
    return tuple(frames)
