"""Readers for workers: quick, and with documents that kill, hang or fail."""

from __future__ import annotations

import os
import time

from app.loading.work import Extractor
from app.records import Article, Extraction
from tests import toy


def quick() -> Extractor:
    return toy.extract


def slow() -> Extractor:
    def extract(article: Article) -> Extraction:
        time.sleep(0.004)
        return toy.extract(article)

    return extract


def poisoned() -> Extractor:
    def extract(article: Article) -> Extraction:
        if "KILL" in article.text:
            os._exit(9)
        if "HANG" in article.text:
            time.sleep(60)
        if "FAIL" in article.text:
            raise ValueError("so it is")
        return toy.extract(article)

    return extract


def broken() -> Extractor:
    raise RuntimeError("no knowledge")
