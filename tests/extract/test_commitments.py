from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

import pytest
import yaml

from app.extract.commitments import find_commitments
from app.extract.model import DateExpression, Draft, Mention, MentionKind, PartialDate, Text, Zone
from app.extract.pack import LANGUAGES, Pack, codes, load_pack
from app.extract.pipeline import extract
from app.extract.text import read
from app.knowledge.load import load_knowledge
from app.records import FORCE_OF_KIND, Article, Commitment, CommitmentKind, EventStatus, EventType, Level, Topic
from tests.growth import grows_with_size

CODES = codes()
MARK = re.compile(r"\[([A-Z]{2}|[a-z]+|\*):([^\]]+)\]")


def unmark(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without the marks of mentions, and where each stands for whom."""
    plain, spans, at = "", [], 0
    for match in MARK.finditer(marked):
        plain += marked[at : match.start()]
        spans.append((len(plain), len(plain) + len(match[2]), match[1]))
        plain += match[2]
        at = match.end()
    return plain + marked[at:], spans


def mention(text: Text, start: int, end: int, who: str) -> Mention:
    sentence = text.sentence_at(start)
    assert sentence is not None
    if who == "*":
        return Mention(MentionKind.group, start, end, sentence.index, "group", pronoun=True)
    if who.islower():
        return Mention(MentionKind.organization, start, end, sentence.index, f"org:{who}", organization=who)
    return Mention(MentionKind.country, start, end, sentence.index, f"country:{who}", country=who)


def draft(parties: tuple[str, ...], sentences: tuple[int, ...], event_type: EventType = EventType.meeting) -> Draft:
    return Draft(
        type=event_type,
        status=EventStatus.occurred,
        mode=None,
        arguments=(),
        countries=tuple(p for p in parties if p.isupper()),
        organizations=tuple(p for p in parties if p.islower()),
        trigger=(0, 0),
        triggers=(),
        sentence=0,
        sentences=sentences,
    )


def find(marked: str, parties: tuple[str, ...], pack: Pack, dates: tuple[DateExpression, ...] = ()) -> list[Commitment]:
    plain, spans = unmark(marked)
    text = read(plain, pack)
    mentions = [mention(text, *span) for span in spans]
    everything = tuple(s.index for s in text.sentences)
    found = find_commitments(text, mentions, [draft(parties, everything)], dates, pack)[0]
    for commitment in found:
        for span in commitment.evidence:
            assert plain[span.start : span.end] == span.quote
        assert commitment.force is FORCE_OF_KIND[commitment.kind]
        assert commitment.text
    return list(found)


@cache
def examples(code: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (LANGUAGES / code / "examples_commitments.yaml").read_text(encoding="utf-8")
    )
    return loaded


CASES = [(code, case) for code in CODES for case in examples(code)["examples"]]
NONE = [(code, text) for code in CODES for text in examples(code)["none"]]


def check(found: Commitment, wanted: dict[str, Any]) -> None:
    assert found.kind.value == wanted["kind"]
    assert set(found.actors) == set(wanted["actors"])
    assert {Topic(t) for t in wanted.get("topics", ())} <= set(found.topics)
    if "amounts" in wanted:
        assert [[a.value, a.unit] for a in found.amounts] == wanted["amounts"]
    if "recipients" in wanted:
        assert list(found.recipients) == wanted["recipients"]
    if "deadline" in wanted:
        assert found.deadline is not None
        assert found.deadline.date.isoformat() == wanted["deadline"]
    if "condition" in wanted:
        assert found.condition == wanted["condition"]


@pytest.mark.parametrize(("code", "case"), CASES, ids=[f"{c}:{e['text'][:40]}" for c, e in CASES])
def test_examples(code, case):
    found = find(case["text"], tuple(examples(code)["parties"]), load_pack(code))
    assert [c.kind.value for c in found] == [w["kind"] for w in case["gives"]]
    for commitment, wanted in zip(found, case["gives"], strict=True):
        check(commitment, wanted)


@pytest.mark.parametrize(("code", "text"), NONE)
def test_what_is_no_commitment(code, text):
    assert find(text, tuple(examples(code)["parties"]), load_pack(code)) == []


@pytest.mark.parametrize("code", CODES)
def test_each_kind_has_three_examples(code):
    kinds = [w["kind"] for case in examples(code)["examples"] for w in case["gives"]]
    for kind in CommitmentKind:
        assert kinds.count(kind.value) >= 3


def test_the_same_words_twice_are_one_commitment():
    sentence = "[*:Hai bên] nhất trí mở thêm đường bay thẳng."
    assert len(find(f"{sentence} {sentence}", ("VN", "JP"), load_pack("vi"))) == 1


def test_a_deadline_with_a_day_comes_from_the_dates_of_the_article():
    pack = load_pack("vi")
    plain = "Nhật Bản cam kết giao tàu trước ngày 5/3/2031."
    start = plain.index("5/3")
    expression = DateExpression(start, start + 8, PartialDate(2031, 3, 5), PartialDate(2031, 3, 5))
    (found,) = find("[JP:Nhật Bản] cam kết giao tàu trước ngày 5/3/2031.", ("VN", "JP"), pack, (expression,))
    assert found.deadline is not None
    assert found.deadline.date == date(2031, 3, 5)


def test_a_relative_deadline_needs_a_year():
    pack = load_pack("en")
    marked = "[NO:Norway] pledged to deliver the ship by the end of the year."
    (found,) = find(marked, ("PE", "NO"), pack)
    assert found.deadline is None
    year = DateExpression(0, 0, PartialDate(2027, 5, 1), PartialDate(2027, 5, 1))
    (found,) = find(marked, ("PE", "NO"), pack, (year,))
    assert found.deadline is not None
    assert found.deadline.date == date(2027, 12, 31)


def test_a_commitment_goes_to_the_talks_of_its_actor_and_to_them_only():
    pack = load_pack("vi")
    plain, spans = unmark("[VN:Thủ tướng] đề nghị [JP:Nhật Bản] tăng học bổng. [LA:Lào] cam kết bảo vệ rừng.")
    text = read(plain, pack)
    mentions = [mention(text, *span) for span in spans]
    drafts = [
        draft(("VN", "JP"), (0, 1), EventType.visit),
        draft(("VN", "JP"), (0, 1)),
        draft(("VN", "LA"), (1,)),
    ]
    found = find_commitments(text, mentions, drafts, (), pack)
    assert [[c.kind.value for c in commitments] for commitments in found] == [[], ["request"], ["pledge"]]


OWNERS = [
    # what both arranged does not take what they say at their talks
    (
        "法国总统马克龙8日在巴黎会见德国总理默克尔。两国领导人同意深化能源合作。双方商定首轮经济对话于7月19日举行。"
        "双方将充分发挥青年交流机制作用。马克龙强调,双方要尊重彼此关切。",
        {"FR", "DE"},
        4,
    ),
    # nor what they will do by it
    (
        "法国总统马克龙8日在巴黎会见德国总理默克尔。两国领导人同意深化能源合作。首轮经济对话将于7月19日举行。"
        "双方将扩大青年交流机制作用。",
        {"FR", "DE"},
        2,
    ),
    # whoever attends a gathering speaks at the talks told beside it
    (
        "中国外交部长杨洁篪21日在巴厘岛出席东盟地区论坛外长会期间会见了韩国外长金星焕。"
        "杨洁篪表示,中方愿同韩方扩大贸易。两国应保持高层往来。",
        {"CN", "KR"},
        2,
    ),
    # what both did is told of the talks that were told last, not of those that were named last before
    (
        "Prime Minister Narendra Modi met Prime Minister Rishi Sunak in New Delhi on Saturday. Modi also held talks "
        "with Prime Minister Fumio Kishida of Japan. In the meeting with Sunak, Modi spoke of trade. "
        "The two leaders had a productive meeting. They agreed to cut tariffs.",
        {"IN", "GB"},
        1,
    ),
    # what a joint statement is quoted with was said at the talks
    (
        "Prime Minister Narendra Modi met Prime Minister Rishi Sunak in New Delhi on Saturday. They agreed to cut "
        "tariffs on tea. The two sides agreed to reopen a school, according to a joint statement issued later. "
        "Both countries agreed to train nurses, the joint statement said.",
        {"IN", "GB"},
        3,
    ),
]


RANKS = [
    "法国总理菲永2009年7月8日在巴黎会见意大利总统纳波利塔诺。随后，法国总统萨科齐会见纳波利塔诺。两国总统商定开通航线。",
    "Thủ tướng Pháp François Fillon ngày 8/7/2009 tại Paris tiếp Tổng thống Ý Giorgio Napolitano. Sau đó "
    "Tổng thống Pháp Nicolas Sarkozy gặp ông Napolitano. Hai Tổng thống nhất trí mở đường bay.",
    "French Prime Minister François Fillon met Italian President Giorgio Napolitano in Paris on July 8, 2009. French "
    "President Nicolas Sarkozy then met Napolitano. The two presidents agreed to open an air route.",
]


@pytest.mark.parametrize("text", RANKS, ids=["zh", "vi", "en"])
def test_an_office_of_both_tells_which_talks(text):
    events = extract(Article(source="a", text=text), load_knowledge()).events
    agreed = [event for event in events if event.commitments]
    assert len(agreed) == 1
    assert {p.level for p in agreed[0].participants} == {Level.head_of_state}


THIS_YEAR = [
    (
        "zh",
        "法国总统萨科齐2009年7月8日在巴黎会见意大利总统纳波利塔诺。{}，两国总统商定开通航线。",
        "今年2月",
        "今年10月",
    ),
    (
        "en",
        "French President Nicolas Sarkozy met Italian President Giorgio Napolitano in Paris on July 8, 2009. {}, "
        "the two presidents agreed to open an air route.",
        "In February this year",
        "On the same day",
    ),
    (
        "vi",
        "Tổng thống Pháp Nicolas Sarkozy gặp Tổng thống Ý Giorgio Napolitano tại Paris ngày 8/7/2009. {}, "
        "hai Tổng thống nhất trí mở đường bay.",
        "Tháng 2 năm nay",
        "Cùng ngày",
    ),
]


@pytest.mark.parametrize(("code", "text", "before", "now"), THIS_YEAR, ids=[c for c, *_ in THIS_YEAR])
def test_what_was_agreed_months_ago_is_past(code, text, before, now):
    knowledge = load_knowledge()
    old = extract(Article(source="a", text=text.format(before)), knowledge).events
    new = extract(Article(source="a", text=text.format(now)), knowledge).events
    assert not any(event.commitments for event in old)
    assert any(event.commitments for event in new)


@pytest.mark.parametrize(
    ("text", "parties", "count"), OWNERS, ids=["arranged", "to come", "attended", "another", "quoted"]
)
def test_commitments_go_to_the_talks_at_which_they_were_said(text, parties, count):
    events = extract(Article(source="a", text=text, published=date(2017, 7, 9)), load_knowledge()).events
    of = [(set(event.countries), len(event.commitments)) for event in events if event.commitments]
    assert of == [(parties, count)]


def test_headlines_and_captions_are_not_read():
    pack = load_pack("vi")
    plain, spans = unmark("[JP:Nhật Bản] cam kết giao tàu.")
    text = read(plain, pack)
    for zone in (Zone.headline, Zone.caption, Zone.other):
        sentences = tuple(s.__class__(s.index, s.start, s.end, s.paragraph, zone) for s in text.sentences)
        sorted_text = Text(text.given, text.plain, text.low, text.offsets, sentences)
        found = find_commitments(sorted_text, [mention(text, *spans[0])], [draft(("VN", "JP"), (0,))], (), pack)
        assert found == ((),)


def test_evidence_counts_in_the_text_as_given():
    given = "Nhật Bản cam kết giao tàu."  # decomposed accents: offsets differ from those of the composed text
    given = unicodedata.normalize("NFD", given)
    text = read(given, load_pack("vi"))
    found = find_commitments(text, [mention(text, 0, 8, "JP")], [draft(("VN", "JP"), (0,))], (), load_pack("vi"))[0]
    assert found[0].evidence[0].quote == given[:-1]


def test_text_is_cut_to_size():
    long = "[JP:Nhật Bản] cam kết " + "hỗ trợ rất nhiều việc tốt đẹp " * 40 + "."
    (found,) = find(long, ("VN", "JP"), load_pack("vi"))
    assert len(found.text) <= 400
    assert found.text.endswith("…")


def test_a_pack_without_words_finds_nothing():
    pack = Pack("xx", lambda text: text, {})
    assert find("[JP:Nhật Bản] cam kết giao tàu.", ("VN", "JP"), pack) == []


@pytest.mark.parametrize("code", CODES)
def test_time_is_linear(code):
    pack = load_pack(code)
    # One sentence without an end, made of the examples.
    unit = ", ".join(unmark(case["text"])[0].rstrip(".。") for case in examples(code)["examples"]) + ", "

    def undertaken(characters: int) -> None:
        text = read((unit * (characters // len(unit) + 1))[:characters] + ".", pack)
        mentions = [mention(text, 0, 2, "JP")]
        find_commitments(text, mentions, [draft(("VN", "JP"), (0,))], (), pack)

    # Ten times the text; four for the noise of a busy machine.
    assert grows_with_size(lambda: undertaken(20_000), lambda: undertaken(200_000), 10 * 4)
