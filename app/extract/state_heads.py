"""General words that beside some countries are their head of state: "Chủ tịch Cuba", 朝鲜委员长."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import takewhile

from app.extract.atoms import Kind
from app.extract.phrases import Phrase
from app.extract.reading_context import ReadingContext
from app.extract.titles import office_title


def of_state(phrase: Phrase, context: ReadingContext) -> Phrase:
    """The phrase with the office of the head of state, where its words are such a word and the country alone."""
    for word, offices in context.pack.data("titles").get("heads_of", {}).items():
        office = offices.get(phrase.country)
        if office and phrase.organization is None and _is_word_and_country(phrase, word, context):
            return replace(phrase, titles=(office_title(office, context.knowledge),))
    return phrase


def _is_word_and_country(phrase: Phrase, word: str, context: ReadingContext) -> bool:
    end = phrase.name[0] if phrase.name and phrase.name[0] > phrase.start else phrase.end
    parts = [*takewhile(lambda a: a.end <= end, context.atoms[bisect_left(context.starts, phrase.start) :])]
    titles = [context.text.low[a.start : a.end] for a in parts if a.kind is Kind.title]
    return len(parts) == 2 and titles == [word]
