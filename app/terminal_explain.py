"""An explanation as people read it: the article with what was seen in it, then each event and why it is one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text as Line

from app.extract.explain import Explanation, Reasons, Said, Told
from app.extract.frame_model import Frame
from app.extract.model import Mention, MentionKind, Sentence, Text, Zone
from app.records import EventDate, Span, Venue

_ZONES = {Zone.headline: "bold", Zone.body: "", Zone.caption: "dim italic", Zone.other: "dim"}
_KINDS = {
    MentionKind.person: "cyan",
    MentionKind.office: "blue",
    MentionKind.country: "green",
    MentionKind.organization: "magenta",
    MentionKind.group: "yellow",
}
_WORD, _REJECTED, _DATE = "bold red", "red", "bold blue"
_UNWATCHED = 120
"""Width of what is written to a file."""
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127, *range(128, 160)), " ")
"""What an article must not do to a terminal."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """Words to show in brackets, with a note."""

    start: int
    end: int
    brackets: str
    note: str
    style: str


def show(explanation: Explanation) -> None:
    """Prints an explanation: in colour on a terminal, plain elsewhere and where NO_COLOR is set."""
    out = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    if not out.is_terminal:
        out.width = _UNWATCHED
    found = explanation.extraction
    out.print(Line(_clean(found.source), "bold underline"), Line(f"{found.language}  {found.published or 'undated'}"))
    reasons = explanation.reasons
    if reasons is None:
        out.print("Its language is none that is read.")
        return
    out.print(_legend())
    paragraph = -1
    for sentence, line in _article(reasons):
        if sentence.paragraph != paragraph:
            out.print()
        paragraph = sentence.paragraph
        _print(out, Line(f"{sentence.index:>3} ", "dim"), line)
    for number, told in enumerate(reasons.events, start=1):
        _show_event(out, number, told, reasons.text)
    if not reasons.events:
        out.print(Line("\nNo event", "bold"))
    _show_rejected(out, reasons)


def _print(out: Console, label: Line, line: Line) -> None:
    """A line with a label, wrapped under its own beginning."""
    for part in line.wrap(out, max(20, out.width - label.cell_len)):
        part.rstrip()
        out.print(Line.assemble(label, part), soft_wrap=True)
        label = Line(" " * label.cell_len)


def _clean(words: str) -> str:
    return " ".join(words.translate(_CONTROL).split())


def _quote(span: Span) -> str:
    return f'"{_clean(span.quote)}"'


def _quotes(evidence: Sequence[Span]) -> str:
    return ", ".join(dict.fromkeys(map(_quote, evidence))) or "nothing"


# --- the article ------------------------------------------------------------------------------------------------------


def _legend() -> Line:
    kinds = [part for kind, style in _KINDS.items() for part in ((kind.value, style), " ")]
    zones = [part for zone, style in _ZONES.items() for part in ((zone.value, style), " ")]
    return Line.assemble(
        *zones, " [", *kinds[:-1], "|actor]  ", ("{event word|type:layout}", _WORD), "  ", ("<date>", _DATE)
    )


def _marks(reasons: Reasons) -> list[_Mark]:
    """All that was seen, in order; of two that overlap the first, or the longer."""
    found = [_Mark(m.start, m.end, "[]", m.key, _KINDS[m.kind]) for m in reasons.mentions]
    found += [_Mark(d.start, d.end, "<>", "", _DATE) for d in reasons.dates]
    told = {(f.start, f.end): f"{f.trigger.type}:{f.trigger.layout}" for f in reasons.frames}
    made = {(f.start, f.end) for event in reasons.events for f in event.frames}
    words = sorted(told.keys() | {(r.start, r.end) for r in reasons.rejected})
    found += [_Mark(*at, "{}", told.get(at, "no event"), _WORD if at in made else _REJECTED) for at in words]
    kept: list[_Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _article(reasons: Reasons) -> Iterator[tuple[Sentence, Line]]:
    """The sentences with all that was seen in them."""
    marks = _marks(reasons)
    for sentence in reasons.text.sentences:
        inside = [m for m in marks if sentence.start <= m.start and m.end <= sentence.end]
        yield sentence, _sentence(reasons.text, sentence, inside)


def _sentence(text: Text, sentence: Sentence, marks: Iterable[_Mark]) -> Line:
    line = Line(style=_ZONES[sentence.zone])
    at = sentence.start
    for mark in marks:
        line.append(_given(text, at, mark.start))
        line.append(mark.brackets[0], "dim")
        line.append(_given(text, mark.start, mark.end), mark.style)
        line.append(f"|{mark.note}{mark.brackets[1]}" if mark.note else mark.brackets[1], "dim")
        at = mark.end
    line.append(_given(text, at, sentence.end))
    return line


def _given(text: Text, start: int, end: int) -> str:
    return text.span(start, end).quote.replace("\n", " ").translate(_CONTROL)


# --- the events -------------------------------------------------------------------------------------------------------


def _show_event(out: Console, number: int, told: Told, text: Text) -> None:
    event = told.event
    kinds = [event.type.value, event.status.value, *([event.mode.value] if event.mode else [])]
    out.print(Line.assemble(f"\nEvent {number}  ", (_clean(event.title), "bold")))
    _say(out, "kind", f"{' '.join(kinds)}, confidence {event.confidence:.2f}")
    for frame in told.frames:
        _say(out, "told by", _frame(frame, text))
    _say(out, "stretch", f"sentences {' '.join(map(str, told.sentences))}")
    for one in event.participants:
        stands_for = one.country or one.organization or "no country"
        _say(out, one.role.value, f"{one.name}, {one.title or 'no title'}, {stands_for}: {_quotes(one.evidence)}")
    _show_date(out, event.date)
    _say(out, "venue", _venue(event.venue))
    if event.occasion:
        _say(out, "occasion", f"{event.occasion.name}: {_quotes(event.occasion.evidence)}")
    for said in told.said:
        _show_said(out, said)


def _say(out: Console, what: str, words: str, style: str = "") -> None:
    """A line of an event: what it is about, and then the words."""
    _print(out, Line(f"  {what:<13} ", "dim"), Line(_clean(words), style))


def _frame(frame: Frame, text: Text) -> str:
    """An event word with its sides: `"met with" in sentence 2 (meeting:with): xi-jinping + biden`."""
    sides = [_side(frame.first), _side(frame.second)]
    parts = [" + ".join(side for side in sides if side) or "nobody"]
    if frame.inviter:
        parts.append(f"invited by {_side(frame.inviter)}")
    if frame.destinations:
        parts.append(f"to {' '.join(frame.destinations)}")
    parts += [word for word, so in (("in the lead", frame.lead), ("both sides", frame.group)) if so]
    where = f"in sentence {frame.sentence} ({frame.trigger.type}:{frame.trigger.layout}, {frame.status})"
    return f"{_quote(text.span(frame.start, frame.end))} {where}: {', '.join(parts)}"


def _side(mentions: Iterable[Mention]) -> str:
    return " ".join(mention.key for mention in mentions)


def _show_date(out: Console, when: EventDate | None) -> None:
    if when is None:
        _say(out, "date", "nothing supports one")
        return
    said = f"{_days(when.start, when.end)} ({when.basis}, {when.precision}, {when.confidence:.2f})"
    _say(out, "date", f"{said}: {_quotes(when.evidence)}")
    for reason in when.explanation:
        _say(out, "", reason)
    for other in when.alternatives:
        why = " ".join(other.explanation)
        _say(out, "  or", f"{_days(other.start, other.end)} ({other.confidence:.2f}) {why}", "dim")


def _days(start: object, end: object) -> str:
    return str(start) if start == end else f"{start} to {end}"


def _venue(venue: Venue | None) -> str:
    if venue is None:
        return "nothing supports one"
    named = ", ".join(part for part in (venue.name, venue.city, venue.country) if part)
    return f"{named}: {_quotes(venue.evidence)}"


def _show_said(out: Console, said: Said) -> None:
    commitment = said.commitment
    owed = f" to {'+'.join(commitment.recipients)}" if commitment.recipients else ""
    cue = f"by {_quote(said.cue)}" if said.cue else "by what goes before"
    _say(out, commitment.kind.value, f"{'+'.join(commitment.actors)}{owed}, {cue}: {_quotes(commitment.evidence)}")


def _show_rejected(out: Console, reasons: Reasons) -> None:
    if reasons.rejected:
        out.print(Line("\nEvent words without an event", "bold"))
    frames = {(frame.start, frame.end): frame for frame in reasons.frames}
    for one in reasons.rejected:
        sentence, frame = reasons.text.sentence_at(one.start), frames.get((one.start, one.end))
        where = f"{_quote(reasons.text.span(one.start, one.end))} in sentence {sentence.index if sentence else '?'}"
        sides = [side for side in (_side(frame.first), _side(frame.second)) if side] if frame else []
        whose = f" ({' + '.join(sides)})" if sides else ""
        _say(out, "", f"{where}{whose}: {one.reason}")
