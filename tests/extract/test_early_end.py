"""A text that is left early, as one that tells of no event, would have given none when read to the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.extract.pipeline import extract, trace
from app.knowledge.load import load_knowledge
from app.records import Article

ROOT = Path(__file__).parents[2]
GENERAL = sorted((ROOT / "bench" / "general").glob("*.txt"))

FROM_OTHER_SENTENCES = {
    "the two who met are named before": "Russian President Vladimir Putin and US President Joe Biden flew to Geneva on "
    "16 June 2021. The two met for three hours.",
    "whose act a protest is of": "Trước thông tin việc Trung Quốc mở căn cứ mới ở quần đảo, người phát ngôn trả lời "
    "ngày 5/5/2021. Việt Nam kiên quyết phản đối.",
    "who presented credentials is listed behind": "Hanoi, 5 May 2021\n\nPresident Nguyen Xuan Phuc received letters of "
    "credence from three new ambassadors on Wednesday. They were welcomed.\n\n- Ambassador of France Nicolas Warnery\n"
    "- Ambassador of Japan Yamada Takio\n- Ambassador of India Pranay Verma",
}


@pytest.mark.parametrize("text", FROM_OTHER_SENTENCES.values(), ids=FROM_OTHER_SENTENCES)
def test_whoever_takes_part_may_be_named_in_another_sentence(text: str) -> None:
    article, knowledge = Article(source="x", text=text), load_knowledge()
    assert extract(article, knowledge).events == trace(article, knowledge)[0].events != ()


@pytest.mark.parametrize("path", GENERAL, ids=lambda path: path.stem)
def test_articles_about_other_things_give_no_event_however_far_they_are_read(path: Path) -> None:
    article, knowledge = Article(source="x", text=path.read_text(encoding="utf-8")), load_knowledge()
    assert not extract(article, knowledge).events
    assert not trace(article, knowledge)[0].events
