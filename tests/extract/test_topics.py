from __future__ import annotations

import pytest

from app.extract.model import Sentence, Text, Zone
from app.extract.pack import Pack, codes, load_pack
from app.extract.text import read
from app.extract.topics import MOST, between, topic_words, topics_of
from app.records import Topic

CODES = codes()
WORDS = [
    ("vi", "mở rộng thị trường cho nông sản", {Topic.trade, Topic.agriculture}),
    ("vi", "rà phá bom mìn còn sót lại", {Topic.war_legacy}),
    ("vi", "miễn thị thực cho hộ chiếu công vụ", {Topic.consular}),
    ("vi", "toàn cầu và nhu cầu", set()),
    ("zh", "加强海上合作", {Topic.maritime}),
    ("zh", "擴大農產品貿易", {Topic.trade, Topic.agriculture}),
    ("zh", "半島無核化", {Topic.arms_control, Topic.conflict}),
    ("en", "visa rules for students", {Topic.consular, Topic.education}),
    ("en", "The United States", set()),
    ("en", "freedom of navigation in the strait", {Topic.maritime}),
]


@pytest.mark.parametrize(("code", "words", "wanted"), WORDS)
def test_words(code, words, wanted):
    pack = load_pack(code)
    text = read(words, pack)
    assert set(between(topic_words(pack).hits(text.low, 0, len(text.low)), 0, len(text.low), most=9)) == wanted


@pytest.mark.parametrize("code", CODES)
def test_every_topic_has_words_and_no_other_code_is_used(code):
    assert set(load_pack(code).data("topics")["topics"]) == {t.value for t in Topic}


def zoned(text: Text, *zones: Zone) -> Text:
    sentences = tuple(
        Sentence(s.index, s.start, s.end, s.paragraph, zone) for s, zone in zip(text.sentences, zones, strict=True)
    )
    return Text(text.given, text.plain, text.low, text.offsets, sentences)


def test_what_is_told_often_comes_first_and_a_passing_word_not_at_all():
    pack = load_pack("en")
    text = read("They spoke about oil. Oil and gas matter. Energy matters. A student sang.", pack)
    assert topics_of(text, range(4), pack) == (Topic.energy,)


def test_the_headline_counts_though_it_is_not_of_the_stretch():
    pack = load_pack("en")
    text = read("Ministers discuss tourism\nThey met on Monday.\nThey had lunch.", pack)
    text = zoned(text, Zone.headline, Zone.body, Zone.body)
    assert topics_of(text, (1, 2), pack) == (Topic.tourism,)


def test_only_the_stretch_counts():
    pack = load_pack("vi")
    text = read("Hai bên bàn về du lịch. Bộ trưởng nói về vũ trụ.", pack)
    assert topics_of(text, (1,), pack) == (Topic.space,)


def test_no_more_than_a_handful():
    pack = load_pack("vi")
    text = read("Thương mại, đầu tư, y tế, giáo dục, du lịch, văn hóa, lao động, vũ trụ, khí hậu, nhân quyền.", pack)
    assert len(topics_of(text, (0,), pack)) == MOST


def test_nothing_told():
    assert topics_of(read("Xin chào.", load_pack("vi")), (0,), load_pack("vi")) == ()
    pack = Pack("xx", lambda text: text, {})
    assert topics_of(read("Oil.", pack), (0,), pack) == ()
