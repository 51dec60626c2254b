"""Long texts are read window by window, so that time grows with length and no text can make it grow faster."""

from __future__ import annotations

from dataclasses import replace

from app.extract.model import Sentence, Text

WINDOW = 24_000
"""Characters read at once. No article is half as long: longer texts are collections, or meant to do harm."""


def windows(text: Text) -> list[Text]:
    """The text in one piece, or cut between paragraphs (where there are none, between sentences) into several.

    Each window has its own `plain` and sentences; its spans are those of the text as given all the same.
    """
    if len(text.plain) <= WINDOW:
        return [text]
    parts: list[list[Sentence]] = [[]]
    for sentence in text.sentences:
        part = parts[-1]
        begun = part[0].start if part else sentence.start
        fresh = not part or sentence.paragraph != part[-1].paragraph
        if part and (sentence.end - begun > WINDOW or (fresh and sentence.end - begun > WINDOW // 2)):
            parts.append([sentence])
        else:
            part.append(sentence)
    return [_window(text, part) for part in parts if part] or [replace(text, sentences=())]


def _window(text: Text, sentences: list[Sentence]) -> Text:
    start, end = sentences[0].start, sentences[-1].end
    offsets = text.offsets[start : end + 1] if text.offsets is not None else tuple(range(start, end + 1))
    moved = tuple(
        replace(s, index=index, start=s.start - start, end=s.end - start) for index, s in enumerate(sentences)
    )
    return Text(text.given, text.plain[start:end], text.low[start:end], offsets, moved)
