"""Which place and which summit of the article belong to which event."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.extract.dates_of_others import DATELINE
from app.extract.event_words import Cues, cues_in
from app.extract.frame_model import Frame
from app.extract.model import (
    DateExpression,
    Mention,
    MentionKind,
    OccasionHit,
    PlaceHit,
    Reading,
    Sentence,
    Text,
    Zone,
)
from app.extract.occurrences import TALKS, Occurrence
from app.extract.own_dates import own_date
from app.extract.pack import Pack
from app.extract.written_occasions import written_occasion
from app.records import EventType, Mode

_BESIDE = 16
"""Most characters between an office and the city it is in."""
_KIND_REACH = 40
"""So far before a place its preposition may stand: "in the south-western resort town of A"."""
_REMOTE = {Mode.phone, Mode.video}
_TOP = 5
"""So many sentences at the start may stand before the line that says where a report is filed from."""
_FILED = re.compile(r"(?:, [^()\n]{1,20})? ?\([^()\n]{2,40}\) ?(?:-|–|—)|, [^/\n]{3,20} /[A-Z][^/\n]{1,20}/")


class _Around:
    """What is asked of all that a text names, once for all of its events."""

    def __init__(self, reading: Reading) -> None:
        self.places = reading.places
        self.occasions = reading.occasions
        self.starts = [hit.start for hit in reading.places]
        """Where the places begin, in order."""
        self.ends = {hit.end for hit in reading.places}
        self.land_ends = {hit.end for hit in reading.places if hit.place_id is None}
        """Where those end that are countries: 土耳其|伊斯坦布尔."""
        self.doers = {m.start for m in reading.mentions if m.kind is MentionKind.country}
        """Where countries stand that may do something."""
        self.people = tuple([m for m in reading.mentions if m.kind is MentionKind.person and not m.pronoun])

    def places_in(self, sentence: Sentence) -> Sequence[PlaceHit]:
        """The places that begin in a sentence."""
        return self.places[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]


def _occasion(text: Text, occurrence: Occurrence, around: _Around, pack: Pack) -> OccasionHit | None:
    """A summit named in a sentence that tells the event, after "on the sidelines of" or the like.

    Those of the knowledge base come first, then those that only the text names.
    """
    cues = cues_in(text.low, pack)
    for frame in occurrence.frames:
        sentence = text.sentences[frame.sentence]
        for hit in around.occasions:
            if sentence.start <= hit.start < sentence.end:
                before = text.low[max(sentence.start, hit.start - 40) : hit.start]
                if cues.has(before, "occasion_before") and not cues.ends(before, "occasion_of_other"):
                    return hit
    told = occurrence.type is EventType.conference
    found = (
        written_occasion(text, text.sentences[frame.sentence], around.people, cues, pack, told=told)
        for frame in occurrence.frames
    )
    return next((hit for hit in found if hit is not None), None)


def _place(text: Text, occurrence: Occurrence, around: _Around, pack: Pack) -> PlaceHit | None:
    """The place named with the event: a venue before a city before a country, after "at" or "in"."""
    cues = cues_in(text.low, pack)
    best: tuple[tuple[int, bool, int], PlaceHit] | None = None
    for frame in occurrence.frames:
        if occurrence.mode in _REMOTE and frame.trigger.mode not in (None, occurrence.mode):
            continue  # "called A about the meeting held in B"
        sentence = text.sentences[frame.sentence]
        for hit in around.places_in(sentence):
            if hit.country is None:  # a sea is no venue
                continue
            if hit.place_id and (hit.start in around.doers or _elsewhere(text, sentence.start, hit, around, cues)):
                continue
            before = text.low[max(sentence.start, hit.start - 14) : hit.start]
            if _stands_for_state(text, hit, cues) or cues.ends(before, "place_left"):
                continue
            if (
                hit.venue
                and cues["place_of_posts"]
                and before.rstrip().endswith(",")
                and hit.start - 2 not in around.ends
            ):
                continue  # "On 9 January, the Blue House said": it speaks
            inside = hit.place_id and (before.rstrip().endswith((",", "(")) or hit.start in around.land_ends)
            if not (cues.ends(before, "venue_before") or inside or _led_in(text, sentence.start, hit, cues)):
                continue
            if hit.place_id is None and frame.trigger.layout != "visits" and not _held_in(text, frame, hit, cues):
                continue
            gap = text.low[frame.end : hit.start]
            if occurrence.mode in _REMOTE and cues.has(gap, "held_elsewhere"):
                continue  # "called A about the meeting in B"
            if gap and cues.has(gap, "place_of_other"):
                continue  # "met ahead of the summit in A"
            beside = hit.place_id is None and not cues.spaced and _held_in(text, frame, hit, cues)
            rank = (0 if hit.venue else 1 if hit.place_id or beside else 2, frame.group, abs(hit.start - frame.start))
            if best is None or rank < best[0]:
                best = (rank, hit)
    return best[1] if best else None


def _led_in(text: Text, begin: int, hit: PlaceHit, cues: Cues) -> bool:
    """Whether a word for a kind of place stands between a preposition and the name: "in the port city of A"."""
    if hit.place_id is None or not cues["place_kinds"]:
        return False
    before = text.low[max(begin, hit.start - _KIND_REACH) : hit.start].rstrip(" ,").removesuffix(" of")
    if not before.endswith(cues["place_kinds"]):
        return False
    return any(cues.ends(before[: space + 1], "venue_before") for space, c in enumerate(before) if c == " ")


def _elsewhere(text: Text, begin: int, hit: PlaceHit, around: _Around, cues: Cues) -> bool:
    """Whether a place only says where somebody is posted ("the embassy in Rome"), or is one of many offices of that
    name, whose city or country stands behind it ("UN headquarters in Geneva", "Bộ Quốc phòng Canada")."""
    before = text.low[max(begin, hit.start - 40) : hit.start].rpartition(",")[2]
    if cues.has(before, "place_of_posts"):
        return True
    at = bisect_right(around.starts, hit.start)
    following = around.places[at : at + 1] if hit.venue else ()
    for other in following:
        gap = text.low[hit.end : other.start]
        beside = not gap.strip() if other.place_id is None else cues.ends(gap, "venue_in")
        if other.country != hit.country and other.start - hit.end <= _BESIDE and beside:
            return True
    return False


def _stands_for_state(text: Text, hit: PlaceHit, cues: Cues) -> bool:
    """Whether a capital means its government: "its ambassador to Tehran", "in response to Washington's steps"."""
    if hit.venue or hit.place_id is None:
        return False
    posted = cues.ends(text.low[max(0, hit.start - 24) : hit.start], "posted_to")
    owns = cues["own_by"] and text.low.startswith(cues["own_by"], hit.end)
    return posted or (bool(owns) and cues.ends(text.low[max(0, hit.start - 4) : hit.start], "of_state"))


def _held_in(text: Text, frame: Frame, hit: PlaceHit, cues: Cues) -> bool:
    """Whether talks are said to be in a country, right beside the event word: "met in Singapore"."""
    before = text.low[max(0, hit.start - 8) : hit.start]
    if frame.trigger.topic and hit.start > frame.end and not any(frame.end < m.start < hit.start for m in frame.second):
        return False  # "discussed the war in A"
    met = max((m.end for m in frame.second if m.end <= hit.start), default=frame.end)  # "met A in Singapore"
    distance = hit.start - max(met, frame.end) if hit.start >= frame.end else frame.start - hit.end
    gap = text.low[max(met, frame.end) : hit.start]
    if "," not in gap and cues.has(gap, "beside_summit"):
        distance = 0  # "met on the sidelines of a meeting in Peru"
    return frame.trigger.type in TALKS and cues.ends(before, "venue_in") and distance < (24 if cues.spaced else 6)


def dateline_of(text: Text, reading: Reading) -> PlaceHit | None:
    """The place the report is filed from: "HANOI - On the evening of April 4 …"."""
    body = [s for s in text.sentences if s.zone is Zone.body][:_TOP]
    for sentence in body:
        hit = next((h for h in reading.places if sentence.start <= h.start < sentence.start + DATELINE), None)
        if hit is None or not hit.place_id:
            continue
        follows = text.plain[hit.end : hit.end + 20]
        if sentence is body[0] and hit.start == sentence.start and follows.startswith(": "):
            return hit
        marked = any(mark in follows for mark in ("—", "–", " - ", "- ", "--", " /", "电", "讯"))
        if sentence is body[0] and (marked or _FILED.match(text.plain, hit.end)):
            return hit
        if text.plain[sentence.start - 1 : sentence.start] == "\n" and marked and _FILED.match(text.plain, hit.end):
            return hit  # below lines that say who wrote it, and when
    return None


def settings_of(
    text: Text, found: Sequence[Occurrence], reading: Reading, dated: dict[int, DateExpression | None], pack: Pack
) -> list[tuple[PlaceHit | None, OccasionHit | None]]:
    """Place and occasion of each occurrence. Talks of the same person in one row at a summit are all held there."""
    settings: list[tuple[PlaceHit | None, OccasionHit | None]] = []
    head = _headline_place(text, found, reading, pack)
    around = _Around(reading)
    for i, occurrence in enumerate(found):
        own = _place(text, occurrence, around, pack), _occasion(text, occurrence, around, pack)
        before = found[i - 1] if i else None
        if own == (None, None) and before is not None and _same_round(before, occurrence, dated):
            place, occasion = settings[-1]
            own = (place if occasion or place is None else replace(place, city_only=True)), occasion
        if own[0] is None and head is not None and occurrence.type in TALKS and occurrence.mode is Mode.in_person:
            own = head, own[1]
        settings.append(own)
    return [_of_talks(i, found, settings) if own == (None, None) else own for i, own in enumerate(settings)]


def _of_talks(
    at: int, found: Sequence[Occurrence], settings: Sequence[tuple[PlaceHit | None, OccasionHit | None]]
) -> tuple[PlaceHit | None, OccasionHit | None]:
    """A joint statement is issued where those talks were held of the same parties."""
    told = found[at]
    if told.type is not EventType.statement or len(told.sides) == 1:
        return None, None
    talks = (own for own, o in zip(settings, found, strict=True) if o.type in TALKS and o.sides == told.sides)
    return next(talks, (None, None))


def _headline_place(text: Text, found: Sequence[Occurrence], reading: Reading, pack: Pack) -> PlaceHit | None:
    """The one place where the headline says that talks were held: "A meets leaders of many states in Lima"."""
    cues = cues_in(text.low, pack)
    told = {f.sentence for o in found if o.type in TALKS for f in o.frames if f.zone is Zone.headline}
    if not told or not cues.spaced:
        return None
    held = [
        hit
        for hit in reading.places
        if text.sentence_number(hit.start) in told
        and cues.ends(text.low[max(0, hit.start - 8) : hit.start], "venue_in")
        and not any(m.start < hit.start < m.end for m in reading.mentions)
    ]
    return held[0] if len(held) == 1 else None


def _same_round(one: Occurrence, other: Occurrence, dated: dict[int, DateExpression | None]) -> bool:
    """Whether two talks are held by the same person on the same day, as far as the text says."""
    if (
        not {one.type, other.type} <= TALKS | {EventType.credentials, EventType.signing}
        or one.mode is not other.mode
        or not set(one.people) & set(other.people)
    ):
        return False
    first, second = own_date(one, dated), own_date(other, dated)
    return second is None or first is None or first == second or second.same_day


def visits_told(frames: Sequence[Frame]) -> Iterator[tuple[str, str]]:
    """Whose visit where the article speaks of, also where the visit is no event of its own: guest, country."""
    for frame in (f for f in frames if f.trigger.layout == "at_home"):
        for guest in frame.second:
            yield from ((guest.country, host.country) for host in frame.first if guest.country and host.country)
    for frame in frames:
        if frame.trigger.layout == "visiting":
            for guest in frame.second:
                yield from ((guest.country, host.country) for host in frame.first if guest.country and host.country)
        if frame.trigger.layout == "visits" and not frame.background:
            for mention in frame.first or _travellers(frame, frames):
                for destination in frame.destinations:
                    if mention.country and mention.country != destination:
                        yield mention.country, destination


def _travellers(journey: Frame, frames: Sequence[Frame]) -> Sequence[Mention]:
    """Who is on a journey that only says when something else was: 访问瑞士期间,|甲会见了乙."""
    behind = (f for f in frames if f.sentence == journey.sentence and f.start > journey.end and f.first)
    return next((f.first[:1] for f in behind), ())
