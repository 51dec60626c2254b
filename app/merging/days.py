"""What the days and the parts of the day say on two reports being of the same occurrence."""

from __future__ import annotations

from app.merging.reason import Found, ImpossibleError, Reason
from app.merging.report import Stretch, Traits, stretches
from app.records import Mode, PartOfDay


def dates(one: Traits, other: Traits) -> Found:
    """Whether the days agree: those that are told, and those that are possible."""
    if one.when and other.when and _overlap(one.when, other.when):
        yield from _same_days(one, other)
        return
    if one.when and other.when and _gap(one.when, other.when) == 1 and _may_be_a_day_off(one, other):
        yield Reason(
            0.5, "The dates are a day apart, as they are in other time zones or where only the publication is dated."
        )
        return
    if one.sure and other.sure:
        raise ImpossibleError(f"The days are others: {_shown(one.when)} and {_shown(other.when)}.")
    ways = [(a, b) for a in stretches(one) for b in stretches(other) if _overlap(a, b)]
    if not ways:
        if not one.when and not other.when:
            yield Reason(0, "Neither has a date.")
            return
        if one.when and other.when:
            raise ImpossibleError(f"The dates are others: {_shown(one.when)} and {_shown(other.when)}.")
        raise ImpossibleError("The date of the one is far from what is known of the other.")
    best = max(min(a.confidence, b.confidence) for a, b in ways)
    if one.when and other.when:
        yield Reason(1.0 if best >= 0.3 else 0.3, "The date of the one is among those possible for the other.")
    else:
        yield Reason(0.3, "The one has no date; the other's fits with when it was reported.")


def _same_days(one: Traits, other: Traits) -> Found:
    assert one.when
    assert other.when
    days = max((stretch.last - stretch.first).days for stretch in (one.when, other.when))
    if one.when == other.when or (one.when.first, one.when.last) == (other.when.first, other.when.last):
        points = 2.0 if one.sure and other.sure else 1.5
        yield Reason(points if days < 20 else 0.5, f"The same date: {_shown(one.when)}.")
    else:
        yield Reason(1.5 if days < 10 else 0.7, f"The dates overlap: {_shown(one.when)} and {_shown(other.when)}.")


def _may_be_a_day_off(one: Traits, other: Traits) -> bool:
    remote = one.mode in (Mode.phone, Mode.video) or other.mode in (Mode.phone, Mode.video)
    return remote or one.published or other.published or one.family == "visit"


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one.first <= other.last and other.first <= one.last


def _gap(one: Stretch, other: Stretch) -> int:
    return max((other.first - one.last).days, (one.first - other.last).days)


def _shown(when: Stretch | None) -> str:
    if when is None:
        return "none"
    return f"{when.first}" if when.first == when.last else f"{when.first} to {when.last}"


_NEAR = {
    frozenset({PartOfDay.morning, PartOfDay.noon}),
    frozenset({PartOfDay.noon, PartOfDay.afternoon}),
    frozenset({PartOfDay.afternoon, PartOfDay.evening}),
    frozenset({PartOfDay.evening, PartOfDay.night}),
}
"""Parts of the day that reporters take for one another."""


def parts(one: Traits, other: Traits) -> Found:
    """Whether the parts of the day agree."""
    if not one.part or not other.part:
        return
    shown = f"{one.part.value} and {other.part.value}"
    if one.part is other.part:
        yield Reason(0.5, f"The same part of the day: {one.part.value}.")
    elif one.mode in (Mode.phone, Mode.video):
        yield Reason(-0.3, f"Other parts of the day, as in other time zones: {shown}.")
    elif frozenset({one.part, other.part}) in _NEAR:
        yield Reason(-0.5, f"Neighbouring parts of the day: {shown}.")
    else:
        raise ImpossibleError(f"Other parts of the day: {shown}.")
