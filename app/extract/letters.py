"""Letters and telegrams: who wrote to whom, where subject and object of the word for sending do not say it.

In: a clause around a word for a message. Out: senders and recipients: of a letter that another hands over, of one that
stands before its sender, of one that mourns somebody.
"""

from __future__ import annotations

from app.extract.clauses import CORPORATE, NEXT, PERSONAL, Clause
from app.extract.model import Mention
from app.extract.summons import land_of

_NEXT_TO = 25
"""So far behind a word for handing over whoever wrote the letter may stand."""
_DIED = NEXT + 5
"""So far behind somebody it is said that he died: "đã qua đời"."""


def correspondents(
    clause: Clause, named_before: bool, first: list[Mention], second: list[Mention]
) -> tuple[list[Mention], list[Mention]]:
    """Senders and recipients; `named_before`: people stand before the word, who then wrote."""
    told = (
        _carried(clause) or (None if named_before else _senders_behind(clause)) or _all_senders(clause, first, second)
    )
    return told or (first, _without_deceased(clause, second))


def _all_senders(
    clause: Clause, first: list[Mention], second: list[Mention]
) -> tuple[list[Mention], list[Mention]] | None:
    """Senders and recipients where states and somebody's office make one list: "lãnh đạo các nước A, B và Nhà vua C
    gửi điện mừng tới D"."""
    if not first or not second or second[0].start < first[-1].end or second[-1].end > clause.start:
        return None
    gap = clause.text.low[first[-1].end : second[0].start].strip(" ,")
    if not clause.cues["letter"] or gap not in clause.cues["further_verb"]:
        return None
    own = {m.key for m in (*first, *second)}
    near = (g for g in clause.groups(clause.right, CORPORATE | PERSONAL) if g[0].start - clause.end <= clause.reach)
    return [*first, *second], [m for m in next(near, []) if m.key not in own]


def _senders_behind(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """Sender and recipients where the message comes first: "The telegram was sent by A to B", "letters came, such as
    those of A and B", "Trong điện gửi A, B viết"."""
    groups = clause.groups(clause.right, PERSONAL)
    if not groups or groups[0][0].start - clause.end > clause.reach:
        return None
    before = clause.before(groups[0])
    if clause.cues.ends(before, "passive"):
        return groups[0], groups[1] if len(groups) > 1 else []
    if clause.cues.ends(before, "such_as"):
        return groups[0], []
    *recipients, last = groups[0]
    fronted = recipients and not clause.window().strip() and last.country != recipients[0].country
    return ([last], recipients) if fronted and clause.text.low[: last.start].endswith(", ") else None


def _carried(clause: Clause) -> tuple[list[Mention], list[Mention]] | None:
    """Sender and recipients where somebody else hands the message over: "A trao thư của B cho C"."""
    if not clause.cues["carriers"] or not clause.text.low.startswith(clause.cues["carriers"], clause.start):
        return None
    groups = clause.groups(clause.right, PERSONAL)
    if not groups or groups[0][0].start - clause.end > _NEXT_TO:
        return None
    if not any(clause.cues.ends(clause.before(groups[0]), name) for name in ("of", "sent_from")):
        return None
    if clause.cues.has(clause.text.low[clause.end : groups[0][0].start], "further_verb"):
        return None  # "trao thư và chuyển lời mời của B"
    return groups[0], groups[1] if len(groups) > 1 else []


def _without_deceased(clause: Clause, second: list[Mention]) -> list[Mention]:
    """Who is written to, without whom the letter mourns: "gửi điện chia buồn khi A qua đời" goes to the state of A."""
    words = clause.cues["deceased_after"]
    if not words:
        return second
    dead = [m for m in second if clause.text.low[m.end : m.end + _DIED].lstrip(" ,đãvừa").startswith(words)]
    left = [m for m in second if m not in dead]
    return left or [land_of(m, ()) for m in dead]


def honoured(clause: Clause) -> list[Mention]:
    """ "Nhân dịp A được bổ nhiệm …, B gọi điện chúc mừng": who is congratulated."""
    groups = clause.groups(clause.left, PERSONAL)
    return next((g[:1] for g in groups[:-1] if clause.cues.ends(clause.before(g), "honoured")), [])
