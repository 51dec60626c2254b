"""One sentence around one event word: who stands before it and behind it, in groups joined by "and"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.extract.event_words import Cues
from app.extract.model import Mention, MentionKind, Sentence, Text
from app.extract.private import is_of_a_thing

_BEFORE = 28
"""So many characters before somebody may say how they stand to the event: "between foreign ministers"."""
_BODY = 44
"""Characters of the longest body that acts for a state, with room."""
REACH = 90  # characters between an event word and the one it concerns; a third of it where words have no spaces
FAR = 60
"""A country so far behind the event word belongs to another word, even after "with"."""
_RELATIVE = 6
"""Most characters between an event word and whom it concerns: 会见|来访的|…"""
_BODY_WORDS = 7
"""Most words of "and the Ministry of Public Security of"."""
_BOTH_MARKS = 2
_GLOSS = re.compile(r"^ ?\([^()\n]{1,60}\)")
"""A name in another script right behind somebody."""

CORPORATE = frozenset({MentionKind.country, MentionKind.organization})

_QUOTE = re.compile("[「“『][^「」“”『』]{16,}[」”』]")
"""A quote long enough to be a clause of its own."""
_SOURCE = re.compile("据[^,，。;；]{2,30}(?:报道|報道|報導|消息|透露|介绍|介紹|通报|通報)")
"""Who tells of it: 据某国总统府消息, which is no side of what is told."""


PERSONAL = frozenset({MentionKind.person, MentionKind.office})

NEXT = 5
"""Most characters, an article among them, between an event word and what stands right behind it."""


class Clause:
    """One sentence with its mentions, around one event word."""

    def __init__(
        self, text: Text, sentence: Sentence, mentions: Sequence[Mention], start: int, end: int, cues: Cues
    ) -> None:
        self.text, self.sentence, self.cues = text, sentence, cues
        self.start, self.end = start, end
        self.reach = REACH if cues.spaced else REACH // 3
        self.signing = self.mediating = self.topic = self.voiced = self.sanctioning = False
        self.adverbial = False
        """Whether the event word only says when something else was done: "said in talks with"."""
        quoted = [] if cues.spaced else _quotes(text.plain, sentence.start, start)
        self.left = [m for m in mentions if m.end <= start and not any(a < m.start < b for a, b in quoted)]
        self.right = [m for m in mentions if m.start >= end]
        if not cues.spaced and ";" in text.low[end : sentence.end]:  # what a word takes never stands in the next part
            self.right = [m for m in self.right if m.start < text.low.index(";", end)]
        self._openings: dict[int, int] = {}
        self._groups: dict[tuple[bool, frozenset[MentionKind]], list[list[Mention]]] = {}
        self._before: dict[tuple[int, MentionKind], str] = {}

    def without_speakers(self) -> None:
        """Leaves out whoever only tells of what states do: "A severed ties with B, its foreign minister C said"."""
        told = self.cues["speech"]
        self.right = [m for m in self.right if m.kind not in PERSONAL or not self._tells(m, told)]

    def _tells(self, mention: Mention, told: tuple[str, ...]) -> bool:
        comma = self.text.low.find(",", max(self.end, mention.start - _BODY), mention.start)
        behind = self.text.low[mention.end : mention.end + _BEFORE].lstrip(" ,)")
        return comma >= 0 and bool(told) and behind.startswith(told)

    def opening(self, position: int) -> int:
        """Where the clause that holds a position begins: after the last comma, but not one inside a mention."""
        begin = self._openings.get(position)
        if begin is None:
            begin = self._openings[position] = self._opening(position)
        return begin

    def _opening(self, position: int) -> int:
        begin = self.sentence.start
        low = self.text.low
        for mark in self.cues["clause"]:
            at = low.rfind(mark, begin, position)
            while at > begin:
                loose = mark != "-" or low[at - 1] == " "
                if loose and not self._inside_mention(at):
                    begin = at + len(mark)
                    break
                at = low.rfind(mark, begin, at)
        return begin

    def _inside_mention(self, at: int) -> bool:
        for side in (self.left, self.right):
            for mention in side:
                if mention.start <= at < mention.end:
                    return True
        return False

    def groups(self, mentions: Sequence[Mention], kinds: frozenset[MentionKind]) -> list[list[Mention]]:
        """Mentions of a kind on one side of the word (`left` or `right`), those joined by "and" or a comma together."""
        key = mentions is self.left, kinds
        found = self._groups.get(key)
        if found is None:
            found = self._groups[key] = self._grouped(mentions, kinds)
        return [[*group] for group in found]

    def _grouped(self, mentions: Sequence[Mention], kinds: frozenset[MentionKind]) -> list[list[Mention]]:
        found: list[list[Mention]] = []
        for mention in mentions:
            if mention.kind not in kinds or self._left_out(mention) or (mentions is self.left and self._seat(mention)):
                continue
            gap = self.text.low[found[-1][-1].end : mention.start] if found else ""
            last = mentions is self.left and gap == ", " and mention is mentions[-1]
            if found and last and self._adverbial(found[-1]):
                found.append([mention])
            elif found and (self._plain(gap) in self.cues["coordination"] or (gap.strip(" ()") == "")):
                found[-1].append(mention)
            else:
                found.append([mention])
        return found

    def _left_out(self, mention: Mention) -> bool:
        """Whether somebody is named who takes no part: who speaks for others takes part in what is told by speaking."""
        speaks = mention.office == "spokesperson" and not self.voiced
        former = mention.former and not self._met(mention)
        left_out = speaks or former or self._owner(mention) or self._kin(mention) or self._member(mention)
        return left_out or self.compound(mention) or self._glossed(mention)

    def _adverbial(self, group: Sequence[Mention]) -> bool:
        """Whether a group ends what stands before the subject: "After the talks with A, | B went on to …"."""
        begin = self.text.low[self.sentence.start : group[0].start].rpartition(", ")[2].lstrip()
        heads = self.cues["adverbial_heads"]
        return begin.startswith(heads or ("\0",)) or self.cues.ends(self.before(group), "adverbial_with")

    def _met(self, mention: Mention) -> bool:
        """Whether a former leader is the very one who was met: 会见英国前首相, "met with former President A"."""
        near = NEXT if self.cues.spaced else _RELATIVE
        if not self.cues.spaced and mention.kind is MentionKind.person and mention.end <= self.start:
            return self.cues.ends(self.text.low[mention.start - 1 : mention.start], "comitative")
        return 0 <= mention.start - self.end <= near and mention.kind is MentionKind.person

    def _plain(self, gap: str) -> str:
        """What stands between two names, without a name in brackets and those who came along: "(Feleti Teo)伉俪、"."""
        if len(gap) < _BOTH_MARKS:
            return gap
        gap = _GLOSS.sub("", gap.removeprefix(")"))
        if len(gap) == _BOTH_MARKS and not self.cues.spaced and gap[1] == "、":
            return gap[1]  # a name of one character, behind its title: 泰国外长|敦、
        for word in self.cues["on_behalf"]:  # "A thay mặt Chính phủ X và B"
            head = gap.removeprefix(",").lstrip()
            if head.startswith(word + " ") and gap.endswith(" và ") and len(gap) < REACH and "," not in head:
                return " và "
        companion = next((w for w in self.cues["companions"] if gap.startswith(w)), "")
        gap = gap[len(companion) :]
        return self._joining_bodies(gap) if len(gap) > _BOTH_MARKS and self.cues["body_heads"] else gap

    def _joining_bodies(self, gap: str) -> str:
        """What stands between two states without the words for a body of the second: "A và Bộ Nội vụ | B"."""
        joiners = self.cues["coordination"]
        if not gap.startswith(joiners):
            return gap
        joiner = next((w for w in joiners if w.endswith(" ") and gap.startswith(w)), None)
        if joiner is None or "," in gap[len(joiner) :] or gap.count(" ") > _BODY_WORDS:
            return gap
        body = gap[len(joiner) :].removeprefix("the ").removesuffix("the ")
        return joiner if body.startswith(self.cues["body_heads"]) else gap

    def _owner(self, mention: Mention) -> bool:
        """Whether a person behind the event word only owns what is named: "to discuss A's speech"."""
        owns = self.cues["own_by"] and self.text.low.startswith(self.cues["own_by"], mention.end)
        return bool(owns) and mention.start >= self.end and mention.kind in PERSONAL

    def _kin(self, mention: Mention) -> bool:
        """Whether somebody only says whose relative or lawyer is meant ("Mr Kim's sister", "con gái | ông Trump"), or a
        body of which a member is: "thêm một thành viên | NATO"."""
        if mention.kind is MentionKind.organization and self.cues["one_of"]:
            return self.cues.ends(self.text.low[max(0, mention.start - 28) : mention.start], "one_of")
        if mention.kind not in PERSONAL:
            return False
        if mention.end <= self.start and self._absent(mention):
            return True
        after = self.text.low.startswith(self.cues["kin_after"] or ("\0",), mention.end)
        return after or self.cues.ends(self.text.low[max(0, mention.start - 16) : mention.start], "kin")

    def _seat(self, mention: Mention) -> bool:
        """Whether a state only says where an embassy is: 中国驻|韩国|大使馆."""
        if not self.cues["posted_before"] or mention.kind is not MentionKind.country:
            return False
        before = self.text.low[max(0, mention.start - 2) : mention.start]
        return self.cues.ends(before, "posted_before") and self.text.low.startswith(self.cues["posts"], mention.end)

    def _absent(self, mention: Mention) -> bool:
        """Whether it is said of somebody that he was not there: "Bộ trưởng A hôm nay vắng mặt trong cuộc họp"."""
        if not self.cues["absent"]:
            return False
        behind = self.text.low[mention.end : min(mention.end + _BEFORE, self.start)].partition(",")[0]
        return self.cues.has(behind, "absent")

    def _member(self, mention: Mention) -> bool:
        """Whether somebody is only listed in brackets among the members of a body: "nhóm P5+1 (gồm Mỹ, Anh …)"."""
        opened = self.text.low.rfind("(", self.sentence.start, mention.start)
        if opened < 0 or not self.cues["members_listed"] or ")" in self.text.low[opened : mention.start]:
            return False
        return self.text.low.startswith(self.cues["members_listed"], opened + 1)

    def _glossed(self, mention: Mention) -> bool:
        """Whether a state in brackets only says where a place is: "arrived in Cairo (Egypt)"."""
        plain = self.text.plain
        return (
            mention.kind in CORPORATE
            and plain[mention.start - 1 : mention.start] == "("
            and plain.startswith(")", mention.end)
        )

    def compound(self, mention: Mention) -> bool:
        """Whether a country only says what kind of thing it is: "EU-mediated talks", "a Kenyan runner"."""
        if mention.kind in PERSONAL:
            return False
        return is_of_a_thing(self.text, mention, self.cues, sanctioning=self.sanctioning)

    def before(self, group: Sequence[Mention]) -> str:
        """What stands right before a group, the body that acts for it aside: "của Bộ Ngoại giao | Nga"."""
        key = group[0].start, group[0].kind
        before = self._before.get(key)
        if before is None:
            before = self._before[key] = self._words_before(group)
        return before

    def _words_before(self, group: Sequence[Mention]) -> str:
        before = self.text.low[max(self.sentence.start, group[0].start - _BEFORE) : group[0].start]
        bodies = self.cues["acting_bodies"]
        if not bodies or group[0].kind in PERSONAL or not before.rstrip().endswith(bodies):
            return before
        whole = self.text.low[max(self.sentence.start, group[0].start - _BODY) : group[0].start]
        body = max((b for b in bodies if whole.rstrip().endswith(b)), key=len)
        start = group[0].start - len(whole) + len(whole.rstrip()) - len(body)
        return self.text.low[max(self.sentence.start, start - _BEFORE) : start]

    def done_by(self, before: str) -> bool:
        """Whether whoever follows is said to be the one who mediates: "do A làm trung gian"."""
        return self.mediating and self.cues.ends(before, "agent_before")

    def leads(self, group: Sequence[Mention]) -> bool:
        """Whether a group is said to lead the delegation that did it: "do A làm trưởng đoàn"."""
        return self.led_by(group) or (
            self.text.low[group[-1].end : group[-1].end + 24]
            .lstrip(" ,-")
            .startswith(self.cues["delegation_leads"] or ("\0",))
        )

    def led_by(self, group: Sequence[Mention]) -> bool:
        """Whether words before a group say so: "a team led by A"."""
        return self.cues.ends(self.before(group), "led_by")

    def tells_matter(self, position: int) -> bool:
        """Whether a position lies in a clause that only tells what the matter is: 就乙方的言论,…"""
        return self.text.low.startswith(self.cues["topic_heads"] or ("\0",), self.opening(position))

    def window(self) -> str:
        """The clause before the event word."""
        return self.text.low[self.opening(self.start) : self.start]


def _quotes(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """Long quotes and sources told before a position: who is named in them does nothing outside."""
    return [match.span() for pattern in (_QUOTE, _SOURCE) for match in pattern.finditer(plain, start, end)]


@dataclass
class Parts:
    """Both sides of an event word, and who invited."""

    first: list[Mention]
    second: list[Mention]
    inviter: list[Mention]
    agent: bool = False
    """Whoever is on the second side did it to the first: "A được B tiếp", "A bị B trục xuất"."""
    between: bool = False
    """ "talks between A and B": whoever stands before the word is not one of them."""


def parties_of(mentions: Sequence[Mention]) -> int:
    """How many countries and bodies the mentions stand for."""
    return len({m.country or m.organization for m in mentions} - {None})
